"""Failures that people reported or that Microsoft documents, each planted alone in a connector without findings.

They are those of the issues of PowerPlatformConnectors and of Microsoft's list of rules: what a certifier sends back, what
paconn stops with, and what silently doesn't work. Each is exactly one finding of the right rule, at its place.
"""

from typing import Any, NamedTuple

import pytest

from connector_builder.findings import Pointer
from connector_builder.package import DEFINITION, PROPERTIES
from connector_builder.rules import check
from tests.support.defects.clean_definition import clean_definition
from tests.support.defects.whole_packages import OPERATIONS, SECTION, P, whole_package
from tests.support.examples.rule_examples import package

GONE = object()
_IN = "properties"
_PARAMETERS = (_IN, "connectionParameters")
_SETTINGS = (*_PARAMETERS, "token", "oAuthSettings")
_LIST = ("paths", "/orders", "get")
_TOP = (*_LIST, "parameters", 2)
_ORDER = ("definitions", "Order")
_ONE = ("paths", "/orders/{order}", "get")
_HOOK = ("paths", "/hooks", "post")
_URL = (*_HOOK, "parameters", 0, "schema", "properties", "url")
_LOGIN = ("securityDefinitions", "login")


class Failure(NamedTuple):
    """A change of one part, and the rule that finds it: at the part, or at `at`.

    It is in the clean definition, or in apiProperties.json of a whole package of the kind `of`.
    """

    what: str
    pointer: Pointer
    value: Any
    rule: str
    at: Pointer | None = None
    of: str = ""


def _policy(number: int, *steps: str) -> Pointer:
    return (_IN, "policyTemplateInstances", number, *(("parameters", *steps) if steps else ()))


_TEXTS = [
    Failure("a title of more than 30 characters", ("info", "title"), "Orders of the Shops of Contoso Worldwide", "FieldLengthExceeded"),
    Failure("the word API in the title", ("info", "title"), "Orders API", "ValueContainsRestrictedWords"),
    Failure("the name of a product in the description", ("info", "description"), "Reads and writes the orders of a shop in Power Automate.", "ValueContainsRestrictedWords"),
    Failure("a title that ends with a mark", ("info", "title"), "Orders!", "ValueMustEndWithAlphanumeric"),
    Failure("a description of less than 30 characters", ("info", "description"), "Reads orders.", "FieldLengthNotInRange"),
    Failure("a description of more than 500 characters", ("info", "description"), "Reads orders. " * 40, "FieldLengthNotInRange"),
    Failure("no description of the connector", ("info", "description"), GONE, "InfoDescriptionMissing", ("info",)),
    Failure("a description that isn't in English", ("info", "description"), "Читает и записывает заказы магазина.", "ValueMustBeInEnglish"),
    Failure("a summary with refused characters", (*_LIST, "summary"), "List orders & returns", "RestrictedCharactersInSummary"),
    Failure("a summary of more than 80 characters", (*_LIST, "summary"), "List " + "orders " * 12, "OperationSummaryTooLong"),
    Failure("no summary", (*_LIST, "summary"), GONE, "OperationTextMissing", _LIST),
    Failure("no description of a parameter", (*_TOP, "description"), GONE, "ParameterTextMissing", _TOP),
    Failure("no label of a parameter", (*_TOP, "x-ms-summary"), GONE, "ParameterTextMissing", _TOP),
    Failure("no contact", ("info", "contact"), GONE, "CertificationPropertyMissing", ("info",)),
    Failure("no metadata", ("x-ms-connector-metadata",), GONE, "CertificationPropertyMissing", ()),
    Failure("no privacy policy", ("x-ms-connector-metadata", 1), GONE, "ConnectorMetadataPropertiesMissing", ("x-ms-connector-metadata",)),
    Failure("a category that doesn't exist", ("x-ms-connector-metadata", 2, "propertyValue"), "Shops", "InvalidConnectorCategory"),
    Failure("three categories", ("x-ms-connector-metadata", 2, "propertyValue"), "Data;Finance;Productivity", "TooManyConnectorCategories"),
]  # fmt: skip
_SWAGGER = [
    Failure("OpenAPI's version as a number", ("swagger",), 2.0, "SpecificationVersionIncorrect"),
    Failure("no version", ("info", "version"), GONE, "RequiredPropertyMissing", ("info",)),
    Failure("a host with its scheme", ("host",), "https://api.contoso.example", "HostNameNotValid"),
    Failure("a base path without a slash", ("basePath",), "v1", "BasePathNotValid"),
    Failure("a scheme without encryption", ("schemes",), ["http"], "SchemeWithoutEncryption", ("schemes", 0)),
    Failure("a host that only this computer has", ("host",), "localhost:5000", "HostNotReachable"),
    Failure("an id that is used twice", (*_ONE, "operationId"), "ListOrders", "OperationIdNotUnique"),
    Failure("no operationId", ("paths", "/files/{file}/content", "get", "operationId"), GONE, "OperationIdRequired", ("paths", "/files/{file}/content", "get")),
    Failure("an id with other characters", (*_ONE, "operationId"), "Get-Order", "OperationIdSanitized"),
    Failure("no responses", (*_ONE, "responses"), GONE, "OperationMustHaveResponse", _ONE),
    Failure("a default response with a schema", (*_ONE, "responses", "default"), {"description": "Else.", "schema": {"type": "object"}}, "DefaultResponseHasSchema"),
    Failure("a path parameter that isn't required", (*_ONE, "parameters", 0, "required"), GONE, "PathParameterMustBeRequired", (*_ONE, "parameters", 0)),
    Failure("a path parameter without encoding", (*_ONE, "parameters", 0, "x-ms-url-encoding"), GONE, "PathParameterMissingEncoding", (*_ONE, "parameters", 0)),
    Failure("a place in a path without a parameter", (*_ONE, "parameters"), [], "OperationMissingPathParameter", _ONE),
    Failure("a body of a GET", (*_ONE, "parameters", 1), {"name": "body", "in": "body", "schema": {"type": "object"}}, "BodyOrFormDataParameterInFetchOperationNotAllowed"),
    Failure("a path with a query", ("paths", "/ping?deep=true"), {"get": {"operationId": "PingDeep", "summary": "Ping deep", "description": "Pings all of the shop.", "responses": {"200": {"description": "OK", "schema": {"type": "string"}}}}}, "OperationPathMayNotContainQueryOrFragment"),
    Failure("a reference to nothing", (*_ORDER, "properties", "lines", "items", "$ref"), "#/definitions/Lines", "SchemaReferenceNotFound"),
    Failure("a reference to another file", (*_ORDER, "properties", "lines", "items", "$ref"), "line.json", "SchemaReferenceNotValid"),
    Failure("a reference as in OpenAPI 3", (*_ORDER, "properties", "lines", "items", "$ref"), "#/components/schemas/Line", "SchemaReferenceNotValid"),
    Failure("a definition that is only a reference", ("definitions", "Line"), {"$ref": "#/definitions/Order"}, "SchemaRefLoopNotAllowed", ("definitions", "Line", "$ref")),
    Failure("an array without items", (*_ORDER, "properties", "lines", "items"), GONE, "ArrayHasNoItems", (*_ORDER, "properties", "lines")),
    Failure("a type that is a word of another tool", (*_ORDER, "properties", "id", "type"), "int", "JsonValueNotInEnum"),
    Failure("a required field that isn't there", (*_ORDER, "required"), ["number"], "RequiredPropertyDefinitionMissing", (*_ORDER, "required", 0)),
    Failure("oneOf of OpenAPI 3", (*_ORDER, "oneOf"), [], "AdditionalPropertyNotAllowed"),
    Failure("a default of the wrong type", (*_TOP, "default"), "10", "DefaultValueMustMatchType"),
    Failure("a format that the platform doesn't know", (*_ORDER, "properties", "placed", "format"), "datetime", "UnrecognizedTypeFormat"),
    Failure("a multiple collection format", (*_LIST, "parameters", 4, "collectionFormat"), "multi", "CollectionFormatValueNotSupported"),
    Failure("a media type that certification refuses", ("produces",), ["application/json", "text/xml"], "MimeTypeNotSupported", ("produces", 1)),
    Failure("a header that the platform sends itself", ("parameters", "Trace", "name"), "Authorization", "ReservedParameterIsUsed"),
    Failure("a security definition that isn't there", ("security", 0), {"key": []}, "SecurityRequirementMustBeDefined", ("security", 0, "key")),
    Failure("a misspelt extension", ("paths", "/ping", "get", "x-ms-visibilty"), "important", "ExtensionNameNotKnown"),
    Failure("a dropdown that calls nothing", (*_LIST, "parameters", 1, "x-ms-dynamic-values", "operationId"), "ListShop", "OperationIdNotFound"),
    Failure("a callback that people see", (*_URL, "x-ms-visibility"), GONE, "NotificationUrlNotInternal", _URL),
    Failure("a webhook that describes no notification", ("paths", "/hooks", "x-ms-notification-content"), GONE, "OperationMustHaveNotificationContentExtension", _HOOK),
    Failure("an OAuth flow that the platform lacks", (*_LOGIN, "flow"), "implicit", "OAuthFlowNotSupported"),
]  # fmt: skip
_CONNECTIONS = [
    Failure("a redirect mode that doesn't exist", (*_SETTINGS, "redirectMode"), "PerConnector", "RedirectModeNotKnown", of="oauth2"),
    Failure("a constraint that is no text", (*_PARAMETERS, "site", "uiDefinition", "constraints", "required"), True, "ConstraintIsBoolean", of="key"),
    Failure("a type of a connection parameter that doesn't exist", (*_PARAMETERS, "site", "type"), "text", "ConnectionParameterTypeNotValid", of="key"),
    Failure("a policy for an operation that isn't there", _policy(3, OPERATIONS), ["GetOrders1"], "PolicyOperationNotFound", (*_policy(3, OPERATIONS), 0), of="key"),
    Failure("a policy without its section", _policy(3, SECTION), GONE, "PolicySectionNotValid", _policy(3), of="key"),
    Failure("a misspelt parameter of a policy", _policy(3, f"{P}header"), "x", "PolicyParameterNotKnown", of="key"),
    Failure("no properties", (_IN,), GONE, "RequiredPropertyMissing", (), of="key"),
    Failure("parameters missing in a set", (_IN, "connectionParameterSets", "values", 0, "parameters"), GONE, "RequiredPropertyMissing", (_IN, "connectionParameterSets", "values", 0), of="sets"),
]  # fmt: skip
FAILURES = [*_TEXTS, *_SWAGGER, *_CONNECTIONS]


def _found(failure: Failure | None, of: str = "") -> list[tuple[str, Pointer]]:
    made = whole_package(of) if of else package(clean_definition())
    if failure is not None:
        root = made.documents[PROPERTIES if of else DEFINITION]
        _plant(root, failure)
    submitted = not of
    return [(hit.rule.name, hit.pointer) for hit in check(made, certification=submitted)]


def _plant(root: Any, failure: Failure) -> None:
    *way, last = failure.pointer
    for step in way:
        root = root[step]
    if failure.value is GONE:
        del root[last]
    elif isinstance(root, list) and last == len(root):
        root.append(failure.value)
    else:
        root[last] = failure.value


@pytest.mark.parametrize("of", ["", "key", "oauth2", "sets"])
def test_the_connector_has_no_finding(of: str) -> None:
    assert _found(None, of) == []


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: failure.what)
def test_a_documented_failure_is_one_finding_at_its_place(failure: Failure) -> None:
    assert _found(failure, failure.of) == [(failure.rule, failure.pointer if failure.at is None else failure.at)]


def test_there_are_as_many_as_were_compared_with_other_tools() -> None:
    assert len(FAILURES) == 61
