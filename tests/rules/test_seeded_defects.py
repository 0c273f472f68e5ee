"""One defect at a random legal place of a clean definition is exactly one finding, of its rule and at its place."""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from connector_builder.findings import Pointer
from connector_builder.rules import NAMES, check
from tests.rules import test_single_defects as others
from tests.support.defects import call_defects, request_defects, schema_defects
from tests.support.defects.clean_definition import clean_definition
from tests.support.defects.defects import Mutator
from tests.support.defects.whole_packages import P, whole_package
from tests.support.examples.rule_examples import package
from tests.support.properties import every

MUTATORS = [*request_defects.MUTATORS, *schema_defects.MUTATORS, *call_defects.MUTATORS]
SEEDS = 3 // every()
"""The places that are tried for each mutator."""

_IN_EXAMPLES = "needs several parts that belong together, which the examples of its documentation have"
_SIZE = "needs a definition of many megabytes; test_sizes.py has one"
WITHOUT_MUTATOR = {
    "DynamicListExtensionRequiredForAmbiguousReferences": _IN_EXAMPLES,
    "DynamicListExtensionRequiredForNonParameterReferences": _IN_EXAMPLES,
    "DynamicPropertiesExtensionRequiredForAmbiguousReferences": _IN_EXAMPLES,
    "DynamicPropertiesExtensionRequiredForNonParameterReferences": _IN_EXAMPLES,
    "IndependentPublisherColorNotValid": "is about the title and the colour together, as its examples show",
    "IndependentPublisherHasIcon": "is about the title and the icon together, as its examples show",
    "OperationParameterNameIsAmbiguous": _IN_EXAMPLES,
    "OperationSchemaCountExceedsMaxAllowed": _SIZE,
    "ParamtersWithSameNameMustHaveSameTypeAndVisibility": _IN_EXAMPLES,
    "StackOwnerPreventsUpload": "is about a key that certification requires, so that it is no defect of a package",
    "TotalSchemaCountExceedsMaxAllowed": _SIZE,
}
"""The rules that no mutator has, and why."""

_HOST = {f"{P}urlTemplate": "https://api.contoso.example"}
_PROPERTIES: list[tuple[str, str, Callable[[dict[str, Any]], object], Pointer]] = [
    (
        "GatewayAuthenticationNotSupported",
        "gateway",
        lambda inner: inner["connectionParameters"].update(
            token={"type": "oauthSetting", "oAuthSettings": {"identityProvider": "github"}}
        ),
        ("properties", "connectionParameters", "gateway"),
    ),
    (
        "PolicyNotSupportedByGateway",
        "gateway",
        lambda inner: inner["policyTemplateInstances"].append(
            {"templateId": "dynamichosturl", "title": "Host", "parameters": _HOST}
        ),
        ("properties", "policyTemplateInstances", 1, "templateId"),
    ),
    (
        "OAuthParameterShouldBeCalledToken",
        "oauth2",
        lambda inner: inner["connectionParameters"].update(login=inner["connectionParameters"].pop("token")),
        ("properties", "connectionParameters", "login"),
    ),
    (
        "SecretNotHidden",
        "basic",
        lambda inner: inner["connectionParameters"]["password"].update(type="string"),
        ("properties", "connectionParameters", "password", "type"),
    ),
]


def _found(made: Any) -> list[tuple[str, Pointer]]:
    return [(hit.rule.name, hit.pointer) for hit in check(made, certification=True)]


def test_the_definition_has_no_defect() -> None:
    assert _found(package(clean_definition())) == []


@pytest.mark.parametrize(
    "mutator", [pytest.param(one, id=f"{number}-{one.rule}") for number, one in enumerate(MUTATORS)]
)
def test_a_defect_is_one_finding_at_its_place(mutator: Mutator) -> None:
    for number in Random(mutator.rule).sample(range(10_000), SEEDS):
        definition = clean_definition()
        spots = list(mutator.places(definition))
        place = mutator.change(spots[number % len(spots)])
        assert _found(package(definition)) == [(mutator.rule, place)]
        if len(spots) == 1:
            return


@pytest.mark.parametrize(("rule", "kind", "change", "place"), _PROPERTIES, ids=[one[0] for one in _PROPERTIES])
def test_a_defect_of_a_connection_is_one_finding(
    rule: str, kind: str, change: Callable[[dict[str, Any]], object], place: Pointer
) -> None:
    made = whole_package(kind)
    change(made.properties["properties"])
    hits = check(made)
    assert [(hit.rule.name, hit.pointer) for hit in hits] == [(rule, place)]


def test_other_scopes_are_one_finding() -> None:
    made = whole_package("oauth2")
    made.definition["securityDefinitions"]["login"]["scopes"] = {"read": "Read orders"}
    settings = made.properties["properties"]["connectionParameters"]["token"]["oAuthSettings"]
    settings["scopes"] = ["write"]
    at = ("properties", "connectionParameters", "token", "oAuthSettings", "scopes")
    assert [(hit.rule.name, hit.pointer) for hit in check(made)] == [("OAuthScopesDiffer", at)]


def test_every_rule_has_a_mutator_or_a_reason() -> None:
    covered = {*(one.rule for one in MUTATORS), "OAuthScopesDiffer"} | {one[0] for one in _PROPERTIES} | others.PLANTED
    assert covered <= set(NAMES)
    assert {name for name in NAMES if name not in covered} == set(WITHOUT_MUTATOR)
