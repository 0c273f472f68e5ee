"""Turns the changes between two versions of a connector into diagnostics, at their places in the author's files."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from connector_builder.checks.accepted import Met
from connector_builder.checks.catalogue import NAMED
from connector_builder.checks.engine import Checks
from connector_builder.checks.ignores import without_ignored
from connector_builder.checks.masking import masked
from connector_builder.checks.rules import ENGINE_RULES
from connector_builder.findings import Finding, Place, Related
from connector_builder.findings.diagnostic import Diagnostic, Locator
from connector_builder.findings.place import Pointer
from connector_builder.package.model import Package, Reading
from connector_builder.rules.changes.change import SEVERITIES, Change
from connector_builder.rules.changes.compare import Comparison, compare
from connector_builder.rules.changes.version import Advice
from connector_builder.source.pointers import format_pointer

_COMMENTS = frozenset(rule.name for rule in ENGINE_RULES)


class Compared(NamedTuple):
    """The changes that count, each with its diagnostic, what the version should become, and how many operations were compared.

    `uncompared` are the operations that have more fields than are compared. `met` is what of the accepted changes occurs.
    """

    found: Sequence[tuple[Change, Diagnostic]]
    version: Advice
    operations: int
    uncompared: Sequence[str] = ()
    met: Met = Met()

    @property
    def diagnostics(self) -> list[Diagnostic]:
        return sorted((one for _, one in self.found), key=lambda diagnostic: diagnostic.sort_key)


def examine_changes(old: Reading, new: Reading, checks: Checks, *, consumer: str = "") -> Compared:
    """Compares two versions. `consumer` is the one whose verdicts count; empty for the worst of all.

    The severity of a diagnostic is its verdict: an error breaks, a warning is risky, a note is safe. A comment in the new
    spec hides a change at its line, and the configuration those that it accepts.
    """
    result = compare(old.package, new.package)
    places = _Places(old.package, new.package, result)
    pairs = [(one, _finding(one, places, consumer)) for one in result.changes if checks.counts(one.kind.rule)]
    changes = {id(finding): change for change, finding in pairs}
    kept = without_ignored([finding for _, finding in pairs], new.texts, NAMED)
    kept = [one for one in kept if one.rule.name not in _COMMENTS]
    shown = masked([one.reworded(lambda text: new.mask(old.mask(text))) for one in kept], [*old.texts, *new.texts])
    locator = Locator(Path.cwd())
    found = [
        (changes[id(first)], _diagnostic(changes[id(first)], finding, locator))
        for first, finding in zip(kept, shown, strict=True)
    ]
    files = {locator.name(text.path) for text in (*old.texts, *new.texts)} | {one.location.file for _, one in found}
    unaccepted, met = checks.accepted.without(
        [diagnostic for _, diagnostic in found],
        files,
        "",
        lambda rule: checks.may_find(rule) and checks.counts(NAMED[rule]),
    )
    left = set(map(id, unaccepted))
    found = [one for one in found if id(one[1]) in left]
    return Compared(found, result.version, result.operations, result.uncompared, met)


class _Places:
    """The places of all changes: it asks each package once for those of a document."""

    def __init__(self, old: Package | None, new: Package | None, result: Comparison) -> None:
        self._old = _located(old, ((one.document, one.old) for one in result.changes))
        self._new = _located(new, ((one.document, one.new) for one in result.changes))

    def old(self, change: Change) -> Place | None:
        return None if change.old is None else self._old.get((change.document, change.old))

    def new(self, change: Change) -> Place | None:
        return None if change.new is None else self._new.get((change.document, change.new))


def _located(
    package: Package | None, wanted: Iterable[tuple[str, Pointer | None]]
) -> Mapping[tuple[str, Pointer], Place]:
    if package is None:
        return {}
    by_document: dict[str, list[Pointer]] = {}
    for document, pointer in wanted:
        if pointer is not None:
            by_document.setdefault(document, []).append(pointer)
    return {
        (document, pointer): place
        for document, pointers in by_document.items()
        for pointer, place in package.places(document, pointers).items()
    }


def _finding(change: Change, places: _Places, consumer: str) -> Finding:
    new, old = places.new(change), places.old(change)
    place = new or old
    assert place is not None
    related = (Related(old, "before"),) if new is not None and old is not None else ()
    rule = change.kind.rule._replace(severity=SEVERITIES[change.verdicts.worst(consumer)])
    pointer = change.new if new is not None else change.old
    finding = rule.at(place, change.message, help=_help(change), related=related)
    return finding._replace(document=change.document, pointer=pointer)


def _help(change: Change) -> str | None:
    said = change.help
    sentence = change.kind.rule.sentence
    return (
        "; ".join(part for part in (said, f"Microsoft's check says: '{sentence}'" if sentence else "") if part) or None
    )


def _diagnostic(change: Change, finding: Finding, locator: Locator) -> Diagnostic:
    return Diagnostic(
        finding.rule.name,
        finding.rule.severity,
        finding.rule.scope,
        locator.defect(finding.defect),
        finding.document,
        None if finding.pointer is None else format_pointer(finding.pointer),
        facts=tuple(_facts(change)),
    )


def _facts(change: Change) -> Iterator[tuple[str, object]]:
    yield "verdicts", change.verdicts.plain()
    if change.operations:
        yield "operations", list(change.operations)
    if change.kind.rule.sentence:
        yield "sentence", change.kind.rule.sentence
        yield "value_path", change.value_path or None
