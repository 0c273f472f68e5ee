"""The registry holds every rule, once, under the right name."""

import importlib
import pkgutil
from pathlib import Path

import pytest

import connector_builder.rules.topics
from connector_builder.checks.catalogue import CATALOGUE
from connector_builder.findings import Scope, Severity
from connector_builder.findings.finding import LEFT_OUT
from connector_builder.rules import NAMES, RULES
from connector_builder.rules.not_checked import NOT_CHECKED
from connector_builder.rules.registry import CHECKS, SHAPES
from connector_builder.rules.rule import Check, Fault, rule
from connector_builder.rules.walk import Plans

MICROSOFT = frozenset(Path(__file__).with_name("microsoft_rules.txt").read_text(encoding="utf-8").split())
OURS = {
    "AgenticOperationNotPost",
    "AllOfMustContainAtLeastOneElement",
    "AllowedValueNotValid",
    "ApiKeyUnused",
    "BasePathRepeatedInPaths",
    "BrandColorNotCertifiable",
    "BrandColorNotValid",
    "CapabilityNotKnown",
    "CertificationPropertyMissing",
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
    "DefaultValueIncomplete",
    "DefaultValueIsNull",
    "DefaultValueNotInEnum",
    "DefaultValueNotInFormat",
    "DefaultValueOutsideLimits",
    "DynamicValueTypeMismatch",
    "DynamicValuesFromNothing",
    "EmptyResponseHasSchema",
    "EntraIdNotValid",
    "EntraResourceMissing",
    "EntraResourcesDiffer",
    "ErrorResponseHasSchema",
    "ExampleMustMatchSchema",
    "ExpressionFunctionNotKnown",
    "ExpressionNotEvaluated",
    "ExpressionNotValid",
    "ExpressionParameterNotFound",
    "ExtensionKeyNotKnown",
    "ExtensionNameNotKnown",
    "ExtensionWithoutEffect",
    "GatewayAuthenticationNotSupported",
    "GatewayParameterMissing",
    "HostNotForProduction",
    "HostNotReachable",
    "IconBackgroundNotBrandColor",
    "IconNotCertifiable",
    "IconNotValid",
    "IdentityProviderNotKnown",
    "IndependentPublisherColorNotValid",
    "IndependentPublisherHasIcon",
    "InfoDescriptionMissing",
    "InternalOperationNotCalled",
    "InternalParameterRequiresDefault",
    "KeyOfAnotherType",
    "LabelEmpty",
    "LabelRepeated",
    "NextLinkNotReturned",
    "NextLinkPolicyUnused",
    "OAuthAddressNotValid",
    "OAuthAddressesDiffer",
    "OAuthAddressesSwapped",
    "OAuthFlowNotSupported",
    "OAuthParameterShouldBeCalledToken",
    "OAuthScopesDiffer",
    "OAuthSettingsMissing",
    "OAuthTemplateNotValid",
    "OperationTextMissing",
    "OutputSchemaMissing",
    "OutputWithoutFields",
    "ParameterSetNameNotUnique",
    "ParameterSetTextMissing",
    "ParameterTextMissing",
    "PasswordMissing",
    "PathWithoutOperations",
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
    "PollingReturnsNoList",
    "PublisherMissing",
    "ReadmeEmpty",
    "ReadmeHeadingMissing",
    "ReadmeMissing",
    "RedirectModeNotKnown",
    "RedirectUrlNotValid",
    "RequiredParameterHidden",
    "SchemeWithoutEncryption",
    "ScriptBracketNotClosed",
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
    "SecretNotHidden",
    "SecurityDefinitionsAmbiguous",
    "SecurityNotRequired",
    "SecurityParameterMissing",
    "ServiceAddressIncomplete",
    "SettingsFileNotFound",
    "SettingsKeyNotKnown",
    "SettingsNotAnObject",
    "SettingsValueNotValid",
    "SharedPartNotUsed",
    "StackOwnerPreventsUpload",
    "SummaryIsDescription",
    "TestConnectionNotGet",
    "TokenRepeated",
    "TriggerNeverFires",
    "WebhookNeverEnds",
    "WhiteSpaceAroundValue",
}


def test_a_name_is_microsofts_or_known_to_be_ours() -> None:
    assert len(MICROSOFT) == 174
    assert {rule.name for rule in RULES} - MICROSOFT == OURS


def test_each_of_microsofts_names_is_a_rule_or_an_alias() -> None:
    aliases = [alias for rule in CATALOGUE.values() for alias in rule.aliases]
    assert len(aliases) == len(set(aliases))
    assert set(aliases) <= MICROSOFT - CATALOGUE.keys()
    assert MICROSOFT - CATALOGUE.keys() - set(aliases) == set(NOT_CHECKED)
    assert len(NOT_CHECKED) <= 3
    assert not NOT_CHECKED.keys() & {*CATALOGUE, *aliases}


def test_every_rule_in_the_modules_is_registered_once() -> None:
    written: list[Check] = []
    for module in pkgutil.walk_packages(connector_builder.rules.topics.__path__, "connector_builder.rules.topics."):
        written += [part for part in vars(importlib.import_module(module.name)).values() if isinstance(part, Check)]
    assert {check.rule.name for check in written} == {check.rule.name for check in CHECKS}
    assert [rule.name for rule in RULES] == list(dict.fromkeys(check.rule.name for check in CHECKS))
    assert len(NAMES) == len(RULES)


def test_a_milder_case_has_the_name_of_its_rule_and_less_severity() -> None:
    milder = [check.rule for check in CHECKS if check.rule is not NAMES[check.rule.name]]
    assert [(rule.name, rule.severity) for rule in milder] == [
        ("JsonTypeIncorrect", Severity.NOTE),
        ("JsonValueNotInEnum", Severity.WARNING),
        ("JsonValueNotInEnum", Severity.WARNING),
        ("ArrayDuplicateValue", Severity.NOTE),
        ("OperationMustHaveResponse", Severity.WARNING),
        ("InvalidEnumValue", Severity.NOTE),
        ("OperationParameterNameNotFound", Severity.WARNING),
        ("ConnectorMetadataPropertiesMissing", Severity.NOTE),
        ("MimeTypeNotCompatibleWithRequestContentSchemaType", Severity.WARNING),
        ("OperationShouldHaveSuccessfulResponse", Severity.NOTE),
        ("ConnectionParameterNameNotValid", Severity.WARNING),
        ("ExpressionFunctionNotKnown", Severity.WARNING),
    ]
    assert all(rule.severity < NAMES[rule.name].severity for rule in milder)
    assert all(rule._replace(severity=NAMES[rule.name].severity) == NAMES[rule.name] for rule in milder)


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
        "InfoDescriptionMissing": {"KeyUnknown", "ValueMissing"},
        "ServiceAddressIncomplete": {LEFT_OUT, "ServerNotValid"},
        "ConnectorMetadataPropertiesMissing": {LEFT_OUT},
        "SchemaDefinitionSetIncorrectly": {LEFT_OUT},
        "BodySchemaCountExceedsMaxAllowed": {"SchemaTooLarge"},
        "OperationSchemaCountExceedsMaxAllowed": {"SchemaTooLarge"},
        "SchemaTooDeep": {"SchemaTooLarge"},
        "BasePathRepeatedInPaths": {"BasePathRepeated"},
        "InternalOperationNotCalled": {LEFT_OUT},
        "RequiredPropertyMissing": {"KeyUnknown"},
        "OperationRevisionEmpty": {"KeyUnknown"},
        "MimeTypeNotSupported": {"NameNotFound"},
        "DynamicValuesFromNothing": {LEFT_OUT},
        "OutputWithoutFields": {LEFT_OUT, "SampleNotMade"},
        "OperationMustHaveNotificationContentExtension": {LEFT_OUT},
        "ConnectionParameterUnused": {LEFT_OUT},
        "WebhookNeverEnds": {LEFT_OUT},
        "SharedPartNotUsed": {
            LEFT_OUT,
            "DescriptionIsSchema",
            "NameNotFound",
            "PartLeftOut",
            "ReferenceNotValid",
            "SchemaTooLarge",
        },
        "SecuritySchemePropertyNotValid": {LEFT_OUT, "AuthNotValid"},
        "WebhookOperationsMissingNotificationUrlProperty": {LEFT_OUT, "TriggerNotValid"},
        "ParameterSetNameNotUnique": {LEFT_OUT, "AuthNotValid"},
        "SecurityParameterMissing": {LEFT_OUT, "AuthNotValid"},
        "SecurityDefinitionsAmbiguous": {LEFT_OUT, "AuthNotValid"},
        "CustomParameterMissing": {LEFT_OUT, "AuthNotValid"},
        "OAuthFlowNotSupported": {LEFT_OUT, "AuthNotValid"},
        "OAuthAddressNotValid": {LEFT_OUT, "AuthNotValid"},
        "OAuthTemplateNotValid": {"AuthNotValid", "NameNotFound"},
        "EntraResourceMissing": {LEFT_OUT, "AuthNotValid"},
        "NextLinkPolicyUnused": {LEFT_OUT},
        "PollingPolicyMissing": {LEFT_OUT, "TriggerNotValid"},
        "ExpressionParameterNotFound": {LEFT_OUT, "AuthNotValid"},
        "ScriptClassMissing": {"ScriptNotValid"},
        "ScriptMethodMissing": {"ScriptNotValid"},
        "ScriptBracketNotClosed": {"ScriptNotValid"},
        "ScriptEncodingNotValid": {"EncodingNotValid", "ScriptNotValid"},
    }
    assert set().union(*explained.values()) - {LEFT_OUT} <= CATALOGUE.keys()
    assert [rule.name for rule in RULES if rule.only_packages] == [
        "StackOwnerPreventsUpload",
        "ReadmeMissing",
    ]
    assert [rule.name for rule in RULES if rule.names_operations] == [
        "OperationIdNotFound",
        "PolicyOperationNotFound",
        "ScriptOperationNotFound",
        "NextLinkPolicyUnused",
        "PollingPolicyUnused",
    ]
