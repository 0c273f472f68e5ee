import json

import click
import pytest

from connector_builder.cli.commands.build import build
from connector_builder.cli.commands.import_ import import_
from connector_builder.cli.commands.validate import validate
from connector_builder.findings import Defect, Related, Rule, Scope, Severity
from connector_builder.findings.diagnostic import Diagnostic, Location
from connector_builder.report import FORMATS, Outcome, Run
from connector_builder.report.rule_list import rule_table
from connector_builder.report.rule_page import rule_page
from connector_builder.report.summary import summarise

FIRST = Location("specs/x.yaml", 7, 7, 7, 11, "  id: Runs", 1)
TWICE = Diagnostic(
    "OperationIdNotUnique",
    Severity.ERROR,
    Scope.PLATFORM,
    Defect(
        Location("specs/x.yaml", 12, 7, 12, 11, "  id: Runs", 1),
        "the operation id 'Runs' is used twice",
        help="give each operation its own id",
        related=(Related(FIRST, "first used here"),),
    ),
    document="apiDefinition.swagger.json",
    pointer="/paths/~1runs/get/operationId",
)
SHARED = Diagnostic(
    "DescriptionMissing",
    Severity.WARNING,
    Scope.CERTIFICATION,
    Defect(Location("specs/x.yaml", 20, 3, 20, 6, "  run: GET /{a}/{b}", 1), "the parameter 'a' has no description"),
    count=5,
    also=("the parameter 'b' has no description",),
)
WHOLE = Diagnostic(
    "FileTooLarge", Severity.NOTE, Scope.LANGUAGE, Defect(Location("y.yaml"), "'y.yaml' is larger than 16 MB")
)

ALL = [TWICE, SHARED, WHOLE]

TEXT = """\
specs/x.yaml:12:7: error: the operation id 'Runs' is used twice [OperationIdNotUnique]
  12 |   id: Runs
     |       ^^^^
     help: give each operation its own id
     specs/x.yaml:7:7: first used here
   7 |   id: Runs
     |       ^^^^

specs/x.yaml:20:3: warning: the parameter 'a' has no description (and 3 more here) [DescriptionMissing]
  20 |   run: GET /{a}/{b}
     |   ^^^
     also: the parameter 'b' has no description

y.yaml:1:1: note: 'y.yaml' is larger than 16 MB [FileTooLarge]

1 error, 1 warning and 1 note in 3 files
"""


def test_text() -> None:
    assert FORMATS["text"](Run(ALL, 3)) == TEXT


def test_text_of_several_places() -> None:
    again = Diagnostic("A", Severity.NOTE, Scope.PRACTICE, Defect(Location("x.json"), "m"), count=13, places=13)
    assert FORMATS["text"](Run([again], 1, brief=True)) == "x.json:1:1: note: m (and 12 more) [A]\n\n"


def test_text_shows_three_findings_of_a_rule_in_a_file() -> None:
    same = [
        Diagnostic("A", Severity.NOTE, Scope.PRACTICE, Defect(Location("x.json", line), "m")) for line in range(1, 6)
    ]
    found = [*same, Diagnostic("B", Severity.NOTE, Scope.PRACTICE, Defect(Location("x.json", 9), "n"))]
    assert FORMATS["text"](Run(found, 1)) == (
        "x.json:1:1: note: m [A]\n\nx.json:2:1: note: m [A]\n\n"
        "x.json:3:1: note: m [A]\n     and 2 more; --verbose shows all\n\n"
        "x.json:9:1: note: n [B]\n\n6 notes in 1 file\n"
    )
    assert FORMATS["text"](Run(found, 1, verbose=True)).count("note: m [A]") == 5


def test_text_without_a_summary_and_without_findings() -> None:
    assert (
        FORMATS["text"](Run([WHOLE], 1, brief=True))
        == "y.yaml:1:1: note: 'y.yaml' is larger than 16 MB [FileTooLarge]\n\n"
    )
    assert FORMATS["text"](Run([], 1, brief=True)) == ""
    assert FORMATS["text"](Run([], 2)) == "no problems in 2 files\n"


def test_colour_changes_nothing_else() -> None:
    coloured = FORMATS["text"](Run(ALL, 3, colour=True))
    assert coloured.startswith("\x1b[1mspecs/x.yaml:12:7\x1b[0m: \x1b[1;31merror:\x1b[0m the operation id")
    plain = coloured
    for code in ("1", "2", "1;31", "1;33", "1;36", "0"):
        plain = plain.replace(f"\x1b[{code}m", "")
    assert plain == TEXT


def test_text_from_input_is_escaped_everywhere() -> None:
    bad = "\x1b]0;x\x07##vso[y]\u202e"
    at = Location(f"::{bad}.yaml", 1, 1, 1, 2, bad, 1)
    hostile = Diagnostic(
        "Rule",
        Severity.ERROR,
        Scope.PLATFORM,
        Defect(at, bad, bad, (Related(at, bad),)),
        also=(bad,),
        count=2,
    )
    for name in FORMATS:
        text = FORMATS[name](Run([hostile], 1))
        assert all(character == "\n" or character.isprintable() for character in text)
        commands = [line for line in text.splitlines() if "##vso[" in line or line.strip().startswith("::")]
        ours = {"github": ("::error title=Rule,",), "azure": ("##vso[task.logissue type=error;",)}.get(name, ())
        assert len(commands) == len(ours)
        assert all(map(str.startswith, commands, ours))
        assert all("##vso[" not in line[1:] for line in commands)


def test_json() -> None:
    text = FORMATS["json"](Run(ALL, 3))
    assert text.endswith("}\n")
    assert json.loads(text) == {
        "findings": [
            {
                "rule": "OperationIdNotUnique",
                "severity": "error",
                "scope": "platform",
                "message": "the operation id 'Runs' is used twice",
                "file": "specs/x.yaml",
                "line": 12,
                "column": 7,
                "end_line": 12,
                "end_column": 11,
                "document": "apiDefinition.swagger.json",
                "pointer": "/paths/~1runs/get/operationId",
                "help": "give each operation its own id",
                "related": [
                    {
                        "file": "specs/x.yaml",
                        "line": 7,
                        "column": 7,
                        "end_line": 7,
                        "end_column": 11,
                        "message": "first used here",
                    }
                ],
            },
            {
                "rule": "DescriptionMissing",
                "severity": "warning",
                "scope": "certification",
                "message": "the parameter 'a' has no description",
                "file": "specs/x.yaml",
                "line": 20,
                "column": 3,
                "end_line": 20,
                "end_column": 6,
                "count": 5,
                "also": ["the parameter 'b' has no description"],
            },
            {
                "rule": "FileTooLarge",
                "severity": "note",
                "scope": "language",
                "message": "'y.yaml' is larger than 16 MB",
                "file": "y.yaml",
                "line": 1,
                "column": 1,
                "end_line": 1,
                "end_column": 1,
            },
        ],
        "summary": {"files": 3, "errors": 1, "warnings": 1, "notes": 1},
    }


@pytest.mark.parametrize(
    ("diagnostics", "files", "said"),
    [
        ([], 0, "no problems in 0 files"),
        ([TWICE], 1, "1 error in 1 file"),
        ([TWICE, TWICE, SHARED], 2, "2 errors and 1 warning in 2 files"),
        ([SHARED, WHOLE, WHOLE], 2, "1 warning and 2 notes in 2 files"),
    ],
)
def test_the_summary(diagnostics: list[Diagnostic], files: int, said: str) -> None:
    assert str(summarise(diagnostics, files)) == said


def test_the_rules() -> None:
    long = Rule("SummaryMissing", Severity.WARNING, Scope.CERTIFICATION, "A summary is missing.\n\nWrite one.\n")
    short = Rule("Bad", Severity.ERROR, Scope.LANGUAGE, "Something is bad.", fixed=True)
    assert rule_table([long, short]) == (
        "Bad             error    language       Something is bad.\n"
        "SummaryMissing  warning  certification  A summary is missing.\n"
    )
    assert (
        rule_page(short) == "Bad (error, language, can't be ignored)\n\nSomething is bad.\n\nMore: docs/rules.md#bad\n"
    )
    assert rule_page(long) == (
        "SummaryMissing (warning, certification)\n\nA summary is missing.\n\nWrite one.\n\n"
        "To ignore it: --ignore SummaryMissing, or at its place in a spec: "
        "# connector-builder: ignore[SummaryMissing] reason\nMore: docs/rules.md#summarymissing\n"
    )


def test_what_a_run_says_of_itself_and_its_results() -> None:
    targets = [Outcome("a.json", "swagger", {"source": "a.json", "spec": None})]
    run = Run([], 1, targets, "imports", ["not imported: a.json"], brief=True)
    assert FORMATS["text"](run) == "not imported: a.json\n"
    summary = {"files": 1, "errors": 0, "warnings": 0, "notes": 0}
    assert list(json.loads(FORMATS["json"](run)).items()) == [
        ("findings", []),
        ("imports", [{"source": "a.json", "spec": None}]),
        ("summary", summary),
    ]
    assert json.loads(FORMATS["json"](Run([], 1, targets))) == {"findings": [], "summary": summary}


@pytest.mark.parametrize("command", [build, import_, validate], ids=lambda command: command.name)
def test_every_command_that_reports_takes_every_format(command: click.Command) -> None:
    (choice,) = [option.type for option in command.params if option.name == "format"]
    assert isinstance(choice, click.Choice)
    assert choice.choices == tuple(FORMATS)
