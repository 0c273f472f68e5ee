"""Leaves out findings that somebody accepted: by an entry of the configuration, or because they are in a baseline."""

import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path, PurePath
from typing import NamedTuple

from connector_builder.findings.diagnostic import Diagnostic
from connector_builder.findings.fingerprint import Identity, identity

_ANY_STEPS = "**"


class Entry(NamedTuple):
    """An entry of the configuration: a rule, and the files and pointers where its findings don't count.

    `file` and `pointer` are split at `/`. `*` stands for any part of a step, `**` for any number of steps; None for all.
    """

    rule: str
    file: tuple[str, ...] | None = None
    pointer: tuple[str, ...] | None = None


def entry(rule: str, folder: PurePath, file: str | None, pointer: str | None) -> Entry:
    """Returns an entry whose `file` is relative to a folder, and whose `pointer` is written as in a report."""
    from glob import escape  # only a configuration with entries requires it, and it compiles patterns

    here = tuple(map(escape, folder.as_posix().split("/")))
    return Entry(
        rule,
        None if file is None else (*here, *(step for step in file.split("/") if step not in ("", "."))),
        None if pointer is None else tuple(pointer.split("/")),
    )


class Met(NamedTuple):
    """What of the accepted findings one target has.

    `used`, `seen` and `doubted` are indices of entries: those that hid a finding, and those whose file is part of the target
    and was checked for their rule, or wasn't.
    `gone` are the findings of the baseline that the target may have, and how many of each it doesn't have.
    """

    used: frozenset[int] = frozenset()
    seen: frozenset[int] = frozenset()
    doubted: frozenset[int] = frozenset()
    gone: Mapping[Identity, int] = {}


def met_by_all(mets: Iterable[Met]) -> Met:
    """Returns what a target of several parts has of the accepted findings. What one part has isn't gone."""
    every = list(mets)
    if not every:
        return Met()
    gone = {one: min(met.gone[one] for met in every) for one in every[0].gone if all(one in met.gone for met in every)}
    used, seen, doubted = (
        frozenset[int]().union(*parts) for parts in zip(*((m.used, m.seen, m.doubted) for m in every), strict=True)
    )
    return Met(used, seen, doubted, gone)


class Accepted(NamedTuple):
    """The entries of the configuration, and the findings of the baseline with their numbers."""

    entries: tuple[Entry, ...] = ()
    baseline: Mapping[Identity, int] = {}

    def without(
        self, diagnostics: Sequence[Diagnostic], files: Collection[str], whole: str, ran: Callable[[str], bool]
    ) -> tuple[list[Diagnostic], Met]:
        """Returns the diagnostics of a target that nobody accepted, and what of the accepted was met.

        `files` are the names of the files that were read, `whole` is that of the target. `ran` says whether the target was
        checked for the rule of this name. What can't be ignored is never left out.
        """
        if not self.entries and not self.baseline:
            return list(diagnostics), Met()
        used: set[int] = set()
        kept = [one for one in diagnostics if one.fixed or not self._ignores(one, used)]
        about = [index for index, one in enumerate(self.entries) if _is_about(one, files)]
        seen = frozenset(index for index in about if ran(self.entries[index].rule))
        left = dict(self.baseline)
        fresh = []
        for one in kept:
            known = identity(one)
            if left.get(known, 0) > 0 and not one.fixed:
                left[known] -= 1
            else:
                fresh.append(one)
        here = {file for _, file, *_ in left if file in files or file.startswith(f"{whole}/") or whole == "."}
        gone = {known: number for known, number in left.items() if known[1] in here and ran(known[0])}
        return fresh, Met(frozenset(used), seen, frozenset(about) - seen, gone)

    def _ignores(self, diagnostic: Diagnostic, used: set[int]) -> bool:
        found = [index for index, one in enumerate(self.entries) if _matches(one, diagnostic)]
        used.update(found)
        return bool(found)


def _matches(one: Entry, diagnostic: Diagnostic) -> bool:
    if one.rule != diagnostic.rule or (one.file is not None and not _is_file(one.file, diagnostic.location.file)):
        return False
    if one.pointer is None:
        return True
    return diagnostic.pointer is not None and _fits(one.pointer, diagnostic.pointer.split("/"))


def _is_about(one: Entry, files: Collection[str]) -> bool:
    return one.file is None or any(_is_file(one.file, file) for file in files)


def _is_file(pattern: Sequence[str], file: str) -> bool:
    return _fits(pattern, _steps(Path.cwd(), file))


@lru_cache(maxsize=1000)
def _steps(here: Path, file: str) -> list[str]:
    return Path(os.path.normpath(here / file)).as_posix().split("/")


def _fits(pattern: Sequence[str], steps: Sequence[str]) -> bool:
    """Checks whether a pattern fits all steps, in time of their product: `reached` are the ends of what fits so far."""
    reached = {0}
    for part in pattern:
        if part == _ANY_STEPS:
            reached = set(range(min(reached), len(steps) + 1))
        else:
            reached = {end + 1 for end in reached if end < len(steps) and fnmatchcase(steps[end], part)}
        if not reached:
            return False
    return len(steps) in reached
