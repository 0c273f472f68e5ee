"""Rules for the id of an operation, and for the labels of an operation and its inputs."""

from typing import Any

from connector_builder.findings import Fix, Remove, Scope, Severity
from connector_builder.findings.wording import listed
from connector_builder.patterns import regex
from connector_builder.platform.limits import OPERATION_ID
from connector_builder.platform.swagger.objects import PARAMETERS
from connector_builder.rules.context import Context
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, rule

_OTHER = regex(r"[^A-Za-z0-9_]")
_DESCRIBED = ("operation", *PARAMETERS.values(), "schema")


@rule(Severity.WARNING, Scope.CERTIFICATION, "operation", keys="operationId", told_once=True)
def operation_id_sanitized(node: Node, _: Context) -> Defects:
    """An operation id contains other characters than letters, digits and `_`.

    The platform replaces these characters in some places, so that the id is not the same everywhere. Give a new
    operation an id such as `ListOrders`. Never rename an operation that is published: flows and apps find it by its id.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 60 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "list-orders"}}}}
    ```
    Finding: /paths/~1orders/get/operationId: an operation id contains '-'

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders_V2"}}}}
    ```
    """
    found = sorted(set(_OTHER.findall(node.value)))
    if found:
        help_ = "use letters and digits for a new operation; never rename a published one"
        yield node.says(f"an operation id contains {listed(found, 'and')}", help=help_)


@rule(Severity.WARNING, Scope.PLATFORM, "operation", keys="operationId")
def operation_id_too_long(node: Node, _: Context) -> Defects:
    """An operation id has more than 80 characters.

    Microsoft limits the length, but doesn't publish the number; the longest published id has 77 characters. Write a
    shorter one.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get":
      {"operationId": "ListTheOrdersOfOneBuyerOrOfAllBuyersOfACountryOrOfTheBuyersInACountryThatOrderedTwice"}}}}
    ```
    Finding: /paths/~1orders/get/operationId: the operation id has 85 characters

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders"}}}}
    ```
    """
    if len(node.value) > OPERATION_ID:
        help_ = f"write at most {OPERATION_ID}"
        yield node.says(f"the operation id has {len(node.value)} characters", help=help_)


@rule(
    Severity.NOTE, Scope.PRACTICE, *_DESCRIBED, keys=("x-ms-summary", "title", "summary"), told_once=True, fixable=True
)
def label_empty(node: Node, _: Context) -> Defects:
    """A label is empty: `x-ms-summary`, `title` or `summary`.

    The wizard writes empty labels. They have no effect: people see the technical name. Write a label, or leave the key out.

    Published: 51 of 331 connectors.

    ```json bad
    {"definitions": {"Order": {"type": "object", "properties": {"id": {"type": "string", "title": ""}}}}}
    ```
    Finding: /definitions/Order/properties/id/title: an empty label

    ```json good
    {"definitions": {"Order": {"type": "object", "properties": {"id": {"type": "string", "title": "Id"}}}}}
    ```
    """
    if isinstance(node.value, str) and not node.value.strip():
        fix = Fix("leave the key out", (Remove(node.pointer),))
        yield node.says("an empty label", help="write one, or leave the key out", fix=fix)


@rule(Severity.NOTE, Scope.PRACTICE, "operation", told_once=True)
def summary_is_description(node: Node, _: Context) -> Defects:
    """The description of an operation is the same as its summary.

    People see both, one below the other. Say in the description what the summary doesn't: what the operation needs, or
    what it returns.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/connector-string-guidance
    Published: 86 of 331 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "summary": "List orders", "description": "List orders."}}}}
    ```
    Finding: /paths/~1orders/get/description: the description says the same as the summary

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "summary": "List orders",
      "description": "Lists the orders of a buyer, the newest first."}}}}
    ```
    """
    summary, description = (_plain(node.value.get(key)) for key in ("summary", "description"))
    if summary and summary == description:
        help_ = "say what the operation needs or returns"
        yield node.says("the description says the same as the summary", "description", help=help_)


def _plain(text: Any) -> str:
    return text.strip().rstrip(".").lower() if isinstance(text, str) else ""
