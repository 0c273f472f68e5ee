"""What each operation of Azure Logic Apps is in the service behind Power Automate, where it exists at all.

The operations: Microsoft.Logic 2016-06-01 in https://github.com/Azure/azure-rest-api-specs (specification/logic), to which
2019-05-01 adds the histories of requests. Power Automate's service isn't documented: its operations are those that
Microsoft's own connector, its PowerShell modules and other public clients call.
"""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

PROVIDER = "Microsoft.Logic"
HOST = "api.flow.microsoft.com"
BASE = ("providers", "Microsoft.ProcessSimple")
ENVIRONMENT = "{environment}"
API_VERSION = "2016-11-01"
RESOURCE = "https://service.flow.microsoft.com/"
"""What a token is for: the slash at the end is part of the name."""
SCOPES = ("Flows.Read.All", "Flows.Manage.All")


class Standing(StrEnum):
    """How an operation of Logic Apps exists in Power Automate."""

    SAME = "same"
    OTHERWISE = "otherwise"
    UNPROVEN = "unproven"
    MISSING = "missing"


class Twin(NamedTuple):
    """An operation of Logic Apps below the provider, and what it is in Power Automate below the environment.

    `verb` and `path` are those of Logic Apps, `flow_verb` and `flow_path` those of Power Automate, `name` is the id of the
    operation there; these are empty if it is MISSING. `note` says what differs, or what to do instead.
    """

    verb: str
    path: str
    flow_verb: str
    flow_path: str
    name: str
    standing: Standing
    note: str = ""


_SAME, _OTHERWISE, _UNPROVEN, _MISSING = Standing
_CLIENTS = "it is known from other clients only"
_W = "/workflows/{flow}"
_F = "/flows/{flow}"
_T, _R = "/triggers/{trigger}", "/runs/{run}"
_A = f"{_R}/actions/{{action}}"


def _missing(verb: str, path: str, note: str = "") -> Twin:
    return Twin(verb, path, "", "", "", _MISSING, note)


def _same(verb: str, path: str, name: str, note: str = "", standing: Standing = _SAME) -> Twin:
    return Twin(verb, _W + path, verb, _F + path, name, standing, note)


TWINS: tuple[Twin, ...] = (
    Twin("get", "/workflows", "get", "/flows", "ListFlows", _OTHERWISE, "$filter is search('personal') or search('team')"),
    _same("get", "", "GetFlow"),
    Twin("put", _W, "post", "/flows", "CreateFlow", _OTHERWISE, "POST makes a flow, and its ID; PATCH changes one"),
    _same("patch", "", "UpdateFlow", "it changes the definition too, not only the tags", _OTHERWISE),
    _same("delete", "", "DeleteFlow"),
    Twin("post", f"{_W}/disable", "post", f"{_F}/stop", "StopFlow", _OTHERWISE, "it is called stop"),
    Twin("post", f"{_W}/enable", "post", f"{_F}/start", "StartFlow", _OTHERWISE, "it is called start"),
    Twin("post", f"{_W}/validate", "post", f"{_F}/checkFlowErrors", "CheckFlowErrors", _OTHERWISE, f"it is called checkFlowErrors, and {_CLIENTS}"),
    _missing("post", "/locations/{location}/workflows/{flow}/validate", "POST /flows/{flow}/checkFlowErrors checks a flow"),
    _missing("post", f"{_W}/generateUpgradedDefinition"),
    _missing("post", f"{_W}/listCallbackUrl", "a trigger has an address: GetTriggerCallbackUrl"),
    _missing("post", f"{_W}/listSwagger", "GetFlow returns it with $expand=swagger"),
    _missing("post", f"{_W}/move", "a flow moves into a solution in Power Automate itself"),
    _missing("post", f"{_W}/regenerateAccessKey"),
    _missing("get", f"{_W}/versions", "Dataverse keeps the versions of flows in solutions"),
    _missing("get", f"{_W}/versions/{{version}}", "Dataverse keeps the versions of flows in solutions"),
    _missing("post", f"{_W}/versions/{{version}}{_T}/listCallbackUrl"),
    _same("get", "/triggers", "ListFlowTriggers"),
    _same("get", _T, "GetFlowTrigger", "", _UNPROVEN),
    _missing("post", f"{_W}{_T}/reset"),
    _same("post", f"{_T}/run", "RunFlow", _CLIENTS),
    _missing("get", f"{_W}{_T}/schemas/json", "GetFlow returns it as properties/triggerSchema"),
    _missing("post", f"{_W}{_T}/setState"),
    _same("post", f"{_T}/listCallbackUrl", "GetTriggerCallbackUrl", "the answer is inside 'response'", _OTHERWISE),
    _same("get", f"{_T}/histories", "ListFlowTriggerHistories", _CLIENTS),
    _same("get", f"{_T}/histories/{{history}}", "GetFlowTriggerHistory", "", _UNPROVEN),
    _same("post", f"{_T}/histories/{{run}}/resubmit", "ResubmitFlowRun"),
    _same("get", "/runs", "ListFlowRuns"),
    _same("get", _R, "GetFlowRun"),
    _same("post", f"{_R}/cancel", "CancelFlowRun", "it answers with 202", _OTHERWISE),
    _same("get", f"{_R}/actions", "ListFlowRunActions", _CLIENTS),
    _same("get", _A, "GetFlowRunAction", _CLIENTS),
    _missing("post", f"{_W}{_A}/listExpressionTraces"),
    _same("get", f"{_A}/repetitions", "ListFlowRunActionRepetitions", _CLIENTS),
    _same("get", f"{_A}/repetitions/{{repetition}}", "GetFlowRunActionRepetition", "", _UNPROVEN),
    _missing("post", f"{_W}{_A}/repetitions/{{repetition}}/listExpressionTraces"),
    _same("get", f"{_A}/scopeRepetitions", "ListFlowRunActionScopeRepetitions", _CLIENTS),
    _same("get", f"{_A}/scopeRepetitions/{{repetition}}", "GetFlowRunActionScopeRepetition", "", _UNPROVEN),
    _missing("get", f"{_W}{_R}/operations/{{operation}}"),
    _missing("get", f"{_W}{_A}/requestHistories"),
    _missing("get", f"{_W}{_A}/requestHistories/{{request}}"),
    _missing("get", f"{_W}{_A}/repetitions/{{repetition}}/requestHistories"),
    _missing("get", f"{_W}{_A}/repetitions/{{repetition}}/requestHistories/{{request}}"),
)  # fmt: skip
_BY_REQUEST = {(twin.verb, re.sub(r"\{\w+\}", "{}", twin.path).lower()): twin for twin in TWINS}
_WORDS = frozenset(word.lower() for twin in TWINS for word in twin.path.split("/") if word and not word.startswith("{"))


class Matched(NamedTuple):
    """An operation of Logic Apps with its twin; the segments of its own path stand for the variables `names` of the twin."""

    twin: Twin
    names: tuple[tuple[str, str], ...] = ()


def flow_operation(verb: str, segments: Sequence[str]) -> Matched | None:
    """Returns what a request to Azure is in Power Automate; None if it isn't one of Microsoft.Logic.

    Example: `get` and `/subscriptions/1/resourceGroups/a/providers/Microsoft.Logic/workflows/b` are GetFlow.
    """
    lower = [one.lower() for one in segments]
    if PROVIDER.lower() not in lower:
        return None
    at = lower.index(PROVIDER.lower()) + 1
    below = list(segments[at:])
    if not below:
        return None
    # Words and values alternate, but for words at the end: `/workflows/{flow}/runs/{run}/cancel`.
    shaped = [
        one if index % 2 == 0 or (one.lower() in _WORDS and _is_word(below, index)) else "{}"
        for index, one in enumerate(below)
    ]
    twin = _BY_REQUEST.get((verb, "/" + "/".join(shaped).lower()))
    if twin is not None and twin.path == "/workflows" and "resourcegroups" not in lower:
        return Matched(_missing(verb, twin.path, "ListFlows lists the flows of one environment"))
    if twin is None:
        note = "" if lower[at] == "workflows" else "it is a resource of Azure"
        return Matched(
            _missing(verb, "/" + "/".join(one if index % 2 == 0 else "{…}" for index, one in enumerate(below)), note)
        )
    variables = [one for one in twin.path.split("/") if one]
    named = ((name[1:-1], own) for name, own in zip(variables, below, strict=True) if name.startswith("{"))
    return Matched(twin, tuple(named))


def _is_word(below: Sequence[str], index: int) -> bool:
    """Checks whether an odd segment is a word of a path: the second of `…/schemas/json` isn't a value."""
    return below[index - 1].lower() == "schemas"
