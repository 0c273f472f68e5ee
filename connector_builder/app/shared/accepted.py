"""Reads and writes a baseline, and reports what was accepted and doesn't occur any more."""

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from connector_builder.app.shared.config import Settings
from connector_builder.app.shared.misuse import Misuse
from connector_builder.app.shared.rule_names import rule_names
from connector_builder.checks.accepted import Accepted, Entry, Met, entry
from connector_builder.checks.engine import Checks
from connector_builder.checks.rules import IGNORE_UNUSED
from connector_builder.findings import Defect, Finding, Pointer, Severity
from connector_builder.findings.diagnostic import Diagnostic, Location, Locator
from connector_builder.findings.fingerprint import Identity, identity
from connector_builder.findings.wording import counted, quoted
from connector_builder.source.files import read_text
from connector_builder.source.json_reader import JsonDocument, read_json

VERSION = 1
"""The version of the format."""
_WRITE = "--write-baseline writes it"


class Baseline(NamedTuple):
    """The findings that a file accepts, with their numbers, and the lines of the file that name them.

    File names are those of a report in the current folder.
    """

    path: Path
    findings: dict[Identity, int]
    places: dict[Identity, Location]


def accepted(settings: Settings, baseline: Baseline | None) -> Accepted:
    """Returns what a configuration and a baseline accept. Raises Misuse for a rule that can't be ignored."""
    file = settings.file
    if file is None:
        return Accepted((), baseline.findings if baseline is not None else {})
    names = (rule_names([one.rule], to_ignore=True, file=file) for one in settings.excuses)
    folder = Path(os.path.normpath(file.absolute())).parent
    entries = tuple(
        entry(name, folder, one.file, one.pointer) for one, (name,) in zip(settings.excuses, names, strict=True)
    )
    return Accepted(entries, baseline.findings if baseline is not None else {})


def read_baseline(path: Path) -> Baseline:
    """Returns the baseline in a file. Raises Misuse if there is none, or if it isn't a baseline."""
    if not os.path.lexists(path):
        raise Misuse(f"there is no baseline '{path}'", _WRITE)
    text = read_text(path)
    if isinstance(text, Finding):
        raise Misuse(f"the baseline '{path}' can't be read: {text.message}", text.help)
    document = read_json(text)
    for finding in document.findings:
        line, column = text.position(finding.place.start)
        raise Misuse(f"{path}:{line}:{column}: the baseline can't be read: {finding.message}", finding.help)
    data = document.data
    listed = data.get("findings") if isinstance(data, dict) and data.get("version") == VERSION else None
    if not isinstance(listed, list):
        raise Misuse(f"'{path}' isn't a baseline of this version", _WRITE)
    return _baseline(path, document, listed)


def _baseline(path: Path, document: JsonDocument, listed: list[Any]) -> Baseline:
    locator = Locator(Path.cwd())
    baseline = Baseline(path, {}, {})
    pointers: list[Pointer] = [("findings", index) for index in range(len(listed))]
    places = document.locate(pointers)
    for pointer, one in zip(pointers, listed, strict=True):
        known = _identity(one, path.parent, locator)
        count = one.get("count", 1) if isinstance(one, dict) else 0
        if known is None or isinstance(count, bool) or not isinstance(count, int) or count < 1:
            line, column = document.text.position(places[pointer].start)
            raise Misuse(f"{path}:{line}:{column}: this is no entry of a baseline", _WRITE)
        baseline.findings[known] = baseline.findings.get(known, 0) + count
        baseline.places[known] = locator.location(places[pointer])
    return baseline


def _identity(one: Any, folder: Path, locator: Locator) -> Identity | None:
    """Returns what an entry accepts; None if it isn't one."""
    if not isinstance(one, dict):
        return None
    place_key = "pointer" if "pointer" in one else "text"
    values = [str(one.get(key, "")) for key in ("rule", "file", "document", place_key)]
    rule, file, document, place = values
    if not rule or not file or "\0" in file or any(isinstance(part, list | dict) for part in one.values()):
        return None
    return rule, locator.name(folder / file), document, place


def baseline_text(
    baseline: Baseline, diagnostics: Iterable[Diagnostic], mets: Sequence[Met], checks: Checks
) -> tuple[str, int]:
    """Returns the baseline after a run, and how many findings it accepts: with what the run found, and without what is gone.

    `diagnostics` are those that the baseline doesn't accept yet. Entries of files that weren't in the run stay. The
    entries are sorted, each on a line of its own.
    """
    counts = Counter(identity(one) for one in diagnostics if not one.fixed)
    gone = _gone(baseline, mets, checks)
    counts.update({known: number - gone.get(known, 0) for known, number in baseline.findings.items()})
    folder = Path(os.path.normpath(Path.cwd() / baseline.path)).parent
    entries = sorted(
        (_file(folder, file), rule, document, place, number)
        for (rule, file, document, place), number in counts.items()
        if number
    )
    lines = ",".join(f"\n    {_line(*one)}" for one in entries) + ("\n  " if entries else "")
    return f'{{\n  "version": {VERSION},\n  "findings": [{lines}]\n}}\n', counts.total()


def _file(folder: Path, name: str) -> str:
    """Returns the name of a file relative to the folder of the baseline, so that any current folder will do."""
    path = Path(os.path.normpath(Path.cwd() / name))
    return (path.relative_to(folder) if path.is_relative_to(folder) else path).as_posix()


def _line(file: str, rule: str, document: str, place: str, number: int) -> str:
    where = {"document": document, "pointer": place} if document else {"text": place}
    return json.dumps({"rule": rule, "file": file, **where, **({"count": number} if number > 1 else {})})


def unused(
    checks: Checks, baseline: Baseline | None, mets: Sequence[Met], config: Path | None, *, whole: bool
) -> Iterator[Diagnostic]:
    """Yields a diagnostic for each entry that hides nothing.

    An entry counts if its files were in the run and could be checked for its rule; an entry for any file, only if the run
    is of the `whole` project.
    """
    if not checks.counts(IGNORE_UNUSED):
        return
    used = frozenset().union(*(met.used for met in mets))
    seen = frozenset().union(*(met.seen for met in mets)).difference(*(met.doubted for met in mets))
    name = Locator(Path.cwd()).name(config) if config is not None else ""
    for index, one in enumerate(checks.accepted.entries):
        if index in seen and index not in used and (whole or one.file is not None):
            at = Location(name)
            yield _unused(at, f"nothing is found by {_described(one)}: the entry of 'ignore' hides nothing")
    if baseline is not None:
        yield from (
            _no_longer(baseline, known, number) for known, number in _gone(baseline, mets, checks).items() if number
        )


def _gone(baseline: Baseline, mets: Iterable[Met], checks: Checks) -> dict[Identity, int]:
    """Returns how many findings of each entry no longer occur; an entry isn't there if the run couldn't judge it.

    A file that doesn't exist has none, unless the run itself read one of that name: of a revision, or inside a zip.
    """
    gone: dict[Identity, int] = {}
    for met in mets:
        for known, number in met.gone.items():
            gone[known] = min(number, gone.get(known, number))
    missing = {
        known: number
        for known, number in baseline.findings.items()
        if checks.may_find(known[0]) and _is_missing(known[1])
    }
    return missing | gone


def _no_longer(baseline: Baseline, known: Identity, number: int) -> Diagnostic:
    rule, file, _, place = known
    where = f"'{file}'" + (f" at {quoted(place)}" if place else "")
    found = f"{counted(number, 'finding')} of '{rule}' in {where} no longer {'occurs' if number == 1 else 'occur'}"
    return _unused(baseline.places[known], found, Severity.NOTE, "--write-baseline removes it")


def _unused(at: Location, message: str, severity: Severity | None = None, cure: str = "remove it") -> Diagnostic:
    rule = IGNORE_UNUSED
    return Diagnostic(
        rule.name, rule.severity if severity is None else severity, rule.scope, Defect(at, message, help=cure)
    )


def _described(one: Entry) -> str:
    return f"'{one.rule}'" + (f" at {quoted('/'.join(one.pointer))}" if one.pointer is not None else "")


def _is_missing(file: str) -> bool:
    """Checks whether a file doesn't exist. One inside a zip has the zip's name before its own."""
    path = Path.cwd() / file
    return not os.path.lexists(path) and not any(os.path.isfile(one) for one in path.parents)  # noqa: PTH113
