"""The whole way of our connectors with the real paconn: built, created, built again, updated, downloaded."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.programs.paconn_cli import TOKEN, USER, Paconn, Run
from tests.support.programs.paconn_packages import ENVIRONMENT, read_json, write_json
from tests.support.programs.stand_in import BLOB_HOST, CONTAINER, SIGNATURE, BlobStorage, PowerApps

pytestmark = pytest.mark.installs

APIS = "/providers/Microsoft.PowerApps/apis"
VALIDATE = f"POST /providers/Microsoft.PowerApps/objectIds/{USER}/validateApiSwagger"
RESERVE = f"POST /providers/Microsoft.PowerApps/objectIds/{USER}/generateResourceStorage"
SPECS = Path(__file__).parents[2] / "specs"
SECRET = "the-secret-of-the-first-upload"
NEW_SECRET = "the-secret-of-the-second-upload"


@dataclass(frozen=True, slots=True)
class Connector:
    """A spec of ours: the address that paconn is to make of its definition, and what it is to upload beside it."""

    spec: str
    server: str
    oauth: bool = False
    script: bool = False

    @property
    def folder(self) -> str:
        return Path(self.spec).stem

    @property
    def secret(self) -> list[str]:
        return self.options(SECRET)

    @property
    def new_secret(self) -> list[str]:
        return self.options(NEW_SECRET)

    def options(self, secret: str) -> list[str]:
        """A client secret for those that need one, as our READMEs tell."""
        return ["--secret", secret] if self.oauth else []


CONNECTORS = [
    Connector("deepl-translation.yaml", "https://api.deepl.com/v2"),
    Connector("github-issues", "https://api.github.com/", oauth=True),
    Connector(
        "power-automate-management", "https://api.flow.microsoft.com/providers/Microsoft.ProcessSimple", oauth=True
    ),
    Connector("usgs-earthquakes", "https://earthquake.usgs.gov/fdsnws/event/1", script=True),
]

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


def build(output: Path, *arguments: str | Path) -> None:
    """`connector-builder build`, as a user runs it."""
    command = [sys.executable, "-m", "connector_builder", "build", "-o", str(output), *map(str, arguments)]
    run = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace", check=False
    )
    assert run.returncode == 0, run.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that our own connectors are built into."""
    output = tmp_path_factory.mktemp("built") / "output"
    build(output, *(SPECS / connector.spec for connector in CONNECTORS))
    return output


@pytest.fixture(params=CONNECTORS, ids=lambda connector: connector.folder)
def connector(request: pytest.FixtureRequest) -> Connector:
    given: Connector = request.param
    return given


@pytest.fixture
def package(built: Path, connector: Connector, tmp_path: Path, service: PowerApps) -> Path:
    """A built package, with what a user enters into settings.json before the first upload."""
    folder: Path = shutil.copytree(built, tmp_path / "output") / connector.folder
    settings = read_json(folder / "settings.json")
    write_json(folder / "settings.json", settings | {"environment": ENVIRONMENT, "powerAppsUrl": service.url})
    return folder


@pytest.fixture
def created(package: Path, connector: Connector, paconn: Paconn) -> Run:
    return paconn(package, "create", "-s", "settings.json", *connector.secret, "-w")


def uploads(package: Path, connector: Connector) -> dict[str, bytes]:
    """What is to lie in the storage: the files that are no JSON, as they were built."""
    names = ["icon.png", *(["script.csx"] if connector.script else [])]
    return {f"/connectors/{name}": (package / name).read_bytes() for name in names}


def expected(package: Path, connector: Connector, secret: str) -> dict[str, Any]:
    """What paconn is to send of a package: apiProperties.json with the secret, the definition, and what follows from both."""
    definition = read_json(package / "apiDefinition.swagger.json")
    properties: dict[str, Any] = read_json(package / "apiProperties.json")["properties"]
    if connector.oauth:
        properties["connectionParameters"]["token"]["oAuthSettings"]["clientSecret"] = secret
    return properties | {
        "openApiDefinition": definition,
        "backendService": {"serviceUrl": connector.server},
        "environment": {"name": ENVIRONMENT},
        "description": definition["info"]["description"],
        "iconUri": f"{CONTAINER}/icon.png?{SIGNATURE}",
        "scriptDefinitionUrl": f"{CONTAINER}/script.csx?{SIGNATURE}" if connector.script else "",
    }


def test_create_sends_the_package(package: Path, connector: Connector, created: Run, service: PowerApps) -> None:
    (name,) = service.connectors
    assert created == Run(0, f"{name} created successfully.\n")
    assert service.lines == [VALIDATE, RESERVE, f"POST {APIS}"]
    validate, reserve, create = service.requests
    definition = read_json(package / "apiDefinition.swagger.json")
    title = definition["info"]["title"]
    assert validate.json() == definition
    assert reserve.json() == {"environment": {"name": ENVIRONMENT}}
    assert create.json() == {"properties": expected(package, connector, SECRET) | {"displayName": title}}
    assert "stackOwner" not in create.json()["properties"]  # which the service refuses
    assert create.query == {"api-version": "2016-11-01", "$filter": f"environment eq '{ENVIRONMENT}'"}
    assert {request.headers["authorization"] for request in service.requests} == {f"Bearer {TOKEN}"}


def test_create_uploads_icon_and_script(
    package: Path, connector: Connector, created: Run, storage: BlobStorage
) -> None:
    assert created.status == 0
    assert storage.hosts == {BLOB_HOST}
    assert storage.blobs == uploads(package, connector)
    assert [request.path for request in storage.requests] == list(storage.blobs)
    assert storage.requests[0].headers["x-ms-blob-content-type"] == "image/png"
    assert not any("authorization" in request.headers for request in storage.requests)


def test_create_notes_the_connector_in_the_settings(
    package: Path, connector: Connector, created: Run, service: PowerApps
) -> None:
    assert created.status == 0
    script = {"script": "script.csx"} if connector.script else {}
    assert read_json(package / "settings.json") == script | {
        "connectorId": next(iter(service.connectors)),
        "environment": ENVIRONMENT,
        "apiProperties": "apiProperties.json",
        "apiDefinition": "apiDefinition.swagger.json",
        "icon": "icon.png",
        "powerAppsUrl": service.url,
        "powerAppsApiVersion": "2016-11-01",
    }


def test_a_rebuild_keeps_the_connector_and_update_changes_it(
    package: Path, connector: Connector, created: Run, paconn: Paconn, service: PowerApps, storage: BlobStorage
) -> None:
    assert created.status == 0
    (name,) = service.connectors
    settings = (package / "settings.json").read_bytes()
    service.requests.clear()
    storage.blobs.clear()

    build(package.parent, SPECS / connector.spec, "--check")
    build(package.parent, SPECS / connector.spec)
    assert (package / "settings.json").read_bytes() == settings
    updated = paconn(package, "update", "-s", "settings.json", *connector.new_secret)

    assert updated == Run(0, f"{name} updated successfully.\n")
    assert service.lines == [VALIDATE, RESERVE, f"PATCH {APIS}/{name}"]
    assert service.requests[-1].json() == {"properties": expected(package, connector, NEW_SECRET)}
    assert list(service.connectors) == [name]
    assert (package / "settings.json").read_bytes() == settings
    assert storage.blobs == uploads(package, connector)
    assert storage.hosts == {BLOB_HOST}


def test_download_gives_the_package_back_and_no_secret_stays_behind(
    package: Path, connector: Connector, created: Run, paconn: Paconn, storage: BlobStorage, tmp_path: Path
) -> None:
    back = package.parent / "back"

    updated = paconn(package, "update", "-s", "settings.json", *connector.new_secret)
    downloaded = paconn(package, "download", "-s", "settings.json", "-d", str(back), "-w")

    assert (created.status, updated.status, downloaded.status) == (0, 0, 0), downloaded.output
    documents = ["apiDefinition.swagger.json", "apiProperties.json"]
    others = [name.rpartition("/")[2] for name in uploads(package, connector)]
    assert sorted(file.name for file in back.iterdir()) == sorted([*documents, *others, "settings.json"])
    assert [read_json(back / name) for name in documents] == [read_json(package / name) for name in documents]
    assert [(back / name).read_bytes() for name in others] == [(package / name).read_bytes() for name in others]
    assert storage.hosts == {BLOB_HOST}
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert package / "apiProperties.json" in files
    assert [file for file in files if b"the-secret-of" in file.read_bytes()] == []


def test_settings_of_the_spec_are_enough(
    tmp_path: Path, paconn: Paconn, service: PowerApps, storage: BlobStorage
) -> None:
    spec = tmp_path / "orders.yaml"
    spec.write_text(ORDERS, encoding="utf-8")
    build(tmp_path / "output", spec, "--var", f"ENVIRONMENT_ID={ENVIRONMENT}", "--var", f"SERVICE={service.url}")

    created = paconn(tmp_path / "output" / "orders", "create", "-s", "settings.json", "-w")

    assert created.status == 0, created.output
    properties = service.requests[-1].json()["properties"]
    assert properties["environment"] == {"name": ENVIRONMENT}
    assert properties["description"] == "Lists the orders of a café."
    assert properties["backendService"] == {"serviceUrl": "https://api.contoso.example/"}
    assert [parameter["type"] for parameter in properties["connectionParameters"].values()] == ["securestring"]
    assert "iconUri" not in properties
    assert storage.hosts == set()
