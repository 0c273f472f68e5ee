"""Reports a run as SARIF 2.1.0, for GitHub code scanning, Azure DevOps and editors.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html, and what GitHub reads of it:
https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
"""

import re
from collections.abc import Sequence
from typing import Any

from connector_builder.findings import Rule, Severity
from connector_builder.findings.diagnostic import Correction, Diagnostic, Location
from connector_builder.findings.fingerprint import fingerprints
from connector_builder.report.escape import json_text, sarif_text, uri
from connector_builder.report.run import Run
from connector_builder.report.sentences import sentences

MOST = 25_000
"""The most results: GitHub refuses a run with more."""
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_ADDRESS = re.compile(r"^Source: .*?(https://[^\s)>,;]+[^\s)>,;.])", re.MULTILINE)
_PROBLEM = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "recommendation"}


def sarif_report(run: Run) -> str:
    """One run, with the rules of its results; of more than `MOST` diagnostics the worst."""
    results = list(zip(run.diagnostics, fingerprints(run.diagnostics), strict=True))
    if len(results) > MOST:
        order = sorted(range(len(results)), key=lambda index: -results[index][0].severity)
        results = [results[index] for index in sorted(order[:MOST])]
    names = sorted({diagnostic.rule for diagnostic, _ in results})
    driver = {
        "name": "connector-builder",
        **({"version": run.version, "semanticVersion": run.version} if run.version else {}),
        "rules": [_rule(name, run.rules.get(name)) for name in names],
    }
    indices = {name: index for index, name in enumerate(names)}
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "invocations": [_invocation(len(run.diagnostics) - len(results))],
                "columnKind": "unicodeCodePoints",
                "results": [_result(diagnostic, mark, indices[diagnostic.rule]) for diagnostic, mark in results],
            }
        ],
    }
    return json_text(log) + "\n"


def _invocation(left_out: int) -> dict[str, Any]:
    said = f"{left_out:,} results were left out: GitHub refuses more than {MOST:,}"
    told = {"toolExecutionNotifications": [{"level": "warning", "message": {"text": said}}]} if left_out else {}
    return {"executionSuccessful": True, **told}


def _rule(name: str, rule: Rule | None) -> dict[str, Any]:
    if rule is None:
        return {"id": name}
    help_ = f"{rule.doc.strip()}\n\n`connector-builder rules {name}` prints this page."
    address = _ADDRESS.search(rule.doc)
    return {
        "id": name,
        "name": name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": _prose(rule)},
        "help": {"text": help_, "markdown": help_},
        **({"helpUri": address[1]} if address else {}),
        "defaultConfiguration": {"level": str(rule.severity)},
        "properties": {
            "tags": [str(rule.scope)],
            "precision": "very-high",
            "problem.severity": _PROBLEM[rule.severity],
        },
    }


def _prose(rule: Rule) -> str:
    """Returns the docs of a rule up to its first example."""
    return rule.doc.split("```", 1)[0].strip()


def _result(diagnostic: Diagnostic, fingerprint: str, index: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": diagnostic.rule,
        "ruleIndex": index,
        "level": str(diagnostic.severity),
        "message": {"text": "\n".join(map(sarif_text, sentences(diagnostic)))},
        "locations": [{**_location(diagnostic.location), **_in_document(diagnostic)}],
        "partialFingerprints": {"primaryLocationLineHash": fingerprint},
    }
    if diagnostic.related:
        result["relatedLocations"] = [
            {"id": number, **_location(related.at), "message": {"text": sarif_text(related.message)}}
            for number, related in enumerate(diagnostic.related)
        ]
    if diagnostic.correction is not None:
        result["fixes"] = [_fix(diagnostic.correction)]
    return result


def _fix(correction: Correction) -> dict[str, Any]:
    """Returns a fix: for each file, the ranges that it replaces."""
    files: dict[str, list[dict[str, Any]]] = {}
    for edit in sorted(correction.edits, key=lambda edit: (edit.at.file, edit.start, edit.end)):
        region = dict(zip(("startLine", "startColumn", "endLine", "endColumn"), edit.at[1:5], strict=True))
        replacement = {"deletedRegion": region, "insertedContent": {"text": edit.new}}
        files.setdefault(edit.at.file, []).append(replacement)
    changes = [{"artifactLocation": {"uri": uri(file)}, "replacements": found} for file, found in files.items()]
    return {"description": {"text": sarif_text(correction.title)}, "artifactChanges": changes}


def _location(at: Location) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": {"uri": uri(at.file)}, "region": _region(at)}}


def _region(at: Location) -> dict[str, int]:
    if not at.source and at[1:5] == (1, 1, 1, 1):
        return {"startLine": 1}  # the file as a whole
    return {"startLine": at.line, "startColumn": at.column, "endLine": at.end_line, "endColumn": at.end_column}


def _in_document(diagnostic: Diagnostic) -> dict[str, Sequence[dict[str, str]]]:
    """Returns the place in the built file, if there is one."""
    if diagnostic.document is None or diagnostic.pointer is None:
        return {}
    return {"logicalLocations": [{"fullyQualifiedName": f"{diagnostic.document}#{diagnostic.pointer}"}]}
