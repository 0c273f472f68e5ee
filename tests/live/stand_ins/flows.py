"""A stand-in for Power Automate: strict about tokens, versions and paths. It keeps the runs of one flow."""

import json
from typing import Any
from urllib.parse import quote

from tests.live.stand_ins.server import Server
from tests.support.programs.stand_in import Reply, Request

ENVIRONMENT = "Default-0f0f0f0f-1111-4222-8333-444444444444"
FLOW = "4e6b1b52-6a0c-4c1e-9a52-0d5c6a7b8c9d"
AUDIENCE = "https://service.flow.microsoft.com/"
BASE = f"/providers/Microsoft.ProcessSimple/environments/{ENVIRONMENT}/flows/{FLOW}"
FAILED = "status eq 'Failed' and startTime ge 2026-11-27T00:00:00Z"
SKIP = "planted-skip-token-1"


def run_of(number: int) -> dict[str, Any]:
    """Returns a run as the service lists it, with a person's mail address and a signature in it."""
    name = f"0858523612345678901234567890{number}CU21"
    return {
        "name": name,
        "id": f"{BASE}/runs/{name}",
        "type": "Microsoft.ProcessSimple/environments/flows/runs",
        "properties": {
            "startTime": f"2026-11-27T0{number}:00:00.1234567Z",
            "status": "Failed",
            "code": "ActionFailed",
            "startedBy": {"mail": "planted.person@fabrikam.example.com"},
            "trigger": {
                "name": "manual",
                "inputsLink": {"uri": f"https://storage.fabrikam.example.com/{number}?sig=planted-signature-{number}"},
            },
        },
    }


class Flows(Server):
    """`tokens` are those that it takes; `broken` are numbers of runs whose resubmission fails."""

    def __init__(self, tokens: list[str]) -> None:
        super().__init__(route=self.route)
        self.tokens = tokens
        self.runs = [run_of(number) for number in range(1, 6)]
        self.broken: set[str] = set()
        self.resubmitted: list[str] = []

    def route(self, request: Request) -> Reply:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme != "Bearer" or token not in self.tokens:
            return self.error(401, "InvalidAuthenticationToken", "The access token is missing or expired.")
        if request.query.get("api-version") != "2016-11-01":
            return self.error(400, "InvalidApiVersionParameter", "The api-version is missing.")
        if not request.path.startswith(f"{BASE}/"):
            return self.error(403, "EnvironmentAccessDenied", f"Access to '{request.path}' is denied.")
        parts = request.path.removeprefix(f"{BASE}/").split("/")
        if request.method == "GET" and parts == ["runs"]:
            return self.list(request.query)
        if request.method == "POST" and parts[:3] == ["triggers", "manual", "histories"] and parts[4:] == ["resubmit"]:
            return self.resubmit(parts[3], request)
        return self.error(404, "FlowRunNotFound", request.line)

    def list(self, query: dict[str, str]) -> Reply:
        if query.get("$filter") != FAILED:
            return self.error(400, "InvalidFilter", f"The filter isn't understood: {query.get('$filter')}")
        begin = {None: 0, SKIP: 2, "last": 4}[query.get("$skiptoken")]
        page: dict[str, Any] = {"value": self.runs[begin : begin + 2]}
        if begin < 4:
            following = {0: SKIP, 2: "last"}[begin]
            # Another host and port, as the service does; the policy of the connector leads it back.
            page["nextLink"] = (
                f"https://emea.flows.example:11777{BASE}/runs?api-version=2016-11-01"
                f"&$filter={quote(FAILED)}&$skiptoken={following}"
            )
        return Reply.of(page)

    def resubmit(self, run: str, request: Request) -> Reply:
        if request.body:
            return self.error(400, "InvalidBody", "A body isn't expected.")
        if run not in {one["name"] for one in self.runs}:
            return self.error(404, "WorkflowRunNotFound", f"There is no run '{run}'.")
        if run in self.broken:
            return self.error(409, "TriggerDisabled", f"The run '{run}' can't be resubmitted.")
        self.resubmitted.append(run)
        return Reply(202, headers={"Location": "https://x.example/?sig=planted-signature-of-location"})

    @staticmethod
    def error(status: int, code: str, message: str) -> Reply:
        return Reply(status, json.dumps({"error": {"code": code, "message": message}}).encode())
