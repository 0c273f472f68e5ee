"""What a spec calls on behalf of an operation is told at its place in the spec, once for both extensions."""

from pathlib import Path

from connector_builder.spec import Variables
from connector_builder.validate.engine import Checks, check
from connector_builder.validate.targets import Kind, Target

SPEC = """\
connector: {title: Orders, description: Reads orders., server: https://api.contoso.example}
actions:
  ListBuyers:
    request: GET /buyers?market!
    response: {fields: {"value[].id": string, "value[].name": string}}
  Broken:
    request: [a]
  ListOrders:
    request: GET /orders?buyer&seller&shop
    parameters:
      buyer: {dynamicValues: {operation: Nothing, value: id, title: name}}
      seller: {dynamicValues: {operation: Broken, value: id, title: name}}
      shop: {dynamicValues: {operation: ListBuyers, items: value, value: id, title: nam, parameters: {market: "{sho}"}}}
"""


def test_calls_are_checked_where_they_stand(tmp_path: Path) -> None:
    spec = tmp_path / "orders.yaml"
    spec.write_text(SPEC, encoding="utf-8")
    diagnostics = check(Target(spec, Kind.SPEC), Variables(), Checks()).diagnostics
    assert [
        (one.rule, str(one.severity), one.message, one.location.line, one.location.column) for one in diagnostics
    ] == [
        ("ValueTypeNotValid", "error", "'request' must be a request line, not a list", 7, 5),
        ("OperationIdNotFound", "error", "there is no operation 'Nothing'", 11, 42),
        ("InvokedOperationShouldProduceProperty", "warning", "an item of 'ListBuyers' has no 'nam'", 13, 85),
        ("OperationParameterNameNotFound", "warning", "there is no parameter 'sho' in 'ListOrders'", 13, 111),
    ]
