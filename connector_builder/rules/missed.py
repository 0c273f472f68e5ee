"""Where the parts stand that rules about something missing look for, and which rules find a broken part."""

from typing import NamedTuple

from connector_builder.findings import Pointer
from connector_builder.package.model import DEFINITION, PROPERTIES

ANY = "*"


class Where(NamedTuple):
    """Where a part stands: in a document, or `up` steps above a finding if there is none. A step `*` stands for any."""

    document: str
    steps: Pointer
    up: int = 0


def _in_properties(*ways: str) -> tuple[Where, ...]:
    return tuple(Where(PROPERTIES, ("properties", *way.split("/"))) for way in ways)


def _in_definition(*ways: str) -> tuple[Where, ...]:
    return tuple(Where(DEFINITION, tuple(way.split("/"))) for way in ways)


def _here(*ways: str, up: int = 0) -> tuple[Where, ...]:
    return tuple(Where("", tuple(way.split("/")), up) for way in ways)


_SETS = "connectionParameterSets/values/*/parameters"
_PARAMETERS = _in_properties("connectionParameters/*/type", f"{_SETS}/*/type")
_CUSTOM = "*/oAuthSettings/customParameters/*/value"
_SIGN_INS = _in_properties(f"connectionParameters/{_CUSTOM}", f"{_SETS}/{_CUSTOM}")
_POLICIES = _in_properties(
    "policyTemplateInstances/*/templateId",
    "policyTemplateInstances/*/parameters/*/*",
)
_OPERATIONS = _in_definition("paths/*/*/operationId")
_SECURITY = _in_definition("securityDefinitions/*/type")
_INPUTS = _in_definition(
    *(f"{way}parameters/*/{key}" for way in ("", "paths/*/", "paths/*/*/") for key in ("name", "in"))
)
_ALLOWED = ("uiDefinition/constraints/allowedValues/*/value", "allowedValues/*/value")

MISSED: dict[str, tuple[Where, ...]] = {
    # what the definition lacks
    "ArrayHasNoItems": _here("items"),
    "InfoDescriptionMissing": _here("description"),
    "OperationIdRequired": _here("operationId"),
    "OperationMustHaveResponse": _here("responses"),
    "ServiceAddressIncomplete": _here("host", "schemes"),
    "KeyOfAnotherType": _here("type", up=1),
    "OutputWithoutFields": _here(f"schema/{ANY}"),
    "ExtensionWithoutEffect": _here("in", "type", up=1),
    "OperationMissingPathParameter": (
        *_here("parameters/*/name", "parameters/*/in"),
        *_here("parameters/*/name", "parameters/*/in", up=1),
        *_in_definition("parameters/*/name", "parameters/*/in"),
    ),
    "PathParameterMissingEncoding": _here("x-ms-url-encoding"),
    "PathWithoutOperations": _here(ANY),
    "RequiredPropertyDefinitionMissing": (*_here("properties/*", up=2), *_here("type", "allOf/*", up=2)),
    "RequiredPropertyNotOnObject": _here("type", up=1),
    "SchemaDefinitionSetIncorrectly": _here("responses/*/schema", "x-ms-trigger"),
    "SecurityNotRequired": _in_definition("security/*", "paths/*/*/security/*"),
    "SecurityRequirementMustBeDefined": _in_definition("securityDefinitions/*"),
    "ConnectorMetadataPropertiesMissing": _here("*/propertyValue", "*/propertyName"),
    # connections
    "SecurityParameterMissing": _PARAMETERS,
    "SecurityDefinitionsAmbiguous": (*_in_properties(_SETS), *_SECURITY),
    "GatewayParameterMissing": _PARAMETERS,
    "PasswordMissing": (*_PARAMETERS, *_SECURITY),
    "ApiKeyUnused": (*_SECURITY, *_POLICIES, *_in_definition("security/*/*", "paths/*/*/security/*/*")),
    "ConnectionParameterUnused": (*_PARAMETERS, *_SIGN_INS, *_POLICIES, *_SECURITY),
    "ConnectionParameterOwnerMissing": _PARAMETERS,
    "ConnectionParameterDefaultNotValid": _here(*_ALLOWED, up=1),
    "OAuthSettingsMissing": (*_here("oAuthSettings"), *_here("oAuthSettings", up=1)),
    "OAuthAddressesDiffer": _in_definition("securityDefinitions/*/authorizationUrl", "securityDefinitions/*/tokenUrl"),
    "OAuthTemplateNotValid": _PARAMETERS,
    "CustomParameterMissing": _here("*/value"),
    "EntraResourceMissing": _here("*/value"),
    "ParameterSetTextMissing": _here("uiDefinition/displayName"),
    # policies
    "PolicyOperationNotFound": _OPERATIONS,
    "ScriptOperationNotFound": _OPERATIONS,
    "ScriptOperationUnknown": _OPERATIONS,
    "PolicyRoutePlaceNotFound": (*_OPERATIONS, *_INPUTS),
    "PolicyTitleMissing": _here("title"),
    "PolicyTypeNotValid": _here("type"),
    "PolicySectionNotValid": _here(f"parameters/{ANY}"),
    "PollingReturnsNoList": (*_POLICIES, *_OPERATIONS),
    "PollingPolicyMissing": (*_POLICIES, *_OPERATIONS),
    "PollingPolicyUnused": (*_in_definition("paths/*/*/x-ms-trigger"), *_OPERATIONS),
    "NextLinkPolicyUnused": (*_in_definition("paths/*/*/x-ms-pageable"), *_OPERATIONS),
    "ExpressionParameterNotFound": _PARAMETERS,
    "ScriptMissing": _here(ANY),
}
"""Rules that find something missing, by name, and where it may be. If a part there can't be read, they find nothing."""

BREAKING: dict[str, Pointer] = {
    **dict.fromkeys((
        "AllowedValueNotValid", "ConnectionParameterOwnerMissing", "ConnectionParameterTypeNotValid", "CustomParameterMissing",
        "CustomParameterNotKnown", "ExpressionFunctionNotKnown", "ExpressionNotValid", "ExpressionParameterNotFound",
        "ExtensionNameNotValid", "OAuthParameterShouldBeCalledToken", "OAuthSettingsMissing", "OAuthTemplateNotValid",
        "PathParameterNotDefinedInTemplate", "PolicyHostNotValid", "PolicyOperationNotFound", "PolicyParameterMissing",
        "PolicyParameterNotKnown", "PolicyParameterNotValid", "PolicyTemplateNotKnown", "RequiredValueEmpty",
        "ResponseMustBeDefaultOrHttpStatusCode", "ScriptOperationNotFound", "SecurityParameterMissing",
        "SecurityRequirementMustBeDefined", "UrlNotValid",
    ), ()),
    "OperationIdRequired": ("operationId",),
    "OperationMissingPathParameter": ("parameters",),
    "OperationMustHaveResponse": ("responses",),
}  # fmt: skip
"""Rules that find a broken part beside those of the walk's own faults: the steps to the part from where they find it."""
