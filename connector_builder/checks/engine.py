"""Checks one target with every rule, and places the findings in the author's files."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from connector_builder.checks.accepted import Accepted, Met
from connector_builder.checks.catalogue import CATALOGUE
from connector_builder.checks.ignores import without_ignored
from connector_builder.checks.masking import hide_in_texts, masked
from connector_builder.checks.nearness import Measure
from connector_builder.checks.second_opinion import SECOND_OPINION, second_opinion
from connector_builder.findings import Finding, Pointer, Rule, Scope, Severity
from connector_builder.findings.diagnostic import Diagnostic, Locator
from connector_builder.findings.wording import clipped
from connector_builder.package.model import FILES, Package, Reading
from connector_builder.rules import check as check_package
from connector_builder.rules.hit import Hit
from connector_builder.source.pointers import format_pointer

MAX_MESSAGE = 1000
"""The longest message or help, in characters."""
MAX_ALSO = 10
"""The most other messages that a diagnostic keeps when it stands for several findings."""


class Certification(StrEnum):
    """What happens to findings that matter only for certification."""

    OWN = "own"  # they keep the severity of their rule
    WARNING = "warning"  # they are at most warnings
    HIDDEN = "hidden"


class Checks(NamedTuple):
    """Which findings count: those of the rules in `select` (all if it is empty) and not in `ignore`.

    Fixed rules always count. Findings that are `accepted` don't.
    """

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    certification: Certification = Certification.WARNING
    accepted: Accepted = Accepted()

    def counts(self, rule: Rule) -> bool:
        """Checks whether findings of a rule count."""
        if not rule.fixed and (rule.name in self.ignore or (self.select and rule.name not in self.select)):
            return False
        return rule.scope is not Scope.CERTIFICATION or self.certification is not Certification.HIDDEN


@dataclass(frozen=True, slots=True)
class Checked:
    """What one target gave: its diagnostics, sorted, how many files of it were read, and its variables, as `Reading` has them.

    `met` is what of the accepted findings it has, `limits` how much of the platform's limits it uses, if that was asked for.
    """

    diagnostics: list[Diagnostic] = field(default_factory=list)
    files: int = 1
    variables: frozenset[str] | None = frozenset()
    met: Met = field(default_factory=Met)
    limits: tuple[Measure, ...] = ()


def least_failing(fail_on: str) -> Severity | None:
    """Returns the least severity that fails a run with this `fail_on`: `error`, `warning` or `never`."""
    return {"error": Severity.ERROR, "warning": Severity.WARNING, "never": None}[fail_on]


def fails(diagnostics: Iterable[Diagnostic], fail_on: str) -> bool:
    """Checks whether a diagnostic is at or above `fail_on`."""
    least = least_failing(fail_on)
    return least is not None and any(diagnostic.severity >= least for diagnostic in diagnostics)


def examine(reading: Reading, checks: Checks, *, is_spec: bool, build: bool = False) -> Checked:
    """What is wrong with what was read; with `build` openapi-spec-validator is asked too, where our own rules find no error.

    An error stops the build as it is, and of 10,000 operations openapi-spec-validator takes longer than all else together.
    """
    package = reading.package
    hits = list(check_package(package)) if package is not None else []
    findings = _kept(reading, hits, is_spec=is_spec, asked=build and package is None)
    if (
        build
        and package is not None
        and not any(one.rule.severity is Severity.ERROR for one in _counting(findings, checks))
    ):
        findings = _kept(reading, [*hits, *second_opinion(package, hits)], is_spec=is_spec, asked=True)
    files = {text.path for text in reading.texts} | {finding.place.text.path for finding in findings}
    if package is not None and not is_spec:
        hide_in_texts(package)
    diagnostics = _diagnostics(masked(_counting(findings, checks), reading.texts))
    in_order = sorted(diagnostics, key=lambda diagnostic: diagnostic.sort_key)
    kept, met = _unaccepted(in_order, files, reading, checks, asked=build)
    return Checked(kept, max(len(files), 1), reading.variables, met)


def _unaccepted(
    diagnostics: Sequence[Diagnostic], files: Iterable[Path], reading: Reading, checks: Checks, *, asked: bool
) -> tuple[list[Diagnostic], Met]:
    """Returns the diagnostics that nobody accepted, and what of the accepted ones this target has."""
    name = Locator(Path.cwd()).name
    not_run = _not_run(reading, asked=asked)

    def ran(rule: str) -> bool:
        return rule not in not_run and (rule not in CATALOGUE or checks.counts(CATALOGUE[rule]))

    whole = name(reading.package.source) if reading.package is not None else ""
    return checks.accepted.without(diagnostics, frozenset(map(name, files)), whole, ran)


def _kept(reading: Reading, hits: Sequence[Hit], *, is_spec: bool, asked: bool) -> list[Finding]:
    """The findings that no comment ignores; `asked` says that `hits` are also those of openapi-spec-validator."""
    findings = [*reading.findings, *_about_package(reading, hits, is_spec=is_spec)]
    return without_ignored(findings, reading.texts, CATALOGUE, _not_run(reading, asked=asked))


def _not_run(reading: Reading, *, asked: bool) -> Collection[str]:
    """The rules of which it isn't known whether they would find something: all, where a part was left out as broken."""
    if any(finding.rule.fixed for finding in reading.findings):
        return CATALOGUE
    return () if asked else (SECOND_OPINION.name,)


def _about_package(reading: Reading, hits: Sequence[Hit], *, is_spec: bool) -> list[Finding]:
    """What the rules found in what was read or built, as far as it is news."""
    package = reading.package
    if package is None:
        return []
    findings = [_masked(finding, reading.mask) for finding in _placed(package, hits)]
    if not is_spec:
        return findings
    # If a part of a spec is left out because it is broken, no finding needs to say that it is missing.
    broken = {_range(finding) for finding in reading.findings if finding.rule.fixed}
    said = {finding.rule.name for finding in reading.findings}
    unsaid = (found for found in findings if found.rule.explained_by.isdisjoint(said))
    unsaid = (found for found in unsaid if not _names_left_out(found, reading))
    return [found for found in unsaid if not found.rule.only_packages and _range(found) not in broken]


def _names_left_out(found: Finding, reading: Reading) -> bool:
    """Checks whether a finding misses an operation that the spec contains, but that is broken."""
    if not found.rule.names_operations or reading.package is None or found.document is None:
        return False
    part: Any = reading.package.documents.get(found.document)
    for step in found.pointer or ():
        part = part[step]
    return isinstance(part, str) and part in reading.left_out


def _masked(finding: Finding, mask: Callable[[str], str]) -> Finding:
    """Returns the finding without the values of the spec's variables."""
    # The pointer contains the query of a path that was copied whole.
    pointer = finding.pointer and tuple(mask(step) if isinstance(step, str) else step for step in finding.pointer)
    return replace(finding.reworded(mask), pointer=pointer)


def _range(finding: Finding) -> tuple[Path, int, int]:
    return finding.place.text.path, finding.place.start, finding.place.end


def _placed(package: Package, hits: Sequence[Hit]) -> Iterator[Finding]:
    """Yields the hits as findings with places. It asks each document once, for all its pointers together."""
    wanted: dict[str, list[Pointer]] = {}
    for hit in hits:
        wanted.setdefault(hit.document, []).extend((hit.pointer, *(part.at for part in hit.related)))
    places = {document: package.places(document, pointers) for document, pointers in wanted.items()}
    for hit in hits:
        placed = hit.defect.moved(places[hit.document].__getitem__)
        # A file as such isn't part of a document: its place is enough.
        document, pointer = (None, None) if hit.document == FILES else (hit.document, hit.pointer)
        yield Finding(hit.rule, placed, document, pointer)


def _counting(findings: Iterable[Finding], checks: Checks) -> Iterator[Finding]:
    """Yields the findings that `checks` counts, with the severity that each counts with."""
    for finding in findings:
        rule = finding.rule
        if not checks.counts(rule):
            continue
        if rule.scope is Scope.CERTIFICATION and checks.certification is not Certification.OWN:
            rule = rule._replace(severity=min(rule.severity, Severity.WARNING))
        yield finding if rule is finding.rule else replace(finding, rule=rule)


def _diagnostics(findings: Iterable[Finding]) -> Iterator[Diagnostic]:
    """Yields one diagnostic for all findings of a rule at one place: one defect in a shared parameter isn't forty."""
    locator = Locator(Path.cwd())
    groups: dict[tuple[str, tuple[Path, int, int]], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.rule.name, _range(finding)), []).append(finding)
    for group in groups.values():
        yield _diagnostic(group, locator)


def _diagnostic(group: Sequence[Finding], locator: Locator) -> Diagnostic:
    first = group[0]
    others = dict.fromkeys(finding.message for finding in group if finding.message != first.message)
    return Diagnostic(
        first.rule.name,
        first.rule.severity,
        first.rule.scope,
        locator.defect(first.defect._replace(message=_shown(first.message), help=first.help and _shown(first.help))),
        first.document,
        format_pointer(first.pointer) if first.pointer is not None else None,
        len(group),
        tuple(map(_shown, islice(others, MAX_ALSO))),
        fixed=first.rule.fixed,
    )


def _shown(text: str) -> str:
    return clipped(text, MAX_MESSAGE)
