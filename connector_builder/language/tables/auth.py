"""The kinds of authentication in the language: which keys of `auth` each takes, and what is sent where the author says nothing.

What the platform knows of each kind is in `platform/auth_kinds.py`.
"""

from connector_builder.platform.api_properties import PER_CONNECTOR
from connector_builder.platform.auth_kinds import PROVIDERS

GENERIC = {
    "authorizationQuery": "?client_id={ClientId}&response_type=code&redirect_uri={RedirectUrl}&scope={Scopes}&state={State}",
    "tokenQuery": "",
    "tokenBody": "grant_type=authorization_code&code={Code}&redirect_uri={RedirectUrl}&client_id={ClientId}&client_secret={ClientSecret}",
    "refreshQuery": "",
    "refreshBody": "grant_type=refresh_token&refresh_token={RefreshToken}&redirect_uri={RedirectUrl}&client_id={ClientId}&client_secret={ClientSecret}",
    "scopeDelimiter": " ",
}
"""What generic OAuth 2 sends where the author says nothing else."""

TEMPLATES = {
    "authorizationUrl": "authorizationUrlTemplate",
    "authorizationQuery": "authorizationUrlQueryStringTemplate",
    "tokenUrl": "tokenUrlTemplate",
    "tokenQuery": "tokenUrlQueryStringTemplate",
    "tokenBody": "tokenBodyTemplate",
    "refreshUrl": "refreshUrlTemplate",
    "refreshQuery": "refreshUrlQueryStringTemplate",
    "refreshBody": "refreshBodyTemplate",
    "scopeDelimiter": "scopeListDelimiter",
}
"""The keys of `oauth2generic`, and the platform's custom parameters that they are written to, in the order in which they are written."""

REDIRECTS = {"global": "Global", "perConnector": PER_CONNECTOR}
"""The words of `redirect`, and the platform's modes."""

TEXTS = {"summary": "displayName", "description": "description", "tooltip": "tooltip"}
"""The texts of a connection parameter, and the platform's keys for them."""

_OAUTH = ("scopes", "redirect", "onBehalfOf", "definition", "parameter", "settings")

KEYS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "none": ((), ()),
    "apiKey": ((), ("header", "query", "scheme", "definition", "parameter")),
    "basic": ((), ("definition", "username", "password")),
    "windows": ((), ("username", "password")),
    "aad": (
        ("clientId", "resource"),
        ("tenant", "loginUri", "servicePrincipal", "tenantParameter", *_OAUTH),
    ),
    "aadcertificate": (("clientId", "resource"), ("tenant", "loginUri", *_OAUTH)),
    "oauth2": (("clientId", "authorizationUrl", "tokenUrl"), ("refreshUrl", *_OAUTH)),
    "oauth2generic": (("clientId", "authorizationUrl", "tokenUrl"), ("refreshUrl", *GENERIC, *_OAUTH)),
    **dict.fromkeys(PROVIDERS, (("clientId",), ("loginUri", *_OAUTH))),
    "raw": ((), ()),
}
"""By type: the keys that must be there, and those that may, beside `type`. `raw` isn't a kind: the author writes everything."""

OTHER_FLOWS = ("flow", "grantType", "grant_type")
"""Keys by which people ask for another flow of OAuth than the one that the platform knows."""

CURES = {
    "clientId": "the application id of the app registration, such as ${CLIENT_ID:-00000000-0000-0000-0000-000000000000}",
    "resource": "the resource that the token is for, such as https://service.flow.microsoft.com/",
    "authorizationUrl": "where people sign in, such as https://login.contoso.example/authorize",
    "tokenUrl": "where codes become tokens, such as https://login.contoso.example/token",
}
"""What belongs at a key that must be there."""
