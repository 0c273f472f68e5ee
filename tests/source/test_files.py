"""Files of strangers: what is read, and what is refused before it is."""

import sys
from pathlib import Path

import pytest

from connector_builder.findings import Finding, Place, Text
from connector_builder.source.files import decode, inside, read_bytes


def refused(result: object) -> tuple[str, str]:
    assert isinstance(result, Finding)
    return result.rule.name, result.message


@pytest.mark.parametrize(
    "name",
    [
        "../x",
        "a/../../x",
        "/etc/passwd",
        "C:x",
        "C:\\x",
        "\\x",
        "\\\\host\\share",
        "a\0b",
        "",
        "..",
        "file:x",
        "a\\..\\..\\b",
    ],
)
def test_no_path_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    rule, message = refused(inside(tmp_path, name, Place(Text(Path("s.yaml"), ""))))
    assert (rule, message) == ("FileNotReadable", f"'{name}' isn't a file inside the folder of the spec")


@pytest.mark.parametrize(
    "name", ["samples/aux.json", "CON", "lpt1.a.b", "nul\\x", "a?.json", 'a"', "a/b. /c", "a\n", "b."]
)
def test_a_name_that_windows_does_not_know_is_refused_everywhere(tmp_path: Path, name: str) -> None:
    rule, message = refused(inside(tmp_path, name, Place(Text(Path("s.yaml"), ""))))
    assert (rule, message) == ("FileNotReadable", f"'{name}' can't be the name of a file on Windows")


@pytest.mark.parametrize("name", ["console.json", "a b.json", "aux-1.json", ".x", "x/com10", "größe.json", "./a"])
def test_a_name_that_is_only_unusual_is_taken(tmp_path: Path, name: str) -> None:
    assert inside(tmp_path, name, Place(Text(Path("s.yaml"), ""))) == tmp_path / name


def test_backslashes_separate_on_every_system(tmp_path: Path) -> None:
    assert inside(tmp_path, "samples\\a.json", Place(Text(Path("s"), ""))) == tmp_path / "samples" / "a.json"


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "spec"
    folder.mkdir()
    (tmp_path / "secret").write_text("x", encoding="utf-8")
    try:
        (folder / "link").symlink_to(tmp_path / "secret")
    except OSError:
        pytest.skip("this system makes no symbolic links for this user")
    rule, message = refused(inside(folder, "link", Place(Text(Path("s"), ""))))
    assert (rule, message) == ("FileNotReadable", "'link' leads out of the folder of the spec by a link")


def test_what_is_no_file_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    assert refused(read_bytes(tmp_path / "none", 10)) == ("FileNotReadable", "there is no file 'none'")
    name, message = refused(read_bytes(tmp_path / "folder", 10))
    assert name == "FileNotReadable"
    assert message in ("'folder' is a folder, not a file", "'folder' isn't a file")


def test_a_file_is_measured_before_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"x" * 2_000_000)
    assert refused(read_bytes(tmp_path / "x", 1024 * 1024)) == ("FileTooLarge", "'x' is larger than 1 MB")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in folders")
def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "pipe")
    assert refused(read_bytes(tmp_path / "pipe", 10)) == ("FileNotReadable", "'pipe' isn't a file")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a: 1".encode("utf-16"), "this is UTF-16 or UTF-32 text, not UTF-8"),
        ("a: 1".encode("utf-16-le"), "this is UTF-16 or UTF-32 text, not UTF-8"),
        ("a: 1".encode("utf-16-be"), "this is UTF-16 or UTF-32 text, not UTF-8"),
        (b"caf\xe9", "byte 0xe9 isn't UTF-8 text"),
        (b"\xed\xa0\x80", "byte 0xed isn't UTF-8 text"),
    ],
)
def test_other_encodings_are_findings(content: bytes, message: str) -> None:
    assert refused(decode(Path("x"), content)) == ("EncodingNotValid", message)


def test_a_byte_order_mark_is_read_silently() -> None:
    text = decode(Path("x"), b"\xef\xbb\xbfa: 1")
    assert isinstance(text, Text)
    assert text.content == "a: 1"


def test_the_place_of_a_wrong_byte() -> None:
    finding = decode(Path("x"), b"a: 1\nb: \xff")
    assert isinstance(finding, Finding)
    assert finding.place.text.position(finding.place.start) == (2, 4)
