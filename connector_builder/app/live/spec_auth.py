"""How the users of a connector sign in, as its package says, for signing in as they do."""

from typing import Any, NamedTuple

from connector_builder.app.shared.misuse import Misuse
from connector_builder.package import Package
from connector_builder.platform.api_properties import OAUTH
from connector_builder.platform.auth.kinds import BY_PROVIDER, ENTRA_LOGIN, OF_ENTRA
from connector_builder.platform.auth.oauth import is_client, is_open
from connector_builder.platform.data.plain import items, mapping, text
from connector_builder.source.suggest import suggest

_NO_CLIENT = "00000000-0000-0000-0000-000000000000"


class OAuth(NamedTuple):
    """A sign-in by OAuth. `resource`, `tenant` and `login` are empty unless it is by Microsoft Entra ID (`entra`).

    `scopes` are as they are asked for. `client` is empty where the spec leaves it open.
    """

    entra: bool
    client: str
    scopes: tuple[str, ...]
    authorization: str
    token: str
    login: str = ""
    tenant: str = ""
    resource: str = ""


def oauth_of(package: Package, way: str | None = None) -> OAuth:
    """Returns the sign-in of a package. `way` names one of several.

    Raises Misuse if there is none by OAuth, if there are several, or if there is none of this name.
    """
    ways = _ways(package)
    if way is not None:
        if way not in ways:
            known = [name for name in ways if name]
            listed = (
                f"the ways are {', '.join(known)}" if known else "the connector has one way to sign in: leave it out"
            )
            raise Misuse(f"there is no way '{way}' to sign in", suggest(way, known) or listed)
        ways = {way: ways[way]}
    found = {name: setting for name, part in ways.items() if (setting := _setting(part)) is not None}
    if not found:
        raise Misuse("this connector doesn't sign in by OAuth, so there is no token", "only aad and oauth2 have tokens")
    if len(found) > 1:
        raise Misuse(f"there are {len(found)} ways to sign in", f"choose one: --auth {' or --auth '.join(found)}")
    return _oauth(next(iter(found.values())))


def _ways(package: Package) -> dict[str, Any]:
    """Returns the connection parameters of each way to sign in, by its name; of the only one, by an empty name."""
    properties = mapping(mapping(package.properties).get("properties"))
    sets = items(mapping(properties.get("connectionParameterSets")).get("values"))
    if sets:
        return {str(mapping(part).get("name")): mapping(part).get("parameters") for part in sets}
    return {"": properties.get("connectionParameters")}


def _setting(parameters: Any) -> dict[str, Any] | None:
    for part in mapping(parameters).values():
        if text(mapping(part).get("type")).lower() == OAUTH.lower():
            return dict(mapping(mapping(part).get("oAuthSettings")))
    return None


def _oauth(setting: dict[str, Any]) -> OAuth:
    provider = text(setting.get("identityProvider"))
    custom = {
        name.lower(): text(mapping(one).get("value")) for name, one in mapping(setting.get("customParameters")).items()
    }
    client = text(setting.get("clientId"))
    client = "" if is_open(client) or client == _NO_CLIENT else client
    scopes = tuple(map(str, items(setting.get("scopes"))))
    if provider.lower() not in OF_ENTRA:
        kind = BY_PROVIDER.get(provider.lower())
        known = (kind.authorization, kind.token) if kind is not None else ("", "")
        authorization = custom.get("authorizationurl") or custom.get("authorizationurltemplate") or known[0]
        token = custom.get("tokenurl") or custom.get("tokenurltemplate") or known[1]
        if not authorization or not token:
            raise Misuse(f"the addresses of the provider '{provider}' are unknown")
        return OAuth(False, client, scopes, authorization, token)
    login = (custom.get("loginuri") or custom.get("loginuriaad") or ENTRA_LOGIN).rstrip("/")
    tenant = custom.get("tenantid") or "common"
    resource = custom.get("resourceuri") or text(
        mapping(setting.get("properties")).get("AzureActiveDirectoryResourceId")
    )
    base = f"{login}/{tenant}/oauth2/v2.0"
    named = tuple(_named(scope, resource) for scope in scopes) or ((f"{resource}/.default",) if resource else ())
    own = client if is_client(client) else ""
    return OAuth(True, own, named, f"{base}/authorize", f"{base}/token", login, tenant, resource)


def _named(scope: str, resource: str) -> str:
    """Returns a scope with its resource: a resource that ends with a slash gets a second one, as Microsoft Entra ID wants."""
    plain = scope in ("openid", "profile", "email", "offline_access")
    return scope if "://" in scope or plain or not resource else f"{resource}/{scope}"
