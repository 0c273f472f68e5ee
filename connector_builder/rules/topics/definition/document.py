"""Rules for the head of a definition: version, info, host, schemes, tags."""

from connector_builder.findings import Add, Edit, Fix, Replace, Scope, Severity
from connector_builder.findings.finding import LEFT_OUT
from connector_builder.findings.wording import found, quoted
from connector_builder.patterns import regex
from connector_builder.platform.data.differences import same
from connector_builder.rules.context import Context
from connector_builder.rules.node import ABSENT, Node
from connector_builder.rules.rule import Defects, Fault, rule

ENVIRONMENT_VARIABLE = "@environmentVariables("
"""The beginning of an expression that a solution's connector may have as host and base path.

The platform resolves it on saving. Source:
https://learn.microsoft.com/en-us/connectors/custom-connectors/environment-variables
"""
_HOST = regex(r"[^{}/ :\\?#]+(:\d+)?")
_ADDRESS = regex(r"(?:(https?)://)?([^{}/ :\\?#@]+(?::\d+)?)(/[^{}?#\s]*)?")


@rule(
    Severity.ERROR,
    Scope.PLATFORM,
    "document",
    "openapi 3",
    keys="swagger",
    faults=(Fault.MISSING, Fault.TYPE, Fault.VALUE),
    fixable=True,
)
def specification_version_incorrect(node: Node, _: Context) -> Defects:
    """The document doesn't have `swagger: "2.0"`.

    The platform accepts Swagger 2.0 (also called OpenAPI 2.0), and refuses OpenAPI 3. The version is a text: write
    `"2.0"`, with quotes. Convert a document of OpenAPI 3 to Swagger 2.0; no other rule checks it.

    Source: https://spec.openapis.org/oas/v2.0
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"swagger": 2.0}
    ```
    Finding: /swagger: 'swagger' must be the text '2.0', not the number 2.0

    ```json bad
    {"openapi": "3.0.3", "info": {"title": "Orders", "version": "1.0"}, "servers": [], "paths": {}}
    ```
    Finding: /openapi: this is OpenAPI 3, and connectors are Swagger 2.0

    ```json good
    {"swagger": "2.0"}
    ```
    """
    if node.value is not ABSENT:
        help_ = 'write "2.0", in quotes'
        fix = node.becoming(help_, "2.0") if node.value in (2, 2.0, "2") else None
        yield node.says(f"'swagger' must be the text '2.0', not {found(node.value)}", help=help_, fix=fix)
    elif "openapi" in node.owner.value:
        yield node.says(
            "this is OpenAPI 3, and connectors are Swagger 2.0", "openapi", help="convert it to Swagger 2.0"
        )
    else:
        yield node.says("'swagger' is missing at the top level", help="write 'swagger: \"2.0\"'")


@rule(Severity.ERROR, Scope.PLATFORM, "info", explained_by=("KeyUnknown", "ValueMissing"))
def info_description_missing(node: Node, _: Context) -> Defects:
    """The connector has no description.

    Swagger doesn't require one, but people choose connectors by their descriptions, and paconn's `create` and `update`
    stop with `KeyError: 'description'`. Describe in a sentence or two what the connector is for.

    Source: https://spec.openapis.org/oas/v2.0
    Source: https://github.com/microsoft/PowerPlatformConnectors/issues/2877
    Published: 1 of 1,013 connectors.

    ```json bad
    {"info": {"title": "Orders", "version": "1.0"}}
    ```
    Finding: /info: the connector has no description

    ```json good
    {"info": {"title": "Orders", "description": "Reads orders.", "version": "1.0"}}
    ```
    """
    if "description" not in node.value:
        yield node.says("the connector has no description", help="say in a sentence or two what the connector is for")


@rule(
    Severity.WARNING,
    Scope.PLATFORM,
    "document",
    explained_by=("ServerNotValid", LEFT_OUT),
)
def service_address_incomplete(node: Node, _: Context) -> Defects:
    """The host or the scheme of the service is missing.

    Swagger doesn't require them: without them, it means the address that the document came from. But paconn builds the
    address of the service from `schemes`, `host` and `basePath`; without them, it sends an address that leads nowhere.
    Add both. In a spec, write `server`, which sets all three.

    Source: https://spec.openapis.org/oas/v2.0
    Source: paconn 0.0.21, `operations/upsert.py`
    Published: 0 of 1,013 connectors.

    ```json bad
    {"swagger": "2.0", "info": {"title": "Orders", "description": "Reads orders.", "version": "1.0"},
     "host": "api.contoso.example", "paths": {}}
    ```
    Finding: : 'schemes' is missing at the top level

    ```json good
    {"host": "api.contoso.example", "schemes": ["https"]}
    ```
    """
    for key in ("host", "schemes"):
        if key not in node.value and not any(other.lower() == key for other in node.value):  # else that is the finding
            help_ = "paconn makes the service's address of 'schemes', 'host' and 'basePath'; in a spec, 'server' gives all three"
            yield node.says(f"'{key}' is missing at the top level", help=help_)


@rule(Severity.ERROR, Scope.PLATFORM, "document", keys="host", fixable=True)
def host_name_not_valid(node: Node, _: Context) -> Defects:
    """`host` isn't only the name of a host.

    `host` contains neither the scheme, which belongs in `schemes`, nor the path, which belongs in `basePath`. A port
    can follow the name after a colon. Write a name such as `api.contoso.example`.

    Source: https://spec.openapis.org/oas/v2.0
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 1 of 1,013 connectors.

    ```json bad
    {"host": "https://api.contoso.example/v1"}
    ```
    Finding: /host: 'https://api.contoso.example/v1' isn't a host

    ```json good
    {"host": "api.contoso.example", "basePath": "/v1", "schemes": ["https"]}
    ```
    """
    if not _HOST.fullmatch(node.value) and not node.value.startswith(ENVIRONMENT_VARIABLE):
        help_ = "the scheme goes into 'schemes', the path into 'basePath'" if "/" in node.value else None
        meant = node.value.strip()
        help_ = help_ or (f"write '{meant}'" if _HOST.fullmatch(meant) else "it is a name such as 'api.contoso.com'")
        yield node.says(f"{quoted(node.value)} isn't a host", help=help_, fix=_divided(node))


def _divided(node: Node) -> Fix | None:
    """Returns the fix that moves the parts of a whole address where they belong, unless another one is there."""
    parts = _ADDRESS.fullmatch(node.value)
    if parts is None:
        return None
    document, (scheme, host, path) = node.owner.value, parts.groups()
    edits: list[Edit] = [node.becomes(host)]
    path = (path or "").rstrip("/")
    base, schemes = document.get("basePath"), document.get("schemes")
    if path and base in (None, "", "/"):
        edits.append(Add(("basePath",), path) if base is None else Replace(("basePath",), path))
    elif path and base != path:
        return None
    if scheme and schemes is None:
        edits.append(Add(("schemes",), [scheme]))
    elif scheme and scheme not in schemes:
        return None
    return Fix(f"write '{host}', and the rest where it belongs", tuple(edits))


@rule(Severity.ERROR, Scope.PLATFORM, "document", keys="basePath", fixable=True)
def base_path_not_valid(node: Node, _: Context) -> Defects:
    """The base path doesn't begin with `/`.

    Write a `/` before it. If the API has no base path, leave `basePath` out. A `/` at its end does no harm: 156 of 1,013 published
    connectors have one.

    Source: https://spec.openapis.org/oas/v2.0
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"basePath": "v1"}
    ```
    Finding: /basePath: 'v1' doesn't begin with '/'

    ```json good
    {"basePath": "/v1"}
    ```
    """
    if not node.value.lstrip().startswith(("/", ENVIRONMENT_VARIABLE)):
        help_, fix = "write '/' before it, or leave the key out", node.becoming("write '/' before it", f"/{node.value}")
        yield node.says(f"{quoted(node.value)} doesn't begin with '/'", help=help_, fix=fix)


@rule(Severity.ERROR, Scope.PLATFORM, "schemes", fixable=True)
def schemes_array_empty(node: Node, _: Context) -> Defects:
    """The list of schemes is empty.

    Swagger requires at least one scheme, or none of the key: an empty list says that no request can be sent. Write
    `["https"]`.

    Source: https://spec.openapis.org/oas/v2.0
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"schemes": []}
    ```
    Finding: /schemes: 'schemes' is empty

    ```json good
    {"schemes": ["https"]}
    ```
    """
    if not node.value:
        yield node.says("'schemes' is empty", help="write 'https'", fix=node.becoming("write 'https'", ["https"]))


@rule(Severity.ERROR, Scope.PLATFORM, "schemes", fixable=True)
def scheme_not_valid(node: Node, _: Context) -> Defects:
    """A scheme isn't one that Swagger defines.

    The platform builds the address of the service from the scheme, and Swagger defines only `http`, `https`, `ws` and
    `wss`. Write `https`, or `http`, without `://`.

    Source: https://spec.openapis.org/oas/v2.0
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"schemes": ["https://"]}
    ```
    Finding: /schemes/0: 'https://' isn't a scheme

    ```json good
    {"schemes": ["https"]}
    ```
    """
    for index, scheme in enumerate(node.value):
        if isinstance(scheme, str) and scheme not in ("http", "https", "ws", "wss"):
            meant = scheme.strip().lower().removesuffix("//").removesuffix(":")
            help_ = f"write '{meant}'" if meant in ("http", "https") else "it is 'https', or 'http'"
            fix = node.without("remove it", index) if meant in node.value else None
            yield node.says(f"{quoted(scheme)} isn't a scheme", index, help="remove it" if fix else help_, fix=fix)


@rule(Severity.ERROR, Scope.PLATFORM, "schemes", fixable=True)
def scheme_not_supported(node: Node, _: Context) -> Defects:
    """The schemes contain a web socket, which connectors can't use.

    The platform sends a request over HTTP and waits for the answer; a web socket stays open. Write `https`, or `http`.

    Source: https://spec.openapis.org/oas/v2.0
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"schemes": ["wss"]}
    ```
    Finding: /schemes/0: connectors can't use 'wss'

    ```json good
    {"schemes": ["https"]}
    ```
    """
    for index, scheme in enumerate(node.value):
        if scheme in ("ws", "wss"):
            fix = node.without("remove it", index) if {"http", "https"}.intersection(node.value) else None
            help_ = "remove it" if fix else "it is 'https', or 'http'"
            yield node.says(f"connectors can't use '{scheme}'", index, help=help_, fix=fix)


@rule(Severity.ERROR, Scope.PLATFORM, "tags", fixable=True)
def tag_redefined(node: Node, _: Context) -> Defects:
    """Two tags have the same name.

    Operations name their tags, so each name stands for one tag. Remove or rename one.

    Source: https://spec.openapis.org/oas/v2.0
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"tags": [{"name": "orders"}, {"name": "orders"}]}
    ```
    Finding: /tags/1/name: the tag 'orders' is defined already

    ```json good
    {"tags": [{"name": "orders"}, {"name": "buyers"}]}
    ```
    """
    names: dict[str, int] = {}
    for index, tag in enumerate(node.value):
        name = tag.get("name") if isinstance(tag, dict) else None
        if isinstance(name, str) and names.setdefault(name, index) != index:
            related = (((*node.pointer, names[name]), "first here"),)
            says_more = tag.keys() - {"name"} and not same(tag, node.value[names[name]])
            help_ = "remove one of the two, or rename it" if says_more else "remove it"
            fix = None if says_more else node.without(help_, index)
            message = f"the tag {quoted(name)} is defined already"
            yield node.says(message, index, "name", help=help_, related=related, fix=fix)
