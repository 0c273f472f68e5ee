"""The kinds of authentication of the platform: how each looks in both documents, and whether a gateway can use it.

This is the only table of them. The language gives each a `type` of the same name, and `language/tables/auth.py` lists
the keys of each. The compiler, the importer, the rules and the README read the rest here.

Sources: https://learn.microsoft.com/en-us/connectors/custom-connectors/connection-parameters and
https://learn.microsoft.com/en-us/connectors/custom-connectors/faq (gateways). Published connectors show the names of
the connection parameters that the platform links to Swagger's security definitions, the names of custom parameters, and
DocuSign's id and `LoginUri`. The ids of the other named providers are the portal's names in small letters.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

API_KEY, USERNAME, PASSWORD, TOKEN = "api_key", "username", "password", "token"
"""The customary names of connection parameters. paconn passes its `--secret` only to a parameter called `token`."""
OF_TOKEN = f"{TOKEN}:"
"""The beginning of the names of connection parameters that belong to a sign-in by OAuth."""
AUTH_TYPE, GATEWAY = "authType", "gateway"
"""The connection parameters for how a gateway signs in, and for which gateway it is."""
ENTRA_LOGIN = "https://login.microsoftonline.com"
ENTRA_HOSTS = frozenset({
    "login.microsoftonline.com", "login.windows.net", "login.microsoft.com", "sts.windows.net", "login.microsoftonline.us",
    "login.partner.microsoftonline.cn", "login.chinacloudapi.cn", "login.microsoftonline.de",
})  # fmt: skip
"""Where people sign in by Microsoft Entra ID (https://learn.microsoft.com/en-us/entra/identity-platform/authentication-national-cloud)."""


class AuthKind(NamedTuple):
    """A way to sign in.

    `security` is the type of Swagger's security definition, `parameters` are the connection parameters. `gateway` is a
    gateway's word for it, empty if no gateway can sign in this way. For OAuth only: `provider` is the
    `identityProvider`, `custom` are the names of its `customParameters`, and `authorization`, `token` and `login` are
    the addresses of a provider that the platform knows by name.
    """

    name: str
    security: str = ""
    parameters: tuple[str, ...] = ()
    gateway: str = ""
    provider: str = ""
    custom: tuple[str, ...] = ()
    authorization: str = ""
    token: str = ""
    login: str | None = None


def _oauth(name: str, *custom: str) -> AuthKind:
    return AuthKind(name, "oauth2", (TOKEN,), provider=name, custom=custom)


def _named(name: str, authorization: str, token: str, provider: str = "", login: str | None = None) -> AuthKind:
    """Returns a provider whose addresses the platform knows."""
    return AuthKind(name, "oauth2", (TOKEN,), "", provider or name, ("LoginUri",), authorization, token, login)


KINDS = (
    AuthKind("none", gateway="anonymous"),
    AuthKind("apiKey", "apiKey", (API_KEY,)),
    AuthKind("basic", "basic", (USERNAME, PASSWORD), "basic"),
    AuthKind("windows", "", (AUTH_TYPE, USERNAME, PASSWORD, GATEWAY), "windows"),
    _oauth("aad", "loginUri", "tenantId", "resourceUri", "enableOnbehalfOfLogin"),
    _oauth("aadcertificate", "resourceUri", "loginUri", "loginUriAAD", "tenantId"),
    _oauth("oauth2", "authorizationUrl", "tokenUrl", "refreshUrl"),
    _oauth(
        "oauth2generic", "authorizationUrlTemplate", "authorizationUrlQueryStringTemplate", "tokenUrlTemplate",
        "tokenUrlQueryStringTemplate", "tokenBodyTemplate", "refreshUrlTemplate", "refreshUrlQueryStringTemplate",
        "refreshBodyTemplate", "scopeListDelimiter",
    ),
    _named("github", "https://github.com/login/oauth/authorize", "https://github.com/login/oauth/access_token"),
    _named("google", "https://accounts.google.com/o/oauth2/v2/auth", "https://oauth2.googleapis.com/token"),
    _named("dropbox", "https://www.dropbox.com/oauth2/authorize", "https://api.dropboxapi.com/oauth2/token"),
    _named("facebook", "https://www.facebook.com/dialog/oauth", "https://graph.facebook.com/oauth/access_token"),
    _named("salesforce", "https://login.salesforce.com/services/oauth2/authorize", "https://login.salesforce.com/services/oauth2/token"),
    _named("docusign", "https://account.docusign.com/oauth/auth", "https://account.docusign.com/oauth/token", "DocuSign", "https://account.docusign.com"),
)  # fmt: skip


def entra_address(definition: Mapping[str, Any]) -> tuple[str, str] | None:
    """Returns the login address and the tenant of an OAuth definition with Microsoft's addresses; None for any other.

    `https://login.windows.net/common/oauth2/authorize` has `https://login.windows.net` and `common`.
    """
    if definition.get("type") != "oauth2":
        return None
    for key in ("authorizationUrl", "tokenUrl"):
        scheme, slashes, rest = str(definition.get(key) or "").partition("://")
        host, _, path = rest.partition("/")
        if slashes and host.lower() in ENTRA_HOSTS:
            return f"{scheme}://{host}", path.partition("/")[0] or "common"
    return None


BY_NAME = {kind.name: kind for kind in KINDS}
BY_PROVIDER = {kind.provider.lower(): kind for kind in KINDS if kind.provider}
"""The kinds of OAuth by `identityProvider` in small letters."""
OTHER_PROVIDERS = ("box", "instagram", "linkedin", "onedrive", "SalesforceV2", "slack", "yammer")
"""Further identity providers: the portal lists them, or paconn sets them. What they require is unknown."""
OF_ENTRA = ("aad", "aadcertificate")
"""The identity providers of Microsoft Entra ID."""
REQUIRED_CUSTOM = {
    "oauth2": ("authorizationUrl", "tokenUrl", "refreshUrl"),
    "oauth2generic": ("authorizationUrlTemplate", "tokenUrlTemplate", "refreshUrlTemplate"),
}
"""The custom parameters without which a sign-in has no address."""
RARE_CUSTOM = ("grantType",)
"""Custom parameters that any kind may have."""
TOKEN_SETTINGS = ("TenantId", "clientId", "clientSecret", "resourceUri", "grantType", "scopes")
"""The parameters `token:…` that the platform reads by itself."""
PROVIDERS = {kind.name: kind for kind in KINDS if kind.authorization}
"""The identity providers whose addresses the platform knows."""
GATEWAY_SIGN_INS = {kind.name: kind.gateway for kind in KINDS if kind.gateway}
"""A gateway's word for each kind that it can sign in with."""

PLACES = ("ClientId", "ClientSecret", "RedirectUrl", "Scopes", "State", "Code", "RefreshToken")
"""The names that the platform replaces in the templates of `oauth2generic`, such as `{ClientId}`, ignoring case."""
