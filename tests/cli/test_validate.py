import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.support.cli_specs import changed

Run = Callable[..., Result]

MISTAKE = """\
specs/orders.yaml:8:5: error: unknown key 'reqest' in 'operation' [KeyUnknown]
   8 |     reqest: GET /orders
     |     ^^^^^^
     help: did you mean 'request'?
"""


@pytest.fixture
def broken(spec: Path) -> Path:
    changed(spec, "request:", "reqest:")
    return spec


def test_nothing_found(run: Run, spec: Path) -> None:
    result = run("validate", "specs")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "no problems in 1 file\n", "")


def test_a_mistake_has_its_line_and_its_cure(run: Run, broken: Path) -> None:
    result = run("validate", "specs/orders.yaml")
    assert result.exit_code == 1
    assert MISTAKE in result.stdout
    assert result.stderr == ""


def test_json_is_all_there_is_on_standard_output(run: Run, broken: Path) -> None:
    result = run("validate", "specs", "--format", "json")
    assert (result.exit_code, result.stderr) == (1, "")
    report = json.loads(result.stdout)
    found = next(found for found in report["findings"] if found["rule"] == "KeyUnknown")
    assert found == {
        "rule": "KeyUnknown",
        "severity": "error",
        "scope": "language",
        "message": "unknown key 'reqest' in 'operation'",
        "file": "specs/orders.yaml",
        "line": 8,
        "column": 5,
        "end_line": 8,
        "end_column": 11,
        "help": "did you mean 'request'?",
    }
    assert report["summary"]["files"] == 1
    assert run("validate", "specs", "--format", "json").stdout == result.stdout


def test_output_file(run: Run, broken: Path, here: Path) -> None:
    result = run("validate", "specs", "--output-file", "found.txt", "--format", "text")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.endswith("in 1 file: see 'found.txt'\n")
    content = (here / "found.txt").read_bytes().decode()
    assert MISTAKE in content
    assert "\r" not in content
    assert run("validate", "specs", "--output-file", "found.txt", "--quiet").stderr == ""


def test_an_output_file_that_cannot_be_written(run: Run, spec: Path) -> None:
    result = run("validate", "specs", "--output-file", "specs")
    assert result.exit_code == 2
    assert result.stderr.startswith("error: 'specs' can't be written: ")


def test_several_reports_at_once(run: Run, broken: Path, here: Path) -> None:
    reports = ("--report", "sarif=found.sarif", "--report", "junit=found.xml")
    result = run("validate", "specs", *reports)
    assert (result.exit_code, result.stdout) == (1, run("validate", "specs").stdout)
    sarif = json.loads((here / "found.sarif").read_text(encoding="utf-8"))
    assert "KeyUnknown" in [found["ruleId"] for found in sarif["runs"][0]["results"]]
    before = (here / "found.sarif").read_bytes(), (here / "found.xml").read_bytes()
    assert before[1].startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n')
    assert run("validate", "specs", *reports, "--jobs", "1").exit_code == 1
    assert ((here / "found.sarif").read_bytes(), (here / "found.xml").read_bytes()) == before


def test_either_all_reports_are_written_or_none(run: Run, broken: Path, here: Path) -> None:
    (here / "old.xml").write_text("old", encoding="utf-8")
    reports = ("--report", "junit=old.xml", "--report", "json=new.json", "--report", "sarif=specs")
    result = run("validate", "specs", *reports)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: 'specs' can't be written: ")
    assert (here / "old.xml").read_text(encoding="utf-8") == "old"
    assert not (here / "new.json").exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--report", "sarif"), "error: '--report sarif' isn't FORMAT=FILE\n"),
        (("--report", "pdf=x"), "error: '--report pdf=x' isn't FORMAT=FILE\n"),
        (("--report", "json="), "error: '--report json=' isn't FORMAT=FILE\n"),
        (("--report", "json=x", "--report", "junit=./x"), "error: two reports would be written to './x'\n"),
        (("--report", "json=x", "--output-file", "x"), "error: two reports would be written to 'x'\n"),
        (("--report", "json=specs/orders.yaml"), "error: 'specs/orders.yaml' would be overwritten\n"),
    ],
)
def test_a_report_that_cannot_be(run: Run, spec: Path, options: tuple[str, ...], message: str) -> None:
    result = run("validate", "specs", *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(message)


def test_quiet_prints_findings_only(run: Run, spec: Path) -> None:
    assert run("validate", "specs", "--quiet").output == ""
    changed(spec, "request:", "reqest:")
    assert "in 1 file" not in run("validate", "specs", "-q").output


def test_verbose_names_what_was_checked(run: Run, spec: Path, here: Path) -> None:
    (here / "specs/flows").mkdir()
    (here / "specs/flows/connector.yaml").write_text(spec.read_text(encoding="utf-8"), encoding="utf-8")
    result = run("validate", "specs", "--verbose")
    assert (result.exit_code, result.stdout) == (0, "no problems in 2 files\n")
    assert result.stderr == "checked the spec specs/flows\nchecked the spec specs/orders.yaml\n"


def test_fail_on(run: Run, spec: Path) -> None:
    changed(spec, "actions:", "parameters: {unused: A parameter that nothing uses.}\nactions:")
    assert [run("validate", "specs", "--fail-on", level).exit_code for level in ("error", "warning", "never")] == [
        0,
        1,
        0,
    ]
    changed(spec, "request:", "reqest:")
    assert run("validate", "specs", "--fail-on", "never").exit_code == 0


def test_select_and_ignore(run: Run, spec: Path) -> None:
    changed(spec, "actions:", "parameters: {unused: A parameter that nothing uses.}\nactions:")
    assert "TemplateUnused" in run("validate", "specs").stdout
    assert "TemplateUnused" not in run("validate", "specs", "--ignore", "IgnoreUnused,TemplateUnused").stdout
    assert "TemplateUnused" not in run("validate", "specs", "--select", "IgnoreUnused").stdout
    assert "TemplateUnused" in run("validate", "specs", "--select", "ignoreunused", "--select", "templateunused").stdout


def test_what_is_fixed_is_reported_whatever_is_selected(run: Run, broken: Path) -> None:
    assert "KeyUnknown" in run("validate", "specs", "--select", "TemplateUnused").stdout


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            ["--ignore", "TemplateUnusd"],
            "error: there is no rule 'TemplateUnusd'\nhelp: did you mean 'TemplateUnused'?\n",
        ),
        (["--select", "Zzzz"], "error: there is no rule 'Zzzz'\nhelp: 'connector-builder rules' lists them\n"),
        (["--ignore", "KeyUnknown"], "error: 'KeyUnknown' can't be ignored\nhelp: correct what it finds\n"),
        (["--var", "x"], "error: '--var' expects NAME=VALUE; a name consists of letters, digits and '_'\n"),
        (
            ["--vars-file", "gone.yaml"],
            "error: the variables in 'gone.yaml' can't be read: there is no file 'gone.yaml'\n",
        ),
    ],
)
def test_misuse_of_options(run: Run, spec: Path, options: list[str], message: str) -> None:
    result = run("validate", "specs", *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(message)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["validate"], "Missing argument 'PATH...'"),
        (["validate", "specs", "--fomat", "json"], "No such option"),
        (["validate", "specs", "--format", "xml"], "'xml' is not one of 'text', 'json'"),
        (["validate", "specs", "--jobs", "0"], "0 is not in the range x>=1"),
        (["vaildate"], "No such command 'vaildate'"),
    ],
)
def test_misuse_that_click_finds(run: Run, spec: Path, arguments: list[str], words: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr


def test_misuse_of_paths(run: Run, here: Path) -> None:
    result = run("validate", "nowhere")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "error: there is no file or folder 'nowhere'\n"
    (here / "empty").mkdir()
    result = run("validate", "empty")
    assert result.exit_code == 2
    assert result.stderr == (
        "error: 'empty' contains neither a spec nor a package\n"
        "help: a spec is a YAML file that begins with 'connector:', a package has an apiDefinition.swagger.json\n"
    )


def test_variables_reach_the_spec(run: Run, spec: Path, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed(spec, "https://api.contoso.example/v1", "https://${HOST}/v1")
    assert "the variable 'HOST' isn't set" in run("validate", "specs").stdout
    assert run("validate", "specs", "--var", "HOST=api.contoso.example").exit_code == 0
    (here / "vars.yaml").write_text("HOST: api.contoso.example\n", encoding="utf-8")
    assert run("validate", "specs", "--vars-file", "vars.yaml").exit_code == 0
    monkeypatch.setenv("HOST", "api.contoso.example")
    assert run("validate", "specs").exit_code == 1
    monkeypatch.setenv("CONNECTOR_HOST", "api.contoso.example")
    assert run("validate", "specs").exit_code == 0


def test_the_configuration_counts_and_the_command_line_wins(run: Run, spec: Path, here: Path) -> None:
    changed(spec, "actions:", "parameters: {unused: A parameter that nothing uses.}\nactions:")
    (here / "connector-builder.yaml").write_text("fail-on: warning\nformat: json\n", encoding="utf-8")
    result = run("validate", "specs")
    assert (result.exit_code, json.loads(result.stdout)["summary"]["warnings"]) == (1, 1)
    assert run("validate", "specs", "--fail-on", "error", "--format", "text").exit_code == 0
    (here / "connector-builder.yaml").write_text("fail-onn: warning\n", encoding="utf-8")
    result = run("validate", "specs")
    assert result.exit_code == 2
    assert result.stderr == (
        f"error: '{here / 'connector-builder.yaml'}': unknown key 'fail-onn'\nhelp: did you mean 'fail-on'?\n"
    )


def test_ignore_comments(run: Run, spec: Path) -> None:
    changed(
        spec,
        "actions:",
        "parameters:\n  unused: Nothing uses it.  # connector-builder: ignore[TemplateUnused] soon\nactions:",
    )
    assert run("validate", "specs").stdout == "no problems in 1 file\n"
    changed(spec, "ignore[TemplateUnused]", "ignore[TemplateUnused, IconNotCertifiable]")
    assert run("validate", "specs").stdout == (
        "specs/orders.yaml:7:73: warning: the comment hides nothing: 'IconNotCertifiable' finds nothing here [IgnoreUnused]\n"
        "   7 |   unused: Nothing uses it.  # connector-builder: ignore[TemplateUnused, IconNotCertifiable] soon\n"
        "     |                                                                         ^^^^^^^^^^^^^^^^^^\n"
        "     help: remove it\n"
        "\n"
        "1 warning in 1 file\n"
    )


def test_a_definition_by_itself_and_a_package(run: Run, here: Path) -> None:
    (here / "swagger.json").write_text('{"swagger": "2.0",}', encoding="utf-8")
    result = run("validate", "swagger.json")
    assert result.exit_code == 1
    assert result.stdout == (
        "swagger.json:1:18: error: nothing follows this comma [SyntaxNotValid]\n"
        '   1 | {"swagger": "2.0",}\n'
        "     |                  ^\n"
        "     help: remove it\n"
        "\n"
        "1 error in 1 file\n"
    )
    (here / "package").mkdir()
    (here / "package/apiProperties.json").write_text('{"properties": 1}', encoding="utf-8")
    assert "package/apiProperties.json:1:16: error: " in run("validate", "package").stdout


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a folder that can't be read")
def test_a_folder_that_cannot_be_read(run: Run, here: Path) -> None:
    (here / "closed").mkdir(mode=0)
    assert run("validate", "closed").exit_code == 2


@pytest.mark.parametrize(
    "command",
    [
        ("validate", "specs"),
        ("build",),
        ("view", "specs"),
        ("diff", "specs/orders.yaml", "specs/orders.yaml"),
        ("preview", "specs", "--html", "preview.html"),
    ],
)
def test_a_variable_that_no_spec_uses_is_misuse(run: Run, spec: Path, here: Path, command: tuple[str, ...]) -> None:
    changed(spec, "api.contoso.example", "${HOST:-api.contoso.example}")
    result = run(*command, "--var", "HOTS=hunter2")
    assert result.exit_code == 2
    assert result.stderr == "error: no spec of this run uses the variable 'HOTS'\nhelp: did you mean 'HOST'?\n"
    assert not (here / "output").exists()
    assert run(*command, "--var", "HOST=api.contoso.example").exit_code == 0


def test_two_specs_of_one_package_are_told_before_a_build_refuses_them(run: Run, spec: Path, here: Path) -> None:
    (here / "specs/orders").mkdir()
    (here / "specs/orders/connector.yaml").write_bytes(spec.read_bytes())
    for composed in ("f\u00fcr", "fu\u0308r"):
        (here / f"specs/{composed}.yaml").write_bytes(spec.read_bytes())
    found = [line for line in run("validate", "specs").stdout.splitlines() if "SpecNameTaken" in line]
    if len(list((here / "specs").glob("f*r.yaml"))) == 2:  # not on a file system that knows them as one name
        assert found.pop(0).endswith("would both be built to 'fur' [SpecNameTaken]")
    said = "'specs/orders' and 'specs/orders.yaml' would both be built to 'orders'"
    assert found == [f"specs/orders/connector.yaml:1:1: error: {said} [SpecNameTaken]"]
    assert run("validate", "specs/orders.yaml").exit_code == 1


def test_a_file_of_variables_may_be_for_more_specs(run: Run, spec: Path, here: Path) -> None:
    changed(spec, "api.contoso.example", "${HOST:-api.contoso.example}")
    (here / "vars.yaml").write_text("HOST: api.contoso.example\nTENANT: x\n", encoding="utf-8")
    assert run("validate", "specs/orders.yaml", "--vars-file", "vars.yaml").exit_code == 0
    for whole in ("specs", "."):
        result = run("validate", whole, "--vars-file", "vars.yaml")
        assert result.exit_code == 2
        assert result.stderr == (
            "error: vars.yaml:2:1: no spec of this run uses the variable 'TENANT'\n"
            "help: the variables of the specs are 'HOST'\n"
        )


def test_a_variable_in_a_part_that_is_left_out_is_used(run: Run, spec: Path) -> None:
    changed(spec, "auth: {type: none}", 'auth: {type: none}\nowner: ["${OWNER}", {a: "${TEAM:-x}"}]')
    result = run("validate", "specs", "--var", "OWNER=x", "--var", "TEAM=y")
    assert (result.exit_code, result.stderr) == (1, "")


def test_the_variables_of_a_spec_that_cannot_be_read_are_not_known(run: Run, spec: Path) -> None:
    changed(spec, "auth: {type: none}", "auth: {type: none")
    assert run("validate", "specs", "--var", "OWNER=x").exit_code == 1


def test_variables_are_known_of_all_processes(run: Run, spec: Path) -> None:
    content = spec.read_text(encoding="utf-8")
    for number in range(64):
        (spec.parent / f"s{number}.yaml").write_text(content.replace("v1", f"${{V{number}:-v1}}"), encoding="utf-8")
    result = run("validate", "specs", "--jobs", "2", "--var", "V63=v2", "--var", "V64=v2")
    assert (result.exit_code, result.stderr) == (
        2,
        "error: no spec of this run uses the variable 'V64'\nhelp: did you mean 'V6'?\n",
    )


def test_a_rule_that_a_configuration_names_wrongly_is_reported_with_the_file(run: Run, spec: Path, here: Path) -> None:
    (here / "connector-builder.yaml").write_text("ignore: [TemplateUnusd]\n", encoding="utf-8")
    result = run("validate", "specs")
    file = here / "connector-builder.yaml"
    assert result.exit_code == 2
    assert result.stderr == f"error: '{file}': there is no rule 'TemplateUnusd'\nhelp: did you mean 'TemplateUnused'?\n"
