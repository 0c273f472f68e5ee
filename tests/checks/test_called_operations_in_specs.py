"""What a spec calls on behalf of an operation is told at its place in the spec, once for both extensions."""

from pathlib import Path

from connector_builder.app.shared.read import check
from connector_builder.app.shared.targets import Kind, Target
from connector_builder.checks.engine import Checks
from connector_builder.language import Variables

SPEC = """\
connector: {title: Orders, description: Reads orders., server: https://api.contoso.example}
actions:
  ListBuyers:
    request: GET /buyers?market!
    response: {fields: {"value[].id": string, "value[].name": string}}
  Broken:
    request: [a]
  ListOrders:
    request: GET /orders?buyer&seller&shop&place
    parameters:
      buyer: {dynamicValues: {operation: Nothing, value: id, title: name}}
      seller: {dynamicValues: {operation: Broken, value: id, title: name}}
      shop: {dynamicValues: {operation: ListBuyers, items: value, value: id, title: nam, parameters: {market: "{sho}"}}}
      place: {dynamicValues: {operation: ListBuyers, items: value, value: id, title: name, parameters: {market: de, Accept: json}}}
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
        ("OperationParameterNameNotFound", "error", "'ListBuyers' has no input 'Accept'", 14, 125),
    ]


MISTYPED_LIST = """\
connector: {title: Orders, description: Reads orders., server: https://api.contoso.example}
actions:
  ListBuyers: {request: GET /buyers, response: {fields: {"value[].id": string, "value[].name": string}}}
  ListOrders:
    request: GET /orders?buyer&seller
    parameters:
      buyer: {dynamicValues: {operation: ListBuyers, items: values, value: id, title: name}}
      seller: {dynamicValues: {operation: ListBuyers, items: customers, value: id, title: name}}
"""


def test_a_list_that_the_response_lacks_is_told_once_with_the_one_that_is_meant(tmp_path: Path) -> None:
    spec = tmp_path / "orders.yaml"
    spec.write_text(MISTYPED_LIST, encoding="utf-8")
    diagnostics = check(Target(spec, Kind.SPEC), Variables(), Checks()).diagnostics
    found = [one for one in diagnostics if one.rule == "InvokedOperationShouldProduceArray"]
    assert [(one.message, one.help, one.location.line) for one in found] == [
        ("'ListBuyers' returns no 'values'", "did you mean 'value'?", 7),
        (
            "'ListBuyers' returns no 'customers'",
            "its response has the list 'value': write the path as 'value-collection', or as 'items' in a spec",
            8,
        ),
    ]


LEFT_OUT = """\
connector: {title: Orders, description: Reads the orders of a shop., server: https://api.contoso.example}
actions:
  ListOrders:
    request: GET /orders?buyer&seller&shop
    response: {fields: {id: string}}
    parameters:
      buyer: {dynamicValues: {operation: Fragment, value: id, title: name}}
      seller: {x-ms-dynamic-values: {operationId: OtherId, value-path: id}}
      shop: {dynamicValues: {operation: Second, value: id, title: name}}
    operationContext: {simulate: {operationId: Typed}}
  Fragment: GET /buyers#all
  Typed: {request: [a]}
  Named: {request: "GET /b#all", operationId: OtherId}
  Second: GET /orders
policies:
  - {template: setheader, title: Plain, parameters: {x-ms-apimTemplate-operationName: [Fragment, Typed, Second]}}
"""


def test_an_operation_that_is_left_out_is_not_missed_a_second_time(tmp_path: Path) -> None:
    spec = tmp_path / "orders.yaml"
    spec.write_text(LEFT_OUT, encoding="utf-8")
    diagnostics = check(Target(spec, Kind.SPEC), Variables(), Checks()).diagnostics
    errors = [(one.rule, one.location.line) for one in diagnostics if str(one.severity) == "error"]
    assert errors == [
        ("RequestNotValid", 11),
        ("ValueTypeNotValid", 12),
        ("RequestNotValid", 13),
        ("OperationDuplicated", 14),
    ]
    assert not [one for one in diagnostics if "NotFound" in one.rule]
