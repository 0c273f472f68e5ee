"""The kinds of authentication in the language: the keys that each allows in `auth`, and the values that it derives.

The platform's facts about each kind are in `platform/auth/kinds.py`.
"""

from connector_builder.platform.api_properties import PER_CONNECTOR
from connector_builder.platform.auth.kinds import PROVIDERS

GENERIC = {
    "authorizationQuery": "?client_id={ClientId}&response_type=code&redirect_uri={RedirectUrl}&scope={Scopes}&state={State}",
    "tokenQuery": "",
    "tokenBody": "grant_type=authorization_code&code={Code}&redirect_uri={RedirectUrl}&client_id={ClientId}&client_secret={ClientSecret}",
    "refreshQuery": "",
    "refreshBody": "grant_type=refresh_token&refresh_token={RefreshToken}&redirect_uri={RedirectUrl}&client_id={ClientId}&client_secret={ClientSecret}",
    "scopeDelimiter": " ",
}
"""The values that generic OAuth 2 sends unless the author writes others."""

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
"""The keys of `oauth2generic` with the platform's custom parameters for them, in the order of writing."""

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
"""The required and the optional keys by type, besides `type`. `raw` isn't a kind: its author writes everything."""

OTHER_FLOWS = ("flow", "grantType", "grant_type")
"""Keys by which people ask for another flow of OAuth than the one that the platform knows."""

CURES = {
    "clientId": "the application id of the app registration, such as ${CLIENT_ID:-00000000-0000-0000-0000-000000000000}",
    "resource": "the resource that the token is for, such as https://service.flow.microsoft.com/",
    "authorizationUrl": "where people sign in, such as https://login.contoso.example/authorize",
    "tokenUrl": "where codes become tokens, such as https://login.contoso.example/token",
}
"""Cures for a missing required key."""
