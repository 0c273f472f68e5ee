"""The registry holds every rule, once, under the right name."""

import importlib
import pkgutil
from pathlib import Path

import pytest

import connector_builder.rules.topics
from connector_builder.checks.catalogue import CATALOGUE
from connector_builder.findings import Scope, Severity
from connector_builder.rules import NAMES, RULES
from connector_builder.rules.registry import CHECKS, SHAPES
from connector_builder.rules.rule import Check, Fault, rule
from connector_builder.rules.walk import Plans

MICROSOFT = frozenset(Path(__file__).with_name("microsoft_rules.txt").read_text(encoding="utf-8").split())
OURS = {
    "AllOfMustContainAtLeastOneElement",
    "AllowedValueNotValid",
    "ApiKeyUnused",
    "BrandColorNotCertifiable",
    "BrandColorNotValid",
    "CapabilityNotKnown",
    "ConnectionParameterDefaultNotValid",
    "ConnectionParameterNameNotValid",
    "ConnectionParameterOwnerMissing",
    "ConnectionParameterTextMissing",
    "ConnectionParameterTypeNotValid",
    "ConnectionParameterUnused",
    "ConnectionPropertyNotKnown",
    "ConstraintIsBoolean",
    "ConstraintNotValid",
    "CustomParameterMissing",
    "CustomParameterNotKnown",
    "EntraIdNotValid",
    "EntraResourceMissing",
    "EntraResourcesDiffer",
    "ExpressionFunctionNotKnown",
    "ExpressionNotEvaluated",
    "ExpressionNotValid",
    "ExpressionParameterNotFound",
    "ExtensionNameNotKnown",
    "GatewayAuthenticationNotSupported",
    "GatewayParameterMissing",
    "IconBackgroundNotBrandColor",
    "IconNotCertifiable",
    "IconNotValid",
    "IdentityProviderNotKnown",
    "IndependentPublisherColorNotValid",
    "IndependentPublisherHasIcon",
    "InfoDescriptionMissing",
    "NextLinkPolicyUnused",
    "OAuthAddressNotValid",
    "OAuthAddressesDiffer",
    "OAuthAddressesSwapped",
    "OAuthFlowNotSupported",
    "OAuthParameterShouldBeCalledToken",
    "OAuthScopesDiffer",
    "OAuthSettingsMissing",
    "OAuthTemplateNotValid",
    "ParameterSetNameNotUnique",
    "ParameterSetTextMissing",
    "PasswordMissing",
    "PlaceholderLeft",
    "PolicyHostNotValid",
    "PolicyNotSupportedByGateway",
    "PolicyOperationNotFound",
    "PolicyParameterMissing",
    "PolicyParameterNotKnown",
    "PolicyParameterNotValid",
    "PolicyRouteDuplicated",
    "PolicyRoutePlaceNotFound",
    "PolicySectionNotValid",
    "PolicyTemplateNotKnown",
    "PolicyTitleMissing",
    "PolicyTypeNotValid",
    "PollingPolicyMissing",
    "PollingPolicyUnused",
    "PublisherMissing",
    "ReadmeEmpty",
    "ReadmeHeadingMissing",
    "ReadmeMissing",
    "RedirectModeNotKnown",
    "RedirectUrlNotValid",
    "RequiredParameterHidden",
    "ScriptClassMissing",
    "ScriptClientOwn",
    "ScriptEncodingNotValid",
    "ScriptMemberNotFound",
    "ScriptMethodMissing",
    "ScriptMissing",
    "ScriptNamespaceNotAllowed",
    "ScriptNotSupportedByGateway",
    "ScriptOperationNotFound",
    "ScriptOperationUnknown",
    "SecretInPackage",
    "SecretNotHidden",
    "SecurityDefinitionsAmbiguous",
    "SecurityParameterMissing",
    "ServiceAddressIncomplete",
    "SettingsFileNotFound",
    "SettingsKeyNotKnown",
    "SettingsNotAnObject",
    "SettingsValueNotValid",
    "StackOwnerPreventsUpload",
}


def test_a_name_is_microsofts_or_known_to_be_ours() -> None:
    assert len(MICROSOFT) == 174
    assert {rule.name for rule in RULES} - MICROSOFT == OURS


NOT_YET = frozenset(
    [
        "ConnectorMetadataPropertiesMissing",
        "ConsumesMissing",
        "DefaultResponseHasSchema",
        "FieldLengthExceeded",
        "FieldLengthNotInRange",
        "FilterFunctionsPropertyInvalidValue",
        "InvalidConnectorCategory",
        "InvalidStringBinaryProperty",
        "MimeTypeNotCompatibleWithRequestContentSchemaType",
        "MimeTypeNotSupported",
        "MimeTypeNotValid",
        "OperationHasManyResponsesWithSchema",
        "OperationIdSanitized",
        "OperationIdTooLong",
        "OperationSchemaCountExceedsMaxAllowed",
        "OperationShouldHaveSuccessfulResponse",
        "OperationSummaryTooLong",
        "PartialDuplicateOperationPath",
        "PathParameterMissingEncoding",
        "ProductionStatusOnBetaService",
        "RequiredLoopInSchemaNotAllowed",
        "RequiredReadOnlyPropertyNotAllowedAsInput",
        "ReservedParameterIsUsed",
        "ResponseExampleMustBeProducedByOperation",
        "RestrictedCharactersInSummary",
        "SchemaTooDeep",
        "StringBinaryNotSupportedForFormUrlEncoded",
        "TooManyConnectorCategories",
        "TotalSchemaCountExceedsMaxAllowed",
        "UnrecognizedTypeFormat",
        "ValueContainsRestrictedWords",
        "ValueMustBeInEnglish",
        "ValueMustEndWithAlphanumeric",
    ]
)
"""Microsoft's rules that no rule here checks."""


def test_each_of_microsofts_names_is_a_rule_or_an_alias() -> None:
    aliases = [alias for rule in CATALOGUE.values() for alias in rule.aliases]
    assert len(aliases) == len(set(aliases))
    assert set(aliases) <= MICROSOFT - CATALOGUE.keys()
    assert MICROSOFT - CATALOGUE.keys() - set(aliases) == NOT_YET


def test_every_rule_in_the_modules_is_registered_once() -> None:
    written: list[Check] = []
    for module in pkgutil.iter_modules(connector_builder.rules.topics.__path__, "connector_builder.rules.topics."):
        written += [part for part in vars(importlib.import_module(module.name)).values() if isinstance(part, Check)]
    assert {check.rule.name for check in written} == {check.rule.name for check in CHECKS}
    assert len(NAMES) == len(RULES) == len(CHECKS)


def test_every_place_of_a_rule_exists() -> None:
    for check in CHECKS:
        for kind in check.kinds:
            assert kind in SHAPES, check.rule.name
        for key in check.keys:
            assert any(_has(kind, key) for kind in check.kinds) or Fault.UNKNOWN in check.faults, check.rule.name


def test_a_rule_of_an_unknown_kind_is_a_mistake() -> None:
    @rule(Severity.NOTE, Scope.PRACTICE, "no such kind")
    def some_rule(node, context):  # type: ignore[no-untyped-def]
        """Nothing."""
        yield from ()

    assert some_rule.rule.name == "SomeRule"
    with pytest.raises(KeyError, match="no such kind"):
        Plans([some_rule], SHAPES)


def _has(kind: str, key: str) -> bool:
    return key in SHAPES[kind].keys


def test_what_a_rule_knows_of_specs_stands_beside_it() -> None:
    explained = {rule.name: rule.explained_by for rule in RULES if rule.explained_by}
    assert explained == {
        "InfoDescriptionMissing": {"KeyUnknown"},
        "ServiceAddressIncomplete": {"KeyMissing", "KeyUnknown", "ServerNotValid", "VariableNotSet"},
        "SecuritySchemePropertyNotValid": {"AuthNotValid"},
        "BodySchemaCountExceedsMaxAllowed": {"SchemaTooLarge"},
        "WebhookOperationsMissingNotificationUrlProperty": {"TriggerNotValid"},
        "ParameterSetNameNotUnique": {"AuthNotValid"},
        "SecurityParameterMissing": {"AuthNotValid"},
        "SecurityDefinitionsAmbiguous": {"AuthNotValid"},
        "CustomParameterMissing": {"AuthNotValid"},
        "OAuthFlowNotSupported": {"AuthNotValid"},
        "OAuthAddressNotValid": {"AuthNotValid"},
        "OAuthTemplateNotValid": {"AuthNotValid", "NameNotFound"},
        "EntraResourceMissing": {"AuthNotValid"},
        "PollingPolicyMissing": {"TriggerNotValid"},
        "ExpressionParameterNotFound": {"AuthNotValid"},
        "ScriptClassMissing": {"ScriptNotValid"},
        "ScriptMethodMissing": {"ScriptNotValid"},
        "ScriptEncodingNotValid": {"EncodingNotValid", "ScriptNotValid"},
    }
    assert set().union(*explained.values()) <= CATALOGUE.keys()
    assert [rule.name for rule in RULES if rule.only_packages] == [
        "StackOwnerPreventsUpload",
        "SecretInPackage",
        "ReadmeMissing",
    ]
    assert [rule.name for rule in RULES if rule.names_operations] == [
        "OperationIdNotFound",
        "PolicyOperationNotFound",
        "ScriptOperationNotFound",
        "NextLinkPolicyUnused",
        "PollingPolicyUnused",
    ]
