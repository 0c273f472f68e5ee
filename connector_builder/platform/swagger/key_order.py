"""The customary order of keys, and JSON that the platform's tools can read.

Names (of paths, definitions, properties, shared parameters) keep the author's order. The keys of Swagger and
apiProperties have one order, so that two builds differ only where their specs do. The table of extensions gives some
extensions a place among them. Unknown keys and other `x-` keys follow in the author's order.
"""

import json
from collections.abc import Callable
from typing import Any

from connector_builder.platform.swagger.extensions import FORM, HEADER, PATH, QUERY, with_extensions
from connector_builder.platform.swagger.operations import VERBS

_DOCUMENT = (
    "swagger", "info", "host", "basePath", "schemes", "consumes", "produces", "paths", "definitions", "parameters",
    "responses", "securityDefinitions", "security", "tags", "externalDocs",
)  # fmt: skip
_INFO = ("title", "description", "version", "termsOfService", "contact", "license")
_PATH = (*VERBS, "parameters")
_OPERATION = with_extensions((
    "operationId", "summary", "description", "deprecated", "tags", "consumes", "produces", "schemes", "parameters", "responses",
    "security", "externalDocs",
), "operation")  # fmt: skip
_PARAMETER = with_extensions((
    "name", "in", "required", "type", "format", "items", "collectionFormat", "enum", "default", "minimum", "maximum",
    "description", "schema",
), PATH, QUERY, HEADER, FORM)  # fmt: skip
_SCHEMA = with_extensions((
    "$ref", "type", "format", "title", "description", "enum", "default", "required", "items", "properties",
    "additionalProperties", "allOf",
), "schema")  # fmt: skip
_RESPONSE = with_extensions(("description", "schema", "headers", "examples"), "response")
_SECURITY = ("type", "description", "name", "in", "flow", "authorizationUrl", "tokenUrl", "scopes")
_PROPERTIES = (
    "connectionParameters", "connectionParameterSets", "iconBrandColor", "capabilities", "scriptOperations",
    "policyTemplateInstances", "publisher", "stackOwner",
)  # fmt: skip

Order = Callable[[Any], Any]


def definition_bytes(definition: Any, *, minify: bool = False) -> bytes:
    """Returns apiDefinition.swagger.json as bytes: ASCII, keys in the customary order, `\\n`, a final newline."""
    return json_bytes(in_order(definition), minify=minify)


def properties_bytes(properties: Any, *, minify: bool = False) -> bytes:
    """Returns apiProperties.json as bytes, in the same form as `definition_bytes`."""
    ordered = _keyed(("properties",), {"properties": lambda value: _keyed(_PROPERTIES, {}, value)}, properties)
    return json_bytes(ordered, minify=minify)


def json_bytes(value: Any, *, minify: bool = False) -> bytes:
    """Returns JSON in ASCII (paconn reads with the system's encoding), indented or compact, with a final newline."""
    layout: dict[str, Any] = {"separators": (",", ":")} if minify else {"indent": 2}
    return (json.dumps(value, ensure_ascii=True, allow_nan=False, **layout) + "\n").encode("ascii")


def json_lines(value: Any) -> int:
    """Returns how many lines `json_bytes` writes for an indented value. Several times as fast as writing it."""
    if not value or not isinstance(value, dict | list):
        return 1
    return 2 + sum(map(json_lines, value.values() if isinstance(value, dict) else value))


def _keyed(order: tuple[str, ...], inner: dict[str, Order], value: Any) -> Any:
    """Returns a mapping with the keys of `order` first, each value put in order by `inner`; anything else unchanged."""
    if not isinstance(value, dict):
        return value
    ordered = {key: value[key] for key in order if key in value}
    ordered.update((key, part) for key, part in value.items() if key not in ordered)
    for key, function in inner.items():
        if key in ordered:
            ordered[key] = function(ordered[key])
    return ordered


def _named(function: Order) -> Order:
    """Returns a function that puts the values of a mapping of names in order; the names keep their order."""
    return lambda value: {key: function(part) for key, part in value.items()} if isinstance(value, dict) else value


def _each(function: Order) -> Order:
    return lambda value: [function(part) for part in value] if isinstance(value, list) else value


def in_order(value: Any) -> Any:
    """Returns a definition with its keys in the customary order."""
    inner: dict[str, Order] = {
        "info": lambda info: _keyed(_INFO, {}, info),
        "paths": _named(_path),
        "definitions": _named(_schema),
        "parameters": _named(_parameter),
        "responses": _named(_response),
        "securityDefinitions": _named(lambda security: _keyed(_SECURITY, {}, security)),
    }
    return _keyed(_DOCUMENT, inner, value)


def _path(value: Any) -> Any:
    inner: dict[str, Order] = dict.fromkeys(_PATH[:-1], _operation)
    inner["parameters"] = _each(_parameter)
    inner["x-ms-notification-content"] = _response
    # The verbs of a path keep the author's order, because it is the order of the operations.
    return _keyed((), inner, value)


def _operation(value: Any) -> Any:
    return _keyed(_OPERATION, {"parameters": _each(_parameter), "responses": _named(_response)}, value)


def _parameter(value: Any) -> Any:
    return _keyed(_PARAMETER, {"items": _schema, "schema": _schema}, value)


def _response(value: Any) -> Any:
    header: Order = _named(lambda part: _keyed(_PARAMETER, {}, part))
    return _keyed(_RESPONSE, {"schema": _schema, "headers": header}, value)


def _schema(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    ordered = {key: value[key] for key in _SCHEMA if key in value}
    ordered.update((key, part) for key, part in value.items() if key not in ordered)
    if "properties" in ordered:
        ordered["properties"] = _named(_schema)(ordered["properties"])
    for key in ("items", "additionalProperties"):
        if isinstance(ordered.get(key), dict):
            ordered[key] = _schema(ordered[key])
    if "allOf" in ordered:
        ordered["allOf"] = _each(_schema)(ordered["allOf"])
    return ordered
