"""Reports a run as one JSON object, for programs."""

from typing import Any

from connector_builder.findings.diagnostic import Correction, Diagnostic, Location
from connector_builder.report.escape import json_text
from connector_builder.report.run import Run


def json_report(run: Run) -> str:
    """`{"findings": [...], "summary": {...}}`, with the results of targets and what else a run has for programs between the two.

    After `--fix`, `fixed` has what was fixed.
    """
    findings = [_finding(diagnostic, run) for diagnostic in run.diagnostics]
    results = {run.results: [target.result for target in run.targets]} if run.results else {}
    fixed = (
        {} if run.fixed is None else {"fixed": [_finding(diagnostic, run, applied=True) for diagnostic in run.fixed]}
    )
    return json_text({"findings": findings, **fixed, **results, **run.further, "summary": run.summary._asdict()}) + "\n"


def _finding(diagnostic: Diagnostic, run: Run, *, applied: bool = False) -> dict[str, Any]:
    rule = run.rules.get(diagnostic.rule)
    finding: dict[str, Any] = {
        "rule": diagnostic.rule,
        "severity": str(diagnostic.severity),
        "scope": str(diagnostic.scope),
        "message": diagnostic.message,
        **_range(diagnostic.location),
        "document": diagnostic.document,
        "pointer": diagnostic.pointer,
        "help": diagnostic.help,
        "change": rule.change or None if rule is not None else None,
        "count": diagnostic.count if diagnostic.count > 1 else None,
        "also": list(diagnostic.also) or None,
        "related": [{**_range(part.at), "message": part.message} for part in diagnostic.related] or None,
        **dict(diagnostic.facts),
        "fixes": None if diagnostic.correction is None else [_fix(diagnostic.correction, applied=applied)],
    }
    return {key: value for key, value in finding.items() if value is not None}


def _fix(correction: Correction, *, applied: bool) -> dict[str, Any]:
    edits = [{**_range(edit.at), "new": edit.new} for edit in correction.edits]
    return {"title": correction.title, "applied": applied, "edits": edits}


def _range(at: Location) -> dict[str, Any]:
    return {
        "file": at.file,
        "line": at.line,
        "column": at.column,
        "end_line": at.end_line,
        "end_column": at.end_column,
    }
