"""Names that people bring from Swagger, the portal or other tools, and what the language calls them.

HINTS is read only for an unknown key: first by the object that contains it, then by the key.
"""

from connector_builder.language.tables.auth import OTHER_FLOWS
from connector_builder.language.tables.policies import BY_KEY

_SERVER = "write server: https://api.contoso.example/v1, with scheme, host and base path in one"

_FLOW = "leave it out: the platform supports only the authorization code flow"
_CALLS = {
    "operationId": "write operation",
    **dict.fromkeys(("value-path", "itemValuePath"), "write value"),
}

_ADDRESS = ("host", "url", "baseUrl", "baseURL", "base_url", "basePath", "servers")

_VALUE = {
    "optional": "leave it out: a value is optional unless its name ends in '!' or it says required: true",
    **dict.fromkeys(("label", "displayName"), "write summary"),
    **dict.fromkeys(("values", "options", "choices", "allowed", "allowedValues"), "write enum"),
    **dict.fromkeys(("hidden", "internal"), "write visibility: internal"),
}
_POLLS = "the author of a flow sets how often it polls: leave it out"

UNKNOWN = "?"
"""Stands among the broken keys of an object for one that nobody knows: what is missing there may be called so."""

HINTS: dict[str, dict[str, str]] = {
    "spec": {
        **dict.fromkeys(("server", *_ADDRESS), "write connector: {server: https://api.contoso.example/v1}"),
        **dict.fromkeys(("definitions", "models", "types"), "schemas belong under 'schemas'"),
        **dict.fromkeys(("authentication", "authorization"), "write auth"),
        "operations": "operations belong under 'actions'",
        "endpoints": "operations belong under 'actions'",
        "variables": "set variables with --var, a --vars-file, or a default: ${NAME:-default}",
        "responses": "shared responses belong under 'components'",
    },
    "connector": {
        **dict.fromkeys(_ADDRESS, _SERVER),
        "name": "write title",
        "color": "write brandColor",
    },
    "auth": {
        "in": "write header: X-API-Key, or query: api_key",
        "name": "write header: X-API-Key, or query: api_key",
        **dict.fromkeys(
            ("token", "key", "value", "apiKey"), "remove it: people enter an API key when they create a connection"
        ),
        "url": "write authorizationUrl and tokenUrl",
        **dict.fromkeys(("authorizeUrl", "authUrl", "authorizationEndpoint"), "write authorizationUrl"),
        **dict.fromkeys(("accessTokenUrl", "tokenEndpoint"), "write tokenUrl"),
        **dict.fromkeys(("queryParameter", "queryParam", "param"), "write query"),
        "headerName": "write header",
        **dict.fromkeys(("prefix", "tokenType"), "write scheme"),
        **dict.fromkeys(OTHER_FLOWS, _FLOW),
    },
    "connection": {
        "displayName": "write summary",
        "optional": "write required: false",
        "enum": "write allowed",
        "uiDefinition": "write summary, description and tooltip beside 'type'",
    },
    "dynamicValues": {
        **_CALLS,
        "builtInOperation": "write builtIn",
        **dict.fromkeys(("value-collection", "itemsPath"), "write items"),
        **dict.fromkeys(("value-title", "itemTitlePath"), "write title"),
    },
    "dynamicSchema": _CALLS,
    "policy": {template.id: f"write {template.key}" for template in BY_KEY.values()},
    "operation": {
        "path": "write request: GET /path",
        "method": "write request: GET /path",
        "url": "write request: GET /path",
        "get": "write request: GET /path",
        **dict.fromkeys(
            ("contentType", "content-type", "mimeType"), "write consumes, a list; a form with a file needs none"
        ),
        **dict.fromkeys(("title", "name", "displayName"), "write summary"),
        "requestBody": "write body",
        "sample": "a sample of the response belongs under 'response'",
        **dict.fromkeys(("hidden", "private", "internal"), "write visibility: internal"),
    },
    "polling": dict.fromkeys(("interval", "frequency", "recurrence", "every"), _POLLS),
    "parameter": _VALUE,
    "schema": {
        **_VALUE,
        "nullable": "Swagger 2.0 has no 'nullable': leave it out",
        **dict.fromkeys(
            ("oneOf", "anyOf"), "Swagger 2.0 has no alternatives: write 'any', or describe all fields in one"
        ),
    },
}
HINTS |= {
    f"policy {key}": dict.fromkeys(("in", "section", "policySection", "direction", "runOn"), "write on")
    for key in {template.key for template in BY_KEY.values()}
}
HINTS["policy setHost"] |= dict.fromkeys(("host", "value", "address", "server"), "write url")
HINTS["listOperation"] = HINTS["dynamicValues"]
HINTS["schemaOperation"] = HINTS["dynamicSchema"]
HINTS["authSet"] = HINTS["auth"]
HINTS["template"] = HINTS["parameter"]
HINTS["connectionParameter"] = HINTS["connection"]
for _name in ("body", "response", "sharedResponse"):
    HINTS[_name] = {
        **HINTS["schema"],
        "content": "write the schema itself; MIME types belong under 'consumes' and 'produces'",
    }

WORDS: dict[str, dict[str, str]] = {
    "visibility": {
        **dict.fromkeys(("hidden", "hide", "private", "invisible"), "write internal"),
        **dict.fromkeys(("normal", "default", "visible", "public"), "write none, or leave it out"),
    },
    "type": {
        **dict.fromkeys(("bearer", "token", "jwt"), "write {type: apiKey, header: Authorization, scheme: Bearer}"),
        **dict.fromkeys(("entra", "entraid", "azuread", "azure"), "write aad"),
        **dict.fromkeys(("anonymous", "open"), "write none"),
    },
}
"""Words that people write where the list of words is closed: by the key, then by the word in small letters."""
