"""What the validator of Power Apps says before a deployment, against stand-ins."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.stand_ins.entra import CLIENT, Entra
from tests.live.stand_ins.power_platform import Platform, refuse
from tests.live.stand_ins.program import Program
from tests.live.test_deploy import ID, ON, SPEC
from tests.support.programs.stand_in import Reply

ASKED = r"POST .*/validateApiSwagger"
MAKES = "Parcel Tracker: makes it in Acme Dev (powerapps), with 1 operation"


@pytest.fixture
def platform() -> Iterator[Platform]:
    with Platform([]) as platform:
        yield platform


@pytest.fixture
def program(tmp_path: Path, platform: Platform) -> Iterator[Program]:
    (tmp_path / "parcel.yaml").write_text(SPEC, encoding="utf-8")
    with Entra() as entra:
        platform.issued = entra.issued
        program = Program(tmp_path, **entra.variables(), **platform.variables()).with_browser()
        assert program("login", "--client-id", CLIENT, "--store", "file").returncode == 0
        yield program


@pytest.mark.parametrize(
    ("reply", "lines"),
    [
        (Reply.of(""), []),
        (Reply(200), []),
        (Reply(404), []),
        (Reply.of("Warnings:\r\n  GetParcel has no summary.\r\n\r\n"), ["Warnings:", "  GetParcel has no summary."]),
        (Reply(200, b"plain text", "text/plain"), ["plain text"]),
        (
            Reply.of({"warnings": [{"message": "one"}, "two"], "errors": [], "count": 2}),
            ["one", "two"],
        ),
        (Reply.of(["line"] * 52), [*["line"] * 50, "and 2 lines more"]),
    ],
)
def test_a_verdict_that_stops_nothing(program: Program, platform: Platform, reply: Reply, lines: list[str]) -> None:
    platform.faults[ASKED] = [reply]
    done = program("deploy", "parcel.yaml", *ON)
    warnings = [f"  warning: Power Apps says: {line}" for line in lines]
    assert (done.returncode, done.stderr.splitlines()) == (0, [MAKES, *warnings])
    assert list(platform.connectors) == [ID]


def test_a_validator_that_fails_stops_nothing(program: Program, platform: Platform) -> None:
    platform.faults[ASKED] = [Reply(403, b"<html>", "text/html")]
    done = program("deploy", "parcel.yaml", *ON)
    assert (done.returncode, list(platform.connectors)) == (0, [ID])
    assert done.stderr.splitlines()[1].startswith(
        "  warning: Power Apps says: nothing: Power Apps answered 403 Forbidden: the body is a page of HTML (POST "
    )


def test_a_definition_that_is_refused(program: Program, platform: Platform) -> None:
    platform.faults[ASKED] = [refuse(400, "InvalidSwagger", "Operation 'GetParcel' is wrong.") for _ in range(2)]
    done = program("deploy", "parcel.yaml", *ON)
    assert (done.returncode, platform.changes) == (5, [])
    plan, error = done.stderr.splitlines()
    assert plan == MAKES
    assert error.startswith(
        "error: nothing was changed: Power Apps refuses 'Parcel Tracker': "
        "Power Apps answered 400 Bad Request: InvalidSwagger: Operation 'GetParcel' is wrong. (POST "
    )
    done = program("deploy", "parcel.yaml", "-e", "Acme Dev", "--format", "json")  # nobody is asked for what can't be
    data = json.loads(done.stdout)
    assert (done.returncode, data["deployed"], platform.connectors) == (5, [], {})
    assert data["plans"][0]["service"]["refuses"] is True
