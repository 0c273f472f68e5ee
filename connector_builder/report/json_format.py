"""Diagnostics as one JSON object, for programs."""

from collections.abc import Mapping, Sequence
from typing import Any

from connector_builder.findings.diagnostic import Diagnostic, Location
from connector_builder.report.escape import json_text
from connector_builder.report.summary import Summary


def json_report(diagnostics: Sequence[Diagnostic], summary: Summary, more: Mapping[str, Any] | None = None) -> str:
    """`{"findings": [...], "summary": {...}}`, with `more` between the two."""
    findings = [_finding(diagnostic) for diagnostic in diagnostics]
    return json_text({"findings": findings, **(more or {}), "summary": summary._asdict()}) + "\n"


def _finding(diagnostic: Diagnostic) -> dict[str, Any]:
    finding: dict[str, Any] = {
        "rule": diagnostic.rule,
        "severity": str(diagnostic.severity),
        "scope": str(diagnostic.scope),
        "message": diagnostic.message,
        **_range(diagnostic.location),
        "document": diagnostic.document,
        "pointer": diagnostic.pointer,
        "help": diagnostic.help,
        "count": diagnostic.count if diagnostic.count > 1 else None,
        "also": list(diagnostic.also) or None,
        "related": [{**_range(part.at), "message": part.message} for part in diagnostic.related] or None,
    }
    return {key: value for key, value in finding.items() if value is not None}


def _range(at: Location) -> dict[str, Any]:
    return {
        "file": at.file,
        "line": at.line,
        "column": at.column,
        "end_line": at.end_line,
        "end_column": at.end_column,
    }
