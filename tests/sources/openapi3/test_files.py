"""Documents of several files: what one refers to is read below its folder."""

from pathlib import Path

import pytest

from connector_builder.package import Reading
from connector_builder.platform.swagger.operations import operations
from connector_builder.sources.choosing import ALL
from connector_builder.sources.kinds import Kind
from connector_builder.sources.source import Source, candidates, read_source

MAIN = """
openapi: 3.0.3
info: {title: Shop, version: "1", description: Sells.}
servers: [{url: "https://a.example"}]
paths:
  /orders:
    get: {$ref: orders/list.yml}
    post: {$ref: orders/gone.yml}
  /people: {$ref: people.yml}
"""
FILES = {
    "orders/list.yml": """
operationId: listOrders
tags: [Orders]
parameters: [{$ref: "../shared/page.yml"}]
responses:
  "200":
    description: All.
    content:
      application/json:
        schema: {type: array, items: {$ref: "models/order.yml"}}
""",
    "orders/models/order.yml": """
type: object
properties:
  id: {type: integer}
  owner: {$ref: "../../people.yml#/Person"}
  parts: {type: array, items: {$ref: order.yml}}
""",
    "shared/page.yml": "{name: page, in: query, schema: {type: integer}}",
    "people.yml": """
Person: {type: object, properties: {name: {type: string}}}
get:
  operationId: getPerson
  responses: {"200": {description: One., content: {application/json: {schema: {$ref: "#/Person"}}}}}
""",
}


@pytest.fixture
def source(tmp_path: Path) -> Source:
    for name, content in {"api.yml": MAIN, **FILES}.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return Source(tmp_path / "api.yml", Kind.OPENAPI3)


def names(reading: Reading) -> list[str]:
    assert reading.package is not None
    return [str(one.value["operationId"]) for one in operations(reading.package.definition)]


def test_operations_of_other_files_are_listed(source: Source) -> None:
    assert [(one.id, one.tags) for one in candidates(source, ALL)] == [("listOrders", ("Orders",)), ("getPerson", ())]


def test_schemas_are_named_after_their_files(source: Source) -> None:
    reading = read_source(source)
    assert names(reading) == ["listOrders", "getPerson"]
    assert reading.package is not None
    assert [*reading.package.definition["definitions"]] == ["Person", "order"]
    missing = [one for one in reading.findings if one.rule.name == "SourceReferenceNotFound"]
    assert [one.message for one in missing] == ["this reference for POST '/orders' leads nowhere: it is left out"]


def test_all_files_together_have_a_limit(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connector_builder.sources.openapi3.bundle.MAX_DESCRIPTION", len(FILES["people.yml"]) + 5)
    assert names(read_source(source)) == ["getPerson"]
