"""Decodes text in another encoding than UTF-8, if it can be recognised."""

import codecs
import re
from itertools import islice
from pathlib import Path

from connector_builder.findings import Finding, Place, Text
from connector_builder.source.files import HEAD
from connector_builder.source.rules import ENCODING_NOT_VALID
from connector_builder.sources.repair.edits import MAX_EDITS
from connector_builder.sources.rules import MENDED

# The longer mark first: the mark of UTF-32-LE begins with that of UTF-16-LE.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LANES = {(0, 1, 2): "utf-32-be", (1, 2, 3): "utf-32-le", (0, 2): "utf-16-be", (1, 3): "utf-16-le"}
"""The bytes of every four that are zero in text that is mostly ASCII."""
_FOREIGN = re.compile("[\udc80-\udcff]+")
"""Bytes that aren't UTF-8, as Python's `surrogateescape` decodes them."""
_UTF_8 = re.compile("[^\x00-\x7f\ud800-\udfff]")  # written this way, it compiles in a hundredth of the time
_CUT = re.compile("[\udcc2-\udcf4][\udc80-\udcbf]")
"""The rest of a UTF-8 character that was cut."""


def decode_anyway(path: Path, content: bytes) -> tuple[Text, list[Finding]] | Finding:
    """Decodes bytes that aren't UTF-8, and returns findings about the assumed encoding; one finding if none fits."""
    wide = _wide(content)
    if wide is None:
        return _narrow(path, content)
    encoding, mark = wide
    try:
        text = Text(path, content[mark:].decode(encoding))
    except UnicodeDecodeError:
        message = f"this begins as {encoding.upper()} text, but isn't"
        return ENCODING_NOT_VALID.at(Place(Text(path, "")), message, help="save it as UTF-8")
    return text, [MENDED.at(Place(text), f"the file was read as {encoding.upper()}")]


def _wide(content: bytes) -> tuple[str, int] | None:
    """Returns UTF-16 or UTF-32, and the number of bytes of their mark; None for anything else."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding, len(mark)
    head = content[:HEAD]
    zero = tuple(lane for lane in range(4) if head[lane::4].count(0) * 2 > len(head[lane::4]))
    return (_LANES[zero], 0) if zero in _LANES else None


def _narrow(path: Path, content: bytes) -> tuple[Text, list[Finding]] | Finding:
    """Decodes Windows-1252, or UTF-8 with single bytes of it. A byte that it lacks is read as Latin-1."""
    escaped = content.removeprefix(codecs.BOM_UTF8).decode("utf-8", "surrogateescape")
    runs = list(islice(_FOREIGN.finditer(escaped), MAX_EDITS + 1))
    text = Text(path, _FOREIGN.sub(lambda run: _windows(run.group()), escaped))
    if not runs:
        return text, []  # its NULs are strange, not its encoding
    if not _UTF_8.search(escaped):
        place = _place(text, runs[0])
        return text, [
            MENDED.at(place, "the file was read as Windows-1252: from here on there are bytes that aren't UTF-8")
        ]
    cut = next((run for run in runs if _CUT.search(run.group())), None)
    if cut is not None or len(runs) > MAX_EDITS:
        message = "this is neither UTF-8 nor another encoding throughout"
        return ENCODING_NOT_VALID.at(_place(text, cut or runs[-1]), message, help="save it as UTF-8")
    return text, [
        MENDED.at(_place(text, run), f"'{_windows(run.group())}' was read as Windows-1252: it isn't UTF-8")
        for run in runs
    ]


def _windows(run: str) -> str:
    return "".join(_character(ord(escape) - 0xDC00) for escape in run)


def _character(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def _place(text: Text, run: re.Match[str]) -> Place:
    return Place(text, *run.span())  # each byte became one character
