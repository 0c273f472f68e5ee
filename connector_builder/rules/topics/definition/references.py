"""Rules for `$ref`: whether its target is allowed, and exists."""

import re
from copy import deepcopy
from enum import Enum

from connector_builder.findings import Fix, Replace, Scope, Severity
from connector_builder.findings.wording import quoted
from connector_builder.patterns import regex
from connector_builder.rules.context import Context
from connector_builder.rules.node import ABSENT, Node
from connector_builder.rules.rule import Defects, rule

REFERENCES = {
    "schema reference": "definitions",
    "parameter reference": "parameters",
    "response reference": "responses",
}
"""The kinds of references, each with the top-level key that must contain its target."""
_WAY = regex(r"#?/?(?:(?:components/)?[A-Za-z]+/)?([\w.-]{1,80})")
"""What people write for a reference to a shared part: its name alone, or another way to it."""
_MALFORMED = regex(r"~(?![01])|%(?![0-9A-Fa-f]{2})")


class _State(Enum):
    FINE = "fine"
    OUTSIDE = "outside"
    MALFORMED = "malformed"
    ELSEWHERE = "elsewhere"


@rule(Severity.ERROR, Scope.PLATFORM, *REFERENCES, keys="$ref", fixable=True)
def json_pointer_not_valid(node: Node, context: Context) -> Defects:
    """A reference isn't a well-formed JSON Pointer.

    After `#`, write a path of names with a `/` before each, such as `#/definitions/Order`. In a name, write `~0` for
    `~` and `~1` for `/`.

    Source: https://spec.openapis.org/oas/v2.0#reference-object
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"definitions": {"Orders": {"type": "array", "items": {"$ref": "#Order"}}, "Order": {"type": "object"}}}
    ```
    Finding: /definitions/Orders/items/$ref: '#Order' isn't a JSON Pointer

    ```json good
    {"definitions": {"Orders": {"type": "array", "items": {"$ref": "#/definitions/Order"}}, "Order": {"type": "object"}}}
    ```
    """
    if _state(node) is _State.MALFORMED:
        meant = _meant(node, context)
        help_ = f"write '{meant}'" if meant else "write it like '#/definitions/Order'"
        yield node.says(f"{quoted(node.value)} isn't a JSON Pointer", help=help_)


@rule(Severity.ERROR, Scope.PLATFORM, "schema reference", keys="$ref", fixable=True)
def schema_reference_not_valid(node: Node, context: Context) -> Defects:
    """The reference of a schema doesn't lead to `definitions`.

    A connector is one document: the platform never opens other files or addresses. Put the schema under `definitions`,
    and write `#/definitions/…`.

    Source: https://spec.openapis.org/oas/v2.0#reference-object
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"definitions": {"Order": {"$ref": "https://contoso.example/order.json"}}}
    ```
    Finding: /definitions/Order/$ref: 'https://contoso.example/order.json' leads out of the document

    ```json good
    {"definitions": {"Order": {"type": "object"}}}
    ```
    """
    yield from _misled(node, context)


@rule(Severity.ERROR, Scope.PLATFORM, "parameter reference", keys="$ref", fixable=True)
def parameter_reference_not_valid(node: Node, context: Context) -> Defects:
    """The reference of a parameter doesn't lead to the `parameters` of the top level.

    A connector is one document, and shared parameters have one place in it. Put the parameter there, and write
    `#/parameters/…`.

    Source: https://spec.openapis.org/oas/v2.0#reference-object
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [{"$ref": "#/definitions/Top"}]}}},
     "definitions": {"Top": {"type": "integer"}}}
    ```
    Finding: /paths/~1orders/get/parameters/0/$ref: '#/definitions/Top' doesn't lead to 'parameters'

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [{"$ref": "#/parameters/Top"}]}}},
     "parameters": {"Top": {"name": "top", "in": "query", "type": "integer"}}}
    ```
    """
    yield from _misled(node, context)


@rule(Severity.ERROR, Scope.PLATFORM, "response reference", keys="$ref", fixable=True)
def response_reference_not_valid(node: Node, context: Context) -> Defects:
    """The reference of a response doesn't lead to the `responses` of the top level.

    A connector is one document, and shared responses have one place in it. Put the response there, and write
    `#/responses/…`.

    Source: https://spec.openapis.org/oas/v2.0#reference-object
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "responses": {"404": {"$ref": "errors.json#/NotFound"}}}}}}
    ```
    Finding: /paths/~1orders/get/responses/404/$ref: 'errors.json#/NotFound' leads out of the document

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "responses": {"404": {"$ref": "#/responses/NotFound"}}}}},
     "responses": {"NotFound": {"description": "There is no such order."}}}
    ```
    """
    yield from _misled(node, context)


@rule(Severity.ERROR, Scope.PLATFORM, "schema reference", keys="$ref", fixable=True, told_once=True)
def schema_reference_not_found(node: Node, context: Context) -> Defects:
    """The reference of a schema leads to nothing.

    The platform can't save a connector whose reference has no target. Often the name is misspelt, or has other
    capitals. Correct the name, or add the schema to `definitions`.

    Source: https://spec.openapis.org/oas/v2.0#reference-object
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"definitions": {"Orders": {"type": "array", "items": {"$ref": "#/definitions/Ordr"}}, "Order": {"type": "object"}}}
    ```
    Finding: /definitions/Orders/items/$ref: there is no '#/definitions/Ordr'

    ```json good
    {"definitions": {"Orders": {"type": "array", "items": {"$ref": "#/definitions/Order"}}, "Order": {"type": "object"}}}
    ```
    """
    yield from _lost(node, context)


@rule(Severity.ERROR, Scope.PLATFORM, "parameter reference", keys="$ref", fixable=True, told_once=True)
def parameter_reference_not_found(node: Node, context: Context) -> Defects:
    """The reference of a parameter leads to nothing.

    The platform can't save a connector whose reference has no target. Often the name is misspelt, or has other
    capitals. Correct the name, or add the parameter to the `parameters` of the top level.

    Source: https://spec.openapis.org/oas/v2.0#reference-object
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [{"$ref": "#/parameters/Top"}]}}}}
    ```
    Finding: /paths/~1orders/get/parameters/0/$ref: there is no '#/parameters/Top'

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [{"$ref": "#/parameters/Top"}]}}},
     "parameters": {"Top": {"name": "top", "in": "query", "type": "integer"}}}
    ```
    """
    yield from _lost(node, context)


@rule(Severity.ERROR, Scope.PLATFORM, "response reference", keys="$ref", fixable=True, told_once=True)
def response_reference_not_found(node: Node, context: Context) -> Defects:
    """The reference of a response leads to nothing.

    The platform can't save a connector whose reference has no target. Often the name is misspelt, or has other
    capitals. Correct the name, or add the response to the `responses` of the top level.

    Source: https://spec.openapis.org/oas/v2.0#reference-object
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "responses": {"404": {"$ref": "#/responses/NotFound"}}}}}}
    ```
    Finding: /paths/~1orders/get/responses/404/$ref: there is no '#/responses/NotFound'

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "responses": {"404": {"$ref": "#/responses/NotFound"}}}}},
     "responses": {"NotFound": {"description": "There is no such order."}}}
    ```
    """
    yield from _lost(node, context)


@rule(Severity.ERROR, Scope.PLATFORM, "schema reference", keys="$ref", fixable=True)
def schema_ref_loop_not_allowed(node: Node, context: Context) -> Defects:
    """A definition is only a reference to another one, or references lead in a circle.

    A schema can contain itself, as a folder contains folders, but it can't be itself. The platform refuses a definition
    that is nothing but a `$ref`, even without a circle. Refer to the other definition directly, or write the schema out.

    Source: https://spec.openapis.org/oas/v2.0#reference-object
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"definitions": {"Order": {"$ref": "#/definitions/Purchase"}, "Purchase": {"$ref": "#/definitions/Order"}}}
    ```
    Finding: /definitions/Purchase/$ref: '#/definitions/Order' leads in a circle

    ```json bad
    {"definitions": {"Order": {"type": "object", "allOf": [{"$ref": "#/definitions/Order"}]}}}
    ```
    Finding: /definitions/Order/allOf/0/$ref: '#/definitions/Order' leads in a circle

    ```json bad
    {"definitions": {"Buyer": {"$ref": "#/definitions/Person"}, "Person": {"type": "object"}}}
    ```
    Finding: /definitions/Buyer/$ref: the definition 'Buyer' is only a reference

    ```json good
    {"definitions": {"Folder": {"type": "object", "properties": {"folders": {"type": "array", "items": {"$ref": "#/definitions/Folder"}}}}}}
    ```
    """
    if context.closes_circle(node.owner.value):
        yield node.says(f"{quoted(node.value)} leads in a circle", help="write the schema out in one of the places")
    elif node.owner.owner.kind == "definitions" and isinstance(context.resolved(node.owner.value), dict):
        target = node.value.removeprefix("#/definitions/")
        help_ = f"use {quoted(target)} instead of {quoted(node.owner.key)}, or write the schema out"
        message, fix = f"the definition {quoted(node.owner.key)} is only a reference", _written_out(node, context)
        yield node.says(message, help=help_, fix=fix)


@rule(Severity.ERROR, Scope.PLATFORM, "parameter reference", keys="$ref", fixable=True)
def parameter_ref_loop_not_allowed(node: Node, context: Context) -> Defects:
    """A shared parameter is itself a reference.

    Microsoft's validator refuses a shared parameter that is only another name for one. Write the parameter out, or
    refer to the other parameter directly.

    Source: https://spec.openapis.org/oas/v2.0#reference-object
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"parameters": {"Limit": {"$ref": "#/parameters/Top"}, "Top": {"name": "top", "in": "query", "type": "integer"}}}
    ```
    Finding: /parameters/Limit/$ref: a shared parameter can't be a reference

    ```json good
    {"parameters": {"Top": {"name": "top", "in": "query", "type": "integer"}}}
    ```
    """
    if node.owner.owner.kind == "shared parameters":
        help_ = "write it out, or use the other one directly"
        yield node.says("a shared parameter can't be a reference", help=help_, fix=_written_out(node, context))


@rule(Severity.ERROR, Scope.PLATFORM, "response reference", keys="$ref", fixable=True)
def response_ref_loop_not_allowed(node: Node, context: Context) -> Defects:
    """A shared response is itself a reference.

    Microsoft's validator refuses a shared response that is only another name for one. Write the response out, or refer
    to the other response directly.

    Source: https://spec.openapis.org/oas/v2.0#reference-object
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"responses": {"Gone": {"$ref": "#/responses/NotFound"}, "NotFound": {"description": "There is no such order."}}}
    ```
    Finding: /responses/Gone/$ref: a shared response can't be a reference

    ```json good
    {"responses": {"NotFound": {"description": "There is no such order."}}}
    ```
    """
    if node.owner.owner.kind == "shared responses":
        help_ = "write it out, or use the other one directly"
        yield node.says("a shared response can't be a reference", help=help_, fix=_written_out(node, context))


def _state(node: Node) -> _State:
    reference = node.value
    if not reference.startswith("#"):
        return _State.OUTSIDE
    if not reference.startswith("#/") or _MALFORMED.search(reference):
        return _State.MALFORMED
    home = REFERENCES[node.owner.kind]
    return _State.FINE if reference.startswith(f"#/{home}/") else _State.ELSEWHERE


def _misled(node: Node, context: Context) -> Defects:
    state, home = _state(node), REFERENCES[node.owner.kind]
    meant = _meant(node, context)
    if state is _State.OUTSIDE:
        help_ = f"did you mean '#/{home}/{node.value}'?" if re.fullmatch(r"\w{1,60}", node.value) else None
        help_ = f"write '{meant}'" if meant else help_
        what = f"{quoted(node.value)} leads out of the document" if node.value else "the reference is empty"
        yield node.says(
            what,
            help=help_ or f"put what it means under '{home}', and write '#/{home}/…'",
        )
    elif state is _State.ELSEWHERE:
        help_ = f"write '{meant}'" if meant else f"put what it means under '{home}'"
        yield node.says(f"{quoted(node.value)} doesn't lead to '{home}'", help=help_)


def _meant(node: Node, context: Context) -> str | None:
    """Returns the reference to the part of this name where such parts are; None for another document, or if there is none."""
    home, way = REFERENCES[node.owner.kind], _WAY.fullmatch(node.value)
    definition = context.package.definition
    there = definition.get(home) if isinstance(definition, dict) else None
    return f"#/{home}/{way[1]}" if way is not None and isinstance(there, dict) and way[1] in there else None


def _written_out(node: Node, context: Context) -> Fix | None:
    """Returns the fix that writes out what a shared part is only a reference to: it means the same."""
    target = context.references.target(node.value).value
    if not isinstance(target, dict) or "$ref" in target or node.owner.value.keys() != {"$ref"}:
        return None
    return Fix("write it out", (Replace(node.owner.pointer, deepcopy(target)),))


def _lost(node: Node, context: Context) -> Defects:
    if _state(node) is not _State.FINE or context.references.target(node.value).value is not ABSENT:
        return
    home = REFERENCES[node.owner.kind]
    definition = context.package.definition
    names = definition.get(home) if isinstance(definition, dict) else None
    name = node.value.removeprefix(f"#/{home}/")
    help_ = context.suggest(name, names) if isinstance(names, dict) else None
    yield node.says(f"there is no {quoted(node.value)}", help=help_ or f"correct the name, or add it to '{home}'")
