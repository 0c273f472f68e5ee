"""Files that a spec names: outside of its folder, of another kind, unreadable, too large; and icons that are no icons."""

import os
import struct
import zlib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from connector_builder.language.compile.samples import samples
from tests.support.hostile.hostile_cli import CONNECTOR, run

pytestmark = pytest.mark.no_cover  # tracing doubles the time of what is large; other tests reach the same

Refused = Callable[..., list[str]]
SAMPLE = "actions:\n  A:\n    request: GET /a\n    response: {{sample: {}}}\n" + CONNECTOR.replace("{", "{{").replace(
    "}", "}}"
)
ICON = "actions: {{A: GET /a}}\nconnector:\n  {{title: T, description: D., version: 1.0.0, server: 'https://a.example.com', icon: {}}}\n"
SECRET = '{"root": "x:0:0"}'


def linked(link: Path, target: Path) -> None:
    """Makes a symbolic link, or skips the test where the system lets nobody."""
    link.parent.mkdir(parents=True, exist_ok=True)
    try:
        link.symlink_to(target, target_is_directory=target.is_dir())
    except (OSError, NotImplementedError):
        pytest.skip("this system makes no symbolic links for this user")


@pytest.mark.parametrize(
    "name",
    [
        "../x.json", "./../x.json", "a/../../x.json", "..", "a\\..\\..\\x.json", "/etc/hosts", "//server/share/x.json", "\\x.json",
        "\\\\server\\share\\x.json", "C:\\x.json", "C:/x.json", "C:x.json", "c:", "x.json:stream", "x.json::$DATA", "x\0y",
        "file:///etc/hosts", "http://example.com/x.json", "",
    ],
)  # fmt: skip
@pytest.mark.parametrize(("spec", "place"), [(SAMPLE, "4:24"), (ICON, "3:86")], ids=["sample", "icon"])
def test_no_name_leads_out_of_the_folder(name: str, spec: str, place: str, refused: Refused) -> None:
    quoted = '"' + name.replace("\\", "\\\\").replace("\0", "\\0") + '"'
    wrong = "is an address, not a file" if "://" in name else "isn't a file inside the folder of the spec"
    assert refused(spec.format(quoted)) == [f"spec.yaml:{place} FileNotReadable '{name}' {wrong}"]


@pytest.mark.parametrize("name", ["~/x.json", "$HOME/x.json", "%USERPROFILE%/x.json"])
def test_nothing_in_a_name_is_expanded(name: str, refused: Refused) -> None:
    assert refused(SAMPLE.format(f'"{name}"')) == [f"spec.yaml:4:24 FileNotReadable there is no file '{name}'"]


def test_a_link_out_of_the_folder_is_not_followed(here: Path, refused: Refused) -> None:
    outside = here / "passwd"
    outside.write_text(SECRET, encoding="utf-8")
    linked(here / "spec/s.json", outside)
    found = refused(SAMPLE.format("s.json"), name="spec/spec.yaml")
    assert found == ["spec/spec.yaml:4:24 FileNotReadable 's.json' leads out of the folder of the spec by a link"]


def test_a_linked_folder_out_of_the_folder_is_not_followed(here: Path, refused: Refused) -> None:
    (here / "outside").mkdir()
    (here / "outside/s.json").write_text(SECRET, encoding="utf-8")
    linked(here / "spec/samples", here / "outside")
    found = refused(SAMPLE.format("samples/s.json"), name="spec/spec.yaml")
    assert found == [
        "spec/spec.yaml:4:24 FileNotReadable 'samples/s.json' leads out of the folder of the spec by a link"
    ]


@pytest.mark.parametrize("name", ["connector.yaml", "actions/a.yaml", "schemas/b.yml"])
def test_a_linked_part_of_a_spec_out_of_its_folder_is_not_followed(
    name: str, here: Path, refused: Refused, write: Callable[..., None]
) -> None:
    write({"outside/a.yaml": "root: x:0:0", "spec/connector.yaml": CONNECTOR})
    (here / "spec" / name).unlink(missing_ok=True)
    linked(here / "spec" / name, here / "outside/a.yaml")
    found = refused(
        "# another spec beside it\n", name="spec/actions/z.yaml" if name != "connector.yaml" else "spec/x.txt"
    )
    assert f"spec/{name}:1:1 FileNotReadable '{name}' leads out of the folder of the spec by a link" in found
    assert not any("root" in finding for finding in found)


def test_links_in_a_circle_are_findings(here: Path, refused: Refused) -> None:
    linked(here / "a.json", here / "b.json")
    linked(here / "b.json", here / "a.json")
    (found,) = refused(SAMPLE.format("a.json"))
    assert found.startswith("spec.yaml:4:24 FileNotReadable 'a.json' ")


def test_a_sample_or_an_icon_that_is_a_folder(here: Path, refused: Refused) -> None:
    (here / "samples").mkdir()
    folder = "FileNotReadable 'samples' is a folder, not a file"
    assert refused(SAMPLE.format("samples")) == [f"spec.yaml:4:24 {folder}"]
    assert refused(ICON.format("samples")) == [f"spec.yaml:3:86 {folder}"]


@pytest.mark.parametrize("name", ["actions", "schemas"])
def test_a_part_of_a_spec_that_is_a_folder(name: str, here: Path, refused: Refused) -> None:
    (here / name / "old.yaml").mkdir(parents=True)
    found = refused(CONNECTOR, name="connector.yaml")
    assert found == [f"{name}/old.yaml:1:1 FileNotReadable 'old.yaml' is a folder, not a file"]


def test_a_sample_that_may_not_be_read(here: Path, refused: Refused, monkeypatch: pytest.MonkeyPatch) -> None:
    # Rights can't be taken from every user on every system: what the system would say is said instead.
    def forbid(path: object, *arguments: int) -> int:
        if Path(str(path)).name == "s.json":
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *arguments)  # type: ignore[arg-type]

    opened = os.open
    monkeypatch.setattr("connector_builder.source.files.os.open", forbid)
    assert refused(SAMPLE.format("s.json"), {"s.json": "{}"}) == [
        "spec.yaml:4:24 FileNotReadable 's.json' can't be read: Permission denied"
    ]


def test_a_name_that_no_file_can_have(refused: Refused) -> None:
    (found,) = refused(SAMPLE.format("x" * 300))
    assert (
        found.startswith(f"spec.yaml:4:24 FileNotReadable '{'x' * 300}' can't be read: ") or "there is no file" in found
    )
    (found,) = refused(SAMPLE.format("x/" * 3000))
    assert found.startswith("spec.yaml:4:24 FileNotReadable ")


def test_samples_that_are_too_large_together(refused: Refused, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(samples, "MAX_SAMPLES", 40_000)
    text = '"' + "x" * 30_000 + '"'
    spec = "actions:\n  A: {request: GET /a, response: {sample: a.json}}\n  B: {request: GET /b, response: {sample: b.json}}\n"
    assert refused(spec + CONNECTOR, {"a.json": text, "b.json": text}) == [
        "spec.yaml:3:43 FileTooLarge with 'b.json' the samples of this spec are larger than 4 MB"
    ]


def test_too_many_files_of_a_section(refused: Refused, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("connector_builder.language.load"), "MAX_FILES", 200)
    files = {f"actions/{number:04}.yaml": f"A{number}: GET /a{number}\n" for number in range(201)}
    found = refused(CONNECTOR, files, name="connector.yaml")
    assert "actions:1:1 FileTooLarge the folder 'actions' contains more than 200 files" in found


def png(width: int, height: int, pixels: bytes = b"") -> bytes:
    """A picture of three bytes a pixel, whatever its pixels are."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


ICONS = {
    "empty": (b"", "the icon can't be used: it is empty"),
    "text": (b"not a picture", "the icon can't be used: it isn't a PNG image"),
    "JPEG": (b"\xff\xd8\xff\xe0JFIF", "the icon can't be used: it is JPEG, not PNG"),
    "SVG": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "the icon can't be used: it is SVG, not PNG"),
    "cut": (png(200, 200)[:20], "the icon can't be used: it is cut off: the file ends before the image does"),
    "no pixels": (png(0, 200), "the icon can't be used: its header says 0 x 200 pixels"),
    "bomb by its header": (png(60000, 60000), "the icon has 60000 x 60000 pixels, but each side must have 100 to 230"),
    "bomb by its pixels": (png(60000, 60000, zlib.compress(bytes(20_000_000), 9)), "the icon has 60000 x 60000 pixels, but each side must have 100 to 230"),
}  # fmt: skip


@pytest.mark.parametrize("kind", ICONS)
def test_an_icon_that_is_none(kind: str, refused: Refused) -> None:
    content, message = ICONS[kind]
    assert refused(ICON.format("i.png"), {"i.png": content}) == [f"spec.yaml:3:86 IconNotValid {message}"]


def test_a_huge_icon_is_not_read(refused: Refused) -> None:
    assert refused(ICON.format("i.png"), {"i.png": png(200, 200) + bytes(2_000_000)}) == [
        "spec.yaml:3:86 FileTooLarge 'i.png' is larger than 1 MB"
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes in folders")
@pytest.mark.parametrize(
    ("name", "spec", "main", "place"),
    [
        ("s.json", SAMPLE.format("s.json"), "spec.yaml", "spec.yaml:4:24"),
        ("actions/a.yaml", CONNECTOR, "connector.yaml", "actions/a.yaml:1:1"),
    ],
)
def test_a_pipe_that_nobody_writes_to_is_no_file(
    name: str, spec: str, main: str, place: str, here: Path, refused: Refused
) -> None:
    (here / name).parent.mkdir(exist_ok=True)
    os.mkfifo(here / name)
    assert refused(spec, name=main) == [f"{place} FileNotReadable '{Path(name).name}' isn't a file"]


@pytest.mark.parametrize("name", ["x" * 300, "x" * 300 + ".yaml", "x/" * 3000])
@pytest.mark.parametrize("command", [("validate",), ("build",), ("validate", "spec.yaml", "--vars-file")])
def test_a_path_that_no_file_can_have_is_misuse(
    command: tuple[str, ...], name: str, write: Callable[..., None]
) -> None:
    write({"spec.yaml": "actions: {A: GET /a}\n" + CONNECTOR})
    outcome = run(*command, name)
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith("error: ")


@pytest.mark.parametrize(
    "key", ["a" + ".a" * 100_000, "a" + " . a" * 100_000, "[a" + ".a" * 100_000 + "]"], ids=["dots", "blanks", "table"]
)
def test_a_configuration_without_end_is_misuse(key: str, write: Callable[..., None]) -> None:
    files = {"pyproject.toml": f"[tool.connector-builder]\n{key} = 1\n", "spec.yaml": CONNECTOR}
    write(files)
    outcome = run("validate", "spec.yaml")
    assert outcome.status == 2
    assert outcome.err.endswith("can't be read: a key of more than 100 parts\n")


HOSTILE = {
    "brackets": b"[" * 100_000, "mappings": b'{"a":' * 100_000, "binary": bytes(range(256)), "UTF-16": "{}".encode("utf-16"), "empty": b"", "a list": b"[]",
    "half a pair": b'{"environment": "\\ud800"}', "no number": b'{"a": NaN}', "many digits": b'{"a": ' + b"9" * 5000 + b"}", "huge": b'"' + b"x" * 70_000_000 + b'"',
    "wrong kinds": b'{"files": {"../../x": 5}, "connectorId": {"a": 1}, "script": 5}',
}  # fmt: skip


@pytest.mark.exhaustive
@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("name", ["output/spec/settings.json", "output/.connector-builder/spec.json"])
def test_what_lies_in_the_output_may_be_hostile_too(
    name: str, content: bytes, here: Path, write: Callable[..., None]
) -> None:
    write({"spec.yaml": "actions: {A: GET /a}\n" + CONNECTOR})
    assert run("build", "spec.yaml").status == 0
    write({name: content})
    before = {path: path.read_bytes() for path in (here / "output").rglob("*") if path.is_file()}
    for options in ((), ("--check",), ("--force",)):
        outcome = run("build", "spec.yaml", "--jobs", "1", *options)
        assert outcome.status in (0, 1, 2)
        if outcome.status != 0:
            assert {path: path.read_bytes() for path in (here / "output").rglob("*") if path.is_file()} == before
