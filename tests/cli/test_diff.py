"""`connector-builder diff`: files, revisions, verdicts, formats, what is ignored, and what to add instead."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Run = Callable[..., Result]
OLD = """\
connector: {title: Orders, description: Reads orders., version: 1.2.0, server: https://api.contoso.example}
auth: {type: apiKey, header: X-Key}
actions:
  GetOrder: {request: "GET /orders/{id}", description: Returns an order., response: Order}
  CreateOrder: {request: POST /orders, description: Creates an order., body: {name: order, fields: {name!: string}}, response: Order}
schemas:
  Order: {fields: {id!: string, total: int}}
"""
NEW = OLD.replace("total: int", "total: string").replace("/orders, desc", "/orders?region!, desc")


@pytest.fixture
def pair(here: Path) -> Path:
    (here / "old.yaml").write_text(OLD, encoding="utf-8", newline="\n")
    (here / "new.yaml").write_text(NEW, encoding="utf-8", newline="\n")
    return here


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=T", "-c", "user.email=t@contoso.example", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(here: Path) -> Path:
    """A repository with a spec in one commit, and a change of it that isn't committed."""
    (here / ".git").rmdir()
    (here / "specs/notes").mkdir(parents=True)
    (here / "texts").mkdir()
    (here / "texts/hello.txt").write_text("hello", encoding="utf-8")
    (here / "specs/orders.yaml").write_text(OLD, encoding="utf-8", newline="\n")
    note = OLD.replace("title: Orders", "title: Notes")
    (here / "specs/notes/connector.yaml").write_text(note, encoding="utf-8", newline="\n")
    git(here, "init", "-q", "-b", "main")
    git(here, "add", ".")
    git(here, "commit", "-q", "-m", "Add specs")
    (here / "specs/orders.yaml").write_text(NEW, encoding="utf-8", newline="\n")
    return here


def findings(outcome: Result) -> list[tuple[str, str, str]]:
    found: list[dict[str, Any]] = json.loads(outcome.stdout)["findings"]
    return [(one["rule"], one["severity"], f"{one['file']}:{one['line']}:{one['column']}") for one in found]


def test_text_says_what_breaks_whom_and_what_to_do(run: Run, pair: Path) -> None:
    outcome = run("diff", "old.yaml", "new.yaml")
    assert outcome.exit_code == 1
    lines = outcome.stdout.splitlines()
    assert lines[0] == (
        "new.yaml:5:17: error: the input 'region' of 'CreateOrder' is new and required: "
        "breaking for flows, Logic Apps and apps [RequiredInputAdded]"
    )
    assert (
        "     help: existing flows and apps don't send it; make it optional, or keep it, and add 'CreateOrder_V2'"
        in outcome.stdout
    )
    assert "Microsoft's check says: 'The required input field has been added." in outcome.stdout
    assert (
        "of 2 operations ('GetOrder', 'CreateOrder') is a string instead of an integer now: breaking for apps"
        in outcome.stdout
    )
    assert "     old.yaml:7:33: before" in outcome.stdout
    assert lines[-2:] == ["new.yaml: 2 breaking", "  the version is 1.2.0, and should become 2.0.0"]


def test_json_has_the_verdicts_the_operations_and_microsofts_path(run: Run, pair: Path) -> None:
    report = json.loads(run("diff", "old.yaml", "new.yaml", "--format", "json").stdout)
    one, other = report["findings"]
    assert one["verdicts"] == {"flows": "breaking", "logicapps": "breaking", "apps": "breaking"}
    assert one["value_path"] == "operation/CreateOrder/parameter/region"
    assert other["operations"] == ["GetOrder", "CreateOrder"]
    assert other["verdicts"] == {"flows": "risky", "logicapps": "risky", "apps": "breaking"}
    assert other["related"][0]["file"] == "old.yaml"
    assert report["comparisons"] == [
        {
            "old": "old.yaml",
            "new": "new.yaml",
            "breaking": 2,
            "risky": 0,
            "safe": 0,
            "version": {"old": "1.2.0", "new": "1.2.0", "suggested": "2.0.0", "enough": False},
        }
    ]


def test_for_one_consumer_its_own_verdict_counts(run: Run, pair: Path) -> None:
    flows = run("diff", "old.yaml", "new.yaml", "--for", "flows", "--format", "json")
    assert [severity for _, severity, _ in findings(flows)] == ["error", "warning"]
    triggers = run("diff", "old.yaml", "new.yaml", "--for", "triggers", "--format", "json")
    assert [severity for _, severity, _ in findings(triggers)] == ["note", "note"]
    assert (flows.exit_code, triggers.exit_code) == (1, 0)


@pytest.mark.parametrize(("fail_on", "status"), [("breaking", 0), ("risky", 1), ("never", 0)])
def test_fail_on_decides_the_status(run: Run, pair: Path, fail_on: str, status: int) -> None:
    (pair / "new.yaml").write_text(OLD.replace(", total: int", ""), encoding="utf-8")
    assert run("diff", "old.yaml", "new.yaml", "--fail-on", fail_on).exit_code == status


def test_a_changelog_begins_with_what_breaks(run: Run, pair: Path) -> None:
    added = NEW.replace("id!: string", "id!: string, state: string").replace("1.2.0", "2.0.0")
    (pair / "new.yaml").write_text(added, encoding="utf-8")
    text = run("diff", "old.yaml", "new.yaml", "--format", "markdown", "--quiet").stdout
    assert [line for line in text.splitlines() if line.startswith("#")] == [
        "## new.yaml &#50;.0.0",
        "### Breaking",
        "### Added",
    ]
    assert "- The output 'state' of 2 operations ('GetOrder', 'CreateOrder') is new." in text


@pytest.mark.parametrize("format", ["sarif", "github", "azure", "gitlab", "junit"])
def test_every_format_reports_changes(run: Run, pair: Path, format: str) -> None:
    outcome = run("diff", "old.yaml", "new.yaml", "--format", format, "--report", "json=changes.json")
    assert "RequiredInputAdded" in outcome.stdout
    assert len(json.loads((pair / "changes.json").read_text(encoding="utf-8"))["findings"]) == 2


def test_changes_can_be_chosen_and_ignored(run: Run, pair: Path) -> None:
    ignored = run("diff", "old.yaml", "new.yaml", "--ignore", "OutputTypeChanged", "--format", "json")
    chosen = run("diff", "old.yaml", "new.yaml", "--select", "OutputTypeChanged", "--format", "json")
    assert [rule for rule, _, _ in findings(ignored)] == ["RequiredInputAdded"]
    assert [rule for rule, _, _ in findings(chosen)] == ["OutputTypeChanged"]
    comment = "total: string}}  # connector-builder: ignore[OutputTypeChanged] agreed with Contoso"
    (pair / "new.yaml").write_text(NEW.replace("total: string}}", comment), encoding="utf-8")
    commented = run("diff", "old.yaml", "new.yaml", "--format", "json")
    assert [rule for rule, _, _ in findings(commented)] == ["RequiredInputAdded"]
    assert "IgnoreUnused" not in run("validate", "new.yaml").stdout


def test_a_successor_is_a_spec(run: Run, pair: Path) -> None:
    outcome = run("diff", "old.yaml", "new.yaml", "--suggest", "--format", "json")
    text = json.loads(outcome.stdout)["suggestions"]
    head = "".join(OLD.splitlines(keepends=True)[:2])
    (pair / "next.yaml").write_text(
        f"{head}{text}\n  Order: {{fields: {{id!: string, total: int}}}}\n", encoding="utf-8"
    )
    view = json.loads(run("view", "next.yaml", "--format", "json").stdout)["connectors"][0]
    assert [(one["id"], one["path"], one["deprecated"], one["revision"]) for one in view["operations"]] == [
        ("GetOrder", "/orders/{id}", True, 1),
        ("GetOrder_V2", "/v2/orders/{id}", False, 2),
        ("CreateOrder", "/orders", True, 1),
        ("CreateOrder_V2", "/v2/orders", False, 2),
    ]
    again = run("diff", "old.yaml", "next.yaml", "--format", "json")
    assert json.loads(again.stdout)["comparisons"][0]["breaking"] == 0


def test_a_spec_is_the_package_that_it_builds(run: Run, pair: Path) -> None:
    assert run("build", "old.yaml", "-o", "out").exit_code == 0
    outcome = run("diff", "old.yaml", "out/old")
    assert (outcome.exit_code, outcome.stdout) == (0, "out/old: no changes\n")


def test_a_revision_is_compared_with_the_working_tree(run: Run, repository: Path) -> None:
    outcome = run("diff", "main:specs/orders.yaml", "specs/orders.yaml", "--format", "json")
    assert [rule for rule, _, _ in findings(outcome)] == ["RequiredInputAdded", "OutputTypeChanged"]
    related = json.loads(outcome.stdout)["findings"][1]["related"][0]
    assert (related["file"], related["line"]) == ("main:specs/orders.yaml", 7)
    folder = run("diff", "HEAD:specs/notes", "specs/notes")
    assert folder.stdout == "specs/notes: no changes\n"


def test_all_specs_since_a_revision(run: Run, repository: Path) -> None:
    (repository / "specs/notes/connector.yaml").unlink()
    (repository / "specs/new.yaml").write_text(OLD, encoding="utf-8")
    outcome = run("diff", "--base", "main", "--format", "json")
    assert [(one["old"], one["new"]) for one in json.loads(outcome.stdout)["comparisons"]] == [
        ("", "specs/new.yaml"),
        ("main:specs/notes", ""),
        ("main:specs/orders.yaml", "specs/orders.yaml"),
    ]
    removed = [one for one in findings(outcome) if one[2].startswith("main:specs/notes")]
    assert {rule for rule, _, _ in removed} == {"OperationRemoved"}


def test_a_variable_since_a_revision_is_one_of_any_spec_changed_or_not(run: Run, repository: Path) -> None:
    (repository / "specs/orders.yaml").write_text(OLD.replace("X-Key", '"${KEY:-X-Key}"'), encoding="utf-8")
    misspelt = run("diff", "--base", "main", "--var", "KYE=X")
    assert (misspelt.exit_code, misspelt.stderr) == (
        2,
        "error: no spec of this run uses the variable 'KYE'\nhelp: did you mean 'KEY'?\n",
    )
    git(repository, "commit", "-q", "-a", "-m", "A variable")
    unchanged = run("diff", "--base", "HEAD", "--var", "KEY=X")
    assert (unchanged.exit_code, unchanged.stdout) == (0, "no connector changed since HEAD\n")


def test_a_package_of_a_revision(run: Run, repository: Path) -> None:
    assert run("build", "specs/notes", "-o", "output").exit_code == 0
    git(repository, "add", ".")
    git(repository, "commit", "-q", "-m", "Build")
    outcome = run("diff", "HEAD:output/notes", "output/notes")
    assert (outcome.exit_code, outcome.stdout) == (0, "output/notes: no changes\n")
    single = run("diff", "HEAD:output/notes/apiDefinition.swagger.json", "specs/notes")
    assert single.exit_code == 0


@pytest.mark.parametrize(
    ("old", "said"),
    [
        ("nowhere:specs/orders.yaml", "there is no revision 'nowhere' in this repository"),
        ("--output=x:specs/orders.yaml", "No such option"),
        ("main:specs/none.yaml", "there is no file or folder 'specs/none.yaml' in 'main'"),
        ("main:../outside.yaml", "isn't in the repository"),
        ("main:texts", "contains neither a spec nor a package"),
        ("missing.yaml", "there is no file or folder 'missing.yaml'"),
    ],
)
def test_what_cant_be_compared_is_misuse(run: Run, repository: Path, old: str, said: str) -> None:
    outcome = run("diff", old, "specs/orders.yaml")
    assert outcome.exit_code == 2
    assert said in outcome.stderr


def test_the_repository_of_another_user_is_no_missing_one(
    run: Run, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    outcome = run("diff", "--base", "main")
    assert outcome.exit_code == 2
    assert " belongs to another user, so git doesn't read it\n" in outcome.stderr
    assert "\nhelp: if you trust it: git config --global --add safe.directory " in outcome.stderr


def test_git_runs_nothing_of_the_repository(run: Run, repository: Path) -> None:
    """No hook, filter, monitor or external diff of the repository is started."""
    script = repository / "evil.sh"
    script.write_text(f"#!/bin/sh\ntouch '{repository}/started'\ncat\n", encoding="utf-8")
    script.chmod(0o755)
    for key in ("core.fsmonitor", "diff.external", "core.pager", "diff.evil.textconv"):
        git(repository, "config", key, str(script))
    (repository / ".gitattributes").write_text("*.yaml diff=evil\n", encoding="utf-8")
    run("diff", "--base", "main")
    run("diff", "main:specs/orders.yaml", "specs/orders.yaml")
    assert not (repository / "started").exists()


def test_two_versions_or_a_base_must_be_named(run: Run, here: Path) -> None:
    outcome = run("diff", "one.yaml")
    assert (outcome.exit_code, outcome.stderr) == (
        2,
        "error: 'diff' compares two versions\nhelp: name OLD and NEW, or a revision: --base main\n",
    )


def test_a_broken_version_says_so(run: Run, pair: Path) -> None:
    (pair / "new.yaml").write_text("connector: [", encoding="utf-8")
    outcome = run("diff", "old.yaml", "new.yaml")
    assert outcome.exit_code == 2
    assert outcome.stderr.startswith("error: 'new.yaml' can't be compared: ")


def test_the_configuration_accepts_a_change_in_its_place(run: Run, pair: Path) -> None:
    accepted = "{rule: OutputTypeChanged, file: new.yaml, pointer: /**/total, reason: Nobody reads it yet.}"
    before = findings(run("diff", "old.yaml", "new.yaml", "--format", "json"))
    (pair / "connector-builder.yaml").write_text(f"ignore:\n- {accepted}\n", encoding="utf-8", newline="\n")
    after = findings(run("diff", "old.yaml", "new.yaml", "--format", "json"))
    assert [one for one in before if one not in after] == [("OutputTypeChanged", "error", "new.yaml:7:33")]
    assert [one for one in after if one not in before] == []
    assert run("validate", "new.yaml").stdout == "no problems in 1 file\n"


def test_a_baseline_accepts_changes_and_those_alone(run: Run, repository: Path) -> None:
    """Also a change at a place of the old version, whose file exists in the revision only; and it is that of `validate`."""
    spec = repository / "specs/orders.yaml"
    spec.write_text(NEW.replace(", total: string", ""), encoding="utf-8", newline="\n")
    words = ("diff", "main:specs/orders.yaml", "specs/orders.yaml", "--fail-on", "risky")
    assert run(*words, "--write-baseline").stderr.startswith("error: '--write-baseline' has no file to write\n")
    outcome = run(*words, "--baseline", "known.json", "--write-baseline")
    assert (outcome.exit_code, outcome.stderr) == (0, "'known.json' accepts 2 findings\n")
    entries = json.loads((repository / "known.json").read_text(encoding="utf-8"))["findings"]
    assert [(one["rule"], one["file"]) for one in entries] == [
        ("OutputRemoved", "main:specs/orders.yaml"),
        ("RequiredInputAdded", "specs/orders.yaml"),
    ]
    assert run("validate", "specs", "--baseline", "known.json").stdout == "no problems in 2 files\n"
    (repository / "connector-builder.yaml").write_text("baseline: known.json\n", encoding="utf-8")
    assert run(*words).stdout.splitlines()[0] == "specs/orders.yaml: no changes"

    spec.write_text(NEW, encoding="utf-8", newline="\n")
    outcome = run(*words, "--format", "json")
    assert [(one[0], one[2].partition(":")[0]) for one in findings(outcome)] == [
        ("IgnoreUnused", "known.json"),
        ("OutputTypeChanged", "specs/orders.yaml"),
    ]
