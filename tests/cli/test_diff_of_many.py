"""`connector-builder diff` of what contains several connectors: folders and solutions."""

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tests.cli.test_diff import git

Run = Callable[..., Result]
SPEC = """\
connector: {{title: {0}, description: Reads {0}., version: 1.0.0, server: https://api.contoso.example, publisher: Contoso}}
auth: {{type: aad, clientId: 11111111-2222-3333-4444-555555555555, resource: https://api.contoso.example}}
script: script.csx
actions:
  Get{0}: {{request: "GET /{0}/{{id}}", description: Returns one of them., response: {{id!: string, total: int}}}}
"""
SCRIPT = """\
public class Script : ScriptBase
{
    public override async Task<HttpResponseMessage> ExecuteAsync()
    {
        return await this.Context.SendAsync(this.Context.Request, this.CancellationToken);
    }
}
"""


@pytest.fixture
def specs(here: Path) -> Path:
    """A folder of two specs, each a folder with custom code."""
    for title in ("Orders", "Notes"):
        folder = here / "specs" / title.lower()
        folder.mkdir(parents=True)
        (folder / "connector.yaml").write_text(SPEC.format(title), encoding="utf-8", newline="\n")
        (folder / "script.csx").write_text(SCRIPT, encoding="utf-8", newline="\n")
    return here


def packed(run: Run, name: str, *paths: str) -> None:
    outcome = run("pack", *paths, "--as", "solution", "--name", "Sales", "-o", name)
    assert outcome.exit_code == 0, outcome.stdout + outcome.stderr


def lines(outcome: Result) -> list[str]:
    """Returns what is said of each connector."""
    return [
        line
        for line in outcome.stdout.splitlines()
        if line.partition(": ")[2].endswith(("changes", "breaking", "safe"))
    ]


def change(here: Path, spec: str) -> None:
    path = here / "specs" / spec / "connector.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("total: int", "total: string"), encoding="utf-8", newline="\n"
    )


def test_a_spec_equals_the_solution_that_is_packed_of_it(run: Run, specs: Path) -> None:
    """A solution has no publisher and no redirect, and it names the operations of custom code that runs for all."""
    packed(run, "one.zip", "specs/orders")
    outcome = run("diff", "one.zip", "specs/orders")
    assert (outcome.exit_code, outcome.stdout) == (0, "specs/orders: no changes\n")


def test_connectors_of_two_solutions_are_compared_by_their_names(run: Run, specs: Path) -> None:
    packed(run, "old.zip", "specs/notes", "specs/orders")
    change(specs, "orders")
    packed(run, "new.zip", "specs/orders", "specs/notes")
    outcome = run("diff", "old.zip", "new.zip", "--format", "json")
    data: dict[str, Any] = json.loads(outcome.stdout)
    assert outcome.exit_code == 1
    assert [(one["rule"], one["pointer"]) for one in data["findings"]] == [
        ("OutputTypeChanged", "/paths/~1Orders~1{id}/get/responses/200/schema/properties/total")
    ]
    assert [(one["old"], one["new"], one["breaking"]) for one in data["comparisons"]] == [
        ("old.zip: contoso_notes", "new.zip: contoso_notes", 0),
        ("old.zip: contoso_orders", "new.zip: contoso_orders", 1),
    ]


def test_a_connector_of_one_side_was_added_or_removed(run: Run, specs: Path) -> None:
    shutil.copytree(specs / "specs", specs / "other")
    (specs / "other/notes").rename(specs / "other/bills")
    path = specs / "other/bills/connector.yaml"
    path.write_text(SPEC.format("Bills"), encoding="utf-8", newline="\n")
    assert lines(run("diff", "specs", "other")) == [
        "specs/notes: 1 breaking",
        "other/orders: no changes",
        "other/bills: 1 safe",
    ]


def test_one_connector_is_compared_with_its_own_of_several(run: Run, specs: Path) -> None:
    packed(run, "two.zip", "specs/notes", "specs/orders")
    change(specs, "notes")
    assert lines(run("diff", "two.zip", "specs/notes")) == ["specs/notes: 1 breaking"]
    assert lines(run("diff", "specs/orders", "two.zip")) == ["two.zip: contoso_orders: no changes"]


def test_one_connector_that_isnt_among_several(run: Run, specs: Path) -> None:
    packed(run, "two.zip", "specs/notes", "specs/orders")
    path = specs / "specs/notes/connector.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("title: Notes", "title: Bills"), encoding="utf-8", newline="\n"
    )
    (specs / "specs/notes").rename(specs / "specs/bills")
    outcome = run("diff", "two.zip", "specs/bills")
    assert (outcome.exit_code, outcome.stderr) == (
        2,
        "error: 'two.zip' contains 2 connectors, and none of them is 'specs/bills'\nhelp: they are 'contoso_notes' and 'contoso_orders'\n",
    )


def test_solutions_and_folders_of_a_revision(run: Run, specs: Path) -> None:
    """As they are on disk: a zip, the same unpacked, and a folder of several specs."""
    packed(run, "sales.zip", "specs/notes", "specs/orders")
    with zipfile.ZipFile(specs / "sales.zip") as archive:
        archive.extractall(specs / "sales")
    (specs / ".git").rmdir()
    git(specs, "init", "-q", "-b", "main")
    git(specs, "add", ".")
    git(specs, "commit", "-q", "-m", "Pack")
    change(specs, "orders")
    packed(run, "sales.zip", "specs/notes", "specs/orders", "--force")
    for old, new in (
        ("main:sales.zip", "sales.zip"),
        ("main:sales", "sales.zip"),
        ("sales.zip", "main:sales"),
    ):
        assert lines(run("diff", old, new)) == [
            f"{new}: contoso_notes: no changes",
            f"{new}: contoso_orders: 1 breaking",
        ]
    assert lines(run("diff", "main:specs", "specs")) == ["specs/notes: no changes", "specs/orders: 1 breaking"]
    assert lines(run("diff", "main:sales.zip", "specs/orders")) == ["specs/orders: 1 breaking"]
    assert lines(run("diff", "--base", "main", "sales.zip")) == [
        "sales.zip: contoso_notes: no changes",
        "sales.zip: contoso_orders: 1 breaking",
    ]
    (specs / "sales.zip").write_bytes(b"PK\x03\x04")
    git(specs, "commit", "-q", "-a", "-m", "Break")
    broken = run("diff", "HEAD:sales.zip", "specs/orders")
    assert (broken.exit_code, broken.stderr) == (
        2,
        "error: 'HEAD:sales.zip' can't be compared: this isn't a zip, or it is damaged\n",
    )
