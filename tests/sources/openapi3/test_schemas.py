"""Schemas of OpenAPI 3 become those that the designer reads: without allOf, alternatives, null and formats of others."""

from typing import Any

import pytest

from tests.support.imports.openapi import schema

TEXT = {"type": "string"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{type: [string, 'null']}", TEXT),
        ("{type: string, nullable: true}", TEXT),
        ("{anyOf: [{type: string}, {type: 'null'}]}", TEXT),
        ("{oneOf: [{type: string}]}", TEXT),
        ("{anyOf: [{type: integer}, {type: number}]}", {"type": "number"}),
        ("{type: number, exclusiveMinimum: 5}", {"type": "number", "minimum": 5, "exclusiveMinimum": True}),
        ("{type: number, minimum: 5, exclusiveMinimum: false}", {"type": "number", "minimum": 5}),
        ("{const: open}", {"type": "string", "enum": ["open"]}),
        ("{enum: [a, null]}", {"type": "string", "enum": ["a"]}),
        ("{type: string, enum: [1, true]}", {"type": "string", "enum": ["1", "true"]}),
        ("{type: string, contentEncoding: base64}", {"type": "string", "format": "byte"}),
        ("{type: string, contentMediaType: image/png}", {"type": "string", "format": "binary"}),
        ("{type: string, format: datetime}", {"type": "string", "format": "date-time"}),
        ("{type: string, format: guid}", {"type": "string", "format": "uuid"}),
        ("{type: integer, format: int64, default: 3}", {"type": "integer", "format": "int64", "default": 3}),
        ("{type: object, additionalProperties: true}", {"type": "object"}),
        (
            "{type: string, enum: [a, b], x-enum-varnames: [First, Second]}",
            {"type": "string", "enum": ["a", "b"], "x-ms-enum-values": [{"value": "a", "displayName": "First"}, {"value": "b", "displayName": "Second"}]},
        ),
        ("{items: {type: string}}", {"type": "array", "items": TEXT}),
        ("{type: array, items: {type: string}, uniqueItems: true, minItems: 1}", {"type": "array", "items": TEXT, "minItems": 1}),
    ],
)  # fmt: skip
def test_what_means_the_same_is_not_told(text: str, expected: Any) -> None:
    found, definitions, told = schema(text)
    assert (found, definitions, told) == (expected, {}, [])


@pytest.mark.parametrize(
    ("text", "expected", "said"),
    [
        ("{type: number, format: int64}", {"type": "number"}, "FormatLeftOut: the platform doesn't know the format 'int64' of a number"),
        ("{type: integer, default: x}", {"type": "integer"}, "DefaultLeftOut: the default isn't an integer that fits: it is left out"),
        ("{enum: [a], default: b}", {"type": "string", "enum": ["a"]}, "DefaultLeftOut: the default isn't a string that fits: it is left out"),
        ("{type: array, prefixItems: [{type: string}]}", {"type": "array", "items": TEXT}, "KeywordLeftOut: 'prefixItems' has no counterpart: the items are one list"),
        ("{type: object, additionalProperties: {type: string}}", {"type": "object", "additionalProperties": TEXT}, "MapAsObject: fields of any name: a flow shows them as one value"),
        ("{type: array, example: [{a: 1}]}", {"type": "array", "items": {"type": "object"}}, "ItemsChosen: a list of unknown items: the example shows an object"),
        ("{type: [integer, string]}", TEXT, "AlternativesFolded: values of 2 types become a string"),
        ("{enum: [a, 5]}", {"type": "string", "enum": ["a", "5"]}, "EnumChanged: values that aren't a string become texts"),
        ("{type: integer, enum: [5, a]}", {"type": "integer", "enum": [5]}, "EnumChanged: values that aren't an integer are left out"),
        ("{example: 5}", {"type": "integer"}, "TypeChosen: no type: what it says shows an integer"),
        ("{format: date-time}", {"type": "string", "format": "date-time"}, "TypeChosen: no type: what it says shows a string"),
        ("{type: array}", {"type": "array", "items": TEXT}, "ItemsChosen: a list of unknown items: they become texts"),
        ("{}", {"type": "object"}, "TypeChosen: no type: it becomes an object"),
        ("{oneOf: [{type: string}, {type: integer}]}", TEXT, "AlternativesFolded: 2 alternatives become a string, for values of 2 types"),
        ("{oneOf: [{type: integer}, {type: boolean}]}", {"type": "number"}, "AlternativesFolded: 2 alternatives become a number, for values of 2 types"),
        ("{oneOf: [{type: string}, {type: object}]}", TEXT, "AlternativesFolded: 2 alternatives become a string, one of 2 alternatives"),
        ("{oneOf: [{type: string}, {type: array, items: {type: string}}]}", {"type": "array", "items": TEXT}, "AlternativesFolded: 2 alternatives become a list or a single value"),
        ("{type: string, not: {enum: [a]}}", TEXT, "KeywordLeftOut: 'not' has no counterpart: the connector doesn't check it"),
        ("{allOf: [{type: string}, {type: integer}]}", TEXT, "AllOfContradicts: 'type' contradicts another part of 'allOf': the first counts"),
    ],
)  # fmt: skip
def test_what_changes_is_told(text: str, expected: Any, said: str) -> None:
    found, _, told = schema(text)
    assert (found, told) == (expected, [said])


ORDER = "{Base: {type: object, required: [id], properties: {id: {type: string, readOnly: true}, name: {type: string}}}, Order: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, required: [name], properties: {total: {type: number}}}]}}"


def test_all_of_is_merged() -> None:
    found, definitions, told = schema("{$ref: '#/components/schemas/Order'}", ORDER)
    assert found == {"$ref": "#/definitions/Order"}
    assert told == []
    assert definitions == {
        "Order": {
            "type": "object",
            "properties": {
                "id": {"type": "string", "x-ms-summary": "ID", "readOnly": True},
                "name": {"type": "string", "x-ms-summary": "Name"},
                "total": {"type": "number", "x-ms-summary": "Total"},
            },
            "required": ["name"],  # what is read only is never asked for
        }
    }


@pytest.mark.parametrize(
    "text",
    [
        "{allOf: [{$ref: '#/components/schemas/Base'}]}",
        "{anyOf: [{$ref: '#/components/schemas/Base'}, {type: 'null'}]}",
        "{oneOf: [{$ref: '#/components/schemas/Base'}], nullable: true}",
    ],
)
def test_a_schema_that_is_only_another_one_is_a_reference(text: str) -> None:
    found, definitions, told = schema(text, ORDER)
    assert (found, list(definitions), told) == ({"$ref": "#/definitions/Base"}, ["Base"], [])


def test_a_mark_beside_a_reference_is_told_and_counts() -> None:
    """The designer hides fields that are only read: so none is required."""
    text = "{type: object, required: [a, b], properties: {a: {allOf: [{$ref: '#/components/schemas/Base'}], readOnly: true}, b: {$ref: '#/components/schemas/Id', readOnly: true}}}"
    found, _, told = schema(text, ORDER[:-1] + ", Id: {type: string}}", output=False)
    assert found == {
        "type": "object",
        "properties": {
            "a": {"$ref": "#/definitions/Base"},
            "b": {"type": "string", "x-ms-summary": "B", "readOnly": True},
        },
    }
    assert told == ["TextBesideReference: 'readOnly' beside a reference isn't kept"]


def test_what_is_beside_a_reference_to_a_scalar_counts() -> None:
    found, _, told = schema(
        "{type: object, properties: {a: {$ref: '#/components/schemas/Size', default: 5, description: How many.}}}",
        "{Size: {type: integer, default: 3}}",
    )
    assert found["properties"]["a"] == {
        "type": "integer", "description": "How many.", "x-ms-summary": "A", "default": 5,
    }  # fmt: skip
    assert told == []


def test_values_with_titles_are_named() -> None:
    text = "{type: object, properties: {a: {title: The size, oneOf: [{const: s, title: Small, description: For one.}, {const: l, title: Large}]}, b: {type: string, enum: [x], x-enumDescriptions: {x: The first}}}}"
    found, _, told = schema(text)
    assert found["properties"]["a"] == {
        "type": "string",
        "x-ms-summary": "The size",
        "enum": ["s", "l"],
        "x-ms-enum-values": [{"value": "s", "displayName": "Small"}, {"value": "l", "displayName": "Large"}],
    }
    assert found["properties"]["b"]["x-ms-enum-values"] == [{"value": "x", "displayName": "The first"}]
    assert told == []


def test_what_is_only_sent_is_no_output() -> None:
    user = "{User: {type: object, required: [pin], properties: {name: {type: string}, pin: {type: string, writeOnly: true}}}}"
    answered = schema("{$ref: '#/components/schemas/User'}", user)
    assert answered[1] == {
        "User": {"type": "object", "properties": {"name": {"type": "string", "x-ms-summary": "Name"}}}
    }
    assert answered[2] == []
    sent = schema("{$ref: '#/components/schemas/User'}", user, output=False)
    assert (list(sent[1]["User"]["properties"]), sent[1]["User"]["required"], sent[2]) == (["name", "pin"], ["pin"], [])


def test_chains_of_references_end_at_the_last() -> None:
    components = "{A: {$ref: '#/components/schemas/B'}, B: {allOf: [{$ref: '#/components/schemas/C'}]}, C: {type: object, properties: {id: {type: string}}}}"
    found, definitions, _ = schema("{$ref: '#/components/schemas/A'}", components)
    assert (found, list(definitions)) == ({"$ref": "#/definitions/C"}, ["C"])


def test_a_circle_of_references_is_an_object() -> None:
    components = "{A: {$ref: '#/components/schemas/B'}, B: {$ref: '#/components/schemas/A'}}"
    found, definitions, told = schema("{$ref: '#/components/schemas/A'}", components)
    assert (found, definitions) == ({"type": "object"}, {})
    assert told == ["SourceReferenceNotFound: '#/components/schemas/A' leads nowhere: any object is allowed"]


def test_texts_beside_a_reference_stay_where_the_target_is_no_object() -> None:
    components = "{State: {type: string, enum: [open]}, Order: {type: object, properties: {id: {type: string}}}}"
    text = "{type: object, properties: {state: {$ref: '#/components/schemas/State', description: Its state.}, order: {$ref: '#/components/schemas/Order', description: The order.}}}"
    found, _, told = schema(text, components)
    assert found["properties"] == {
        "state": {"type": "string", "description": "Its state.", "x-ms-summary": "State", "enum": ["open"]},
        "order": {"$ref": "#/definitions/Order"},
    }
    assert told == ["TextBesideReference: a description beside a reference isn't kept"]


def test_alternatives_of_objects_are_united() -> None:
    text = "{oneOf: [{type: object, required: [kind, iban], properties: {kind: {const: bank}, iban: {type: string}}}, {type: object, required: [kind], properties: {kind: {const: card}, number: {type: string}}}]}"
    found, _, told = schema(text)
    assert found == {
        "type": "object",
        "properties": {
            "kind": {"type": "string", "x-ms-summary": "Kind", "enum": ["bank", "card"]},
            "iban": {"type": "string", "x-ms-summary": "Iban"},
            "number": {"type": "string", "x-ms-summary": "Number"},
        },
        "required": ["kind"],
    }
    assert told == ["AlternativesFolded: 2 alternatives become one object with the fields of all"]


def test_alternatives_that_contain_each_other_end() -> None:
    components = "{Leaf: {type: object, properties: {name: {type: string}}}, Node: {oneOf: [{$ref: '#/components/schemas/Leaf'}, {type: object, properties: {child: {$ref: '#/components/schemas/Node'}}}]}}"
    found, definitions, _ = schema("{$ref: '#/components/schemas/Node'}", components)
    assert found == {"$ref": "#/definitions/Node"}
    assert definitions["Node"]["properties"]["child"] == {"$ref": "#/definitions/Node"}


def test_the_values_of_a_discriminator_are_an_enum() -> None:
    text = "{type: object, discriminator: {propertyName: kind, mapping: {a: '#/x', b: '#/y'}}, properties: {kind: {type: string}}}"
    found, _, told = schema(text)
    assert found["properties"]["kind"] == {"type": "string", "x-ms-summary": "Kind", "enum": ["a", "b"]}
    assert told == ["DiscriminatorLeftOut: which fields belong to which 'kind' isn't kept"]


def test_titles_of_objects_go_and_others_are_labels() -> None:
    found, _, _ = schema(
        "{type: object, title: Order, properties: {qty: {type: integer, title: Quantity}, name: {type: string, title: Name}}}"
    )
    assert found == {
        "type": "object",
        "properties": {
            "qty": {"type": "integer", "x-ms-summary": "Quantity"},
            "name": {"type": "string", "x-ms-summary": "Name"},
        },
    }


NULLABLE = "{type: object, required: [id, note], properties: {id: {type: string}, note: {type: [string, 'null']}}}"


def test_what_may_be_null_is_required_of_inputs_only() -> None:
    assert schema(NULLABLE)[0]["required"] == ["id"]
    assert schema(NULLABLE, output=False)[0]["required"] == ["id", "note"]


def test_a_required_constant_of_an_input_is_hidden() -> None:
    text = "{type: object, required: [kind], properties: {kind: {const: order}}}"
    assert schema(text, output=False)[0]["properties"] == {
        "kind": {"type": "string", "enum": ["order"], "default": "order", "x-ms-visibility": "internal"}
    }
    assert schema(text)[0]["properties"] == {"kind": {"type": "string", "x-ms-summary": "Kind", "enum": ["order"]}}


def test_required_circles_are_opened() -> None:
    components = "{A: {type: object, required: [b], properties: {b: {$ref: '#/components/schemas/B'}}}, B: {type: object, required: [a], properties: {a: {$ref: '#/components/schemas/A'}}}}"
    _, definitions, told = schema("{$ref: '#/components/schemas/A'}", components)
    assert definitions["A"]["required"] == ["b"]
    assert "required" not in definitions["B"]
    assert told == ["CircleOpened: 'a' is required and contains itself: it becomes optional"]


def test_names_of_definitions_are_clean_and_unique() -> None:
    components = "{'My Order, [v1]': {type: object, properties: {id: {type: string}}}, security: {type: object, properties: {id: {type: string}}}}"
    text = "{type: object, properties: {a: {$ref: '#/components/schemas/My%20Order,%20%5Bv1%5D'}, b: {$ref: '#/components/schemas/security'}}}"
    assert list(schema(text, components)[1]) == ["MyOrderV1", "securitySchema"]


def test_too_large_schemas_are_cut() -> None:
    below = {"A": "B", "B": "C", "C": "D", "D": "E", "E": "F"}
    parts = []
    for name, inner in below.items():
        fields = ", ".join(f"{key}: {{$ref: '#/components/schemas/{inner}'}}" for key in "xyz")
        parts.append(f"{name}: {{type: object, properties: {{{fields}}}}}")
    components = (
        "{"
        + ", ".join(
            [*parts, "F: {type: object, properties: {x: {type: string}, y: {type: string}, z: {type: string}}}"]
        )
        + "}"
    )
    _, definitions, told = schema("{$ref: '#/components/schemas/A'}", components)
    assert list(definitions) == ["A", "B", "C", "D"]
    assert definitions["D"]["properties"] == {key: {"type": "object"} for key in "xyz"}
    assert told == [
        "SchemaCut: more than 512 schemas: fields that are 4 levels deep become objects without fields (3 in the last step)"
    ]
