"""A run as text, as JSON and as what pipelines read. Decides nothing."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from connector_builder.report.json_format import json_report
from connector_builder.report.run import Outcome, Run
from connector_builder.report.text_format import text_report

__all__ = ["FORMATS", "Format", "Outcome", "Run"]

Format = Callable[[Run], str]
"""From a run to text that is escaped for whoever reads the format."""

FORMATS: Mapping[str, Format] = MappingProxyType({"text": text_report, "json": json_report})
"""The formats of `--format` by name, the default first."""
