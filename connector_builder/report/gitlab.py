"""Reports a run as a code quality report of GitLab.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from connector_builder.findings import Severity
from connector_builder.findings.fingerprint import fingerprints
from connector_builder.report.escape import json_text, terminal
from connector_builder.report.run import Run
from connector_builder.report.sentences import sentences

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def gitlab_report(run: Run) -> str:
    """A JSON list of issues. GitLab compares two reports by the fingerprints, which are unique in each."""
    issues = [
        {
            "description": terminal("; ".join(sentences(diagnostic))),
            "check_name": diagnostic.rule,
            "fingerprint": fingerprint,
            "severity": _SEVERITIES[diagnostic.severity],
            "location": {
                "path": diagnostic.location.file,
                "lines": {"begin": diagnostic.location.line, "end": diagnostic.location.end_line},
            },
        }
        for diagnostic, fingerprint in zip(run.diagnostics, fingerprints(run.diagnostics), strict=True)
    ]
    return json_text(issues) + "\n"
