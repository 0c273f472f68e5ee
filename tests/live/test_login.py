"""Signing in, against a stand-in for Microsoft Entra ID."""

import json
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from connector_builder.platform.service_errors import Explanation, explain
from tests.live.stand_ins.entra import APP, ASSERTION, CLIENT, SECRET, TENANT, USER, Entra
from tests.live.stand_ins.program import Program
from tests.live.stand_ins.server import Server
from tests.support.programs.stand_in import Reply, Request

AS_APP = {"AZURE_TENANT_ID": TENANT, "AZURE_CLIENT_ID": APP, "AZURE_CLIENT_SECRET": SECRET}
OF_APP = {
    "method": "secret",
    "cloud": "public",
    "storage": "memory",
    "audience": "https://service.powerapps.com/",
    "tenant": TENANT,
    "user": "",
    "object_id": APP,
    "application": APP,
    "scopes": ["app"],
    "expires": "2026-10-05T14:03:11Z",
}


def explained(code: str) -> Explanation:
    found = explain(code)
    assert found is not None
    return found


@pytest.fixture
def entra() -> Iterator[Entra]:
    with Entra() as entra:
        yield entra


@pytest.fixture
def program(tmp_path: Path, entra: Entra) -> Program:
    return Program(tmp_path, **entra.variables())


def test_by_browser_and_then_from_the_cache(program: Program, entra: Entra) -> None:
    program.with_browser()
    done = program("login", "--client-id", CLIENT, "--store", "file")
    assert (done.returncode, done.stderr) == (0, "sign in with the browser that opens now\n")
    assert done.stdout == "signed in: maker@acme.example, by browser, cloud public\n"
    done = program("whoami", "--for", "flow")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "who:       maker@acme.example",
        "how:       browser, cloud public",
        "tokens:    file",
        f"tenant:    {TENANT}",
        f"app:       {CLIENT}",
        f"object id: {USER}",
        "audience:  https://service.flow.microsoft.com/",
        "scopes:    user_impersonation",
        "expires:   2026-10-05T14:03:11Z",
    ]
    grants = [dict(entra.form(one))["grant_type"] for one in entra.requests if one.line.endswith("/token")]
    assert grants == ["authorization_code", "refresh_token"]
    record = json.loads((program.home / "sign-in.json").read_text(encoding="utf-8"))
    assert record == {
        "cloud": "public",
        "method": "browser",
        "tenant": "organizations",
        "client_id": CLIENT,
        "storage": "file",
    }
    if os.name == "posix":
        assert stat.S_IMODE((program.home / "tokens.json").stat().st_mode) == 0o600
        assert stat.S_IMODE(program.home.stat().st_mode) == 0o700
    done = program("logout")
    assert (done.returncode, done.stdout) == (0, "signed out\n")
    assert sorted(program.files()) == []
    assert program("logout").stdout == "nobody was signed in\n"
    done = program("whoami")
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr == "error: nobody is signed in\nhelp: sign in: connector-builder login\n"


def test_somebody_declines_in_the_browser(program: Program, entra: Entra) -> None:
    entra.declined = "AADSTS65004: User declined to consent. Trace ID: 1"
    done = program.with_browser()("login", "--client-id", CLIENT)
    assert (done.returncode, done.stdout) == (4, "")
    lines = done.stderr.splitlines()
    assert lines[1:4] == [
        "error: Microsoft Entra ID refuses: AADSTS65004: User declined to consent.",
        "",
        f"AADSTS65004: {explained('AADSTS65004').title}",
    ]
    assert "  What to do:" in lines


def test_by_a_code_on_another_device(program: Program, entra: Entra) -> None:
    done = program("login", "--client-id", CLIENT)
    assert done.stderr == "To sign in, open https://microsoft.com/devicelogin and enter the code ABCD-EFGH.\n"
    assert done.returncode == 0
    if sys.platform == "linux":  # here nothing can encrypt
        assert done.stdout.splitlines()[1] == (
            "tokens stay in memory, so the next command signs in again; to keep them in a file of yours: --store file"
        )
        assert sorted(program.files()) == ["home/sign-in.json"]
        assert program("whoami").returncode == 4


def test_by_a_secret_of_the_environment(program: Program, entra: Entra) -> None:
    done = program("login", "--format", "json", **AS_APP)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == OF_APP
    assert json.loads(program("whoami", "--format", "json", **AS_APP).stdout) == OF_APP
    done = program("whoami")
    assert (done.returncode, done.stderr) == (
        2,
        "error: the client secret is missing\nhelp: set the variable AZURE_CLIENT_SECRET\n",
    )


def test_by_a_secret_of_standard_input(program: Program) -> None:
    arguments = ("login", "--method", "secret", "--tenant", "acme.example", "--client-id", APP, "--secret-stdin")
    done = program(*arguments, stdin=f"{SECRET}\n")
    assert (done.returncode, done.stdout) == (0, f"signed in: the application {APP}, by secret, cloud public\n")


def test_a_wrong_secret_is_never_shown(program: Program) -> None:
    done = program("login", "--verbose", **AS_APP | {"AZURE_CLIENT_SECRET": "planted-wrong-secret"})
    assert done.returncode == 4
    refused = "error: Microsoft Entra ID refuses: AADSTS7000215: Invalid client secret provided: REDACTED."
    assert refused in done.stderr.splitlines()
    assert "planted" not in done.stderr


def test_a_pipeline_of_github(program: Program, entra: Entra) -> None:
    def give(request: Request) -> Reply:
        assert request.headers["authorization"] == "Bearer planted-request-token"
        assert (request.query["audience"], request.query["v"]) == ("api://AzureADTokenExchange", "1")
        return Reply.of({"count": 1, "value": ASSERTION})

    with Server(route=give) as github:
        variables = {
            "ACTIONS_ID_TOKEN_REQUEST_URL": f"{github.url}/token?v=1",
            "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "planted-request-token",
        }
        done = program("login", "--format", "json", **variables, AZURE_TENANT_ID=TENANT, AZURE_CLIENT_ID=APP)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == OF_APP | {"method": "federated"}


def test_a_pipeline_of_azure_devops(program: Program) -> None:
    def give(request: Request) -> Reply:
        assert (request.method, request.body, request.headers["authorization"]) == (
            "POST",
            b"",
            "Bearer planted-system-token",
        )
        assert request.query == {"api-version": "7.1", "serviceConnectionId": "connection-1"}
        return Reply.of({"oidcToken": ASSERTION})

    with Server(route=give) as devops:
        variables = {"SYSTEM_OIDCREQUESTURI": f"{devops.url}/oidc", "SYSTEM_ACCESSTOKEN": "planted-system-token"}
        named = {"AZURESUBSCRIPTION_TENANT_ID": TENANT, "AZURESUBSCRIPTION_CLIENT_ID": APP}
        done = program("login", **variables, **named)
        assert (done.returncode, done.stderr.splitlines()[0]) == (4, "error: no service connection is named")
        done = program("login", **variables, **named, AZURESUBSCRIPTION_SERVICE_CONNECTION_ID="connection-1")
    assert (done.returncode, done.stdout) == (0, f"signed in: the application {APP}, by federated, cloud public\n")


def test_an_assertion_in_a_file(program: Program, tmp_path: Path) -> None:
    (tmp_path / "assertion").write_text(f"{ASSERTION}\n", encoding="utf-8")
    named = {
        "AZURE_FEDERATED_TOKEN_FILE": str(tmp_path / "assertion"),
        "AZURE_TENANT_ID": TENANT,
        "AZURE_CLIENT_ID": APP,
    }
    assert program("login", **named).stdout == f"signed in: the application {APP}, by federated, cloud public\n"


def test_a_managed_identity(program: Program, entra: Entra) -> None:
    def give(request: Request) -> Reply:
        assert request.headers["x-identity-header"] == "planted-identity-header"
        assert request.query["resource"] == "https://service.powerapps.com/"
        return Reply.of(
            {"access_token": entra.issue(aud="x", appid=APP, idtyp="app"), "expires_on": "4000000000", "resource": "x"}
        )

    with Server(route=give) as identity:
        variables = {"IDENTITY_ENDPOINT": f"{identity.url}/msi/token", "IDENTITY_HEADER": "planted-identity-header"}
        done = program("login", "--method", "managed-identity", **variables)
    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        f"signed in: the application {APP}, by managed-identity, cloud public\n",
        "",
    )


AZ = """import json, sys
assert sys.argv[1:4] == ["account", "get-access-token", "--resource"], sys.argv
assert sys.argv[4] == "https://service.powerapps.com/", sys.argv
if {signed_in}:
    print(json.dumps({{"accessToken": "{token}", "expires_on": 1}}))
else:
    print("ERROR: Please run 'az login' to setup account.", file=sys.stderr)
    sys.exit(1)
"""


@pytest.mark.skipif(os.name != "posix", reason="the stand-in for the Azure CLI is a script with a shebang")
@pytest.mark.parametrize("signed_in", [True, False])
def test_the_azure_cli(program: Program, entra: Entra, signed_in: bool) -> None:
    az = program.folder / "bin" / "az"
    token = entra.issue(aud="https://service.powerapps.com/", appid="x", upn="dev@acme.example")
    az.write_text(f"#!{sys.executable}\n" + AZ.format(signed_in=signed_in, token=token), encoding="utf-8")
    az.chmod(0o755)
    done = program("login", *([] if signed_in else ["--method", "az"]))
    if signed_in:
        assert (done.returncode, done.stdout) == (0, "signed in: dev@acme.example, by az, cloud public\n")
        assert program("whoami").stdout.splitlines()[2] == "tokens:    the Azure CLI"
    else:
        assert (done.returncode, done.stdout) == (4, "")
        assert done.stderr == (
            "error: the Azure CLI gives no token: Please run 'az login' to setup account.\n"
            "help: sign in there: az login --allow-no-subscriptions\n"
        )
    assert entra.requests == []


@pytest.mark.parametrize(
    ("arguments", "status", "error"),
    [
        (["login"], 4, "no application is named by which to sign in"),
        (["login", "--client-id", "x"], 2, "'x' can't be the id of an application"),
        (["login", "--tenant", "not a tenant", "--client-id", CLIENT], 2, "'not a tenant' can't be a tenant"),
        (["login", "--method", "secret", "--client-id", APP], 4, "an application signs in to one tenant"),
        (["login", "--method", "federated", "--client-id", APP, "--tenant", TENANT], 4, "nothing here gives an assertion for a federated credential"),
        (["login", "--method", "certificate", "--client-id", APP, "--tenant", TENANT], 4, "no certificate is named"),
        (["login", "--method", "device", "--client-id", CLIENT, "--tenant", "other.example"], 4, "Microsoft Entra ID knows no tenant 'other.example'"),
        (["login", "--method", "device", "--client-id", APP], 4, "Microsoft Entra ID refuses: AADSTS700016: Application was not found."),
        (["login", "--method", "az"], 4, "the Azure CLI isn't installed"),
        (["whoami"], 4, "nobody is signed in"),
    ],
)  # fmt: skip
def test_what_can_go_wrong(program: Program, arguments: list[str], status: int, error: str) -> None:
    done = program(*arguments)
    assert (done.returncode, done.stdout, done.stderr.splitlines()[0]) == (status, "", f"error: {error}")


def test_a_refresh_token_that_expired(program: Program, entra: Entra) -> None:
    program.with_browser()
    assert program("login", "--client-id", CLIENT, "--store", "file").returncode == 0
    entra.refresh.clear()
    done = program("whoami", "--for", "graph")
    assert (done.returncode, done.stderr.splitlines()[0]) == (4, "error: nobody is signed in")


def test_no_byte_of_a_run_is_a_secret(program: Program, entra: Entra) -> None:
    """Everything that runs print, and all files but the cache of tokens that the user asked for."""
    program.with_browser()
    runs = [
        program("login", "--client-id", CLIENT, "--store", "file", "--verbose"),
        program("whoami", "--verbose"),
        program("whoami", "--verbose", "--for", "flow", "--format", "json"),
        program("login", "--verbose", **AS_APP),
        program("login", "--verbose", "--method", "device", "--client-id", CLIENT),
    ]
    assert [run.returncode for run in runs] == [0, 0, 0, 0, 0]
    files = {name: content for name, content in program.files().items() if name != "home/tokens.json"}
    written = "\n".join(
        [
            *(run.stdout + run.stderr for run in runs),
            *(content.decode("utf-8", "replace") for content in files.values()),
        ]
    )
    assert len(entra.issued) == 4
    assert not [token for token in entra.issued if token in written or token.rpartition(".")[2] in written]
    assert "planted" not in written
