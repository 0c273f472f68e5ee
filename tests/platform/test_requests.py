"""The exact request of an operation, and all that is wrong with the values for one."""

import contextlib
from typing import Any

import pytest

from connector_builder.package.read import read_definition
from connector_builder.platform.requests import Given, RawBody, Refused, Request, find_operation, request_of
from connector_builder.platform.swagger.operations import operations
from tests.support.corpus import PARTS, connectors, needs_corpus

DEFINITION: dict[str, Any] = {
    "swagger": "2.0",
    "info": {"title": "Contoso Orders", "version": "1.0"},
    "host": "api.contoso.example",
    "basePath": "/v1/",
    "schemes": ["https"],
    "parameters": {"Shop": {"name": "shop", "in": "path", "type": "string", "required": True}},
    "definitions": {
        "Line": {
            "type": "object",
            "required": ["sku", "unit"],
            "properties": {
                "sku": {"type": "string"},
                "quantity": {"type": "integer", "minimum": 1, "default": 1},
                "unit": {"type": "string", "enum": ["piece"]},
            },
        },
        "Order": {
            "type": "object",
            "required": ["customer", "meta"],
            "properties": {
                "customer": {
                    "type": "object",
                    "required": ["name"],
                    "properties": {"name": {"type": "string"}, "mail": {"type": "string", "format": "email"}},
                },
                "lines": {"type": "array", "items": {"$ref": "#/definitions/Line"}},
                "tags": {"type": "array", "items": {"type": "string"}},
                "due": {"type": "string", "format": "date-time"},
                "urgent": {"type": "boolean"},
                "odd.name": {"type": "number"},
                "extra": {"type": "object", "additionalProperties": {"type": "integer"}},
                "meta": {
                    "type": "object",
                    "x-ms-visibility": "internal",
                    "required": ["source"],
                    "properties": {"source": {"type": "string", "default": "connector"}, "note": {"type": "string"}},
                },
            },
        },
    },
    "paths": {
        "/shops/{shop}/orders/{id}": {
            "parameters": [{"$ref": "#/parameters/Shop"}],
            "get": {
                "operationId": "GetOrder",
                "produces": ["application/json", "text/plain"],
                "parameters": [
                    {"name": "id", "in": "path", "type": "string", "required": True, "x-ms-url-encoding": "double"},
                    {"name": "$expand", "in": "query", "type": "array", "items": {"type": "string", "enum": ["a", "b"]}},
                    {"name": "ids", "in": "query", "type": "array", "collectionFormat": "multi", "items": {"type": "integer"}},
                    {"name": "raw", "in": "query", "type": "boolean"},
                    {"name": "size", "in": "query", "type": "integer", "default": 50},
                    {"name": "api-version", "in": "query", "type": "string", "required": True, "default": "2026-01-31"},
                    {"name": "X-Mode", "in": "header", "type": "string", "required": True, "enum": ["full"]},
                    {"name": "id", "in": "query", "type": "string"},
                ],
                "responses": {},
            },
        },
        "/orders": {
            "post": {
                "operationId": "CreateOrder",
                "parameters": [
                    {"name": "order", "in": "body", "required": True, "schema": {"$ref": "#/definitions/Order"}},
                    {"name": "notify", "in": "query", "type": "boolean"},
                ],
                "responses": {},
            }
        },
        "/photos": {
            "post": {
                "operationId": "SendPhoto",
                "consumes": ["multipart/form-data"],
                "parameters": [
                    {"name": "photo", "in": "formData", "type": "file", "required": True},
                    {"name": "title", "in": "formData", "type": "string"},
                ],
                "responses": {},
            }
        },
        "/login": {
            "post": {
                "operationId": "SendForm",
                "consumes": ["application/x-www-form-urlencoded"],
                "parameters": [{"name": "words", "in": "formData", "type": "string"}],
                "responses": {},
            }
        },
        "/blobs": {
            "put": {
                "operationId": "PutBlob",
                "parameters": [
                    {"name": "content", "in": "body", "required": True, "schema": {"type": "string", "format": "binary"}}
                ],
                "responses": {},
            }
        },
        "/anything": {
            "post": {
                "operationId": "SendAnything",
                "parameters": [{"name": "body", "in": "body", "schema": {"type": "object"}}],
                "responses": {},
            }
        },
    },
}  # fmt: skip
PATH = ("paths", "/shops/{shop}/orders/{id}", "get", "parameters")
ORDER = ("definitions", "Order")


def read(name: str) -> bytes:
    if name == "missing.png":
        raise ValueError("can't be read: there is no such file")
    return f"<{name}>".encode()


def built(operation: str, *values: str, raw: RawBody | None = None, definition: Any = DEFINITION) -> Request:
    given = [Given(*value.split("=", 1)) for value in values]
    return request_of(definition, find_operation(definition, operation), given, read, raw)


def refused(operation: str, *values: str, raw: RawBody | None = None) -> list[tuple[str, str | None]]:
    with pytest.raises(Refused) as caught:
        built(operation, *values, raw=raw)
    return [(one.message, one.help) for one in caught.value.problems]


def test_path_query_headers_defaults_and_constants() -> None:
    request = built("GetOrder", "shop=a b/c", "path:id=x/y%", "$expand=a", "$expand=b", "ids=1", "ids=2", "raw=TRUE")
    assert request.verb == "GET"
    assert request.url == (
        "https://api.contoso.example/v1/shops/a%20b%2Fc/orders/x%252Fy%2525"
        "?$expand=a%2Cb&ids=1&ids=2&raw=true&api-version=2026-01-31"
    )
    assert request.headers == (("Accept", "application/json, text/plain"), ("X-Mode", "full"))
    assert request.body is None


def test_an_optional_default_is_not_sent_but_a_value_is() -> None:
    assert "size=5&" in built("GetOrder", "shop=a", "path:id=b", "size=5").target
    assert "size=" not in built("GetOrder", "shop=a", "path:id=b").target


def test_the_dollar_of_odata_may_be_left_out() -> None:
    assert "?$expand=a&" in built("GetOrder", "shop=a", "path:id=b", "expand=a").target


def test_all_problems_at_once_each_with_its_place() -> None:
    given = [Given("id", "x"), Given("$expand", "c"), Given("ids", "one"), Given("pages", "1"), Given("siz", "7")]
    with pytest.raises(Refused) as caught:
        request_of(DEFINITION, find_operation(DEFINITION, "GetOrder"), given, read)
    assert [(one.message, one.pointer, one.help) for one in caught.value.problems] == [
        ("'id' may be in path or query", None, "write path:id=… or query:id=…"),
        (
            "the operation has no input 'pages'",
            None,
            "its inputs are 'shop', 'id', '$expand', 'ids', 'raw', 'size', 'api-version', 'X-Mode', 'id'",
        ),
        ("the operation has no input 'siz'", None, "did you mean 'size'?"),
        ("'shop' is required", ("parameters", "Shop"), "write shop=…"),
        ("'id' is required", (*PATH, 0), "write path:id=…"),
        ("'$expand[0]' must be one of 'a', 'b', not 'c'", (*PATH, 1), None),
        ("'ids' must be a whole number, not 'one'", (*PATH, 2), None),
    ]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("", "'shop' is a part of the path, which can't be empty"),
        ("..", "'shop' can't be '..', which leads to another path"),
    ],
)
def test_no_value_leads_to_another_path(value: str, message: str) -> None:
    assert refused("GetOrder", f"shop={value}", "path:id=1") == [(message, None)]


@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "é"])
def test_no_value_adds_a_header(value: str) -> None:
    definition = {
        **DEFINITION,
        "paths": {"/x": {"get": {"operationId": "X", "parameters": [{"name": "X-A", "in": "header", "type": "string"}]}}},
    }  # fmt: skip
    with pytest.raises(Refused) as caught:
        request_of(definition, find_operation(definition, "X"), [Given("X-A", value)], read)
    assert [one.message for one in caught.value.problems] == ["'X-A' is a header, which has printable ASCII only"]


def test_unknown_operations_have_suggestions() -> None:
    assert refused("GetOrdr") == [("there is no operation 'GetOrdr'", "did you mean 'GetOrder'?")]
    assert refused("Zzz") == [
        (
            "there is no operation 'Zzz'",
            "the operations are GetOrder, CreateOrder, SendPhoto, SendForm, PutBlob, SendAnything",
        )
    ]


def test_a_body_of_fields_has_the_defaults_of_its_required_fields() -> None:
    request = built(
        "CreateOrder",
        "notify=false",
        "customer.name=Ann",
        "lines[].sku=A1",
        "lines[].quantity=2",
        "lines[].sku=B2",
        "tags=new",
        "tags=red",
        "due=2026-01-31T09:00:00Z",
        "urgent=true",
        "['odd.name']=1.5",
        "extra.answer=42",
    )
    assert request.target == "/orders?notify=false"
    assert request.headers == (("Accept", "application/json"), ("Content-Type", "application/json"))
    assert request.body == (
        b'{"customer":{"name":"Ann"},"lines":[{"sku":"A1","quantity":2,"unit":"piece"},{"sku":"B2","unit":"piece"}],'
        b'"tags":["new","red"],"due":"2026-01-31T09:00:00Z","urgent":true,"odd.name":1.5,"extra":{"answer":42},'
        b'"meta":{"source":"connector"}}'
    )


def test_items_by_index_and_a_field_as_json() -> None:
    request = built("CreateOrder", 'customer={"name":"Ann"}', "lines[0].sku=A", "lines[1].sku=B", 'tags=["x"]')
    assert request.body is not None
    assert request.body.startswith(
        b'{"customer":{"name":"Ann"},"lines":[{"sku":"A","unit":"piece"},{"sku":"B","unit":"piece"}],"tags":["x"]'
    )


def test_the_whole_body_is_a_value_too() -> None:
    request = built("CreateOrder", 'order={"customer":{"name":"Ann"}}')
    assert request.body == b'{"customer":{"name":"Ann"},"meta":{"source":"connector"}}'


def test_what_is_wrong_with_a_body() -> None:
    assert refused(
        "CreateOrder",
        "customer.mail=nobody",
        "customer.nam=Ann",
        "lines[0].quantity=0",
        "lines[2].sku=A",
        "due=tomorrow",
        "tags.x=1",
        "urgent=yes",
    ) == [
        ("'customer' has no field 'nam'", "did you mean 'name'?"),
        ("'tags' has no field 'x'", None),
        ("'customer.mail' must be a mail address, not 'nobody'", None),
        ("'lines[0].quantity' must be at least 1, not 0", None),
        ("'lines[2].sku' skips the item [1]", "give the items in their order, or use --body FILE"),
        ("'due' must be a time with its zone, such as 2026-01-31T09:00:00Z, not 'tomorrow'", None),
        ("'urgent' must be true or false, not 'yes'", None),
        ("'customer.name' is required", None),
        ("'lines[0].sku' is required", None),
    ]


def test_no_field_has_two_values() -> None:
    assert refused("CreateOrder", "customer.name=A", "customer.name=B") == [
        ("'customer.name' has two values", "leave one of them out")
    ]
    assert refused("CreateOrder", 'customer={"name":"A"}', "customer.name.x=B")[0] == (
        "'customer.name' has no field 'x'",
        None,
    )
    assert refused("GetOrder", "shop=a", "shop=b", "path:id=1") == [("'shop' has two values", "leave one of them out")]


def test_a_missing_body_names_what_it_requires() -> None:
    assert refused("CreateOrder") == [("'customer.name' is required", None)]


def test_a_body_from_a_file_goes_out_as_it_is() -> None:
    content = b'{ "customer": {"name": "Ann"}, "meta": {"source": "x"}, "more": 1 }\n'
    assert built("CreateOrder", raw=RawBody(content)).body == content
    assert refused("CreateOrder", raw=RawBody(b'{"customer": {"name": 5}}')) == [
        ("'customer.name' must be a text, not 5", None),
    ]
    assert refused("CreateOrder", raw=RawBody(b"{")) == [
        ("the body isn't JSON at line 1, column 2", "name its media type with --content-type")
    ]
    xml = built("CreateOrder", raw=RawBody(b"<order/>", "application/xml"))
    assert (xml.body, dict(xml.headers)["Content-Type"]) == (b"<order/>", "application/xml")


def test_an_operation_without_a_body_takes_none() -> None:
    assert refused("GetOrder", "shop=a", "path:id=1", raw=RawBody(b"{}"))[0][0] == "the operation takes no body"


def test_a_form_with_a_file() -> None:
    request = built("SendPhoto", "photo=@pictures/cat.png", "title=My cat")
    media = dict(request.headers)["Content-Type"]
    boundary = media.removeprefix("multipart/form-data; boundary=")
    assert (
        request.body
        == (
            f'--{boundary}\r\nContent-Disposition: form-data; name="photo"; filename="cat.png"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n<pictures/cat.png>\r\n"
            f'--{boundary}\r\nContent-Disposition: form-data; name="title"\r\n\r\nMy cat\r\n--{boundary}--\r\n'
        ).encode()
    )


def test_files_that_are_none() -> None:
    assert refused("SendPhoto", "photo=cat.png") == [("'photo' is a file", "write it like name=@photo.png")]
    assert refused("SendPhoto", "photo=@missing.png") == [("'photo' can't be read: there is no such file", None)]


def test_an_encoded_form() -> None:
    request = built("SendForm", "words=a b&c=é")
    assert request.body == b"words=a+b%26c%3D%C3%A9"
    assert dict(request.headers)["Content-Type"] == "application/x-www-form-urlencoded"


def test_a_binary_body_is_a_file() -> None:
    request = built("PutBlob", "content=@a.bin")
    assert (request.body, dict(request.headers)["Content-Type"]) == (b"<a.bin>", "application/octet-stream")


def test_a_body_without_fields_takes_any() -> None:
    assert built("SendAnything", "a.b=1", "c=text", "d[]=true").body == b'{"a":{"b":1},"c":"text","d":[true]}'
    assert built("SendAnything").body is None


def test_a_definition_without_a_server() -> None:
    with pytest.raises(Refused) as caught:
        built("SendAnything", definition={**DEFINITION, "host": "evil.example/x?"})
    assert [one.message for one in caught.value.problems] == ["the host 'evil.example/x?' isn't the name of a server"]


def test_http_is_used_only_where_there_is_no_https() -> None:
    assert built("SendAnything", definition={**DEFINITION, "schemes": ["http"]}).base == "http://api.contoso.example/v1"
    assert built("SendAnything", definition={**DEFINITION, "schemes": ["http", "https"]}).base.startswith("https:")


@needs_corpus
@pytest.mark.parametrize("part", PARTS)
def test_published_operations_are_called_or_refused(part: int) -> None:
    for folder in connectors(part):
        definition = read_definition(folder / "apiDefinition.swagger.json").package
        assert definition is not None
        for operation in operations(definition.definition):
            with contextlib.suppress(Refused):
                assert request_of(definition.definition, operation, [], read).base.startswith("http")
