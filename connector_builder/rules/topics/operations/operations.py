"""Rules for operations and their responses."""

import re

from connector_builder.findings import Scope, Severity
from connector_builder.findings.wording import quoted
from connector_builder.patterns import regex
from connector_builder.platform.data.differences import same
from connector_builder.rules.callbacks import callbacks_of
from connector_builder.rules.context import Context
from connector_builder.rules.node import ABSENT, Node
from connector_builder.rules.parameters import parameters_of
from connector_builder.rules.rule import Defects, milder, rule

_STATUS = regex(r"\d{3}|default", re.ASCII)


@rule(Severity.ERROR, Scope.PLATFORM, "operation")
def operation_id_required(node: Node, _: Context) -> Defects:
    """An operation has no id.

    Flows and apps find an operation by its `operationId` and nothing else. Add a name such as `ListOrders`, and never
    change it later.

    Source: https://spec.openapis.org/oas/v2.0#operation-object
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"summary": "List orders"}}}}
    ```
    Finding: /paths/~1orders/get: 'operationId' is missing in this operation

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "summary": "List orders"}}}}
    ```
    """
    if "operationId" not in node.value:
        yield node.says(
            "'operationId' is missing in this operation",
            help="give it a name like 'ListOrders' that stays; in a spec, remove 'operationId: null'",
        )


@rule(Severity.ERROR, Scope.PLATFORM, "operation", keys="operationId")
def operation_id_not_unique(node: Node, context: Context) -> Defects:
    """Two operations have the same id.

    Flows and apps find an operation by its `operationId`, so each operation requires its own. Rename the one of the two
    that isn't published yet.

    Source: https://spec.openapis.org/oas/v2.0#operation-object
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "Orders"}, "post": {"operationId": "Orders"}}}}
    ```
    Finding: /paths/~1orders/post/operationId: the operation id 'Orders' is used already

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders"}, "post": {"operationId": "CreateOrder"}}}}
    ```
    """
    first = context.first("operationId", node.value, node)
    if first is not node:
        message = f"the operation id {quoted(node.value)} is used already"
        help_ = "rename the one of the two that isn't published yet"
        yield node.says(message, help=help_, related=((first.pointer, "first used here"),))


@rule(Severity.ERROR, Scope.PLATFORM, "operation")
def operation_must_have_response(node: Node, context: Context) -> Defects:
    """An operation has no response.

    Swagger 2.0 requires `responses` with at least one status, and the platform can't save a connector without the key.
    Empty `responses` are only a warning: the portal writes such webhooks, but nobody can use what the operation returns.
    Add a status with a description: 201 for a webhook, 200 for most other operations.

    Source: https://spec.openapis.org/oas/v2.0#operation-object
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 11 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "responses": {}}}}}
    ```
    Finding: /paths/~1orders/get/responses: this operation has no response

    ```json bad
    {"swagger": "2.0", "info": {"title": "Orders", "description": "Reads orders.", "version": "1.0"},
     "host": "api.contoso.example", "schemes": ["https"], "paths": {"/orders": {"get": {"operationId": "ListOrders"}}}}
    ```
    Finding: /paths/~1orders/get: 'responses' is missing in this operation

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "responses": {"200": {"description": "The orders."}}}}}}
    ```
    """
    if "responses" not in node.value:
        help_ = f"write 'responses: {{{_usual(node, context)}: {{description: OK}}}}'"
        yield node.says("'responses' is missing in this operation", help=help_)


@milder(Severity.WARNING, operation_must_have_response, "responses")
def responses_are_empty(node: Node, context: Context) -> Defects:
    """Finds empty `responses`, which the platform accepts."""
    if all(str(status).startswith("x-") for status in node.value):
        help_ = f"add '{_usual(node.owner, context)}' with a description"
        yield node.says("this operation has no response", help=help_)


def _usual(operation: Node, context: Context) -> str:
    """Returns the status that an operation usually answers with: a webhook has created a subscription."""
    return "201" if callbacks_of(operation.value, context) else "200"


@rule(Severity.ERROR, Scope.PLATFORM, "response", "response reference", fixable=True)
def response_must_be_default_or_http_status_code(node: Node, _: Context) -> Defects:
    """The name of a response is neither an HTTP status nor `default`.

    A status is three digits; only OpenAPI 3 has ranges such as `2XX`. Correct the name.

    Source: https://spec.openapis.org/oas/v2.0#operation-object
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "responses": {"OK": {"description": "The orders."}}}}}}
    ```
    Finding: /paths/~1orders/get/responses/OK: 'OK' isn't an HTTP status

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "responses": {"200": {"description": "The orders."}}}}}}
    ```
    """
    if node.owner.kind == "responses" and not _STATUS.fullmatch(str(node.key)):
        meant = _status_of(str(node.key))
        help_ = f"write '{meant}'" if meant else "it is three digits, or 'default'"
        fix = node.called(help_, meant) if meant else None
        yield node.says(f"{quoted(node.key)} isn't an HTTP status", help=help_, fix=fix)


def _status_of(name: str) -> str | None:
    """Returns the status that a name means: `OK` is 200. Returns None if there is none of this name."""
    from http import HTTPStatus

    plain = re.sub(r"[\s_-]", "", name).lower()
    phrases = {re.sub(r"[\s'-]", "", one.phrase).lower(): str(one.value) for one in HTTPStatus}
    return plain if plain == "default" or _STATUS.fullmatch(plain) else phrases.get(plain)


@rule(Severity.WARNING, Scope.PLATFORM, "headers", fixable=True)
def response_headers_are_not_unique(node: Node, _: Context) -> Defects:
    """Two headers of a response differ only in capitals.

    In HTTP, they are the same header. Remove one.

    Source: https://spec.openapis.org/oas/v2.0#operation-object
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"responses": {"Done": {"description": "Done.", "headers": {"ETag": {"type": "string"}, "Etag": {"type": "string"}}}}}
    ```
    Finding: /responses/Done/headers/Etag: the header 'Etag' is there already

    ```json good
    {"responses": {"Done": {"description": "Done.", "headers": {"ETag": {"type": "string"}}}}}
    ```
    """
    names: dict[str, str] = {}
    for name in node.value:
        first = names.setdefault(name.lower(), name)
        if first != name:
            related = (((*node.pointer, first), "first here"),)
            twice = same(node.value[name], node.value[first])
            help_, fix = ("remove it", node.without("remove it", name)) if twice else ("remove one of the two", None)
            message = f"the header {quoted(name)} is there already"
            yield node.says(message, name, help=help_, related=related, fix=fix)


@rule(Severity.ERROR, Scope.CERTIFICATION, "parameters")
def body_or_form_data_parameter_in_fetch_operation_not_allowed(node: Node, context: Context) -> Defects:
    """A GET or HEAD operation has a body.

    Many services and the platform's own clients drop the body of such a request. Describe the input as a query
    parameter, or make the operation a POST, as is usual for a search with a body.

    Source: https://spec.openapis.org/oas/v2.0#operation-object
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 5 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "FindOrders", "parameters": [
      {"name": "body", "in": "body", "schema": {"type": "object"}}]}}}}
    ```
    Finding: /paths/~1orders/get/parameters/0: a GET has no body

    ```json good
    {"paths": {"/orders": {"post": {"operationId": "FindOrders", "parameters": [
      {"name": "body", "in": "body", "schema": {"type": "object"}}]}}}}
    ```
    """
    if node.owner.kind != "operation" or node.owner.key not in ("get", "head"):
        return
    for index, parameter in enumerate(parameters_of(node.owner.value, context)):
        if parameter is not ABSENT and parameter.get("in") in ("body", "formData"):
            help_ = "make it a query parameter, or the operation a POST"
            yield node.says(f"a {str(node.owner.key).upper()} has no body", index, help=help_)
