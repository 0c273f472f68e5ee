"""A valid definition that contains every key of Swagger 2.0, and all ways to spoil one part of it."""

import copy
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from connector_builder.findings import Pointer

Change = Callable[[Any, Any], object]
"""A change of a mapping or list at a key or an index."""

ODD: tuple[Any, ...] = (
    None, True, 0, -1, 1.5, "", "odd", "http://contoso.example/x", "#/definitions/Nothing", [], [None], ["a", "a"], [{}, {}],
    {}, {"a": None}, {"odd": {}}, {"$ref": "#/definitions/Nothing"}, {"$ref": 1}, {"type": "file"}, {"type": ["string", "null"]},
)  # fmt: skip

_LIMITS = {"maximum": 10, "exclusiveMaximum": True, "minimum": 1, "exclusiveMinimum": True, "multipleOf": 1}
_SIMPLE = {"type": "integer", "format": "int32", "default": 2, "enum": [2, 3], **_LIMITS}
_WORDS = {"type": "string", "pattern": "^[a-z]+$", "minLength": 1, "maxLength": 9}
_LIST = {"type": "array", "items": _WORDS, "collectionFormat": "csv", "minItems": 1, "maxItems": 9}

WHOLE: dict[str, Any] = {
    "swagger": "2.0",
    "info": {
        "title": "Orders",
        "description": "Reads and writes orders.",
        "version": "1.0",
        "termsOfService": "None.",
        "contact": {"name": "Help", "url": "https://contoso.example", "email": "help@contoso.example"},
        "license": {"name": "MIT", "url": "https://contoso.example/license"},
    },
    "host": "api.contoso.example",
    "basePath": "/v1",
    "schemes": ["https"],
    "consumes": ["application/json"],
    "produces": ["application/json"],
    "paths": {
        "/orders/{id}": {
            "parameters": [{"name": "id", "in": "path", "required": True, **_SIMPLE}, {"$ref": "#/parameters/Trace"}],
            "get": {
                "operationId": "GetOrder",
                "summary": "Get an order",
                "description": "Returns an order.",
                "externalDocs": {"url": "https://contoso.example/docs", "description": "More."},
                "tags": ["orders"],
                "consumes": ["application/json"],
                "produces": ["application/json"],
                "schemes": ["https"],
                "deprecated": False,
                "security": [{"key": []}, {"oauth2": ["read"]}],
                "parameters": [
                    {"name": "words", "in": "query", "allowEmptyValue": True, **_LIST},
                    {"name": "word", "in": "header", "required": False, "description": "A word.", **_WORDS},
                ],
                "responses": {
                    "200": {
                        "description": "The order.",
                        "schema": {"$ref": "#/definitions/Order"},
                        "headers": {"ETag": {"description": "The version.", **_SIMPLE}},
                        "examples": {"application/json": {"id": 2, "kind": "a"}},
                    },
                    "404": {"$ref": "#/responses/NotFound"},
                    "default": {"description": "Another answer."},
                },
            },
            "put": {
                "operationId": "PutOrder",
                "parameters": [
                    {"name": "body", "in": "body", "required": True, "schema": {"$ref": "#/definitions/Order"}}
                ],
                "responses": {"200": {"description": "Done."}},
            },
        },
        "/files": {
            "post": {
                "operationId": "UploadFile",
                "consumes": ["multipart/form-data"],
                "parameters": [
                    {"name": "file", "in": "formData", "type": "file"},
                    {"name": "word", "in": "formData", **_WORDS},
                ],
                "responses": {"200": {"description": "The file.", "schema": {"type": "file", "title": "File"}}},
            }
        },
    },
    "definitions": {
        "Order": {
            "type": "object",
            "required": ["id", "kind"],
            "discriminator": "kind",
            "title": "Order",
            "description": "An order.",
            "minProperties": 1,
            "maxProperties": 9,
            "properties": {
                "id": {**_SIMPLE, "example": 2, "x-ms-summary": "Id"},
                "kind": _WORDS,
                "lines": {"type": "array", "items": {"$ref": "#/definitions/Line"}, "default": [{"text": "abcd"}]},
                "more": {
                    "type": "object",
                    "readOnly": True,
                    "additionalProperties": {"type": "string", "format": "date-time"},
                },
                "less": {"type": "object", "additionalProperties": False, "default": {}},
                "buyer": {"$ref": "#/definitions/Buyer"},
            },
            "xml": {"name": "order", "namespace": "urn:x", "prefix": "o", "attribute": False, "wrapped": True},
            "externalDocs": {"url": "https://contoso.example/docs"},
            "example": {"id": 2, "kind": "a"},
        },
        "Line": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "format": "byte"}}},
        "Buyer": {
            "allOf": [{"$ref": "#/definitions/Line"}, {"type": "object", "properties": {"name": {"type": "string"}}}],
            "required": ["text", "name"],
            "default": {"text": "abcd", "name": "x"},
        },
    },
    "parameters": {"Trace": {"name": "trace", "in": "header", "required": False, **_SIMPLE}},
    "responses": {"NotFound": {"description": "There is none."}},
    "security": [{"basic": []}],
    "securityDefinitions": {
        "basic": {"type": "basic", "description": "Name and password."},
        "key": {"type": "apiKey", "name": "X-Key", "in": "header"},
        "oauth2": {
            "type": "oauth2",
            "flow": "accessCode",
            "authorizationUrl": "https://contoso.example/authorize",
            "tokenUrl": "https://contoso.example/token",
            "scopes": {"read": "Read orders"},
        },
    },
    "tags": [
        {"name": "orders", "description": "Orders.", "externalDocs": {"url": "https://contoso.example/docs"}},
        {"name": "x"},
    ],
    "externalDocs": {"url": "https://contoso.example/docs"},
}


def spoiled(stride: int = 1, start: int = 0, whole: dict[str, Any] = WHOLE) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yields every `stride`th of the definitions with one part spoiled.

    A part is replaced by each odd value, or removed, or gets one more key.
    """
    for name, pointer, change in islice(_spoilings(whole), start, None, stride):
        yield name, _with(whole, pointer, change)


def _spoilings(whole: dict[str, Any]) -> Iterator[tuple[str, Pointer, Change]]:
    """Yields each way to spoil a part: what it is, where, and the change of the mapping or list that has the part."""
    for pointer in [pointer for pointer, _ in _parts(whole, ())][1:]:
        for odd in ODD:
            yield (
                f"{pointer} = {odd!r}",
                pointer,
                _sets(odd),
            )
        yield f"{pointer} removed", pointer, lambda owner, key: owner.__delitem__(key)
    for pointer, part in list(_parts(whole, ())):
        if isinstance(part, dict):
            for key in ("odd", "type", "schema", "$ref", "required", "/odd", "items", "allOf", "default", "enum", "in"):
                if key not in part:
                    for odd in ("array", ["a"], {"type": "string"}):
                        way = (*pointer, key)
                        yield f"{way} added = {odd!r}", way, _sets(odd)
        if isinstance(part, list) and part:
            way = (*pointer, 0)
            yield f"{way} twice", way, lambda owner, key: owner.insert(0, copy.deepcopy(owner[0]))


def _sets(odd: Any) -> Change:
    return lambda owner, key: owner.__setitem__(key, copy.deepcopy(odd))


def _parts(value: Any, pointer: Pointer) -> Iterator[tuple[Pointer, Any]]:
    yield pointer, value
    if isinstance(value, dict | list):
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _parts(part, (*pointer, key))


def _with(whole: dict[str, Any], pointer: Pointer, change: Change) -> dict[str, Any]:
    changed = copy.deepcopy(whole)
    owner: Any = changed
    for step in pointer[:-1]:
        owner = owner[step]
    change(owner, pointer[-1])
    return changed
