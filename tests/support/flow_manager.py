"""The expected content of the connector for cloud flows, and ways through a built definition."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from connector_builder.package import Package

SPEC = Path(__file__).parents[2] / "specs" / "power-automate-management"
FLOWS = "/environments/{environment}/flows"
FLOW = f"{FLOWS}/{{flow}}"
TRIGGER = f"{FLOW}/triggers/{{trigger}}"
ADMIN = "/scopes/admin/environments/{environment}"
ANY_FLOW = f"{ADMIN}/flows/{{anyFlow}}"

OPERATIONS = [
    ("get", FLOWS, "ListFlows"),
    ("post", FLOWS, "CreateFlow"),
    ("get", FLOW, "GetFlow"),
    ("patch", FLOW, "UpdateFlow"),
    ("delete", FLOW, "DeleteFlow"),
    ("post", f"{FLOW}/start", "StartFlow"),
    ("post", f"{FLOW}/stop", "StopFlow"),
    ("post", f"{FLOW}/exportToARMTemplate", "ExportFlowAsTemplate"),
    ("get", f"{FLOW}/runs", "ListFlowRuns"),
    ("get", f"{FLOW}/runs/{{run}}", "GetFlowRun"),
    ("post", f"{FLOW}/runs/{{run}}/cancel", "CancelFlowRun"),
    ("post", f"{TRIGGER}/histories/{{run}}/resubmit", "ResubmitFlowRun"),
    ("post", f"{TRIGGER}/run", "RunFlow"),
    ("get", f"{FLOW}/runs/{{run}}/actions", "ListFlowRunActions"),
    ("get", f"{FLOW}/runs/{{run}}/actions/{{action}}", "GetFlowRunAction"),
    ("get", f"{FLOW}/runs/{{run}}/actions/{{action}}/repetitions", "ListFlowRunActionRepetitions"),
    ("get", f"{FLOW}/triggers", "ListFlowTriggers"),
    ("get", f"{TRIGGER}/histories", "ListFlowTriggerHistories"),
    ("post", f"{TRIGGER}/listCallbackUrl", "GetTriggerCallbackUrl"),
    ("get", f"{FLOW}/owners", "ListFlowOwners"),
    ("post", f"{FLOW}/modifyOwners", "ModifyFlowOwners"),
    ("get", f"{FLOW}/users", "ListRunOnlyUsers"),
    ("post", f"{FLOW}/modifyUsers", "ModifyRunOnlyUsers"),
    ("get", f"{FLOW}/permissions", "ListFlowPermissions"),
    ("post", f"{FLOW}/modifyPermissions", "ModifyFlowPermissions"),
    ("get", "/environments/{environment}/approvalRequests", "ListApprovalRequests"),
    ("post", "/environments/{environment}/approvals/{approval}/approvalResponses", "RespondToApproval"),
    ("get", "/environments/{environment}/approvals", "ListApprovals"),
    ("get", "/environments", "ListEnvironments"),
    ("get", "/environments/{environment}", "GetEnvironment"),
    ("get", f"{ADMIN}/v2/flows", "ListFlowsAsAdmin"),
    ("get", ANY_FLOW, "GetFlowAsAdmin"),
    ("delete", ANY_FLOW, "DeleteFlowAsAdmin"),
    ("post", f"{ADMIN}/flows/{{deletedFlow}}/restore", "RestoreFlowAsAdmin"),
    ("post", f"{ANY_FLOW}/start", "StartFlowAsAdmin"),
    ("post", f"{ANY_FLOW}/stop", "StopFlowAsAdmin"),
    ("get", f"{ANY_FLOW}/runs", "ListFlowRunsAsAdmin"),
    ("post", f"{ANY_FLOW}/modifyOwners", "ModifyFlowOwnersAsAdmin"),
    ("get", f"{ANY_FLOW}/permissions", "ListFlowPermissionsAsAdmin"),
    ("post", f"{ANY_FLOW}/modifyPermissions", "ModifyFlowPermissionsAsAdmin"),
    ("get", "/scopes/admin/users/{user}", "GetUserDetails"),
    ("delete", "/scopes/admin/users/{user}", "DeleteUserDetails"),
    ("delete", f"{ADMIN}/users/{{user}}/approvals", "DeleteUserApprovals"),
]
STATUSES = {
    "ListEnvironments": ["200", "401"],
    "ListFlows": ["200", "401", "403"],
    "CreateFlow": ["200", "201", "401", "403"],
    "DeleteFlow": ["200", "204", "401", "403"],
    "CancelFlowRun": ["200", "202", "401", "403", "404"],
    "ResubmitFlowRun": ["202", "401", "403", "404"],
    "RunFlow": ["200", "202", "401", "403", "404"],
    "ListFlowRunActionRepetitions": ["200", "400", "401", "403", "404"],
    "ListApprovalRequests": ["200", "401", "403"],
    "ListApprovals": ["200", "401", "403"],
    "ListFlowsAsAdmin": ["200", "401", "403"],
    "DeleteFlowAsAdmin": ["200", "204", "401", "403"],
    "DeleteUserDetails": ["200", "400", "401", "403", "404"],
}
# The service answers these with a status alone.
WITHOUT_BODY = {
    "DeleteFlow",
    "StartFlow",
    "StopFlow",
    "CancelFlowRun",
    "ResubmitFlowRun",
    "RunFlow",
    "ModifyFlowOwners",
    "ModifyFlowPermissions",
    "ModifyRunOnlyUsers",
    "RespondToApproval",
    "DeleteFlowAsAdmin",
    "StartFlowAsAdmin",
    "StopFlowAsAdmin",
    "ModifyFlowOwnersAsAdmin",
    "ModifyFlowPermissionsAsAdmin",
    "DeleteUserDetails",
    "DeleteUserApprovals",
}
PAGED = [
    "ListFlows",
    "ListFlowRuns",
    "ListFlowRunActions",
    "ListFlowRunActionRepetitions",
    "ListFlowTriggerHistories",
    "ListEnvironments",
    "ListFlowsAsAdmin",
    "ListFlowRunsAsAdmin",
]
# Only a few unofficial clients call these, as their descriptions say.
DOUBTFUL = {
    "RunFlow",
    "ListFlowRunActions",
    "GetFlowRunAction",
    "ListFlowRunActionRepetitions",
    "ListFlowTriggerHistories",
}
SCOPES = ["Flows.Read.All", "Flows.Manage.All", "Approvals.Read.All", "Approvals.Manage.All"]
FIRST = {"ListFlows", "GetFlow", "ListFlowRuns", "GetFlowRun", "CancelFlowRun", "ResubmitFlowRun"}
LAST = {
    "ExportFlowAsTemplate",
    "GetFlowRunAction",
    "ListFlowRunActionRepetitions",
    "ListFlowTriggerHistories",
    "GetUserDetails",
    "DeleteUserDetails",
    "DeleteUserApprovals",
}
IDS = [name for _, _, name in OPERATIONS]


def walk(package: Package) -> Iterator[tuple[str, str, Any]]:
    for path, item in package.definition["paths"].items():
        for verb, operation in item.items():
            yield verb, path, operation


def value_at(value: Any, path: str) -> Any:
    for step in path.split("/"):
        value = value[step]
    return value


def texts_of(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts_of(part)


def fields_of(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for field in schema.get("properties", {}).values():
        yield field
        yield from fields_of(field)
    if "items" in schema:
        yield from fields_of(schema["items"])


def named_fields_of(schema: dict[str, Any], path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    for name, field in schema.get("properties", {}).items():
        yield f"{path}{name}", field
        yield from named_fields_of(field, f"{path}{name}.")


def values_of(key: str, value: Any) -> Iterator[Any]:
    if isinstance(value, dict | list):
        if isinstance(value, dict) and key in value:
            yield value[key]
        for part in value.values() if isinstance(value, dict) else value:
            yield from values_of(key, part)
