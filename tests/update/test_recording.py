"""Recording an answer into a spec: where the sample goes, and that everything else stays to the byte."""

import json
from pathlib import Path
from typing import Any

import pytest

from connector_builder.language.update import NotUpdatable
from connector_builder.language.update.recording import Recorder
from connector_builder.source.folder import InMemory

MAIN = """\
# The shop's own API.
connector:
  title: Contoso Orders
  description: Lists the orders of a Contoso shop.
  server: https://${HOST}/v1
auth: {type: none}
schemas:
  Order:   # as the shop has it
    sample: samples/order.json
  Note: {fields: {text: string}}
  Plain: {type: object, properties: {a: {type: string}}}
actions:
  ListOrders:
    request: GET /orders     # newest first
    description: Lists the orders.
    response:
      sample: samples/list-orders.json    # recorded
      fields: {"value[].id": The number of the order.}
  GetOrder: {request: "GET /orders/{order}", description: Returns an order., response: Order}
  AllOrders:
    request: GET /all
    description: Returns all orders.
    response: [Order]
  GetState:
    request: GET /state
    description: Returns the state.

    # What people may do about it
    responses: {404: There is none.}
    visibility: advanced
  GetCount:
    request: GET /count
    description: Returns the count.
    response: {count: int}
  GetInline:
    request: GET /inline
    description: Returns something.
    response: {sample: {a: 1}, description: Something.}
  GetNote: {request: GET /note, description: Returns a note., response: Note}
  GetPlain: {request: GET /plain, description: Returns a plain one., response: Plain}
  GetWord: {request: GET /word, description: Returns a word., response: object}
"""
FILES = {
    "samples/order.json": '{\n\t"id": "1",\n\t"state": "open"\n}\n',
    "samples/list-orders.json": '{"value": [{"id": "1"}], "count": 1}\n',
    "actions/more.yaml": "ListMore:\r\n  request: GET /more\r\n  description: Lists more.\r\n  responses: [{403: You may not.}]\r\n",
}


def recorded(operation: str, status: int, sample: Any, spec: str = MAIN) -> dict[str, str]:
    """Returns the changed files, each with its lines that are new."""
    contents = {"connector.yaml": spec.encode(), **{name: text.encode() for name, text in FILES.items()}}
    changed = Recorder(InMemory(Path("spec"), contents), "connector.yaml").recorded(operation, status, sample)
    return {name: content.decode() for name, content in changed.items()}


def edited(old: str, new: str, spec: str = MAIN) -> str:
    assert spec.count(old) == 1
    return spec.replace(old, new)


def test_the_file_of_a_sample_is_replaced_in_its_own_order_and_layout() -> None:
    sample = {"count": 2, "value": [{"id": "7", "new": True}]}
    assert recorded("ListOrders", 200, sample) == {
        "samples/list-orders.json": '{\n  "value": [\n    {\n      "id": "7",\n      "new": true\n    }\n  ],\n  "count": 2\n}\n'
    }


def test_the_same_answer_changes_nothing() -> None:
    assert recorded("ListOrders", 200, {"count": 1, "value": [{"id": "1"}]}) == {}


def test_the_sample_of_a_schema_of_the_spec_is_that_of_the_operation() -> None:
    expected = {"samples/order.json": '{\n\t"id": "2",\n\t"state": "done",\n\t"total": 5\n}\n'}
    assert recorded("GetOrder", 200, {"total": 5, "state": "done", "id": "2"}) == expected
    assert recorded("AllOrders", 200, [{"total": 5, "state": "done", "id": "2"}]) == expected


def test_a_response_that_is_not_described_becomes_a_sample() -> None:
    assert recorded("GetState", 200, {"on": True}) == {
        "samples/get-state.json": '{\n  "on": true\n}\n',
        "connector.yaml": edited(
            "    visibility: advanced\n", "    visibility: advanced\n    response: {sample: samples/get-state.json}\n"
        ),
    }


def test_another_status_becomes_that_response() -> None:
    assert recorded("GetState", 201, {"on": True})["connector.yaml"] == edited(
        "    visibility: advanced\n",
        "    visibility: advanced\n    response: {status: 201, sample: samples/get-state.json}\n",
    )
    assert recorded("GetState", 404, {"error": "x"}) == {
        "samples/get-state-404.json": '{\n  "error": "x"\n}\n',
        "connector.yaml": edited(
            "{404: There is none.}", "{404: {description: There is none., sample: samples/get-state-404.json}}"
        ),
    }
    assert recorded("GetState", 500, {"error": "x"})["connector.yaml"] == edited(
        "{404: There is none.}", "{404: There is none., 500: {sample: samples/get-state-500.json}}"
    )
    assert recorded("ListOrders", 202, {"later": True})["connector.yaml"] == edited(
        '      fields: {"value[].id": The number of the order.}\n',
        '      fields: {"value[].id": The number of the order.}\n    responses: {202: {sample: samples/list-orders.json}}\n',
    ).replace(
        "responses: {202: {sample: samples/list-orders.json}}", "responses: {202: {sample: samples/list-orders-2.json}}"
    )


def test_a_list_of_responses_in_a_file_of_its_own_with_its_line_ends() -> None:
    assert recorded("ListMore", 429, {"wait": 5})["actions/more.yaml"] == FILES["actions/more.yaml"].replace(
        "[{403: You may not.}]", "[{403: You may not.}, {429: {sample: samples/list-more-429.json}}]"
    )


def test_fields_stay_beside_the_sample() -> None:
    changed = recorded("GetCount", 200, {"count": 3, "more": "x"})
    assert changed["connector.yaml"] == edited(
        "    response: {count: int}\n", "    response: {sample: samples/get-count.json, fields: {count: int}}\n"
    )
    note = recorded("GetNote", 200, {"text": "a", "more": "x"})
    assert note["connector.yaml"] == edited(
        "  Note: {fields: {text: string}}\n", "  Note: {sample: samples/get-note.json, fields: {text: string}}\n"
    )


def test_a_sample_in_the_spec_moves_into_a_file() -> None:
    assert recorded("GetInline", 200, {"a": 2})["connector.yaml"] == edited(
        "{sample: {a: 1},", "{sample: samples/get-inline.json,"
    )


def test_a_type_word_becomes_a_sample() -> None:
    assert recorded("GetWord", 200, {"a": 2})["connector.yaml"] == edited(
        "response: object}", "response: {sample: samples/get-word.json}}"
    )


def test_a_spec_of_one_file_has_the_sample_in_it() -> None:
    spec = "\n".join(
        line for line in MAIN.splitlines() if ("samples/" not in line and "Order" not in line) or "title" in line
    )
    spec = "connector:\n  title: Contoso\n  description: Lists.\n  server: https://api.contoso.example\n"
    spec += "auth: {type: none}\nactions:\n  GetA:\n    request: GET /a\n    description: Returns a.\n    response: {sample: {a: 1}}\n"
    changed = Recorder(InMemory(Path("spec"), {"a.yaml": spec.encode()}), "a.yaml").recorded("GetA", 200, {"a": [1.5]})
    assert changed == {"a.yaml": spec.replace("{a: 1}", "{a: [1.5]}").encode()}


@pytest.mark.parametrize(
    ("operation", "message"),
    [
        ("GetPlain", "'Plain' is described without a sample, in another way"),
        ("GetNothing", "the spec doesn't contain 'GetNothing' as an action or a trigger"),
    ],
)
def test_where_there_is_no_place_nothing_is_recorded(operation: str, message: str) -> None:
    with pytest.raises(NotUpdatable, match=message):
        recorded(operation, 200, {"a": 1})


def test_a_spec_with_errors_gets_no_sample() -> None:
    with pytest.raises(NotUpdatable, match="the spec has errors, so no answer is recorded"):
        recorded("GetWord", 200, {}, edited("response: object}", "respons: object}"))


def test_a_sample_that_breaks_the_fields_is_not_recorded() -> None:
    with pytest.raises(NotUpdatable) as caught:
        recorded("GetCount", 200, {"count": "many"})
    assert caught.value.findings[0].message == "the spec with 'GetCount 200' would have errors, so nothing is written"


def test_comments_that_would_go_stop_it() -> None:
    spec = edited("    response: {count: int}\n", "    response:\n      count: int    # of all\n")
    with pytest.raises(NotUpdatable, match="the layout of 'GetCount' has no place for a sample"):
        recorded("GetCount", 200, {"count": 1}, spec)


def test_samples_are_json() -> None:
    assert json.loads(recorded("GetWord", 200, {"é": "\u2028"})["samples/get-word.json"]) == {"é": "\u2028"}
