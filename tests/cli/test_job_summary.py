"""The report in the summary of a CI job."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from connector_builder.cli import job_summary
from tests.support.cli_specs import changed

Run = Callable[..., Result]
ONE_ERROR = "### connector-builder: 1 error in 1 file\n"


@pytest.fixture
def broken(spec: Path) -> Path:
    changed(spec, "GET /orders", "GETS /orders")
    return spec


@pytest.fixture
def summary(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = here / "summary.md"
    path.write_text("Before.\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(path))
    return path


@pytest.mark.usefixtures("broken")
def test_github_adds_the_report_to_the_summary_of_the_step(run: Run, summary: Path) -> None:
    assert run("validate", "specs", "--format", "github").exit_code == 1
    assert run("validate", "specs", "--format", "github").exit_code == 1
    text = summary.read_text(encoding="utf-8")
    assert text.startswith("Before.\n" + ONE_ERROR)
    assert text.count(ONE_ERROR) == 2


@pytest.mark.usefixtures("broken")
def test_other_formats_leave_the_summary_alone(run: Run, summary: Path) -> None:
    run("validate", "specs")
    run("validate", "specs", "--format", "azure")
    assert summary.read_text(encoding="utf-8") == "Before.\n"


@pytest.mark.usefixtures("broken")
def test_a_report_in_that_file_is_not_written_twice(run: Run, summary: Path) -> None:
    run("validate", "specs", "--format", "github", "--report", f"markdown={summary}")
    text = summary.read_text(encoding="utf-8")
    assert text.startswith(ONE_ERROR)
    assert text.count(ONE_ERROR) == 1


@pytest.mark.usefixtures("broken")
def test_a_full_summary_stays_as_it_is(run: Run, summary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_summary, "MOST", 100)
    done = run("validate", "specs", "--format", "github")
    assert (done.exit_code, summary.read_text(encoding="utf-8")) == (1, "Before.\n")
    assert done.stderr == "the job's summary is full, so the report isn't in it\n"


@pytest.mark.usefixtures("broken")
def test_a_summary_that_can_not_be_written_stops_nothing(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(here / "no/folder.md"))
    done = run("validate", "specs", "--format", "github")
    assert done.exit_code == 1
    assert done.stderr.startswith("the job's summary can't be written: ")


@pytest.mark.usefixtures("broken")
def test_azure_attaches_a_file(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = here / "100%"
    folder.mkdir()
    monkeypatch.setenv("AGENT_TEMPDIRECTORY", str(folder))
    done = run("validate", "specs", "--format", "azure")
    [file] = folder.iterdir()
    assert file.read_text(encoding="utf-8").startswith(ONE_ERROR)
    assert done.stdout.splitlines()[-1] == f"##vso[task.uploadsummary]{str(file).replace('%', '%AZP25')}"
