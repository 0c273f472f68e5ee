"""The meaning of "without loss", written a second time: spec-language.md as code, apart from the importer's proof."""

import json
from typing import Any

VERBS = ("get", "put", "post", "delete", "options", "head", "patch")
_EMPTY_IS_NONE = (
    "definitions", "parameters", "responses", "securityDefinitions", "security", "tags", "consumes", "produces",
)  # fmt: skip

# The kinds of values by key, for each kind of mapping; `*` is every other key. `names…` keep the order of their keys.
_BELOW: dict[str, dict[str, str]] = {
    "document": {"paths": "names of paths", "definitions": "names of schemas", "parameters": "parameters", "responses": "responses"},
    "names of paths": {"*": "path"},
    "path": {**dict.fromkeys(VERBS, "operation"), "parameters": "parameter list", "x-ms-notification-content": "response"},
    "operation": {"parameters": "parameter list", "responses": "responses"},
    "parameters": {"*": "parameter"},
    "parameter": {"schema": "schema", "items": "schema"},
    "responses": {"*": "response"},
    "response": {"schema": "schema"},
    "names of schemas": {"*": "schema"},
    "schema": {"properties": "names of schemas", "items": "schema", "additionalProperties": "schema", "allOf": "schema list"},
}  # fmt: skip


def exact(definition: Any, properties: Any = None) -> str:
    """Returns a text that is equal for two packages only if nothing is lost between them, and readable in a diff."""
    if isinstance(definition, dict):
        definition = {
            key: value for key, value in definition.items() if not (key in _EMPTY_IS_NONE and value in ({}, []))
        }
    both = {"definition": _part(definition, "document"), "properties": _part(properties, "")}
    return json.dumps(both, indent=1, ensure_ascii=True, sort_keys=True, allow_nan=False)


def _part(value: Any, kind: str) -> Any:
    if isinstance(value, list):
        return [_part(part, kind.removesuffix(" list")) for part in value]
    if isinstance(value, dict):
        below = _BELOW.get(kind, {})
        parts = {key: _part(part, below.get(key, below.get("*", ""))) for key, part in value.items()}
        return {"order": list(value), "of": parts} if kind.startswith("names") else parts
    return value


_MOVED = {
    "document": ("swagger", "info", "paths"),
    "operation": ("operationId", "summary", "responses"),
    "parameter": ("name", "type", "description", "schema"),
    "response": ("description", "schema"),
    "schema": ("type", "description"),
}
"""Keys that Swagger defines, by the kind of mapping that has them."""


def turned(value: Any, kind: str = "document") -> Any:
    """Returns the same definition as another tool would write it: with Swagger's keys in another order."""
    if isinstance(value, list):
        return [turned(part, kind.removesuffix(" list")) for part in value]
    below = _BELOW.get(kind)
    if not isinstance(value, dict) or below is None:
        return value
    last = [key for key in _MOVED.get(kind, ()) if key in value]
    keys = [*(key for key in value if key not in last), *last]
    return {key: turned(value[key], below.get(key, below.get("*", ""))) for key in keys}
