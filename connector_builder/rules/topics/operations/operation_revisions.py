"""Rules for families: operations that are revisions of one another, as `x-ms-api-annotation` says.

Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/operational-versioning
"""

from typing import Any, NamedTuple

from connector_builder.findings import Scope, Severity
from connector_builder.findings.wording import quoted
from connector_builder.rules.calls import operations
from connector_builder.rules.context import Context, once
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, rule

_ANNOTATION = "x-ms-api-annotation"


class _Member(NamedTuple):
    operation: int  # its id in memory, since a set of these is compared with every operation
    revision: int | None
    annotated: bool
    active: bool
    in_production: bool


class _Empty(NamedTuple):
    """The members of a family without a revision. A member without an annotation comes first."""

    first: int | None
    others: frozenset[int]


@rule(Severity.ERROR, Scope.CERTIFICATION, "api annotation")
def operation_family_has_duplicate_revisions(node: Node, context: Context) -> Defects:
    """Two operations of a family have the same revision.

    The revision decides which of the operations of a family is the newest. Give each operation of a family a revision
    of its own.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/operational-versioning
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {
     "/orders": {"get": {"operationId": "ListOrders_V2", "x-ms-api-annotation": {"family": "ListOrders", "revision": 2}}},
     "/v2/orders": {"get": {"operationId": "ListAllOrders_V2", "x-ms-api-annotation": {"family": "ListOrders", "revision": 2}}}}}
    ```
    Finding: /paths/~1v2~1orders/get/x-ms-api-annotation/revision: 'ListOrders' has revision 2 already

    ```json good
    {"paths": {
     "/orders": {"get": {"operationId": "ListOrders", "x-ms-api-annotation": {"family": "ListOrders", "revision": 1}}},
     "/v2/orders": {"get": {"operationId": "ListOrders_V2", "x-ms-api-annotation": {"family": "ListOrders", "revision": 2}}}}}
    ```
    """
    revision, family = _revision(node.value), _family(node.owner.value)
    if revision is None or family is None:
        return
    first = context.first("revision", (family, revision), node)
    if first is not node:
        related, help_ = (((*first.pointer, "revision"), "first here"),), "give the newer of the two the next number"
        yield node.says(f"{quoted(family)} has revision {revision} already", "revision", help=help_, related=related)


@rule(Severity.WARNING, Scope.CERTIFICATION, "operation")
def operation_family_has_many_active_operations(node: Node, context: Context) -> Defects:
    """More than two operations of a family aren't deprecated.

    People would choose among several operations that do the same. Mark older revisions with `deprecated: true`, so that
    only the newest two are active.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/operational-versioning
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {
     "/orders": {"get": {"operationId": "ListOrders", "x-ms-api-annotation": {"family": "ListOrders", "revision": 1}}},
     "/v2/orders": {"get": {"operationId": "ListOrders_V2", "x-ms-api-annotation": {"family": "ListOrders", "revision": 2}}},
     "/v3/orders": {"get": {"operationId": "ListOrders_V3", "x-ms-api-annotation": {"family": "ListOrders", "revision": 3}}}}}
    ```
    Finding: /paths/~1orders/get: two newer operations of the family 'ListOrders' aren't deprecated either

    ```json good
    {"paths": {
     "/orders": {"get": {"operationId": "ListOrders", "deprecated": true, "x-ms-api-annotation": {"family": "ListOrders", "revision": 1}}},
     "/v2/orders": {"get": {"operationId": "ListOrders_V2", "x-ms-api-annotation": {"family": "ListOrders", "revision": 2}}},
     "/v3/orders": {"get": {"operationId": "ListOrders_V3", "x-ms-api-annotation": {"family": "ListOrders", "revision": 3}}}}}
    ```
    """
    family = _family(node.value)
    if family is not None and id(node.value) in _older_active(family, context):
        message = f"two newer operations of the family {quoted(family)} aren't deprecated either"
        yield node.says(message, help="write 'deprecated: true'")


@rule(Severity.WARNING, Scope.CERTIFICATION, "operation")
def operation_family_has_many_active_production_operations(node: Node, context: Context) -> Defects:
    """More than one operation of a family is in production and not deprecated.

    People would choose among several operations that do the same. Mark older revisions with `deprecated: true`, so that
    only one operation in production is active.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/operational-versioning
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {
     "/orders": {"get": {"operationId": "ListOrders", "x-ms-api-annotation": {"family": "ListOrders", "revision": 1, "status": "Production"}}},
     "/v2/orders": {"get": {"operationId": "ListOrders_V2", "x-ms-api-annotation": {"family": "ListOrders", "revision": 2, "status": "Production"}}}}}
    ```
    Finding: /paths/~1orders/get: a newer operation of the family 'ListOrders' is in production too

    ```json good
    {"paths": {
     "/orders": {"get": {"operationId": "ListOrders", "x-ms-api-annotation": {"family": "ListOrders", "revision": 1, "status": "Production"}}},
     "/v2/orders": {"get": {"operationId": "ListOrders_V2", "x-ms-api-annotation": {"family": "ListOrders", "revision": 2, "status": "Preview"}}}}}
    ```
    """
    family = _family(node.value)
    if family is not None and id(node.value) in _older_in_production(family, context):
        message = f"a newer operation of the family {quoted(family)} is in production too"
        yield node.says(message, help="write 'deprecated: true'")


@rule(Severity.WARNING, Scope.CERTIFICATION, "api annotation")
def operation_family_has_many_empty_revisions(node: Node, context: Context) -> Defects:
    """More than one operation of a family has no revision.

    An operation without an annotation belongs to the family with its own name. Add `revision` to the annotations of the
    other operations.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/operational-versioning
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {
     "/orders": {"get": {"operationId": "ListOrders"}},
     "/v2/orders": {"get": {"operationId": "ListOrders_V2", "x-ms-api-annotation": {"family": "ListOrders"}}}}}
    ```
    Finding: /paths/~1v2~1orders/get/x-ms-api-annotation: 'ListOrders' has another operation without a revision

    ```json good
    {"paths": {
     "/orders": {"get": {"operationId": "ListOrders"}},
     "/v2/orders": {"get": {"operationId": "ListOrders_V2", "x-ms-api-annotation": {"family": "ListOrders", "revision": 2}}}}}
    ```
    """
    family = _family(node.owner.value)
    if family is not None and id(node.owner.value) in _empty(family, context).others:
        yield node.says(f"{quoted(family)} has another operation without a revision", help="add 'revision'")


@rule(Severity.WARNING, Scope.CERTIFICATION, "api annotation", keys="family", explained_by=("KeyUnknown",))
def operation_revision_empty(node: Node, context: Context) -> Defects:
    """An operation belongs to a family but has no revision.

    The revision decides which of the operations of a family is the newest. Add `revision`, a number from 1.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/operational-versioning
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 1 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "x-ms-api-annotation": {"family": "ListOrders"}}}}}
    ```
    Finding: /paths/~1orders/get/x-ms-api-annotation: 'ListOrders' has a family, but no revision

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "x-ms-api-annotation": {"family": "ListOrders", "revision": 1}}}}}
    ```
    """
    operation = node.owner.owner.value
    # Of several operations without a revision, another rule reports all but the first.
    if "revision" not in node.owner.value and id(operation) == _empty(node.value, context).first:
        message = f"{quoted(operation.get('operationId'))} has a family, but no revision"
        yield node.owner.says(message, help="add 'revision', from 1")


@rule(Severity.NOTE, Scope.CERTIFICATION, "api annotation", keys="revision")
def operation_id_should_end_with_revision(node: Node, _: Context) -> Defects:
    """The id of an operation doesn't end with its revision, although the revision is the second or a later one.

    The ids show people which revision they use: that of revision 2 ends with `_V2`. Never rename an operation that is
    published: flows find it by its id, and stop. Give the next revision an id that ends with its number.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/operational-versioning
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 9 of 1,013 connectors.

    ```json bad
    {"paths": {"/v2/orders": {"get": {"operationId": "ListAllOrders", "x-ms-api-annotation": {"family": "ListOrders", "revision": 2}}}}}
    ```
    Finding: /paths/~1v2~1orders/get/x-ms-api-annotation/revision: 'ListAllOrders' is revision 2, but doesn't end with '_V2'

    ```json good
    {"paths": {"/v2/orders": {"get": {"operationId": "ListOrders_V2", "x-ms-api-annotation": {"family": "ListOrders", "revision": 2}}}}}
    ```
    """
    name, revision = node.owner.owner.value.get("operationId"), _revision(node.owner.value)
    if isinstance(name, str) and revision is not None and revision > 1 and not name.lower().endswith(f"v{revision}"):
        message = f"{quoted(name)} is revision {revision}, but doesn't end with '_V{revision}'"
        next_ = f"end the id of the next revision with '_V{revision + 1}'"
        yield node.says(message, help=f"leave a published id as it is, for flows use it; {next_}")


def _family(operation: dict[str, Any]) -> str | None:
    """Returns the family of an operation: the one in its annotation, else its id."""
    annotation = operation.get(_ANNOTATION)
    family = annotation.get("family") if isinstance(annotation, dict) else None
    family = operation.get("operationId") if family is None else family
    return family if isinstance(family, str) else None


def _revision(annotation: Any) -> int | None:
    revision = annotation.get("revision") if isinstance(annotation, dict) else None
    # A message can't contain an integer of thousands of digits.
    return revision if isinstance(revision, int) and not isinstance(revision, bool) and 0 < revision < 10**6 else None


@once
def _older_active(family: str, context: Context) -> frozenset[int]:
    """Returns all active members of a family except the two newest."""
    return _all_but([one for one in _members(family, context) if one.active], 2)


@once
def _older_in_production(family: str, context: Context) -> frozenset[int]:
    """Returns all active members of a family in production except the newest."""
    return _all_but([one for one in _members(family, context) if one.active and one.in_production], 1)


def _members(family: str, context: Context) -> list[_Member]:
    return _families(context).get(family, [])


@once
def _families(context: Context) -> dict[str | None, list[_Member]]:
    found: dict[str | None, list[_Member]] = {}
    for operation in operations(context).values():
        value = operation.value
        annotation = value.get(_ANNOTATION)
        in_production = isinstance(annotation, dict) and annotation.get("status") == "Production"
        active = value.get("deprecated") is not True
        member = _Member(id(value), _revision(annotation), annotation is not None, active, in_production)
        found.setdefault(_family(value), []).append(member)
    return found


def _all_but(members: list[_Member], newest: int) -> frozenset[int]:
    """Returns all members except the newest ones."""
    ordered = sorted(members, key=lambda one: (one.revision or 0, one.annotated))
    return frozenset(one.operation for one in ordered[:-newest])


@once
def _empty(family: str, context: Context) -> _Empty:
    empty = [one for one in _members(family, context) if one.revision is None]
    ids = [one.operation for one in sorted(empty, key=lambda one: one.annotated)]
    return _Empty(ids[0] if ids else None, frozenset(ids[1:]))
