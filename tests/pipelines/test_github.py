"""The action and the reusable workflow, run step by step as GitHub runs them."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from connector_builder import __version__
from tests.support.ci_systems.pipelines import Job, evaluated

ROOT = Path(__file__).parents[2]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
WORKFLOW: dict[Any, Any] = yaml.safe_load(
    (ROOT / ".github/workflows/deploy-connectors.yml").read_text(encoding="utf-8")
)
needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="the steps are scripts of bash")


def inputs(given: dict[str, Any], **more: str) -> dict[str, str]:
    return {
        f"inputs.{name}": str(more.get(name.replace("-", "_"), one.get("default", ""))) for name, one in given.items()
    }


@pytest.mark.parametrize(
    "steps", [ACTION["runs"]["steps"], WORKFLOW["jobs"]["deploy"]["steps"]], ids=["action", "workflow"]
)
def test_no_script_contains_an_expression(steps: list[dict[str, Any]]) -> None:
    assert not [step["name"] for step in steps if "${{" in step.get("run", "")]


def test_the_workflow_installs_this_version() -> None:
    assert (
        WORKFLOW[True]["workflow_call"]["inputs"]["requirement"]["default"] == f"connector-builder[live]=={__version__}"
    )


def test_an_expression_that_the_runner_does_not_know_fails() -> None:
    assert evaluated("inputs.a || github.base_ref", {"inputs.a": "", "github.base_ref": "main"}) == "main"
    with pytest.raises(KeyError):
        evaluated("inputs.b == 'x'", {})


@pytest.fixture(scope="module")
def job(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Job:
    """A job after the action in which specs aren't built, and a spec is broken."""
    names = inputs(ACTION["inputs"], build_check="false") | {"github.base_ref": "main"}
    job = Job(checkout, tmp_path_factory.mktemp("runner"), names, {"GITHUB_ACTION_PATH": str(ROOT)})
    job.run(ACTION["runs"]["steps"])
    return job


@needs_bash
@pytest.mark.installs
def test_the_action_reports_what_it_finds_and_what_the_change_breaks(job: Job, checkout: Path) -> None:
    assert [(one.name, one.status) for one in job.done[1:]] == [
        ("Install connector-builder", 0),
        ("Check the connectors", 1),
        ("Compare the specs with the base branch", 0),
        ("Upload the findings to code scanning", None),
    ], job.done
    _, _, checked, compared, _ = job.done
    assert "::error title=RequestNotValid,file=specs/broken.yaml,line=8" in checked.output
    assert checked.summary.startswith("### connector-builder: 1 error in 2 files\n")
    assert "ListOrders" in compared.summary
    assert job.names["steps.validate.outputs.sarif"] == "connectors.sarif"
    assert (checkout / "connectors.sarif").is_file()
    assert not (checkout / "RUN").exists(), "a module of the repository was run"


@needs_bash
@pytest.mark.installs
def test_the_action_compares_packages_with_specs(job: Job, checkout: Path) -> None:
    names = inputs(ACTION["inputs"], paths="specs/orders.yaml\n\n") | {"github.base_ref": ""}
    again = Job(checkout, job.home / "again", names, {"GITHUB_ACTION_PATH": str(ROOT)}, job.path)
    again.run([{"id": "install"}, *ACTION["runs"]["steps"][2:]])
    check, compared = again.done[1:3]
    assert check.status == 1
    assert "file=output/orders" in check.output
    assert compared.status is None


@needs_bash
@pytest.mark.installs
def test_the_workflow_deploys(checkout: Path, tmp_path: Path) -> None:
    given = inputs(
        WORKFLOW[True]["workflow_call"]["inputs"],
        environment="https://contoso.crm.dynamics.com",
        specs="specs/orders.yaml\n",
        solution="ContosoConnectors",
        requirement=f"{ROOT}[live]",
        dry_run="true",
        tenant_id="11111111-2222-3333-4444-555555555555",
        client_id="66666666-7777-8888-9999-000000000000",
    )
    done = Job(checkout, tmp_path, given).run(WORKFLOW["jobs"]["deploy"]["steps"])
    deployed = done["Deploy the connectors"]
    assert deployed.status == 0, deployed.output
    assert "POST https://contoso.crm.dynamics.com/api/data/v9.2/connectors" in deployed.output
