"""Reports a run in the formats of people, programs and CI systems. Decides nothing."""

from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType

from connector_builder.report.run import Outcome, Run

__all__ = ["FORMATS", "Format", "Outcome", "Run"]

Format = Callable[[Run], str]
"""Turns a run into text that is escaped for the readers of the format."""


def _format(module: str, name: str, *, changes: bool = True) -> Format:
    """Returns the format in a module of this package, which is imported only when a run uses it: each run uses one.

    With `changes`, it shows the files that a build would change as diagnostics.
    """

    def report(run: Run) -> str:
        made: Format = getattr(import_module(f"connector_builder.report.{module}"), name)
        return made(run.with_changes() if changes else run)

    return report


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "text": _format("text_format", "text_report", changes=False),
        "json": _format("json_format", "json_report", changes=False),
        "sarif": _format("sarif", "sarif_report"),
        "github": _format("github", "github_report"),
        "azure": _format("azure", "azure_report"),
        "gitlab": _format("gitlab", "gitlab_report"),
        "junit": _format("junit", "junit_report"),
        "markdown": _format("markdown", "markdown_report"),
    }
)
"""The formats of `--format` by name, starting with the default."""
