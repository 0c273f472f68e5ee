"""Reports an import as a page of Markdown to keep beside the spec: everything that was changed, by class and kind."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from connector_builder.findings.diagnostic import Diagnostic
from connector_builder.report.escape import markdown
from connector_builder.report.run import Run
from connector_builder.report.sentences import place, sentences, worst_first

CLASSES = {
    "lost": "The connector can't do this.",
    "narrowed": "The connector can do a part of this.",
    "chosen": "One of several possibilities was taken.",
    "moved": "The connector has this in another form.",
    "renamed": "The connector has this by another name.",
}
"""The classes of changes, and what each means."""


def changes_page(run: Run) -> str:
    """Returns the page: the specs, then a section for each class of changes with a table for each kind, then the rest."""
    return "".join(f"{line}\n" for line in _lines(run))


def _lines(run: Run) -> Iterator[str]:
    yield "# What the import changed"
    yield ""
    for target in run.targets:
        spec = target.result.get("spec")
        made = f"became `{spec}`" if spec else "wasn't imported"
        yield (
            f"- {markdown(target.name)} ({target.kind}) {made}"
            if "`" not in str(spec)
            else f"- {markdown(target.name)}"
        )
    for name, meaning in CLASSES.items():
        found = [one for one in run.diagnostics if _class(run, one) == name]
        if found:
            yield from ("", f"## {name.capitalize()}", "", meaning)
            yield from _kinds(found)
    rest = [one for one in run.diagnostics if not _class(run, one)]
    if rest:
        yield from ("", "## Further findings")
        yield from _kinds(worst_first(rest))
    if not run.diagnostics:
        yield from ("", "Nothing: the connector does all that its source does.")


def _class(run: Run, one: Diagnostic) -> str:
    rule = run.rules.get(one.rule)
    return rule.change if rule is not None else ""


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count:,} times"


def _kinds(found: Sequence[Diagnostic]) -> Iterator[str]:
    """Yields a heading and a table for each kind, in alphabetical order, with the entries in theirs."""
    for name, each in groupby(sorted(found, key=lambda one: one.rule), key=lambda one: one.rule):
        entries = list(each)
        yield from (
            "",
            f"### {name}: {_times(len(entries))}",
            "",
            "| Place | What |",
            "| --- | --- |",
        )
        for one in entries:
            yield f"| {markdown(place(one))} | {'<br>'.join(map(markdown, sentences(one)))} |"
