"""Writes docs/corpus-audit.md: `CONNECTOR_CORPUS=FOLDER python -m benchmarks.corpus_audit`. Run by hand.

tests/support/corpus.py says where the connectors come from. The page lists every error with the scope `platform` that
the rules find in them, by rule, folder and pointer, and quotes nothing. Somebody has read each and written a verdict
here; an error without one makes the exit status 1.
"""

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from connector_builder.findings import Scope, Severity
from connector_builder.package.read import read_package
from connector_builder.rules import check
from connector_builder.source.pointers import format_pointer
from tests.support.corpus import connectors

PAGE = Path(__file__).parents[1] / "docs" / "corpus-audit.md"
UNREAD = "not read yet"


class Found(NamedTuple):
    """An error: its rule, the folder of its connector, and its pointer in the document."""

    rule: str
    folder: str
    document: str
    pointer: str


VERDICTS = {
    (
        "ArrayHasNoItems",
        "certified-partnercenterreferrals",
    ): "Real. The schema has the type `array`, but properties instead of items; it is an object. It stands in the `items` "
    "of another object, where the platform doesn't look, and so it was published.",
    (
        "ArrayDuplicateValue",
        "independent-publisher-perplexity-ai",
    ): "Real. An enum has one of its values twice, and people see it twice in the list. Swagger requires different values.",
}
"""What somebody who has read the errors of a rule in a connector thinks of them."""

LOWERED = (
    ("DefaultValueMustMatchType", 41, "warning", "the platform doesn't refuse a default of another type"),
    ("DefaultValueIsNull", 3, "note", "null means the same as no default"),
    ("DefaultValueIncomplete", 7, "note", "people fill in the rest of an object"),
    ("DefaultValueNotInEnum", 3, "warning", "capitals differ; the platform doesn't refuse it"),
    ("DefaultValueNotInFormat", 1, "note", "the text is a placeholder for people"),
    ("OperationMustHaveResponse", 6, "warning", "the portal writes webhooks without responses"),
    ("ConnectionParameterNameNotValid", 1, "warning", "a name with a hyphen works; other characters are errors"),
    ("ExpressionFunctionNotKnown", 1, "warning", "a function in other capitals works; other names are errors"),
    ("KeyDuplicated", 10, "warning", "the platform takes the last of the two keys; this was an error of the language"),
)
"""What were errors at first: the rule that finds them now, their number in the corpus, its severity, and why."""

_HEAD = """\
# Audit of the platform's errors

An error with the scope `platform` says that saving or importing a connector fails. Connectors that Microsoft has published were saved, so
each such error in one of them is either a real defect that slipped through or a rule that judges too hard. This page lists all of them in
{folders} published connectors, a third of [Microsoft's repository](https://github.com/microsoft/PowerPlatformConnectors), with the verdict of
somebody who has read them. `CONNECTOR_CORPUS=FOLDER python -m benchmarks.corpus_audit` writes the page.
"""


def errors(folders: Iterable[Path]) -> list[Found]:
    """Returns the platform's errors in the packages of some folders, by rule and folder."""
    packages = ((folder, read_package(folder).package) for folder in folders)
    return sorted(
        Found(hit.rule.name, folder.name, hit.document, format_pointer(hit.pointer))
        for folder, package in packages
        for hit in (check(package) if package is not None else ())
        if hit.rule.severity is Severity.ERROR and hit.rule.scope is Scope.PLATFORM
    )


def page(found: list[Found], folders: int) -> str:
    """Returns the page as Markdown."""
    counts = Counter(one.rule for one in found)
    lines = [_HEAD.format(folders=folders), f"{len(found)} errors of {len(counts)} rules:\n"]
    for rule, count in sorted(counts.items()):
        lines += [f"## {rule}: {count}\n", "| Connector | Document | Pointer | Verdict |", "| --- | --- | --- | --- |"]
        lines += [
            f"| {one.folder} | {one.document} | `{one.pointer}` | {VERDICTS.get((rule, one.folder), UNREAD)} |"
            for one in found
            if one.rule == rule
        ]
        lines.append("")
    lines += ["## What is no error any more\n", "These were errors until they were read.\n"]
    lines += ["| Rule | Findings | Now | Why |", "| --- | --- | --- | --- |"]
    lines += [f"| {rule} | {count} | {severity} | {why} |" for rule, count, severity, why in LOWERED]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Writes the page. Returns 1 if an error has no verdict."""
    folders = connectors()
    found = errors(folders)
    PAGE.write_text(page(found, len(folders)), encoding="utf-8", newline="\n")
    return 1 if any((one.rule, one.folder) not in VERDICTS for one in found) else 0


if __name__ == "__main__":
    sys.exit(main())
