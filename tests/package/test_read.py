"""Packages read from folders: what paconn would trip over before it reads what they say."""

import json
from pathlib import Path

import pytest

from connector_builder.package.read import read_package
from connector_builder.package.rules import BYTE_ORDER_MARK, TEXT_NOT_ASCII

DEFINITION = json.dumps({"swagger": "2.0", "info": {"title": "Caf\u00e9"}}, ensure_ascii=False)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (DEFINITION.replace("é", "e").encode(), []),
        (
            b"\xef\xbb\xbf" + DEFINITION.replace("é", "e").encode(),
            [(1, 1, "ByteOrderMarkPreventsUpload", "the file begins with a byte order mark: paconn can't read it")],
        ),
        (
            DEFINITION.encode(),
            [(1, 42, "TextNotAscii", "'é' isn't ASCII: paconn reads it wrong where the system's encoding isn't UTF-8")],
        ),
    ],
)
def test_what_paconn_reads_wrong_is_told(content: bytes, expected: list[object], tmp_path: Path) -> None:
    (tmp_path / "apiDefinition.swagger.json").write_bytes(content)
    reading = read_package(tmp_path)
    found = [(*f.place.text.position(f.place.start), f.rule.name, f.message) for f in reading.findings]
    assert found == expected
    assert reading.package is not None
    assert reading.package.definition["swagger"] == "2.0"


def test_a_character_outside_a_text_is_a_fault_of_the_json_alone(tmp_path: Path) -> None:
    (tmp_path / "apiDefinition.swagger.json").write_text('{"a":\u2003"b"}', encoding="utf-8")
    assert [finding.rule.name for finding in read_package(tmp_path).findings] == ["SyntaxNotValid"]


def test_what_only_uploads_mind_is_marked_so() -> None:
    assert {one.name for one in (BYTE_ORDER_MARK, TEXT_NOT_ASCII) if one.only_uploads} == {
        "ByteOrderMarkPreventsUpload",
        "TextNotAscii",
    }
