"""The merged spec builds what both sides made of the API: compared with an API that has both changes at once."""

import random
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from connector_builder.language import MAIN, Variables, compile_folder
from connector_builder.language.decompile import import_package
from connector_builder.platform.data.differences import differences
from connector_builder.source.folder import InMemory
from tests.support.imports.import_one import PATH, built, package_of
from tests.support.imports.updating import Definition, updated

Change = Callable[[Definition, str], object]


def api(operations: int = 6) -> Definition:
    """Returns an API with several operations and a schema for each."""
    paths: Definition = {}
    schemas: Definition = {}
    for number in range(operations):
        limit = {"name": "limit", "in": "query", "type": "integer", "required": False, "description": "How many."}
        body = {"name": "body", "in": "body", "required": True, "schema": {"$ref": f"#/definitions/Thing{number}"}}
        answer = {"200": {"description": "OK", "schema": {"$ref": f"#/definitions/Thing{number}"}}}
        paths[f"/things{number}"] = {
            "get": {
                "operationId": f"List{number}",
                "tags": [f"Tag{number}"],
                "summary": "Lists",
                "description": "Lists them.",
                "parameters": [limit],
                "responses": answer,
            },
            "put": {
                "operationId": f"Put{number}",
                "tags": [f"Tag{number}"],
                "summary": "Puts",
                "parameters": [body],
                "responses": deepcopy(answer),
            },
        }
        listed = {"operationId": "List0", "value-collection": "items", "value-path": "id", "value-title": "name"}
        fields = {
            "id": {"type": "string"},
            "size": {"type": "integer", "description": "In metres."},
            f"owner{number}": {"type": "string", "x-ms-dynamic-values": listed},
            f"month{number}": {"type": "string", "enum": [f"The month number {month} of a year" for month in range(9)]},
        }
        schemas[f"Thing{number}"] = {"type": "object", "required": ["id"], "properties": fields}
    top: Definition = {"swagger": "2.0", "info": {"title": "Things", "description": "Things.", "version": "1"}}
    return {**top, "host": "api.things.example", "schemes": ["https"], "paths": paths, "definitions": schemas}


def get(one: Definition, number: str) -> Any:
    return one["paths"][f"/things{number}"]["get"]


def owner(one: Definition, number: str) -> Any:
    return one["definitions"][f"Thing{number}"]["properties"][f"owner{number}"]


CHANGES: list[Change] = [
    lambda one, number: get(one, number).update(description="Shows them."),
    lambda one, number: get(one, number).update({"x-ms-visibility": "advanced"}),
    lambda one, number: get(one, number)["parameters"][0].update({"x-ms-summary": "Most", "type": "string"}),
    lambda one, number: get(one, number)["parameters"].append({"name": "q", "in": "query", "type": "string"}),
    lambda one, number: get(one, number).update(parameters=[]),
    lambda one, number: get(one, number)["responses"].update({"404": {"description": "None."}}),
    lambda one, number: one["paths"].pop(f"/things{number}"),
    lambda one, number: one["paths"].update(
        {f"/new{number}": {"get": {**get(one, number), "operationId": f"New{number}"}}}
    ),
    lambda one, number: one["definitions"][f"Thing{number}"]["properties"].update(
        more={"type": "array", "items": {"type": "string"}}
    ),
    lambda one, number: one["definitions"][f"Thing{number}"]["properties"]["size"].update(type="number", title="Size"),
    lambda one, number: one["definitions"][f"Thing{number}"].update(required=["id", "size"]),
    lambda one, number: get(one, number).update(tags=["Other"]),
    lambda one, number: one["definitions"][f"Thing{number}"]["properties"][f"month{number}"]["enum"].append("None"),
    lambda one, number: get(one, number).pop("tags"),
    lambda one, number: owner(one, number)["x-ms-dynamic-values"].update({"value-path": "key"}),
    lambda one, number: owner(one, number)["x-ms-dynamic-values"].pop("value-title"),
    lambda one, number: one["definitions"].update({f"Other{number}": {"type": "string", "enum": ["a", "b"]}}),
]


def apply(one: Definition, changes: list[tuple[Change, str]]) -> Definition:
    """Returns a copy of an API with changes, each of the parts with a number."""
    result = deepcopy(one)
    for change, number in changes:
        change(result, number)
    return result


@pytest.mark.parametrize("seed", range(12))
def test_changes_of_different_parts_are_all_there(seed: int) -> None:
    chance = random.Random(seed)
    numbers = chance.sample("012345", 6)
    own, upstream = ([(chance.choice(CHANGES), number) for number in some] for some in (numbers[:3], numbers[3:]))
    base = api()
    imported = import_package(package_of(apply(base, own)))
    files = {name: content.decode() for name, content in imported.files.items()}
    result = updated(apply(base, upstream), files, base=base)
    contents = {
        name: content for name, content in {**imported.files, **result.files}.items() if name not in result.gone
    }
    package = compile_folder(InMemory(PATH, contents), MAIN, Variables()).package
    assert package is not None
    wanted = built(import_package(package_of(apply(apply(base, own), upstream))))
    assert list(differences(wanted.definition, package.definition, ordered=())) == []
    assert list(differences(wanted.properties, package.properties, ordered=())) == []
    assert [finding for finding in result.findings if finding.rule.name != "Updated"] == []
