"""The formats of CI systems, read as the systems read them."""

import json
from dataclasses import replace
from typing import Any

import pytest
from markdown_it import MarkdownIt

from connector_builder.checks.catalogue import CATALOGUE
from connector_builder.findings import Defect, Related, Scope, Severity
from connector_builder.findings.diagnostic import Diagnostic, Location
from connector_builder.findings.fingerprint import fingerprints, without_indices
from connector_builder.report import FORMATS, Outcome, Run, sarif
from connector_builder.report.escape import markdown
from connector_builder.report.github import SHOWN
from tests.support.ci_systems.ci_readers import (
    GITLAB,
    READERS,
    azure_commands,
    github_commands,
    junit,
    refused,
    sarif_refused,
)

HOSTILE = (
    "\x1b]0;x\x07 ##vso[task.x]y\n::error::z\r%0A %25 ;]:,\u202e <b>&\"' [a](https://x.example) |`*_\ufffe\ud800 {0}"
)


def diagnostic(
    rule: str = "OperationIdNotUnique",
    severity: Severity = Severity.ERROR,
    file: str = "specs/a.yaml",
    line: int = 7,
    message: str = "the operation id 'Runs' is used twice",
    pointer: str | None = "/paths/~1a/get/operationId",
    source: str = "  id: Runs",
    **more: Any,
) -> Diagnostic:
    at = Location(file, line, 7, line, 11, source)
    related = (Related(Location(file, 3, 7, 3, 11, source), "first used here"),)
    defect = Defect(at, message, "give each its own id", related)
    document = "apiDefinition.swagger.json" if pointer is not None else None
    return Diagnostic(rule, severity, Scope.PLATFORM, defect, document, pointer, **more)


WHOLE = Diagnostic("FileTooLarge", Severity.NOTE, Scope.LANGUAGE, Defect(Location("y.yaml"), "'y.yaml' is too large"))
FOUND = [
    diagnostic(),
    diagnostic("DescriptionMissing", Severity.WARNING, line=9, count=4, also=("and 'b' has none",)),
    WHOLE,
]
HOSTILE_ONE = diagnostic(file=f"{HOSTILE}.yaml", message=HOSTILE, source=HOSTILE, pointer=f"/{HOSTILE}")
TARGETS = [Outcome("specs/a.yaml", "spec"), Outcome("specs/clean.yaml", "spec"), Outcome("output/runs", "package")]


def run(*diagnostics: Diagnostic, **more: Any) -> Run:
    return Run(diagnostics, 3, TARGETS, rules=CATALOGUE, version="1.2.3", **more)


def test_sarif_is_what_code_scanning_takes() -> None:
    log = json.loads(FORMATS["sarif"](run(*FOUND, HOSTILE_ONE)))
    assert sarif_refused(log) == []
    (found,) = log["runs"]
    assert [rule["id"] for rule in found["tool"]["driver"]["rules"]] == [
        "DescriptionMissing",
        "FileTooLarge",
        "OperationIdNotUnique",
    ]
    first = found["results"][0]
    assert {key: value for key, value in first.items() if key != "partialFingerprints"} == {
        "ruleId": "OperationIdNotUnique",
        "ruleIndex": 2,
        "level": "error",
        "message": {"text": "the operation id 'Runs' is used twice\nhelp: give each its own id"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "specs/a.yaml"},
                    "region": {"startLine": 7, "startColumn": 7, "endLine": 7, "endColumn": 11},
                },
                "logicalLocations": [{"fullyQualifiedName": "apiDefinition.swagger.json#/paths/~1a/get/operationId"}],
            }
        ],
        "relatedLocations": [
            {
                "id": 0,
                "physicalLocation": {
                    "artifactLocation": {"uri": "specs/a.yaml"},
                    "region": {"startLine": 3, "startColumn": 7, "endLine": 3, "endColumn": 11},
                },
                "message": {"text": "first used here"},
            }
        ],
    }
    assert found["results"][2]["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}


def test_sarif_has_the_help_of_each_rule() -> None:
    log = json.loads(FORMATS["sarif"](run(diagnostic("ByteOrderMarkPreventsUpload"))))
    (rule,) = log["runs"][0]["tool"]["driver"]["rules"]
    assert rule["shortDescription"] == {"text": "A JSON file of a package begins with a byte order mark."}
    assert rule["helpUri"] == "https://github.com/microsoft/PowerPlatformConnectors/issues/117"
    assert rule["help"]["markdown"].endswith("`connector-builder rules ByteOrderMarkPreventsUpload` prints this page.")
    assert "```" not in rule["fullDescription"]["text"]
    assert rule["properties"] == {"tags": ["platform"], "precision": "very-high", "problem.severity": "warning"}


def test_a_message_of_sarif_has_neither_links_nor_placeholders() -> None:
    shown = FORMATS["sarif"](run(diagnostic(message="see [x](https://x.example) and {0}, not {order} or [a]")))
    text = json.loads(shown)["runs"][0]["results"][0]["message"]["text"]
    assert text.splitlines()[0] == r"see \[x\](https://x.example) and {{0}}, not {order} or \[a\]"


def test_sarif_leaves_out_what_github_would_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST", 4)
    many = [WHOLE] * 4 + [diagnostic(), diagnostic(line=8)]
    log = json.loads(FORMATS["sarif"](run(*many)))
    assert sarif_refused(log) == []
    (found,) = log["runs"]
    assert [result["level"] for result in found["results"]] == ["note", "note", "error", "error"]
    (told,) = found["invocations"][0]["toolExecutionNotifications"]
    assert told["message"]["text"] == "2 results were left out: GitHub refuses more than 4"


def test_fingerprints_stay_when_lines_and_messages_change() -> None:
    before = [diagnostic(), diagnostic("KeyUnknown", pointer=None), diagnostic(line=20)]
    after = [
        diagnostic(line=70, source="id: Runs", message="other words"),
        diagnostic("KeyUnknown", pointer=None, line=80, source="id: Runs"),
        diagnostic(line=90),
    ]
    assert list(fingerprints(before)) == list(fingerprints(after))
    assert len(set(fingerprints(before))) == 3
    assert set(fingerprints([diagnostic(file="b.yaml"), diagnostic("Other")])).isdisjoint(fingerprints(before))


@pytest.mark.parametrize(
    ("pointer", "shown"),
    [
        ("/paths/~1a/get/parameters/2/name", "/paths/~1a/get/parameters/*/name"),
        ("/paths/~1a/get/responses/200/schema", "/paths/~1a/get/responses/200/schema"),
        ("/definitions/1/properties/2/allOf/3", "/definitions/1/properties/2/allOf/*"),
        ("/parameters/1", "/parameters/1"),
        ("/tags/0", "/tags/*"),
        ("", ""),
    ],
)
def test_an_index_is_no_part_of_a_fingerprint(pointer: str, shown: str) -> None:
    assert without_indices(pointer) == shown


def test_github_shows_each_finding_at_its_place() -> None:
    first, second, third = github_commands(FORMATS["github"](run(*FOUND)))
    assert (first.name, first.message) == (
        "error",
        "the operation id 'Runs' is used twice\nhelp: give each its own id",
    )
    assert first.properties == {
        "title": "OperationIdNotUnique",
        "file": "specs/a.yaml",
        "line": "7",
        "endLine": "7",
        "col": "7",
        "endColumn": "10",
    }
    assert (second.name, third.name) == ("warning", "notice")
    assert third.properties == {"title": "FileTooLarge", "file": "y.yaml", "line": "1"}


def test_what_github_does_not_show_is_a_line_of_the_log_and_the_worst_come_first() -> None:
    many = [diagnostic(severity=Severity.WARNING, line=line) for line in range(1, SHOWN + 3)]
    text = FORMATS["github"](run(*many, diagnostic(line=99)))
    commands = github_commands(text)
    assert [command.name for command in commands] == ["error"] + ["warning"] * SHOWN
    assert text.splitlines()[SHOWN + 1 :] == [
        "specs/a.yaml:11:7: warning: the operation id 'Runs' is used twice; help: give each its own id [OperationIdNotUnique]",
        "specs/a.yaml:12:7: warning: the operation id 'Runs' is used twice; help: give each its own id [OperationIdNotUnique]",
        "1 error and 12 warnings in 3 files",
    ]


def test_azure_shows_errors_and_warnings() -> None:
    text = FORMATS["azure"](run(*FOUND))
    first, second = azure_commands(text)
    assert first.name == "task.logissue"
    assert first.properties == {
        "type": "error",
        "sourcepath": "specs/a.yaml",
        "linenumber": "7",
        "columnnumber": "7",
        "code": "OperationIdNotUnique",
    }
    assert second.properties["type"] == "warning"
    assert text.splitlines()[2:] == [
        "y.yaml:1:1: note: 'y.yaml' is too large [FileTooLarge]",
        "1 error, 1 warning and 1 note in 3 files",
    ]


def test_gitlab() -> None:
    issues = json.loads(FORMATS["gitlab"](run(*FOUND, diagnostic(line=99))))
    assert refused(issues, GITLAB) == []
    assert [issue["severity"] for issue in issues] == ["major", "minor", "info", "major"]
    assert len({issue["fingerprint"] for issue in issues}) == 4
    assert issues[0]["location"] == {"path": "specs/a.yaml", "lines": {"begin": 7, "end": 7}}


def test_junit_has_a_suite_for_each_target() -> None:
    package = diagnostic(file="output/runs/apiProperties.json")
    root = junit(FORMATS["junit"](run(*FOUND, package, diagnostic(line=99))))
    suites = {suite.attrib["name"]: [case.attrib["name"] for case in suite] for suite in root}
    twice = "OperationIdNotUnique: the operation id 'Runs' is used twice"
    assert suites == {
        "specs/a.yaml": [
            twice,
            "DescriptionMissing: the operation id 'Runs' is used twice (and 2 more here)",
            f"{twice} (2)",
        ],
        "specs/clean.yaml": ["no problems"],
        "output/runs": [twice],
        "connector-builder": ["FileTooLarge: 'y.yaml' is too large"],
    }
    failure = root.find(".//failure")
    assert failure is not None
    assert failure.text == (
        "specs/a.yaml:7:7: error: the operation id 'Runs' is used twice\nhelp: give each its own id"
    )


@pytest.mark.parametrize(("fail_on", "failures"), [(Severity.ERROR, 1), (Severity.WARNING, 2), (None, 0)])
def test_junit_fails_as_the_run_does(fail_on: Severity | None, failures: int) -> None:
    root = junit(FORMATS["junit"](run(*FOUND, fail_on=fail_on)))
    assert len(root.findall(".//failure")) == failures


def test_what_a_build_would_change_fails_whatever_fails_the_run() -> None:
    root = junit(FORMATS["junit"](run(fail_on=None)._replace(changes=FOUND[:1])))
    assert root.get("failures") == "1"


def test_markdown() -> None:
    assert FORMATS["markdown"](run(FOUND[0], WHOLE)) == (
        "### connector-builder: 1 error and 1 note in 3 files\n\n"
        "| | Place | What | Rule |\n| --- | --- | --- | --- |\n"
        "| error | specs/a.yaml:7:7 | the operation id 'Runs' is used twice<br>help: give each its own id | OperationIdNotUnique |\n"
        "| note | y.yaml:1:1 | 'y.yaml' is too large | FileTooLarge |\n"
    )
    assert FORMATS["markdown"](run()) == "### connector-builder: no problems in 3 files\n"
    assert FORMATS["markdown"](run(*[WHOLE] * 202)).endswith("\n\nAnd 2 more.\n")


def test_text_from_input_stays_text_in_markdown() -> None:
    tokens = MarkdownIt("gfm-like", {"linkify": False}).enable("table").parse(FORMATS["markdown"](run(HOSTILE_ONE)))
    inline = [child.type for token in tokens for child in token.children or ()]
    assert set(inline) <= {"text", "text_special", "html_inline"}
    assert [child.content for token in tokens for child in token.children or () if child.type == "html_inline"] == [
        "<br>"
    ]
    assert sum(token.type == "td_open" for token in tokens) == 4


def test_an_underscore_within_a_word_stays_readable_in_markdown() -> None:
    assert markdown("'api_key_2' _x_ __y a_") == "'api_key_2' &#95;x&#95; &#95;&#95;y a&#95;"


def test_text_from_input_is_no_command() -> None:
    (command,) = github_commands(FORMATS["github"](run(HOSTILE_ONE)))
    assert command.properties["file"].startswith(r"\x1b]0;x\x07 \x23#vso[task.x]y\n::error::z\r%0A %25 ;]:,\u202e")
    (issue,) = azure_commands(FORMATS["azure"](run(HOSTILE_ONE)))
    assert issue.properties["sourcepath"] == command.properties["file"]
    assert set(issue.properties) == {"type", "sourcepath", "linenumber", "columnnumber", "code"}
    note = replace(HOSTILE_ONE, severity=Severity.NOTE)
    assert azure_commands(FORMATS["azure"](run(note))) == []
    many = run(*[HOSTILE_ONE] * (SHOWN + 2))
    assert len(github_commands(FORMATS["github"](many))) == SHOWN


def test_text_from_input_stays_text_in_xml() -> None:
    root = junit(FORMATS["junit"](run(HOSTILE_ONE)))
    failure = root.find(".//failure")
    assert failure is not None
    assert failure.attrib["message"].endswith("<b>&\"' [a](https://x.example) |`*_\\ufffe\\ud800 {0}")


def test_every_format_has_a_reader_that_takes_any_text() -> None:
    assert READERS.keys() == FORMATS.keys()
    for name, read in READERS.items():
        read(FORMATS[name](run(*FOUND, HOSTILE_ONE)))


def test_every_format_is_the_same_again() -> None:
    for form in FORMATS.values():
        assert form(run(*FOUND)) == form(run(*FOUND))
