"""Random edits of a large spec: what the server finds always equals what `validate` finds, with all that it keeps."""

import random
import shutil
from dataclasses import replace
from pathlib import Path

from connector_builder.app.shared.read import check
from connector_builder.app.shared.targets import find_targets
from connector_builder.language import Variables
from connector_builder.language.reuse import Reuse
from connector_builder.lsp.buffers import Buffers
from connector_builder.lsp.checking import find, setup_of

SPEC = Path(__file__).parents[2] / "specs" / "github-issues"
EDITS, CHECKED = 200, 3
"""Edits, and every how manyth the findings are compared: a check of the whole spec takes a while."""
_PIECES = ("\n", "  ", ":", "- ", "x", "{", '"', "\t", "😀", "[]", "description: ", "# ", "!", "null", "\r\n", "\u2028",
           "sig: AbCd0123456789abcdefghij0123456789ABCDEFGHIJKLMNOP%3D\n", "${NAME}", "&a ", "*a")  # fmt: skip


def test_findings_while_typing_are_those_of_validate(tmp_path: Path) -> None:
    folder = tmp_path / "spec"
    shutil.copytree(SPEC, folder)
    chance = random.Random(15)
    buffers, reuse = Buffers(), Reuse()
    files = sorted(folder.rglob("*.yaml"))
    texts = {path: path.read_text(encoding="utf-8") for path in files}
    compared = mended = checks = 0
    for number in range(EDITS):
        path = chance.choice(files)
        texts[path] = _edited(texts[path], chance) if number % 10 else path.read_text(encoding="utf-8")
        buffers.put(path, texts[path])
        if number % CHECKED == CHECKED - 1:
            found, fixes = _compared(buffers, folder, path, texts, reuse)
            compared, mended, checks = compared + found, mended + fixes, checks + 1
    assert compared > 100, "the edits must break something"
    assert mended > 0
    assert reuse.read < checks * len(files) / 2, "most files must be parsed once"


def _compared(buffers: Buffers, folder: Path, path: Path, texts: dict[Path, str], reuse: Reuse) -> tuple[int, int]:
    """Compares the findings of open files with those of the same files on disk. Returns their number, and of fixes."""
    target = buffers.target(path)
    assert target is not None
    setup = setup_of(folder, {})
    ours = find(target, setup, reuse)
    before = {path: path.read_bytes() for path in texts}
    for path, text in texts.items():
        path.write_bytes(text.encode())
    (on_disk,) = find_targets([folder])
    theirs = sorted(
        check(on_disk, Variables({}), setup.checks._replace(fixes=True)).diagnostics, key=lambda one: one.sort_key
    )
    for path, content in before.items():
        path.write_bytes(content)
    assert ours.diagnostics == [replace(one, correction=None) for one in theirs]
    mended = [one.correction for one in map(ours.later.corrected, ours.diagnostics)]
    assert mended == [one.correction for one in theirs]
    return len(theirs), len(mended) - mended.count(None)


def _edited(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    if chance.random() < 0.5:
        return text[:at] + chance.choice(_PIECES) + text[at:]
    return text[:at] + text[at + chance.randrange(1, 8) :]
