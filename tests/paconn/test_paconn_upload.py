"""The whole way of a connector with the real paconn: built, created, built again, updated, downloaded."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from packages import ENVIRONMENT, OAUTH, read_json, write_json, write_package
from paconn_cli import TOKEN, USER, Paconn, Run
from stand_in import BLOB_HOST, CONTAINER, SIGNATURE, BlobStorage, PowerApps

APIS = "/providers/Microsoft.PowerApps/apis"
VALIDATE = f"POST /providers/Microsoft.PowerApps/objectIds/{USER}/validateApiSwagger"
RESERVE = f"POST /providers/Microsoft.PowerApps/objectIds/{USER}/generateResourceStorage"
SERVER = "https://api.contoso.example/v1"
SECRET = "the-secret-of-the-first-upload"
NEW_SECRET = "the-secret-of-the-second-upload"

Build = Callable[[], Path]


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Builds the connector, over an earlier build if there is one, and returns the package's folder."""

    def build() -> Path:
        settings = tmp_path / "orders" / "settings.json"
        kept = read_json(settings) if settings.exists() else {}
        return write_package(tmp_path / "orders", parameters={"token": OAUTH}, **kept)

    return build


@pytest.fixture
def package(build: Build, service: PowerApps) -> Path:
    """A built package, with what a user enters into settings.json before the first upload."""
    folder = build()
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
    build: Build, package: Path, created: Run, paconn: Paconn, service: PowerApps, storage: BlobStorage
) -> None:
    assert created.status == 0
    (connector,) = service.connectors
    service.requests.clear()

    assert build() == package
    rebuilt = read_json(package / "settings.json")
    assert rebuilt["connectorId"] == connector
    updated = paconn(package, "update", "-s", "settings.json", "--secret", NEW_SECRET)

    assert updated == Run(0, f"{connector} updated successfully.\n")
    assert service.lines == [VALIDATE, RESERVE, f"PATCH {APIS}/{connector}"]
    assert service.requests[-1].json() == {"properties": expected(package, NEW_SECRET)}
    assert list(service.connectors) == [connector]
    assert read_json(package / "settings.json") == rebuilt
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
