"""Reports a run as Markdown, for a comment or the summary of a job, such as `$GITHUB_STEP_SUMMARY`."""

from collections.abc import Iterator

from connector_builder.findings.diagnostic import Diagnostic
from connector_builder.report.changes import changes_page
from connector_builder.report.escape import markdown
from connector_builder.report.run import Run
from connector_builder.report.sentences import place, sentences, worst_first

SHOWN = 200
"""The most diagnostics in the table: GitHub takes 1 MiB for a step, and nobody reads more."""


def markdown_report(run: Run) -> str:
    """The summary as a heading, and a table of the diagnostics, the worst first; for an import, what it changed; or the run's own report."""
    if run.results == "imports":
        return changes_page(run)
    if run.markdown:
        return run.markdown
    return "".join(f"{line}\n" for line in _lines(run))


def _lines(run: Run) -> Iterator[str]:
    yield f"### connector-builder: {run.summary}"
    if run.diagnostics:
        yield ""
        yield "| | Place | What | Rule |"
        yield "| --- | --- | --- | --- |"
        yield from map(_row, worst_first(list(run.diagnostics))[:SHOWN])
    if len(run.diagnostics) > SHOWN:
        yield ""
        yield f"And {len(run.diagnostics) - SHOWN:,} more."


def _row(diagnostic: Diagnostic) -> str:
    said = "<br>".join(map(markdown, sentences(diagnostic)))
    return f"| {diagnostic.severity} | {markdown(place(diagnostic))} | {said} | {diagnostic.rule} |"
