"""Rules for what people see of an operation."""

from collections.abc import Sequence

from connector_builder.findings import Scope, Severity
from connector_builder.findings.wording import listed, quoted
from connector_builder.platform.swagger.operations import Operation
from connector_builder.platform.view.fields import Budget, Field
from connector_builder.platform.view.inputs import input_fields, parameters_of
from connector_builder.rules.context import Context, once
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, rule


@rule(Severity.NOTE, Scope.PRACTICE, "operation")
def label_repeated(node: Node, context: Context) -> Defects:
    """Two inputs of an operation have the same label.

    People can't tell the two fields apart. Write labels that differ. Labels are those that the designer shows: that of an object comes before those of its
    fields. Fields that just have their names don't count.

    Published: 22 of 331 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "from", "in": "query", "type": "string", "x-ms-summary": "Date"},
      {"name": "to", "in": "query", "type": "string", "x-ms-summary": "Date"}]}}}}
    ```
    Finding: /paths/~1orders/get: the inputs 'from' and 'to' have the same label 'Date'

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "from", "in": "query", "type": "string", "x-ms-summary": "From"},
      {"name": "to", "in": "query", "type": "string", "x-ms-summary": "To"}]}}}}
    ```
    """
    if node.value.get("x-ms-visibility") == "internal":
        return
    parameters = parameters_of(operation_of(node), context.references)
    if len(parameters) < 2 and all(parameter.get("in") != "body" for parameter, _ in parameters):
        return
    fields, _ = input_fields(parameters, context.references, field_budget(context))
    labels: dict[str, list[Field]] = {}
    for one in fields:
        if not (one.hidden or one.group or one.array):
            labels.setdefault(one.label.strip().lower(), []).append(one)
    for same in labels.values():
        # Fields without labels have their names, which another rule is about.
        if len(same) > 1 and any(one.label != one.name for one in same):
            message = f"the inputs {listed(paths_of(same), 'and')} have the same label {quoted(same[0].label)}"
            yield node.says(message, help="write labels that differ")


@once
def field_budget(context: Context) -> Budget:
    """Returns how many inputs and outputs may still be looked at."""
    return Budget()


def operation_of(node: Node) -> Operation:
    """Returns the operation of a node of that kind."""
    return Operation(str(node.owner.key), str(node.key), node.value, node.owner.value)


def paths_of(fields: Sequence[Field]) -> list[str]:
    """Returns the place of each field, such as `buyer/mail`; for a parameter, its name."""
    return ["/".join(one.path) or one.name for one in fields]
