"""Reports a run in the formats of people, programs and CI systems. Decides nothing."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from connector_builder.report.azure import azure_report
from connector_builder.report.github import github_report
from connector_builder.report.gitlab import gitlab_report
from connector_builder.report.json_format import json_report
from connector_builder.report.junit import junit_report
from connector_builder.report.markdown import markdown_report
from connector_builder.report.run import Outcome, Run
from connector_builder.report.sarif import sarif_report
from connector_builder.report.text_format import text_report

__all__ = ["FORMATS", "Format", "Outcome", "Run"]

Format = Callable[[Run], str]
"""Turns a run into text that is escaped for the readers of the format."""


def _all(report: Format) -> Format:
    """Returns a format that shows the files that a build would change as diagnostics."""
    return lambda run: report(run.with_changes())


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "text": text_report,
        "json": json_report,
        "sarif": _all(sarif_report),
        "github": _all(github_report),
        "azure": _all(azure_report),
        "gitlab": _all(gitlab_report),
        "junit": _all(junit_report),
        "markdown": _all(markdown_report),
    }
)
"""The formats of `--format` by name, starting with the default."""
