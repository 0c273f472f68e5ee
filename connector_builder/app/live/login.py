"""What `login`, `logout` and `whoami` do."""

from dataclasses import replace
from typing import NamedTuple

from connector_builder.app.live.connection import Asked, Connection, choice_of, connected
from connector_builder.app.shared.misuse import Misuse
from connector_builder.live.errors import SignInRefused
from connector_builder.live.sign_in import Method
from connector_builder.live.sign_in.cache import MEMORY, remove_cache
from connector_builder.live.sign_in.claims import Claims, claims_of
from connector_builder.live.sign_in.home import Record, home, read_record, remove_record, write_record
from connector_builder.live.sign_in.methods import OF_APPS
from connector_builder.source.suggest import suggest

AUDIENCES = ("power-apps", "flow", "graph", "platform", "gateway")
"""The names of the audiences that `whoami` can ask a token for."""


class SignedIn(NamedTuple):
    """Who is signed in, how, and where the tokens are. `claims` is None for a token that can't be read."""

    method: str
    cloud: str
    storage: str
    claims: Claims | None


def login(asked: Asked) -> SignedIn:
    """Signs in, and remembers how; how the user signed in before doesn't count. It gets a token, so that a refusal is known now.

    Raises LiveError.
    """
    folder = home(asked.environment)
    with connected(asked, choice=choice_of(asked, anew=True)) as connection:
        choice = connection.choice
        claims = claims_of(connection.tokens(choice.cloud.power_apps.audience))
        tenant = choice.tenant if choice.method is not Method.AZ else choice.tenant or ""
        write_record(
            folder, Record(choice.cloud.name, str(choice.method), tenant, choice.client_id, connection.storage)
        )
        return _signed_in(connection, claims)


def logout(asked: Asked) -> bool:
    """Forgets who signed in, and removes all tokens. Returns whether anybody was signed in. Raises NotInstalled."""
    folder = home(asked.environment)
    remove_cache(folder)
    return remove_record(folder)


def whoami(asked: Asked, audience: str = AUDIENCES[0]) -> SignedIn:
    """Returns who is signed in, as a token for an audience says. Nobody is asked to sign in. Raises LiveError and Misuse."""
    if audience not in AUDIENCES and "://" not in audience:
        raise Misuse(
            f"there is no audience '{audience}'", suggest(audience, AUDIENCES) or f"one of {', '.join(AUDIENCES)}"
        )
    record = read_record(home(asked.environment))
    nobody = SignInRefused("nobody is signed in", "sign in: connector-builder login")
    try:
        choice = choice_of(asked)
    except SignInRefused:
        raise nobody from None
    in_memory = choice.method not in OF_APPS and choice.method is not Method.AZ
    if in_memory and (record is None or record.storage == MEMORY):
        raise nobody
    with connected(replace(asked, interactive=False), choice=choice) as connection:
        token = connection.tokens(audience_named(connection, audience))
        return _signed_in(connection, claims_of(token))


def audience_named(connection: Connection, name: str) -> str:
    """Returns the audience with a name of AUDIENCES in the cloud of a connection; another text is an audience itself."""
    cloud = connection.cloud
    own = {
        "power-apps": cloud.power_apps.audience,
        "flow": cloud.flow.audience,
        "graph": cloud.graph.audience,
        "platform": cloud.platform.audience,
        "gateway": cloud.gateway,
    }
    return own.get(name, name)


def _signed_in(connection: Connection, claims: Claims | None) -> SignedIn:
    choice = connection.choice
    storage = "the Azure CLI" if choice.method is Method.AZ else connection.storage
    return SignedIn(str(choice.method), choice.cloud.name, storage, claims)
