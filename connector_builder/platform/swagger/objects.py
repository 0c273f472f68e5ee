"""The table of the objects of Swagger 2.0: the keys of each, and their values.

Source: the OpenAPI Specification, version 2.0 (https://spec.openapis.org/oas/v2.0). Rules of their own report what the
specification allows and the platform doesn't, so that each explains why. The extensions of each object come from
`extensions.py`.
"""

from typing import Any

from connector_builder.platform.data.shapes import Entry, Table
from connector_builder.platform.swagger.extensions import BODY, FORM, HEADER, PATH, QUERY, UNPLACED, extensions_of
from connector_builder.platform.swagger.operations import VERBS

PARAMETERS = {"body": BODY, "path": PATH, "query": QUERY, "header": HEADER, "formData": FORM}
SIMPLE_PARAMETERS = (PATH, QUERY, HEADER, FORM)
"""The kinds of parameter that have their type at the parameter itself."""
FLOWS = {
    "implicit": "implicit security",
    "password": "password security",
    "application": "application security",
    "accessCode": "access code security",
}
SECURITY = ("basic security", "key security", *FLOWS.values(), "oauth2 security", "untyped security")

TYPED = (*SIMPLE_PARAMETERS, "items", "header", "schema")
"""The kinds of node that have a type, and with it constraints, a default and an enum."""

_CONSTRAINTS = {
    "maximum": "number",
    "exclusiveMaximum": "flag",
    "minimum": "number",
    "exclusiveMinimum": "flag",
    "maxLength": "whole number",
    "minLength": "whole number",
    "pattern": "text",
    "maxItems": "whole number",
    "minItems": "whole number",
    "uniqueItems": "flag",
    "enum": "enum",
    "multipleOf": "number",
}
_SIMPLE = {
    "type!": ("string", "number", "integer", "boolean", "array", "file"),
    "format": "text",
    "items": "items",
    "collectionFormat": ("csv", "ssv", "tsv", "pipes", "multi"),
    "default": "anything",
    **_CONSTRAINTS,
}
ONLY_SIMPLE = tuple(key.removesuffix("!") for key in _SIMPLE)
"""The keys of parameters that a body has only in its schema."""
_PARAMETER = {
    "name!": "text",
    "in!": tuple(PARAMETERS),
    "description": "text",
    "required": "flag",
}
_SCHEMA = {
    "format": "text",
    "title": "text",
    "description": "text",
    "default": "anything",
    **_CONSTRAINTS,
    "maxProperties": "whole number",
    "minProperties": "whole number",
    "required": "required names",
    "type": ("array", "boolean", "integer", "number", "object", "string"),
    "items": "any schema",
    "allOf": "all of",
    "properties": "properties",
    "additionalProperties": "additional properties",
    "discriminator": "text",
    "readOnly": "flag",
    "xml": "xml",
    "externalDocs": "external docs",
    "example": "anything",
}
_FILE_KEYS = ("format", "title", "description", "default", "required", "readOnly", "externalDocs", "example")
_SECURITY = {"type!": ("basic", "apiKey", "oauth2"), "description": "text"}
_OAUTH2 = {**_SECURITY, "flow!": tuple(FLOWS), "scopes": "scopes"}
_ADDRESSES = {"authorizationUrl": "text", "tokenUrl": "text"}
_KEY = {"name": "text", "in": ("header", "query")}


def _parameter(value: Any) -> str:
    if isinstance(value, dict) and "$ref" in value:
        return "parameter reference"
    place = value.get("in") if isinstance(value, dict) else None
    return PARAMETERS.get(place, "unplaced parameter") if isinstance(place, str) else "unplaced parameter"


def _response(value: Any) -> str:
    return "response reference" if isinstance(value, dict) and "$ref" in value else "response"


def _schema(value: Any) -> str:
    if isinstance(value, dict) and "$ref" in value:
        return "schema reference"
    return "file schema" if isinstance(value, dict) and value.get("type") == "file" else "schema"


def _additional(value: Any) -> str:
    return "flag" if isinstance(value, bool) else "any schema"


def _security(value: Any) -> str:
    kind = value.get("type") if isinstance(value, dict) else None
    if kind == "oauth2":
        flow = value.get("flow")
        return FLOWS.get(flow, "oauth2 security") if isinstance(flow, str) else "oauth2 security"
    return {"basic": "basic security", "apiKey": "key security"}.get(str(kind), "untyped security")


def _document(value: Any) -> str:
    return "openapi 3" if isinstance(value, dict) and "openapi" in value and "swagger" not in value else "document"


_SWAGGER: Table = {
    "any document": _document,
    # Checking it as Swagger 2.0 would hide the one finding that matters among hundreds.
    "openapi 3": {"swagger!": ("2.0",), "*": "anything"},
    "document": {
        "swagger!": ("2.0",),
        "info!": "info",
        "host": "text",
        "basePath": "text",
        "schemes": "schemes",
        "consumes": "media types",
        "produces": "media types",
        "paths!": "paths",
        "definitions": "definitions",
        "parameters": "shared parameters",
        "responses": "shared responses",
        "security": "security",
        "securityDefinitions": "security definitions",
        "tags": "tags",
        "externalDocs": "external docs",
    },
    "info": {
        "title!": "text",
        "version!": "text",
        "description": "text",
        "termsOfService": "text",
        "contact": "contact",
        "license": "license",
    },
    "contact": {"name": "text", "url": "text", "email": "text"},
    "license": {"name!": "text", "url": "text"},
    "external docs": {"description": "text", "url!": "text"},
    "tags": ["tag"],
    "tag": {"name!": "text", "description": "text", "externalDocs": "external docs"},
    "schemes": ["text"],
    "media types": ["text"],
    "paths": {"*": "path item", "x-*": "anything"},
    "path item": {
        "$ref": "text",
        **dict.fromkeys(VERBS, "operation"),
        "parameters": "parameters",
    },
    "operation": {
        "tags": "names",
        "summary": "text",
        "description": "text",
        "externalDocs": "external docs",
        "operationId": "text",
        "consumes": "media types",
        "produces": "media types",
        "parameters": "parameters",
        "responses": "responses",
        "schemes": "schemes",
        "deprecated": "flag",
        "security": "security",
    },
    "names": ["text"],
    "parameters": ["any parameter"],
    "shared parameters": {"*": "any parameter"},
    "any parameter": _parameter,
    "parameter reference": {"$ref!": "text", "x-*": None},
    UNPLACED: {
        **_PARAMETER,
        **_SIMPLE,
        "schema": "any schema",
        "type": "anything",
        "allowEmptyValue": "flag",
    },
    BODY: {**_PARAMETER, "schema!": "any schema"},
    PATH: {**_PARAMETER, **_SIMPLE, "required!": (True,)},
    QUERY: {**_PARAMETER, **_SIMPLE, "allowEmptyValue": "flag"},
    HEADER: {**_PARAMETER, **_SIMPLE},
    FORM: {**_PARAMETER, **_SIMPLE, "allowEmptyValue": "flag"},
    "items": _SIMPLE,
    "enum": ["anything"],
    "responses": {"*": "any response", "x-*": "anything"},
    "shared responses": {"*": "any response"},
    "any response": _response,
    "response reference": {"$ref!": "text", "x-*": None},
    "response": {
        "description!": "text",
        "schema": "any schema",
        "headers": "headers",
        "examples": "examples",
    },
    "notification content": {"description": "text", "schema": "any schema", "headers": "headers"},
    "headers": {"*": "header"},
    "header": {**_SIMPLE, "description": "text"},
    "examples": {"*": "anything"},
    "definitions": {"*": "any schema"},
    "any schema": _schema,
    "schema": _SCHEMA,
    "schema reference": {"$ref!": "text", "*": "anything"},  # beside which nothing counts
    "file schema": {"type!": ("file",), **{key: _SCHEMA[key] for key in _FILE_KEYS}},
    "properties": {"*": "any schema"},
    "additional properties": _additional,
    "all of": ["any schema"],
    "required names": ["text"],
    "xml": {"name": "text", "namespace": "text", "prefix": "text", "attribute": "flag", "wrapped": "flag"},
    "security": ["security requirement"],
    "security requirement": {"*": "scope names"},
    "scope names": ["text"],
    "security definitions": {"*": "any security"},
    "any security": _security,
    "basic security": _SECURITY,
    "key security": {**_SECURITY, "name!": "text", "in!": ("header", "query")},
    "implicit security": {**_OAUTH2, "authorizationUrl!": "text"},
    "password security": {**_OAUTH2, "tokenUrl!": "text"},
    "application security": {**_OAUTH2, "tokenUrl!": "text"},
    "access code security": {**_OAUTH2, "authorizationUrl!": "text", "tokenUrl!": "text"},
    "oauth2 security": {**_OAUTH2, **_ADDRESSES},
    "untyped security": {**_SECURITY, **_KEY, **_ADDRESSES, "flow": tuple(FLOWS), "scopes": "scopes"},
    "scopes": {"*": "text"},
}


def _extended(kind: str, entry: Entry) -> Entry:
    """Returns an entry with the extensions that its kind of object may have."""
    return {**entry, **extensions_of(kind)} if isinstance(entry, dict) else entry


TABLE: Table = {kind: _extended(kind, entry) for kind, entry in _SWAGGER.items()}
