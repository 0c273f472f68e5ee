"""The options that the live commands share: how to sign in, how long to wait, and what to print."""

import sys
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from connector_builder.cli import console
from connector_builder.cli.program import MISUSED, explanation_of
from connector_builder.cli.shared import verbose_option
from connector_builder.report.escape import json_text, terminal

if TYPE_CHECKING:
    from connector_builder.app.live.connection import Asked, DryRun

METHODS = ("az", "browser", "device", "secret", "certificate", "federated", "managed-identity")
CLOUDS = ("public", "gcc", "gcc-high", "dod", "china")
STORAGES = ("encrypted", "file", "memory")
_MOST = 100_000
_SIGN_IN: tuple[Callable[[Any], Any], ...] = (
    click.option("--method", type=click.Choice(METHODS), help="Sign in this way. Default: chosen by what is there."),
    click.option("--tenant", metavar="ID", help="The tenant: its id or its domain."),
    click.option("--client-id", metavar="ID", help="The application that signs in; azure-cli, azure-powershell or pac for Microsoft's."),
    click.option("--cloud", type=click.Choice(CLOUDS), help="The cloud of Microsoft. Default: public."),
    click.option("--store", "storage", type=click.Choice(STORAGES), help="Keep tokens here. Default: encrypted if the system can, else memory."),
    click.option("--secret-stdin", is_flag=True, help="Read the client secret from standard input."),
)  # fmt: skip
_COMMON: tuple[Callable[[Any], Any], ...] = (
    click.option("--timeout", type=click.FloatRange(0.1), default=60.0, metavar="SECONDS", help="How long to wait for an answer. Default: 60."),
    click.option("--format", type=click.Choice(("text", "json")), default="text", help="Format of the result. Default: text."),
    click.option("-q", "--quiet", is_flag=True, help="Print results and errors only."),
    verbose_option("Print requests and answers, without secrets, and the details of internal errors.", expose_value=True),
)  # fmt: skip


class Live(NamedTuple):
    """The shared options of a live command."""

    method: str | None = None
    tenant: str | None = None
    client_id: str | None = None
    cloud: str | None = None
    storage: str | None = None
    secret_stdin: bool = False
    timeout: float = 60.0
    format: str = "text"
    quiet: bool = False
    verbose: bool = False

    def asked(self, *, dry: "DryRun | None" = None) -> "Asked":
        """Returns what the network layer is asked."""
        from connector_builder.app.live.connection import Asked, Person, Wish

        stdin = (lambda: console.read_stdin(_MOST).decode("utf-8", "replace")) if self.secret_stdin else None
        return Asked(
            Wish(self.method, self.tenant, self.client_id, self.cloud, self.storage),
            self.timeout,
            Person(say, console.hidden_prompt(), stdin),
            say if self.verbose else None,
            lambda text: console.waiting(text, quiet=self.quiet),
            dry,
        )

    def show(self, lines: Iterator[str] | list[str], data: Mapping[str, Any]) -> None:
        """Prints a result: lines for people, or data as JSON. Neither contains a secret."""
        from connector_builder.secrets.known import masked

        if self.format == "json":
            console.out(masked(json_text(data)) + "\n")
        else:
            console.out("".join(f"{terminal(masked(line))}\n" for line in lines))

    def show_requests(self, dry: "DryRun") -> None:
        """Prints the requests of a dry run: as JSON, or as a .http file has them."""
        self.show(dry.as_lines(), {"requests": dry.as_json()})

    def note(self, line: str) -> None:
        """Prints a line about the run, unless quiet."""
        if not self.quiet:
            say(line)


environment_option = click.option(
    "-e",
    "--environment",
    required=True,
    metavar="ENVIRONMENT",
    help="The environment: its id, its name, the address of its Dataverse, or one that the portal shows.",
)
"""The environment that `deploy` and `pull` work in."""


def say(line: str) -> None:
    """Prints a line for people to standard error, without its secrets."""
    from connector_builder.secrets.known import masked

    console.say(terminal(masked(line)))


def live_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the shared options to a command, which gets them as its first argument."""
    return _with((*_SIGN_IN, *_COMMON), command)


def common_live_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds those of the shared options that don't say how to sign in."""
    return _with(_COMMON, command)


def _with(options: tuple[Callable[[Any], Any], ...], command: Callable[..., Any]) -> Callable[..., Any]:
    def with_live(**given: Any) -> Any:
        live = Live(**{name: given.pop(name) for name in Live._fields if name in given})
        try:
            return command(live, **given)
        except Exception as error:
            if live.format == "json" and not console.has_printed() and (data := error_data(error)) is not None:
                live.show([], {"error": data})
            raise

    with_live.__name__, with_live.__doc__ = command.__name__, command.__doc__
    for option in reversed(options):
        with_live = option(with_live)
    return with_live


def error_data(error: Exception) -> dict[str, Any] | None:
    """Returns an error that stops a command as JSON, with what it means if that is known; None for a defect of ours."""
    from connector_builder.app.live.errors import LiveError
    from connector_builder.app.shared.misuse import Misuse
    from connector_builder.output.errors import OutputError
    from connector_builder.render.explanations import explanation_data

    if isinstance(error, Misuse | OutputError):
        return {"message": error.message, "help": error.help, "code": None, "exit_status": MISUSED, "explanation": None}
    if not isinstance(error, LiveError):
        return None
    meant = explanation_of(error)
    return {
        "message": error.message,
        "help": error.help,
        "code": error.code,
        "exit_status": error.exit_status,
        "explanation": explanation_data(meant) if meant is not None else None,
    }


def is_asking_possible() -> bool:
    """Checks whether somebody at a terminal can answer a question."""
    return console.is_terminal(sys.stdin) and console.is_terminal(sys.stderr)
