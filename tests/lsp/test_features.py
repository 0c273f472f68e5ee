"""What the server answers about places of a spec, as functions."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from connector_builder.app.shared.read import read
from connector_builder.language import Variables
from connector_builder.language.reuse import Reuse
from connector_builder.lsp import features, outline
from connector_builder.lsp.answers import Answers
from connector_builder.lsp.buffers import Buffers
from connector_builder.lsp.completing import completed
from connector_builder.lsp.explaining import here
from connector_builder.lsp.features import View, view_of
from connector_builder.lsp.positions import Lines, Point

MAIN = """\
connector: {title: Orders, description: Lists the orders of a shop., server: "https://api.contoso.example/v1"}
actions:
  ListShops:
    request: GET /shops
    response: [Shop]
  GetOrder:
    request: GET /shops/{shop}/orders/{order}
    parameters:
      shop: {dynamicValues: {operation: ListShops, value: id, title: name}}
    response: Order
policies:
  - setHeader: {name: x-client, value: flow, operations: [GetOrder, ListShops]}
schemas:
  Shop: {fields: {id: string, name: string}}
"""
ORDERS = """\
# What people buy.
# It has lines.
Order:
  sample: samples/order.json
  fields:
    shop: Shop
    lines: [Line]
Line: {id: string}
"""


class _Editor:
    def __init__(self, folder: Path) -> None:
        self.main, self.orders = folder / "connector.yaml", folder / "schemas" / "orders.yaml"
        (folder / "schemas").mkdir()
        self.buffers = Buffers()
        for path, text in ((self.main, MAIN), (self.orders, ORDERS)):
            path.write_text(text, encoding="utf-8", newline="\n")
            self.write(path, text)

    def write(self, path: Path, text: str) -> None:
        """Replaces the text of a file in the editor."""
        self.buffers.put(path, text)
        target = self.buffers.target(self.main)
        assert target is not None
        view = view_of(target)
        assert view is not None
        self.view: View = view
        self.answers = Answers(self.buffers, "utf-16", {})

    def hover(self, path: Path, words: str, after: int = 0) -> str:
        """Returns what a hover shows at the first occurrence of some words."""
        about = features.asked(self.view, self.answers, path, self.at(path, words, after))
        if about is None:
            return ""
        built = here(self.view.target, Variables({}), about.spot, Reuse())
        shown = features.hover(self.answers, path, about, built)
        assert shown is None or isinstance(shown.contents, types.MarkupContent)
        return shown.contents.value if shown is not None and isinstance(shown.contents, types.MarkupContent) else ""

    def at(self, path: Path, words: str, after: int = 0) -> types.Position:
        """Returns the position of the first occurrence of some words."""
        lines = self.answers.lines(path)
        return types.Position(*lines.at(lines.text.index(words) + after))

    def places(self, path: Path, words: str, after: int = 0) -> list[tuple[str, int, bool]]:
        found = features.places(self.view, self.answers, path, self.at(path, words, after))
        return [(use.file.name, self.answers.lines(use.file).at(use.start).line, use.declares) for use in found]


@pytest.fixture
def editor(tmp_path: Path) -> _Editor:
    return _Editor(tmp_path)


def test_a_schema_is_found_in_all_files(editor: _Editor) -> None:
    wanted = [("connector.yaml", 4, False), ("connector.yaml", 13, True), ("orders.yaml", 5, False)]
    assert editor.places(editor.main, "[Shop]", 1) == wanted
    assert editor.places(editor.orders, "shop: Shop", 7) == wanted


def test_an_operation_is_found_in_lists_to_pick_from_and_policies(editor: _Editor) -> None:
    assert editor.places(editor.main, "ListShops:") == [
        ("connector.yaml", 2, True),
        ("connector.yaml", 8, False),
        ("connector.yaml", 11, False),
    ]


def test_a_rename_changes_every_file(editor: _Editor) -> None:
    at = editor.at(editor.main, "[Shop]", 1)
    found = features.to_rename(editor.view, editor.answers, editor.main, at, "Store")
    edit = features.renamed(editor.answers, found, "Store")
    assert edit.changes is not None
    assert {uri.rpartition("/")[2]: len(edits) for uri, edits in edit.changes.items()} == {
        "connector.yaml": 2,
        "orders.yaml": 1,
    }
    for new in ("Order", "string", "a b", ""):
        with pytest.raises(JsonRpcInvalidParams):
            features.to_rename(editor.view, editor.answers, editor.main, at, new)


def test_a_hover_shows_the_meaning_and_what_is_built(editor: _Editor) -> None:
    key = editor.hover(editor.main, "request:")
    assert key.startswith("**request**\n\nThe request line: verb, path and query.")
    assert '"operationId": "ListShops"' in editor.hover(editor.main, "ListShops:")
    assert "\n\n**ListShops** builds:" in editor.hover(editor.main, "operation: ListShops", 13)
    assert editor.hover(editor.main, "name: string").startswith('**name** builds:\n\n```json\n{\n  "type": "string"')
    assert editor.hover(editor.main, "GET /shops").startswith("**request**")
    assert editor.hover(editor.orders, "# What people", 3) == ""


def test_a_hover_shows_what_is_derived_without_a_key(editor: _Editor) -> None:
    shown = editor.hover(editor.main, "description:")
    assert shown.startswith("**description**\n\nWhat the connector does")
    assert "without it" not in shown
    text = MAIN.replace("    response: Order\n", "    response: Order\n    summary: One\n    operationId: GetOrder\n")
    editor.write(editor.main, text)
    assert editor.hover(editor.main, "summary: One").endswith("Here, without it: `Get order`")
    assert editor.hover(editor.main, "operationId: GetOrder").endswith("Without it, the spec builds the same.")


def test_a_hover_over_a_section_of_a_folder_has_its_meaning(editor: _Editor) -> None:
    editor.write(editor.main, MAIN.partition("schemas:")[0])
    spot = next(one for one in editor.view.spots if one.path == ("schemas",))
    assert here(editor.view.target, Variables({}), spot, Reuse()) == ""


def test_the_outline_has_the_operations(editor: _Editor) -> None:
    found = features.document_symbols(editor.view, editor.answers, editor.main)
    assert [one.name for one in found] == ["connector", "actions", "policies", "schemas"]
    assert [(one.name, one.detail) for one in found[1].children or ()] == [
        ("ListShops", "GET /shops"),
        ("GetOrder", "GET /shops/{shop}/orders/{order}"),
    ]
    in_part = features.document_symbols(editor.view, editor.answers, editor.orders)
    assert [one.name for one in in_part] == ["Order", "Line"]


def test_links_lead_to_samples(editor: _Editor) -> None:
    (link,) = features.links(editor.view, editor.answers, editor.orders)
    assert link.target == (editor.main.parent / "samples" / "order.json").as_uri()
    assert link.range.start == types.Position(3, 10)


def test_lenses_stand_above_operations(editor: _Editor) -> None:
    found = features.lenses(editor.view, editor.answers, editor.main)
    assert [(one.range.start.line, one.command.title) for one in found if one.command] == [
        (2, "preview"),
        (2, "call"),
        (5, "preview"),
        (5, "call"),
    ]


def test_folds_follow_the_indentation() -> None:
    assert outline.folds(ORDERS) == [(0, 1, True), (2, 6, False), (4, 6, False)]


def _labels(text: str, section: str | None = None) -> list[str]:
    """Returns the proposals at the mark `|` of a text."""
    before, _, after = text.partition("|")
    lines = before.split("\n")
    return [one.label for one in completed(before + after, len(lines) - 1, len(lines[-1]), section, ())]


def test_keys_are_completed_in_broken_yaml() -> None:
    top = _labels("connector:\n  title: 'Orders\n|")
    assert "auth" in top
    assert "connector" not in top
    keys = _labels("actions:\n  ListOrders:\n    request: GET /orders\n    res|\n")
    assert {"response", "responses", "summary"} <= set(keys)
    assert "request" not in keys
    assert "request" in _labels("ListOrders:\n  |", section="actions")


def test_values_are_completed() -> None:
    assert _labels("auth:\n  type: |")[:2] == _labels("auth: \n  type: a|")[:2]
    assert "apiKey" in _labels("auth:\n  type: |")
    assert _labels("gateway: |") == ["true", "false"]
    assert "datetime" in _labels("schemas:\n  Order:\n    fields:\n      created: |")
    assert _labels("# a comment |") == []


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        ("connector: {|}", {"title", "server"}, {"connector", "request"}),
        ("connector: {title: Orders, ser|, version: 1}", {"server"}, {"title", "version"}),
        ("connector: {title: 'a, {b}', |", {"server"}, {"title"}),
        ("connector: {contact: {name: x, |}, title: y}", {"email", "url"}, {"name", "title"}),
        ("auth: {type: |}", {"apiKey", "oauth2"}, {"header"}),
        ("auth: {type: api|", {"apiKey"}, set()),
        ("schemas:\n  Order: {fields: {created: |}}", {"datetime"}, {"fields"}),
        ("schemas:\n  Order: {fields: {a: string, created: {|}}}", {"type", "description"}, {"datetime"}),
        ("defaults: {parameterOrder: [path, |]}", {"query", "header"}, {"label"}),
        ("schemas:\n  Order:\n    fields:\n      lines: [|]", {"string"}, {"fields"}),
        ("connector: {\n  title: Orders,\n  |\n}", {"server"}, {"title"}),
        ("connector: {title: Orders\nactions:\n  |", {}, {"server"}),
        ("policies:\n  - {|}", {"setHeader"}, set()),
        ("policies:\n  - setHeader: {name: x, |}", {"value"}, {"name"}),
        ("connector: {title: Orders |}", {}, {"server"}),
        ("connector: {title:|}", {}, {"server"}),
        ("connector: {title: x} |", {}, {"server"}),
        ("connector: {title: x, # |", {}, {"server"}),
        ("actions:\n  List:\n    request: GET /a/{|", {}, {"response", "title"}),
        ("actions:\n  List: {request: GET /a, res|}", {"response", "responses"}, {"request"}),
    ],
)
def test_completion_works_in_one_line(text: str, wanted: set[str], unwanted: set[str]) -> None:
    found = set(_labels(text))
    assert set(wanted) <= found
    assert found.isdisjoint(unwanted)
    if not wanted and "actions" not in text:
        assert found == set()


def test_an_item_of_a_list_is_a_value_or_begins_a_mapping() -> None:
    found = set(_labels("schemas:\n  Both:\n    allOf:\n      - |"))
    assert {"string", "fields", "sample"} <= found


def test_names_of_the_spec_are_completed(editor: _Editor) -> None:
    text = MAIN.replace("response: Order", "response: ")
    line = text.split("\n").index("    response: ")
    found = {one.label for one in completed(text, line, 14, None, editor.view.uses) if one.kind == "schema"}
    assert found == {"Shop", "Order", "Line"}


def test_parameters_are_completed_in_a_request(editor: _Editor) -> None:
    text = MAIN + "parameters: {shop: A shop., $top: int}\n"
    editor.write(editor.main, text)
    for begun in ("GET /shops/{", "GET /shops/{sh", "GET /shops/{shop}/orders?$t", "GET /a?x&"):
        line = f"    request: {begun}"
        found = completed(text + line, text.count("\n"), len(line), None, editor.view.uses)
        assert [(one.label, one.kind) for one in found] == [("$top", "parameter"), ("shop", "parameter")]
    assert completed("request: GET /shops ", 0, 20, None, editor.view.uses) == []


def test_a_derived_value_is_shown(editor: _Editor) -> None:
    package = read(editor.view.target, Variables({})).package
    assert package is not None

    def details(text: str, built: Mapping[str, Any]) -> dict[str, str]:
        before, _, after = text.partition("|")
        lines = before.split("\n")
        every = completed(before + after, len(lines) - 1, len(lines[-1]), None, (), built)
        return {one.label: one.detail for one in every if one.kind == "key"}

    at_operation = details(MAIN.replace("    response: [Shop]", "    |"), package.documents)
    assert at_operation["summary"] == "derived: List shops"
    assert at_operation["operationId"] == "derived: ListShops"
    at_parameter = details(MAIN.replace("shop: {dyn", "shop: {|dyn"), package.documents)
    assert at_parameter["summary"] == "derived: Shop"
    assert at_parameter["type"] == "derived: string"
    assert at_parameter["required"] == "derived: true"
    at_field = details(MAIN.replace("fields: {id: string,", "fields: {id: {|},"), package.documents)
    assert (at_field["summary"], at_field["type"]) == ("derived: ID", "derived: string")
    at_connector = details(MAIN.replace("connector: {", "connector: {|, "), package.documents)
    assert at_connector["version"] == "derived: 1.0.0"
    unknown = details(MAIN.replace("    response: [Shop]", "    |"), {})
    assert unknown["summary"] == "derived: derived from the operation's id"


@pytest.mark.parametrize(("unit", "character"), [("utf-8", 8), ("utf-16", 6), ("utf-32", 5)])
def test_places_are_counted_in_the_units_of_the_editor(unit: str, character: int) -> None:
    lines = Lines("a\r\nb: 😀x\u2028y", unit)
    assert lines.point(2, 6) == Point(1, character)
    assert lines.offset(Point(1, character)) == 8
    assert len(lines) == 2
    assert lines.offset(Point(99, 0)) == len(lines.text)
