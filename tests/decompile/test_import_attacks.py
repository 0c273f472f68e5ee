"""Packages that are made to hurt: deep, large, in circles. They are imported or refused, in time that grows with their size."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from connector_builder.app.import_ import Options, import_all
from connector_builder.language.decompile import NotImportable, import_package
from connector_builder.package import DEFINITION, SETTINGS
from connector_builder.source.yaml_reader import read_yaml
from connector_builder.sources import documents
from connector_builder.sources.kinds import Kind
from connector_builder.sources.source import Source, read_source
from tests.support.growth import calls
from tests.support.imports.import_one import import_whole, package_of

pytestmark = pytest.mark.no_cover  # golden cases reach the same, and tracing doubles the time


def swagger(**parts: Any) -> dict[str, Any]:
    return {"swagger": "2.0", "info": {"title": "T", "version": "1"}, "host": "api.example.com", "paths": {}, **parts}


def operation(number: int = 0, **parts: Any) -> dict[str, Any]:
    return {
        "operationId": f"Op{number}",
        "summary": "Does it",
        "responses": {"200": {"description": "OK"}},
        **parts,
    }


def properties(count: int, **parts: Any) -> dict[str, Any]:
    return {"type": "object", "properties": {f"p{number}": {"type": "string"} for number in range(count)}, **parts}


def names(count: int) -> list[str]:
    return [f"p{number}" for number in range(count)]


def queries(count: int) -> list[dict[str, Any]]:
    return [{"name": name, "in": "query", "type": "string"} for name in names(count)]


def callback(count: int) -> dict[str, Any]:
    schema = properties(count, required=names(count))
    schema["properties"][f"p{count - 1}"] |= {"x-ms-notification-url": True, "x-ms-visibility": "internal"}
    body = {"name": "body", "in": "body", "required": True, "schema": schema}
    return {"/a": {"post": {**operation(parameters=[body]), "x-ms-trigger": "single"}}}


def circles(count: int) -> dict[str, Any]:
    """Schemas with more ways through them than anybody can go."""
    both = [{"$ref": f"#/definitions/A{number % count}"} for number in range(1, count + 1)]
    return {
        f"A{number}": {"type": "object", "required": ["n", "m"], "properties": {"n": both[number], "m": both[number]}}
        for number in range(count)
    }


def trigger(**parts: Any) -> dict[str, Any]:
    body = {"name": "body", "in": "body", "schema": {"$ref": "#/definitions/A0"}}
    return {"/a": {"post": {**operation(parameters=[body]), "x-ms-trigger": "single", **parts}}}


def nested(depth: int, wrap: Callable[[Any], Any], inner: Any) -> Any:
    for _ in range(depth):
        inner = wrap(inner)
    return inner


def objects(depth: int) -> Any:
    return nested(depth, lambda part: {"type": "object", "properties": {"a": part}}, {"type": "string"})


def arrays(depth: int) -> Any:
    return nested(depth, lambda part: {"type": "array", "items": part}, {"type": "string"})


def lists(depth: int) -> Any:
    return nested(depth, lambda part: [part], 1)


LARGE: dict[str, Callable[[int], dict[str, Any]]] = {
    "properties": lambda count: swagger(definitions={"A": properties(count)}),
    "required": lambda count: swagger(definitions={"A": properties(count, required=names(count))}),
    "required the other way": lambda count: swagger(definitions={"A": properties(count, required=names(count)[::-1])}),
    "a callback among many fields": lambda count: swagger(paths=callback(count)),
    "operations": lambda count: swagger(paths={f"/a{one}": {"get": operation(one)} for one in range(count)}),
    "operations of one id": lambda count: swagger(paths={f"/a{one}": {"get": operation()} for one in range(count)}),
    "operations in an odd order": lambda count: swagger(
        paths={
            f"/a{one}": {"get": operation(one, **({"x-ms-trigger": "batch"} if one % 2 else {}))} for one in range(count)
        }
    ),
    "paths that no request line says": lambda count: swagger(
        paths={f"/a {one}": {"get": operation(one)} for one in range(count)}
    ),
    "enum": lambda count: swagger(
        definitions={"A": {
            "type": "string",
            "enum": names(count),
            "x-ms-enum-values": [{"value": name, "displayName": name.upper()} for name in names(count)],
        }}
    ),
    "parameters": lambda count: swagger(paths={"/a": {"get": operation(parameters=queries(count))}}),
    "path parameters": lambda count: swagger(paths={
        "/{" + "}/{".join(names(count)) + "}": {
            "get": operation(parameters=[
                {"name": name, "in": "path", "required": True, "type": "string"} for name in reversed(names(count))
            ])
        }
    }),
    "shared parameters": lambda count: swagger(
        paths={"/a": {"get": operation(parameters=[{"$ref": f"#/parameters/{name}"} for name in names(count)])}},
        parameters={one["name"]: one for one in queries(count)},
    ),
    "responses": lambda count: swagger(
        paths={"/a": {"get": operation(responses={str(one): {"description": "D"} for one in range(count)})}}
    ),
    "the same schema": lambda count: swagger(paths={
        f"/a{one}": {"get": operation(one, responses={"200": {"description": "OK", "schema": properties(9)}})}
        for one in range(count // 5)
    }),
    "a chain of schemas": lambda count: swagger(definitions=circles(count)),
    "extensions": lambda count: swagger(**{f"x-{one}": {"a": one} for one in range(count)}),
    "a text": lambda count: swagger(info={"title": "T", "version": "1", "description": "word " * 25 * count}),
    "a word": lambda count: swagger(info={"title": "T", "version": "1", "description": "w" * 100 * count}),
    "lines": lambda count: swagger(info={"title": "T", "version": "1", "description": "line\n" * 25 * count}),
    "a name": lambda count: swagger(definitions={"A": {"type": "object", "properties": {"aB" * 50 * count: {}}}}),
}  # fmt: skip


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", LARGE)
def test_work_grows_with_size(name: str) -> None:
    """Of what takes quadratic time, eight times as much takes 64 times the work."""
    small, large = (package_of(LARGE[name](count)) for count in (25, 200))
    import_whole(small)
    assert calls(lambda: import_package(large)) < 16 * calls(lambda: import_package(small))


@pytest.mark.parametrize("definition", [
    swagger(definitions=circles(50), paths=trigger()),
    swagger(definitions=circles(50), paths=trigger(**{"x-ms-trigger": "batch"})),
    swagger(definitions={"A": {"$ref": "#/definitions/A"}, "B": {"allOf": [{"$ref": "#/definitions/B"}]}, "C": {"$ref": "#"}}),
    swagger(definitions={"A0": {"$ref": "#/definitions/A0"}}, paths=trigger()),
    swagger(parameters={"a": {"$ref": "#/parameters/a"}}, responses={"a": {"$ref": "#/responses/a"}}),
    swagger(paths={"/a": {"$ref": "#/paths/~1a"}, "/b": {"get": operation(parameters=[{"$ref": "#/parameters/a"}])}}),
], ids=range(6))  # fmt: skip
def test_circles_are_imported(definition: dict[str, Any]) -> None:
    import_whole(package_of(definition))


@pytest.mark.parametrize("depth", [10, 40, 60, 74, 90, 120])
@pytest.mark.parametrize("make", [objects, arrays, lists])
def test_what_is_deep_is_imported_or_refused(make: Callable[[int], Any], depth: int) -> None:
    part = make(depth)
    definition = swagger(**({"x-deep": part} if make is lists else {"definitions": {"A": part}}))
    levels = depth * (2 if make is objects else 1)
    if depth < 75 or levels < 95:  # fields of fields are paths, which are flat
        import_whole(package_of(definition))
    else:
        with pytest.raises(NotImportable, match="more than 95 levels of nesting"):
            import_package(package_of(definition))


def test_what_is_too_deep_is_told_at_its_place(tmp_path: Path) -> None:
    path = tmp_path / "deep.json"
    text = json.dumps(swagger(**{"x-deep": lists(150)}))
    path.write_text(text, encoding="utf-8")
    result = import_all([Source(path, Kind.SWAGGER)], tmp_path / "spec", Options(), several=False)
    assert [(one.rule, one.message) for one in result.diagnostics] == [
        ("NotImportable", "more than 95 levels of nesting")
    ]
    assert result.done[0].defect is None
    assert not (tmp_path / "spec").exists()


def test_deeper_json_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "deep.json"
    path.write_text(
        '{"swagger": "2.0", "info": {}, "paths": {}, "x-a": ' + "[" * 100_000 + "]" * 100_000 + "}", encoding="utf-8"
    )
    reading = read_source(Source(path, Kind.SWAGGER))
    assert reading.package is None
    assert [finding.message for finding in reading.findings] == ["more than 200 levels of nesting"]


def test_aliases_in_yaml_are_within_a_budget(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "read_yaml", partial(read_yaml, parts=50_000))
    bomb = "".join(f"x-{one}: &a{one} [{', '.join([f'*a{one - 1}'] * 10)}]\n" for one in range(1, 12))
    path = tmp_path / "bomb.yaml"
    path.write_text(f'swagger: "2.0"\ninfo: {{}}\npaths: {{}}\nx-0: &a0 [1]\n{bomb}', encoding="utf-8")
    reading = read_source(Source(path, Kind.SWAGGER))
    assert reading.package is None
    assert [one.message for one in reading.findings] == ["aliases repeat more than 1,000,000 parts"]


def test_settings_may_name_what_no_system_can(tmp_path: Path) -> None:
    (tmp_path / DEFINITION).write_text(json.dumps(swagger()), encoding="utf-8")
    (tmp_path / SETTINGS).write_text(json.dumps({"apiProperties": "a" * 5000, "icon": "\0"}), encoding="utf-8")
    reading = read_source(Source(tmp_path, Kind.PACKAGE))
    assert reading.package is not None
    assert reading.package.properties is None
