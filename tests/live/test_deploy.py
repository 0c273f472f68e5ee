"""`environments` and `deploy`, against stand-ins."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from connector_builder.live.power_apps import PowerApps
from tests.live.stand_ins.entra import APP, CLIENT, SECRET, TENANT, Entra
from tests.live.stand_ins.power_platform import DEFAULT, ENVIRONMENT, ORGANISATION, Platform, environment, refuse
from tests.live.stand_ins.program import Program
from tests.live.stand_ins.server import Break, Hang
from tests.support.programs.stand_in import Reply

SPEC = """connector:
  title: Parcel Tracker
  description: Reads the state of the parcels of Acme.
  server: https://api.acme-courier.example/v1
auth: {type: apiKey, header: X-Acme-Key}
actions:
  GetParcel:
    request: GET /parcels/{code}
    response: {fields: {code: string}}
"""
AAD = """connector:
  title: Parcel Tracker
  description: Reads the state of the parcels of Acme.
  server: https://api.acme-courier.example/v1
auth: {type: aad, clientId: c0ffee00-3333-4444-8555-888888888888, tenant: common, resource: https://api.acme-courier.example, scopes: [Read]}
actions:
  GetParcel: GET /parcels/{code}
"""
ID = "shared_parcel-20tracker-5f0000000000000001"
ON = ("-e", "Acme Dev", "--yes")
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
    (tmp_path / "parcel.yaml").write_text(SPEC, encoding="utf-8")
    program = Program(tmp_path, **entra.variables(), **platform.variables()).with_browser()
    assert program("login", "--client-id", CLIENT, "--store", "file").returncode == 0
    return program


def settings(program: Program) -> dict[str, str]:
    found: dict[str, str] = json.loads((program.folder / "output/parcel/settings.json").read_text(encoding="utf-8"))
    return found


def test_environments(program: Program, platform: Platform) -> None:
    done = program("environments")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        f"Acme (default)  {DEFAULT}  (no Dataverse)  default",
        f"Acme Dev        {ENVIRONMENT}          {ORGANISATION}",
    ]
    data = json.loads(program("environments", "--format", "json").stdout)
    assert data["environments"][1] == {
        "id": ENVIRONMENT,
        "name": "Acme Dev",
        "kind": "Sandbox",
        "region": "westeurope",
        "is_default": False,
        "dataverse": ORGANISATION,
        "api": "https://acmedev.api.crm4.dynamics.com",
    }
    platform.as_application = True
    assert (
        len(
            json.loads(program("environments", "--format", "json", "--method", "secret", **AS_APP).stdout)[
                "environments"
            ]
        )
        == 2
    )


def test_a_new_connector_and_then_a_change(program: Program, platform: Platform) -> None:
    done = program("deploy", "parcel.yaml", *ON)
    assert (done.returncode, done.stderr) == (0, "Parcel Tracker: makes it in Acme Dev (powerapps), with 1 operation\n")
    assert done.stdout.splitlines()[0] == f"made Parcel Tracker: {ID}"
    assert platform.changes == ["PUT /storage/container/icon.png", "POST /providers/Microsoft.PowerApps/apis"]
    sent = platform.connectors[ID]
    assert sent["displayName"] == "Parcel Tracker"
    assert sent["backendService"] == {"serviceUrl": "https://api.acme-courier.example/v1"}
    assert list(sent["openApiDefinition"]["paths"]) == ["/parcels/{code}"]
    assert list(sent["connectionParameters"]) == ["api_key"]
    kept = settings(program)
    assert (kept["connectorId"], kept["environment"], kept["powerAppsUrl"]) == (ID, ENVIRONMENT, platform.url)
    assert (kept["powerAppsApiVersion"], kept["icon"], kept["apiDefinition"]) == (
        "2016-11-01",
        "icon.png",
        "apiDefinition.swagger.json",
    )
    changed = SPEC.replace("GetParcel:", "ReadParcel:").replace(
        "fields: {code: string}", "fields: {code: string, state: string}"
    )
    (program.folder / "parcel.yaml").write_text(changed, encoding="utf-8")
    platform.requests.clear()
    done = program("deploy", "parcel.yaml", *ON)
    assert (done.returncode, done.stderr.splitlines()) == (
        0,
        [
            f"Parcel Tracker: changes {ID} in Acme Dev (powerapps)",
            "  removes GetParcel: flows and apps that use it break",
            "  adds ReadParcel",
        ],
    )
    assert platform.changes == ["PUT /storage/container/icon.png", f"PATCH /providers/Microsoft.PowerApps/apis/{ID}"]
    assert list(platform.connectors) == [ID]
    assert program("deploy", "parcel.yaml", *ON).stderr.splitlines()[1:] == ["  its operations stay the same"]
    assert program("build", "parcel.yaml", "--check").returncode == 0
    assert settings(program)["connectorId"] == ID


def test_json(program: Program) -> None:
    data = json.loads(program("deploy", "parcel.yaml", *ON, "--format", "json").stdout)
    assert data["plans"] == [
        {
            "connector": "parcel",
            "title": "Parcel Tracker",
            "does": "create",
            "id": None,
            "removed": [],
            "changed": [],
            "added": ["GetParcel"],
            "service": {"says": [], "refuses": False},
        }
    ]
    assert [(one["did"], one["id"], one["row"]) for one in data["deployed"]] == [("create", ID, None)]


def test_an_address_of_the_portal_names_its_environment(program: Program, platform: Platform) -> None:
    address = f"https://make.powerapps.com/environments/{ENVIRONMENT}/customconnectors?utm=1"
    done = program("deploy", "parcel.yaml", "-e", address, "--yes")
    assert (done.returncode, list(platform.connectors)) == (0, [ID])
    assert done.stderr.splitlines()[0] == "Parcel Tracker: makes it in Acme Dev (powerapps), with 1 operation"


def test_the_client_secret_and_the_redirect(program: Program, platform: Platform) -> None:
    (program.folder / "parcel.yaml").write_text(AAD, encoding="utf-8")
    done = program("deploy", "parcel.yaml", *ON, "--verbose", CB_OAUTH_SECRET="planted-oauth-secret")
    assert done.returncode == 0
    assert (
        platform.connectors[ID]["connectionParameters"]["token"]["oAuthSettings"]["clientSecret"]
        == "planted-oauth-secret"
    )
    assert done.stdout.splitlines()[:3] == [
        f"made Parcel Tracker: {ID}",
        f"  redirect URL: https://global.consent.azure-apim.net/redirect/{ID}",
        f"  left to do: add the redirect URL to the app registration, beside those that it has: connector-builder register SPEC --after-deploy https://global.consent.azure-apim.net/redirect/{ID}",
    ]
    written = (
        done.stdout
        + done.stderr
        + "".join(
            content.decode("utf-8", "replace")
            for name, content in program.files().items()
            if name != "home/tokens.json"
        )
    )
    assert "planted" not in written
    done = program("deploy", "parcel.yaml", *ON)
    assert (
        "  left to do: enter the client secret on the connector's Security tab, or set CB_OAUTH_SECRET and deploy again"
        in done.stdout.splitlines()
    )


@pytest.mark.parametrize("answer", [Break(), Reply(502, b"<html>bad gateway</html>"), Hang()])
def test_a_lost_answer_makes_no_second_connector(
    program: Program, platform: Platform, answer: Break | Reply | Hang
) -> None:
    platform.after[r"POST .*/apis"] = [answer]
    done = program("deploy", "parcel.yaml", *ON, "--timeout", "1")
    assert (done.returncode, list(platform.connectors), settings(program)["connectorId"]) == (0, [ID], ID)


def test_a_run_that_broke_off_is_repeated(program: Program, platform: Platform) -> None:
    platform.after[r"POST .*/apis"] = [Break()]
    platform.faults[r"GET .*/apis"] = [Reply.of({"value": []}), *[Reply(403)] * 2]
    done = program("deploy", "parcel.yaml", *ON)
    assert (done.returncode, list(platform.connectors)) == (5, [ID])
    assert "connectorId" not in {name for name, value in settings(program).items() if value}
    platform.faults.clear()
    done = program("deploy", "parcel.yaml", *ON)
    assert (done.returncode, list(platform.connectors), settings(program)["connectorId"]) == (0, [ID], ID)


def test_a_request_that_was_refused_made_nothing(program: Program, platform: Platform) -> None:
    platform.faults[r"POST .*/apis"] = [refuse(400, "ApiHubsRequestFailed", "Invalid Api definition object.")]
    done = program("deploy", "parcel.yaml", *ON)
    assert (done.returncode, platform.connectors) == (5, {})
    assert done.stderr.splitlines()[1] == (
        "error: Power Apps answered 400 Bad Request: ApiHubsRequestFailed: Invalid Api definition object. "
        f"(POST {platform.url}/providers/Microsoft.PowerApps/apis)"
    )


def test_a_busy_service(program: Program, platform: Platform) -> None:
    platform.faults[r"POST .*/apis"] = [Reply(429, headers={"Retry-After": "0"})]
    assert program("deploy", "parcel.yaml", *ON).returncode == 0
    assert list(platform.connectors) == [ID]


def test_two_connectors_of_one_name(program: Program, platform: Platform) -> None:
    program("deploy", "parcel.yaml", *ON)
    platform.connectors["shared_other"] = platform.connectors[ID]
    (program.folder / "output/parcel/settings.json").unlink()
    platform.requests.clear()
    done = program("deploy", "parcel.yaml", *ON)
    assert (done.returncode, platform.changes) == (2, [])
    assert done.stderr.splitlines() == [
        "error: nothing was sent: 2 connectors are called 'Parcel Tracker'",
        f"help: write the id of the one into settings.json as 'connectorId': {ID}, shared_other",
    ]


def test_a_dry_run_sends_nothing(program: Program, entra: Entra, platform: Platform) -> None:
    program("logout")
    entra.requests.clear()
    done = program(
        "deploy", "parcel.yaml", "-e", ENVIRONMENT, "--dry-run", "--format", "json", CB_OAUTH_SECRET="planted"
    )
    assert (done.returncode, done.stderr, entra.requests, platform.requests) == (0, "", [], [])
    requests = json.loads(done.stdout)["requests"]
    where = f"?api-version=2016-11-01&$filter=environment%20eq%20'{ENVIRONMENT}'"
    apis = f"{platform.url}/providers/Microsoft.PowerApps/apis"
    assert [(one["method"], one["url"]) for one in requests] == [
        ("GET", f"{apis}{where}%20and%20IsCustomApi%20eq%20'True'"),
        ("POST", f"{platform.url}/providers/Microsoft.PowerApps/objectIds/<your object id>/validateApiSwagger?api-version=2016-11-01"),
        ("POST", f"{platform.url}/providers/Microsoft.PowerApps/objectIds/<your object id>/generateResourceStorage?api-version=2016-11-01"),
        ("PUT", "https://storage.invalid/container/icon.png?REDACTED"),
        ("POST", f"{apis}{where}"),
    ]  # fmt: skip
    assert requests[4]["headers"]["Authorization"] == "Bearer <a token for https://service.powerapps.com/>"
    assert requests[4]["body"]["properties"]["displayName"] == "Parcel Tracker"
    assert not (program.folder / "output").exists()


def test_dataverse_for_an_application(program: Program, platform: Platform) -> None:
    program("logout")
    platform.as_application = True
    done = program("deploy", "parcel.yaml", *ON, "--solution", "AcmeParcel", **AS_APP)
    assert (done.returncode, done.stderr) == (0, "Parcel Tracker: makes it in Acme Dev (dataverse), with 1 operation\n")
    ((identifier, row),) = platform.rows.items()
    assert (row["name"], row["displayname"]) == ("acme_parcel-20tracker", "Parcel Tracker")
    assert platform.components == [("AcmeParcel", identifier)]
    internal = "shared_acme-5fparcel-20tracker-5f0001"
    assert done.stdout.splitlines()[:2] == [f"made Parcel Tracker: {internal}", f"  in Dataverse: {identifier}"]
    create = next(one for one in platform.requests if one.line == "POST /api/data/v9.2/connectors")
    assert (create.headers["mscrm.solutionuniquename"], create.headers["prefer"]) == (
        "AcmeParcel",
        "return=representation",
    )
    assert settings(program)["connectorId"] == internal
    done = program("deploy", "parcel.yaml", *ON, "--solution", "AcmeParcel", **AS_APP)
    assert done.stderr.splitlines() == [
        f"Parcel Tracker: changes {identifier} in Acme Dev (dataverse)",
        "  its operations stay the same",
    ]
    assert list(platform.rows) == [identifier]


def test_dataverse_by_its_address_and_a_lost_answer(program: Program, platform: Platform) -> None:
    platform.after[r"POST .*/connectors"] = [Break()]
    done = program("deploy", "parcel.yaml", "-e", ORGANISATION, "--yes")
    assert (done.returncode, len(platform.rows)) == (0, 1)
    assert next(iter(platform.rows.values()))["name"] == "new_parcel-20tracker"


@pytest.mark.parametrize(
    ("arguments", "error", "help_"),
    [
        (("-e", DEFAULT.removeprefix("Default-")), f"there is no environment '{DEFAULT.removeprefix('Default-')}'", f"the id of a default environment begins with 'Default-': {DEFAULT}"),
        (("-e", "Acme Dve"), "there is no environment 'Acme Dve'", "did you mean 'Acme Dev'?"),
        (("-e", "Acme Dev"), "nothing was sent: nobody is there to confirm it", "add --yes"),
        (("-e", DEFAULT, "--to", "dataverse"), "'Acme (default)' has no Dataverse", "write --to powerapps, or add Dataverse to the environment"),
        (("-e", "Acme Dev", "--to", "dataverse", "--solution", "Nope", "--yes"), "there is no solution 'Nope'", "write its unique name, not the one that people see"),
        (("-e", "Acme Dev", "--to", "powerapps", "--solution", "X"), "--solution is for Dataverse", "leave it out, or write --to dataverse"),
    ],
)  # fmt: skip
def test_nothing_is_changed(
    program: Program, platform: Platform, arguments: tuple[str, ...], error: str, help_: str
) -> None:
    done = program("deploy", "parcel.yaml", *arguments, "--quiet")
    assert (done.returncode, done.stderr.splitlines(), platform.changes) == (
        2,
        [f"error: {error}", f"help: {help_}"],
        [],
    )


def test_two_environments_of_one_name(program: Program, platform: Platform) -> None:
    platform.environments.append(environment("a1b2c3d4-0000-4000-8000-00000000e002", "Acme Dev"))
    done = program("deploy", "parcel.yaml", *ON)
    assert (done.returncode, done.stderr.splitlines()[0]) == (2, "error: 2 environments are called 'Acme Dev'")


def test_a_spec_that_does_not_build(program: Program, platform: Platform) -> None:
    (program.folder / "parcel.yaml").write_text(SPEC.replace("GET /parcels", "GTE /parcels"), encoding="utf-8")
    done = program("deploy", "parcel.yaml", *ON)
    assert (done.returncode, platform.requests) == (2, [])
    assert done.stderr.startswith("error: nothing was sent: 'parcel.yaml' doesn't build: parcel.yaml:")


def test_nobody_is_signed_in(program: Program, platform: Platform) -> None:
    program("logout")
    done = program("deploy", "parcel.yaml", *ON)
    assert (done.returncode, platform.requests) == (4, [])


def test_a_package_that_was_deployed_before(program: Program, platform: Platform) -> None:
    """A folder of a package has its own settings.json, as after paconn."""
    assert program("deploy", "parcel.yaml", *ON).returncode == 0
    (program.folder / "output/parcel").rename(program.folder / "mine")
    done = program("deploy", "mine", *ON)
    assert (done.returncode, list(platform.connectors)) == (0, [ID])
    assert not (program.folder / "output/parcel").exists()
    done = program("deploy", "mine", "-e", ENVIRONMENT, "--dry-run")
    lines = [
        line.partition("?")[0].rpartition("/")[2]
        for line in done.stdout.splitlines()
        if line.startswith(("GET ", "PATCH ", "POST "))
    ]
    assert (done.returncode, lines) == (0, [ID, "validateApiSwagger", "generateResourceStorage", ID])


def test_an_id_of_another_environment_does_not_count(program: Program, platform: Platform) -> None:
    assert program("deploy", "parcel.yaml", *ON).returncode == 0
    path = program.folder / "output/parcel/settings.json"
    path.write_text(
        json.dumps(settings(program) | {"environment": DEFAULT, "connectorId": "shared_of-another"}), encoding="utf-8"
    )
    done = program("deploy", "parcel.yaml", *ON)
    assert (done.returncode, list(platform.connectors)) == (0, [ID])
    assert (settings(program)["connectorId"], settings(program)["environment"]) == (ID, ENVIRONMENT)


def test_several_of_which_one_is_refused(program: Program, platform: Platform) -> None:
    """What was done before stays, and is remembered."""
    (program.folder / "specs").mkdir()
    for name in ("alpha", "beta"):
        spec = SPEC.replace("Parcel Tracker", f"Parcel {name.title()}")
        (program.folder / f"specs/{name}.yaml").write_text(spec, encoding="utf-8")
    platform.faults[r"POST .*/generateResourceStorage"] = []
    platform.faults[r"PUT /storage/container/icon.png"] = [Reply(201), Reply(403)]
    platform.blobs["/storage/container/icon.png"] = b""
    done = program("deploy", "specs", *ON, "--format", "json")
    data = json.loads(done.stdout)
    assert (done.returncode, [one["title"] for one in data["deployed"]], len(data["plans"])) == (5, ["Parcel Alpha"], 2)
    kept = json.loads((program.folder / "output/alpha/settings.json").read_text(encoding="utf-8"))
    assert kept["connectorId"] == ID
    done = program("deploy", "specs", *ON)
    assert (done.returncode, len(platform.connectors)) == (0, 2)


def test_a_dry_run_for_an_environment_by_its_name(program: Program, platform: Platform) -> None:
    platform.requests.clear()
    done = program("deploy", "parcel.yaml", "-e", "Acme Dev", "--dry-run", "--format", "json")
    requests = json.loads(done.stdout)["requests"]
    assert (done.returncode, platform.requests) == (0, [])
    assert (
        requests[0]["url"].partition("?")[0] == f"{platform.url}/providers/Microsoft.BusinessAppPlatform/environments"
    )
    assert requests[-1]["body"]["properties"]["environment"] == {"name": "<the id of Acme Dev>"}


def test_the_output_of_the_configuration(program: Program, platform: Platform) -> None:
    (program.folder / "connector-builder.yaml").write_text("output: packages\n", encoding="utf-8")
    assert program("deploy", "parcel.yaml", *ON).returncode == 0
    assert (program.folder / "packages/parcel/settings.json").is_file()
    assert not (program.folder / "output").exists()


def interrupted(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def test_ctrl_c_says_what_may_be_there(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PowerApps, "create", interrupted)
    done = program("deploy", "parcel.yaml", *ON)
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr.splitlines()[1:] == [
        "stopped, but 'output' had been written",
        "stopped while 'Parcel Tracker' was being deployed: the same command looks first whether it is there",
    ]
