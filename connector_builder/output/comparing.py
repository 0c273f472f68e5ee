"""Compares a folder with the packages that would be built, for `build --check`."""

from collections.abc import Iterable
from pathlib import Path
from typing import Literal, NamedTuple

from connector_builder.output.changes import Change, Packages, all_changes
from connector_builder.output.places import look
from connector_builder.output.staging import STAGING
from connector_builder.package.model import HOUSE
from connector_builder.source.shown import difference

_MAX_TEXT = 4 * 1024 * 1024
_MAX_LINES = 100_000
"""The most lines of both sides. Repeated lines take quadratic time: this many take some seconds at worst."""
_NO_END = "\\ No newline at end of file\n"


class Difference(NamedTuple):
    """A file that a build would change. `name` is relative to the folder, with `/`.

    `kind` is "missing" (a build would add it), "changed", or "stale" (a build would remove it). `diff` is text from the
    files without secrets, not escaped: a unified diff from the present file to the built one, or a line that says what differs.
    `foreign` says that no build wrote the present file, so that a build replaces it only with `force`.
    """

    name: str
    kind: Literal["missing", "changed", "stale"]
    diff: str
    foreign: bool = False


def compare(folder: Path, packages: Packages, *, whole: bool = False) -> list[Difference]:
    """Returns what `write` would change with the same arguments, sorted by name, records last. Writes nothing.

    Raises:
        OutputError: something is in the way that stops a build even with `force`.
        ValueError: as `write` does.
    """
    return compare_changes(folder, all_changes(folder, packages, whole=whole))


def compare_changes(folder: Path, changes: Iterable[Change]) -> list[Difference]:
    """Returns changes as differences, sorted by name, records last. Raises OutputError as the changes do."""
    found = [_difference(folder, change) for change in changes]
    if look(folder, STAGING) is not None:
        found.append(Difference(STAGING, "stale", "a build was stopped here: the next one puts this in order\n"))
    return sorted(found, key=lambda difference: (difference.name.startswith(HOUSE), difference.name))


def _difference(folder: Path, change: Change) -> Difference:
    kind: Literal["missing", "changed", "stale"] = "changed"
    if not change.exists:
        kind = "missing"
    elif change.content is None:
        kind = "stale"
    foreign = change.exists and not change.known
    return Difference(change.name, kind, _diff((folder / change.name).as_posix(), change), foreign)


def _diff(path: str, change: Change) -> str:
    if change.exists and change.current is None:
        return f"{path} can't be read\n"
    old, new = _text(change.current), _text(change.content)
    if old is None or new is None:
        return f"binary file {path} differs\n"
    if change.exists and change.content is not None and old.replace("\r\n", "\n") == new:
        return (
            f"{path} has line ends of CRLF where a build writes LF: git needs '* text=auto eol=lf' in .gitattributes\n"
        )
    if len(old) + len(new) > _MAX_TEXT or old.count("\n") + new.count("\n") > _MAX_LINES:
        return f"{path} differs, and is too large to show how\n"
    there = path if change.exists else "/dev/null"
    built = "/dev/null" if change.content is None else f"{path} (built)"
    lines = difference(change.name, old, new, there, built)
    diff = "".join(line if line.endswith("\n") else f"{line}\n{_NO_END}" for line in lines)
    return diff or (f"{path} differs in a secret\n" if old and new else f"{path} is empty\n")


def _text(content: bytes | None) -> str | None:
    """Returns content as text, empty for None; None for what isn't text."""
    try:
        text = (content or b"").decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text
