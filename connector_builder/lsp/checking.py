"""Finds what is wrong in the spec or package of an open file: the same findings as `validate` has."""

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from connector_builder.app.shared.accepted import accepted
from connector_builder.app.shared.config import Settings, read_settings
from connector_builder.app.shared.misuse import Misuse
from connector_builder.app.shared.read import check
from connector_builder.app.shared.rule_names import rule_names
from connector_builder.app.shared.targets import Target, absolute
from connector_builder.app.shared.variables import read_variables
from connector_builder.checks.engine import Certification, Checks
from connector_builder.findings.diagnostic import Diagnostic, Replacement
from connector_builder.language import Variables
from connector_builder.report import FORMATS


class Setup(NamedTuple):
    """What the configuration of a folder says. `problem` is why it can't be read; then the defaults count."""

    checks: Checks
    variables: Variables
    problem: str = ""


def setup_of(folder: Path, environment: Mapping[str, str] = os.environ) -> Setup:
    """Returns the setup for the files in a folder: its nearest configuration, and the variables of the environment."""
    try:
        settings = read_settings(absolute(folder), FORMATS)
        variables = read_variables((), settings.vars_file, environment)
        return Setup(_checks(settings), variables)
    except Misuse as error:
        return Setup(Checks(fixes=True), read_variables((), None, environment), error.message)


def _checks(settings: Settings) -> Checks:
    certification = Certification.OWN if settings.certification else Certification.WARNING
    select = rule_names(settings.select or (), file=settings.file)
    ignore = rule_names(settings.ignored, to_ignore=True, file=settings.file)
    return Checks(select, ignore, certification, accepted(settings, None), fixes=True)


def findings(target: Target, setup: Setup) -> list[Diagnostic]:
    """Returns what is wrong in a target, sorted, each with its correction if there is one.

    Files are named as they are relative to the current folder, as in every report.
    """
    return sorted(check(target, setup.variables, setup.checks).diagnostics, key=lambda one: one.sort_key)


def by_file(diagnostics: list[Diagnostic]) -> dict[Path, list[Diagnostic]]:
    """Returns diagnostics by the absolute path of their file."""
    files: dict[Path, list[Diagnostic]] = {}
    for one in diagnostics:
        files.setdefault(absolute(Path(one.location.file)), []).append(one)
    return files


class Repair(NamedTuple):
    """A repair that an editor offers: its title, the edits by file, and the diagnostics that it mends."""

    title: str
    edits: dict[Path, list[Replacement]]
    mends: tuple[Diagnostic, ...]


def quick_fixes(diagnostics: Iterable[Diagnostic], path: Path, first: int, last: int) -> list[Repair]:
    """Returns the repairs of what is found in the lines `first` to `last` of a file, counted from 1."""
    return [
        Repair(one.correction.title, _edits([one]), (one,))
        for one in diagnostics
        if one.correction is not None and _meets(one, absolute(path), first, last)
    ]


def fix_all(diagnostics: Sequence[Diagnostic], target: Target, setup: Setup) -> Repair | None:
    """Returns the repairs of a whole target as one, proven by a check of the result.

    Returns None if nothing can be repaired, or if something new would be found afterwards.
    """
    chosen: list[Diagnostic] = []
    taken: dict[Path, list[tuple[int, int]]] = {}
    for one in diagnostics:
        spans = [] if one.correction is None else [(absolute(each.path), each) for each in one.correction.edits]
        if spans and all(
            each.end < start or each.start > end for path, each in spans for start, end in taken.get(path, ())
        ):
            chosen.append(one)
            for path, each in spans:
                taken.setdefault(path, []).append((each.start, each.end))
    if not chosen:
        return None
    edits = _edits(chosen)
    before = Counter(one.rule for one in diagnostics)
    after = Counter(one.rule for one in findings(_edited(target, edits), setup))
    if after - before or after == before:
        return None
    return Repair("Fix all that can be fixed", edits, tuple(chosen))


def _edited(target: Target, edits: Mapping[Path, list[Replacement]]) -> Target:
    held = dict(target.held)
    for path, each in edits.items():
        content = held[path] if path in held else path.read_bytes()
        text = content.decode("utf-8-sig", "surrogatepass")
        for edit in sorted(each, key=lambda edit: (edit.start, edit.end), reverse=True):
            text = text[: edit.start] + edit.new + text[edit.end :]
        held[path] = text.encode("utf-8", "surrogatepass")
    return target._replace(held=tuple(held.items()))


def _edits(diagnostics: Iterable[Diagnostic]) -> dict[Path, list[Replacement]]:
    files: dict[Path, list[Replacement]] = {}
    for one in diagnostics:
        for edit in one.correction.edits if one.correction is not None else ():
            known = files.setdefault(absolute(edit.path), [])
            if edit not in known:
                known.append(edit)
    return files


def _meets(one: Diagnostic, path: Path, first: int, last: int) -> bool:
    at = one.location
    return absolute(Path(at.file)) == path and at.line <= last and max(at.end_line, at.line) >= first
