"""`validate` of solutions and of submissions: every connector is checked, and each finding is in the file of its part."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from connector_builder.cli import program
from connector_builder.sources.solution_rules import SOLUTION_RULES
from tests.support.hostile.hostile_cli import run
from tests.support.imports.solutions import ORDERS, PARCELS, entries, write_specs, zipped
from tests.support.imports.submissions import archive_of

BAD = '{"swagger": "2.0", "info": {"title": "Orders", "version": "1.0"}, "host": "api.contoso.example", "paths": {}}'


def found(*arguments: str) -> list[str]:
    return run("validate", *arguments, "--format", "json", "--jobs", "1").findings


@pytest.fixture
def both(here: Path) -> Path:
    """A solution with two connectors, of which one has no description."""
    write_specs(here / "specs", parcel=PARCELS, orders=ORDERS)
    assert run("pack", "specs", "--as", "solution", "-o", "good.zip").status == 0
    contents = entries((here / "good.zip").read_bytes())
    zipped(here / "bad.zip", {**contents, "Connector/acme_orders_openapidefinition.json": BAD.encode()})
    assert run("pack", "specs", "--as", "unpacked", "-o", "src").status == 0
    (here / "src/Connectors/acme_orders_openapidefinition.json").write_text(BAD, encoding="utf-8")
    return here


def test_every_connector_of_a_solution_is_checked(both: Path) -> None:
    assert found("good.zip") == []
    [without] = [one for one in found("bad.zip") if "InfoDescriptionMissing" in one]
    assert without.startswith("bad.zip/Connector/acme_orders_openapidefinition.json:1:20 ")
    outcome = run("validate", "good.zip", "bad.zip", "--format", "json", "--verbose")
    assert "checked the solution bad.zip" in outcome.err


def test_an_unpacked_solution_is_one_target_and_a_file_of_it_one_connector(both: Path) -> None:
    whole = found("src")
    assert whole
    assert all(one.startswith("src/Connectors/acme_orders") for one in whole)
    assert found("src/Connectors") == found(".")[: len(whole)] == whole
    assert found("src/Connectors/acme_orders.xml") == whole
    assert found("src/Connectors/acme_parcel-20tracker.xml") == []


def test_limits_and_baselines_take_solutions(both: Path) -> None:
    outcome = run("validate", "bad.zip", "--limits", "--jobs", "1")
    assert "operations" in outcome.out
    baseline = ("--baseline", "known.json")
    assert run("validate", "bad.zip", *baseline, "--write-baseline", "--jobs", "1").status == 0
    assert found("bad.zip", *baseline) == []


def test_other_commands_take_a_solution_with_one_connector(both: Path) -> None:
    write_specs(both / "specs", orders=ORDERS)
    assert run("pack", "specs/orders.yaml", "--as", "solution", "-o", "one.zip").status == 0
    assert run("diff", "one.zip", "specs/orders.yaml").status == 0
    outcome = run("view", "good.zip")
    assert (outcome.status, outcome.out) == (1, "")
    outcome = run("pack", "one.zip", "--as", "solution", "-o", "two.zip")
    assert outcome.status == 2
    assert "'one.zip' is a solution, which can't be packed" in outcome.err


def test_an_unpacked_solution_is_fixed_in_its_files_and_a_zip_is_not(both: Path) -> None:
    row = both / "src/Connectors/acme_parcel-20tracker"
    broken = {
        "openapidefinition": (b'"in": "path",', b'"exclusiveMinimum": true,\n            "in": "path",'),
        "connectionparametersets": (b'"11111111-', b'"{11111111-'),
    }
    before = {Path(f"{row}_{kind}.json"): Path(f"{row}_{kind}.json").read_bytes() for kind in broken}
    for (path, content), (old, new) in zip(before.items(), broken.values(), strict=True):
        assert old in content
        path.write_bytes(content.replace(old, new))
    diff = run("validate", "src", "--fix", "--diff", "--jobs", "1").out
    assert '\n-            "exclusiveMinimum": true,\n' in diff
    assert '\n+            "clientId": "11111111-2222-3333-4444-555555555555",\n' in diff
    run("validate", f"{row}.xml", "bad.zip", "--fix", "--jobs", "1")
    assert {path: path.read_bytes() for path in before} == before
    assert found("bad.zip")


def test_a_zip_is_checked_from_standard_input(both: Path) -> None:
    content = (both / "bad.zip").read_bytes()
    for arguments, name in (([], "stdin.zip"), (["--stdin-filename", "some/x.zip"], "some/x.zip")):
        result = CliRunner().invoke(program, ["validate", "-", "--format", "json", *arguments], input=content)
        files = {one["file"] for one in json.loads(result.stdout)["findings"]}
        assert f"{name}/Connector/acme_orders_openapidefinition.json" in files
        assert all(file.startswith(f"{name}/") for file in files)


def test_what_is_no_solution_is_said(here: Path) -> None:
    (here / "notes.zip").write_bytes(archive_of("notes.txt"))
    (here / "broken.zip").write_bytes(b"PK\x03\x04")
    assert found("notes.zip") == [
        "notes.zip:1:1 SolutionNotReadable there is no solution: it has neither solution.xml nor a connector"
    ]
    assert found("broken.zip") == ["broken.zip:1:1 SolutionNotReadable this isn't a zip, or it is damaged"]


RULES = {rule.name for rule in SOLUTION_RULES}
SUBMISSION = """\
intro.md
package.zip/PkgAssets/ConnectorSolution.zip: connector
package.zip/PkgAssets/FlowSolution.zip: connector and flow
"""
PLUGIN = SUBMISSION + "package.zip/PkgAssets/PluginSolution.zip: connector\n"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (SUBMISSION, []),
        (SUBMISSION.replace("intro.md\n", "intro.md\nmore.md\n"), ["the submission has 2 files in place of one intro.md"]),
        (SUBMISSION + "second.zip: connector\n", ["the submission has 2 files in place of one package, which is a zip"]),
        ("intro.md\n", ["the submission has no package, which is a zip"]),
        (SUBMISSION.replace("package.zip/", "out/package.zip/"), [
            "the submission has no package, which is a zip", "the submission has the folder 'out' at its top",
        ]),
        (SUBMISSION + "package.zip/Other/x.txt\n", ["the package has 2 folders in place of one, PkgAssets"]),
        (SUBMISSION + "package.zip/PkgAssets/more/x.txt\n", ["PkgAssets contains the folder 'more'"]),
        (SUBMISSION.replace("PkgAssets", "Assets"), []),
        (PLUGIN, ["PkgAssets contains 3 zips, and a submission has 2"]),
        (SUBMISSION.replace("Solution.zip: connector\n", "Solution.zip: connector and flow\n"), ["no solution contains the connector alone"]),
        (
            SUBMISSION.replace(" and flow", " and flow without Connector/"),
            ["the definition of 'acme_orders', '/Connector/acme_orders_openapidefinition.json', isn't in the solution"],
        ),
        (
            SUBMISSION.replace(" and flow", " and flow with Workflows/More.json"),
            ["customizations.xml doesn't name the flow 'Workflows/More.json'"],
        ),
    ],
)  # fmt: skip
def test_a_submission_is_checked_as_microsofts_script_does(lines: str, said: list[str], here: Path) -> None:
    (here / "submission.zip").write_bytes(archive_of(lines))
    outcome = run("validate", "submission.zip", "--format", "json", "--jobs", "1", "--certification")
    structure = [one.split(" ", 2) for one in outcome.findings]
    assert [message for _, rule, message in structure if rule in RULES] == said
    assert all(outcome.status == 1 for _ in said)


def test_the_package_of_a_submission_alone_is_checked_too(here: Path) -> None:
    lines = "PkgAssets/ConnectorSolution.zip: connector\n"
    (here / "package.zip").write_bytes(archive_of(lines))
    assert found("package.zip") == [
        "package.zip/PkgAssets:1:1 PackageSolutionsMissing PkgAssets contains 1 zip, and a submission has 2"
    ]
