"""Rules for the responses of an operation: those that the platform and the designers use, and what they return."""

from typing import Any

from connector_builder.findings import Scope, Severity
from connector_builder.findings.wording import joined, quoted
from connector_builder.rules.callbacks import callbacks_of
from connector_builder.rules.context import Context
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, milder, rule

_EMPTY = ("204", "205", "304")
"""The statuses whose answers have no body (RFC 9110)."""


@rule(Severity.ERROR, Scope.CERTIFICATION, "responses", told_once=True)
def default_response_has_schema(node: Node, context: Context) -> Defects:
    """The `default` response has a schema.

    `default` stands for every status that isn't listed, which are usually errors, so its fields appear among the
    outputs and are empty. Write the schema at the status of success, such as 200, and leave it out of `default`.

    Source: https://github.com/microsoft/PowerPlatformConnectors/issues/4181
    Published: 79 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "responses": {"200": {"description": "The orders."},
      "default": {"description": "An error.", "schema": {"type": "string"}}}}}}}
    ```
    Finding: /paths/~1orders/get/responses/default: the default response has a schema

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "responses": {
      "200": {"description": "The orders.", "schema": {"type": "string"}}, "default": {"description": "An error."}}}}}}
    ```
    """
    default = context.resolved(node.value.get("default"))
    if isinstance(default, dict) and "schema" in default:
        others = [status for status in _answers(node, context) if status.startswith("2")]
        help_ = "leave its schema out" if others else "call the response '200'"
        yield node.says("the default response has a schema", "default", help=help_)


@rule(Severity.WARNING, Scope.PRACTICE, "responses", told_once=True)
def empty_response_has_schema(node: Node, context: Context) -> Defects:
    """A response that never has a body, such as 204, has a schema.

    HTTP allows no body at the statuses 204, 205 and 304. So the fields of the schema appear among the outputs and are always
    empty. Write the schema at the status with which the service answers, or leave it out.

    Source: https://www.rfc-editor.org/rfc/rfc9110#name-204-no-content
    Published: 13 of 335 connectors.

    ```json bad
    {"paths": {"/orders": {"delete": {"operationId": "DeleteOrders", "responses": {
      "204": {"description": "Done.", "schema": {"type": "string"}}}}}}}
    ```
    Finding: /paths/~1orders/delete/responses/204: the status 204 has no body, but a schema

    ```json good
    {"paths": {"/orders": {"delete": {"operationId": "DeleteOrders", "responses": {"204": {"description": "Done."}}}}}}
    ```
    """
    for status, answer in _answers(node, context).items():
        if status in _EMPTY and answer.get("schema"):
            message = f"the status {status} has no body, but a schema"
            yield node.says(message, status, help="leave the schema out, or name the status that has this body")


@rule(Severity.WARNING, Scope.PLATFORM, "responses", told_once=True)
def operation_has_many_responses_with_schema(node: Node, context: Context) -> Defects:
    """Several successful responses of an operation have a schema.

    The platform shows the outputs of one response, so those of the others can't be picked. Describe the outputs at one
    status; the others needn't have a schema.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 30 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"post": {"operationId": "CreateOrder", "responses": {
      "200": {"description": "Done.", "schema": {"type": "string"}},
      "201": {"description": "Created.", "schema": {"type": "string"}}}}}}}
    ```
    Finding: /paths/~1orders/post/responses: 200 and 201 have a schema

    ```json good
    {"paths": {"/orders": {"post": {"operationId": "CreateOrder", "responses": {
      "200": {"description": "Done."}, "201": {"description": "Created.", "schema": {"type": "string"}}}}}}}
    ```
    """
    found = [status for status in _described(node, context) if status.startswith("2")]
    if len(found) > 1:
        help_ = f"leave the schema out of {joined(found[1:], 'and')}, or of {found[0]}"
        yield node.says(f"{joined(found, 'and')} have a schema", help=help_)


@rule(Severity.NOTE, Scope.CERTIFICATION, "responses", told_once=True, only_certification=True)
def error_response_has_schema(node: Node, context: Context) -> Defects:
    """A response for an error has a schema, besides the one for success.

    The platform shows the outputs of one response. That of an error is documentation only, which does no harm: many
    published connectors have it. In Microsoft's validator, this is OperationHasManyResponsesWithSchema.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 177 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "responses": {
      "200": {"description": "The orders.", "schema": {"type": "string"}},
      "404": {"description": "No such buyer.", "schema": {"type": "string"}}}}}}}
    ```
    Finding: /paths/~1orders/get/responses: responses for errors have schemas

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "responses": {
      "200": {"description": "The orders.", "schema": {"type": "string"}}, "404": {"description": "No such buyer."}}}}}}
    ```
    """
    found = _described(node, context)
    errors = [status for status in found if status[:1] in "345"]
    if errors and len(found) > 1:
        yield node.says("responses for errors have schemas", help="leave them out if nobody reads them")


@rule(Severity.WARNING, Scope.CERTIFICATION, "responses", told_once=True)
def operation_should_have_successful_response(node: Node, _: Context) -> Defects:
    """No response of an operation is for success.

    The outputs of an operation are those of its response for success, which is a status from 200 to 299. Add it.
    `default` alone is only a note: the platform takes it for success, and for errors as well.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 93 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "responses": {"404": {"description": "No such buyer."}}}}}}
    ```
    Finding: /paths/~1orders/get/responses: no response is for success

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "responses": {"default": {"description": "The orders."}}}}}}
    ```
    Finding: /paths/~1orders/get/responses: 'default' stands for success here

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "responses": {
      "200": {"description": "The orders."}, "404": {"description": "No such buyer."}}}}}}
    ```
    """
    statuses = [status for status in node.value if not status.startswith("x-")]
    if statuses and "default" not in statuses and not any(status[:1] in ("2", "O") for status in statuses):
        yield node.says("no response is for success", help="add '200' with a description")


@milder(Severity.NOTE, operation_should_have_successful_response, "responses")
def success_is_default_response(node: Node, context: Context) -> Defects:
    """Finds `default` in place of a response for success, which the platform takes for it."""
    default = context.resolved(node.value.get("default"))
    if isinstance(default, dict) and "schema" not in default and not any(status[:1] == "2" for status in node.value):
        yield node.says("'default' stands for success here", help="call the response '200'")


@rule(Severity.WARNING, Scope.CERTIFICATION, "operation", only_certification=True)
def output_schema_missing(node: Node, context: Context) -> Defects:
    """A GET that people see doesn't describe what it returns.

    Without a schema, nobody can pick a field of the answer in a flow. Add a `schema` to the response for success; for a
    file, it is `{"type": "string", "format": "binary"}`. An operation that returns nothing has the status 204.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-submission
    Published: 34 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "responses": {"200": {"description": "The orders."}}}}}}
    ```
    Finding: /paths/~1orders/get/responses/200: nothing describes what 'ListOrders' returns

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "responses": {
      "200": {"description": "The orders.", "schema": {"type": "array", "items": {"type": "string"}}}}}}}}
    ```
    """
    responses = node.value.get("responses")
    if node.key != "get" or not isinstance(responses, dict) or _is_exempt(node, context):
        return
    answers = {status: context.resolved(one) for status, one in responses.items() if status[:1] in ("2", "d")}
    if not answers or not all(isinstance(one, dict) for one in answers.values()):
        return
    if "204" not in answers and not any("schema" in one for one in answers.values()):
        message = f"nothing describes what {quoted(node.value.get('operationId'))} returns"
        yield node.says(message, "responses", next(iter(answers)), help="add a 'schema' to this response")


def _is_exempt(node: Node, context: Context) -> bool:
    """Checks whether another rule reports the missing schema of an operation, or nobody sees it."""
    operation = node.value
    hidden = operation.get("x-ms-visibility") == "internal" or operation.get("deprecated") is True
    return hidden or "x-ms-trigger" in operation or bool(callbacks_of(operation, context))


def _answers(node: Node, context: Context) -> dict[str, Any]:
    """Returns the responses that can be read, by status."""
    found = {status: context.resolved(one) for status, one in node.value.items() if not status.startswith("x-")}
    return {status: one for status, one in found.items() if isinstance(one, dict)}


def _described(node: Node, context: Context) -> list[str]:
    return sorted(status for status, one in _answers(node, context).items() if "schema" in one)
