"""The whole way of a connector with the real paconn: built, created, built again, updated, downloaded."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from paconn_cli import TOKEN, USER, Paconn, Run
from paconn_packages import ENVIRONMENT, read_json, write_json
from stand_in import BLOB_HOST, CONTAINER, SIGNATURE, BlobStorage, PowerApps

APIS = "/providers/Microsoft.PowerApps/apis"
VALIDATE = f"POST /providers/Microsoft.PowerApps/objectIds/{USER}/validateApiSwagger"
RESERVE = f"POST /providers/Microsoft.PowerApps/objectIds/{USER}/generateResourceStorage"
SPEC = Path(__file__).parents[2] / "specs" / "power-automate-management"
SERVER = "https://api.flow.microsoft.com/providers/Microsoft.ProcessSimple"
SECRET = "the-secret-of-the-first-upload"
NEW_SECRET = "the-secret-of-the-second-upload"

ORDERS = """
connector:
  title: Orders
  description: Lists the orders of a café.
  version: 1.0.0
  server: https://api.contoso.example
  icon: null
auth: {type: apiKey, header: x-api-key}
actions:
  ListOrders:
    request: GET /orders
    description: Lists the orders.
    response: {sample: [{id: 1}]}
settings: {environment: "${ENVIRONMENT_ID}", powerAppsUrl: "${SERVICE}"}
"""


def build(spec: Path, output: Path, *options: str) -> None:
    """`connector-builder build`, as a user runs it."""
    command = [sys.executable, "-m", "connector_builder", "build", str(spec), "-o", str(output), *options]
    run = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace", check=False
    )
    assert run.returncode == 0, run.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that our own connector is built into."""
    output = tmp_path_factory.mktemp("built") / "output"
    build(SPEC, output)
    return output


@pytest.fixture
def package(built: Path, tmp_path: Path, service: PowerApps) -> Path:
    """The built package, with what a user enters into settings.json before the first upload."""
    folder: Path = shutil.copytree(built, tmp_path / "output") / SPEC.name
    settings = read_json(folder / "settings.json")
    write_json(folder / "settings.json", settings | {"environment": ENVIRONMENT, "powerAppsUrl": service.url})
    return folder


@pytest.fixture
def created(package: Path, paconn: Paconn) -> Run:
    return paconn(package, "create", "-s", "settings.json", "--secret", SECRET, "-w")


def expected(package: Path, secret: str) -> dict[str, Any]:
    """What paconn is to send of a package: apiProperties.json with the secret, the definition, and what follows from both."""
    definition = read_json(package / "apiDefinition.swagger.json")
    properties: dict[str, Any] = read_json(package / "apiProperties.json")["properties"]
    properties["connectionParameters"]["token"]["oAuthSettings"]["clientSecret"] = secret
    return properties | {
        "openApiDefinition": definition,
        "backendService": {"serviceUrl": SERVER},
        "environment": {"name": ENVIRONMENT},
        "description": definition["info"]["description"],
        "iconUri": f"{CONTAINER}/icon.png?{SIGNATURE}",
        "scriptDefinitionUrl": "",
    }


def test_create_sends_the_package(package: Path, created: Run, service: PowerApps) -> None:
    (connector,) = service.connectors
    assert created == Run(0, f"{connector} created successfully.\n")
    assert service.lines == [VALIDATE, RESERVE, f"POST {APIS}"]
    validate, reserve, create = service.requests
    definition = read_json(package / "apiDefinition.swagger.json")
    assert validate.json() == definition
    assert reserve.json() == {"environment": {"name": ENVIRONMENT}}
    assert create.json() == {"properties": expected(package, SECRET) | {"displayName": definition["info"]["title"]}}
    assert "stackOwner" not in create.json()["properties"]  # which the service refuses
    assert create.query == {"api-version": "2016-11-01", "$filter": f"environment eq '{ENVIRONMENT}'"}
    assert {request.headers["authorization"] for request in service.requests} == {f"Bearer {TOKEN}"}


def test_create_uploads_the_icon(package: Path, created: Run, storage: BlobStorage) -> None:
    assert created.status == 0
    assert storage.hosts == {BLOB_HOST}
    assert storage.blobs == {"/connectors/icon.png": (package / "icon.png").read_bytes()}
    (upload,) = storage.requests
    assert upload.headers["x-ms-blob-content-type"] == "image/png"
    assert "authorization" not in upload.headers


def test_create_notes_the_connector_in_the_settings(package: Path, created: Run, service: PowerApps) -> None:
    assert created.status == 0
    assert read_json(package / "settings.json") == {
        "connectorId": next(iter(service.connectors)),
        "environment": ENVIRONMENT,
        "apiProperties": "apiProperties.json",
        "apiDefinition": "apiDefinition.swagger.json",
        "icon": "icon.png",
        "powerAppsUrl": service.url,
        "powerAppsApiVersion": "2016-11-01",
    }


def test_a_rebuild_keeps_the_connector_and_update_changes_it(
    package: Path, created: Run, paconn: Paconn, service: PowerApps, storage: BlobStorage
) -> None:
    assert created.status == 0
    (connector,) = service.connectors
    settings = (package / "settings.json").read_bytes()
    service.requests.clear()

    build(SPEC, package.parent, "--check")
    build(SPEC, package.parent)
    assert (package / "settings.json").read_bytes() == settings
    updated = paconn(package, "update", "-s", "settings.json", "--secret", NEW_SECRET)

    assert updated == Run(0, f"{connector} updated successfully.\n")
    assert service.lines == [VALIDATE, RESERVE, f"PATCH {APIS}/{connector}"]
    assert service.requests[-1].json() == {"properties": expected(package, NEW_SECRET)}
    assert list(service.connectors) == [connector]
    assert (package / "settings.json").read_bytes() == settings
    assert storage.hosts == {BLOB_HOST}


def test_no_secret_stays_behind(package: Path, created: Run, paconn: Paconn, tmp_path: Path) -> None:
    updated = paconn(package, "update", "-s", "settings.json", "--secret", NEW_SECRET)

    assert (created.status, updated.status) == (0, 0)
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert package / "apiProperties.json" in files
    assert [file for file in files if b"the-secret-of" in file.read_bytes()] == []


def test_download_gives_the_package_back(package: Path, created: Run, paconn: Paconn, storage: BlobStorage) -> None:
    assert created.status == 0
    back = package.parent / "back"

    downloaded = paconn(package, "download", "-s", "settings.json", "-d", str(back), "-w")

    assert downloaded.status == 0, downloaded.output
    names = ["apiDefinition.swagger.json", "apiProperties.json", "icon.png", "settings.json"]
    assert sorted(file.name for file in back.iterdir()) == names
    assert read_json(back / names[0]) == read_json(package / names[0])
    assert read_json(back / names[1]) == read_json(package / names[1])
    assert (back / names[2]).read_bytes() == (package / names[2]).read_bytes()
    assert storage.hosts == {BLOB_HOST}


def test_settings_of_the_spec_are_enough(
    tmp_path: Path, paconn: Paconn, service: PowerApps, storage: BlobStorage
) -> None:
    spec = tmp_path / "orders.yaml"
    spec.write_text(ORDERS, encoding="utf-8")
    build(spec, tmp_path / "output", "--var", f"ENVIRONMENT_ID={ENVIRONMENT}", "--var", f"SERVICE={service.url}")

    created = paconn(tmp_path / "output" / "orders", "create", "-s", "settings.json", "-w")

    assert created.status == 0, created.output
    properties = service.requests[-1].json()["properties"]
    assert properties["environment"] == {"name": ENVIRONMENT}
    assert properties["description"] == "Lists the orders of a café."
    assert properties["backendService"] == {"serviceUrl": "https://api.contoso.example/"}
    assert [parameter["type"] for parameter in properties["connectionParameters"].values()] == ["securestring"]
    assert "iconUri" not in properties
    assert storage.hosts == set()
