"""One mistake is one finding: what only follows from a broken part isn't found as well."""

from random import Random
from typing import Any

import pytest

from connector_builder import rules
from connector_builder.findings import Pointer
from connector_builder.package import DEFINITION, PROPERTIES, Package
from connector_builder.rules import NAMES, Hit, check
from connector_builder.rules.consequences import without_consequences
from connector_builder.rules.missed import BREAKING, MISSED
from tests.support.broken_parts import Break, breaks, broken
from tests.support.defects.clean_definition import clean_definition
from tests.support.defects.whole_packages import KINDS, OPERATIONS, SECTION, P, whole_package
from tests.support.examples.rule_examples import package

SAMPLE = 40
"""The mistakes that are tried in each document of each package."""
_IN = "properties"
_PARAMETERS = (_IN, "connectionParameters")
_POLICIES = (_IN, "policyTemplateInstances")
_TOKEN = (*_PARAMETERS, "token")
_CUSTOM = (*_TOKEN, "oAuthSettings", "customParameters")
_SETS = (_IN, "connectionParameterSets")
_ORDER = ("paths", "/orders/{order}", "get")
_CHANGES = ("paths", "/changes", "get")


def _named(pointer: Pointer, key: str) -> Break:
    return Break(pointer, "key", key, None)


def _valued(pointer: Pointer, value: Any) -> Break:
    return Break(pointer, "value", None, value)


_CASES: list[tuple[str, str, Break, str]] = [
    # what connections lack
    ("key", PROPERTIES, _named(_PARAMETERS, "connectionparameters"), "ConnectionPropertyNotKnown"),
    ("key", PROPERTIES, _named(_PARAMETERS, "connectionParameter"), "ConnectionPropertyNotKnown"),
    ("key", PROPERTIES, _valued(_PARAMETERS, []), "JsonTypeIncorrect"),
    ("key", PROPERTIES, _valued(_PARAMETERS, None), "JsonTypeIncorrect"),
    ("oauth2", PROPERTIES, _valued((*_TOKEN, "type"), "oAuthSetting"), "ConnectionParameterTypeNotValid"),
    ("oauth2", PROPERTIES, _valued((*_TOKEN, "type"), "oauth"), "ConnectionParameterTypeNotValid"),
    ("oauth2", PROPERTIES, _named((*_TOKEN, "type"), "tpye"), "ConnectionPropertyNotKnown"),
    ("oauth2", PROPERTIES, _named((*_TOKEN, "oAuthSettings"), "oauthSettings"), "ConnectionPropertyNotKnown"),
    ("basic", PROPERTIES, _valued((*_PARAMETERS, "password"), "securestring"), "JsonTypeIncorrect"),
    ("generic", PROPERTIES, _valued((*_TOKEN, "type"), "oauthsetting"), "ConnectionParameterTypeNotValid"),
    ("generic", PROPERTIES, _named((*_PARAMETERS, "token:Site"), "Token:Site"), "ConnectionParameterOwnerMissing"),
    ("gateway", PROPERTIES, _valued((*_PARAMETERS, "gateway", "type"), "gateway"), "ConnectionParameterTypeNotValid"),
    ("sets", PROPERTIES, _named((*_SETS, "values", 0, "parameters"), "parameter"), "ConnectionPropertyNotKnown"),
    ("sets", PROPERTIES, _named(_SETS, "connectionParameterset"), "ConnectionPropertyNotKnown"),
    ("sets", PROPERTIES, _valued((*_SETS, "values", 0, "uiDefinition", "displayName"), 5), "JsonTypeIncorrect"),
    ("oauth2", PROPERTIES, _named((*_CUSTOM, "tokenUrl", "value"), "vlaue"), "ConnectionPropertyNotKnown"),
    ("aad", PROPERTIES, _valued((*_CUSTOM, "resourceUri"), "api://contoso-orders"), "JsonTypeIncorrect"),
    ("aad", PROPERTIES, _named((*_CUSTOM, "resourceUri"), "resuorceUri"), "CustomParameterNotKnown"),
    # what policies lack
    ("key", PROPERTIES, _valued(_POLICIES, {}), "JsonTypeIncorrect"),
    ("key", PROPERTIES, _named(_POLICIES, "policyTemplateInstance"), "ConnectionPropertyNotKnown"),
    ("key", PROPERTIES, _valued((*_POLICIES, 0, "templateId"), "pollingtriger"), "PolicyTemplateNotKnown"),
    ("key", PROPERTIES, _valued((*_POLICIES, 0, "parameters", OPERATIONS, 0), "OnChanges"), "PolicyOperationNotFound"),
    ("key", PROPERTIES, _valued((*_POLICIES, 0, "title"), 1), "JsonTypeIncorrect"),
    ("key", PROPERTIES, _named((*_POLICIES, 3, "title"), "titel"), "ConnectionPropertyNotKnown"),
    ("key", PROPERTIES, _named((*_POLICIES, 3, "parameters", SECTION), SECTION.lower()), "PolicyParameterNotKnown"),
    ("key", PROPERTIES, _valued((*_POLICIES, 7, "parameters", f"{P}value"), 5), "PolicyParameterNotValid"),
    ("key", PROPERTIES, _named((*_PARAMETERS, "site"), "sit"), "ExpressionParameterNotFound"),
    # what the definition lacks
    ("key", DEFINITION, _valued((*_ORDER, "parameters", 0, "in"), "Path"), "JsonValueNotInEnum"),
    ("key", DEFINITION, _named((*_ORDER, "parameters", 0, "in"), "inn"), "AdditionalPropertyNotAllowed"),
    ("key", DEFINITION, _valued((*_ORDER, "parameters", 0, "name"), "oder"), "PathParameterNotDefinedInTemplate"),
    ("key", DEFINITION, _valued((*_ORDER, "parameters", 0, "name"), ""), "RequiredValueEmpty"),
    ("key", DEFINITION, _named((*_ORDER, "operationId"), "operationID"), "AdditionalPropertyNotAllowed"),
    ("key", DEFINITION, _named((*_ORDER, "responses"), "response"), "AdditionalPropertyNotAllowed"),
    ("key", DEFINITION, _named((*_CHANGES, "responses"), "respones"), "AdditionalPropertyNotAllowed"),
    ("key", DEFINITION, _valued((*_CHANGES, "responses", "200"), None), "JsonTypeIncorrect"),
    ("key", DEFINITION, _valued((*_CHANGES, "x-ms-trigger"), "Batch"), "JsonValueNotInEnum"),
    ("key", DEFINITION, _named((*_CHANGES, "x-ms-trigger"), "x-ms-triger"), "ExtensionNameNotKnown"),
    ("key", DEFINITION, _named((*_CHANGES, "operationId"), "operationid"), "AdditionalPropertyNotAllowed"),
    ("key", DEFINITION, _named(_ORDER, "gett"), "AdditionalPropertyNotAllowed"),
    ("key", DEFINITION, _valued(_ORDER, []), "JsonTypeIncorrect"),
    ("key", DEFINITION, _named(("securityDefinitions",), "securityDefinition"), "AdditionalPropertyNotAllowed"),
    ("key", DEFINITION, _valued(("securityDefinitions", "login", "type"), "apikey"), "JsonValueNotInEnum"),
    ("key", DEFINITION, _named(("securityDefinitions", "login", "in"), "inn"), "SecuritySchemePropertyNotValid"),
    ("key", DEFINITION, _named(("security",), "securities"), "AdditionalPropertyNotAllowed"),
    ("key", DEFINITION, _named(("host",), "hosts"), "AdditionalPropertyNotAllowed"),
    ("key", DEFINITION, _named(("info", "version"), "verison"), "AdditionalPropertyNotAllowed"),
]
_SHOPS = ("paths", "/orders", "get", "parameters", 1)
_HOOK = ("paths", "/hooks", "post", "parameters", 0)
_CALLS: list[tuple[Break, str]] = [
    (_named((*_SHOPS, "x-ms-dynamic-values", "parameters", "region"), "regoin"), "OperationParameterNameNotFound"),
    (_named((*_SHOPS, "x-ms-dynamic-list", "itemsPath"), "itemPath"), "AdditionalPropertyNotAllowed"),
    (_valued(("paths", "/shops", "get", "parameters", 0, "name"), 5), "JsonTypeIncorrect"),
    (_valued(("paths", "/shops", "get", "operationId"), ["ListShops"]), "JsonTypeIncorrect"),
    (_named(("paths", "/shops", "get", "responses", "200", "schema"), "shcema"), "AdditionalPropertyNotAllowed"),
    (_valued(("paths", "/shops", "get", "x-ms-visibility"), "hidden"), "JsonValueNotInEnum"),
    (_named(("paths", "/orders", "get", "parameters", 3, "enum"), "enums"), "AdditionalPropertyNotAllowed"),
    (_named(("paths", "/orders", "get", "parameters", 5, "$ref"), "ref"), "AdditionalPropertyNotAllowed"),
    (_valued(("paths", "/orders", "get", "parameters", 5, "$ref"), "#parameters/Trace"), "JsonPointerNotValid"),
    (_valued(("paths", "/orders", "get", "parameters", 5, "$ref"), ""), "ParameterReferenceNotValid"),
    (
        _valued(
            ("definitions", "Line", "properties", "id"),
            {"type": "string", "title": "Id", "minLength": 1, "maxLength": -2},
        ),
        "MaxLengthMustBeGreaterThanOrEqualToZero",
    ),
    (_valued(("paths", "/folders", "get", "operationId"), "ListFoldre"), "OperationIdNotFound"),
    (_valued(("paths", "/orders", "get", "parameters", 0, "name"), ""), "RequiredValueEmpty"),
    (_valued(("paths", "/shops", "get", "parameters", 0, "name"), "regoin"), "OperationParameterNameNotFound"),
    (_named(("definitions", "Line", "properties"), "propertys"), "AdditionalPropertyNotAllowed"),
    (_valued(("paths", "/files", "post", "consumes", 0), "multipart/form-daat"), "MimeTypeNotSupported"),
    (_named((*_HOOK, "in"), "inn"), "AdditionalPropertyNotAllowed"),
    (_valued((*_HOOK, "schema", "required"), "url"), "JsonTypeIncorrect"),
    (_named((*_HOOK, "schema", "properties"), "propertys"), "AdditionalPropertyNotAllowed"),
    (_named((*_HOOK, "schema", "properties", "url", "x-ms-visibility"), "x-ms-visiblity"), "ExtensionNameNotKnown"),
    (_named(("paths", "/hooks", "x-ms-notification-content"), "x-ms-notification-contents"), "ExtensionNameNotKnown"),
    (_named(("definitions",), "definition"), "AdditionalPropertyNotAllowed"),
    (_named(("definitions", "Order"), "Ordr"), "SchemaReferenceNotFound"),
    (_named(("consumes",), "consume"), "AdditionalPropertyNotAllowed"),
]
_SEVERAL = ("ExpressionParameterNotFound", "OAuthTemplateNotValid", "PolicyOperationNotFound", "ScriptOperationUnknown")
"""Rules that find every place where a name is used: there are several if its one definition is broken."""


def _with(kind: str, document: str, one: Break) -> Package:
    made = whole_package(kind)
    if document == PROPERTIES:
        made.properties = broken(made.properties, one)
    else:
        made.definition = broken(made.definition, one)
    return made


@pytest.mark.parametrize(("kind", "document", "one", "rule"), _CASES, ids=range(len(_CASES)))
def test_a_broken_part_is_one_finding(kind: str, document: str, one: Break, rule: str) -> None:
    found = {(hit.rule.name, hit.document, hit.message) for hit in check(_with(kind, document, one))}
    assert [name for name, _, _ in found] == [rule]


@pytest.mark.parametrize(("one", "rule"), _CALLS, ids=range(len(_CALLS)))
def test_a_broken_part_that_others_refer_to_is_one_finding(one: Break, rule: str) -> None:
    found = {
        (hit.rule.name, hit.message) for hit in check(package(broken(clean_definition(), one)), certification=True)
    }
    assert [name for name, _ in found] == [rule]


def test_a_misspelt_reference_is_renamed() -> None:
    (hit,) = check(package(broken(clean_definition(), _CALLS[7][0])), certification=True)
    assert hit.help == "write '$ref'"
    assert hit.defect.fix is not None


def test_the_body_that_a_call_describes_has_no_inputs_for_the_call() -> None:
    definition = clean_definition()
    body = definition["paths"]["/forms"]["post"]["parameters"][1]["schema"]
    body["x-ms-dynamic-schema"]["parameters"]["form"]["parameter"] = "frm"
    assert [hit.rule.name for hit in check(package(definition))] == ["OperationParameterNameNotFound"]


def test_a_script_operation_of_the_wrong_type_without_a_script_is_one_finding() -> None:
    made = whole_package("key")
    made.script = None
    del made.sizes["script.csx"]
    made.properties["properties"]["scriptOperations"] = [5]
    assert [hit.rule.name for hit in check(made)] == ["JsonTypeIncorrect"]


def test_a_misspelt_name_in_required_isn_t_missing_in_an_example() -> None:
    made = whole_package("key")
    schema = made.definition["paths"]["/orders/{order}"]["get"]["responses"]["200"]["schema"]
    schema.update(required=["di"], example={"id": "17"})
    assert [hit.rule.name for hit in check(made)] == ["RequiredPropertyDefinitionMissing"]


def test_two_mistakes_are_two_findings() -> None:
    made = whole_package("key")
    inner = made.properties["properties"]
    del inner["connectionParameters"]["api_key"]
    del inner["connectionParameters"]["region"]
    del inner["connectionParameters"]["site"]["uiDefinition"]["constraints"]
    inner["iconBrandColour"] = "#1f6f43"
    inner["capabilities"] = [5]
    names = {hit.rule.name for hit in check(made)}
    assert names == {"ConnectionPropertyNotKnown", "JsonTypeIncorrect", "ExpressionParameterNotFound"}


@pytest.mark.parametrize("kind", KINDS)
def test_no_mistake_is_two_findings(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    every: list[list[Hit]] = []

    def kept(hits: list[Hit]) -> list[Hit]:
        every.append(hits)
        return list(without_consequences(hits))

    monkeypatch.setattr(rules, "without_consequences", kept)
    for document in (PROPERTIES, DEFINITION):
        mistakes = list(breaks(whole_package(kind).documents[document]))
        for one in Random(kind).sample(mistakes, SAMPLE):
            found = list(check(_with(kind, document, one)))
            assert bool(found) == bool(every[-1]), one
            assert len({(hit.rule.name, hit.pointer) for hit in found}) <= 1 or _uses(found), (one, found)


def _uses(found: list[Hit]) -> bool:
    return all(hit.rule.name in _SEVERAL for hit in found)


def test_the_rules_exist() -> None:
    assert {*MISSED, *BREAKING} <= set(NAMES)
