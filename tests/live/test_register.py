"""`register --apply`, against stand-ins for Microsoft Entra ID and Microsoft Graph."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from connector_builder.live.graph import Graph as MicrosoftGraph
from tests.live.stand_ins.entra import APP, SECRET, TENANT, Entra
from tests.live.stand_ins.graph import FLOW, FLOW_ID, MANAGE, NEW_SECRET, ORDERS, READ, Graph
from tests.live.stand_ins.program import Program
from tests.live.test_deploy import interrupted

SHARED = "https://global.consent.azure-apim.net/redirect"
OWN = f"{SHARED}/contoso-5fruns"
NAME = "Contoso Runs connector"
CLIENT = "c0ffee00-3333-4444-8555-666666666666"
SUBJECT = "/eid1/c/pub/t/Ab/a/Cd/europe-002_x"
SPEC = """\
connector: {title: Contoso Runs, description: Lists the runs of Contoso., server: https://api.contoso.example}
auth: {type: aad, clientId: "${ID:-00000000-0000-0000-0000-000000000000}", tenant: contoso.example, resource: https://service.flow.microsoft.com/, scopes: [Flows.Read.All]}
actions:
  ListRuns: {request: GET /runs, description: Lists the runs., response: {value: string}}
"""
AS_APP = {"AZURE_TENANT_ID": TENANT, "AZURE_CLIENT_ID": APP, "AZURE_CLIENT_SECRET": SECRET}
ACCESS = [{"resourceAppId": FLOW, "resourceAccess": [{"id": READ, "type": "Scope"}]}]


@pytest.fixture
def graph() -> Iterator[Graph]:
    with Entra() as entra, Graph(entra) as graph:
        yield graph


@pytest.fixture
def program(tmp_path: Path, graph: Graph) -> Program:
    (tmp_path / "runs.yaml").write_text(SPEC, encoding="utf-8", newline="\n")
    return Program(tmp_path, **graph.entra.variables(), **graph.variables(), **AS_APP)


def app(**more: Any) -> dict[str, Any]:
    return {"id": "object", "appId": CLIENT, "displayName": NAME, "signInAudience": "AzureADMyOrg", **more}


def test_an_application_is_created_and_a_second_run_finds_nothing_to_do(program: Program, graph: Graph) -> None:
    done = program("register", "runs.yaml", "--apply", "--yes")
    assert (done.returncode, done.stdout) == (0, f"created: {NAME}\napplication (client) ID: client-0\n")
    assert done.stderr == f"- create the application '{NAME}'\n- create its service principal\n"
    assert graph.changes() == ["POST /v1.0/applications", "POST /v1.0/servicePrincipals"]
    assert graph.apps == [
        {
            "id": "object-0",
            "appId": "client-0",
            "displayName": NAME,
            "signInAudience": "AzureADMyOrg",
            "web": {"redirectUris": [SHARED]},
            "requiredResourceAccess": ACCESS,
        }
    ]
    done = program("register", "runs.yaml", "--apply", "--yes", "--format", "json")
    assert json.loads(done.stdout) == {
        "name": NAME,
        "client_id": "client-0",
        "object_id": "object-0",
        "created": False,
        "changes": [],
    }
    assert len(graph.changes()) == 2


API_CONNECTIONS = "fe053c5f-3692-4f14-aef2-ee34fc081cae"
STEPS = [
    "- add the permission access_as_user of its own API",
    "- allow Azure API Connections to use it for users",
]


def test_the_on_behalf_of_login(program: Program, graph: Graph) -> None:
    """An API of the application's own, which Azure API Connections may use; what is there stays, and nothing is done twice."""
    text = SPEC.replace("scopes: [Flows.Read.All]", "scopes: [Flows.Read.All], onBehalfOf: true")
    (program.folder / "runs.yaml").write_text(text, encoding="utf-8", newline="\n")
    done = program("register", "runs.yaml", "--apply", "--yes")
    assert (done.returncode, done.stderr.splitlines()[2:]) == (0, STEPS)
    (made,) = graph.apps
    (scope,) = made["api"]["oauth2PermissionScopes"]
    assert (scope["value"], scope["type"], made["identifierUris"]) == ("access_as_user", "User", ["api://client-0"])
    entry = {"appId": API_CONNECTIONS, "delegatedPermissionIds": [scope["id"]]}
    assert made["api"]["preAuthorizedApplications"] == [entry]
    done = program("register", "runs.yaml", "--apply", "--yes")
    assert done.stdout.splitlines()[0] == f"has all it needs: {NAME}"

    mine = {"id": "mine", "value": "Mine.Read", "type": "User", "isEnabled": True}
    other = {"appId": "other", "delegatedPermissionIds": ["mine"]}
    api = {"oauth2PermissionScopes": [mine], "preAuthorizedApplications": [other]}
    graph.apps = [
        app(web={"redirectUris": [SHARED]}, requiredResourceAccess=ACCESS, api=api, identifierUris=["api://mine"])
    ]
    done = program("register", "runs.yaml", "--apply", "--yes")
    assert [line for line in done.stderr.splitlines() if "service principal" not in line] == STEPS
    (found,) = graph.apps
    assert found["identifierUris"] == ["api://mine"]
    assert found["api"] == {"oauth2PermissionScopes": [mine, scope], "preAuthorizedApplications": [other, entry]}
    assert program("register", "runs.yaml", "--apply", "--yes").stdout.splitlines()[0] == f"has all it needs: {NAME}"


def test_what_an_application_has_it_keeps(program: Program, graph: Graph) -> None:
    other = {"resourceAppId": ORDERS, "resourceAccess": [{"id": "x", "type": "Role"}]}
    manage = {"resourceAppId": FLOW, "resourceAccess": [{"id": MANAGE, "type": "Scope"}]}
    graph.apps = [
        app(web={"redirectUris": ["https://a.example"], "logoutUrl": None}, requiredResourceAccess=[other, manage])
    ]
    done = program("register", "runs.yaml", "--apply", "--yes", "--public-client")
    assert done.stdout == f"completed: {NAME}\napplication (client) ID: {CLIENT}\n"
    assert done.stderr.splitlines() == [
        f"- add the redirect URI {SHARED}",
        "- add the redirect URI http://localhost",
        "- allow public client flows",
        "- add the permissions Flow Service/Flows.Read.All",
        "- create its service principal",
    ]
    (one,) = graph.apps
    assert one["web"]["redirectUris"] == ["https://a.example", SHARED]
    assert one["publicClient"]["redirectUris"] == ["http://localhost"]
    assert one["isFallbackPublicClient"] is True
    both = [{"id": MANAGE, "type": "Scope"}, {"id": READ, "type": "Scope"}]
    assert one["requiredResourceAccess"] == [other, {"resourceAppId": FLOW, "resourceAccess": both}]


def test_after_a_deployment(program: Program, graph: Graph) -> None:
    graph.apps = [app(web={"redirectUris": [SHARED]})]
    done = program("register", "runs.yaml", "--apply", "--yes", "--after-deploy", OWN, "--var", f"ID={CLIENT}")
    assert (done.returncode, done.stderr) == (0, f"- add the redirect URI {OWN}\n")
    assert graph.apps[0]["web"]["redirectUris"] == [SHARED, OWN]
    assert graph.changes() == ["PATCH /v1.0/applications/object"]


def test_a_federated_credential_for_each_environment(program: Program, graph: Graph, tmp_path: Path) -> None:
    settings = "settings: {clientAssertionType: GenericFederatedIdentityCredential}"
    federated = SPEC.replace("contoso.example, resource", f"{TENANT}, resource").replace(
        "scopes:", f"{settings}, scopes:"
    )
    (tmp_path / "runs.yaml").write_text(federated, encoding="utf-8", newline="\n")
    graph.apps = [app(web={"redirectUris": [SHARED]})]
    for subject in (SUBJECT, SUBJECT, f"{SUBJECT}2"):
        done = program("register", "runs.yaml", "--apply", "--yes", "--after-deploy", OWN, "--subject", subject)
        assert done.returncode == 0, done.stderr
    assert [(one["subject"], one["issuer"]) for one in graph.apps[0]["credentials"]] == [
        (SUBJECT, f"https://login.microsoftonline.com/{TENANT}/v2.0"),
        (f"{SUBJECT}2", f"https://login.microsoftonline.com/{TENANT}/v2.0"),
    ]


def test_consent_only_if_asked_for_and_completed(program: Program, graph: Graph) -> None:
    assert program("register", "runs.yaml", "--apply", "--yes").returncode == 0
    assert graph.grants == []
    done = program("register", "runs.yaml", "--apply", "--yes", "--consent")
    assert done.stderr == "- consent for all users to Flow Service: Flows.Read.All\n"
    grant = {
        "clientId": "principal-of-client-0",
        "consentType": "AllPrincipals",
        "principalId": None,
        "resourceId": FLOW_ID,
    }
    assert graph.grants == [{"id": "grant-0", **grant, "scope": "Flows.Read.All"}]
    further = ("--permission", "Flow Service/Flows.Manage.All")
    assert program("register", "runs.yaml", "--apply", "--yes", "--consent", *further).returncode == 0
    assert graph.grants == [{"id": "grant-0", **grant, "scope": "Flows.Read.All Flows.Manage.All"}]


def test_permissions_are_looked_up(program: Program, graph: Graph) -> None:
    done = program("register", "runs.yaml", "--apply", "--yes", "--permission", "api://orders/Orders.Read")
    assert done.returncode == 0
    orders = {"resourceAppId": ORDERS, "resourceAccess": [{"id": "orders-read", "type": "Scope"}]}
    assert graph.apps[0]["requiredResourceAccess"] == [*ACCESS, orders]


@pytest.mark.parametrize(
    ("permission", "message"),
    [
        ("api://orders/Orders.Reed", "error: api://orders has no permission 'Orders.Reed'\nhelp: did you mean 'Orders.Read'?\n"),
        ("api://nothing/Read", "error: the tenant knows no API 'api://nothing'\nhelp: an administrator adds it: az ad sp create --id APP_ID\n"),
    ],
)  # fmt: skip
def test_a_permission_that_does_not_exist_changes_nothing(
    program: Program, graph: Graph, permission: str, message: str
) -> None:
    done = program("register", "runs.yaml", "--apply", "--yes", "--permission", permission)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", message)
    assert graph.changes() == []


def test_a_dry_run_sends_nothing(program: Program, graph: Graph) -> None:
    done = program("register", "runs.yaml", "--apply", "--dry-run", "--consent", "--secret", "--format", "json")
    assert done.returncode == 0
    assert (graph.requests, graph.entra.requests) == ([], [])
    requests = json.loads(done.stdout)["requests"]
    assert [f"{one['method']} {one['url'].removeprefix(graph.url).partition('?')[0]}" for one in requests] == [
        "GET /v1.0/applications",
        "GET /v1.0/servicePrincipals",
        "POST /v1.0/applications",
        "POST /v1.0/servicePrincipals",
        "POST /v1.0/oauth2PermissionGrants",
        "POST /v1.0/applications/{id}/addPassword",
    ]
    assert requests[2]["body"]["requiredResourceAccess"] == ACCESS
    assert requests[2]["headers"]["Authorization"] == "Bearer <a token for https://graph.microsoft.com>"


def test_a_lost_answer_makes_no_second_application(program: Program, graph: Graph) -> None:
    graph.lose = 1
    done = program("register", "runs.yaml", "--apply", "--yes")
    assert (done.returncode, len(graph.apps)) == (0, 1)
    assert "client-0" in done.stdout


def test_something_new_may_not_be_there_yet(program: Program, graph: Graph) -> None:
    graph.slow = 1
    assert program("register", "runs.yaml", "--apply", "--yes").returncode == 0
    assert graph.changes().count("POST /v1.0/servicePrincipals") == 2


def test_two_applications_of_one_name(program: Program, graph: Graph) -> None:
    graph.apps = [app(), app(id="other", appId="other")]
    done = program("register", "runs.yaml", "--apply", "--yes")
    assert (done.returncode, graph.changes()) == (2, [])
    assert done.stderr == (
        f"error: the tenant has 2 applications '{NAME}'\nhelp: write the clientId of one into the spec\n"
    )


def test_a_client_id_of_another_tenant(program: Program, graph: Graph) -> None:
    graph.apps = [app(appId="mine")]
    done = program("register", "runs.yaml", "--apply", "--yes", "--var", f"ID={CLIENT}")
    assert (done.returncode, graph.changes()) == (2, [])
    assert f"no application with the client id {CLIENT} of the spec, but '{NAME}' has mine" in done.stderr


def test_after_a_deployment_there_must_be_an_application(program: Program, graph: Graph) -> None:
    done = program("register", "runs.yaml", "--apply", "--yes", "--after-deploy", OWN)
    assert (done.returncode, graph.changes()) == (5, [])
    assert f"the tenant has no application '{NAME}'" in done.stderr


def test_a_user_who_may_not_register(program: Program, graph: Graph) -> None:
    graph.denied = "applications"
    done = program("register", "runs.yaml", "--apply", "--yes")
    assert done.returncode == 5
    assert "Authorization_RequestDenied: Insufficient privileges" in done.stderr


def test_a_refusal_in_the_middle_says_what_was_done(program: Program, graph: Graph) -> None:
    graph.denied = "servicePrincipals"
    done = program("register", "runs.yaml", "--apply", "--yes")
    assert done.returncode == 5
    assert f"done so far: create the application '{NAME}'; run the command again to go on" in done.stderr
    graph.denied = "nothing"
    assert (
        program("register", "runs.yaml", "--apply", "--yes").stderr.splitlines()[-1] == "- create its service principal"
    )
    assert len(graph.apps) == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--apply",), "nobody can be asked whether to go on"),
        (("--apply", "--yes", "--secret"), "a client secret is shown on a terminal only"),
        (("--apply", "--as", "az"), "'--as' prints a document, '--apply' registers the application"),
        (("--dry-run",), "'--yes' and '--dry-run' belong to '--apply'"),
    ],
)
def test_misuse(program: Program, graph: Graph, arguments: tuple[str, ...], message: str) -> None:
    done = program("register", "runs.yaml", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert (graph.requests, graph.entra.requests) == ([], [])


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of POSIX")
def test_the_secret_is_shown_once_on_a_terminal(program: Program, graph: Graph) -> None:
    import os
    import pty
    import subprocess

    leader, follower = pty.openpty()
    words = [sys.executable, "-m", "connector_builder", "register", "runs.yaml", "--apply", "--secret", "--verbose"]
    with subprocess.Popen(
        words, cwd=program.folder, env=program.environment(), stdin=follower, stdout=follower, stderr=follower
    ) as process:
        os.close(follower)
        said, answered = b"", False
        while True:
            try:
                part = os.read(leader, 65536)
            except OSError:
                break
            if not part:
                break
            said += part
            if not answered and b"go on?" in said:
                os.write(leader, b"y\n")
                answered = True
    os.close(leader)
    text = said.decode()
    assert process.returncode == 0, text
    assert text.count(NEW_SECRET) == 1
    assert f"client secret, shown this once: {NEW_SECRET}" in text
    assert SECRET not in text
    assert not any(token in text for token in graph.entra.issued)
    assert all(NEW_SECRET.encode() not in content for content in program.files().values())


def test_killed_in_the_middle_and_run_to_the_end(program: Program, graph: Graph) -> None:
    """One is killed while Graph works, the next goes on, a third finds nothing to do, a fourth adds the connector's own redirect."""
    graph.hangs = "servicePrincipals"
    with program.start("register", "runs.yaml", "--apply", "--yes", "--verbose") as running:
        assert graph.lost.wait(60)
        running.kill()
        stdout, stderr = running.communicate()
    words = ("register", "runs.yaml", "--apply", "--yes", "--verbose")
    runs = [program.process(*words), program(*words), program.process(*words, "--after-deploy", OWN)]
    assert [run.stdout.splitlines()[0] for run in runs] == [
        f"completed: {NAME}",
        f"has all it needs: {NAME}",
        f"completed: {NAME}",
    ]
    assert graph.changes() == [
        "POST /v1.0/applications",
        "POST /v1.0/servicePrincipals",
        "POST /v1.0/servicePrincipals",
        "PATCH /v1.0/applications/object-0",
    ]
    (made,) = graph.apps
    assert made["web"] == {"redirectUris": [SHARED, OWN]}
    written = "".join([stdout, stderr, *(run.stdout + run.stderr for run in runs)])
    assert SECRET not in written
    assert not [token for token in graph.entra.issued if token in written or token.rpartition(".")[2] in written]


def test_ctrl_c_says_what_may_be_done(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MicrosoftGraph, "create_principal", interrupted)
    done = program("register", "runs.yaml", "--apply", "--yes")
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr.splitlines()[2:] == [
        "stopped while it was to create its service principal: the same command looks first whether that is done"
    ]
