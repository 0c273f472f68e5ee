"""Reports a run in the formats of people, programs and CI systems. Decides nothing."""

from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import NamedTuple

from connector_builder.report.run import Outcome, Run

__all__ = ["FORMATS", "READERS", "Format", "Outcome", "Run"]

Format = Callable[[Run], str]
"""Turns a run into text that is escaped for the readers of the format."""


class _Row(NamedTuple):
    """A format: who reads it, in Markdown, and the module of this package with the function that makes it.

    With `changes`, it shows the files that a build would change as diagnostics.
    """

    readers: str
    module: str
    function: str
    changes: bool = True


_TABLE = {
    "text": _Row("people", "text_format", "text_report", changes=False),
    "json": _Row("programs", "json_format", "json_report", changes=False),
    "sarif": _Row("SARIF 2.1.0: GitHub code scanning, editors", "sarif", "sarif_report"),
    "github": _Row("annotations of GitHub Actions", "github", "github_report"),
    "azure": _Row("issues of Azure Pipelines", "azure", "azure_report"),
    "gitlab": _Row("GitLab's code quality report", "gitlab", "gitlab_report"),
    "junit": _Row("test results in most CI systems", "junit", "junit_report"),
    "markdown": _Row("a comment, or the summary of a job in GitHub Actions", "markdown", "markdown_report"),
}


def _format(row: _Row) -> Format:
    """Returns a format whose module is imported only when a run uses it: each run uses one."""

    def report(run: Run) -> str:
        made: Format = getattr(import_module(f"connector_builder.report.{row.module}"), row.function)
        return made(run.with_changes() if row.changes else run)

    return report


FORMATS: Mapping[str, Format] = MappingProxyType({name: _format(row) for name, row in _TABLE.items()})
"""The formats of `--format` by name, starting with the default."""
READERS: Mapping[str, str] = MappingProxyType({name: row.readers for name, row in _TABLE.items()})
"""Who reads each format, for the docs."""
