"""Rules for what later steps get from an operation: the tokens of its answer."""

from collections.abc import Iterable
from typing import Any

from connector_builder.findings import Pointer, Scope, Severity
from connector_builder.findings.finding import LEFT_OUT
from connector_builder.findings.wording import listed, quoted
from connector_builder.platform.data.plain import ABSENT, first_text, mapping, text
from connector_builder.platform.swagger.extensions import AGENTIC
from connector_builder.platform.view.editors import SCHEMA_KEYS
from connector_builder.platform.view.fields import MAX_DEPTH, MAX_FIELDS, Field, type_of
from connector_builder.platform.view.outputs import CONTENT, Answer, answer_of, output_fields
from connector_builder.rules.callbacks import callbacks_of
from connector_builder.rules.context import Context
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, rule
from connector_builder.rules.topics.operations.shown import field_budget, operation_of, paths_of


@rule(Severity.NOTE, Scope.PRACTICE, "operation")
def token_repeated(node: Node, context: Context) -> Defects:
    """Two outputs of an operation have the same label and the same description.

    The dynamic content shows a label with its description below. If both are equal, nobody can tell which field a token is.
    Write labels or descriptions that differ. A field within an object shows its own label after that of the object, if the
    object has one. Fields that just have their names don't count.

    Source: https://github.com/Azure/LogicAppsUX
    Published: 23 of 331 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "GetOrder", "responses": {"200": {"description": "The order.", "schema": {
      "type": "object", "properties": {
        "buyer": {"type": "object", "properties": {"mail": {"type": "string", "x-ms-summary": "Email"}}},
        "seller": {"type": "object", "properties": {"mail": {"type": "string", "x-ms-summary": "Email"}}}}}}}}}}}
    ```
    Finding: /paths/~1orders/get: the outputs 'buyer/mail' and 'seller/mail' share the label 'Email'

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "GetOrder", "responses": {"200": {"description": "The order.", "schema": {
      "type": "object", "properties": {
        "buyer": {"type": "object", "x-ms-summary": "Buyer", "properties": {"mail": {"type": "string", "x-ms-summary": "Email"}}},
        "seller": {"type": "object", "x-ms-summary": "Seller", "properties": {
          "mail": {"type": "string", "x-ms-summary": "Email"}}}}}}}}}}}
    ```
    """
    if node.value.get("x-ms-visibility") == "internal":
        return
    answer = answer_of(operation_of(node), context.references)
    if not _may_repeat(answer, context):
        return
    fields, _ = output_fields(answer, context.references, field_budget(context))
    labels: dict[tuple[str, str], dict[Pointer, Field]] = {}
    for one in fields:
        if not one.hidden and first_text(one.part.get("title"), one.part.get("x-ms-summary")):
            # A definition that is used twice has one label, which can't differ.
            labels.setdefault((one.label.strip().lower(), text(one.part.get("description"))), {})[one.pointer] = one
    for places, repeated in _by_places(labels.values()).items():
        # Operations that share a definition have the same mistake.
        if context.first("tokens", places, node) is node:
            same, others = repeated[0], len(repeated) - 1
            more = f", as {'do' if others > 1 else 'does'} {others} more of their fields" if others else ""
            message = f"the outputs {listed(paths_of(same), 'and')} share the label {quoted(same[0].label)}{more}"
            yield node.says(message, help="write labels or descriptions that differ")


@rule(Severity.NOTE, Scope.PRACTICE, "operation", explained_by=(LEFT_OUT, "SampleNotMade"))
def output_without_fields(node: Node, context: Context) -> Defects:
    """An operation returns an object, but its schema has no fields.

    The dynamic content of later steps offers the whole body alone, so people have to parse it. Describe the fields in `properties`,
    together with `"type": "object"`, or let an operation return their schema (`x-ms-dynamic-schema`). For an object with
    names that nobody knows before, describe its values in `additionalProperties`. An agent's server
    (`x-ms-agentic-protocol`) needs no fields.

    Source: https://github.com/Azure/LogicAppsUX
    Published: 34 of 331 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "GetOrder", "responses": {
      "200": {"description": "The order.", "schema": {"type": "object"}}}}}}}
    ```
    Finding: /paths/~1orders/get/responses/200: people get no fields of what 'GetOrder' returns, only the whole body

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "GetOrder", "responses": {
      "200": {"description": "The order.", "schema": {"type": "object", "properties": {
        "total": {"type": "number", "x-ms-summary": "Total"}}}}}}}}}
    ```
    """
    if node.value.get("x-ms-visibility") == "internal" or AGENTIC in node.value:  # an agent reads the whole body
        return
    answer = answer_of(operation_of(node), context.references)
    if answer.status != CONTENT and callbacks_of(node.value, context):
        return  # it answers the subscription
    schema, pointer = context.references.place(answer.value.get("schema", ABSENT), (*answer.pointer, "schema"))
    for _ in range(MAX_DEPTH):
        if type_of(mapping(schema)) != "array":
            break
        schema, pointer = context.references.place(schema.get("items"), (*pointer, "items"))
    # Operations that share a schema have the same mistake, which is reported once.
    if not isinstance(schema, dict) or not _lacks_fields(schema) or context.first("fields", pointer, node) is not node:
        return
    message = f"people get no fields of what {quoted(node.value.get('operationId'))} returns, only the whole body"
    cure = 'add "type": "object" to its schema' if "properties" in schema else "describe its fields in 'properties'"
    related = ((pointer, "its schema"),) if pointer[: len(answer.pointer)] != answer.pointer else ()
    place, *steps = (node.owner, CONTENT) if answer.status == CONTENT else (node, "responses", answer.status)
    yield place.says(message, *steps, help=cure, related=related)


def _may_repeat(answer: Answer, context: Context) -> bool:
    """Checks whether two parts of an answer have the same label of their own and description: quickly, since few have."""
    labels: set[tuple[str, str]] = set()
    followed: set[str] = set()
    waiting = [answer.value.get("schema"), *mapping(answer.value.get("headers")).values()]
    for _ in range(MAX_FIELDS):
        if not waiting:
            return False
        part = waiting.pop()
        if isinstance(part, dict) and isinstance(part.get("$ref"), str):
            if part["$ref"] in followed:
                continue  # a definition that is used twice has one label, which can't differ
            followed.add(part["$ref"])
            part = context.resolved(part)
        if not isinstance(part, dict):
            continue
        label = first_text(part.get("title"), part.get("x-ms-summary")).lower()
        if label:
            shown = (label, text(part.get("description")))
            if shown in labels:
                return True
            labels.add(shown)
        waiting += mapping(part.get("properties")).values()
        waiting.append(part.get("items"))
    return True


def _lacks_fields(schema: dict[str, Any]) -> bool:
    """Checks whether a schema promises fields, and the designer finds none."""
    if any(key in schema for key in SCHEMA_KEYS) or isinstance(schema.get("additionalProperties"), dict):
        return False
    # `{}` is what the portal writes for an operation that returns nothing.
    described = bool(mapping(schema.get("properties")))
    return type_of(schema) == ("any" if described else "object")


def _by_places(labels: Iterable[dict[Pointer, Field]]) -> dict[tuple[Pointer, ...], list[list[Field]]]:
    """Returns the fields that share a label, by the places from which on their pointers are equal.

    Two objects of one shape have several labels in common: that is one mistake.
    """
    found: dict[tuple[Pointer, ...], list[list[Field]]] = {}
    for same in labels:
        pointers = list(same)
        if len(pointers) > 1:
            shortest, equal = min(map(len, pointers)), 0
            while equal < shortest and len({pointer[-1 - equal] for pointer in pointers}) == 1:
                equal += 1
            places = tuple(pointer[: len(pointer) - equal] for pointer in pointers)
            found.setdefault(places, []).append(list(same.values()))
    return found
