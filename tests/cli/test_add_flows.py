"""`add` and `import --as power-automate`: an operation of Azure Logic Apps into our own connector for Power Automate."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
SPEC = Path(__file__).parents[2] / "specs/power-automate-management"
AT = "https://management.azure.com/subscriptions/1/resourceGroups/a/providers/Microsoft.Logic/workflows/b"


@pytest.fixture
def flows(here: Path) -> Path:
    return Path(shutil.copytree(SPEC, here / "flows"))


@pytest.mark.parametrize(
    ("option", "request_", "file", "expected"),
    [
        ([], f"GET {AT}/triggers/manual?api-version=2016-06-01", "3-triggers",
         "GetFlowTrigger: GET /environments/{environment}/flows/{flow}/triggers/{trigger}"),
        (["--as", "power-automate"], f"curl '{AT}/runs/0858/actions/Do_it/scopeRepetitions?api-version=2016-06-01&$top=5' -H 'Authorization: Bearer PLANTED'", "2-runs",
         ("ListFlowRunActionScopeRepetitions:\n"
          "  request: GET /environments/{environment}/flows/{flow}/runs/{run}/actions/{action}/scopeRepetitions?$top")),
    ],
)  # fmt: skip
def test_a_new_operation(run: Run, flows: Path, option: list[str], request_: str, file: str, expected: str) -> None:
    path = flows / f"actions/{file}.yaml"
    before = path.read_text(encoding="utf-8")
    result = run("add", "flows", request_, *option)
    assert result.exit_code == 0, result.output
    assert path.read_text(encoding="utf-8") == f"{before}\n{expected}\n"
    assert "PLANTED" not in result.output
    assert run("build", "flows").exit_code == 0


@pytest.mark.parametrize(
    ("request_", "message", "cure"),
    [
        (f"POST {AT}/disable", "the spec has POST /environments/{environment}/flows/{flow}/stop already: 'StopFlow'", "change it there"),
        (f"PUT {AT}", "the spec has POST /environments/{environment}/flows already: 'CreateFlow'", "change it there"),
        (f"GET {AT}/versions", "Power Automate has no 'GET /workflows/{flow}/versions'", "Dataverse keeps the versions of flows in solutions"),
    ],
)  # fmt: skip
def test_what_is_there_or_cannot_be(run: Run, flows: Path, request_: str, message: str, cure: str) -> None:
    result = run("add", "flows", request_)
    assert (result.exit_code, result.stderr) == (2, f"error: {message}\nhelp: {cure}\n")


def test_misuse(run: Run, flows: Path, here: Path) -> None:
    result = run("add", "flows", "GET /environments/x/flows", "--as", "power-automate")
    assert (result.exit_code, result.stderr) == (
        2,
        "error: '/environments/x/flows' isn't an operation of Azure Logic Apps\nhelp: leave out --as\n",
    )
    (here / "a.yaml").write_text("openapi: 3.0.3\npaths: {}\n", encoding="utf-8")
    result = run("import", "a.yaml", "--as", "power-automate", "-o", "b.yaml")
    message = "--as is for recorded calls and for Azure's Swagger, and 'a.yaml' is an OpenAPI 3 document"
    assert (result.exit_code, result.stderr) == (2, f"error: {message}\nhelp: leave it out\n")
