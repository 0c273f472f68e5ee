import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.support.cli_specs import SPEC, changed

Run = Callable[..., Result]
BUILT = "built 'Contoso Orders' in output/orders: 1 operation, 6 files written\nno problems in 1 file\n"
FILES = [
    ".connector-builder/orders.json",
    "orders/README.md",
    "orders/apiDefinition.swagger.json",
    "orders/apiProperties.json",
    "orders/icon.png",
    "orders/samples/ListOrders.200.json",
    "orders/settings.json",
]


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in files(folder)}


def test_a_spec_becomes_a_package_and_again_the_same(run: Run, spec: Path, here: Path) -> None:
    result = run("build")
    assert (result.exit_code, result.stdout, result.stderr) == (0, BUILT, "")
    assert files(here / "output") == FILES
    before = contents(here / "output")
    result = run("build", "specs/orders.yaml")
    assert result.stdout == "built 'Contoso Orders' in output/orders: 1 operation, unchanged\nno problems in 1 file\n"
    assert contents(here / "output") == before


def test_output_and_quiet_and_verbose(run: Run, spec: Path, here: Path) -> None:
    assert run("build", "-o", "built/here", "--quiet").output == ""
    assert files(here / "built/here") == FILES
    result = run("build", "--verbose")
    assert result.stdout.splitlines()[1:] == [
        *(f"wrote output/{name}" for name in FILES[1:]),
        "no problems in 1 file",
    ]


def test_check_in_every_format(run: Run, spec: Path, here: Path) -> None:
    assert run("build").exit_code == 0
    (here / "output/orders/README.md").write_text("mine", encoding="utf-8")
    (here / "output/orders/icon.png").unlink()
    for name, said in (
        ("github", "::error title=OutputDiffers,file=output/orders/README.md,line=1::this file would be changed by a build"),
        ("azure", "sourcepath=output/orders/icon.png;linenumber=1;columnnumber=1;code=OutputDiffers]this file is missing, and would be added by a build"),
        ("junit", 'name="OutputDiffers: this file would be changed by a build"'),
        ("sarif", '"ruleId": "OutputDiffers"'),
        ("gitlab", '"check_name": "OutputDiffers"'),
        ("markdown", "| error | output/orders/README.md:1:1 | this file would be changed by a build<br>"),
    ):  # fmt: skip
        result = run("build", "--check", "--format", name)
        assert (result.exit_code, said in result.stdout) == (1, True), result.stdout
    assert "OutputDiffers" not in run("build", "--check").stdout
    report = json.loads(run("build", "--check", "--format", "json").stdout)
    assert (report["findings"], [one["kind"] for one in report["differences"]]) == ([], ["changed", "missing"])
    assert run("build", "--force", "--format", "github").stdout == "no problems in 1 file\n"


def test_check(run: Run, spec: Path, here: Path) -> None:
    result = run("build", "--check")
    assert result.exit_code == 1
    assert not (here / "output").exists()
    assert run("build").exit_code == 0
    result = run("build", "--check")
    assert (result.exit_code, result.stdout) == (0, "output is what would be built\nno problems in 1 file\n")
    changed(spec, "description: Lists the orders.", "description: Lists all orders.")
    before = contents(here / "output")
    result = run("build", "--check")
    assert result.exit_code == 1
    assert (
        '-        "description": "Lists the orders.",\n+        "description": "Lists all orders.",\n' in result.stdout
    )
    assert result.stdout.endswith(
        "3 files in output would change: run 'connector-builder build' and commit what it writes\n"
    )
    assert contents(here / "output") == before
    quiet = run("build", "--check", "--quiet")
    named = [f"output/{name}: would change" for name in (FILES[1], FILES[2], FILES[0])]
    assert (quiet.exit_code, quiet.stdout.splitlines()[:3], result.stdout.splitlines()[:3]) == (1, named, named)
    assert "files in output would change" not in quiet.stdout
    programs = json.loads(run("build", "--check", "--format", "json").stdout)["differences"]
    assert [(one["file"], one["kind"], one["foreign"]) for one in programs] == [
        (f"output/{name}", "changed", False) for name in (FILES[1], FILES[2], FILES[0])
    ]
    assert '+        "description": "Lists all orders.",\n' in programs[1]["diff"]
    assert '+        "description": "Lists all orders.",\n' in quiet.stdout


def test_json_leaves_standard_output_to_the_report(run: Run, spec: Path) -> None:
    result = run("build", "--format", "json")
    assert json.loads(result.stdout) == {
        "findings": [],
        "summary": {"files": 1, "errors": 0, "warnings": 0, "notes": 0},
    }
    assert result.stderr == BUILT.splitlines(keepends=True)[0]


def test_a_finding_stops_all(run: Run, spec: Path, here: Path) -> None:
    (here / "specs/other.yaml").write_text(SPEC.replace("request:", "reqest:"), encoding="utf-8")
    result = run("build")
    assert result.exit_code == 1
    assert "specs/other.yaml:8:5: error: unknown key 'reqest'" in result.stdout
    assert result.stdout.endswith("nothing was written\n1 error in 2 files\n")
    assert not (here / "output").exists()
    result = run("build", "--check")
    assert (result.exit_code, result.stdout.endswith("nothing was written\n1 error in 2 files\n")) == (1, True)


def test_fail_on(run: Run, spec: Path, here: Path) -> None:
    changed(spec, "actions:", "parameters: {unused: Nothing uses it.}\nactions:")
    assert run("build", "--fail-on", "warning").exit_code == 1
    assert not (here / "output").exists()
    assert run("build").exit_code == 0
    changed(spec, "request:", "reqest:")
    assert run("build").exit_code == 1
    assert run("build", "--fail-on", "never").exit_code == 0


def test_what_cannot_be_compiled_keeps_its_package(run: Run, spec: Path, here: Path) -> None:
    run("build")
    before = contents(here / "output")
    spec.write_text("connector: [", encoding="utf-8")
    (here / "specs/other.yaml").write_text(SPEC, encoding="utf-8")
    result = run("build", "--fail-on", "never")
    assert result.exit_code == 1
    assert "left out specs/orders.yaml: it can't be built, and output/orders stays as it is\n" in result.stdout
    after = contents(here / "output")
    assert {name: after[name] for name in before} == before
    assert "other/apiDefinition.swagger.json" in after


def test_a_build_of_all_removes_packages_whose_spec_is_gone(run: Run, spec: Path, here: Path) -> None:
    (here / "specs/other.yaml").write_text(SPEC, encoding="utf-8")
    run("build")
    spec.unlink()
    result = run("build", "specs/other.yaml")
    assert (here / "output/orders").exists()
    result = run("build")
    assert result.stdout.splitlines()[:-1] == [
        "built 'Contoso Orders' in output/other: 1 operation, unchanged",
        "removed output/orders: its spec is gone",
    ]
    assert not (here / "output/orders").exists()


def test_files_of_others_are_left_alone(run: Run, spec: Path, here: Path) -> None:
    run("build")
    (here / "output/.connector-builder/orders.json").unlink()
    (here / "output/orders/README.md").write_text("mine", encoding="utf-8")
    result = run("build")
    assert result.exit_code == 2
    assert result.stderr == (
        "error: 'output/orders/README.md' is in the way, and no build wrote it\n"
        "help: move what you want to keep, or replace it with --force\n"
    )
    assert (here / "output/orders/README.md").read_text(encoding="utf-8") == "mine"
    assert run("build", "--force").exit_code == 0
    assert (here / "output/orders/README.md").read_text(encoding="utf-8") != "mine"


def test_a_file_that_was_edited_is_replaced_and_it_is_said(run: Run, spec: Path, here: Path) -> None:
    run("build")
    (here / "output/orders/README.md").write_text("mine", encoding="utf-8")
    assert run("build").stdout.splitlines()[:-1] == [
        "built 'Contoso Orders' in output/orders: 1 operation, 1 file written",
        "note: output/orders/README.md had been changed since it was built, and was replaced",
    ]


def test_target_and_minify(run: Run, spec: Path, here: Path) -> None:
    changed(spec, "auth:", '  stackOwner: Contoso\n  publisher: Contoso\n  brandColor: "#0B556A"\nauth:')
    properties = here / "output/orders/apiProperties.json"
    result = run("build")
    assert (result.exit_code, "stackOwner" in properties.read_text(encoding="utf-8")) == (0, False)
    assert result.stdout.splitlines()[-1].startswith("no problems")
    run("build", "--target", "certification", "--fail-on", "never")  # a submission requires more than this spec has
    assert json.loads(properties.read_bytes())["properties"]["stackOwner"] == "Contoso"
    run("build", "--minify")
    assert properties.read_bytes().startswith(b'{"properties":{')
    (here / "connector-builder.yaml").write_text(
        "target: certification\nminify: true\noutput: elsewhere\nfail-on: never\n", encoding="utf-8"
    )
    assert run("build").exit_code == 0
    assert (
        json.loads((here / "elsewhere/orders/apiProperties.json").read_bytes())["properties"]["stackOwner"] == "Contoso"
    )
    assert run("build", "--no-minify", "--target", "upload", "-o", "elsewhere").exit_code == 0
    assert (here / "elsewhere/orders/apiProperties.json").read_bytes().startswith(b'{\n  "properties": {')


def test_what_paconn_wrote_is_kept_and_what_is_dropped_is_said(run: Run, spec: Path, here: Path) -> None:
    run("build")
    settings = here / "output/orders/settings.json"
    data = json.loads(settings.read_bytes()) | {"connectorId": "shared_orders", "environment": "one"}
    settings.write_text(json.dumps(data), encoding="utf-8")
    assert run("build").stdout.splitlines()[0].endswith("1 operation, unchanged")
    assert run("build", "--check").exit_code == 0
    changed(spec, "auth:", "settings: {environment: two}\nauth:")
    result = run("build")
    assert json.loads(settings.read_bytes())["connectorId"] is None
    assert "note: output/orders: connectorId 'shared_orders' is dropped from settings.json" in result.stdout


@pytest.fixture
def deployed(run: Run, spec: Path, here: Path) -> Path:
    """A package that paconn deployed, whose spec is then renamed."""
    run("build")
    settings = here / "output/orders/settings.json"
    data = json.loads(settings.read_bytes()) | {"connectorId": "shared_orders", "environment": "one"}
    settings.write_text(json.dumps(data), encoding="utf-8")
    return spec.rename(spec.with_name("sales.yaml"))


def test_a_connectors_id_moves_along_where_its_spec_is_renamed(run: Run, deployed: Path, here: Path) -> None:
    result = run("build")
    data = json.loads((here / "output/sales/settings.json").read_bytes())
    assert (data["connectorId"], data["environment"]) == ("shared_orders", "one")
    assert not (here / "output/orders").exists()
    assert (
        "note: output/sales: continues 'orders', whose spec is gone: its settings.json with connectorId 'shared_orders' moved here\n"
    ) in result.stdout
    assert "was removed with" not in result.stdout


def test_a_connectors_id_is_never_dropped_unsaid(run: Run, deployed: Path, here: Path) -> None:
    changed(deployed, "title: ", "title: Other ")
    result = run("build")
    assert json.loads((here / "output/sales/settings.json").read_bytes())["connectorId"] is None
    assert "note: 'orders' was removed with connectorId 'shared_orders'. If another package continues" in result.stdout


def test_of_two_packages_with_the_title_none_takes_the_id(run: Run, deployed: Path, here: Path) -> None:
    deployed.with_name("more.yaml").write_bytes(deployed.read_bytes())
    result = run("build")
    ids = [
        json.loads((here / f"output/{name}/settings.json").read_bytes())["connectorId"] for name in ("more", "sales")
    ]
    assert sorted(ids, key=str) == [None, "shared_orders"]
    assert result.stdout.count("moved here") == 1


def test_a_settings_file_that_cannot_be_read_is_a_finding(run: Run, spec: Path, here: Path) -> None:
    run("build")
    settings = here / "output/orders/settings.json"
    broken = '{\n  "connectorId": "a",\n  "environment": "b",\n}\n'
    settings.write_text(broken, encoding="utf-8", newline="\n")
    result = run("build")
    assert result.exit_code == 1
    message = "settings.json can't be read: nothing follows this comma"
    assert f'output/orders/settings.json:3:21: error: {message} [FileNotReadable]\n   3 |   "env' in result.stdout
    assert "help: mend it, or remove it: a build writes a new one" in result.stdout
    assert settings.read_text(encoding="utf-8") == broken


def test_the_check_of_files_in_the_way_tells_what_a_build_would_refuse(run: Run, spec: Path, here: Path) -> None:
    for name in ("orders/README.md", "orders/icon.png"):
        path = here / "output" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("mine\n", encoding="utf-8", newline="\n")
    result = run("build", "--check")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[-2:] == [
        "7 files in output would change, of which no build wrote 'output/orders/README.md', 'output/orders/icon.png'",
        "move what you want to keep, then run 'connector-builder build --force' and commit what it writes",
    ]
    assert run("build").exit_code == 2
    assert run("build", "--force").exit_code == 0
    assert run("build", "--check").exit_code == 0


@pytest.mark.parametrize("name", ["specs/orders.yaml", "notes.YML"])
def test_findings_are_not_written_over_yaml(name: str, run: Run, spec: Path, here: Path) -> None:
    (here / "notes.YML").write_text("a: 1\n", encoding="utf-8", newline="\n")
    before = (here / name).read_bytes()
    result = run("build", "--output-file", name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        f"error: '{name}' would be overwritten\nhelp: findings aren't written as YAML: name a file for them\n"
    )
    assert (here / name).read_bytes() == before


def test_a_spec_beside_which_there_is_another_of_its_name(run: Run, spec: Path, here: Path) -> None:
    (here / "specs/orders").mkdir()
    (here / "specs/orders/connector.yaml").write_text(SPEC, encoding="utf-8")
    for named, other in (("specs/orders.yaml", "specs/orders"), ("specs/orders", "specs/orders.yaml")):
        result = run("build", named)
        assert (result.exit_code, result.stdout) == (2, "")
        message = f"error: '{named}' and '{other}' would both be built to 'orders'\nhelp: rename one of them\n"
        assert result.stderr == message
    assert not (here / "output").exists()


def test_two_specs_of_one_name(run: Run, spec: Path, here: Path) -> None:
    (here / "specs/Orders.yml").write_text(SPEC, encoding="utf-8")
    result = run("build")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "error: 'specs/Orders.yml' and 'specs/orders.yaml' would both be built to 'orders'\nhelp: rename one of them\n"
    )
    assert not (here / "output").exists()


def test_nothing_to_build(run: Run, here: Path) -> None:
    result = run("build")
    assert result.exit_code == 2
    assert result.stderr == (
        "error: there is no folder 'specs' here\n"
        "help: name a spec, or start one: connector-builder init specs/my-connector\n"
    )


def test_a_package_is_no_spec(run: Run, spec: Path) -> None:
    run("build")
    result = run("build", "output/orders")
    assert result.exit_code == 2
    assert result.stderr.startswith("error: 'output/orders' is a built package, not a spec\n".replace("/", "/"))


def test_output_that_cannot_be_written_is_misuse(run: Run, spec: Path) -> None:
    result = run("build", "-o", "specs/orders.yaml")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "error: 'specs/orders.yaml' is a file, but must be a folder\nhelp: move it, or name another with -o\n"
    )


def test_json_and_a_difference(run: Run, spec: Path) -> None:
    result = run("build", "--check", "--format", "json")
    assert (result.exit_code, json.loads(result.stdout)["findings"]) == (1, [])
    assert result.stderr.endswith(
        "7 files in output would change: run 'connector-builder build' and commit what it writes\n"
    )


def test_the_value_of_a_variable_is_not_said(run: Run, spec: Path) -> None:
    changed(spec, "title: Contoso Orders", "title: Orders of ${SHOP}")
    result = run("build", "--var", "SHOP=Contoso-West")
    assert result.exit_code == 0
    assert "Contoso-West" not in result.output


def test_a_spec_named_from_inside_its_folder(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "My Orders").mkdir()
    (here / "My Orders/connector.yaml").write_text(SPEC, encoding="utf-8")
    monkeypatch.chdir(here / "My Orders")
    assert run("build", ".").stdout.splitlines()[0].endswith("in output/my-orders: 1 operation, 6 files written")
    assert run("build", "connector.yaml").stdout.splitlines()[0].endswith("in output/my-orders: 1 operation, unchanged")


def test_titles_from_input_are_escaped(run: Run, spec: Path) -> None:
    changed(spec, "title: Contoso Orders", r'title: "\e[31m##vso[x]"')
    result = run("build", "--fail-on", "never")
    assert result.exit_code == 0
    assert "\x1b" not in result.output
    assert "##vso[" not in result.output
    assert r"built '\x1b[31m\x23#vso[x]' in output/orders" in result.stdout
