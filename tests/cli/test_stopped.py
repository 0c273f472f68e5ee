"""Commands that are stopped at an operation on the file system: the earlier files or the new ones, whole, and a word if it is the new ones."""

import errno
import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest

from connector_builder.app import validate as validate_run
from connector_builder.cli.program import Signalled, heed_signals
from connector_builder.output import staging
from tests.support.faults import END, FAULTS, raising
from tests.support.hostile.hostile_cli import Outcome, run
from tests.support.properties import every

pytestmark = pytest.mark.no_cover  # other tests reach the same

SPEC = """connector: {title: Tides, description: Tells the tides., server: https://tides.example}
actions:
  ListTides: {request: "GET /tides?place", description: Lists the tides., response: {sample: tides.json}}
"""
DEFINITION: dict[str, Any] = {
    "swagger": "2.0", "info": {"title": "Tides", "version": "1.0", "description": "Tells the tides."}, "host": "tides.example",
    "basePath": "/", "schemes": ["https"], "consumes": [], "produces": [],
    "paths": {"/tides": {"get": {"operationId": "ListTides", "responses": {"200": {"description": "Fine."}}}}},
}  # fmt: skip
COMMANDS = {
    "build": ["build", "tides", "-o", "output"],
    "docs": ["docs", "tides", "-o", "docs", "--format", "markdown", "--format", "html", "--jobs", "1"],
    "import": ["import", "tides.json", "-o", "specs/tides", "--force", "--report", "IMPORT.md"],
    "update": ["import", "newer.json", "-o", "imported/tides.yaml", "--update"],
    "fix": ["validate", "broken", "--fix", "--jobs", "1"],
    "add": ["add", "tides", "GET https://tides.example/winds/today"],
    "solution": ["pack", "tides", "--as", "solution", "-o", "tides.zip"],
    "unpacked solution": ["pack", "tides", "--as", "unpacked", "-o", "solution"],
    "preview": ["preview", "tides", "--html", "tides.html"],
    "reports": ["validate", "tides", "--report", "sarif=t.sarif", "--report", "json=t.json", "--jobs", "1"],
    "init": ["init", "starters/mine"],
}
STATUS = {"fix": 0}
SAFE = frozenset({"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir"})


@pytest.fixture
def project(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what the commands need, and their first results."""
    monkeypatch.setattr(staging, "PATIENCE", 0)
    for name in ("tides", "broken"):
        (here / name).mkdir()
        text = SPEC if name == "tides" else SPEC.replace("description: Lists", "descripton: Lists")
        (here / name / "connector.yaml").write_text(text, encoding="utf-8", newline="\n")
        (here / name / "tides.json").write_text('[{"height": 1}]\n', encoding="utf-8", newline="\n")
    (here / "tides.json").write_text(json.dumps(DEFINITION), encoding="utf-8", newline="\n")
    newer = {**DEFINITION, "paths": {**DEFINITION["paths"], "/winds": DEFINITION["paths"]["/tides"]}}
    newer["paths"]["/winds"] = {"get": {**DEFINITION["paths"]["/tides"]["get"], "operationId": "ListWinds"}}
    (here / "newer.json").write_text(json.dumps(newer), encoding="utf-8", newline="\n")
    assert run("import", "tides.json", "-o", "imported/tides.yaml", "-q").status == 0
    return here


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def stopped_at(project: Path, name: str, step: int) -> Outcome:
    with FAULTS.at(project, raising(KeyboardInterrupt()), range(step, step + 1), SAFE):
        return run(*COMMANDS[name])


def put_back(project: Path, before: dict[str, bytes]) -> None:
    for name in files(project).keys() - before.keys():
        (project / name).unlink()
    for name, content in before.items():
        (project / name).write_bytes(content)
    for path in sorted(project.rglob("*"), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()


@pytest.mark.parametrize("name", COMMANDS)
def test_ctrl_c_at_operations(project: Path, name: str) -> None:
    before = files(project)
    assert run(*COMMANDS[name]).status == STATUS.get(name, 0)
    after = files(project)
    assert after != before
    ends = set()
    for step in range(1, END, 3 * every()):
        put_back(project, before)
        outcome = stopped_at(project, name, step)
        if FAULTS.count <= step:
            break
        now = files(project)
        written = all(now.get(file) == content for file, content in after.items() if file != "IMPORT.md")
        ends.add((outcome.status, written))
        if name == "reports":  # each is whole
            assert all(now.get(file) in (None, content) for file, content in after.items())
        elif written:
            assert outcome.status == 0 or outcome.err.startswith("stopped, but '")
        else:
            assert (outcome.status, outcome.out, outcome.err, now) == (130, "", "", before)
    assert (130, False) in ends


@pytest.mark.parametrize("name", ["build", "docs", "import", "update", "unpacked solution"])
def test_the_next_run_puts_in_order_what_could_not_be_undone(project: Path, name: str) -> None:
    in_use = PermissionError(errno.EACCES, "in use")
    # The journal comes to its place, a file moves, and then nothing moves any more.
    with FAULTS.at(project, raising(in_use), range(2, END), frozenset({"os.rename"})):
        refused = run(*COMMANDS[name])
    assert (refused.status, refused.out) == (2, "")
    again = run(*COMMANDS[name])
    assert (again.status, again.err) == (0, "")
    assert not list(project.rglob("staging"))


def test_a_signal_to_end(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def ended(*_: object, **__: object) -> None:
        raise Signalled(signal.SIGTERM)

    monkeypatch.setattr(validate_run, "check", ended)
    outcome = run("validate", "tides")
    assert (outcome.status, outcome.out, outcome.err) == (143, "", "")


def test_a_signal_to_end_is_heard_once_unless_it_is_ignored() -> None:
    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {name: signal.getsignal(getattr(signal, name)) for name in names}
    try:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        heed_signals()
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_IGN
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        heed_signals()
        with pytest.raises(Signalled) as caught:
            signal.raise_signal(signal.SIGTERM)
        assert caught.value.number == signal.SIGTERM
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


@pytest.mark.parametrize("process", [1, 0])
def test_a_fix_writes_through_no_link_that_a_stranger_made(
    project: Path, monkeypatch: pytest.MonkeyPatch, process: int
) -> None:
    monkeypatch.setattr("os.getpid", lambda: 17)
    victim = project / "victim"
    victim.write_text("mine\n", encoding="utf-8", newline="\n")
    names = (".connector.yaml.fixed", ".connector.yaml.17.draft")
    try:
        (project / "broken" / names[process]).symlink_to(victim)
    except OSError:
        pytest.skip("this account can't make symbolic links")
    assert run(*COMMANDS["fix"]).status == 0
    assert victim.read_text(encoding="utf-8") == "mine\n"
    assert not (project / "broken/connector.yaml").is_symlink()
    assert "descripton" not in (project / "broken/connector.yaml").read_text(encoding="utf-8")


def test_a_fix_removes_the_drafts_of_killed_runs_and_of_no_others(project: Path) -> None:
    running, ended = os.getppid(), 999_999_999
    for name in (f"{running}.draft", f"{ended}.draft", "x.draft", f"{ended}.yaml"):
        (project / f"broken/.connector.yaml.{name}").write_bytes(b"half")
    assert run(*COMMANDS["fix"]).status == 0
    left = sorted(path.name for path in (project / "broken").iterdir() if path.name.startswith("."))
    assert left == sorted(f".connector.yaml.{name}" for name in (f"{running}.draft", f"{ended}.yaml", "x.draft"))


def test_what_could_not_be_undone_is_not_begun(project: Path) -> None:
    outcome = run("pack", "tides", "--as", "unpacked", "-o", ".solution")
    assert outcome.status == 2
    assert outcome.err.endswith("' is hidden\nhelp: name a place without a dot at its beginning\n")
    assert not (project / ".solution").exists()
