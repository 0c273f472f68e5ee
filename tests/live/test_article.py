"""The way from a spec to a running connector, step by step, as one run: register, sign in, call, record, resubmit, deploy, pull."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.stand_ins.entra import CLIENT, TENANT, Entra
from tests.live.stand_ins.flows import ENVIRONMENT, FAILED, FLOW, Flows
from tests.live.stand_ins.graph import Graph
from tests.live.stand_ins.power_platform import Platform
from tests.live.stand_ins.program import Program

SPEC = f"""\
connector:
  title: Contoso Runs
  description: Lists the failed runs of a flow, and starts them again.
  server: https://api.flow.microsoft.com/providers/Microsoft.ProcessSimple
auth: {{type: aad, clientId: {CLIENT}, tenant: {TENANT}, resource: https://service.flow.microsoft.com/, scopes: [Flows.Read.All, Flows.Manage.All]}}
policies: [updateNextLink]
actions:
  ListRuns:                # the runs of the last day
    request: GET /environments/{{environment}}/flows/{{flow}}/runs?$filter&api-version=2016-11-01
    description: Lists the runs of a flow.
    pageable: nextLink
    response: {{fields: {{"value[].name": string, nextLink: uri}}}}
  ResubmitRun:
    request: POST /environments/{{environment}}/flows/{{flow}}/triggers/{{trigger}}/histories/{{run}}/resubmit?api-version=2016-11-01
    description: Starts a run again.
    responses: {{202: It starts.}}
"""
PORTAL = f"https://make.powerautomate.com/environments/{ENVIRONMENT}/flows/{FLOW}/details"
RUNS = ("call", "runs", "ListRuns", f"filter={FAILED}", "--from-url", PORTAL)
AGAIN = ("run={name}", "trigger={properties.trigger.name}", "--from-url", PORTAL, "--each", "failed.json", "--yes")
NAME = "Contoso Runs connector"


@pytest.fixture
def entra() -> Iterator[Entra]:
    with Entra() as entra:
        yield entra


@pytest.fixture
def program(tmp_path: Path, entra: Entra) -> Program:
    (tmp_path / "runs").mkdir()
    (tmp_path / "runs" / "connector.yaml").write_text(SPEC, encoding="utf-8", newline="\n")
    return Program(tmp_path, **entra.variables()).with_browser()


def test_the_article_from_the_registration_to_the_deployed_connector(program: Program, entra: Entra) -> None:
    with Graph(entra) as graph, Flows(entra.issued) as flows, Platform(entra.issued) as platform:
        program.variables |= graph.variables() | platform.variables()
        graph.apps.append({"id": "object", "appId": CLIENT, "displayName": NAME, "signInAudience": "AzureADMyOrg"})

        def run(*arguments: str) -> str:
            done = program(*arguments)
            assert done.returncode == 0, done.stdout + done.stderr
            return done.stdout

        run("login", "--client-id", CLIENT, "--store", "file")
        assert run("register", "runs", "--apply", "--yes").splitlines()[0] == f"completed: {NAME}"
        shown = run("token", "runs", "--show")
        assert all(one in shown for one in ("code_challenge_method=S256", "response_type=token", "advises against it"))
        assert run("whoami", "--for", "flow").splitlines()[0].split() == ["who:", "maker@acme.example"]

        server = ("--server", flows.url)
        run(*RUNS, "--record", "--yes", *server)
        spec = (program.folder / "runs" / "connector.yaml").read_text(encoding="utf-8")
        assert "ListRuns:                # the runs of the last day\n" in spec
        assert "planted" not in "".join(
            one.decode("utf-8", "replace") for name, one in program.files().items() if name.startswith("runs/")
        )
        run("build", "runs")
        run("build", "runs", "--check")

        run(*RUNS, "--all", "--output-file", "failed.json", *server)
        assert run("call", "runs", "ResubmitRun", *AGAIN, *server) == "5 done, of 5\n"
        assert run("call", "runs", "ResubmitRun", *AGAIN, *server) == "5 done before, of 5\n"
        assert flows.resubmitted == [one["name"] for one in flows.runs]

        lines = run("deploy", "runs", "-e", "Acme Dev", "--yes").splitlines()
        (redirect,) = [line.split()[-1] for line in lines if line.startswith("  redirect URL: ")]
        run("register", "runs", "--after-deploy", redirect, "--apply", "--yes")
        assert redirect in graph.apps[0]["web"]["redirectUris"]
        run("deploy", "runs", "-e", "Acme Dev", "--yes")
        (identifier,) = platform.connectors
        settings = json.loads((program.folder / "output/runs/settings.json").read_text(encoding="utf-8"))
        assert settings["connectorId"] == identifier
        assert run("pull", "-e", "Acme Dev") == "imported Contoso Runs: specs/contoso-runs.yaml\n"
        assert run("pull", "-e", "Acme Dev") == "unchanged Contoso Runs: specs/contoso-runs.yaml\n"
