"""Reports a run as JUnit's XML, which Azure Pipelines, GitLab, Jenkins and most other CI systems show.

The elements and attributes are those that all of them read: https://github.com/testmoapp/junitxml
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from connector_builder.findings.diagnostic import Diagnostic
from connector_builder.report.escape import xml_text
from connector_builder.report.run import Run
from connector_builder.report.sentences import place, sentences

NAME = "connector-builder"


def junit_report(run: Run) -> str:
    """One suite for each target, with a test case for each diagnostic.

    A diagnostic that makes the run fail is a failure; another is the output of a test that passed. A target without
    diagnostics is one test that passed. The names in a file differ: GitLab ignores a second test with the same name
    (https://docs.gitlab.com/ci/testing/unit_test_reports).
    """
    suites = [_suite(run, name, found) for name, found in _by_target(run)]
    failures = sum(map(run.fails, run.diagnostics))
    tests = sum(max(len(found), 1) for _, found in _by_target(run))
    head = f'<testsuites name="{NAME}" tests="{tests}" failures="{failures}" errors="0">'
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', head, *suites, "</testsuites>"]) + "\n"


def _by_target(run: Run) -> list[tuple[str, list[Diagnostic]]]:
    """Returns the diagnostics of each target, in order, and last those of files that belong to none."""
    owners: dict[str, list[Diagnostic]] = {target.name: [] for target in run.targets}
    others: list[Diagnostic] = []
    for diagnostic in run.diagnostics:
        owners.get(_owner(diagnostic.location.file, owners), others).append(diagnostic)
    return [*owners.items(), *([(NAME, others)] if others else [])]


def _owner(file: str, owners: dict[str, list[Diagnostic]]) -> str:
    """Returns the name of the target that a file is, or that is the nearest folder around it."""
    while file and file not in owners:
        file = file.rpartition("/")[0]
    return file or "."


def _suite(run: Run, name: str, found: Sequence[Diagnostic]) -> str:
    times: Counter[tuple[str, str]] = Counter()
    cases: list[str] = []
    for diagnostic in found:
        called = f"{diagnostic.rule}: {sentences(diagnostic)[0]}"
        times[diagnostic.location.file, called] += 1
        again = times[diagnostic.location.file, called]
        cases += _case(diagnostic, called if again == 1 else f"{called} ({again})", failed=run.fails(diagnostic))
    if not found:
        cases = [f'    <testcase classname="{xml_text(name)}" name="no problems" time="0"/>']
    failures = sum(map(run.fails, found))
    counts = f'tests="{max(len(found), 1)}" failures="{failures}" errors="0" skipped="0" time="0"'
    return "\n".join([f'  <testsuite name="{xml_text(name)}" {counts}>', *cases, "  </testsuite>"])


def _case(diagnostic: Diagnostic, name: str, *, failed: bool) -> Iterator[str]:
    said = sentences(diagnostic)
    message = xml_text(said[0])
    yield (
        f'    <testcase classname="{xml_text(diagnostic.location.file)}" name="{xml_text(name)}" '
        f'file="{xml_text(diagnostic.location.file)}" line="{diagnostic.location.line}" time="0">'
    )
    text = "\n".join(xml_text(line) for line in (f"{place(diagnostic)}: {diagnostic.severity}: {said[0]}", *said[1:]))
    if failed:
        yield f'      <failure type="{diagnostic.rule}" message="{message}">{text}</failure>'
    else:
        yield f"      <system-out>{text}</system-out>"
    yield "    </testcase>"
