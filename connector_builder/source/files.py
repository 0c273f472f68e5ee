"""Reads files that may come from strangers. Checks place, size and encoding before the content."""

import codecs
import os
import re
import stat
from pathlib import Path, PurePosixPath, PureWindowsPath

from connector_builder.findings import Finding, Place, Text
from connector_builder.patterns import regex
from connector_builder.source.names import RESERVED
from connector_builder.source.rules import ENCODING_NOT_VALID, FILE_NOT_READABLE, FILE_TOO_LARGE

MAX_DOCUMENT = 16 * 1024 * 1024
"""The most bytes of a YAML or JSON file. The largest published connector has 1.1 MB."""
ZIP = b"PK\x03\x04"
"""How a zip begins."""
HEAD = 1024
"""The number of bytes that an encoding is recognised by."""
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file: devices, characters, and endings of names.
_WINDOWS_REFUSES = regex(rf'{RESERVED}|.*[<>"|?*\x01-\x1f].*|.*[. ]', re.IGNORECASE | re.DOTALL)


def read_bytes(path: Path, limit: int, at: Place | None = None, name: str | None = None) -> bytes | Finding:
    """Returns the content of a regular file of at most `limit` bytes; else a finding, by default at the file itself.

    For a file that a spec names, `name` is the spec's name for it, and `at` the place of the name and of the finding.
    """
    place = at or Place.whole(Text(path, ""))
    named = f"'{name or path.name}'"
    try:
        # O_NONBLOCK: opening a pipe must not wait for a writer. Windows doesn't have it.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(descriptor, "rb") as file:
            kind = os.fstat(file.fileno()).st_mode
            if not stat.S_ISREG(kind):
                return _not_a_file(named, place, folder=stat.S_ISDIR(kind))
            content = file.read(limit + 1)
    except FileNotFoundError:
        return no_file(path, place, name)
    except (OSError, ValueError) as error:
        if os.path.isdir(path):  # noqa: PTH112 - before Python 3.14 Path.is_dir raises for a name that is too long
            return _not_a_file(named, place, folder=True)
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "its name can't be used"
        return FILE_NOT_READABLE.at(
            place, f"{named} can't be read: {reason}", help="check its name and who may read it"
        )
    if len(content) > limit:
        return too_large(name or path.name, limit, place)
    return content


def no_file(path: Path, at: Place, name: str | None = None) -> Finding:
    """Returns the finding for a file that doesn't exist; `name` is a spec's name for it."""
    help_ = f"put it at '{path.as_posix()}': files are named relative to the spec" if name else None
    return FILE_NOT_READABLE.at(at, f"there is no file '{name or path.name}'", help=help_)


def too_large(name: str, limit: int, at: Place) -> Finding:
    """Returns the finding for a file of more than `limit` bytes."""
    return FILE_TOO_LARGE.at(at, f"'{name}' is larger than {limit // (1024 * 1024)} MB", help="make it smaller")


def read_text(path: Path) -> Text | Finding:
    """Returns the text of a UTF-8 file without its byte order mark, or a finding of `read_bytes` or `decode`."""
    content = read_bytes(path, MAX_DOCUMENT)
    return content if isinstance(content, Finding) else decode(path, content)


def decode(path: Path, content: bytes) -> Text | Finding:
    """Returns bytes as text without a byte order mark; a finding that says what they seem to be if not UTF-8."""
    cure = "save it as UTF-8"
    if _is_wide(content):
        message = "this is UTF-16 or UTF-32 text, not UTF-8"
        return ENCODING_NOT_VALID.at(Place.whole(Text(path, "")), message, help=cure)
    if 0 in content[:HEAD]:
        return ENCODING_NOT_VALID.at(
            Place.whole(Text(path, "")), "this is binary data, not text", help="name a text file"
        )
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        return Text(path, content.decode("utf-8"))
    except UnicodeDecodeError as error:
        start = error.start
        readable = content[:start].decode("utf-8", "replace")
        text = Text(path, content.decode("utf-8", "replace"))
        message = f"byte 0x{content[start]:02x} isn't UTF-8 text"
        return ENCODING_NOT_VALID.at(Place(text, len(readable), len(readable) + 1), message, help=cure)


def _is_wide(content: bytes) -> bool:
    """Checks for the beginning of UTF-16 or UTF-32: a mark, or zeros in only some of every four bytes."""
    head = content[:HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")):
        return True
    lanes = [head[start::4] for start in range(4)]
    return (
        len(head) >= 4 and any(0 not in lane for lane in lanes) and any(lane.count(0) * 2 > len(lane) for lane in lanes)
    )


def _not_a_file(named: str, place: Place, *, folder: bool) -> Finding:
    message = f"{named} is a folder, not a file" if folder else f"{named} isn't a file"
    return FILE_NOT_READABLE.at(place, message, help="name a file")


def inside(folder: Path, name: str, at: Place) -> Path | Finding:
    """Returns the path of a file that a spec names, relative to the spec's folder.

    Returns a finding for a link that leads out of the folder, and for the names that `relative` refuses.
    """
    parts = relative(name, at)
    if isinstance(parts, Finding):
        return parts
    path = folder.joinpath(*parts)
    try:
        outside = not path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):
        outside = True
    if outside:
        return FILE_NOT_READABLE.at(at, f"'{name}' leads out of the folder of the spec by a link")
    return path


def _no_name(name: str, at: Place) -> Finding:
    """Returns the finding for a text that can't name a file in the spec's folder, with what was probably meant."""
    if "://" in name:
        help_ = "save the file beside the spec, and write its name"
        return FILE_NOT_READABLE.at(at, f"'{name}' is an address, not a file", help=help_)
    if name.lstrip().startswith(("{", "[")):
        help_ = "remove the quotes around the value, or write the name of a file"
        return FILE_NOT_READABLE.at(at, "this text contains a value, not the name of a file", help=help_)
    help_ = "write a name relative to the spec, such as samples/runs.json"
    return FILE_NOT_READABLE.at(at, f"'{name}' isn't a file inside the folder of the spec", help=help_)


def relative(name: str, at: Place) -> tuple[str, ...] | Finding:
    """Splits the name of a file in a spec's folder into its parts. Returns a finding if it can't be such a name.

    Every system refuses the same names: a spec that builds on one must build on the others.
    """
    windows = PureWindowsPath(name)
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if (
        not name
        or windows.drive
        or windows.root
        or name.startswith("/")
        or ".." in parts
        or ":" in name
        or "\0" in name
    ):
        return _no_name(name, at)
    if any(map(_WINDOWS_REFUSES.fullmatch, parts)):
        return FILE_NOT_READABLE.at(at, f"'{name}' can't be the name of a file on Windows", help="rename the file")
    return parts
