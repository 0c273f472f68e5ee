"""Reports a run as text or JSON. Decides nothing."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from connector_builder.report.json_format import json_report
from connector_builder.report.run import Outcome, Run
from connector_builder.report.text_format import text_report

__all__ = ["FORMATS", "Format", "Outcome", "Run"]

Format = Callable[[Run], str]
"""Turns a run into text that is escaped for the readers of the format."""

FORMATS: Mapping[str, Format] = MappingProxyType({"text": text_report, "json": json_report})
"""The formats of `--format` by name, starting with the default."""
