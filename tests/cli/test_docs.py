"""`connector-builder docs`."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
RECORD = "out/.connector-builder/docs/pages.json"


def pages(folder: Path) -> list[str]:
    """Returns the files below a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def two(spec: Path) -> Path:
    """Two specs; returns the second."""
    other = spec.with_name("invoices.yaml")
    other.write_text(spec.read_text(encoding="utf-8"), encoding="utf-8")
    return other


def test_one_spec_has_a_page_in_both_formats(run: Run, spec: Path, here: Path) -> None:
    outcome = run("docs", str(spec), "-o", "out")
    assert (outcome.exit_code, outcome.stderr) == (0, "")
    assert outcome.stdout == "documented 'Contoso Orders' in out/orders: 1 action, 0 triggers\n2 files written\n"
    assert pages(here / "out") == [".connector-builder/docs/pages.json", "orders/README.md", "orders/index.html"]
    assert (here / "out/orders/README.md").read_text(encoding="utf-8").startswith("# Contoso Orders\n")


def test_several_specs_have_an_index(run: Run, two: Path, here: Path) -> None:
    assert run("docs", "-o", "out").exit_code == 0
    assert (here / "out/README.md").read_text(encoding="utf-8").count("](") == 2
    assert 'href="invoices/index.html"' in (here / "out/index.html").read_text(encoding="utf-8")


def test_a_second_run_changes_nothing_and_check_says_so(run: Run, two: Path) -> None:
    run("docs", "-o", "out")
    again = run("docs", "-o", "out")
    assert "0 files written\n" in again.stdout
    check = run("docs", "-o", "out", "--check")
    assert (check.exit_code, check.stdout, check.stderr) == (0, "out is up to date\n", "")


def test_check_shows_what_is_out_of_date_and_writes_nothing(run: Run, spec: Path, here: Path) -> None:
    run("docs", "-o", "out", "--format", "markdown")
    page = here / "out/orders/README.md"
    before = page.read_bytes()
    spec.write_text(
        spec.read_text(encoding="utf-8").replace("title: Contoso Orders", "title: Parcels"), encoding="utf-8"
    )
    outcome = run("docs", "-o", "out", "--format", "markdown", "--check")
    assert outcome.exit_code == 1
    assert outcome.stdout.startswith(
        "out/orders/README.md: would change\nout/.connector-builder/docs/pages.json: would change\n"
    )
    assert "-# Contoso Orders\n+# Parcels\n" in outcome.stdout
    assert outcome.stderr == ""
    assert outcome.stdout.endswith(
        "\n2 files in out would change: run the command without --check and commit what it writes\n"
    )
    assert page.read_bytes() == before


def test_pages_of_specs_that_are_gone_are_removed_by_a_whole_run(run: Run, two: Path, here: Path) -> None:
    run("docs", "-o", "out", "--format", "html")
    two.unlink()
    assert run("docs", "specs/orders.yaml", "-o", "out", "--format", "html").exit_code == 0
    assert "invoices/index.html" in pages(here / "out")
    assert "0 files written, 2 removed\n" in run("docs", "-o", "out", "--format", "html").stdout
    assert pages(here / "out") == [".connector-builder/docs/pages.json", "orders/index.html"]


def test_files_of_others_stay(run: Run, spec: Path, here: Path) -> None:
    page = here / "out/orders/README.md"
    page.parent.mkdir(parents=True)
    page.write_text("mine\n", encoding="utf-8")
    outcome = run("docs", "-o", "out")
    assert outcome.exit_code == 2
    assert outcome.stderr == (
        "error: 'out/orders/README.md' is in the way, and no run of 'docs' wrote it\n"
        "help: move what you want to keep, or replace it with --force\n"
    )
    assert pages(here / "out") == ["orders/README.md"]
    assert run("docs", "-o", "out", "--force").exit_code == 0
    assert page.read_text(encoding="utf-8").startswith("# Contoso Orders\n")


def test_packages_of_a_build_in_the_same_folder_stay(run: Run, spec: Path, here: Path) -> None:
    run("build", str(spec), "-o", "out")
    built = pages(here / "out")
    assert run("docs", "-o", "out", "--format", "html").exit_code == 0
    assert sorted({*pages(here / "out")} - {*built}) == [".connector-builder/docs/pages.json", "orders/index.html"]
    assert {*built} <= {*pages(here / "out")}
    assert run("build", str(spec), "-o", "out", "--check").exit_code == 0


def test_packages_and_definitions_have_pages_too(run: Run, spec: Path, here: Path) -> None:
    run("build", str(spec), "-o", "built")
    alone = here / "Orders API.json"
    alone.write_bytes((here / "built/orders/apiDefinition.swagger.json").read_bytes())
    assert run("docs", "built/orders", str(alone), "-o", "out", "--format", "markdown").exit_code == 0
    assert pages(here / "out")[1:] == ["README.md", "orders-api/README.md", "orders/README.md"]


def test_a_file_that_cant_be_read_stops_all(run: Run, two: Path, here: Path) -> None:
    two.write_text("connector: {title: [", encoding="utf-8")
    outcome = run("docs", "-o", "out")
    assert outcome.exit_code == 1
    assert outcome.stderr == (
        "specs/invoices.yaml can't be read: 'connector-builder validate specs/invoices.yaml' shows why\nnothing was written\n"
    )
    assert not (here / "out").exists()


def test_a_broken_spec_is_shown_as_far_as_it_goes(run: Run, spec: Path, here: Path) -> None:
    spec.write_text(spec.read_text(encoding="utf-8") + "\ntriggers: 3\n", encoding="utf-8")
    outcome = run("docs", str(spec), "-o", "out")
    assert outcome.exit_code == 0
    assert "specs/orders.yaml has errors, so its page may not have all of it" in outcome.stderr
    assert "orders/README.md" in pages(here / "out")


def test_a_file_in_the_place_of_the_folder_is_said(run: Run, spec: Path, here: Path) -> None:
    (here / "out").write_text("", encoding="utf-8")
    outcome = run("docs", str(spec), "-o", "out")
    assert (outcome.exit_code, outcome.stderr) == (
        2,
        "error: 'out' is a file, but must be a folder\nhelp: move it, or name another with -o\n",
    )


def test_two_connectors_of_one_name_are_misuse(run: Run, spec: Path, here: Path) -> None:
    run("build", str(spec), "-o", "built")
    outcome = run("docs", str(spec), "built/orders", "-o", "out")
    assert outcome.exit_code == 2
    assert "would both have their page in 'orders'" in outcome.stderr


def test_without_specs_is_misuse(run: Run) -> None:
    outcome = run("docs", "-o", "out")
    assert (outcome.exit_code, outcome.stderr) == (
        2,
        "error: there is no folder 'specs' here\nhelp: name a spec or the folder of a package\n",
    )


def test_a_record_that_isnt_one_is_said(run: Run, spec: Path, here: Path) -> None:
    record = here / RECORD
    record.parent.mkdir(parents=True)
    record.write_text("{", encoding="utf-8")
    outcome = run("docs", str(spec), "-o", "out")
    assert outcome.exit_code == 2
    assert "isn't a record of what builds wrote" in outcome.stderr
    assert "run 'docs' with --force" in outcome.stderr


def test_the_record_names_the_pages(run: Run, spec: Path, here: Path) -> None:
    run("docs", str(spec), "-o", "out")
    assert list(json.loads((here / RECORD).read_text(encoding="utf-8"))["files"]) == [
        "orders/README.md",
        "orders/index.html",
    ]
