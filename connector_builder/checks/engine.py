"""Checks one target with every rule, and places the findings in the author's files."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from connector_builder.checks.accepted import Accepted, Met, met_by_all
from connector_builder.checks.catalogue import CATALOGUE, NAMED
from connector_builder.checks.ignores import without_ignored
from connector_builder.checks.masking import masked
from connector_builder.checks.nearness import Measure
from connector_builder.checks.package_secrets import package_secrets
from connector_builder.findings import Finding, Fix, Pointer, Replace, Rule, Scope, Severity, TextEdit
from connector_builder.findings.diagnostic import Correction, Diagnostic, Locator
from connector_builder.findings.finding import LEFT_OUT
from connector_builder.findings.wording import clipped
from connector_builder.package.model import FILES, Package, Reading
from connector_builder.rules import check as check_package
from connector_builder.rules.hit import Hit
from connector_builder.source.pointers import format_pointer

if TYPE_CHECKING:
    from connector_builder.checks.corrections import OnDemand

SECOND_OPINION = "SecondOpinion"
"""The rule of what openapi-spec-validator finds, which only a build asks."""
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

    Fixed rules always count. Findings that are `accepted` don't. With `fixes`, diagnostics have their corrections. With
    `consequences`, what only follows from another finding in a package is a finding too. `changes` says that two versions
    are compared.
    """

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    certification: Certification = Certification.WARNING
    accepted: Accepted = Accepted()
    fixes: bool = False
    consequences: bool = False
    changes: bool = False

    def may_find(self, rule: str) -> bool:
        """Checks whether such a run can have findings of the rule with this name: a comparison finds changes, a check all else."""
        from connector_builder.rules.changes.kinds import CHANGES  # which a run without a baseline doesn't ask for

        return any(rule == one.name for one in CHANGES) is self.changes

    def counts(self, rule: Rule) -> bool:
        """Checks whether findings of a rule count."""
        if not rule.fixed and (rule.name in self.ignore or (self.select and rule.name not in self.select)):
            return False
        own = self.certification is Certification.OWN
        if (rule.only_uploads and own) or (rule.only_certification and not own):
            return False
        return rule.scope is not Scope.CERTIFICATION or self.certification is not Certification.HIDDEN


class Change(NamedTuple):
    """A file with its content before and after fixes, and the difference as a unified diff without secrets."""

    path: Path
    before: bytes
    after: bytes
    diff: str


class Checked(NamedTuple):
    """The result for one target: its diagnostics, sorted, how many of its files were read, and its variables as in `Reading`.

    `met` is what of the accepted findings it has, `limits` how much of the platform's limits it uses, if that was asked for.
    `fixed` are the diagnostics that `changes` of files mend.
    """

    diagnostics: list[Diagnostic]
    files: int = 1
    variables: frozenset[str] | None = frozenset()
    met: Met = Met()
    limits: tuple[Measure, ...] = ()
    fixed: tuple[Diagnostic, ...] = ()
    changes: tuple[Change, ...] = ()


def least_failing(fail_on: str) -> Severity | None:
    """Returns the least severity that fails a run with this `fail_on`: `error`, `warning` or `never`."""
    return {"error": Severity.ERROR, "warning": Severity.WARNING, "never": None}[fail_on]


def fails(diagnostics: Iterable[Diagnostic], fail_on: str) -> bool:
    """Checks whether a diagnostic is at or above `fail_on`."""
    least = least_failing(fail_on)
    return least is not None and any(diagnostic.severity >= least for diagnostic in diagnostics)


def examine(
    reading: Reading, checks: Checks, *, is_spec: bool, build: bool = False, later: "OnDemand | None" = None
) -> Checked:
    """Checks a target that was read, and returns its diagnostics.

    With `build` it also asks openapi-spec-validator, unless our own rules find an error: that stops the build anyway,
    and for 10,000 operations openapi-spec-validator takes longer than everything else together.

    `later` makes the corrections of the diagnostics when someone asks for one.
    """
    package = reading.package
    own = checks.certification is Certification.OWN
    hits: list[Hit] = []
    if package is not None:
        hits += check_package(package, certification=own, consequences=checks.consequences)
    read = reading.findings if is_spec else map(_eased, reading.findings)
    found = [*read, *_about_package(reading, hits, is_spec=is_spec)]
    if package is not None and not is_spec:
        found += package_secrets(package)
    findings = _kept(reading, found, checks, asked=build and package is None)
    if build and package is not None and not _has_error(_counting(findings, checks)):
        from connector_builder.checks.second_opinion import second_opinion  # only a build asks it

        found += _about_package(reading, second_opinion(package, hits), is_spec=is_spec)
        findings = _kept(reading, found, checks, asked=True)
    files = {text.path for text in reading.texts} | {finding.place.text.path for finding in findings}
    correct = _corrections(reading) if checks.fixes else _nothing
    if later is not None:
        later.read(reading)
    diagnostics = _diagnostics(masked(_counting(findings, checks), reading.texts), correct, later)
    in_order = sorted(diagnostics, key=lambda diagnostic: diagnostic.sort_key)
    kept, met = _unaccepted(in_order, files, reading, checks, asked=build)
    return Checked(kept, max(len(files), 1), reading.variables, met)


def joined(every: Sequence[Checked], limits: tuple[Measure, ...] = ()) -> Checked:
    """Returns the result for a target of several parts, such as a solution, from those of its parts."""
    diagnostics = [one for checked in every for one in checked.diagnostics]
    in_order = sorted(diagnostics, key=lambda diagnostic: diagnostic.sort_key)
    files = sum(checked.files for checked in every) or 1
    return Checked(in_order, files, met=met_by_all(checked.met for checked in every), limits=limits)


def _unaccepted(
    diagnostics: Sequence[Diagnostic], files: Iterable[Path], reading: Reading, checks: Checks, *, asked: bool
) -> tuple[list[Diagnostic], Met]:
    """Returns the diagnostics that nobody accepted, and what of the accepted ones this target has."""
    name = Locator(Path.cwd()).name
    not_run = _not_run(reading, checks, asked=asked)

    def ran(rule: str) -> bool:
        return not not_run(rule) and (rule not in CATALOGUE or checks.counts(CATALOGUE[rule]))

    whole = name(reading.package.source) if reading.package is not None else ""
    return checks.accepted.without(diagnostics, frozenset(map(name, files)), whole, ran)


def _has_error(findings: Iterable[Finding]) -> bool:
    return any(finding.rule.severity is Severity.ERROR for finding in findings)


def _kept(reading: Reading, findings: Sequence[Finding], checks: Checks, *, asked: bool) -> list[Finding]:
    """Returns the findings that no comment ignores; `asked` says that those of openapi-spec-validator are among them."""
    return without_ignored(findings, reading.texts, NAMED, _not_run(reading, checks, asked=asked))


def _eased(finding: Finding) -> Finding:
    """Returns a finding about a package, in which some rules are milder than in a spec."""
    if not finding.rule.eased_in_packages:
        return finding
    return finding._replace(rule=finding.rule._replace(severity=Severity.WARNING, fixed=False))


def _not_run(reading: Reading, checks: Checks, *, asked: bool) -> Callable[[str], bool]:
    """Returns a test for the names of rules that may have missed something: all of them if a broken part was left out."""
    broken = any(finding.rule.fixed for finding in reading.findings)
    own = checks.certification is Certification.OWN

    def missed(name: str) -> bool:
        rule = CATALOGUE.get(name)
        if rule is None or broken:
            return rule is not None
        of_pairs = rule.scope is Scope.COMPATIBILITY  # a comment about a change is for `diff`
        return of_pairs or (rule.only_certification and not own) or (rule.name == SECOND_OPINION and not asked)

    return missed


def _about_package(reading: Reading, hits: Sequence[Hit], *, is_spec: bool) -> list[Finding]:
    """Returns the hits as findings, without those that repeat what reading the spec has reported already."""
    package = reading.package
    if package is None:
        return []
    findings = [finding.reworded(reading.mask) for finding in _placed(package, hits)]
    if not is_spec:
        return findings
    # If a part of a spec is left out because it is broken, no finding needs to report that it is missing.
    broken = {_range(finding) for finding in reading.findings if finding.rule.fixed}
    said = {finding.rule.name for finding in reading.findings} | ({LEFT_OUT} if broken else set())
    unsaid = (found for found in findings if found.rule.explained_by.isdisjoint(said))
    unsaid = (found for found in unsaid if not _names_left_out(found, reading))
    kept = (found for found in unsaid if not found.rule.only_packages and _range(found) not in broken)
    return [found.saying(help=found.rule.in_specs) if found.rule.in_specs else found for found in kept]


def _names_left_out(found: Finding, reading: Reading) -> bool:
    """Checks whether a finding misses an operation that the spec contains, but that is broken."""
    if not found.rule.names_operations or reading.package is None or found.document is None:
        return False
    part: Any = reading.package.documents.get(found.document)
    for step in found.pointer or ():
        part = part[step]
    return isinstance(part, str) and part in reading.left_out


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
        if hit.document == FILES and placed.fix is not None:
            placed = placed._replace(fix=_of_text(placed.fix, package))
        # A file as such isn't part of a document: its place is enough.
        document, pointer = (None, None) if hit.document == FILES else (hit.document, hit.pointer)
        yield Finding(hit.rule, placed, document, pointer)


def _of_text(fix: Fix, package: Package) -> Fix | None:
    """Returns a fix of a file that isn't a document as edits of its text; None if it replaces anything but text."""
    edits = []
    for edit in fix.edits:
        if not isinstance(edit, Replace):
            return None
        place = package.places(FILES, [edit.pointer])[edit.pointer]
        if place.start == place.end:
            return None
        edits.append(TextEdit(place, str(edit.value)))
    return Fix(fix.title, tuple(edits))


def _counting(findings: Iterable[Finding], checks: Checks) -> Iterator[Finding]:
    """Yields the findings that `checks` counts, with the severity that each counts with."""
    for finding in findings:
        rule = finding.rule
        if not checks.counts(rule):
            continue
        if rule.scope is Scope.CERTIFICATION and checks.certification is not Certification.OWN:
            most = Severity.NOTE if rule.note_otherwise else Severity.WARNING
            rule = rule._replace(severity=min(rule.severity, most))
        yield finding if rule is finding.rule else finding._replace(rule=rule)


Correct = Callable[[Sequence[Finding], Locator], Correction | None]


def _corrections(reading: Reading) -> Correct:
    from connector_builder.checks.corrections import Corrections  # with all that edits texts, which few runs do

    return Corrections(reading.package, reading.mask, reading.texts).of


def _nothing(_group: Sequence[Finding], _locator: Locator) -> None:
    return None


def _diagnostics(
    findings: Iterable[Finding], correct: Correct, later: "OnDemand | None" = None
) -> Iterator[Diagnostic]:
    """Yields one diagnostic for all findings of a rule at one place: one defect in a shared parameter isn't forty.

    Findings of a rule that is `told_once` are one diagnostic, at the first place, wherever they say the same in a document.
    """
    locator = Locator(Path.cwd())
    groups: dict[tuple[Any, ...], list[Finding]] = {}
    for finding in findings:
        same = (finding.document, finding.message) if finding.rule.told_once else _range(finding)
        groups.setdefault((finding.rule.name, *same), []).append(finding)
    for group in groups.values():
        group.sort(key=_range)
        diagnostic = _diagnostic(group, locator, correct(group, locator))
        if later is not None:
            later.note(diagnostic, group, locator)
        yield diagnostic


def _diagnostic(group: Sequence[Finding], locator: Locator, correction: Correction | None) -> Diagnostic:
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
        len(set(map(_range, group))),
        fixed=first.rule.fixed,
        correction=correction,
        facts=(("operation", first.operation),),
    )


def _shown(text: str) -> str:
    return clipped(text, MAX_MESSAGE)
