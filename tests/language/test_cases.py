"""Every rule of the language's page, by what a spec compiles to: cases/*.md."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from connector_builder.checks.ignores import without_ignored
from connector_builder.findings import Finding, Place
from connector_builder.language import LANGUAGE_RULES, Variables, compile_spec
from connector_builder.package import Reading
from tests.support.language_cases import (
    DEFINITION,
    Case,
    Expected,
    Output,
    at_pointer,
    differences,
    is_names,
    pointer_steps,
    read_cases,
    says,
    without_empty,
)

CASES = [case for path in sorted(Path(__file__).with_name("cases").glob("*.md")) for case in read_cases(path)]
RULES = {rule.name: rule for rule in LANGUAGE_RULES}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_case(case: Case, tmp_path: Path) -> None:
    folder = tmp_path / "test"
    path = case.write(folder)
    variables = Variables(**{"given": {}, "file": {}, "environment": {}, **case.variables})
    reading = compile_spec(path, variables)
    findings = without_ignored(reading.findings, reading.texts, RULES)
    wrong = [*_findings(case, findings, folder), *_outputs(case, reading), *_places(case, reading, folder)]
    assert not wrong, f"cases/{case.topic}.md:{case.line}\n" + "\n".join(wrong)


def _outputs(case: Case, reading: Reading) -> Iterator[str]:
    if reading.package is None:
        if case.outputs:
            yield "there is no package"
        return
    json.dumps([reading.package.definition, reading.package.properties], allow_nan=False)
    documents = {
        DEFINITION: without_empty(reading.package.definition),
        "apiProperties.json": reading.package.properties,
        "settings.json": reading.package.settings,
        "samples": [
            {"operation": sample.operation, "status": sample.status, "value": sample.value}
            for sample in reading.package.samples
        ],
    }
    for output in case.outputs:
        yield from _output(output, documents[output.document])


def _output(output: Output, document: Any) -> Iterator[str]:
    where = f"{output.document}#{output.pointer}"
    try:
        got = at_pointer(document, output.pointer)
    except LookupError:
        if not output.absent:
            yield f"{where}: nothing stands there"
        return
    if output.absent:
        yield f"{where}: nothing is expected, got {json.dumps(got)}"
        return
    expected = without_empty(output.value) if not output.pointer else output.value
    for difference in differences(expected, got, names=is_names(output.pointer)):
        yield where + difference


def _places(case: Case, reading: Reading, folder: Path) -> Iterator[str]:
    for document, pointer, expected in case.places:
        assert reading.package is not None
        steps = pointer_steps(reading.package.documents[document], pointer)
        got = _at(case, reading.package.locate(document, [steps])[steps], folder)
        if got != expected:
            yield f"{document}#{pointer}: expected to come from {expected}, got {got}"


def _findings(case: Case, findings: list[Finding], folder: Path) -> Iterator[str]:
    rest = list(findings)
    for expected in case.findings:
        match = next((finding for finding in rest if _matches(case, expected, finding, folder)), None)
        if match is None:
            yield f"expected: {expected.at} {expected.rule} {expected.message}"
        else:
            rest.remove(match)
    for finding in rest:
        help_ = f" (help: {finding.help})" if finding.help else ""
        yield f"got: {_at(case, finding.place, folder)} {finding.rule.name} {finding.message}{help_}"
        for related in finding.related:
            yield f"       {_at(case, related.at, folder)} {related.message}"


def _matches(case: Case, expected: Expected, finding: Finding, folder: Path) -> bool:
    related = [(_at(case, other.at, folder), other.message) for other in finding.related]
    wanted = [(f"{file + ':' if file else ''}{line}:{column}", text) for file, line, column, text in expected.related]
    return (
        expected.at == _at(case, finding.place, folder)
        and expected.rule in ("*", finding.rule.name)
        and says(expected.message, finding.message, finding.help)
        and (expected.help is None or says(expected.help, finding.help or ""))
        and len(related) >= len(wanted)
        and all(any(at == where and says(text, message) for where, message in related) for at, text in wanted)
    )


def _at(case: Case, place: Place, folder: Path) -> str:
    line, column = place.text.position(place.start)
    path = place.text.path
    name = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.as_posix()
    return f"{line}:{column}" if name == case.main else f"{name}:{line}:{column}"
