"""What many parts of a package have in common is said once, and only where it is meant throughout."""

import re
from typing import Any

from tests.support.imports.import_one import import_whole, package_of

ERROR = {"type": "object", "properties": {"code": {"type": "string"}}}
NOT_FOUND = {"description": "There is none.", "schema": {"$ref": "#/definitions/Error"}}
CUSTOMER = {
    "type": "object",
    "properties": {name: {"type": "string"} for name in ("id", "name", "city", "street", "phone")},
}


def sections_of(*operations: dict[str, Any], **further: Any) -> dict[str, str]:
    """The sections of the spec of a connector of operations, each at a path of its own."""
    paths = {
        f"/items/{index}": {"post": {"operationId": f"Op{index}", "summary": f"Op {index}", "responses": {}, **one}}
        for index, one in enumerate(operations, 1)
    }
    info = {"title": "Items", "version": "1.0.0"}
    definition = {"swagger": "2.0", "info": info, "host": "api.contoso.example", "paths": paths, **further}
    content = import_whole(package_of(definition)).files["connector.yaml"].decode()
    parts = re.split(r"(?m)^(\w+):", content)[1:]
    return {name: text.rstrip("\n") for name, text in zip(parts[::2], parts[1::2], strict=True)}


def answers(**responses: Any) -> dict[str, Any]:
    return {"responses": {"200": {"description": "OK"}, **{key.strip("_"): one for key, one in responses.items()}}}


def body(schema: Any, name: str = "body") -> dict[str, Any]:
    return {"parameters": [{"name": name, "in": "body", "required": True, "schema": schema}], **answers()}


def form(consumes: str) -> dict[str, Any]:
    field = {"name": "note", "in": "formData", "type": "string", "required": True, "x-ms-summary": "Note"}
    return {"consumes": [consumes], "parameters": [field], **answers()}


def defaults(*operations: dict[str, Any], **further: Any) -> str:
    return sections_of(*operations, definitions={"Error": ERROR}, **further).get("defaults", "")


def test_failures_that_are_alike_are_said_once() -> None:
    assert "404: {description: There is none., schema: Error}" in defaults(*[answers(_404=NOT_FOUND)] * 3)
    assert "schema" not in defaults(*[answers(_404=NOT_FOUND)] * 2)
    assert "schema" not in defaults(*[answers(_404=NOT_FOUND)] * 3, *[answers(_404={"description": "None."})] * 3)


def test_a_failure_that_differs_says_so() -> None:
    other = {"description": "There is none.", "schema": {"type": "string"}}
    without = {"description": "There is none."}
    operations = (*[answers(_404=NOT_FOUND)] * 6, answers(_404=other), answers(_404=without))
    actions = sections_of(*operations, definitions={"Error": ERROR})["actions"]
    assert "responses: {404: {schema: string}}" in actions
    assert "responses: {404: {schema: null}}" in actions


def test_examples_are_alike_only_where_all_have_them() -> None:
    with_example = {**NOT_FOUND, "examples": {"application/json": {"code": "none"}}}
    assert "examples" in defaults(*[answers(_404=with_example)] * 4)
    assert "examples" not in defaults(*[answers(_404=with_example)] * 4, answers(_404=NOT_FOUND))


def test_a_shared_response_that_most_have() -> None:
    shared = {"responses": {"Missing": {"description": "There is none."}}}
    told = sections_of(*[answers(_404={"$ref": "#/responses/Missing"})] * 2, **shared)
    assert "responses: {404: {$ref: Missing}}" in told["defaults"]
    assert told["actions"].count("responses: [404]") == 2


def test_the_name_of_a_body_is_a_default_where_two_have_it() -> None:
    assert "body" not in defaults(body(ERROR, "order"))
    assert "body: {name: order}" in defaults(body(ERROR, "order"), body(ERROR, "order"))


def test_a_list_of_statuses_is_one_line() -> None:
    long = "There is no order of this number, or it is another customer's, and so it isn't shown."
    told = sections_of(answers(_401={"description": "Unauthorized"}, _404={"description": "There is none."}))
    assert "responses: [401, {404: There is none.}]" in told["actions"]
    told = sections_of(answers(_401={"description": "Unauthorized"}, _404={"description": long}))
    assert f'responses: {{401: {{}}, 404: "{long}"}}' in told["actions"]


def test_form_fields_of_any_type() -> None:
    told = sections_of(form("application/x-www-form-urlencoded"), form("multipart/form-data"))
    assert told["actions"].count("form: {note!: string}") == 2
    assert told["actions"].count("consumes") == 1
    assert "consumes: [multipart/form-data]" in told["actions"]


def test_a_shared_file_stands_under_form() -> None:
    upload = {
        "consumes": ["multipart/form-data"],
        "parameters": [{"$ref": "#/parameters/Content"}],
        **answers(),
    }
    content = {"name": "content", "in": "formData", "type": "file", "required": True, "x-ms-summary": "Content"}
    told = sections_of(upload, parameters={"Content": content})
    assert told["parameters"] == "\n  content: {shared: Content, type: file}"
    assert told["actions"].split("\n")[2:] == [
        "    request: POST /items/1",
        "    summary: Op 1",
        "    form: {content!: {}}",
    ]


def names(*operations: dict[str, Any]) -> list[str]:
    return re.findall(r"(?m)^  (\w+):$", sections_of(*operations).get("schemas", ""))


def holder(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def test_a_schema_is_called_by_what_it_is() -> None:
    many = {"type": "array", "items": CUSTOMER}
    assert names(body(CUSTOMER), body(CUSTOMER), body(CUSTOMER)) == ["Op1Body"]
    assert names(body(holder(customers=many)), body(holder(customer=CUSTOMER, x={})), body(CUSTOMER)) == ["Customer"]
    ref = {"type": "array", "items": CUSTOMER}
    assert names(body(holder(statuses=ref)), body(holder(statuses=ref, x={})), body(holder(y={}, statuses=ref))) == [
        "Status"
    ]


def test_of_two_schemas_with_one_name_the_other_says_what_it_is_in() -> None:
    other = holder(**{name: {"type": "integer"} for name in ("a", "b", "c", "d", "e")})
    first = [body(holder(data=CUSTOMER, **{x: {}})) for x in "xyz"]
    second = [body(holder(data=other, **{x: {}})) for x in "uvw"]
    assert names(*first, *second) == ["Data", "Op4Data"]
