"""References by the names of schemas: `$anchor`, `$id`, `$dynamicRef`."""

from pathlib import Path
from typing import Any

import pytest

from connector_builder.sources.kinds import Kind
from connector_builder.sources.source import Source, read_source
from tests.support.imports.source_files import put

ORDER: dict[str, Any] = {"type": "object", "properties": {"id": {"type": "string"}}}


def answer(folder: Path, schema: Any, schemas: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any], list[str]]:
    """Imports an answer of a schema. Returns what it became, the definitions, and the kinds of what changed."""
    content = {"application/json": {"schema": schema}}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Orders", "description": "Reads orders.", "version": "1"},
        "servers": [{"url": "https://api.contoso.example"}],
        "paths": {"/orders": {"get": {"operationId": "Get", "responses": {"200": {"description": "OK", "content": content}}}}},
        "components": {"schemas": schemas},
    }  # fmt: skip
    reading = read_source(Source(put(folder / "a.json", document), Kind.OPENAPI3))
    assert reading.package is not None
    definition = reading.package.definition
    found: dict[str, Any] = definition["paths"]["/orders"]["get"]["responses"]["200"]["schema"]
    return found, definition.get("definitions", {}), [one.rule.name for one in reading.findings]


@pytest.mark.parametrize(
    ("reference", "names"),
    [
        ({"$ref": "#order"}, {"$anchor": "order"}),
        ({"$ref": "https://contoso.example/order"}, {"$id": "https://contoso.example/order"}),
        ({"$ref": "https://contoso.example/order#it"}, {"$id": "https://contoso.example/order", "$anchor": "it"}),
        ({"$dynamicRef": "#order"}, {"$dynamicAnchor": "order"}),
    ],
)
def test_a_name_leads_to_its_schema(tmp_path: Path, reference: dict[str, str], names: dict[str, str]) -> None:
    found, definitions, told = answer(tmp_path, reference, {"A/B": {**names, **ORDER}})
    assert (found, list(definitions), told) == ({"$ref": "#/definitions/AB"}, ["AB"], ["SchemaRenamed"])


def test_a_tree_refers_to_itself(tmp_path: Path) -> None:
    tree = {
        "$dynamicAnchor": "node",
        "type": "object",
        "properties": {"below": {"type": "array", "items": {"$dynamicRef": "#node"}}},
    }
    _, definitions, told = answer(tmp_path, {"$ref": "#/components/schemas/Tree"}, {"Tree": tree})
    assert definitions["Tree"]["properties"]["below"]["items"] == {"$ref": "#/definitions/Tree"}
    assert told == []


def test_a_name_that_no_schema_has(tmp_path: Path) -> None:
    found, _, told = answer(tmp_path, {"$ref": "#none"}, {"A": {"$anchor": "order", **ORDER}})
    assert (found, told) == ({"type": "object"}, ["SourceReferenceNotFound"])
