"""Compiles OAuth 2: the definition with its addresses, and the parameter `token` with its settings.

Facts: the contents of published connectors. Nearly all say in `properties` that the app isn't Microsoft's. aad is the
v1 flavour, in which the platform makes the addresses from loginUri, tenant and resource. paconn sets its `--secret`
only for a parameter with the name `token`.
"""

from collections.abc import Mapping
from typing import Any

from connector_builder.language.compile.connector.auth_made import Auth
from connector_builder.language.compile.connector.connection import Customary, said_over
from connector_builder.language.compile.connector.overlay import overlay
from connector_builder.language.compile.context import Context, Entries, value
from connector_builder.language.tables.auth import GENERIC, REDIRECTS, TEMPLATES
from connector_builder.platform.api_properties import GLOBAL_REDIRECT, OAUTH, SECRET
from connector_builder.platform.auth.kinds import ENTRA_LOGIN, OF_TOKEN, PROVIDERS, TOKEN
from connector_builder.platform.solutions.environment_variables import is_expression

_SAID = {name: key for key, name in TEMPLATES.items()} | {
    "tenantId": "tenant",
    "resourceUri": "resource",
    "enableOnbehalfOfLogin": "onBehalfOf",
    "loginUriAAD": "loginUri",
    "LoginUri": "loginUri",
}
"""The keys of `auth` by the custom parameters that they become, where the names differ."""
_OF_OTHERS = {"IsFirstParty": "False"}
"""Says that the app isn't Microsoft's."""


def aad(ctx: Context, auth: Auth, entries: Entries) -> None:
    """Compiles Azure AD (Microsoft Entra ID) for an app of one's own."""
    login, tenant, resource = _aad_parts(entries)
    given: dict[str, Any] = dict(_OF_OTHERS)
    if resource is not None:
        given["AzureActiveDirectoryResourceId"] = resource
    custom = {"loginUri": login, "tenantId": tenant, "resourceUri": resource}
    if "onBehalfOf" not in entries or entries["onBehalfOf"].value is not None:
        given["IsOnbehalfofLoginSupported"] = True
        custom["enableOnbehalfOfLogin"] = str(value(entries, "onBehalfOf", False)).lower()
    _oauth(ctx, auth, entries, _aad_urls(login, tenant), "aad", custom, given)
    if value(entries, "tenantParameter", True):
        auth.parameters[f"{OF_TOKEN}TenantId"] = {
            "type": "string",
            "metadata": {"sourceType": "AzureActiveDirectoryTenant"},
            "uiDefinition": {"constraints": {"required": "false", "hidden": "true"}},
        }
    if value(entries, "servicePrincipal"):
        auth.parameters.update(_service_principal())


def aad_certificate(ctx: Context, auth: Auth, entries: Entries) -> None:
    """Compiles Azure AD with a certificate, which the platform allows for Microsoft's own apps."""
    login, tenant, resource = _aad_parts(entries)
    custom = {"resourceUri": resource, "loginUri": login, "loginUriAAD": login, "tenantId": tenant}
    _oauth(ctx, auth, entries, _aad_urls(login, tenant), "aadcertificate", custom, {"IsFirstParty": "True"})


def oauth2(ctx: Context, auth: Auth, entries: Entries) -> None:
    """Compiles generic OAuth 2 with fixed addresses."""
    urls = _urls(entries)
    refresh = entries["refreshUrl"].value if "refreshUrl" in entries else urls["tokenUrl"]
    _oauth(ctx, auth, entries, urls, "oauth2", {**urls, "refreshUrl": refresh})


def oauth2_generic(ctx: Context, auth: Auth, entries: Entries) -> None:
    """Compiles generic OAuth 2 with templates, in which `{X}` is a connection parameter `token:X`."""
    urls = _urls(entries)
    usual = {"refreshUrl": urls["tokenUrl"], **GENERIC}
    said = {key: entries[key].value if key in entries else text for key, text in usual.items()}
    templates = {name: {**said, **urls}[key] for key, name in TEMPLATES.items()}
    _oauth(ctx, auth, entries, urls, "oauth2generic", templates)


def provider(ctx: Context, auth: Auth, entries: Entries) -> None:
    """Compiles a provider that the platform knows by name."""
    known = PROVIDERS[entries["type"].value]
    urls = {"authorizationUrl": known.authorization, "tokenUrl": known.token}
    login = value(entries, "loginUri", known.login)
    _oauth(ctx, auth, entries, urls, known.provider, {"LoginUri": login} if login is not None else {})


def _urls(entries: Entries) -> dict[str, str | None]:
    return {key: entries[key].value if key in entries else "" for key in ("authorizationUrl", "tokenUrl")}


def _aad_parts(entries: Entries) -> tuple[str, str, str | None]:
    login = str(value(entries, "loginUri", ENTRA_LOGIN)).rstrip("/")
    return login, value(entries, "tenant", "common"), entries["resource"].value if "resource" in entries else ""


def _aad_urls(login: str, tenant: str) -> dict[str, str]:
    return {"authorizationUrl": f"{login}/{tenant}/oauth2/authorize", "tokenUrl": f"{login}/{tenant}/oauth2/token"}


def _oauth(
    ctx: Context,
    auth: Auth,
    entries: Entries,
    urls: Mapping[str, str | None],
    identity_provider: str,
    custom: Mapping[str, str | None],
    properties: dict[str, Any] = _OF_OTHERS,
) -> None:
    scopes = _scopes(entries)
    definition: dict[str, Any] = {"type": "oauth2", "flow": "accessCode"}
    for key, url in urls.items():
        if url is None:
            continue
        if key in entries:
            ctx.put(definition, key, url, entries[key])
        else:
            definition[key] = url
    definition["scopes"] = dict(scopes)  # a copy: `definition` may change it
    auth.define(ctx, entries, "oauth2_auth", definition, list(scopes))
    settings: dict[str, Any] = {"identityProvider": identity_provider}
    _client(ctx, settings, entries)
    settings.update({"scopes": list(scopes), **_redirect(entries), "properties": dict(properties)})
    if identity_provider != "aad" and value(entries, "onBehalfOf") is not None:
        settings["properties"]["IsOnbehalfofLoginSupported"] = entries["onBehalfOf"].value
    settings["customParameters"] = {key: {"value": item} for key, item in custom.items() if item is not None}
    for key, one in settings["customParameters"].items():
        said = entries.get(_SAID.get(key, key)) or (entries.get("tokenUrl") if key.startswith("refreshUrl") else None)
        if said is not None:
            ctx.origins.note_all(one, said.place)
    overlay(ctx, settings, entries.get("settings"))
    if "parameter" in entries and entries["parameter"].value is None:
        return
    name, parameter = said_over(ctx, entries.get("parameter"), Customary(TOKEN, OAUTH))
    shown = parameter.pop("uiDefinition", None)
    parameter["oAuthSettings"] = settings
    if shown is not None:
        parameter["uiDefinition"] = shown
    ctx.put(auth.parameters, name, parameter, entries.get("parameter") or entries["type"])


def _client(ctx: Context, settings: dict[str, Any], entries: Entries) -> None:
    """Writes the id of the client, and its secret if an environment variable has it: any other was reported."""
    if value(entries, "clientId") is not None:
        ctx.put(settings, "clientId", entries["clientId"].value, entries["clientId"])
    if is_expression(value(entries, "clientSecret")):
        ctx.put(settings, "clientSecret", entries["clientSecret"].value, entries["clientSecret"])


def _scopes(entries: Entries) -> dict[str, str]:
    node = entries.get("scopes")
    if node is None or node.value is None:
        return {}
    return dict(node.value) if node.is_mapping else {str(scope): str(scope) for scope in node.value}


def _redirect(entries: Entries) -> dict[str, Any]:
    """Returns the redirect: a common one, or, for `perConnector`, one that the platform makes at the first save."""
    node = entries.get("redirect")
    mode: str = "global"
    url: str | None = None
    if node is not None and node.is_mapping:
        mode = value(node.entries, "mode", mode)
        url = value(node.entries, "url")
        if "url" in node.entries and url is None:
            return {"redirectMode": REDIRECTS.get(mode, mode)}
    elif node is not None and node.value is not None:
        mode = node.value
    url = url or (GLOBAL_REDIRECT if mode == "global" else None)
    return {"redirectMode": REDIRECTS.get(mode, mode), **({"redirectUrl": url} if url is not None else {})}


def _service_principal() -> dict[str, Any]:
    """Returns the hidden parameters of the token that the portal's box "Enable Service Principal support" adds."""

    def hidden(kind: str, name: str, description: str, **further: Any) -> dict[str, Any]:
        constraints = {"required": "false", "hidden": "true", **further}
        return {
            "type": kind,
            "uiDefinition": {"displayName": name, "description": description, "constraints": constraints},
        }

    grants = [("Code", "code"), ("Client Credentials", "client_credentials")]
    choices = [{"text": text, "value": grant} for text, grant in grants]
    grant = hidden("string", "Grant type", "How the token is asked for.", allowedValues=choices)
    return {
        f"{OF_TOKEN}clientId": hidden("string", "Client ID", "The application ID of the service principal."),
        f"{OF_TOKEN}clientSecret": hidden(SECRET, "Client secret", "The secret of the service principal."),
        f"{OF_TOKEN}resourceUri": hidden("string", "Resource", "The resource that access is asked for."),
        f"{OF_TOKEN}grantType": {**grant, "allowedValues": [{"value": grant} for _, grant in grants]},
    }
