"""Every live command as a process of its own, against stand-ins; and no byte that they write is a secret."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.stand_ins.entra import APP, CLIENT, SECRET, TENANT, Entra
from tests.live.stand_ins.power_platform import ENVIRONMENT, Platform
from tests.live.stand_ins.program import Done, Program
from tests.live.stand_ins.server import Hang
from tests.live.test_deploy import AAD, ID

OAUTH = "planted-oauth-secret"
COMMANDS = ("login", "whoami", "token", "environments", "deploy", "pull", "logout")


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
    (tmp_path / "parcel.yaml").write_text(AAD, encoding="utf-8")
    return Program(tmp_path, **entra.variables(), **platform.variables())


def texts(program: Program, *runs: Done) -> str:
    """Returns all that runs wrote: to their streams, and to files, but the cache of tokens that the user asked for."""
    files = {name: content for name, content in program.files().items() if name != "home/tokens.json"}
    return "\n".join(
        [*(run.stdout + run.stderr for run in runs), *(one.decode("utf-8", "replace") for one in files.values())]
    )


def test_a_person_from_login_to_logout(program: Program, entra: Entra, platform: Platform) -> None:
    program.with_browser()
    on = ("-e", "Acme Dev", "--verbose")
    runs = [
        program.process("login", "--client-id", CLIENT, "--store", "file", "--verbose"),
        program.process("whoami", "--verbose", "--for", "flow"),
        program.process("environments", "--verbose"),
        program.process("deploy", "parcel.yaml", *on, "--yes", CB_OAUTH_SECRET=OAUTH),
        program.process("deploy", "parcel.yaml", *on, "--dry-run", CB_OAUTH_SECRET=OAUTH),
        program.process("pull", *on, "--format", "json"),
        program.process("token", "parcel.yaml", "--show"),
    ]
    assert [(run.args[3], run.returncode) for run in runs] == [
        (name, 0) for name in ("login", "whoami", "environments", "deploy", "deploy", "pull", "token")
    ]
    assert json.loads(runs[5].stdout)["pulled"][0]["path"] == "specs/parcel-tracker.yaml"
    assert platform.connectors[ID]["connectionParameters"]["token"]["oAuthSettings"]["clientSecret"] == OAUTH
    assert OAUTH.encode() in platform.requests[-1].body or any(OAUTH.encode() in one.body for one in platform.requests)
    written = texts(program, *runs)
    assert "planted" not in written
    assert not [token for token in entra.issued if token in written or token.rpartition(".")[2] in written]
    assert program.process("logout").stdout == "signed out\n"
    assert not (program.home / "tokens.json").exists()


def test_killed_in_the_middle_and_run_again(program: Program, platform: Platform) -> None:
    program.with_browser()
    assert program("login", "--client-id", CLIENT, "--store", "file").returncode == 0
    platform.after[r"POST .*/apis"] = [Hang()]
    with program.start("deploy", "parcel.yaml", "-e", "Acme Dev", "--yes") as running:
        assert platform.lost.wait(60)
        running.kill()
        running.communicate()
    assert list(platform.connectors) == [ID]
    done = program.process("deploy", "parcel.yaml", "-e", "Acme Dev", "--yes")
    assert (done.returncode, list(platform.connectors)) == (0, [ID])
    assert done.stderr.splitlines()[0] == f"Parcel Tracker: changes {ID} in Acme Dev (powerapps)"


def test_a_pipeline_without_a_person(program: Program, entra: Entra, platform: Platform) -> None:
    platform.as_application = True
    variables = {"AZURE_TENANT_ID": TENANT, "AZURE_CLIENT_ID": APP, "AZURE_CLIENT_SECRET": SECRET}
    runs = [
        program.process(
            "deploy", "parcel.yaml", "-e", ENVIRONMENT, "--solution", "AcmeParcel", "--yes", "--verbose", **variables
        ),
        program.process("pull", "-e", ENVIRONMENT, "--raw", "-o", "raw", "--verbose", **variables),
    ]
    assert [run.returncode for run in runs] == [0, 0]
    assert not program.home.exists()  # nothing is kept
    written = texts(program, *runs)
    assert "planted" not in written
    assert not [token for token in entra.issued if token in written]


@pytest.mark.parametrize("content", ["", "no JSON", '{"AccessToken": 17}', '{"Account": {"a": 1}}'])
def test_kept_tokens_that_cannot_be_read(program: Program, platform: Platform, content: str) -> None:
    program.with_browser()
    assert program("login", "--client-id", CLIENT, "--store", "file").returncode == 0
    (program.home / "tokens.json").write_text(content, encoding="utf-8")
    done = program("whoami", "--verbose")
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr.splitlines()[-2] in (
        "error: the tokens that were kept can't be read",
        "error: nobody is signed in",
    )
    program("logout")
    assert program("login", "--client-id", CLIENT, "--store", "file").returncode == 0


@pytest.mark.parametrize("command", ["login", "whoami", "logout", "environments"])
def test_without_the_extra(program: Program, command: str) -> None:
    folder = program.folder / "without"
    folder.mkdir()
    for name in ("requests", "msal", "msal_extensions"):
        text = f"raise ModuleNotFoundError(\"No module named '{name}'\", name='{name}')\n"
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    done = program.process(command, PYTHONPATH=str(folder))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == 'error: this command requires more than is installed: pip install "connector-builder[live]"\n'
