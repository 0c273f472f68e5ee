"""Finds what is wrong in the spec or package of an open file: the same findings as `validate` has."""

import os
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from connector_builder.app.shared.accepted import accepted
from connector_builder.app.shared.config import Settings, read_settings
from connector_builder.app.shared.misuse import Misuse
from connector_builder.app.shared.read import check_open
from connector_builder.app.shared.rule_names import rule_names
from connector_builder.app.shared.targets import Target, absolute
from connector_builder.app.shared.variables import read_variables
from connector_builder.checks.corrections import OnDemand
from connector_builder.checks.engine import Certification, Checks
from connector_builder.findings.diagnostic import Diagnostic, Replacement
from connector_builder.language import Variables
from connector_builder.language.reuse import Reuse
from connector_builder.report import FORMATS

FIX_ALL = "Fix all that can be fixed"


class Setup(NamedTuple):
    """What the configuration of a folder says. `problem` is why it can't be read; then the defaults count.

    `files` are those that it says it in, beside the configuration itself.
    """

    checks: Checks
    variables: Variables
    problem: str = ""
    files: frozenset[Path] = frozenset()


def setup_of(folder: Path, environment: Mapping[str, str] = os.environ) -> Setup:
    """Returns the setup for the files in a folder: its nearest configuration, and the variables of the environment."""
    try:
        settings = read_settings(absolute(folder), FORMATS)
        variables = read_variables((), settings.vars_file, environment)
        named = (settings.vars_file, settings.baseline)
        return Setup(_checks(settings), variables, files=frozenset(absolute(file) for file in named if file))
    except Misuse as error:
        return Setup(Checks(), read_variables((), None, environment), error.message)


def _checks(settings: Settings) -> Checks:
    certification = Certification.OWN if settings.certification else Certification.WARNING
    select = rule_names(settings.select or (), file=settings.file)
    ignore = rule_names(settings.ignored, to_ignore=True, file=settings.file)
    return Checks(select, ignore, certification, accepted(settings, None))


class Found(NamedTuple):
    """What is wrong in a target as its files were: sorted, and its corrections, each made when someone asks for it.

    `seen` are the files and folders that were looked at.
    """

    target: Target
    diagnostics: list[Diagnostic]
    later: OnDemand
    seen: frozenset[Path] = frozenset()


def find(target: Target, setup: Setup, reuse: Reuse) -> Found:
    """Finds what is wrong in a target: the same as `validate` does. `reuse` keeps what reading its files took.

    Files are named as they are relative to the current folder, as in every report.
    """
    seen: set[Path] = set()
    checked, later = check_open(target, setup.variables, setup.checks, reuse, seen)
    return Found(target, sorted(checked.diagnostics, key=lambda one: one.sort_key), later, frozenset(seen))


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


def quick_fixes(found: Found, path: Path, first: int, last: int) -> list[Repair]:
    """Returns the repairs of what is found in the lines `first` to `last` of a file, counted from 1."""
    here = (found.later.corrected(one) for one in found.diagnostics if _meets(one, absolute(path), first, last))
    return [Repair(one.correction.title, _edits([one]), (one,)) for one in here if one.correction is not None]


def may_mend(found: Found) -> bool:
    """Checks whether something that was found may have a correction, without making one."""
    return any(found.later.may_correct(one) for one in found.diagnostics)


def fix_all(found: Found, setup: Setup, reuse: Reuse) -> Repair | None:
    """Returns the repairs of a whole target as one, proven by a check of the result.

    Returns None if nothing can be repaired, or if something new would be found afterwards.
    """
    chosen: list[Diagnostic] = []
    taken: dict[Path, list[tuple[int, int]]] = {}
    for one in map(found.later.corrected, found.diagnostics):
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
    before = Counter(one.rule for one in found.diagnostics)
    after = Counter(one.rule for one in find(_edited(found.target, edits), setup, reuse).diagnostics)
    if after - before or after == before:
        return None
    return Repair(FIX_ALL, edits, tuple(chosen))


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
