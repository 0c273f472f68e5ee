"""`connector-builder view`."""

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Run = Callable[..., Result]


def test_text_shows_fields_tokens_function_and_tool(run: Run, here: Path) -> None:
    (here / "orders.yaml").write_text(
        "connector: {title: Orders, description: Reads orders., version: 1.0.0, server: https://api.contoso.example}\n"
        "auth: {type: apiKey, header: X-Key}\n"
        "actions:\n"
        "  GetOrder:\n"
        "    request: GET /orders/{id}?lines\n"
        "    description: Returns an order.\n"
        "    parameters: {id: The number of the order., lines: {enum: [all, none]}}\n"
        "    response: {fields: {number: int}}\n",
        encoding="utf-8",
    )
    outcome = run("view", "orders.yaml")
    assert outcome.exit_code == 0
    assert outcome.stdout == (
        "Orders 1.0.0\n"
        "  Create a connection for Orders. [Create new]\n"
        "    API Key* (password)\n"
        "\n"
        "Get order (GetOrder, action)\n"
        "    ID*                                text\n"
        "  advanced parameters:\n"
        "    Lines                              combobox: all, none\n"
        "  dynamic content, from 200:\n"
        "    Body                               object\n"
        "    Number                             integer\n"
        "  Power Apps: GetOrder(id, {lines: Text}) -> Record\n"
        "  agent: fills in id\n"
    )


def test_json_has_everything_of_one_operation(run: Run, spec: Path) -> None:
    outcome = run("view", str(spec), "--format", "json", "--operation", "ListOrders")
    [connector] = json.loads(outcome.stdout)["connectors"]
    assert connector["source"] == "specs/orders.yaml"
    assert [one["id"] for one in connector["operations"]] == ["ListOrders"]
    assert connector["operations"][0]["response"] == "200"


def test_an_operation_that_isnt_there_is_misuse(run: Run, spec: Path) -> None:
    outcome = run("view", str(spec), "--operation", "ListOrder")
    assert outcome.exit_code == 2
    assert outcome.stderr == "error: there is no operation 'ListOrder'\nhelp: did you mean 'ListOrders'?\n"


def test_a_broken_spec_is_shown_as_far_as_it_goes(run: Run, spec: Path) -> None:
    spec.write_text(spec.read_text(encoding="utf-8") + "\ntriggers: 3\n", encoding="utf-8")
    outcome = run("view", str(spec))
    assert outcome.exit_code == 0
    assert "ListOrders" in outcome.stdout
    said = "has errors, so this may not be all of it: 'connector-builder validate specs/orders.yaml' shows them\n"
    assert outcome.stderr == f"specs/orders.yaml {said}"
    spec.write_text("connector: [", encoding="utf-8")
    assert run("view", str(spec)).exit_code == 1


def test_titles_from_strangers_are_escaped(run: Run, here: Path) -> None:
    get = {"operationId": "A", "summary": "\x1b[31m##[error]", "responses": {}}
    text = json.dumps({"swagger": "2.0", "info": {"title": "\x1b[2J"}, "paths": {"/a": {"get": get}}})
    (here / "a.swagger.json").write_text(text, encoding="utf-8")
    outcome = run("view", "a.swagger.json")
    assert "\x1b" not in outcome.stdout
    assert "##[" not in outcome.stdout
