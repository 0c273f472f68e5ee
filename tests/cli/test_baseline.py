"""Findings that somebody accepted: in a baseline, and in the configuration."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.support.cli_specs import SPEC, changed

Run = Callable[..., Result]

UNUSED = "parameters:\n  unused: A parameter that nothing uses.\nactions:"
KNOWN = """\
{
  "version": 1,
  "findings": [
    {"rule": "TemplateUnused", "file": "specs/orders.yaml", "text": "unused: A parameter that nothing uses."}
  ]
}
"""
SCHEMES = (
    '{"swagger": "2.0", "info": {"title": "Orders", "version": "1.0"}, "host": "api.contoso.example", "paths": {}}'
)


@pytest.fixture
def flawed(spec: Path) -> Path:
    changed(spec, "actions:", UNUSED)
    return spec


def written(run: Run, here: Path) -> str:
    assert run("validate", "specs", "--baseline", "known.json", "--write-baseline").exit_code == 0
    return (here / "known.json").read_text(encoding="utf-8")


def test_what_is_in_a_baseline_does_not_count(run: Run, flawed: Path, here: Path) -> None:
    result = run("validate", "specs", "--baseline", "known.json", "--write-baseline", "--fail-on", "warning")
    assert (result.exit_code, result.stdout) == (0, "no problems in 1 file\n")
    assert result.stderr == "'known.json' accepts 1 finding\n"
    assert (here / "known.json").read_bytes().decode() == KNOWN
    changed(flawed, "connector:", "# A comment moves each line.\n\nconnector:")
    result = run("validate", "specs", "--baseline", "known.json", "--fail-on", "warning")
    assert (result.exit_code, result.stdout) == (0, "no problems in 1 file\n")
    assert run("build", "--baseline", "known.json", "--fail-on", "warning", "--quiet").output == ""


def test_what_is_new_counts(run: Run, flawed: Path, here: Path) -> None:
    written(run, here)
    changed(flawed, "  unused:", "  other: Another one.\n  unused:")
    result = run("validate", "specs", "--baseline", "known.json", "--fail-on", "warning")
    assert (result.exit_code, result.stdout.count("TemplateUnused")) == (1, 1)
    assert "no operation has a parameter 'other'" in result.stdout


def test_what_is_mended_is_told_and_can_be_removed(run: Run, flawed: Path, here: Path) -> None:
    written(run, here)
    flawed.write_text(SPEC, encoding="utf-8")
    result = run("validate", "specs", "--baseline", "known.json", "--format", "json")
    (found,) = json.loads(result.stdout)["findings"]
    assert found == {
        "rule": "IgnoreUnused",
        "severity": "note",
        "scope": "practice",
        "message": "1 finding of 'TemplateUnused' in 'specs/orders.yaml' at 'unused: A parameter that nothing uses.' "
        "no longer occurs",
        "file": "known.json",
        "line": 4,
        "column": 5,
        "end_line": 4,
        "end_column": 6,
        "help": "--write-baseline removes it",
    }
    assert "IgnoreUnused" not in run("validate", "specs", "--baseline", "known.json", "--ignore", "IgnoreUnused").stdout
    assert json.loads(written(run, here)) == {"version": 1, "findings": []}


def test_a_run_of_one_spec_leaves_the_entries_of_others(run: Run, flawed: Path, here: Path) -> None:
    other = here / "specs/other.yaml"
    other.write_text(flawed.read_text(encoding="utf-8"), encoding="utf-8")
    both = written(run, here)
    assert [one["file"] for one in json.loads(both)["findings"]] == ["specs/orders.yaml", "specs/other.yaml"]
    other.write_text(SPEC, encoding="utf-8")
    assert run("validate", str(flawed), "--baseline", "known.json").stdout == "no problems in 1 file\n"
    assert run("validate", str(flawed), "--baseline", "known.json", "--write-baseline", "-q").output == ""
    assert (here / "known.json").read_text(encoding="utf-8") == both
    assert "no longer occurs" in run("validate", str(other), "--baseline", "known.json").stdout
    other.unlink()
    assert "no longer occurs" in run("validate", str(flawed), "--baseline", "known.json").stdout


def test_a_baseline_is_the_same_from_any_folder(
    run: Run, flawed: Path, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = written(run, here)
    monkeypatch.chdir(here / "specs")
    result = run("validate", ".", "--baseline", "../known.json", "--fail-on", "warning")
    assert (result.exit_code, result.stdout) == (0, "no problems in 1 file\n")
    assert run("validate", ".", "--baseline", "../known.json", "--write-baseline").exit_code == 0
    assert (here / "known.json").read_text(encoding="utf-8") == first


def test_a_broken_spec_makes_no_entry_stale_and_cannot_be_accepted(run: Run, flawed: Path, here: Path) -> None:
    first = written(run, here)
    changed(flawed, "request:", "reqest:")
    result = run("validate", "specs", "--baseline", "known.json", "--write-baseline")
    assert (result.exit_code, "KeyUnknown" in result.stdout) == (1, True)
    assert (here / "known.json").read_text(encoding="utf-8") == first


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "error: there is no baseline 'known.json'\nhelp: --write-baseline writes it\n"),
        ("[]", "error: 'known.json' isn't a baseline of this version\n"),
        ('{"version": 2, "findings": []}', "error: 'known.json' isn't a baseline of this version\n"),
        ("{", "error: known.json:1:"),
        ('{"version": 1, "findings": [{"rule": "A"}]}', "error: known.json:1:29: this is no entry of a baseline\n"),
        ('{"version": 1, "findings": [7]}', "error: known.json:1:29: this is no entry of a baseline\n"),
        ('{"version": 1, "findings": [{"rule": "A", "file": "b", "count": 0}]}', "error: known.json:1:29: this is no"),
        ('{"version": 1, "findings": [{"rule": [], "file": "b"}]}', "error: known.json:1:29: this is no"),
    ],
)
def test_a_baseline_that_cannot_be_read(run: Run, spec: Path, here: Path, content: str | None, message: str) -> None:
    if content is not None:
        (here / "known.json").write_text(content, encoding="utf-8")
    result = run("validate", "specs", "--baseline", "known.json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(message)


def test_a_baseline_without_a_name(run: Run, spec: Path, here: Path) -> None:
    result = run("validate", "specs", "--write-baseline")
    assert (result.exit_code, result.stderr.splitlines()[0]) == (2, "error: '--write-baseline' has no file to write")
    (here / "connector-builder.yaml").write_text("baseline: known.json\n", encoding="utf-8")
    assert run("validate", "specs", "--write-baseline").exit_code == 0
    assert (here / "known.json").exists()


def configured(here: Path, entry: str) -> None:
    (here / "connector-builder.yaml").write_text(f"ignore:\n  - {{{entry}, reason: as agreed}}\n", encoding="utf-8")


def test_the_configuration_ignores_in_places(run: Run, flawed: Path, here: Path) -> None:
    configured(here, "rule: TemplateUnused, file: specs/*.yaml")
    assert run("validate", "specs").stdout == "no problems in 1 file\n"
    assert run("validate", "specs", "--ignore", "TextCut").stdout == "no problems in 1 file\n"
    configured(here, "rule: TemplateUnused, file: other/*.yaml")
    assert "TemplateUnused" in run("validate", "specs").stdout


def test_the_configuration_ignores_a_pointer_of_a_package(run: Run, here: Path) -> None:
    (here / "pkg").mkdir()
    (here / "pkg/apiDefinition.swagger.json").write_text(SCHEMES, encoding="utf-8")
    found = json.loads(run("validate", "pkg", "--format", "json").stdout)["findings"]
    one = next(finding for finding in found if finding["severity"] == "warning")
    configured(here, f"rule: {one['rule']}, file: pkg/**, pointer: '{one['pointer'] or '**'}'")
    left = json.loads(run("validate", "pkg", "--format", "json").stdout)["findings"]
    assert [finding["rule"] for finding in left] == [
        finding["rule"] for finding in found if finding["rule"] != one["rule"]
    ]


def test_an_entry_that_hides_nothing_is_told(run: Run, spec: Path, here: Path) -> None:
    configured(here, "rule: TemplateUnused, file: specs/orders.yaml")
    expected = "connector-builder.yaml:1:1: warning: nothing is found by 'TemplateUnused': the entry of 'ignore' hides nothing [IgnoreUnused]"
    assert expected in run("validate", "specs").stdout
    assert expected in run("build").stdout
    for entry in ("rule: TemplateUnused, pointer: /paths/**", "rule: TemplateUnused"):
        configured(here, entry)
        assert "IgnoreUnused" in run("validate", "specs").stdout
        assert "IgnoreUnused" not in run("validate", "specs/orders.yaml").stdout


def test_an_entry_that_may_hide_something_is_not_told(run: Run, spec: Path, here: Path) -> None:
    configured(here, "rule: TemplateUnused")
    broken = here / "specs/broken.yaml"
    broken.write_text(SPEC.replace("request:", "reqest:"), encoding="utf-8")
    assert "IgnoreUnused" not in run("validate", "specs").stdout
    configured(here, "rule: SecondOpinion")
    broken.unlink()
    assert "IgnoreUnused" not in run("validate", "specs").stdout
    assert "IgnoreUnused" in run("build").stdout


@pytest.mark.parametrize(
    ("ignore", "message"),
    [
        ("{rule: KeyUnknown, file: a, reason: b}", "'KeyUnknown' can't be ignored"),
        ("{rule: TemplateUnsed, file: a, reason: b}", "there is no rule 'TemplateUnsed'"),
        (
            "{rule: TemplateUnused, file: a}",
            "'ignore' must be a list of rule names, and of mappings with rule and reason",
        ),
        ("{rule: TemplateUnused, line: a, reason: b}", "'ignore' must be a list of rule names, and of mappings"),
        ("{rule: TemplateUnused, file: 7, reason: b}", "'ignore' must be a list of rule names, and of mappings"),
        ("{rule: TemplateUnused, pointer: a, reason: b}", "'ignore' must be a list in which a pointer begins with '/'"),
        ("7", "'ignore' must be a list of rule names, and of mappings"),
    ],
)
def test_an_entry_that_cannot_be(run: Run, spec: Path, here: Path, ignore: str, message: str) -> None:
    (here / "connector-builder.yaml").write_text(f"ignore: [{ignore}]\n", encoding="utf-8")
    result = run("validate", "specs")
    assert result.exit_code == 2
    assert message in result.stderr
