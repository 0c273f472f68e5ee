"""A rename is offered if the spec then builds the same package but for the name; else the reason is said."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from connector_builder.language.reuse import Reuse
from connector_builder.lsp.buffers import Buffers
from connector_builder.lsp.checking import setup_of
from connector_builder.lsp.features import view_of
from connector_builder.lsp.names import Sort, Use, same
from connector_builder.lsp.renaming import edited, unproven

SPECS = Path(__file__).parents[2] / "specs"
MAIN = """\
connector: {title: Orders, description: Lists the orders of a shop., server: "https://api.contoso.example/v1"}
parameters:
  shop: {summary: Shop ID, dynamicValues: {operation: ListShops, value: id, title: name}}
  order:
    description: An order of the shop.
    dynamicValues: {operation: ListOrders, parameters: {shop: "{shop}"}, value: id, title: id}
  $top: int
  lang: {type: string, description: The language.}
enums:
  State: [open, closed]
fields:
  id: The ID.
actions:
  ListShops:
    request: GET /shops?$top
    headers: {X-Shop: all}
    response: [Shop]
  ListOrders:
    request: GET /shops/{shop}/orders?$top&lang
    response: [Order]
  GetOrder:
    request: GET /shops/{shop}/orders/{order}
    parameters: {shop: {visibility: important}}
    order: [order, shop]
    response: Order
policies:
  - setHeader: {name: x-client, value: flow, operations: [GetOrder, ListShops]}
schemas:
  Shop: {fields: {id: string, name: string}}
  Order: {fields: {id: string, state: {type: string, enum: State}, shop: Shop}}
"""


class _Spec:
    def __init__(self, path: Path) -> None:
        buffers = Buffers()
        buffers.put(path, path.read_text(encoding="utf-8"))
        target = buffers.target(path)
        assert target is not None
        view = view_of(target)
        assert view is not None
        self.target, self.uses, self.setup = target, view.uses, setup_of(path.parent, {})

    def places(self, sort: Sort, name: str) -> list[Use]:
        return same(self.uses, Use(sort, name, Path(), 0, 0))

    def rename(self, sort: Sort, name: str, new: str) -> str | None:
        return unproven(self.target, self.places(sort, name), new, self.setup, Reuse())


@pytest.fixture
def spec(tmp_path: Path) -> Callable[[str], _Spec]:
    def made(text: str) -> _Spec:
        (tmp_path / "orders.yaml").write_text(text, encoding="utf-8", newline="\n")
        return _Spec(tmp_path / "orders.yaml")

    return made


@pytest.mark.parametrize(
    ("sort", "name", "lines"),
    [
        (Sort.SCHEMA, "Shop", [17, 29, 30]),
        (Sort.OPERATION, "ListShops", [3, 14, 27]),
        (Sort.PARAMETER, "shop", [3, 6, 6, 19, 22, 23, 24]),
        (Sort.PARAMETER, "order", [4, 22, 24]),
        (Sort.PARAMETER, "$top", [7, 15, 19]),
        (Sort.PARAMETER, "lang", [8, 19]),
        (Sort.ENUM, "State", [10, 30]),
        (Sort.FIELD, "id", [12, 29, 30]),
    ],
)
def test_all_places_of_a_name_are_found(spec: Callable[[str], _Spec], sort: Sort, name: str, lines: list[int]) -> None:
    found = spec(MAIN).places(sort, name)
    assert [MAIN.count("\n", 0, use.start) + 1 for use in found] == lines
    assert [MAIN[use.start : use.end] for use in found] == [name] * len(lines)


@pytest.mark.parametrize(
    ("sort", "name", "new"),
    [
        (Sort.SCHEMA, "Shop", "Store"),
        (Sort.OPERATION, "ListShops", "FindShops"),
        (Sort.PARAMETER, "shop", "store"),
        (Sort.PARAMETER, "order", "orderId"),
        (Sort.ENUM, "State", "Status"),
    ],
)
def test_a_rename_that_changes_the_name_alone_is_proven(
    spec: Callable[[str], _Spec], sort: Sort, name: str, new: str
) -> None:
    assert spec(MAIN).rename(sort, name, new) is None


def test_a_name_of_the_api_stays(spec: Callable[[str], _Spec]) -> None:
    why = spec(MAIN).rename(Sort.PARAMETER, "lang", "language")
    assert why == "'lang' is what the API calls a parameter in its query: the request would change"


def test_a_place_that_nobody_found_is_a_reason(spec: Callable[[str], _Spec]) -> None:
    one = spec(MAIN)
    places = one.places(Sort.SCHEMA, "Shop")[:-1]
    assert unproven(one.target, places, "Store", one.setup, Reuse()) == (
        "the renamed spec would have a new finding: NameNotFound"
    )
    places = one.places(Sort.OPERATION, "ListShops")
    text = MAIN.replace("request: GET /shops?$top\n", "request: GET /shops?$top\n    tags: [Shops]\n")
    other = spec(text).target
    assert edited(other, [], "x") == other
    assert unproven(other, [places[0]._replace(start=14, end=15)], "x", one.setup, Reuse()) is not None


def test_a_broken_spec_is_a_reason(spec: Callable[[str], _Spec]) -> None:
    one = spec(MAIN)
    broken = one.target._replace(held=tuple((path, content + b"\n: [") for path, content in one.target.held))
    why = unproven(broken, one.places(Sort.SCHEMA, "Shop"), "Store", one.setup, Reuse())
    assert why is not None
    assert why.startswith("the spec can't be built, so the rename can't be proven: ")


def test_every_other_name_of_a_large_spec_can_be_renamed(tmp_path: Path) -> None:
    folder = tmp_path / "spec"
    shutil.copytree(SPECS / "github-issues", folder)
    one = _Spec(folder / "connector.yaml")
    names = {(use.sort, use.name) for use in one.uses if use.declares and use.sort is not Sort.FIELD}
    refused = {
        (str(sort), name): why for sort, name in sorted(names)[::2] if (why := one.rename(sort, name, f"{name}Renamed"))
    }
    assert {why.partition(" is what the API")[2] for why in refused.values()} <= {
        " calls a parameter in its query: the request would change"
    }, refused
    assert {sort for sort, _ in names} >= {Sort.SCHEMA, Sort.OPERATION, Sort.PARAMETER}
