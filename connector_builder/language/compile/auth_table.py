"""The kinds of authentication: which keys each takes, and what the platform calls it. And what one writes."""

from dataclasses import dataclass, field
from typing import Any

from connector_builder.language.compile.context import Context, Entries, value
from connector_builder.language.compile.overlay import overlay


@dataclass(slots=True)
class Auth:
    """What authentication writes into the two documents; `polling` are the policies of triggers, which come last."""

    definitions: dict[str, Any] = field(default_factory=dict)
    security: list[Any] = field(default_factory=list)
    parameters: dict[str, Any] = field(default_factory=dict)
    policies: list[Any] = field(default_factory=list)
    polling: list[Any] = field(default_factory=list)
    sets: dict[str, Any] | None = None
    gateway: bool = False
    raw: bool = False

    def define(self, ctx: Context, entries: Entries, name: str, definition: dict[str, Any], scopes: list[str]) -> None:
        """Adds a security definition, with what the author says of it, and the requirement that names it; null: neither."""
        node = entries.get("definition")
        if node is not None and node.value is None:
            return
        if node is not None:
            name = str(value(node.entries, "name", name) if node.is_mapping else node.value)
            over = node.with_value({key: part.value for key, part in node.entries.items() if key != "name"})
            over.entries = {key: part for key, part in node.entries.items() if key != "name"}
            overlay(ctx, definition, over)
        ctx.put(self.definitions, name, definition, node or entries["type"])
        self.security.append({name: scopes})


@dataclass(frozen=True, slots=True)
class Provider:
    """An identity provider that the platform knows: its id there, its addresses, and where it must be told, its `LoginUri`."""

    id: str
    authorization: str
    token: str
    login: str | None = None


PROVIDERS = {
    "github": Provider("github", "https://github.com/login/oauth/authorize", "https://github.com/login/oauth/access_token"),
    "google": Provider("google", "https://accounts.google.com/o/oauth2/v2/auth", "https://oauth2.googleapis.com/token"),
    "dropbox": Provider("dropbox", "https://www.dropbox.com/oauth2/authorize", "https://api.dropboxapi.com/oauth2/token"),
    "facebook": Provider("facebook", "https://www.facebook.com/dialog/oauth", "https://graph.facebook.com/oauth/access_token"),
    "salesforce": Provider("salesforce", "https://login.salesforce.com/services/oauth2/authorize", "https://login.salesforce.com/services/oauth2/token"),
    "docusign": Provider("DocuSign", "https://account.docusign.com/oauth/auth", "https://account.docusign.com/oauth/token", "https://account.docusign.com"),
}  # fmt: skip
"""The ids are the platform's; that of DocuSign, and its `LoginUri`, is seen in published connectors, those of the others are the
portal's names in small letters."""

GENERIC = {
    "authorizationQuery": "?client_id={ClientId}&response_type=code&redirect_uri={RedirectUrl}&scope={Scopes}&state={State}",
    "tokenQuery": "",
    "tokenBody": "grant_type=authorization_code&code={Code}&redirect_uri={RedirectUrl}&client_id={ClientId}&client_secret={ClientSecret}",
    "refreshQuery": "",
    "refreshBody": "grant_type=refresh_token&refresh_token={RefreshToken}&redirect_uri={RedirectUrl}&client_id={ClientId}&client_secret={ClientSecret}",
    "scopeDelimiter": " ",
}
"""What generic OAuth 2 sends where the author says nothing else."""

_OAUTH = ("scopes", "redirect", "onBehalfOf", "definition", "parameter", "settings")
_TEMPLATES = (
    "refreshUrl",
    "authorizationQuery",
    "tokenQuery",
    "tokenBody",
    "refreshQuery",
    "refreshBody",
    "scopeDelimiter",
)

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
    "oauth2generic": (("clientId", "authorizationUrl", "tokenUrl"), (*_TEMPLATES, *_OAUTH)),
    **dict.fromkeys(PROVIDERS, (("clientId",), ("loginUri", *_OAUTH))),
    "raw": ((), ()),
}
"""By type: the keys that must be there, and those that may, beside `type`."""

CURES = {
    "clientId": "the application id of the app registration, such as ${CLIENT_ID:-00000000-0000-0000-0000-000000000000}",
    "resource": "the resource that the token is for, such as https://service.flow.microsoft.com/",
    "authorizationUrl": "where people sign in, such as https://login.contoso.example/authorize",
    "tokenUrl": "where codes become tokens, such as https://login.contoso.example/token",
}
