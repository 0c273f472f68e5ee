"""Rules for what people see of an operation."""

from connector_builder.findings import Scope, Severity
from connector_builder.findings.wording import listed, quoted
from connector_builder.platform.swagger.operations import Operation
from connector_builder.platform.view.fields import Budget, Field
from connector_builder.platform.view.inputs import input_fields, parameters_of
from connector_builder.rules.context import Context, once
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, rule

_MANY = 5


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
    parameters = parameters_of(_operation(node), context.references)
    if len(parameters) < 2 and all(parameter.get("in") != "body" for parameter, _ in parameters):
        return
    fields, _ = input_fields(parameters, context.references, _budget(context))
    labels: dict[str, list[Field]] = {}
    for one in fields:
        if not (one.hidden or one.group or one.array):
            labels.setdefault(one.label.strip().lower(), []).append(one)
    for same in labels.values():
        # Fields without labels have their names, which another rule is about.
        if len(same) > 1 and any(one.label != one.name for one in same):
            more = len(same) - _MANY
            names = ["/".join(one.path) or one.name for one in same[:_MANY]] + ([f"{more} more"] if more > 0 else [])
            message = f"the inputs {listed(names, 'and')} have the same label {quoted(same[0].label)}"
            yield node.says(message, help="write labels that differ")


@once
def _budget(context: Context) -> Budget:
    """Returns how many fields may still be looked at."""
    return Budget()


def _operation(node: Node) -> Operation:
    return Operation(str(node.owner.key), str(node.key), node.value, node.owner.value)
