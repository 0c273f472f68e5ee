"""What paconn makes of the files of a package: the facts that `build`, its settings.json and the rules stand on.

Where one of these fails with a newer paconn, the rule or the merge of settings.json that relies on it wants another look.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.programs.paconn_cli import Paconn, last_line
from tests.support.programs.paconn_packages import API_KEY, DEFINITION, ENVIRONMENT, OAUTH, read_json, write_package
from tests.support.programs.stand_in import BLOB_HOST, CONTAINER, ENVIRONMENTS, SIGNATURE, BlobStorage, PowerApps

pytestmark = pytest.mark.installs

CREATE = ("create", "-s", "settings.json", "-w")
UPDATE = ("update", "-s", "settings.json")
NO_SECRET = "ERROR: Please provide OAuth2 client secret using the --secret argument."

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path, service: PowerApps) -> Write:
    """Writes a package that uploads to the stand-in."""

    def write(**parts: Any) -> Path:
        return write_package(tmp_path / "orders", **{"powerAppsUrl": service.url, **parts})

    return write


# settings.json


def test_create_keeps_eight_keys_of_the_settings(write: Write, paconn: Paconn, service: PowerApps) -> None:
    login = {"flowUrl": service.url, "clientId": "x", "tenant": "x", "authorityUrl": "x", "resource": "x"}
    package = write(icon=None, script=None, **login, flowApiVersion="x", own={"note": 1})

    assert paconn(package, *CREATE).status == 0

    # In this order, without a final newline, and with the line ends of the system.
    assert (package / "settings.json").read_text(encoding="ascii") == json.dumps(
        {
            "connectorId": next(iter(service.connectors)),
            "environment": ENVIRONMENT,
            "apiProperties": "apiProperties.json",
            "apiDefinition": "apiDefinition.swagger.json",
            "icon": None,
            "powerAppsUrl": service.url,
            "powerAppsApiVersion": "2016-11-01",
        },
        indent=2,
    )


def test_update_leaves_the_settings_as_they_are(write: Write, paconn: Paconn, service: PowerApps) -> None:
    service.connectors["shared_orders"] = {}
    package = write(connectorId="shared_orders", own={"note": 1})
    before = (package / "settings.json").read_bytes()

    assert paconn(package, *UPDATE).status == 0

    assert (package / "settings.json").read_bytes() == before


def test_without_overwriting_the_connector_is_made_and_its_id_lost(
    write: Write, paconn: Paconn, service: PowerApps
) -> None:
    package = write()
    before = (package / "settings.json").read_bytes()

    run = paconn(package, "create", "-s", "settings.json")

    assert run.status == 1
    assert last_line(run.output) == "knack.prompting.NoTTYException"
    assert len(service.connectors) == 1
    assert (package / "settings.json").read_bytes() == before


def test_create_again_makes_a_second_connector(write: Write, paconn: Paconn, service: PowerApps) -> None:
    package = write()

    assert (paconn(package, *CREATE).status, paconn(package, *CREATE).status) == (0, 0)

    first, second = service.connectors
    assert read_json(package / "settings.json")["connectorId"] == second != first


@pytest.mark.parametrize("environment", ["", None])
def test_without_an_environment_paconn_asks(
    write: Write, paconn: Paconn, service: PowerApps, environment: str | None
) -> None:
    package = write(environment=environment, flowUrl=service.url)

    run = paconn(package, *CREATE)

    assert run.status == 1
    assert last_line(run.output) == "knack.prompting.NoTTYException"
    assert service.lines == [f"GET {ENVIRONMENTS}"]


def test_without_a_connector_update_asks(write: Write, paconn: Paconn, service: PowerApps) -> None:
    run = paconn(write(connectorId=""), *UPDATE)

    assert run.status == 1
    assert service.lines == ["GET /providers/Microsoft.PowerApps/apis"]


def test_files_are_looked_for_in_the_current_folder(write: Write, paconn: Paconn, service: PowerApps) -> None:
    package = write()

    run = paconn(package.parent, "create", "-s", "orders/settings.json", "-w")

    assert (run.status, run.output) == (1, "ERROR: File does not exist: apiProperties.json\n")
    assert service.lines == []


# Icon and script


@pytest.mark.parametrize("icon", [None, "", "missing.png"])
def test_no_icon_is_no_error(
    write: Write, paconn: Paconn, service: PowerApps, storage: BlobStorage, icon: str | None
) -> None:
    package = write(icon=icon)

    assert paconn(package, *CREATE).status == 0

    assert "iconUri" not in service.requests[-1].json()["properties"]
    assert storage.hosts == set()
    assert read_json(package / "settings.json")["icon"] == icon


def test_a_script_is_uploaded_where_the_settings_name_it(
    write: Write, paconn: Paconn, service: PowerApps, storage: BlobStorage
) -> None:
    package = write(script="script.csx")
    (package / "script.csx").write_bytes(b"public class Script : ScriptBase { }\n")

    assert paconn(package, *CREATE).status == 0

    address = f"{CONTAINER}/script.csx?{SIGNATURE}"
    assert service.requests[-1].json()["properties"]["scriptDefinitionUrl"] == address
    assert storage.blobs["/connectors/script.csx"] == b"public class Script : ScriptBase { }\n"
    assert storage.hosts == {BLOB_HOST}
    assert read_json(package / "settings.json")["script"] == "script.csx"


@pytest.mark.parametrize("script", [None, "missing.csx"])
def test_a_script_that_is_not_named_or_not_there_is_taken_away(
    write: Write, paconn: Paconn, service: PowerApps, script: str | None
) -> None:
    service.connectors["shared_orders"] = {"scriptDefinitionUrl": "https://standin.example/script.csx"}
    package = write(connectorId="shared_orders", script=script)
    (package / "script.csx").write_bytes(b"public class Script : ScriptBase { }\n")

    assert paconn(package, *UPDATE).status == 0

    assert service.connectors["shared_orders"]["scriptDefinitionUrl"] == ""


# Secrets


def test_an_api_key_needs_no_secret(write: Write, paconn: Paconn, service: PowerApps) -> None:
    package = write(parameters={"api_key": API_KEY})

    assert paconn(package, *CREATE).status == 0

    assert service.requests[-1].json()["properties"]["connectionParameters"] == {"api_key": API_KEY}


def test_oauth_is_not_created_without_a_secret(write: Write, paconn: Paconn, service: PowerApps) -> None:
    run = paconn(write(parameters={"token": OAUTH}), *CREATE)

    assert (run.status, last_line(run.output)) == (1, NO_SECRET)
    assert service.lines == []


def test_update_without_a_secret_sends_none(write: Write, paconn: Paconn, service: PowerApps) -> None:
    service.connectors["shared_orders"] = {}

    assert paconn(write(connectorId="shared_orders", parameters={"token": OAUTH}), *UPDATE).status == 0

    assert service.requests[-1].json()["properties"]["connectionParameters"] == {"token": OAUTH}


def test_the_secret_reaches_no_parameter_but_token(write: Write, paconn: Paconn, service: PowerApps) -> None:
    package = write(parameters={"oauth": OAUTH, "token:TenantId": {"type": "string"}})

    assert paconn(package, *CREATE, "--secret", "a-secret").status == 0

    assert b"a-secret" not in service.requests[-1].body


def test_the_secret_reaches_the_token_of_every_set(write: Write, paconn: Paconn, service: PowerApps) -> None:
    sets = {"values": [{"name": "oauth", "parameters": {"token": OAUTH}}, {"name": "none", "parameters": {}}]}
    package = write(properties={"connectionParameterSets": sets})

    assert paconn(package, *CREATE, "--secret", "a-secret").status == 0

    first, second = service.requests[-1].json()["properties"]["connectionParameterSets"]["values"]
    assert first["parameters"]["token"]["oAuthSettings"]["clientSecret"] == "a-secret"
    assert second == {"name": "none", "parameters": {}}


# Files that paconn can't take: it fails before anything is sent


def without_description() -> dict[str, Any]:
    return DEFINITION | {"info": {"title": "Orders", "version": "1.0.0"}}


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"properties": {"connectionParameters": None}}, "AttributeError: 'NoneType' object has no attribute 'get'"),
        ({"properties": {"connectionParameterSets": None}}, "AttributeError: 'NoneType' object has no attribute 'get'"),
        (
            {"properties": {"connectionParameterSets": {"values": [{"name": "none"}]}}},
            "AttributeError: 'NoneType' object has no attribute 'get'",
        ),
        ({"definition": without_description()}, "KeyError: 'description'"),
    ],
    ids=["parameters", "sets", "set", "description"],
)
def test_what_must_be_there(
    write: Write, paconn: Paconn, service: PowerApps, parts: dict[str, Any], message: str
) -> None:
    run = paconn(write(**parts), *CREATE)

    assert (run.status, last_line(run.output)) == (1, message)
    assert service.lines == []


@pytest.mark.parametrize("name", ["apiDefinition.swagger.json", "apiProperties.json", "settings.json"])
def test_a_byte_order_mark_stops_it(write: Write, paconn: Paconn, service: PowerApps, name: str) -> None:
    package = write()
    (package / name).write_bytes(b"\xef\xbb\xbf" + (package / name).read_bytes())

    assert paconn(package, *CREATE).status == 1
    assert service.lines == []


@pytest.mark.skipif(sys.platform == "win32", reason="the system's encoding can't be chosen there")
def test_raw_letters_beyond_ascii_need_the_right_encoding(write: Write, paconn: Paconn, service: PowerApps) -> None:
    package = write()
    (package / "apiDefinition.swagger.json").write_text(json.dumps(DEFINITION, ensure_ascii=False), encoding="utf-8")

    run = paconn(package, *CREATE)

    assert (run.status, last_line(run.output).split(":")[0]) == (1, "UnicodeDecodeError")
    assert service.lines == []
