"""Single defects in apiProperties.json, policies, scripts, settings, icons and READMEs: each is exactly one finding, at its place."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from random import Random
from typing import Any, NamedTuple

import pytest

from connector_builder.findings import Add, Edit, Pointer, Remove, Rename, Replace, TextEdit
from connector_builder.package import DEFINITION, PROPERTIES, SETTINGS, Package
from connector_builder.rules import check
from tests.support.defects.whole_packages import CODE, GREEN, KINDS, OPERATIONS, SECTION, TOKEN, P, whole_package
from tests.support.pages.pictures import png

GONE = object()
_IN = "properties"
_PARAMETERS = (_IN, "connectionParameters")
_POLICIES = (_IN, "policyTemplateInstances")
_SET = (_IN, "connectionParameterSets", "values")
_SETTINGS = (*_PARAMETERS, "token", "oAuthSettings")
_CUSTOM = (*_SETTINGS, "customParameters")
_LOGIN = ("securityDefinitions", "login")
POLL, HOST, ROUTE, HEADER, PROPERTY, PAGES, STATUS = range(7)
"""The policies of the package `key`."""


class Defect(NamedTuple):
    """A change of one part of a package, and the rule that finds it: at the part, or at `at`."""

    kind: str
    pointer: Pointer
    value: Any
    rule: str
    at: Pointer | None = None
    document: str = PROPERTIES


def _of_policy(policy: int, *steps: str) -> Pointer:
    return (*_POLICIES, policy, *(("parameters", *steps) if steps else ()))


def _constraints(name: str, key: str) -> Pointer:
    return (*_PARAMETERS, name, "uiDefinition", "constraints", key)


_ENVELOPE = [
    Defect("key", (_IN,), GONE, "RequiredPropertyMissing", ()),
    Defect("key", (_IN, "iconBrandColor"), "green", "BrandColorNotValid"),
    Defect("key", (_IN, "iconBrandColor"), "#1f6f4", "BrandColorNotValid"),
    Defect("key", (_IN, "iconBrandColour"), "#1f6f43", "ConnectionPropertyNotKnown"),
    Defect("key", (_IN, "capabilities"), ["action"], "CapabilityNotKnown", (_IN, "capabilities", 0)),
    Defect("key", (_IN, "capabilities"), ["gateway"], "GatewayParameterMissing", (_IN, "capabilities", 0)),
    Defect("key", (_IN, "capabilities"), "actions", "JsonTypeIncorrect"),
    Defect("key", (_IN, "capabilities"), ["actions", "actions"], "ArrayDuplicateValue", (_IN, "capabilities", 1)),
    Defect("key", (_IN, "scriptOperations"), ["GetOrder"] * 2, "ArrayDuplicateValue", (_IN, "scriptOperations", 1)),
    Defect("key", (_IN, "publisher"), None, "JsonTypeIncorrect"),
    Defect("key", (_IN, "publisher"), "Contoso ", "WhiteSpaceAroundValue"),
]
_CONNECTION = [
    Defect("key", (*_PARAMETERS, "site", "type"), "String", "ConnectionParameterTypeNotValid"),
    Defect("key", (*_PARAMETERS, "site", "type"), "integer", "ConnectionParameterTypeNotValid"),
    Defect("key", (*_PARAMETERS, "site", "type"), GONE, "RequiredPropertyMissing", (*_PARAMETERS, "site")),
    Defect("key", (*_PARAMETERS, "login:Site"), {"type": "string"}, "ConnectionParameterOwnerMissing"),
    Defect("key", (*_PARAMETERS, "my key"), {"type": "string"}, "ConnectionParameterNameNotValid"),
    Defect("key", (*_PARAMETERS, "more"), {"type": "string"}, "ConnectionParameterUnused"),
    Defect("key", (*_PARAMETERS, "site", "oAuthSettings"), {"identityProvider": "github"}, "OAuthSettingsMissing", (*_PARAMETERS, "site", "type")),
    Defect("key", _constraints("site", "required"), True, "ConstraintIsBoolean"),
    Defect("key", _constraints("site", "required"), "True", "ConstraintNotValid"),
    Defect("key", _constraints("site", "clearText"), "false", "ConstraintNotValid"),
    Defect("key", _constraints("site", "hidden"), "true", "RequiredParameterHidden"),
    Defect("key", _constraints("region", "allowedValues"), [{"text": "Europe"}], "AllowedValueNotValid", (*_constraints("region", "allowedValues"), 0)),
    Defect("key", (*_constraints("region", "allowedValues"), 1, "value"), "eu", "AllowedValueNotValid"),
    Defect("key", (*_constraints("region", "allowedValues"), 0), {"text": "Europe", "vlaue": "eu"}, "ConnectionPropertyNotKnown", (*_constraints("region", "allowedValues"), 0, "vlaue")),
    Defect("key", _constraints("site", "tabIndex"), "2", "JsonTypeIncorrect"),
    Defect("key", (*_PARAMETERS, "api_key", "type"), "string", "SecretNotHidden"),
    Defect("key", (*_LOGIN, "name"), "X-API-Key ", "WhiteSpaceAroundValue", None, DEFINITION),
    Defect("key", ("security",), [{}], "SecurityNotRequired", ("securityDefinitions",), DEFINITION),
    Defect("key", (*_PARAMETERS, "region", "defaultValue"), "asia", "ConnectionParameterDefaultNotValid"),
    Defect("key", (*_PARAMETERS, "region", "defaultValue"), 1, "ConnectionParameterDefaultNotValid"),
    Defect("key", (*_PARAMETERS, "api_key", "defaultValue"), "abc", "ConnectionParameterDefaultNotValid"),
    Defect("key", (*_PARAMETERS, "site", "uiDefinition", "displayname"), "Site", "ConnectionPropertyNotKnown"),
    Defect("basic", (*_PARAMETERS, "password"), GONE, "SecurityParameterMissing", _LOGIN),
    Defect("gateway", (*_PARAMETERS, "username"), {"type": "string"}, "PasswordMissing"),
    Defect("gateway", (*_PARAMETERS, "api_key"), {"type": "securestring"}, "ApiKeyUnused"),
    Defect("oauth2", (*_PARAMETERS, "token"), GONE, "SecurityParameterMissing", _LOGIN),
    Defect("key", ("securityDefinitions", "second"), {"type": "basic"}, "SecurityDefinitionsAmbiguous", None, DEFINITION),
]  # fmt: skip
_SIGN_IN = [
    Defect("oauth2", _SETTINGS, GONE, "OAuthSettingsMissing", (*_PARAMETERS, "token")),
    Defect("oauth2", (*_SETTINGS, "identityProvider"), GONE, "RequiredPropertyMissing", _SETTINGS),
    Defect("oauth2", (*_SETTINGS, "identityProvider"), "oauth3", "IdentityProviderNotKnown"),
    Defect("oauth2", (*_SETTINGS, "redirectMode"), "Globally", "RedirectModeNotKnown"),
    Defect("oauth2", (*_SETTINGS, "redirectMode"), "Direct", "RedirectUrlNotValid", _SETTINGS),
    Defect("oauth2", (*_SETTINGS, "redirectUrl"), "/back", "RedirectUrlNotValid"),
    Defect("oauth2", (*_SETTINGS, "scopes"), "read", "JsonTypeIncorrect"),
    Defect("oauth2", (*_CUSTOM, "tokenUrl"), GONE, "CustomParameterMissing", _CUSTOM),
    Defect("oauth2", (*_CUSTOM, "refreshUrl", "value"), "", "CustomParameterMissing", _CUSTOM),
    Defect("oauth2", (*_CUSTOM, "tokenUrl", "value"), "login.contoso.example/token", "OAuthAddressNotValid"),
    Defect("oauth2", (*_CUSTOM, "refreshUrl", "value"), "http://login.contoso.example/token", "OAuthAddressNotValid"),
    Defect("oauth2", (*_CUSTOM, "authorizationUrl", "value"), "https://login.fabrikam.example/authorize", "OAuthAddressesDiffer"),
    Defect("oauth2", (*_CUSTOM, "authorizationUrl", "value"), TOKEN, "OAuthAddressesSwapped"),
    Defect("oauth2", (*_CUSTOM, "audience"), {"value": "orders"}, "CustomParameterNotKnown"),
    Defect("oauth2", (*_CUSTOM, "tokenUrl"), "https://login.contoso.example/token", "JsonTypeIncorrect"),
    Defect("oauth2", (*_CUSTOM, "tokenUrl", "value"), True, "JsonTypeIncorrect"),
    Defect("oauth2", (*_CUSTOM, "tokenUrl", "value"), f" {TOKEN}", "WhiteSpaceAroundValue"),
    Defect("oauth2", (*_CUSTOM, "tokenUrl", "value"), f"{TOKEN}\n", "WhiteSpaceAroundValue"),
    Defect("oauth2", (*_LOGIN, "tokenUrl"), f"{TOKEN} ", "WhiteSpaceAroundValue", None, DEFINITION),
    Defect("oauth2", (*_SETTINGS, "redirectUrl"), " https://flow.contoso.example/back", "WhiteSpaceAroundValue"),
    Defect("oauth2", ("basePath",), " /v1", "WhiteSpaceAroundValue", None, DEFINITION),
    Defect("oauth2", ("host",), "api.contoso.example ", "HostNameNotValid", None, DEFINITION),
    Defect("oauth2", (*_LOGIN, "authorizationUrl"), TOKEN, "OAuthAddressesSwapped", None, DEFINITION),
    Defect("oauth2", (*_LOGIN, "flow"), "implicit", "OAuthFlowNotSupported", None, DEFINITION),
    Defect("generic", (*_CUSTOM, "tokenUrlTemplate", "value"), "https://{Side}.contoso.example/token", "OAuthTemplateNotValid"),
    Defect("generic", (*_CUSTOM, "tokenBodyTemplate", "value"), "grant_type=client_credentials", "OAuthTemplateNotValid"),
    Defect("generic", (*_CUSTOM, "refreshUrlTemplate"), GONE, "CustomParameterMissing", _CUSTOM),
    Defect("aad", (*_CUSTOM, "resourceUri"), GONE, "EntraResourceMissing", _CUSTOM),
    Defect("aad", (*_CUSTOM, "tenantId", "value"), "our tenant", "EntraIdNotValid"),
    Defect("aad", (*_SETTINGS, "clientId"), "orders-app", "EntraIdNotValid"),
    Defect("aad", (*_CUSTOM, "resourceUri", "value"), "api://contoso-invoices", "EntraResourcesDiffer", (*_SETTINGS, "properties", "AzureActiveDirectoryResourceId")),
    Defect("aad", (*_CUSTOM, "tenant"), {"value": "common"}, "CustomParameterNotKnown"),
    Defect("sets", (*_SET, 1, "name"), "key", "ParameterSetNameNotUnique"),
    Defect("sets", (*_SET, 0, "parameters"), GONE, "RequiredPropertyMissing", (*_SET, 0)),
    Defect("sets", (*_SET, 0, "uiDefinition"), GONE, "ParameterSetTextMissing", (*_SET, 0)),
]  # fmt: skip
_OF_POLICIES = [
    Defect("key", (*_of_policy(HEADER), "templateId"), "setheaders", "PolicyTemplateNotKnown"),
    Defect("key", (*_of_policy(HEADER), "title"), GONE, "PolicyTitleMissing", _of_policy(HEADER)),
    Defect("key", (*_of_policy(POLL), "type"), GONE, "PolicyTypeNotValid", _of_policy(POLL)),
    Defect("key", _of_policy(HEADER, f"{P}value"), GONE, "PolicyParameterMissing", (*_of_policy(HEADER), "parameters")),
    Defect("key", _of_policy(HEADER, f"{P}header"), "x", "PolicyParameterNotKnown"),
    Defect("key", _of_policy(HEADER, f"{P}existsAction"), "replace", "PolicyParameterNotValid"),
    Defect("key", _of_policy(HEADER, f"{P}value"), 5, "PolicyParameterNotValid"),
    Defect("key", _of_policy(STATUS, f"{P}statusCode"), "403", "PolicyParameterNotValid"),
    Defect("key", _of_policy(POLL, f"{P}triggerConfig"), "since", "PolicyParameterNotValid"),
    Defect("key", _of_policy(ROUTE, f"{P}httpMethod"), "FETCH", "PolicyParameterNotValid"),
    Defect("key", _of_policy(HEADER, OPERATIONS), "GetOrder", "PolicyParameterNotValid"),
    Defect("key", _of_policy(HEADER, OPERATIONS), ["GetOrders1"], "PolicyOperationNotFound", (*_of_policy(HEADER, OPERATIONS), 0)),
    Defect("key", _of_policy(HEADER, SECTION), "Before", "PolicySectionNotValid"),
    Defect("key", _of_policy(HOST, SECTION), "Response", "PolicySectionNotValid"),
    Defect("key", _of_policy(HEADER, f"{P}value"), "@connectionParameter('region')", "ExpressionFunctionNotKnown"),
    Defect("key", _of_policy(HEADER, f"{P}value"), "@connectionParameters('Region')", "ExpressionParameterNotFound"),
    Defect("key", _of_policy(HOST, f"{P}urlTemplate"), "https://@connectionParameters('site').@headers(x)", "ExpressionNotValid"),
    Defect("key", _of_policy(HEADER, f"{P}value"), "@connectionParameters('region','eu'", "ExpressionNotValid"),
    Defect("key", _of_policy(PROPERTY, f"{P}propertyValuePathTemplate"), "@connectionParameters('site')", "ExpressionNotEvaluated"),
    Defect("key", _of_policy(ROUTE, f"{P}newPath"), "/order/{id}", "PolicyRoutePlaceNotFound"),
    Defect("key", _of_policy(HOST, f"{P}urlTemplate"), "www.@connectionParameters('site').example", "PolicyHostNotValid"),
    Defect("key", _of_policy(HOST, f"{P}urlTemplate"), "http://@connectionParameters('site').example", "PolicyHostNotValid"),
    Defect("key", _of_policy(PAGES, OPERATIONS), ["GetOrder"], "NextLinkPolicyUnused", (*_of_policy(PAGES, OPERATIONS), 0)),
    Defect("key", ("paths", "/changes", "get", "x-ms-trigger"), GONE, "PollingPolicyUnused", (*_of_policy(POLL, OPERATIONS), 0), DEFINITION),
    Defect("key", (_IN, "scriptOperations"), ["GetOrders1"], "ScriptOperationNotFound", (_IN, "scriptOperations", 0)),
]  # fmt: skip
_OF_SETTINGS = [
    Defect("key", (), [], "SettingsNotAnObject", (), SETTINGS),
    Defect("key", ("environment",), "Contoso (default)", "SettingsValueNotValid", None, SETTINGS),
    Defect("key", ("powerAppsUrl",), "api.powerapps.com", "SettingsValueNotValid", None, SETTINGS),
    Defect("key", ("powerAppsApiVersion",), "latest", "SettingsValueNotValid", None, SETTINGS),
    Defect("key", ("scirpt",), "script.csx", "SettingsKeyNotKnown", None, SETTINGS),
    Defect("key", ("icon",), ["icon.png"], "SettingsFileNotFound", None, SETTINGS),
    Defect("key", ("icon",), "../icon.png", "SettingsFileNotFound", None, SETTINGS),
    Defect("key", ("connectorId",), 7, "SettingsValueNotValid", None, SETTINGS),
    Defect("key", ("powerAppsUrl",), "http://api.powerapps.com", "SettingsValueNotValid", None, SETTINGS),
    Defect("key", ("powerAppsUrl",), "https://api.powerapps.com ", "WhiteSpaceAroundValue", None, SETTINGS),
    Defect("key", ("environment",), " Default-1", "WhiteSpaceAroundValue", None, SETTINGS),
]
ANYTHING: tuple[Any, ...] = (
    None,
    True,
    0,
    1.5,
    10**300,
    "",
    "@{",
    "@headers('",
    "{x}",
    "https://[1",
    "\0",
    [],
    {},
    [[]],
    [{}],
    {"value": None},
)
FIXED = {"ConnectionParameterTypeNotValid", "ConstraintIsBoolean", "ConstraintNotValid", "ExpressionParameterNotFound"}
"""Some rules whose findings have a fix."""
DEFECTS = [*_ENVELOPE, *_CONNECTION, *_SIGN_IN, *_OF_POLICIES, *_OF_SETTINGS]

_SUBMITTED: list[tuple[str, Callable[[dict[str, Any], Package], object]]] = [
    ("PublisherMissing", lambda inner, _: inner.pop("publisher")),
    ("PublisherMissing", lambda inner, _: inner.update(stackOwner=" ")),
    ("BrandColorNotCertifiable", lambda inner, _: inner.update(iconBrandColor="#FFFFFF")),
    ("BrandColorNotCertifiable", lambda inner, _: inner.pop("iconBrandColor")),
    ("ConnectionParameterTextMissing", lambda inner, _: inner["connectionParameters"]["site"].pop("uiDefinition")),
    ("IconBackgroundNotBrandColor", lambda inner, _: inner.update(iconBrandColor="#6f1f43")),
    ("IconNotCertifiable", lambda _, made: setattr(made, "icon", png(64, 64, rows=[b"\0" + GREEN * 64] * 64))),
    ("ReadmeHeadingMissing", lambda _, made: setattr(made, "readme", b"# Orders\n\n## Publisher: Contoso\n")),
    ("ReadmeMissing", lambda _, made: made.sizes.pop("README.md")),
]
_CODES = [
    ("ScriptClassMissing", "class Script ", "class script ", "class script : ScriptBase"),
    ("ScriptClassMissing", "Script : ScriptBase", "Script : Base", "class Script : Base"),
    ("ScriptMethodMissing", "override async", "async", "class Script : ScriptBase"),
    ("ScriptBracketNotClosed", "return null;", "return null];", "]"),
    ("ScriptMethodMissing", "ExecuteAsync()", "Execute()", "class Script : ScriptBase"),
    ("ScriptNamespaceNotAllowed", "System.Net.Http;", "System.Reflection;", "System.Reflection"),
    ("ScriptMemberNotFound", "Context.Request", "Context.ConnectionParameters", "ConnectionParameters"),
    ("ScriptOperationUnknown", '"GetOrder"', '"GetOrdr"', '"GetOrdr"'),
    ("ScriptOperationUnknown", '"ListOrders"', '"listOrders"', '"listOrders"'),
    (
        "ScriptClientOwn",
        "return null;\n    }",
        "return await new HttpClient().GetAsync(CODE);\n    }",
        "new HttpClient(",
    ),
]
_FILES: list[tuple[str, Callable[[Package], object], Pointer]] = [
    ("ScriptClassMissing", lambda made: setattr(made, "script", b" \n// soon\n"), ("script.csx",)),
    ("ScriptEncodingNotValid", lambda made: setattr(made, "script", "Ä".encode("latin-1")), ("script.csx",)),
    ("ReadmeEmpty", lambda made: setattr(made, "readme", b"\n"), ("README.md",)),
    ("IconNotValid", lambda made: setattr(made, "icon", b"<svg/>"), ("icon.png",)),
    ("SettingsFileNotFound", lambda made: setattr(made, "missing", ("icon",)), ("icon",)),
]
PLANTED = {
    *(one.rule for one in DEFECTS),
    *(one[0] for one in (*_SUBMITTED, *_CODES, *_FILES)),
    "PolicyRouteDuplicated",
    "PollingPolicyMissing",
    "ScriptMissing",
    "ScriptNotSupportedByGateway",
}
"""The rules whose defects are planted here."""


def _found(made: Package, *, certification: bool = False) -> list[tuple[str, Pointer]]:
    hits = check(made, certification=certification)
    return [(hit.rule.name, hit.pointer) for hit in hits if hit.rule.name != "StackOwnerPreventsUpload"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_packages_have_no_defect(kind: str) -> None:
    assert _found(whole_package(kind)) == []


@pytest.mark.parametrize("defect", [pytest.param(one, id=f"{number}-{one.rule}") for number, one in enumerate(DEFECTS)])
def test_a_defect_is_one_finding_at_its_place(defect: Defect) -> None:
    made = whole_package(defect.kind)
    if defect.document == SETTINGS:
        made.given_settings = _changed(made.given_settings, defect)
    elif defect.document == DEFINITION:
        made.definition = _changed(made.definition, defect)
    else:
        made.properties = _changed(made.properties, defect)
    assert _found(made) == [(defect.rule, defect.pointer if defect.at is None else defect.at)]


@pytest.mark.parametrize(("rule", "change"), _SUBMITTED, ids=range(len(_SUBMITTED)))
def test_what_a_submission_lacks_is_found_for_certification(
    rule: str, change: Callable[[dict[str, Any], Package], object]
) -> None:
    made = whole_package("key")
    inner = made.properties["properties"]
    inner.update(publisher="Contoso", stackOwner="Contoso")
    assert [name for name, _ in _found(made, certification=True)] == []
    change(inner, made)
    assert [name for name, _ in _found(made, certification=True)] == [rule]


@pytest.mark.parametrize(("rule", "before", "after", "shown"), _CODES, ids=range(len(_CODES)))
def test_a_defect_in_code_is_found_at_its_text(rule: str, before: str, after: str, shown: str) -> None:
    made = whole_package("key")
    code = CODE.replace(before, after)
    assert code != CODE
    made.script = code.encode()
    start = code.index(shown, code.index("nor is this") if before != "System.Net.Http;" else 0)
    assert _found(made) == [(rule, ("script.csx", start, start + len(shown)))]


@pytest.mark.parametrize(("rule", "change", "at"), _FILES)
def test_a_defect_of_a_file_is_found(rule: str, change: Callable[[Package], object], at: Pointer) -> None:
    made = whole_package("key")
    change(made)
    assert _found(made) == [(rule, at)]


def test_code_that_is_required_and_missing_is_found() -> None:
    made = whole_package("key")
    made.script = None
    del made.sizes["script.csx"]
    assert _found(made) == [("ScriptMissing", ("properties", "scriptOperations"))]


def test_a_gateway_runs_no_code() -> None:
    made = whole_package("gateway")
    made.script = CODE.encode()
    assert _found(made) == [("ScriptNotSupportedByGateway", ("script.csx",))]


def test_a_policy_missing_for_a_trigger_that_polls_is_found() -> None:
    made = whole_package("oauth2")
    made.script = None
    del made.properties["properties"]["policyTemplateInstances"][0]
    assert _found(made) == [("PollingPolicyMissing", ("paths", "/changes", "get", "x-ms-trigger"))]


def test_two_routes_of_one_operation_are_one_finding() -> None:
    made = whole_package("key")
    policies = made.properties["properties"]["policyTemplateInstances"]
    policies.append(deepcopy(policies[ROUTE]))
    assert _found(made) == [("PolicyRouteDuplicated", (*_of_policy(len(policies) - 1, OPERATIONS), 0))]


def test_a_misspelt_parameter_of_a_policy_is_one_finding() -> None:
    made = whole_package("key")
    given = made.properties["properties"]["policyTemplateInstances"][HEADER]["parameters"]
    given[f"{P}vlaue"] = given.pop(f"{P}value")
    assert _found(made) == [("PolicyParameterNotKnown", _of_policy(HEADER, f"{P}vlaue"))]


def test_addresses_that_changed_places_are_one_finding() -> None:
    made = whole_package("oauth2")
    login = made.definition["securityDefinitions"]["login"]
    login["tokenUrl"], login["authorizationUrl"] = login["authorizationUrl"], login["tokenUrl"]
    assert _found(made) == [("OAuthAddressesSwapped", (*_LOGIN, "authorizationUrl"))]


@pytest.mark.parametrize("defect", [pytest.param(one, id=f"{number}-{one.rule}") for number, one in enumerate(DEFECTS)])
def test_a_fix_mends_its_defect(defect: Defect) -> None:
    made = whole_package(defect.kind)
    made.properties = _changed(made.properties, defect) if defect.document == PROPERTIES else made.properties
    fixes = [hit.defect.fix for hit in check(made) if hit.defect.fix is not None and hit.document == PROPERTIES]
    if not fixes:
        assert defect.rule not in FIXED or defect.document != PROPERTIES
        return
    for edit in fixes[0].edits:
        assert not isinstance(edit, TextEdit)
        _edit(made.properties, edit)
    assert _found(made) == []


@pytest.mark.parametrize("seed", range(10))
def test_rules_take_anything(seed: int) -> None:
    random = Random(seed)
    for _ in range(30):
        made = whole_package(random.choice(KINDS))
        for document in random.choices(("properties", "definition", "given_settings"), k=random.randint(1, 3)):
            root = getattr(made, document)
            *way, last = random.choice([one for one in _pointers(root) if one])
            owner = root
            for step in way:
                owner = owner[step]
            owner[last] = deepcopy(random.choice(ANYTHING))
        for hit in check(made, certification=True):
            assert hit.message
            part: Any = made.documents.get(hit.document)
            for step in hit.pointer if hit.document in made.documents else ():
                part = part[step]


def test_there_are_enough() -> None:
    assert len(DEFECTS) + len(_SUBMITTED) + len(_CODES) + len(_FILES) >= 90


def _changed(root: Any, defect: Defect) -> Any:
    if not defect.pointer:
        return defect.value
    owner = root
    for step in defect.pointer[:-1]:
        owner = owner[step]
    if defect.value is GONE:
        del owner[defect.pointer[-1]]
    else:
        owner[defect.pointer[-1]] = defect.value
    return root


def _pointers(value: Any, at: Pointer = ()) -> Iterator[Pointer]:
    yield at
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield from _pointers(part, (*at, key))


def _edit(root: Any, edit: Edit) -> None:
    owner = root
    for step in edit.pointer[:-1]:
        owner = owner[step]
    match edit:
        case Replace(pointer, value) | Add(pointer, value):
            owner[pointer[-1]] = value
        case Remove(pointer):
            del owner[pointer[-1]]
        case Rename(pointer, key):
            owner[key] = owner.pop(pointer[-1])
