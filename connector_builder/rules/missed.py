"""Where the parts stand that rules about something missing look for, and which rules find a broken part."""

from typing import NamedTuple

from connector_builder.findings import Pointer
from connector_builder.package.model import DEFINITION, PROPERTIES
from connector_builder.platform.swagger.extensions import BY_NAME
from connector_builder.platform.swagger.operations import VERBS

ANY, DEEP = "*", "**"
"""Any one step, and any further steps, at the end of which a part of `STRUCTURE` is."""
NAMED = frozenset({"definitions", "parameters", "paths", "properties", "required", "responses"})
"""The keys whose parts have names, or numbers."""
STRUCTURE = frozenset({
    *NAMED, *VERBS, "$ref", "additionalProperties", "allOf", "in", "items", "name", "operationId", "schema", "type",
    "x-ms-capabilities", "x-ms-notification-url", *(name for name in BY_NAME if name.startswith("x-ms-dynamic")),
})  # fmt: skip
"""The keys whose parts decide what operations and schemas there are: not a text or a limit."""
SHAPING = frozenset({
    "BodyParameterSchemaRequired", "JsonPointerNotValid", "ParameterReferenceNotValid", "RequiredPropertyDefinitionMissing",
    "ResponseReferenceNotValid", "SchemaReferenceNotValid",
})  # fmt: skip
"""Rules that find such a part broken, beside those of the walk's own faults."""


IDLE = frozenset({"ExtensionKeyNotKnown"})
"""Rules that find a part which nothing would read anyway: only what it is meant to be can be missed."""


class Where(NamedTuple):
    """Where a part stands: in a document, or `up` steps above a finding if there is none. It may have the steps `*` and `**`."""

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
_OUTPUTS = _in_definition("paths/*/*/responses/**", "responses/**", "definitions/**")
_BODIES = _in_definition("paths/*/*/parameters/**", "paths/*/parameters/**", "parameters/**", "definitions/**")
_SHAPES = (*_OUTPUTS, *_in_definition("paths/**", "parameters/**"))
_ALLOWED = ("uiDefinition/constraints/allowedValues/*/value", "allowedValues/*/value")

MISSED: dict[str, tuple[Where, ...]] = {
    "OutputWithoutFields": (*_here(f"schema/{ANY}"), *_OUTPUTS),
    "KeyOfAnotherType": _here("type", up=1),
    # what operations lack
    "OperationIdRequired": _here("operationId"),
    "OperationIdShouldEndWithRevision": _here("operationId", up=2),
    "OperationRevisionEmpty": _here("revision"),
    "ApiAnnotationExtensionReplacementInfoMissingApiProperty": _here("api"),
    "ApiAnnotationExtensionReplacementInfoMissingOperationIdProperty": _here("operationId"),
    "OperationMissingPathParameter": (
        *_here("parameters/*/name", "parameters/*/in"),
        *_here("parameters/*/name", "parameters/*/in", up=1),
        *_in_definition("parameters/*/name", "parameters/*/in"),
    ),
    "OperationMustHaveResponse": _here("responses"),
    "OperationTextMissing": _here("summary", "description", "x-ms-visibility"),
    "OutputSchemaMissing": (*_here("schema", "responses/*/schema", "x-ms-visibility"), *_here("x-ms-visibility", up=2)),
    "PathWithoutOperations": _here(ANY),
    "PollingPolicyMissing": (*_POLICIES, *_OPERATIONS),
    "PollingReturnsNoList": (*_POLICIES, *_OPERATIONS, *_OUTPUTS),
    "SchemaDefinitionSetIncorrectly": (
        *_here("responses/*/schema", "x-ms-trigger"),
        *_OUTPUTS,
        *_in_definition("paths/*/x-ms-notification-content/**"),
    ),
    "ApiAnnotationExtensionReplacementInfoForNonDeprecatedOperations": _here("deprecated", up=2),
    # what parameters and schemas lack
    "ArrayHasNoItems": _here("items"),
    "DefaultValueNotInEnum": _here("x-ms-enum-values/*", up=1),
    "ExtensionWithoutEffect": _here("in", "type", up=1),
    "InternalParameterRequiresDefault": _here("default", "required", "x-ms-visibility"),
    "InternalPropertyWithDefaultOptional": _here("default", "required", "x-ms-visibility"),
    "InvalidEnumValuesExtensionValue": _here("enum", up=2),
    "ParameterTextMissing": _here("x-ms-summary", "description", "x-ms-visibility"),
    "PathParameterMissingEncoding": _here("x-ms-url-encoding"),
    "RequiredPropertyDefinitionMissing": _here("properties/*", "type", "allOf/*", up=2),
    "RequiredPropertyNotOnObject": _here("type", up=1),
    # what webhooks lack
    "NotificationUrlNotAllowedInThisPosition": _INPUTS,
    "NotificationUrlNotInternal": _here("x-ms-visibility"),
    "NotificationUrlNotRequired": _BODIES,
    "NotificationUrlNotString": _here("type"),
    "OperationMustHaveNotificationContentExtension": _in_definition("paths/*/x-ms-notification-content"),
    "WebhookNeverEnds": _in_definition("paths/*/*"),
    "WebhookOperationsMissingNotificationUrlProperty": _BODIES,
    # what called operations lack
    "DynamicPropertiesItemValuePathMismatch": (
        *_here("itemValuePath"),
        *(one for up in (1, 2) for one in _here("x-ms-dynamic-schema/value-path", up=up)),
    ),
    "DynamicValuesFromNothing": _OUTPUTS,
    "InvokedOperationShouldProduceArray": (*_OUTPUTS, *_here("itemsPath", "value-collection")),
    "InvokedOperationShouldProduceProperty": _OUTPUTS,
    "OneOfPropertiesRequired": _here(ANY),
    "OperationIdNotFound": _OPERATIONS,
    "OperationMissingRequiredProperty": (
        *_here("parameters/*"),
        *_here("x-ms-dynamic-values/parameters/*", "x-ms-dynamic-schema/parameters/*", up=1),
        *_OPERATIONS,
        *_INPUTS,
        *_BODIES,
    ),
    "OperationParameterNameNotFound": (*_OPERATIONS, *_INPUTS, *_BODIES),
    "OperationParameterRequiredMismatch": _BODIES,
    # what the definition lacks, or has and doesn't use
    "CertificationPropertyMissing": _here("x-ms-connector-metadata", "info", "contact", "info/contact"),
    "ConnectorMetadataPropertiesMissing": _here("*/propertyValue", "*/propertyName"),
    "ConsumesMissing": _in_definition("consumes", "paths/*/*/consumes"),
    "InfoDescriptionMissing": _here("description"),
    "InternalOperationNotCalled": (*_SHAPES, *_OPERATIONS),
    "MimeTypeNotCompatibleWithRequestContentSchemaType": (*_here("consumes/*", up=2), *_in_definition("consumes/*")),
    "OAuthSecurityRequirementValueMustBeScopeName": _in_definition("securityDefinitions/*/scopes"),
    "ParameterReferenceNotFound": _in_definition("parameters"),
    "ResponseReferenceNotFound": _in_definition("responses"),
    "SchemaReferenceNotFound": _in_definition("definitions"),
    "SecurityNotRequired": _in_definition("security/*", "paths/*/*/security/*"),
    "SecurityRequirementMustBeDefined": _in_definition("securityDefinitions/*"),
    "ServiceAddressIncomplete": _here("host", "schemes"),
    "SharedPartNotUsed": _SHAPES,
    # connections
    "SecurityParameterMissing": _PARAMETERS,
    "SecurityDefinitionsAmbiguous": (*_in_properties(_SETS), *_SECURITY),
    "GatewayParameterMissing": _PARAMETERS,
    "PasswordMissing": (*_PARAMETERS, *_SECURITY),
    "ApiKeyUnused": (*_SECURITY, *_POLICIES, *_in_definition("security/*/*", "paths/*/*/security/*/*")),
    "ConnectionParameterUnused": (*_PARAMETERS, *_SIGN_INS, *_POLICIES, *_SECURITY),
    "AllowedValueNotValid": _here("value"),
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
        "BodyParameterSchemaRequired", "InvalidEnumValue", "InvalidEnumValuesExtensionValue", "InvokedOperationShouldProduceProperty",
        "JsonPointerNotValid",
        "MimeTypeNotSupported", "MimeTypeNotValid", "OperationParameterNameNotFound", "ParameterReferenceNotValid", "RequiredPropertyArrayEmpty",
        "RequiredPropertyDefinitionMissing", "ResponseReferenceNotValid", "SchemaReferenceNotValid",
    ), ()),
    "OperationIdRequired": ("operationId",),
    "OperationMissingPathParameter": ("parameters",),
    "OperationMustHaveResponse": ("responses",),
}  # fmt: skip
"""Rules that find a broken part beside those of the walk's own faults: the steps to the part from where they find it."""
