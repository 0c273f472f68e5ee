"""Deploying to rows of Dataverse that are there, and names and limits of rows."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from connector_builder.platform.solutions.names import row_id, row_name
from tests.live.stand_ins.entra import APP, SECRET, TENANT, Entra
from tests.live.stand_ins.power_platform import ORGANISATION, Platform
from tests.live.stand_ins.program import Program
from tests.live.test_deploy import AAD, SPEC

ROW = "5b1f6b0e-7c0d-4a55-9d3b-2a3f0c9e7711"
INTERNAL = "shared_acme-5fparcel-20tracker-5f4f1d"
ON = ("-e", f"{ORGANISATION}/main.aspx?appid=1", "--yes")


@pytest.fixture
def entra() -> Iterator[Entra]:
    with Entra() as entra:
        yield entra


@pytest.fixture
def platform(entra: Entra) -> Iterator[Platform]:
    with Platform(entra.issued) as platform:
        platform.rows[ROW] = row(ROW, INTERNAL, "Parcel Tracker")
        yield platform


@pytest.fixture
def program(tmp_path: Path, entra: Entra, platform: Platform) -> Program:
    (tmp_path / "parcel.yaml").write_text(SPEC, encoding="utf-8")
    own = {"AZURE_TENANT_ID": TENANT, "AZURE_CLIENT_ID": APP, "AZURE_CLIENT_SECRET": SECRET}
    return Program(tmp_path, **entra.variables(), **platform.variables(), **own)


def row(identifier: str, internal: str, title: str) -> dict[str, object]:
    texts = {"openapidefinition": "{}", "connectionparameters": "{}", "policytemplateinstances": "null"}
    return {
        "connectorid": identifier,
        "connectorinternalid": internal,
        "displayname": title,
        "ismanaged": False,
        "connectortype": 1,
        **texts,
    }


def settings(program: Program, connector: str) -> Path:
    assert program("build", "parcel.yaml").returncode == 0
    path = program.folder / "output/parcel/settings.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(data | {"connectorId": connector}), encoding="utf-8")
    return path


@pytest.mark.parametrize("identifier", [ROW, INTERNAL, "", "shared_gone"])
def test_a_row_is_found_by_either_id_or_its_name(program: Program, platform: Platform, identifier: str) -> None:
    if identifier in (ROW, INTERNAL):
        platform.rows[ROW]["displayname"] = "Parcels"
    path = settings(program, identifier)
    done = program("deploy", "parcel.yaml", *ON)
    assert (done.returncode, list(platform.rows)) == (0, [ROW])
    assert done.stderr.splitlines()[0] == f"Parcel Tracker: changes {ROW} in {ORGANISATION} (dataverse)"
    assert platform.rows[ROW]["displayname"] == "Parcel Tracker"
    assert json.loads(path.read_text(encoding="utf-8"))["connectorId"] == INTERNAL


def test_a_managed_row_stays(program: Program, platform: Platform) -> None:
    platform.rows[ROW]["ismanaged"] = True
    done = program("deploy", "parcel.yaml", *ON)
    assert (done.returncode, platform.changes) == (2, [])
    assert (
        done.stderr.splitlines()[0]
        == "error: nothing was sent: 'Parcel Tracker' belongs to a managed solution, and isn't changed here"
    )


def test_two_rows_of_one_name(program: Program, platform: Platform) -> None:
    other = ROW.replace("5b1f", "6b1f")
    platform.rows[other] = row(other, "shared_other", "Parcel Tracker")
    done = program("deploy", "parcel.yaml", *ON)
    assert (done.returncode, platform.changes) == (2, [])
    assert (
        done.stderr.splitlines()[1]
        == f"help: write the id of the one into settings.json as 'connectorId': {ROW}, {other}"
    )


def test_what_a_row_cannot_keep(program: Program, platform: Platform) -> None:
    (program.folder / "parcel.yaml").write_text(AAD, encoding="utf-8")
    done = program("deploy", "parcel.yaml", *ON, CB_OAUTH_SECRET="planted-secret")
    assert done.returncode == 0
    assert "planted" not in json.dumps(platform.rows)
    assert (
        "  left to do: Dataverse keeps no client secret: enter it on the connector's Security tab"
        in done.stdout.splitlines()
    )


def test_code_and_policies(program: Program, platform: Platform) -> None:
    folder = program.folder / "scripted"
    folder.mkdir()
    script = "public class Script : ScriptBase\n{\n    public override Task<HttpResponseMessage> ExecuteAsync() => this.Context.SendAsync(this.Context.Request, this.CancellationToken);\n}\n"
    (folder / "script.csx").write_text(script, encoding="utf-8")
    (folder / "connector.yaml").write_text(
        SPEC.replace("auth:", "script: {file: script.csx, operations: [GetParcel]}\nauth:"), encoding="utf-8"
    )
    done = program("deploy", "scripted", *ON)
    assert (done.returncode, done.stderr.splitlines()[0]) == (
        0,
        f"Parcel Tracker: changes {ROW} in {ORGANISATION} (dataverse)",
    )
    assert json.loads(str(platform.rows[ROW]["scriptoperations"])) == ["GetParcel"]
    assert platform.rows[ROW]["customcodeblobcontent"] == script
    assert program("pull", "-e", ORGANISATION, "--raw", "-o", "raw").returncode == 0
    assert (program.folder / "raw/parcel-tracker/script.csx").read_bytes() == script.encode()


def test_a_text_that_is_too_long(program: Program, platform: Platform) -> None:
    spec = SPEC.replace("Reads the state of the parcels of Acme.", "Reads the state of parcels. " * 40)
    (program.folder / "parcel.yaml").write_text(spec, encoding="utf-8")
    done = program("deploy", "parcel.yaml", *ON)
    assert (done.returncode, platform.changes) == (2, [])


def test_names_and_ids_of_the_spec_are_those_of_the_row(program: Program, platform: Platform) -> None:
    platform.rows.clear()
    said = f"connector:\n  solution: {{connectorName: acme_parcels, connectorId: {ROW}}}\n"
    (program.folder / "parcel.yaml").write_text(SPEC.replace("connector:\n", said, 1), encoding="utf-8")
    assert program("deploy", "parcel.yaml", *ON).returncode == 0
    assert {identifier: one["name"] for identifier, one in platform.rows.items()} == {ROW: "acme_parcels"}


@pytest.mark.parametrize("column", ["openapidefinition", "connectionparameters"])
def test_a_column_that_is_no_json(program: Program, platform: Platform, column: str) -> None:
    platform.rows[ROW][column] = "{"
    done = program("pull", "-e", ORGANISATION)
    assert (done.returncode, done.stdout) == (5, "")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Parcel Tracker", "acme_parcel-20tracker"),
        ("A.B-C", "acme_a-2eb-2dc"),
        ("Ä", "acme_-c3-a4"),
        ("x_1", "acme_x-5f1"),
    ],
)
def test_names_of_rows(title: str, name: str) -> None:
    assert row_name("acme", title) == name


def test_ids_of_rows_stay() -> None:
    assert row_id("acme_parcel-20tracker") == row_id("acme_parcel-20tracker")
    assert row_id("acme_parcel-20tracker") != row_id("acme_parcel")
