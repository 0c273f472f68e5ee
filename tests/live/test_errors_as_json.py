"""`--format json` when a live command stops: one document, with the error."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.stand_ins.entra import CLIENT, Entra
from tests.live.stand_ins.power_platform import Platform, refuse
from tests.live.stand_ins.program import Program
from tests.live.test_deploy import ON, SPEC

JSON = ("--format", "json")
LIST = r"GET .*/environments"


@pytest.fixture
def platform() -> Iterator[Platform]:
    with Platform([]) as platform:
        yield platform


@pytest.fixture
def program(tmp_path: Path, platform: Platform) -> Iterator[Program]:
    (tmp_path / "parcel.yaml").write_text(SPEC, encoding="utf-8")
    (tmp_path / "bad.yaml").write_text(SPEC.replace("GET /p", "GTE /p"), encoding="utf-8")
    with Entra() as entra:
        platform.issued = entra.issued
        program = Program(tmp_path, **entra.variables(), **platform.variables()).with_browser()
        assert program("login", "--client-id", CLIENT, "--store", "file").returncode == 0
        yield program


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("deploy", "bad.yaml", *ON), 2, "nothing was sent: 'bad.yaml' doesn't build: "),
        (("deploy", "parcel.yaml", "-e", "Acme Dve"), 2, "there is no environment 'Acme Dve'"),
        (("pull", "Nope", "-e", "Acme Dev"), 2, "there is no connector 'Nope'"),
        (("token", "parcel.yaml"), 2, "this connector doesn't sign in by OAuth"),
        (("register", "parcel.yaml", "--apply"), 2, "nobody can be asked whether to go on"),
        (("call", "parcel.yaml", "GetParcel", "code=1", "--rate", "x", "--each", "none"), 2, "'none'"),
    ],
)
def test_what_is_wrong(program: Program, arguments: tuple[str, ...], status: int, message: str) -> None:
    done = program(*arguments, *JSON)
    error = json.loads(done.stdout)["error"]
    assert (done.returncode, error["exit_status"], error["code"]) == (status, status, None)
    assert message in error["message"]
    assert done.stderr.startswith(f"error: {error['message']}")


def test_nobody_is_signed_in(program: Program) -> None:
    program("logout")
    done = program("whoami", *JSON)
    assert (done.returncode, json.loads(done.stdout)["error"]["exit_status"]) == (4, 4)


def test_a_service_that_refuses(program: Program, platform: Platform) -> None:
    platform.faults[LIST] = [refuse(403, "EnvironmentAccessDenied", "planted") for _ in range(2)]
    error = json.loads(program("environments", *JSON).stdout)["error"]
    assert (error["code"], error["exit_status"]) == ("EnvironmentAccessDenied", 5)
    assert error["explanation"]["title"] == "you have no access to the environment"


def test_an_error_that_only_its_message_shows(program: Program, platform: Platform) -> None:
    platform.faults[LIST] = [
        refuse(403, "Forbidden", "The service principal does not have permission to access the path.")
    ]
    done = program("environments")
    assert (done.returncode, "\nmanagement-application: " in done.stderr) == (5, True)


def test_in_the_middle_of_a_deployment(program: Program, platform: Platform) -> None:
    platform.faults[r"POST .*/apis"] = [refuse(400, "ApiHubsRequestFailed", "Invalid Api definition object.")]
    data = json.loads(program("deploy", "parcel.yaml", *ON, *JSON).stdout)
    assert ([one["title"] for one in data["plans"]], data["deployed"]) == (["Parcel Tracker"], [])
    assert (data["error"]["code"], data["error"]["exit_status"]) == ("ApiHubsRequestFailed", 5)
    assert data["error"]["explanation"]["code"] == "invalid-api-definition"  # which says more than the code


def test_a_registration_as_json(program: Program) -> None:
    data = json.loads(program("register", "parcel.yaml", *JSON).stdout)
    assert (data["form"], data["notes"]) == ("table", [])
    assert data["document"].startswith("Parcel Tracker: there is nothing to register")
