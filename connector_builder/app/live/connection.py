"""Connects a live command: who signs in and how, and the session that sends its requests."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from connector_builder.live.clouds import Cloud
from connector_builder.live.errors import SignInRefused
from connector_builder.live.extra import extra
from connector_builder.live.http import Limits, Session
from connector_builder.live.sign_in import Choice, Method, Person, Tokens, Wish, choose
from connector_builder.live.sign_in.azure_cli import azure_cli_token
from connector_builder.live.sign_in.cache import MEMORY, open_cache
from connector_builder.live.sign_in.home import home, read_record
from connector_builder.live.sign_in.methods import OF_APPS
from connector_builder.live.trace import DryRun

__all__ = ["Asked", "Connection", "DryRun", "Person", "Wish", "connected"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a live command was asked: how to sign in, how long to wait, and where lines for people go.

    `log` gets the requests and answers. `interactive` says whether a person may be asked to sign in.
    """

    wish: Wish = field(default_factory=Wish)
    timeout: float = 60.0
    person: Person = field(default_factory=Person)
    log: Callable[[str], object] | None = None
    watch: Callable[[str], AbstractContextManager[object]] = nullcontext
    dry: DryRun | None = None
    interactive: bool = True
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)


class Connection(NamedTuple):
    """A connected command. `storage` is where tokens are kept; `http` adds a token to requests that name an audience."""

    choice: Choice
    http: Session
    tokens: Tokens
    storage: str

    @property
    def cloud(self) -> Cloud:
        """The cloud of the command."""
        return self.choice.cloud


@contextmanager
def connected(asked: Asked, *, choice: Choice | None = None) -> Iterator[Connection]:
    """Yields the connection of a command. Nobody signs in before a request requires it, and never in a dry run.

    Without `choice`, the wish, an earlier `login` and the environment decide how. Raises LiveError.
    """
    folder = home(asked.environment)
    limits = Limits(silence=asked.timeout)
    with Session(limits=limits, log=asked.log, watch=asked.watch) as bare:
        if choice is None:
            choice = choice_of(asked)
        kept = MEMORY if choice.method in OF_APPS or choice.method is Method.AZ or asked.dry else choice.storage
        cache, storage = open_cache(folder, kept)
        tokens = Tokens(
            choice,
            bare,
            cache,
            person=asked.person,
            environment=asked.environment,
            interactive=asked.interactive,
        )
        with Session(tokens, limits=limits, log=asked.log, watch=asked.watch, dry=asked.dry) as http:
            yield Connection(choice, http, tokens, storage)


def choice_of(asked: Asked, *, anew: bool = False) -> Choice:
    """Returns how to sign in; `anew` ignores how the user did before.

    A dry run signs in nobody, so that nothing has to be known about it but the cloud.
    """
    extra("msal")  # what is missing is said before what is wrong
    record = None if anew else read_record(home(asked.environment))
    if asked.dry is None:
        return choose(asked.wish, record, asked.environment, az=_gives_token)
    method = asked.wish.method or (record.method if record else None) or Method.AZ
    try:
        return choose(replace(asked.wish, method=method), record, asked.environment)
    except SignInRefused:
        return choose(replace(asked.wish, method=Method.AZ), record, asked.environment)


def _gives_token(audience: str) -> bool:
    """Checks whether somebody is signed in to the Azure CLI."""
    try:
        azure_cli_token(audience, "")
    except SignInRefused:
        return False
    return True
