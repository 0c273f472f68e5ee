"""Packages of all kinds, right ones and spoilt ones: each is imported, and nothing is lost."""

import json
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector_builder.language.decompile import import_package
from tests.support.hostile.random_packages import ODD, SCALARS, TEXTS, Packages
from tests.support.imports.import_one import built, import_whole, is_refused, package_of, readable
from tests.support.imports.without_loss import exact
from tests.support.properties import examples

chance = st.integers(0, 2**32).map(Random)
SECRET = b"verysecretvalue"
texts = st.one_of(
    st.sampled_from(TEXTS + ODD),
    st.text(st.characters(exclude_categories=["Cs"])),
    st.text(st.sampled_from("-?:,[]{}#&*!|>'\"%@`\\=~ \t\n\r\x00\x1b\x85\u2028.0123456789eEabx$")),
)
values = st.recursive(
    st.one_of(texts, st.sampled_from(SCALARS), st.integers(), st.floats(allow_nan=False, allow_infinity=False)),
    lambda parts: st.one_of(st.lists(parts, max_size=3), st.dictionaries(texts, parts, max_size=3)),
    max_leaves=6,
)


@examples(100)
@given(chance)
def test_what_is_right_is_imported_and_stable(random: Random) -> None:
    definition, properties = Packages(random).package()
    imported = import_whole(readable(definition, properties))
    assert SECRET not in b"".join(imported.files.values())
    again = built(imported)
    package = package_of(again.definition, None if properties is None else again.properties)
    if not imported.plain:  # what is plain stands last in its path from then on
        assert import_package(package).files == imported.files


@examples(100)
@given(chance, st.sampled_from([0.1, 0.5]), st.integers(1, 8))
def test_what_is_spoilt_is_imported_too(random: Random, odd: float, times: int) -> None:
    packages = Packages(random, odd)
    definition, properties = packages.package()
    definition = packages.spoil(definition, times)
    if properties is not None and packages.often(0.3):
        properties = packages.spoil(properties)
    if not is_refused(definition, properties):
        import_whole(readable(definition, properties))


@examples(100)
@given(texts, texts, texts, values)
def test_any_text_survives_in_any_place(one: str, other: str, third: str, value: Any) -> None:
    field = {"type": "string", "description": one, "x-ms-summary": other, "default": third, "x-odd": value}
    schema = {"type": "object", "properties": {one: field, other: {"$ref": f"#/definitions/{one}"}}, "required": [one]}
    query = {"name": one, "in": "query", "type": "string", "description": third, "enum": [one, other]}
    header = {"name": other, "in": "header", "type": "string", "required": True, "x-ms-visibility": "internal"}
    operation = {
        "operationId": one,
        "summary": other,
        "description": third,
        "parameters": [query, {**header, "default": third}],
        "responses": {"200": {"description": one, "schema": schema, "examples": {other: value}}},
    }
    definition = {
        "swagger": "2.0",
        "info": {"title": one, "description": other, "version": third, "x-odd": value},
        "paths": {"/a": {"get": operation, "post": {"operationId": other, "responses": {}}}, one: {"get": operation}},
        "definitions": {one: schema, other: {"type": "string", "default": value}},
        "x-odd": value,
    }
    properties = {"properties": {"publisher": one, "x-odd": value, "iconBrandColor": third}}
    import_whole(readable(definition, properties))


@pytest.mark.parametrize("change", [
    ("1", "1.0"), ("0", "-0.0"), ("true", "1"), ("null", '""'), ('"a"', '["a"]'), ("{}", "null"), ('{"a": 1}', '{"a": 1, "b": null}'),
])  # fmt: skip
def test_our_comparison_sees_any_difference(change: tuple[str, str]) -> None:
    one, other = (json.loads(part) for part in change)
    assert exact({"definitions": {"A": {"default": one}}}) != exact({"definitions": {"A": {"default": other}}})
    assert exact({}, {"a": one}) != exact({}, {"a": other})


def test_our_comparison_knows_where_order_counts() -> None:
    tables: list[dict[str, Any]] = [
        {"paths": {"/a": {}, "/b": {}}},
        {"definitions": {"A": {}, "B": {}}},
        {"definitions": {"properties": {"properties": {"a": {}, "b": {}}}}},
    ]
    for table in tables:
        assert exact(table) != exact(_turned(table))
    tables = [
        {"info": {"title": "T", "version": "1"}},
        {"paths": {"/a": {"get": {}, "put": {}}}},
        {"definitions": {"A": {"type": "string", "title": "T"}}},
    ]
    for table in tables:
        assert exact(table) == exact(_turned(table))
    assert exact({"definitions": {}, "tags": []}) == exact({})


def _turned(value: Any) -> Any:
    """The same with the keys of its innermost mapping the other way round."""
    if isinstance(value, dict) and len(value) == 1:
        ((key, part),) = value.items()
        return {key: _turned(part)}
    return dict(reversed(value.items()))


@pytest.mark.parametrize("name", [[], {}, None, 1, True])
def test_names_may_be_anything(name: Any) -> None:
    odd = {
        "name": name,
        "in": name,
        "required": name,
        "type": name,
        "enum": name,
        "schema": name,
        "x-ms-visibility": name,
    }
    operation = {
        "operationId": name,
        "x-ms-trigger": "batch",
        "x-ms-trigger-metadata": {"kind": "query", "mode": "polling"},
        "parameters": [odd],
        "responses": {"200": odd, "404": name},
    }
    trigger = {**operation, "operationId": "Poll", "parameters": [odd, {"name": "since", "in": "query"}]}
    policy = {
        "templateId": "pollingtrigger",
        "title": "Trigger configuration",
        "type": "PollingTrigger",
        "parameters": {
            "x-ms-apimTemplateParameter.triggerConfig": {"since": "@{x}"},
            "x-ms-apimTemplateParameter.triggerDataPath": "@triggerBody()",
            "x-ms-apimTemplate-operationName": ["Poll"],
        },
    }
    definition = {
        "swagger": "2.0",
        "info": {"title": name, "contact": name},
        "paths": {"/a/{id}": {"parameters": [odd, name], "get": operation, "post": {}, "put": trigger}, "/b": name},
        "definitions": {"A": name, "B": {"properties": {"a": name, "b": odd}, "required": [name]}},
        "parameters": {"A": odd, "B": name},
        "responses": {"A": odd, "B": name},
        "securityDefinitions": {"A": odd, "B": name},
    }
    properties = {"properties": {"policyTemplateInstances": [policy, name], "connectionParameters": {"a": name}}}
    import_whole(readable(definition, properties))
