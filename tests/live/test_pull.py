"""`pull`, against stand-ins."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.stand_ins.entra import APP, CLIENT, SECRET, TENANT, Entra
from tests.live.stand_ins.power_platform import ENVIRONMENT, ORGANISATION, Platform
from tests.live.stand_ins.program import Program
from tests.live.test_deploy import ID, ON, SPEC
from tests.support.programs.stand_in import Reply

FROM = ("-e", "Acme Dev")
AS_APP = {"AZURE_TENANT_ID": TENANT, "AZURE_CLIENT_ID": APP, "AZURE_CLIENT_SECRET": SECRET}


@pytest.fixture
def entra() -> Iterator[Entra]:
    with Entra() as entra:
        yield entra


@pytest.fixture
def platform(entra: Entra) -> Iterator[Platform]:
    with Platform(entra.issued) as platform:
        yield platform


@pytest.fixture
def program(tmp_path: Path, entra: Entra, platform: Platform) -> Program:
    """Somebody who is signed in, with one connector deployed."""
    (tmp_path / "parcel.yaml").write_text(SPEC, encoding="utf-8")
    program = Program(tmp_path, **entra.variables(), **platform.variables()).with_browser()
    assert program("login", "--client-id", CLIENT, "--store", "file").returncode == 0
    assert program("deploy", "parcel.yaml", *ON).returncode == 0
    return program


def test_what_was_deployed_comes_back(program: Program) -> None:
    done = program("pull", *FROM)
    assert (done.returncode, done.stderr, done.stdout) == (
        0,
        "",
        "imported Parcel Tracker: specs/parcel-tracker.yaml\n",
    )
    assert program("build", "specs/parcel-tracker.yaml").returncode == 0
    one, other = (program.folder / "output" / name for name in ("parcel", "parcel-tracker"))
    for name in ("apiDefinition.swagger.json", "apiProperties.json", "icon.png"):
        assert (one / name).read_bytes() == (other / name).read_bytes()


def test_over_a_spec_that_exists(program: Program, platform: Platform) -> None:
    assert program("pull", *FROM, "parcel tracker").returncode == 0
    spec = program.folder / "specs/parcel-tracker.yaml"
    before = spec.read_text(encoding="utf-8")
    done = program("pull", *FROM)
    assert (done.returncode, done.stdout) == (0, "unchanged Parcel Tracker: specs/parcel-tracker.yaml\n")
    spec.write_text(f"# mine\n{before}", encoding="utf-8")
    definition = platform.connectors[ID]["openApiDefinition"]
    definition["paths"]["/parcels"] = {
        "get": {"operationId": "ListParcels", "summary": "List parcels", "responses": {"200": {"description": "OK"}}}
    }
    done = program("pull", *FROM)
    assert (done.returncode, done.stdout) == (1, "kept Parcel Tracker (add --yes to change it)\n")
    assert any("+  ListParcels:" in line for line in done.stderr.splitlines())
    assert spec.read_text(encoding="utf-8") == f"# mine\n{before}"
    done = program("pull", *FROM, "--yes")
    assert (done.returncode, done.stdout) == (0, "updated Parcel Tracker: specs/parcel-tracker.yaml\n")
    after = spec.read_text(encoding="utf-8")
    assert after.startswith("# mine\n")
    assert "ListParcels" in after


def test_raw(program: Program) -> None:
    done = program("pull", ID, *FROM, "--raw", "-o", "raw", "--format", "json")
    assert (done.returncode, json.loads(done.stdout)["pulled"][0]["path"]) == (0, "raw/parcel-tracker")
    files = sorted(path.name for path in (program.folder / "raw/parcel-tracker").iterdir())
    assert files == ["apiDefinition.swagger.json", "apiProperties.json", "icon.png"]
    properties = json.loads((program.folder / "raw/parcel-tracker/apiProperties.json").read_text(encoding="utf-8"))
    assert "planted" not in json.dumps(properties)
    (program.folder / "raw/parcel-tracker/icon.png").write_bytes(b"mine")
    done = program("pull", *FROM, "--raw", "-o", "raw")
    assert (done.returncode, (program.folder / "raw/parcel-tracker/icon.png").read_bytes()) == (1, b"mine")


def test_a_row_of_dataverse(program: Program, platform: Platform) -> None:
    program("logout")
    platform.as_application = True
    assert program("deploy", "parcel.yaml", *ON, **AS_APP).returncode == 0
    done = program("pull", *FROM, "-o", "pulled", **AS_APP)
    assert (done.returncode, done.stdout) == (0, "imported Parcel Tracker: pulled/parcel-tracker.yaml\n")


RICH = """connector:
  title: Parcel Tracker
  description: Reads the state of the parcels of Acme.
  server: https://api.acme-courier.example/v1
auth:
  title: Sign in
  description: How to sign in to Acme.
  sets:
    - {name: key, title: A key, type: apiKey, header: X-Acme-Key}
    - {name: user, title: A password, type: basic}
actions:
  GetParcel:
    request: GET /parcels/{code}
    response: {fields: {code: string}}
policies:
  - {setHeader: {name: Accept, value: application/json}}
script: {file: script.csx, operations: [GetParcel]}
"""
CODE = """public class Script : ScriptBase
{
    public override async Task<HttpResponseMessage> ExecuteAsync()
    {
        return await this.Context.SendAsync(this.Context.Request, this.CancellationToken).ConfigureAwait(false);
    }
}
"""


@pytest.mark.parametrize("road", ["powerapps", "dataverse"])
def test_icon_code_sets_and_policies_come_back(program: Program, platform: Platform, road: str) -> None:
    (program.folder / "parcel.yaml").write_text(RICH, encoding="utf-8")
    (program.folder / "script.csx").write_text(CODE, encoding="utf-8", newline="\n")
    assert program("deploy", "parcel.yaml", *ON, "--to", road).returncode == 0
    assert program("pull", *FROM, "--raw", "-o", "raw", "--from", road).returncode == 0
    built, pulled = program.folder / "output/parcel", program.folder / "raw/parcel-tracker"
    names = ["apiDefinition.swagger.json", "apiProperties.json", "icon.png", "script.csx"]
    assert sorted(path.name for path in pulled.iterdir()) == names
    properties = [json.loads((one / names[1]).read_text(encoding="utf-8")) for one in (pulled, built)]
    assert properties[0] == properties[1]
    assert {"connectionParameterSets", "policyTemplateInstances"} <= properties[0]["properties"].keys()
    for name in (names[0], *names[2:]):
        assert (pulled / name).read_bytes() == (built / name).read_bytes()
    done = program("pull", *FROM, "-o", "pulled", "--from", road)
    assert (done.returncode, done.stdout) == (0, "imported Parcel Tracker: pulled/parcel-tracker\n")
    assert any(path.suffix == ".csx" for path in (program.folder / "pulled").rglob("*"))


def test_sets_that_a_new_version_lacks_go(program: Program, platform: Platform) -> None:
    (program.folder / "parcel.yaml").write_text(RICH, encoding="utf-8")
    (program.folder / "script.csx").write_text(CODE, encoding="utf-8", newline="\n")
    assert program("deploy", "parcel.yaml", *ON, "--to", "dataverse").returncode == 0
    (program.folder / "parcel.yaml").write_text(SPEC, encoding="utf-8")
    assert program("deploy", "parcel.yaml", *ON, "--to", "dataverse").returncode == 0
    (row,) = platform.rows.values()
    assert [row[name] for name in ("connectionparametersets", "scriptoperations", "customcodeblobcontent")] == [
        None
    ] * 3


def test_a_dry_run_of_dataverse(program: Program) -> None:
    done = program("pull", "-e", ORGANISATION, "some-id", "--dry-run")
    lines = [line.partition("?")[0].rpartition("/")[2] for line in done.stdout.splitlines() if line.startswith("GET ")]
    assert (done.returncode, lines) == (0, ["connectors", "connectors(some-id)"])


@pytest.mark.parametrize(
    ("name", "help_"),
    [
        ("Parcel Trakcer", "did you mean 'Parcel Tracker'?"),
        ("Invoices", "there is 1 custom connector: pull without a name takes all"),
    ],
)
def test_no_such_connector(program: Program, name: str, help_: str) -> None:
    done = program("pull", name, *FROM)
    assert (done.returncode, done.stderr.splitlines()) == (
        2,
        [f"error: there is no connector '{name}'", f"help: {help_}"],
    )
    assert not (program.folder / "specs").exists()


def test_an_environment_without_connectors(program: Program, platform: Platform) -> None:
    platform.connectors.clear()
    done = program("pull", "Invoices", *FROM)
    assert done.stderr == "error: there is no connector 'Invoices'\nhelp: the environment has no custom connector\n"


@pytest.mark.parametrize("content", [b"<html>", b"[" * 100_000, b"\xff\xfe"])
def test_a_definition_that_cannot_be_read(program: Program, platform: Platform, content: bytes) -> None:
    platform.faults[r"GET /storage/definitions/.*"] = [Reply(200, content)]
    done = program("pull", *FROM)
    assert (done.returncode, done.stderr) == (5, "error: the definition of 'Parcel Tracker' isn't JSON\n")


def test_a_dry_run(program: Program, platform: Platform) -> None:
    platform.requests.clear()
    done = program("pull", "-e", ENVIRONMENT, "--dry-run")
    assert (done.returncode, platform.requests) == (0, [])
    assert [line for line in done.stdout.splitlines() if line.startswith("GET ")] == [
        f"GET {platform.url}/providers/Microsoft.PowerApps/apis?api-version=2016-11-01&$filter=environment%20eq%20'{ENVIRONMENT}'%20and%20IsCustomApi%20eq%20'True'",
        f"GET {platform.url}/providers/Microsoft.PowerApps/apis/<the id of each connector>?api-version=2016-11-01&$filter=environment%20eq%20'{ENVIRONMENT}'",
    ]
