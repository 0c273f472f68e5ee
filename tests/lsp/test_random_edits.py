"""Two hundred random edits of a large spec: what the server finds always equals what `validate` finds."""

import random
import shutil
from pathlib import Path

from connector_builder.app.shared.read import check
from connector_builder.app.shared.targets import find_targets
from connector_builder.findings.diagnostic import Diagnostic
from connector_builder.language import Variables
from connector_builder.lsp.buffers import Buffers
from connector_builder.lsp.checking import findings, setup_of

SPEC = Path(__file__).parents[2] / "specs" / "github-issues"
EDITS, CHECKED = 200, 3
"""Edits, and every how manyth the findings are compared: a check of the whole spec takes a while."""
_PIECES = ("\n", "  ", ":", "- ", "x", "{", '"', "\t", "😀", "[]", "description: ", "# ", "!", "null", "\r\n", "\u2028")


def test_findings_while_typing_are_those_of_validate(tmp_path: Path) -> None:
    folder = tmp_path / "spec"
    shutil.copytree(SPEC, folder)
    chance = random.Random(15)
    buffers = Buffers()
    files = sorted(folder.rglob("*.yaml"))
    texts = {path: path.read_text(encoding="utf-8") for path in files}
    compared = 0
    for number in range(EDITS):
        path = chance.choice(files)
        texts[path] = _edited(texts[path], chance) if number % 10 else path.read_text(encoding="utf-8")
        buffers.put(path, texts[path])
        if number % CHECKED == CHECKED - 1:
            compared += _compared(buffers, folder, path, texts)
    assert compared > 100, "the edits must break something"


def _compared(buffers: Buffers, folder: Path, path: Path, texts: dict[Path, str]) -> int:
    """Compares the findings of open files with those of the same files on disk. Returns their number."""
    target = buffers.target(path)
    assert target is not None
    setup = setup_of(folder, {})
    ours = findings(target, setup)
    before = {path: path.read_bytes() for path in texts}
    for path, text in texts.items():
        path.write_bytes(text.encode())
    (on_disk,) = find_targets([folder])
    theirs = check(on_disk, Variables({}), setup.checks).diagnostics
    for path, content in before.items():
        path.write_bytes(content)
    assert [_plain(one) for one in ours] == sorted(map(_plain, theirs))
    return len(ours)


def _plain(one: Diagnostic) -> tuple[object, ...]:
    return *one.sort_key, one.help or "", one.count


def _edited(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    if chance.random() < 0.5:
        return text[:at] + chance.choice(_PIECES) + text[at:]
    return text[:at] + text[at + chance.randrange(1, 8) :]
