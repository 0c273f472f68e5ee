"""How large a source of each kind may be, and how the work grows with it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connector_builder.platform.data.plain import mapping
from connector_builder.source.json_reader import has_more_parts
from connector_builder.sources import documents
from connector_builder.sources.documents import parse
from connector_builder.sources.kinds import Kind
from connector_builder.sources.limits import LARGEST, MAX_BYTES
from connector_builder.sources.source import Source, read_source
from tests.support.growth import calls


@pytest.fixture(autouse=True)
def small_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_DOCUMENT", 1000)


def padded(content: str, size: int) -> bytes:
    return (content + " " * (size - len(content))).encode()


def message(content: bytes, path: str = "a.json", *, limit: int = 5000, repair: bool = False) -> list[str]:
    parsed = parse(Path(path), repair=repair, content=content, limit=limit)
    assert parsed.readable == (not parsed.findings)
    return [f"{one.rule.name}: {one.message}" for one in parsed.findings]


def test_every_kind_has_a_limit() -> None:
    assert list(MAX_BYTES) == [str(kind) for kind in Kind]
    assert max(MAX_BYTES.values()) == LARGEST


@pytest.mark.parametrize("size", [1000, 1001, 5000])
def test_json_up_to_the_limit_of_its_kind(size: int) -> None:
    assert message(padded('{"a": [1, 2]}', size)) == []


def test_json_beyond_it() -> None:
    assert message(padded("{}", 2 << 20), limit=1 << 20) == ["FileTooLarge: 'a.json' is larger than 1 MB"]


def test_large_yaml_is_refused() -> None:
    [found] = parse(Path("a.yaml"), repair=False, content=padded("openapi: 3.0.3\n", 1001), limit=5000).findings
    assert (found.rule.name, found.help) == ("FileTooLarge", "save it as JSON")


@pytest.mark.parametrize(("most", "refused"), [(8, False), (7, True)])
def test_parts_of_large_json(monkeypatch: pytest.MonkeyPatch, most: int, refused: bool) -> None:
    monkeypatch.setattr(documents, "MAX_PARTS", most)
    found = message(padded('{"a,,,,": [1, 2, {"b": {}}]}', 1001))
    assert found == ([f"FileTooLarge: 'a.json' has more than {most:,} parts"] if refused else [])


def test_parts_inside_texts_do_not_count() -> None:
    assert not has_more_parts(json.dumps({"body": json.dumps([{"a": [1, 2]}] * 100)}), 2)
    assert has_more_parts("[[],[],[]]", 5)
    assert not has_more_parts("[[],[],[]]", 6)


def test_large_json_is_not_mended() -> None:
    assert message(padded('{"a": 1,}', 1001), repair=True)[-1].startswith("NotImportable: --repair mends files up to")


def test_a_large_har(tmp_path: Path) -> None:
    request = {"method": "GET", "url": "https://api.contoso.example/v1/orders"}
    answer = {"status": 200, "content": {"mimeType": "application/json", "text": '[{"id": 1}]'}}
    entry = {"request": request, "response": answer}
    path = tmp_path / "a.har"
    path.write_text(json.dumps({"log": {"entries": [entry] * 50}}), encoding="utf-8")
    package = read_source(Source(path, Kind.HAR)).package
    assert package is not None
    assert [*mapping(package.definition["paths"])] == ["/orders"]


def openapi(size: int) -> str:
    """A document of `size` operations and as many schemas, each of which refers to two of the same ten."""
    reference = "#/components/schemas/S{}"
    schemas = {
        f"S{number}": {
            "type": "object",
            "properties": {
                "id": {"type": "string", "description": "Its **id**."},
                "next": {"$ref": reference.format(number // 10 * 10 + (number + 1) % 10)},
                "other": {
                    "allOf": [{"$ref": reference.format(number // 10 * 10 + number * 7 % 10)}],
                    "description": "Another.",
                },
                "kind": {"oneOf": [{"type": "string"}, {"type": "integer"}]},
            },
        }
        for number in range(size)
    }
    paths = {
        f"/things{number}": {
            "get": {
                "responses": {"200": {"description": "OK", "content": {"application/json": {"schema": {"$ref": reference.format(number)}}}}}
            }
        }
        for number in range(size)
    }  # fmt: skip
    info = {"title": "Things", "description": "Reads many things.", "version": "1"}
    servers = [{"url": "https://api.contoso.example"}]
    return json.dumps(
        {"openapi": "3.1.0", "info": info, "servers": servers, "paths": paths, "components": {"schemas": schemas}}
    )


def har(size: int) -> str:
    entries: list[Any] = [
        {
            "request": {"method": "GET", "url": f"https://api.contoso.example/r{number % 5}/{number}?page={number}"},
            "response": {"status": 200, "content": {"mimeType": "application/json", "text": json.dumps({"id": number, "mail": "a@b.example"})}},
        }
        for number in range(size)
    ]  # fmt: skip
    return json.dumps({"log": {"entries": entries}})


def curl(size: int) -> str:
    return "".join(
        f"# Call {n}\ncurl https://api.contoso.example/r{n % 5}/{n} -d '{{\"a\": {n}}}'\n" for n in range(size)
    )


def postman(size: int) -> str:
    items = [
        {
            "name": f"Get {number}",
            "request": {"method": "GET", "url": f"https://api.contoso.example/r{number % 5}/{number}"},
        }
        for number in range(size)
    ]
    schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
    return json.dumps({"info": {"name": "Things", "schema": schema}, "item": items})


def http(size: int) -> str:
    return "".join(f"### Call {n}\nGET https://api.contoso.example/r{n % 5}/{n}\n\n" for n in range(size))


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("kind", "text", "size"),
    [
        (Kind.OPENAPI3, openapi, 20),
        (Kind.HAR, har, 50),
        (Kind.CURL, curl, 50),
        (Kind.POSTMAN, postman, 50),
        (Kind.HTTP, http, 50),
    ],
)
def test_work_grows_with_the_source(tmp_path: Path, kind: Kind, text: Callable[[int], str], size: int) -> None:
    counts = []
    for number in (size, 4 * size):
        path = tmp_path / f"{number}.json"
        path.write_text(text(number), encoding="utf-8")
        counts.append(calls(lambda path=path: read_source(Source(path, kind))))  # type: ignore[misc]
    assert counts[1] < 4.4 * counts[0], counts
