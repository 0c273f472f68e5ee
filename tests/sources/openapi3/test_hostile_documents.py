"""OpenAPI documents that mean harm: circles, bombs, wrong types, addresses; each is imported or refused, soon and offline."""

import json
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connector_builder.sources.kinds import Kind
from connector_builder.sources.source import Source, read_source
from tests.support.hostile.foreign_documents import OPENAPI
from tests.support.imports.source_files import put
from tests.support.properties import every

pytestmark = pytest.mark.no_cover
Entries = dict[str, Any]
WRONG: list[Any] = [
    None,
    True,
    -1,
    1e300,
    "",
    "x",
    [],
    [[]],
    [None],
    {},
    {"$ref": "#"},
    {"$ref": ["x"]},
    {"": {"": []}},
]


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test opens a connection."""

    def refuse(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def paths_of(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    each = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(found for key, part in each for found in paths_of(part, (*at, key)))]


PLACES = paths_of(OPENAPI)[1 :: 3 * every()]
"""In CI every third part of the document, by default every ninth."""


@pytest.mark.parametrize("wrong", WRONG, ids=json.dumps)
def test_a_wrong_type_at_any_place(wrong: Any, tmp_path: Path) -> None:
    statuses = set()
    for place in PLACES:
        document = json.loads(json.dumps(OPENAPI))
        part = document
        for step in place[:-1]:
            part = part[step]
        part[place[-1]] = wrong
        reading = read_source(Source(put(tmp_path / "a.json", document), Kind.OPENAPI3))
        assert reading.package is not None or reading.findings, place
        statuses.add(reading.package is not None)
    assert True in statuses


def with_schemas(schemas: Entries) -> Entries:
    operation = {
        "responses": {
            "200": {
                "description": "OK",
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/S0"}}},
            }
        }
    }
    return {"openapi": "3.0.0", "info": {"title": "T", "version": "1"}, "servers": [{"url": "https://a.example"}],
            "paths": {"/a": {"get": operation}}, "components": {"schemas": schemas}}  # fmt: skip


def ref(number: int) -> Entries:
    return {"$ref": f"#/components/schemas/S{number}"}


def _doubling(key: str) -> Callable[[], Entries]:
    return lambda: {f"S{n}": {key: [ref(n + 1), ref(n + 1)]} for n in range(40)} | {"S40": {"type": "object", "properties": {"a": {"type": "string"}}}}  # fmt: skip


BOMBS: dict[str, Callable[[], Entries]] = {
    "a circle": lambda: {"S0": ref(0)},
    "a circle of allOf": lambda: {"S0": {"allOf": [ref(1)]}, "S1": {"allOf": [ref(0), {"properties": {"a": ref(1)}}]}},
    "a circle of oneOf": lambda: {"S0": {"oneOf": [ref(1), ref(0)]}, "S1": {"anyOf": [ref(0), ref(1)]}},
    "allOf that doubles": _doubling("allOf"),
    "oneOf that doubles": _doubling("oneOf"),
    "anyOf that doubles": _doubling("anyOf"),
    "properties that double": lambda: {f"S{n}": {"properties": {"a": ref(n + 1), "b": ref(n + 1)}} for n in range(60)},
    "a long chain": lambda: {f"S{n}": ref(n + 1) for n in range(5_000)},
    "a long chain of allOf": lambda: {f"S{n}": {"allOf": [ref(n + 1)]} for n in range(3_000)},
    "many that combine": lambda: {f"S{n}": {"allOf": [ref(n + 1), {"properties": {f"p{n}": ref((n * 7) % 4_000)}}] if n % 10 else [{"type": "object"}]} for n in range(4_000)},
    "everything refers to everything": lambda: {f"S{n}": {"properties": {f"p{m}": ref(m) for m in range(100)}} for n in range(100)},
    "huge numbers": lambda: {"S0": {"type": "integer", "maximum": 10**300, "minLength": -(10**30), "enum": [10**400]}},
}  # fmt: skip


@pytest.mark.parametrize("bomb", BOMBS)
def test_bombs_end_soon(bomb: str, tmp_path: Path) -> None:
    reading = read_source(Source(put(tmp_path / "a.json", with_schemas(BOMBS[bomb]())), Kind.OPENAPI3))
    assert reading.package is not None or reading.findings


@pytest.mark.parametrize(
    "target",
    ["http://127.0.0.1:9/x.json#/a", "https://contoso.example/x.yaml", "file:///etc/hosts", "/etc/hosts", "../secret.json#/S",
     "x/../../secret.json", "..\\secret.json", "%2e%2e/secret.json", "//host/share/x.json", "C:\\x.json", "a\0b.json", "x" * 5_000, "CON", "."],
)  # fmt: skip
def test_nothing_outside_is_read(target: str, tmp_path: Path) -> None:
    put(tmp_path / "secret.json", {"S": {"type": "object", "properties": {"PLANTED": {"type": "string"}}}})
    (tmp_path / "in").mkdir()
    document = with_schemas({"S0": {"type": "object", "properties": {"a": {"$ref": target}}}})
    reading = read_source(Source(put(tmp_path / "in/a.json", document), Kind.OPENAPI3))
    assert reading.package is not None
    said = json.dumps([reading.package.definition, [finding.message for finding in reading.findings]])
    assert "PLANTED" not in said
    assert "localhost" not in said  # /etc/hosts


@pytest.mark.parametrize("depth", [150, 250, 100_000])
def test_deep_documents(depth: int, tmp_path: Path) -> None:
    inner = '{"items": ' * depth + "{}" + "}" * depth
    text = json.dumps(with_schemas({"S0": "INNER"})).replace('"INNER"', inner)
    reading = read_source(Source(put(tmp_path / "a.json", text), Kind.OPENAPI3))
    assert (reading.package is None) == (depth > 190)
