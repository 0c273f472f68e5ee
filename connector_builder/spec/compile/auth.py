"""Authentication: security definitions, requirements and connection parameters, in step.

Facts: https://learn.microsoft.com/en-us/connectors/custom-connectors/connection-parameters, and what published
connectors hold (the names that the platform ties to Swagger: `api_key`, `username` and `password`, `token`).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from connector_builder.spec.compile.context import Context, Entries, value
from connector_builder.spec.language.top import LATER_AUTH_TYPES
from connector_builder.spec.rules import AUTH_NOT_VALID, NOT_SUPPORTED_YET

GLOBAL_REDIRECT = "https://global.consent.azure-apim.net/redirect"
LOGIN = "https://login.microsoftonline.com"

# Which keys an authentication takes beside `type`; the first group must be there.
_KEYS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "none": ((), ()),
    "apiKey": ((), ("header", "query", "scheme", "definition", "parameter")),
    "basic": ((), ("definition", "username", "password")),
    "aad": (
        ("clientId", "resource"),
        (
            "tenant",
            "scopes",
            "loginUri",
            "redirect",
            "onBehalfOf",
            "servicePrincipal",
            "definition",
            "parameter",
            "tenantParameter",
        ),
    ),
    "oauth2": (
        ("clientId", "authorizationUrl", "tokenUrl"),
        ("refreshUrl", "scopes", "redirect", "definition", "parameter"),
    ),
}


@dataclass(slots=True)
class Auth:
    """What authentication writes into the two documents."""

    definitions: dict[str, Any] = field(default_factory=dict)
    security: list[Any] = field(default_factory=list)
    parameters: dict[str, Any] = field(default_factory=dict)
    policies: list[Any] = field(default_factory=list)


def compile_auth(ctx: Context) -> Auth:
    """The `auth` of a spec; without one, none."""
    auth = Auth()
    node = ctx.root.entries.get("auth")
    if node is None or node.value is None:
        return auth
    entries = node.entries
    if ctx.is_broken("auth keys", "sets") or ctx.is_broken("auth keys", "type"):
        return auth
    kind = value(entries, "type")
    if kind is None:
        ctx.report(AUTH_NOT_VALID, node, "'auth' has no 'type'", help=f"write type: {', '.join(_KEYS)}", key=True)
        return auth
    if kind in LATER_AUTH_TYPES:
        ctx.report(
            NOT_SUPPORTED_YET,
            entries["type"],
            f"the authentication '{kind}' is not supported yet",
            help=f"for now: {', '.join(_KEYS)}",
        )
        return auth
    if "clientSecret" in entries:
        help_ = "remove it: give it to paconn by --secret, or type it into the portal"
        ctx.report_secret(entries["clientSecret"], "a client secret doesn't belong in a spec", help_)
    if _fits(ctx, kind, entries):
        _COMPILERS[kind](ctx, auth, entries)
        for container in (auth.definitions, auth.parameters):
            ctx.origins.note_all(container, node.key_place)
        ctx.origins.note_all(auth.security, node.key_place)
        ctx.origins.note_all(auth.policies, node.key_place)
    return auth


def _fits(ctx: Context, kind: str, entries: Entries) -> bool:
    needed, optional = _KEYS[kind]
    missing = [key for key in needed if key not in entries and not ctx.is_broken("auth keys", key)]
    for key in missing:
        ctx.report(AUTH_NOT_VALID, ctx.root.entries["auth"], f"'{kind}' needs '{key}'", help=_CURES.get(key), key=True)
    for key, node in entries.items():
        if key not in ("type", "clientSecret", *needed, *optional):
            ctx.report(
                AUTH_NOT_VALID,
                node,
                f"'{kind}' has no '{key}'",
                help=f"it takes {_listed(needed + optional)}",
                key=True,
            )
    if kind == "apiKey" and (value(entries, "header") is None) == (value(entries, "query") is None):
        message = "an API key is sent in 'header' or in 'query'"
        ctx.report(
            AUTH_NOT_VALID,
            ctx.root.entries["auth"],
            message,
            help="write header: X-API-Key, or query: api_key",
            key=True,
        )
        return False
    return not missing


_CURES = {
    "clientId": "the application id of the app registration, such as ${CLIENT_ID:-00000000-0000-0000-0000-000000000000}",
    "resource": "the resource that the token is for, such as https://service.flow.microsoft.com/",
    "authorizationUrl": "where people sign in, such as https://login.contoso.example/authorize",
    "tokenUrl": "where codes become tokens, such as https://login.contoso.example/token",
}


def _listed(keys: tuple[str, ...]) -> str:
    return ", ".join(f"'{key}'" for key in keys) or "nothing but 'type'"


def _none(_ctx: Context, _auth: Auth, _entries: Entries) -> None:
    """No definition, no requirement, no parameter."""


def _api_key(ctx: Context, auth: Auth, entries: Entries) -> None:
    place = "header" if value(entries, "header") is not None else "query"
    definition: dict[str, Any] = {"type": "apiKey", "in": place}
    ctx.put(definition, "name", entries[place].value, entries[place])
    _define(ctx, auth, entries, "api_key", definition, [])
    shown = {"summary": "API Key", "description": "The API key of your account.", "tooltip": "Enter your API key."}
    name = _parameter(
        ctx, auth, entries.get("parameter"), "api_key", shown, {"tabIndex": 2, "clearText": False, "required": "true"}
    )
    if value(entries, "scheme") is not None:
        auth.policies.append(
            _scheme_policy(place, entries[place].value, f"{entries['scheme'].value} @connectionParameters('{name}')")
        )


def _scheme_policy(place: str, name: str, key: str) -> dict[str, Any]:
    """The policy that puts a word before the key, so that people don't have to type `Bearer` themselves."""
    template, part = ("setheader", "header") if place == "header" else ("setqueryparameter", "query parameter")
    prefix = "x-ms-apimTemplateParameter."
    parameters = {f"{prefix}name": name, f"{prefix}value": key, f"{prefix}existsAction": "override"}
    if place == "header":
        parameters["x-ms-apimTemplate-policySection"] = "Request"
    return {"templateId": template, "title": f"Set the {part} of the API key", "parameters": parameters}


def _basic(ctx: Context, auth: Auth, entries: Entries) -> None:
    _define(ctx, auth, entries, "basic_auth", {"type": "basic"}, [])
    user = {"summary": "User name", "description": "The user name of your account.", "tooltip": "Enter your user name."}
    secret = {"summary": "Password", "description": "The password of your account.", "tooltip": "Enter your password."}
    _parameter(
        ctx, auth, entries.get("username"), "username", user, {"tabIndex": 2, "clearText": True, "required": "true"}
    )
    _parameter(
        ctx, auth, entries.get("password"), "password", secret, {"tabIndex": 3, "clearText": False, "required": "true"}
    )


def _aad(ctx: Context, auth: Auth, entries: Entries) -> None:
    login = str(value(entries, "loginUri", LOGIN)).rstrip("/")
    tenant = value(entries, "tenant", "common")
    resource = value(entries, "resource", "")
    urls = {"authorizationUrl": f"{login}/{tenant}/oauth2/authorize", "tokenUrl": f"{login}/{tenant}/oauth2/token"}
    given: dict[str, Any] = {"IsFirstParty": "False", "AzureActiveDirectoryResourceId": resource}
    custom = {"loginUri": {"value": login}, "tenantId": {"value": tenant}, "resourceUri": {"value": resource}}
    if "onBehalfOf" not in entries or entries["onBehalfOf"].value is not None:
        given["IsOnbehalfofLoginSupported"] = True
        custom["enableOnbehalfOfLogin"] = {"value": str(value(entries, "onBehalfOf", False)).lower()}
    _oauth(ctx, auth, entries, urls, "aad", {"properties": given, "customParameters": custom})
    if value(entries, "tenantParameter", True):
        auth.parameters["token:TenantId"] = {
            "type": "string",
            "metadata": {"sourceType": "AzureActiveDirectoryTenant"},
            "uiDefinition": {"constraints": {"required": "false", "hidden": "true"}},
        }
    if value(entries, "servicePrincipal"):
        auth.parameters.update(_service_principal())


def _service_principal() -> dict[str, Any]:
    """What the portal's box "Enable Service Principal support" adds: hidden parameters of the token."""

    def hidden(kind: str, name: str, description: str, **further: Any) -> dict[str, Any]:
        constraints = {"required": "false", "hidden": "true", **further}
        return {
            "type": kind,
            "uiDefinition": {"displayName": name, "description": description, "constraints": constraints},
        }

    grants = [("Code", "code"), ("Client Credentials", "client_credentials")]
    grant = hidden(
        "string",
        "Grant type",
        "How the token is asked for.",
        allowedValues=[{"text": t, "value": v} for t, v in grants],
    )
    return {
        "token:clientId": hidden("string", "Client ID", "The application ID of the service principal."),
        "token:clientSecret": hidden("securestring", "Client secret", "The secret of the service principal."),
        "token:resourceUri": hidden("string", "Resource", "The resource that access is asked for."),
        "token:grantType": {
            "type": "string",
            "allowedValues": [{"value": v} for _, v in grants],
            **{k: v for k, v in grant.items() if k != "type"},
        },
    }


def _oauth2(ctx: Context, auth: Auth, entries: Entries) -> None:
    urls = {key: value(entries, key, "") for key in ("authorizationUrl", "tokenUrl")}
    custom = {**urls, "refreshUrl": value(entries, "refreshUrl", urls["tokenUrl"])}
    _oauth(
        ctx, auth, entries, urls, "oauth2", {"customParameters": {key: {"value": url} for key, url in custom.items()}}
    )


def _oauth(
    ctx: Context, auth: Auth, entries: Entries, urls: dict[str, str], provider: str, settings: dict[str, Any]
) -> None:
    """What all OAuth has: the definition with its URLs, and the parameter `token`, the only one that paconn gives its secret."""
    scopes = _scopes(entries)
    definition: dict[str, Any] = {"type": "oauth2", "flow": "accessCode"}
    for key, url in urls.items():
        if key in entries:
            ctx.put(definition, key, url, entries[key])
        else:
            definition[key] = url
    definition["scopes"] = scopes
    _define(ctx, auth, entries, "oauth2_auth", definition, list(scopes))
    oauth: dict[str, Any] = {"identityProvider": provider}
    if value(entries, "clientId") is not None:
        ctx.put(oauth, "clientId", entries["clientId"].value, entries["clientId"])
    oauth.update({"scopes": list(scopes), **_redirect(entries), **settings})
    node = entries.get("parameter")
    name, shown, constraints = "token", {}, {}
    if node is not None and node.is_mapping:
        name = value(node.entries, "name", name)
        shown = {
            key: value(node.entries, key) for key in ("summary", "description", "tooltip") if value(node.entries, key)
        }
        constraints = value(node.entries, "constraints", {})
    elif node is not None and node.value is not None:
        name = node.value
    parameter: dict[str, Any] = {"type": "oauthSetting", "oAuthSettings": oauth}
    if shown or constraints:
        parameter["uiDefinition"] = _ui(shown, constraints)
    ctx.put(auth.parameters, name, parameter, node or entries["type"])


def _scopes(entries: Entries) -> dict[str, str]:
    node = entries.get("scopes")
    if node is None or node.value is None:
        return {}
    return dict(node.value) if node.is_mapping else {str(scope): str(scope) for scope in node.value}


def _redirect(entries: Entries) -> dict[str, Any]:
    node = entries.get("redirect")
    mode, url = "global", None
    if node is not None and node.is_mapping:
        mode = value(node.entries, "mode", mode)
        if "url" in node.entries:
            url = node.entries["url"].value
            return {"redirectMode": _MODES.get(mode, mode)} | ({"redirectUrl": url} if url is not None else {})
    elif node is not None and node.value is not None:
        mode = node.value
    return {"redirectMode": _MODES.get(mode, mode)} | ({"redirectUrl": GLOBAL_REDIRECT} if mode == "global" else {})


_MODES = {"global": "Global", "perConnector": "GlobalPerConnector"}


def _define(
    ctx: Context, auth: Auth, entries: Entries, name: str, definition: dict[str, Any], scopes: list[str]
) -> None:
    key = str(value(entries, "definition", name))
    ctx.put(auth.definitions, key, definition, entries.get("definition") or entries["type"])
    auth.security.append({key: scopes})


def _parameter(
    ctx: Context, auth: Auth, node: Any, name: str, shown: dict[str, str], constraints: dict[str, Any]
) -> str:
    """Writes a connection parameter and returns its name."""
    entries: Entries = node.entries if node is not None else {}
    if node is not None and isinstance(node.value, str):
        name = node.value
    shown = {**shown, **{key: value(entries, key) for key in shown if value(entries, key) is not None}}
    given = value(entries, "constraints", {})
    parameter = {
        "type": "securestring",
        "uiDefinition": _ui(shown, {**constraints, **(given if isinstance(given, dict) else {})}),
    }
    ctx.origins.note_all(parameter, node.key_place if node is not None else ctx.root.entries["auth"].key_place)
    name = str(value(entries, "name", name))
    auth.parameters[name] = parameter
    return name


def _ui(shown: dict[str, str], constraints: Any) -> dict[str, Any]:
    """A uiDefinition; the platform wants `required` and `hidden` as the texts "true" and "false"."""
    names = {"summary": "displayName", "description": "description", "tooltip": "tooltip"}
    ui: dict[str, Any] = {names[key]: text for key, text in shown.items()}
    if isinstance(constraints, dict) and constraints:
        texts = ("required", "hidden")
        ui["constraints"] = {
            key: str(item).lower() if key in texts and isinstance(item, bool) else item
            for key, item in constraints.items()
        }
    return ui


_COMPILERS: dict[str, Callable[[Context, Auth, Entries], None]] = {
    "none": _none,
    "apiKey": _api_key,
    "basic": _basic,
    "aad": _aad,
    "oauth2": _oauth2,
}
