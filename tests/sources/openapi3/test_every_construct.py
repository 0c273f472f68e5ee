"""Every construct of OpenAPI 3 that a connector has in another way is an entry of the report, and nothing else is.

Documents are made of many fragments, in any mixture. Two counts of their own say what must be told: the table, by the
fragments of a document, and the marks, by what they find in its text, however it came there.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from connector_builder.findings import Pointer
from connector_builder.sources.kinds import Kind
from connector_builder.sources.losses import LOSSES
from connector_builder.sources.source import Source, read_source
from tests.support.imports.source_files import put

ANSWER: Pointer = ("get", "responses", "200", "content", "application/json", "schema")
FIELD: Pointer = (*ANSWER, "properties", "x")
PARAMETER: Pointer = ("get", "parameters", 0)


class Construct(NamedTuple):
    """A path item, as YAML with % for a number of its own, and the entries that it must have: rules with their places in it.

    `of` is what the text is: an item, its operation GET, the parameter or the schema of the answer of one. An entry with a place in the
    components begins with `components`.
    """

    text: str
    entries: tuple[tuple[str, Pointer], ...] = ()
    of: str = "get"


def _answered(*entries: tuple[str, Pointer]) -> tuple[tuple[str, Pointer], ...]:
    return tuple((rule, (*ANSWER, *at)) for rule, at in entries)


X: Pointer = ("properties", "x")
CONSTRUCTS: dict[str, Construct] = {
    # What means the same
    "an operation": Construct("{}"),
    "a body": Construct("{post: {operationId: Op%, requestBody: {content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}}, responses: {'200': {description: OK}}}}", of="item"),
    "a header": Construct("{name: X-Mark, in: header, schema: {type: string}}", of="parameter"),
    "allOf": Construct("{allOf: [{type: object, properties: {a: {type: string}}}, {type: object, properties: {b: {type: string}}}]}", of="schema"),
    "one alternative": Construct("{oneOf: [{type: object, properties: {a: {type: string}}}]}", of="schema"),
    "null as an alternative": Construct("{type: object, properties: {x: {anyOf: [{type: string}, {type: 'null'}]}}}", of="schema"),
    "a list of types with null": Construct("{type: object, properties: {x: {type: [string, 'null']}}}", of="schema"),
    "a constant": Construct("{type: object, properties: {x: {const: a}}}", of="schema"),
    "a known format": Construct("{type: object, properties: {x: {type: string, format: date-time}}}", of="schema"),
    "a reference": Construct("{$ref: '#/components/schemas/Order%'}", of="schema"),
    # Operations
    "no id": Construct("{get: {responses: {'200': {description: OK}}}}", (("OperationIdMade", ("get",)),), "item"),
    "an id that can't be": Construct("{operationId: 'Op % do-it'}", (("OperationIdRenamed", ("get", "operationId")),)),
    "a long summary": Construct(
        "{summary: 'Lists the orders of the shop in the order in which they came in, the newest ones of them first'}", (("SummaryChanged", ("get", "summary")),)),
    "a deprecated operation": Construct("{deprecated: true}", (("OperationNotChosen", ("get",)),)),
    "a stream": Construct("{responses: {'200': {description: OK, content: {text/event-stream: {schema: {type: string}}}}}}", (("OperationNotChosen", ("get",)),)),
    "trace": Construct("{trace: {responses: {'200': {description: OK}}}}", (("VerbLeftOut", ("trace",)),), "item"),
    "a body of a GET": Construct("{requestBody: {content: {application/json: {schema: {type: object}}}}}", (("BodyOnGet", ("get", "requestBody")),)),
    "another server": Construct("{servers: [{url: 'https://other.example'}]}", (("OtherServer", ("get",)),)),
    "a callback": Construct("{callbacks: {ring: {'{$request.query.url}': {post: {responses: {'200': {description: OK}}}}}}}", (("CallbackLeftOut", ("get", "callbacks", "ring")),)),
    "two links": Construct("{responses: {'200': {description: OK, links: {one: {operationId: a}, two: {operationId: b}}}}}",
        (("LinkLeftOut", ("get", "responses", "200", "links", "one")), ("LinkLeftOut", ("get", "responses", "200", "links", "two")))),
    "a sign-in of its own": Construct("{security: []}", (("SignInForAll", ("get",)),)),
    "another path of its server": Construct("{servers: [{url: 'https://api.contoso.example/v2'}]}", (("PathChanged", ("get",)),)),
    "a description of two paragraphs": Construct('{description: "Lists orders.\\n\\nThe newest come first."}', (("DescriptionShortened", ("get", "description")),)),
    "a description with formats": Construct('{description: "**Lists** `orders`, see [here](https://contoso.example)."}'),
    "an optional sign-in": Construct("{security: [{}, {key: []}]}", (("SignInForAll", ("get",)),)),
    "a sign-in from nowhere": Construct("{security: [{key: [], lost: []}]}", (("SourceReferenceNotFound", ("get", "security", 0, "lost")),)),
    # Parameters
    "an exploded list": Construct("{name: tag, in: query, schema: {type: array, items: {type: string}}}", (("OneValue", PARAMETER),), "parameter"),
    "a list with commas": Construct("{name: tag, in: query, explode: false, schema: {type: array, items: {type: string}}}", (("ListAsText", PARAMETER),), "parameter"),
    "an object": Construct("{name: f, in: query, style: deepObject, schema: {type: object, properties: {a: {type: string}}}}", (("ObjectAsParameters", PARAMETER),), "parameter"),
    "JSON in a query": Construct("{name: f, in: query, content: {application/json: {schema: {type: object}}}}", (("ValueAsText", PARAMETER),), "parameter"),
    "a cookie": Construct("{name: s, in: cookie, schema: {type: string}}", (("CookieLeftOut", PARAMETER),), "parameter"),
    "a parameter that the path lacks": Construct("{name: s, in: path, required: true, schema: {type: string}}", (("ParameterLeftOut", ("get",)),), "parameter"),
    "a parameter from nowhere": Construct("{$ref: '#/components/parameters/No'}", (("SourceReferenceNotFound", PARAMETER),), "parameter"),
    "a value that ends in a stop": Construct("{name: f, in: query, description: 'The newest first.', schema: {type: string}}", of="parameter"),
    "a style of the path": Construct("{name: X-Ids, in: header, style: matrix, schema: {type: string}}", of="parameter"),
    "a deprecated parameter": Construct("{name: f, in: query, deprecated: true, schema: {type: string}}", (("DeprecatedHidden", (*PARAMETER, "deprecated")),), "parameter"),
    "a parameter without a type": Construct("{name: f, in: query, schema: {}}", (("TypeChosen", (*PARAMETER, "schema")),), "parameter"),
    "the query as a form": Construct(
        "{name: q, in: querystring, content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {a: {type: string}}}}}}",
        (("ObjectAsParameters", PARAMETER),), "parameter"),
    "the query as JSON": Construct("{name: q, in: querystring, content: {application/json: {schema: {type: object}}}}", (("ParameterLeftOut", PARAMETER),), "parameter"),
    # Bodies and answers
    "headers of the transport": Construct(
        "{responses: {'200': {description: OK, headers: {ETag: {schema: {type: string}}, X-Total: {schema: {type: integer}}}}}}",
        (("HeaderLeftOut", ("get", "responses", "200", "headers")),)),
    "headers of an error": Construct(
        "{responses: {'200': {description: OK}, '404': {description: 'No', headers: {X-Why: {schema: {type: string}}}}}}",
        (("HeaderLeftOut", ("get", "responses", "404", "headers")),)),
    "XML as an answer": Construct(
        "{responses: {'200': {description: OK, content: {application/xml: {schema: {type: object}}}}}}",
        (("BodyAsText", ("get", "responses", "200", "content", "application/xml", "schema")),)),
    "a part with a media type": Construct(
        "{post: {operationId: Op%, requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {a: {type: string}}}, encoding: {a: {contentType: text/csv}}}}}, responses: {'200': {description: OK}}}}",
        (("EncodingLeftOut", ("post", "requestBody", "content", "multipart/form-data", "encoding", "a")),), "item"),
    "a part of JSON": Construct(
        "{post: {operationId: Op%, requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {a: {type: string}}}, encoding: {a: {contentType: application/json}}}}}, responses: {'200': {description: OK}}}}", of="item"),
    "a map in a form": Construct(
        "{post: {operationId: Op%, requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {a: {type: string}, m: {type: object, additionalProperties: {type: string}}}}, encoding: {m: {style: deepObject}}}}}, responses: {'200': {description: OK}}}}",
        (("FieldsOfAnyName", ("post", "requestBody", "content", "application/x-www-form-urlencoded", "schema", "properties", "m")),), "item"),
    "two media types": Construct(
        "{post: {operationId: Op%, requestBody: {content: {application/json: {schema: {type: string}}, application/xml: {schema: {type: string}}}}, responses: {'200': {description: OK}}}}",
        (("MediaTypeChosen", ("post", "requestBody", "content")),), "item"),
    "XML": Construct(
        "{post: {operationId: Op%, requestBody: {content: {application/xml: {schema: {type: object}}}}, responses: {'200': {description: OK}}}}",
        (("BodyAsText", ("post", "requestBody", "content", "application/xml", "schema")),), "item"),
    "two successes": Construct(
        "{responses: {'200': {description: OK, content: {application/json: {schema: {type: object}}}}, '201': {description: OK, content: {application/json: {schema: {type: object}}}}}}",
        (("AnswerChosen", ("get", "responses")),)),
    "a 202 beside an error": Construct(
        "{responses: {'202': {description: OK, content: {application/json: {schema: {type: object}}}}, '400': {description: 'No'}}}", (("StatusMoved", ("get", "responses", "202")),)),
    "a range": Construct("{responses: {'200': {description: OK}, '4XX': {description: 'No'}}}", (("StatusRangeLeftOut", ("get", "responses", "4XX")),)),
    "an error with a schema": Construct("{responses: {'200': {description: OK}, '404': {description: 'No', content: {application/json: {schema: {type: object}}}}}}",
        (("ErrorSchemaLeftOut", ("get", "responses", "404", "content")),)),
    "an example that doesn't fit": Construct(
        "{responses: {'200': {description: OK, content: {application/json: {schema: {type: object, properties: {a: {type: string}}}, example: {a: 5}}}}}}",
        (("ExampleLeftOut", ANSWER[:-1]),)),
    "an example that is a reference": Construct(
        "{responses: {'200': {description: OK, content: {application/json: {schema: {type: object, properties: {a: {type: string}}}, examples: {x: {$ref: '#/components/examples/X'}}}}}}}",
        (("ExampleLeftOut", ANSWER[:-1]),)),
    "an example of a body": Construct(
        "{post: {operationId: Op%, requestBody: {content: {application/json: {schema: {type: object, properties: {a: {type: string}}}, example: {a: b}}}}, responses: {'200': {description: OK}}}}",
        (("ExampleLeftOut", ("post", "requestBody", "content", "application/json")),), "item"),
    "an example without a schema": Construct(
        "{post: {operationId: Op%, requestBody: {content: {application/json: {example: {a: b}}}}, responses: {'200': {description: OK}}}}", of="item"),
    "no media type": Construct(
        "{post: {operationId: Op%, requestBody: {content: {json: {schema: {type: object}}}}, responses: {'200': {description: OK, content: {JSON: {example: {a: b}}}}}}}",
        (("MediaTypeChosen", ("post", "requestBody", "content", "json")), ("MediaTypeChosen", ("post", "responses", "200", "content", "JSON"))), "item"),
    "a form with any names": Construct(
        "{post: {operationId: Op%, requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {a: {type: string}}, additionalProperties: {type: string}}}}}, responses: {'200': {description: OK}}}}",
        (("FieldsOfAnyName", ("post", "requestBody", "content", "application/x-www-form-urlencoded", "schema")),), "item"),
    # Schemas
    "a required field that isn't there": Construct("{type: object, required: [a, b], properties: {a: {type: string}}}", _answered(("RequiredLeftOut", ("required",))), "schema"),
    "alternatives": Construct("{oneOf: [{type: object, properties: {a: {type: string}}}, {type: object, properties: {b: {type: string}}}]}", _answered(("AlternativesFolded", ())), "schema"),
    "two alternatives within": Construct("{type: object, properties: {x: {anyOf: [{type: string}, {type: integer}]}, y: {anyOf: [{type: string}, {type: integer}]}}}",
        _answered(("AlternativesFolded", X), ("AlternativesFolded", ("properties", "y"))), "schema"),
    "allOf that contradicts": Construct("{type: object, properties: {x: {allOf: [{type: string}, {type: integer}]}}}", _answered(("AllOfContradicts", (*X, "allOf", 1))), "schema"),
    "a discriminator": Construct("{type: object, properties: {kind: {type: string}}, discriminator: {propertyName: kind}}", _answered(("DiscriminatorLeftOut", ("discriminator",))), "schema"),
    "not": Construct("{type: object, properties: {x: {type: string, not: {enum: [a]}}}}", _answered(("KeywordLeftOut", (*X, "not"))), "schema"),
    "no type": Construct("{type: object, properties: {x: {description: Anything.}}}", _answered(("TypeChosen", X)), "schema"),
    "names by a pattern": Construct("{type: object, patternProperties: {'^x': {type: string}}}",
        _answered(("KeywordLeftOut", ("patternProperties",)), ("MapAsObject", ("patternProperties", "^x"))), "schema"),
    "a map": Construct("{type: object, additionalProperties: {type: string}}", _answered(("MapAsObject", ("additionalProperties",))), "schema"),
    "two types": Construct("{type: object, properties: {x: {type: [integer, string]}}}", _answered(("AlternativesFolded", X)), "schema"),
    "two types of numbers": Construct("{type: object, properties: {x: {type: [integer, number]}}}", of="schema"),
    "alternatives of one type": Construct("{type: object, properties: {x: {anyOf: [{type: string}, {type: string, enum: [a]}]}}}", _answered(("AlternativesFolded", X)), "schema"),
    "enums together": Construct("{type: object, properties: {x: {oneOf: [{const: a, title: First}, {const: b, title: Second}]}}}", of="schema"),
    "an enum of two types": Construct("{type: object, properties: {x: {enum: [a, 5]}}}", _answered(("EnumChanged", (*X, "enum"))), "schema"),
    "an enum of another type": Construct("{type: object, properties: {x: {type: integer, enum: [5, a]}}}", _answered(("EnumChanged", (*X, "enum"))), "schema"),
    "only a default": Construct("{type: object, properties: {x: {default: 5}}}", _answered(("TypeChosen", X)), "schema"),
    "only an example": Construct("{type: object, properties: {x: {example: true}}}", _answered(("TypeChosen", X)), "schema"),
    "only a length": Construct("{type: object, properties: {x: {maxLength: 5}}}", _answered(("TypeChosen", X)), "schema"),
    "a tuple": Construct("{type: object, properties: {x: {type: array, prefixItems: [{type: string}, {type: string}]}}}", _answered(("KeywordLeftOut", (*X, "prefixItems"))), "schema"),
    "what is only sent": Construct("{type: object, properties: {a: {type: string}, x: {type: string, writeOnly: true}}}", of="schema"),
    "a mark beside a reference": Construct("{type: object, properties: {x: {$ref: '#/components/schemas/Order%', readOnly: true}}}",
        _answered(("TextBesideReference", (*X, "readOnly"))), "schema"),
    "a name with a space": Construct("{$ref: '#/components/schemas/Own order%'}", (("SchemaRenamed", ("components", "schemas", "Own order%")),), "schema"),
    "a description that is cut": Construct(f"{{type: object, properties: {{x: {{type: string, description: '{'A word. ' * 100}'}}}}}}",
        _answered(("DescriptionShortened", (*X, "description"))), "schema"),
    "no items": Construct("{type: object, properties: {x: {type: array}}}", _answered(("ItemsChosen", X)), "schema"),
    "an unknown format": Construct("{type: object, properties: {x: {type: integer, format: unixtime}}}", _answered(("FormatLeftOut", (*X, "format"))), "schema"),
    "a default that doesn't fit": Construct("{type: object, properties: {x: {type: integer, default: many}}}", _answered(("DefaultLeftOut", (*X, "default"))), "schema"),
    "a field without a value": Construct("{type: object, properties: {x: false, y: {type: string}}}", _answered(("FieldLeftOut", X)), "schema"),
    "a deprecated field": Construct("{type: object, properties: {x: {type: string, deprecated: true}}}", _answered(("DeprecatedHidden", (*X, "deprecated"))), "schema"),
    "a reference to nowhere": Construct("{type: object, properties: {x: {$ref: '#/components/schemas/No'}}}", _answered(("SourceReferenceNotFound", X)), "schema"),
    "a text beside a reference": Construct("{type: object, properties: {x: {$ref: '#/components/schemas/Order%', description: The first one.}}}",
        _answered(("TextBesideReference", (*X, "description"))), "schema"),
    "a circle": Construct("{$ref: '#/components/schemas/Circle%'}", (("CircleOpened", ("components", "schemas", "Circle%")),), "schema"),
    "three in one": Construct("{type: object, properties: {x: {oneOf: [{type: integer, format: unixtime}, {type: string, not: {enum: [a]}}]}, y: {type: array}}}",
        _answered(("AlternativesFolded", X), ("KeywordLeftOut", (*X, "oneOf", 1, "not")), ("ItemsChosen", ("properties", "y"))), "schema"),
}  # fmt: skip
"""The constructs by name. What several entries have in common is in `three in one`."""


ONCE = ("SignInForAll",)
"""Kinds that are one entry, however many operations they are about."""


def item(construct: Construct, number: int) -> Any:
    data = yaml.safe_load(construct.text.replace("%", str(number)))
    if construct.of == "item":
        return data
    operation = {"operationId": f"Op{number}", "responses": {"200": {"description": "OK"}}}
    if construct.of == "parameter":
        operation["parameters"] = [data]
    elif construct.of == "schema":
        operation["responses"] = {"200": {"description": "OK", "content": {"application/json": {"schema": data}}}}
    else:
        operation |= data
    return {"get": operation}


def document(names: list[str], version: str = "3.1.0") -> dict[str, Any]:
    """A document with these constructs, each with a path, an id and schemas of its own."""
    schemas: dict[str, Any] = {}
    for number in range(len(names)):
        schemas[f"Order{number}"] = {"type": "object", "properties": {"id": {"type": "string"}}}
        circle = {"next": {"$ref": f"#/components/schemas/Circle{number}"}}
        schemas[f"Own order{number}"] = {"type": "object", "properties": {"id": {"type": "string"}}}
        schemas[f"Circle{number}"] = {"type": "object", "required": ["next"], "properties": circle}
    return {
        "openapi": version,
        "info": {"title": "Orders", "description": "Reads and writes orders.", "version": "1"},
        "servers": [{"url": "https://api.contoso.example"}],
        "security": [{"key": []}],
        "paths": {
            "/ping": {"get": {"operationId": "Ping", "responses": {"200": {"description": "OK"}}}},
            **{f"/path{number}": item(CONSTRUCTS[name], number) for number, name in enumerate(names)},
        },
        "components": {
            "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}},
            "schemas": schemas,
            "examples": {"X": {"value": {"a": "b"}}},
        },
    }


def expected(names: list[str]) -> Counter[tuple[str, Pointer]]:
    """The entries of a document by the table; what is said once for all operations is at the first of them."""
    entries: Counter[tuple[str, Pointer]] = Counter()
    for number, name in enumerate(names):
        for rule, at in CONSTRUCTS[name].entries:
            own = tuple(
                step.replace("%", str(number)) if at[0] == "components" and isinstance(step, str) else step
                for step in at
            )
            entries[rule, own if at[0] == "components" else ("paths", f"/path{number}", *own)] += 1
    return once(entries)


def once(entries: Counter[tuple[str, Pointer]]) -> Counter[tuple[str, Pointer]]:
    """Leaves out the repetitions of a kind that is said once, with the number of operations."""
    for rule in ONCE:
        every = sorted(
            (key for key in entries if key[0] == rule), key=lambda key: int(str(key[1][1]).removeprefix("/path"))
        )
        for key in every[1:]:
            del entries[key]
    return entries


def told(tmp_path: Path, content: dict[str, Any]) -> Counter[tuple[str, Pointer]]:
    reading = read_source(Source(put(tmp_path / "a.json", content), Kind.OPENAPI3))
    assert reading.package is not None
    names = {rule.name for rule in LOSSES}
    return Counter((one.rule.name, one.pointer or ()) for one in reading.findings if one.rule.name in names)


@pytest.mark.parametrize("name", CONSTRUCTS)
def test_a_construct(tmp_path: Path, name: str) -> None:
    assert told(tmp_path, document([name])) == expected([name])


@pytest.mark.parametrize("seed", range(12))
def test_any_mixture(tmp_path: Path, seed: int) -> None:
    names = random.Random(seed).choices(list(CONSTRUCTS), k=60)
    version = ("3.0.4", "3.1.1", "3.2.0")[seed % 3]
    assert told(tmp_path, document(names, version)) == expected(names)


# --- The same by what is in a document, without the table

Mark = Callable[[Pointer, Any], bool]


def _is_list(node: Any) -> bool:
    return (
        isinstance(node, dict)
        and node.get("in") == "query"
        and isinstance(node.get("schema"), dict)
        and node["schema"].get("type") == "array"
    )


def _is_field(at: Pointer) -> bool:
    return len(at) > 1 and at[-2] == "properties"


def _has_alternatives(node: dict[str, Any]) -> bool:
    """Whether a schema has several alternatives that aren't all values."""
    each = [[one for one in node.get(key, ()) if one.get("type") != "null"] for key in ("oneOf", "anyOf")]
    return any(len(some) > 1 and not all("const" in one for one in some) for some in each)


MARKS: dict[str, Mark] = {
    "OperationIdMade": lambda at, node: len(at) == 3 and at[0] == "paths" and at[-1] in ("get", "post") and "operationId" not in node,
    "OperationIdRenamed": lambda at, node: at[-1:] == ("operationId",) and " " in node and len(at) == 4,
    "SummaryChanged": lambda at, node: at[-1:] == ("summary",) and len(node) > 80,
    "VerbLeftOut": lambda at, _: at[-1:] == ("trace",),
    "BodyOnGet": lambda at, _: at[-2:] == ("get", "requestBody"),
    "CallbackLeftOut": lambda at, _: len(at) > 1 and at[-2] == "callbacks",
    "LinkLeftOut": lambda at, _: len(at) > 1 and at[-2] == "links",
    "SignInForAll": lambda at, node: len(at) == 3 and isinstance(node, dict) and node.get("security") in ([], [{}, {"key": []}]),
    "OneValue": lambda _, node: _is_list(node) and node.get("explode") is not False,
    "ListAsText": lambda _, node: _is_list(node) and node.get("explode") is False,
    "CookieLeftOut": lambda _, node: isinstance(node, dict) and node.get("in") == "cookie",
    "MediaTypeChosen": lambda at, node: (at[-2:] == ("requestBody", "content") and len(node) > 1) or (at[-2:-1] == ("content",) and at[-1] in ("json", "JSON")),
    "ExampleLeftOut": lambda at, node: at[-2:-1] == ("content",) and "schema" in node and bool({"example", "examples"} & node.keys()),
    "StatusRangeLeftOut": lambda at, _: str(at[-1:]).endswith("XX',)"),
    "ErrorSchemaLeftOut": lambda at, _: at[-2:] == ("404", "content"),
    "DiscriminatorLeftOut": lambda at, _: at[-1:] == ("discriminator",),
    "KeywordLeftOut": lambda at, _: at[-1:] in (("not",), ("patternProperties",), ("prefixItems",)),
    "ItemsChosen": lambda _, node: isinstance(node, dict) and node.get("type") == "array" and not {"items", "prefixItems"} & node.keys(),
    "AlternativesFolded": lambda _, node: isinstance(node, dict) and (_has_alternatives(node) or node.get("type") == ["integer", "string"]),
    "TypeChosen": lambda at, node: isinstance(node, dict) and (
        (at[-1:] == ("schema",) and node == {}) if not _is_field(at) else len(node) == 1 and bool({"description", "default", "example", "maxLength"} & node.keys())),
    "FieldLeftOut": lambda at, node: _is_field(at) and node is False,
    "DeprecatedHidden": lambda at, node: at[-1:] == ("deprecated",) and (_is_field(at[:-1]) or at[-3:-2] == ("parameters",)) and node is True,
    "TextBesideReference": lambda at, _: at[-1:] in (("description",), ("readOnly",)) and _is_field(at[:-1]),
    "MapAsObject": lambda at, _: (at[-1:] == ("additionalProperties",) and "requestBody" not in at) or at[-2:-1] == ("patternProperties",),
    "EnumChanged": lambda at, node: at[-1:] == ("enum",) and len({type(value) for value in node}) > 1,
    "HeaderLeftOut": lambda at, node: at[-1:] == ("headers",) and bool({"ETag", "X-Why"} & node.keys()),
    "DescriptionShortened": lambda at, node: at[-1:] == ("description",) and isinstance(node, str) and ("\n\n" in node or len(node) > 500),
}  # fmt: skip
"""Kinds whose entries can be counted in the text of a document, each with what marks one."""


def parts(node: Any, at: Pointer = ()) -> Iterator[tuple[Pointer, Any]]:
    yield at, node
    steps = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for step, part in steps:
        yield from parts(part, (*at, step))


@pytest.mark.parametrize("seed", range(12))
def test_counts_in_the_source_and_in_the_report_agree(tmp_path: Path, seed: int) -> None:
    names = random.Random(100 + seed).choices(list(CONSTRUCTS), k=60)
    content = document(names)
    found = once(Counter((rule, at) for at, node in parts(content) for rule, mark in MARKS.items() if mark(at, node)))
    for key in [key for key in found if key[0] == "TextBesideReference" and not _has_reference(content, key[1])]:
        del found[key]
    report = Counter({key: count for key, count in told(tmp_path, content).items() if key[0] in MARKS})
    assert Counter(rule for rule, _ in report) == Counter(rule for rule, _ in found)
    assert report == found


def _has_reference(content: Any, at: Pointer) -> bool:
    for step in at[:-1]:
        content = content[step]
    return "$ref" in content


def test_the_table_has_the_kinds_that_a_path_can_show() -> None:
    """The kinds that it lacks are about the document as a whole, about paths, or about recorded calls; they have tests of their own."""
    shown = {rule for construct in CONSTRUCTS.values() for rule, _ in construct.entries}
    assert sorted({rule.name for rule in LOSSES} - shown) == [
        "AddressLeftOut", "BodyLeftOut", "CallLeftOut", "CallbackAsTrigger", "ChangesNotListed", "DescriptionMade", "ExtensionLeftOut", "FlowChosen", "FlowOperationDiffers", "FlowOperationMissing",
        "FlowOperationSame", "FlowOperationUnproven", "GraphQlAsBody", "PagingLeftOut", "ParameterAdded", "PathsAlike",
        "RequestsMerged", "SchemaCut", "ServerChosen", "ServerMissing", "ServerNotEncrypted", "ServerVariable", "SignInBeside", "SignInChosen",
        "SignInIncomplete", "SignInLeftOut", "SignInUnused", "SlashesEncoded", "StreamAsText", "StyleByHand", "TitleChanged", "TokenByHand",
        "TooManyCombinations", "VariableGuessed", "VariableWithoutValue", "VersionUnknown", "WebhookLeftOut", "WriteOnlyShown",
    ]  # fmt: skip
