"""The order of paths and parameters survives an import, whatever texts they are: some mean something in a list of ours."""

from random import Random
from typing import Any

import pytest

from tests.support.imports.import_one import import_whole, package_of

ODD = ("/z/${name}", "/f/*", "/f/${A:-b}*", "/q/*", "/${q}", "/*", "/f*", "/models/{model}:run", "/a/:x")
USUAL = ("/f/x", "/f/y", "/z/a", "/z/b", "/q/1", "/q/2", "/q/")
RESPONSES = {
    "200": {
        "description": "OK",
        "schema": {"type": "object", "properties": {"name": {"type": "string", "x-ms-summary": "The name of it"}}},
    }
}


def operation(random: Random, number: int, path: str) -> dict[str, Any]:
    names = [f"Op{number}", f"Op{number}*", "/f*", "/q/*", random.choice(ODD), random.choice(USUAL)]
    parameters = [{"name": "model", "in": "path", "required": True, "type": "string"}] if "{model}" in path else []
    swagger = {
        "operationId": random.choice(names),
        "summary": f"Does {number}",
        "parameters": parameters,
        "responses": RESPONSES,
    }
    if random.random() < 0.4:
        swagger["responses"] = {"200": {"description": 5, "schema": []}}  # only plain Swagger can say it
    if random.random() < 0.2:
        del swagger["operationId"]
    return swagger


@pytest.mark.parametrize("seed", range(30))
def test_paths(seed: int) -> None:
    random = Random(seed)
    paths = random.sample([*ODD, *USUAL], 12)
    items: dict[str, Any] = {path: {"get": operation(random, number, path)} for number, path in enumerate(paths)}
    for path in paths[::3]:
        items[path] = {"post": None, "x-odd": path}
    definition = {"swagger": "2.0", "info": {"title": "T", "version": "1"}, "host": "api.example.com", "paths": items}
    import_whole(package_of(definition))


@pytest.mark.parametrize("seed", range(10))
def test_parameters(seed: int) -> None:
    random = Random(seed)
    names = ("a in query", "a", "query", "${b}", "b*", " in ", "x in header", "[]", "c in ")
    listed = [
        {"name": name, "in": place, "type": "string"}
        for name in names
        for place in random.sample(("query", "header"), 2)
    ]
    random.shuffle(listed)
    swagger = {"operationId": "Get", "parameters": listed, "responses": RESPONSES}
    definition = {
        "swagger": "2.0",
        "info": {"title": "T", "version": "1"},
        "host": "api.example.com",
        "paths": {"/a": {"get": swagger}},
    }
    import_whole(package_of(definition))
