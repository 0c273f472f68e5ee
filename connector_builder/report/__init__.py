"""Findings to text, JSON and the formats that pipelines read. Decides nothing."""

from collections.abc import Callable, Sequence

from connector_builder.findings.diagnostic import Diagnostic
from connector_builder.findings.wording import counted
from connector_builder.report.json_format import json_report
from connector_builder.report.summary import Summary, summarise
from connector_builder.report.text_format import text_report

__all__ = ["REPORTS", "Summary", "counted", "render_report", "summarise"]

REPORTS: dict[str, Callable[[Sequence[Diagnostic], Summary], str]] = {"json": json_report}
"""The formats for programs: from diagnostics and their summary to text that is escaped for it."""


def render_report(
    format: str, diagnostics: Sequence[Diagnostic], files: int, *, colour: bool = False, brief: bool = False
) -> str:
    """The diagnostics of a run over so many files, in one of the formats of `--format`; `brief` is text without a summary."""
    summary = summarise(diagnostics, files)
    if format == "text":
        return text_report(diagnostics, None if brief else summary, colour=colour)
    return REPORTS[format](diagnostics, summary)
