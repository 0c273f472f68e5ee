"""Policies come back in their short form, or else in the plain one."""

from typing import Any

import pytest

from connector_builder.language.tables.policies import TEMPLATES
from tests.support.imports.top_level import build, imported, sections

POLICIES: list[Any] = [
    *({one.key: {setting.key: setting.example for setting in one.settings if setting.required}} for one in TEMPLATES if any(setting.required for setting in one.settings)),
    "updateNextLink",
    {"updateNextLink": {"operations": "ListOrders"}},
    {"updateNextLink": {"operations": []}},
    {"setHeader": {"name": "x", "value": "", "on": "response", "existsAction": "skip", "title": "Name it", "operations": ["ListOrders", "GetOrder"]}},
    {"setHeader": {"name": "x", "value": "y", "on": None, "existsAction": None}},
    {"setQueryParameter": {"name": "x", "value": "${X}", "template": "setQueryParameter"}},
    {"routeRequest": {"path": "/batch", "method": None, "operations": "GetOrder"}},
    {"template": "contoso", "title": "What nobody knows", "parameters": {"a": 1.0, "b": None}},
    {"template": "setheader", "parameters": {"x-ms-apimTemplateParameter.other": "y"}},
    {"template": "pollingtrigger", "title": "Poll", "type": "PollingTrigger", "parameters": {"x-ms-apimTemplateParameter.triggerConfig": {}}},
]  # fmt: skip


@pytest.mark.parametrize("policy", POLICIES, ids=map(str, range(len(POLICIES))))
def test_what_is_written_comes_back(policy: Any) -> None:
    assert imported({"policies": [policy]}) == {"policies": [policy]}


def test_their_order_stays() -> None:
    policies = [POLICIES[2], POLICIES[0], POLICIES[2], "updateNextLink", POLICIES[-1]]
    assert imported({"policies": policies}) == {"policies": policies}


def test_the_empty_list_is_written() -> None:
    assert imported({"policies": []}) == {"policies": []}


@pytest.mark.parametrize(
    "instance",
    [None, "setheader", {}, {"templateId": 5, "parameters": {}}, {"templateId": "setheader", "title": None}, {"templateId": "a", "order": 1}],
)  # fmt: skip
def test_what_isnt_one_leaves_the_list_to_the_platforms_words(instance: Any) -> None:
    package = build({"policies": [POLICIES[0]]})
    listed = package.properties["properties"]["policyTemplateInstances"]
    listed.append(instance)
    top = sections(package)
    assert top["properties"] == {"policyTemplateInstances": listed}
    assert "policies" not in top


def test_those_that_triggers_say_are_left_out() -> None:
    package = build({"policies": [POLICIES[0], POLICIES[-1]]})
    top = sections(package, polling=(1,))
    assert top["policies"] == [POLICIES[0]]
    assert "properties" not in top


def test_where_triggers_say_all_nothing_is_left() -> None:
    package = build({"policies": [POLICIES[-1]]})
    top = sections(package, polling=(0,))
    assert top.keys() == {"connector"}
