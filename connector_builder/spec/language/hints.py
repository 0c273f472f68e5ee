"""What people write who come from Swagger, the portal or other tools, and what it is called here.

Read only where a key isn't known: by the object in which it stands, then by the key.
"""

_SERVER = "write server: https://api.contoso.example/v1, with scheme, host and base path in one"

HINTS: dict[str, dict[str, str]] = {
    "spec": {
        "definitions": "schemas stand under 'schemas'",
        "info": "what Swagger calls 'info' stands under 'connector'",
        "operations": "operations stand under 'actions'",
        "endpoints": "operations stand under 'actions'",
        "variables": "variables are given by --var, a --vars-file, or a default: ${NAME:-default}",
        "responses": "shared responses stand under 'components'",
    },
    "connector": {
        **dict.fromkeys(("host", "url", "baseUrl", "baseURL", "base_url", "basePath", "servers"), _SERVER),
        "name": "the name of a connector is its 'title'",
        "color": "write brandColor",
    },
    "auth": {
        "in": "write header: X-API-Key, or query: api_key",
        "name": "write header: X-API-Key, or query: api_key",
        "token": "an API key is never in a spec: people give it when they make a connection",
        "key": "an API key is never in a spec: people give it when they make a connection",
        "url": "write authorizationUrl and tokenUrl",
        "flow": "the platform knows only the authorization code flow: leave it out",
    },
    "connectionParameter": {"displayName": "write summary"},
    "connection": {"displayName": "write summary"},
    "operation": {
        "path": "write request: GET /path",
        "method": "write request: GET /path",
        "url": "write request: GET /path",
        "get": "write request: GET /path",
        "query": "query parameters stand in the request line: GET /path?name&other!",
        "requestBody": "write body",
        "sample": "a sample of the answer stands under 'response'",
    },
}
HINTS["authSet"] = HINTS["auth"]
