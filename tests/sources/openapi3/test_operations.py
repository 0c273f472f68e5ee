"""Paths, ids, inputs and answers of OpenAPI 3 become those of a connector."""

from typing import Any

import pytest

from connector_builder.sources.choosing import Wishes
from connector_builder.sources.names import Named, operation_ids
from tests.support.imports.openapi import converted, operation, told

OK = {"200": {"description": "OK"}}


def parameters(text: str) -> tuple[list[dict[str, Any]], list[str]]:
    found, said = operation(f"parameters:\n  - {text}")
    return found.get("parameters", []), said


def test_an_operation_without_losses() -> None:
    found, said = operation(
        "summary: List orders.\ndescription: |\n  Lists **all** [orders](https://x.example).\ntags: [Orders]"
    )
    assert found == {
        "operationId": "Do",
        "summary": "List orders",
        "description": "Lists all orders.",
        "tags": ["Orders"],
        "responses": OK,
    }
    assert said == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{name: top, in: query, schema: {type: integer}}", {"name": "top", "in": "query", "required": False, "type": "integer", "x-ms-summary": "Top"}),
        ("{name: Authorization, in: header, schema: {type: string}}", None),
        ("{name: state, in: query, required: true, description: The state., schema: {enum: [open], x-ms-visibility: advanced}}",
         {"name": "state", "in": "query", "description": "The state.", "required": True, "type": "string", "enum": ["open"], "x-ms-summary": "State", "x-ms-visibility": "advanced"}),
        ("{name: x, in: query, schema: {title: The size, anyOf: [{type: integer}, {type: 'null'}]}}", {"name": "x", "in": "query", "required": False, "type": "integer", "x-ms-summary": "The size"}),
    ],
)  # fmt: skip
def test_parameters_that_mean_the_same(text: str, expected: dict[str, Any] | None) -> None:
    assert parameters(text) == ([expected] if expected else [], [])


@pytest.mark.parametrize(
    ("text", "names", "said"),
    [
        ("{name: tag, in: query, schema: {type: array, items: {type: string}}}", ["tag"], ["OneValue: 'tag' takes several values by repetition: a flow can send one"]),
        ("{name: ids, in: query, style: pipeDelimited, explode: false, schema: {type: array, items: {type: string}}}", ["ids"], ["ListAsText: 'ids' is a list: people write its values as one text"]),
        ("{name: f, in: query, style: deepObject, schema: {type: object, properties: {a: {type: string}, b: {type: integer}}}}", ["f[a]", "f[b]"], ["ObjectAsParameters: each field of 'f' becomes a parameter"]),
        ("{name: f, in: query, schema: {type: object, properties: {a: {type: string}}}}", ["a"], ["ObjectAsParameters: each field of 'f' becomes a parameter"]),
        ("{name: f, in: query, content: {application/json: {schema: {type: object}}}}", ["f"], ["ValueAsText: 'f' has application/json in it: people write it as text"]),
        ("{name: f, in: cookie, schema: {type: string}}", [], ["CookieLeftOut: connectors can't send the cookie 'f'"]),
        ("{name: f, in: querystring, schema: {type: string}}", [], ["ParameterLeftOut: the parameter 'f' isn't in path, query or header: it is left out"]),
        ("{$ref: '#/components/parameters/none'}", [], ["SourceReferenceNotFound: this reference to a parameter leads nowhere: it is left out"]),
    ],
)  # fmt: skip
def test_parameters_that_change(text: str, names: list[str], said: list[str]) -> None:
    found, changes = parameters(text)
    assert ([one["name"] for one in found], changes) == (names, said)


def test_the_parameters_of_a_path_are_those_of_its_operations() -> None:
    result = converted(
        "paths:\n  /orders/{id}/{part}:\n    parameters: [{name: id, in: path, schema: {type: integer}}, {name: x, in: query, schema: {type: string}}]\n"
        "    get:\n      operationId: Do\n      parameters: [{name: x, in: query, required: true, schema: {type: integer}}, {name: old, in: path, schema: {type: string}}]\n"
        '      responses: {"200": {description: OK}}\n'
    )
    found = result.definition.data["paths"]["/orders/{id}/{part}"]["get"]["parameters"]
    assert [(one["name"], one["in"], one["required"], one["type"]) for one in found] == [
        ("id", "path", True, "integer"),
        ("x", "query", True, "integer"),
        ("part", "path", True, "string"),
    ]
    assert told(result) == [
        "ParameterLeftOut: 'old' isn't in the path '/orders/{id}/{part}': it is left out",
        "ParameterAdded: 'part' in the path isn't described: it becomes a text",
    ]


@pytest.mark.parametrize(
    ("content", "expected", "consumes"),
    [
        ("{application/json: {schema: {type: string}}}", [("body", "body", None)], None),
        ("{application/merge-patch+json: {schema: {type: object}}}", [("body", "body", None)], ["application/merge-patch+json"]),
        ("{application/x-www-form-urlencoded: {schema: {type: object, properties: {a: {type: string}, b: {type: object, properties: {c: {type: string}}}}}}}", [("a", "formData", "string"), ("b[c]", "formData", "string")], ["application/x-www-form-urlencoded"]),
        ("{multipart/form-data: {schema: {type: object, properties: {f: {type: string, format: binary}, n: {type: integer}}}}}", [("f", "formData", "file"), ("n", "formData", "integer")], ["multipart/form-data"]),
        ("{application/octet-stream: {schema: {type: string, format: binary}}}", [("body", "body", None)], ["application/octet-stream"]),
        ("{'*/*': {schema: {type: object}}}", [("body", "body", None)], None),
        ("{}", [], None),
    ],
)  # fmt: skip
def test_bodies(content: str, expected: list[tuple[str, str, str | None]], consumes: list[str] | None) -> None:
    found = converted(
        f"paths:\n  /orders:\n    post:\n      operationId: Do\n      requestBody: {{content: {content}}}\n      responses: {{}}\n"
    ).definition.data["paths"]["/orders"]["post"]
    assert [(one["name"], one["in"], one.get("type")) for one in found.get("parameters", [])] == expected
    assert found.get("consumes") == consumes


def test_a_body_of_a_get_is_sent_by_a_policy() -> None:
    result = converted(
        "paths:\n  /orders:\n    get:\n      operationId: Do\n      requestBody: {content: {application/json: {schema: {type: object}}}}\n      responses: {}\n"
    )
    assert list(result.definition.data["paths"]) == ["/orders/Do"]
    assert list(result.definition.data["paths"]["/orders/Do"]) == ["post"]
    assert result.properties is not None
    assert result.properties.data["properties"]["policyTemplateInstances"] == [
        {
            "templateId": "routerequesttoendpoint",
            "title": "Route Do",
            "parameters": {
                "x-ms-apimTemplateParameter.newPath": "/orders",
                "x-ms-apimTemplateParameter.httpMethod": "GET",
                "x-ms-apimTemplate-operationName": ["Do"],
            },
        }
    ]
    assert told(result) == ["BodyOnGet: 'Do' sends a body by GET: the connector calls POST, and a policy GET"]


JSON = "content: {application/json: {schema: {type: string}}}"


@pytest.mark.parametrize(
    ("responses", "expected", "said"),
    [
        (f'{{"200": {{description: Yes., {JSON}}}}}', {"200": {"description": "Yes.", "schema": {"type": "string"}}}, []),
        ('{"204": {}}', {"204": {"description": "No Content"}}, []),
        (f'{{2XX: {{description: Yes., {JSON}}}}}', {"200": {"description": "Yes.", "schema": {"type": "string"}}}, []),
        (f'{{default: {{description: Yes., {JSON}}}}}', {"200": {"description": "Yes.", "schema": {"type": "string"}}}, ["StatusMoved: the fields of 'Do' are written under 200: makers see none under default"]),
        (f'{{"202": {{description: Yes., {JSON}}}}}', {"202": {"description": "Yes.", "schema": {"type": "string"}}}, []),
        (f'{{"202": {{description: Yes., {JSON}}}, "404": {{description: No.}}}}', {"200": {"description": "Yes.", "schema": {"type": "string"}}, "404": {"description": "No."}}, ["StatusMoved: the fields of 'Do' are written under 200: makers see none under 202"]),
        ("{}", {"200": {"description": "OK"}}, []),
        ('{"200": {description: Yes., content: {image/png: {}}}}', {"200": {"description": "Yes.", "schema": {"type": "string", "format": "binary"}}}, []),
        ('{"200": {description: Yes., headers: {X-Count: {schema: {type: integer}, description: How many.}, ETag: {schema: {type: string}}}}}', {"200": {"description": "Yes.", "headers": {"X-Count": {"description": "How many.", "type": "integer"}}}}, ["HeaderLeftOut: the answer is shown without ETag"]),
    ],
)  # fmt: skip
def test_answers(responses: str, expected: Any, said: list[str]) -> None:
    found, changes = operation(f"responses: {responses}")
    assert (found["responses"], changes) == (expected, said)


def test_an_example_without_a_schema_is_a_sample() -> None:
    result = converted(
        'paths:\n  /orders:\n    get:\n      operationId: Do\n      responses: {"200": {description: Yes., content: {application/json: {example: {id: 1}}}}}\n'
    )
    at = ("paths", "/orders", "get", "responses", "200", "schema")
    assert result.sampled == {at: {"id": 1}}
    assert told(result) == []


@pytest.mark.parametrize(
    ("each", "expected"),
    [
        ([("/orders", "get", None)], ["ListOrders"]),
        ([("/orders/{id}", "get", None), ("/orders", "post", None), ("/orders/{id}", "patch", None), ("/orders/{id}", "delete", None), ("/orders/{id}", "put", None)], ["GetOrder", "CreateOrder", "UpdateOrder", "DeleteOrder", "ReplaceOrder"]),
        ([("/orders/{id}/cancel", "post", None)], ["CancelOrder"]),
        ([("/api/v2/orders/{id}/items", "get", None)], ["ListOrderItems"]),
        ([("/", "get", None)], ["GetRoot"]),
        ([("/items/", "get", "read_items_items__get")], ["ReadItems"]),
        ([("/hello", "get", "AppController_getHello")], ["GetHello"]),
        ([("/a", "get", "list"), ("/b", "get", "list")], ["List", "List2"]),
        ([("/v1/orders", "get", None), ("/v2/orders", "get", None)], ["ListV1Orders", "ListV2Orders"]),
        ([("/a", "get", "1st")], ["GetA"]),
        ([("/a", "get", "getA")], ["getA"]),
    ],
)  # fmt: skip
def test_ids(each: list[tuple[str, str, str | None]], expected: list[str]) -> None:
    assert operation_ids([Named(path, verb, given, "") for path, verb, given in each]) == expected


def test_servers_of_paths_that_agree_are_the_server() -> None:
    result = converted(
        "servers: []\npaths:\n  /a:\n    servers: [{url: https://a.example/v1}]\n    get: {operationId: A, responses: {}}\n  /b:\n    servers: [{url: https://a.example/v1}]\n    get: {operationId: B, responses: {}}\n"
    )
    data = result.definition.data
    assert (data["host"], data["basePath"], list(data["paths"]), told(result)) == ("a.example", "/v1", ["/a", "/b"], [])


def test_a_server_that_the_user_names_counts() -> None:
    result = converted(
        "servers: [{url: /v1}]\npaths: {/a: {get: {operationId: A, responses: {}}}}\n",
        Wishes(server="https://b.example/x"),
    )
    assert (result.definition.data["host"], result.definition.data["basePath"], told(result)) == ("b.example", "/x", [])


def test_a_server_without_a_host_keeps_its_path() -> None:
    result = converted(
        "servers: [{url: '/{v}/', variables: {v: {default: v1}}}]\npaths: {/a: {get: {operationId: A, responses: {}}}}\n"
    )
    assert (result.definition.data["host"], result.definition.data["basePath"]) == ("api.contoso.example", "/v1")
    assert told(result) == ["ServerMissing: the server has no host: the spec has an example"]


def test_the_verb_and_the_path_of_an_operation_choose_it() -> None:
    text = "paths:\n  /a/{id}: {get: {operationId: A, tags: [T], responses: {}}, post: {operationId: B, responses: {}}}\n  /c: {get: {operationId: C, deprecated: true, responses: {}}}\n"

    def chosen(*include: str, exclude: tuple[str, ...] = ()) -> list[str]:
        paths = converted(text, Wishes(include, exclude)).definition.data["paths"]
        return [operation["operationId"] for item in paths.values() for operation in item.values()]

    assert chosen() == ["A", "B"]
    assert chosen("GET /a/{id}") == ["A"]
    assert chosen("/a/*") == ["A", "B"]
    assert chosen("/**") == ["A", "B", "C"]
    assert chosen("tag:T") == ["A"]
    assert chosen("id:C") == ["C"]
    assert chosen("/**", exclude=("id:A",)) == ["B", "C"]


def test_a_pattern_that_matches_nothing_is_refused() -> None:
    result = converted(
        "paths: {/orders: {get: {operationId: A, tags: [Orders], responses: {}}}}\n", Wishes(("tag:Order",))
    )
    assert [(finding.message, finding.help) for finding in result.findings] == [
        ("no operation matches 'tag:Order'", "did you mean 'Orders'?")
    ]


def test_more_operations_than_a_connector_may_have_are_refused_with_their_tags() -> None:
    paths = "".join(
        f"  /{name}{number}: {{get: {{operationId: {name}{number}, tags: [{name}], responses: {{}}}}}}\n"
        for name in "ab"
        for number in range(130)
    )
    result = converted(f"paths:\n{paths}")
    assert [(finding.message, finding.help) for finding in result.findings] == [
        (
            "260 operations are more than the 256 that a connector may have",
            "choose some: --include 'tag:a' (130), --include 'tag:b' (130)",
        )
    ]


def test_without_tags_the_beginnings_of_paths_are_the_way_to_choose() -> None:
    paths = "".join(
        f"  /v1/{name}/{number}: {{get: {{operationId: {name}{number}, responses: {{}}}}}}\n"
        for name in "ab"
        for number in range(130)
    )
    (finding,) = converted(f"paths:\n{paths}").findings
    assert finding.help == "choose some: --include '/v1/a/**' (130), --include '/v1/b/**' (130)"
