"""How large a source of each kind may be."""

import json
from pathlib import Path

import pytest

from connector_builder.platform.data.plain import mapping
from connector_builder.source.json_reader import has_more_parts
from connector_builder.sources import documents
from connector_builder.sources.documents import parse
from connector_builder.sources.kinds import Kind
from connector_builder.sources.limits import LARGEST, MAX_BYTES
from connector_builder.sources.source import Source, read_source


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
