"""The template of Azure Pipelines: its parameters, and its steps as the agent runs them."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from connector_builder import __version__
from tests.support.ci_systems.azure_template import expanded, run_template

ROOT = Path(__file__).parents[2]
FILE = ROOT / "pipelines/azure/connector-builder.yml"
TEMPLATE: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))


def test_the_template_installs_this_version() -> None:
    defaults = {one["name"]: one["default"] for one in TEMPLATE["parameters"]}
    assert defaults["requirement"] == f"connector-builder=={__version__}"


def test_no_script_contains_an_expression() -> None:
    assert not [step["displayName"] for step in TEMPLATE["steps"] if "${{" in step.get("bash", "")]


def test_an_unknown_parameter_fails() -> None:
    assert expanded({"a": ["${{ parameters.x }}"]}, {"x": 1}) == {"a": ["1"]}
    with pytest.raises(KeyError):
        expanded("${{ parameters.y }}", {"x": 1})


@pytest.mark.installs
@pytest.mark.skipif(shutil.which("bash") is None, reason="the steps are scripts of bash")
def test_the_steps_report_what_they_find(checkout: Path, tmp_path: Path) -> None:
    given = {"requirement": str(ROOT), "buildCheck": False, "paths": ["specs/orders.yaml", "specs/broken.yaml"]}
    _, installed, checked, published, compared = run_template(TEMPLATE, checkout, tmp_path, given, "PullRequest")
    assert installed.status == 0, installed.output
    assert checked.status == 1
    assert "##vso[task.logissue type=error;sourcepath=specs/broken.yaml;linenumber=8;" in checked.output
    assert checked.summary.startswith("### connector-builder: 1 error in 2 files\n")
    assert (published.status, (checkout / "connectors.xml").is_file()) == (None, True)
    assert compared.status == 1, "a shallow checkout has no target branch"
    assert "fetchDepth: 0" in compared.output
    assert not (checkout / "RUN").exists(), "a module of the repository was run"
