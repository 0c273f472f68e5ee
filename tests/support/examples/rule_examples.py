"""Reads the examples in the docstrings of rules as packages, and makes packages from fragments."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from connector_builder.findings import Place, Rule, Text
from connector_builder.package.model import DEFINITION, PROPERTIES, SETTINGS, Package
from connector_builder.platform.swagger.operations import VERBS
from connector_builder.rules import NAMES, check
from connector_builder.rules.hit import Hit
from connector_builder.source.pointers import format_pointer

_BLOCK = re.compile(
    r"```json (bad|good)( apiProperties| settings| documents)?\n(.*?)```\n((?:Finding: [^\n]*\n)*)", re.DOTALL
)
_SKELETON = {
    "swagger": "2.0",
    "info": {"title": "Orders", "description": "Reads and writes the orders of a shop.", "version": "1.0"},
    "host": "api.contoso.example",
    "basePath": "/",
    "schemes": ["https"],
    "x-ms-connector-metadata": [
        {"propertyName": "Website", "propertyValue": "https://contoso.example"},
        {"propertyName": "Privacy policy", "propertyValue": "https://contoso.example/privacy"},
        {"propertyName": "Categories", "propertyValue": "Data"},
    ],
    "paths": {"/ping": {"get": {"operationId": "Ping", "summary": "Ping", "description": "Answers."}}},
}
OMISSIONS = frozenset({
    "ConnectionParameterUnused", "SecurityDefinitionsAmbiguous", "SecurityParameterMissing", "OAuthSettingsMissing", "CustomParameterMissing",
    "CertificationPropertyMissing", "ConsumesMissing", "FieldLengthNotInRange", "InternalOperationNotCalled",
    "OperationTextMissing", "OutputSchemaMissing", "ParameterTextMissing", "PathParameterMissingEncoding",
    "DynamicValuesFromNothing", "PolicySectionNotValid", "OperationShouldHaveSuccessfulResponse", "PathWithoutOperations", "SecurityNotRequired", "SharedPartNotUsed", "WebhookNeverEnds",
})  # fmt: skip
"""Rules about what a definition leaves out. Examples are fragments, so that only those of these rules have their findings."""


@dataclass(frozen=True)
class Example:
    """A block of a docstring: a fragment of a document, and the findings that follow it.

    `of` is empty for the definition; with `documents` the fragment has several documents by their names.
    """

    rule: str
    good: bool
    of: str
    fragment: dict[str, Any]
    findings: list[str] = field(default_factory=list)

    @property
    def package(self) -> Package:
        parts = {
            "": {DEFINITION: self.fragment},
            "apiProperties": {PROPERTIES: self.fragment},
            "settings": {SETTINGS: self.fragment},
            "documents": self.fragment,
        }[self.of]
        made = package(definition(parts.get(DEFINITION, {})), parts.get(PROPERTIES))
        made.given_settings = parts.get(SETTINGS)
        return made

    @property
    def submitted(self) -> bool:
        """Returns whether the rule asks of a submission what others needn't have."""
        return NAMES[self.rule].only_certification

    def counted(self, hits: list[Hit]) -> list[Hit]:
        """Returns those hits in the package that count here.

        What only a submission must have is missing in nearly every example, and what it has can't be uploaded.
        """
        kept = [hit for hit in hits if hit.rule.name == self.rule or hit.rule.name not in OMISSIONS]
        return [hit for hit in kept if not self.submitted or hit.rule.name == self.rule or not _of_submissions(hit)]


def examples(rule: Rule) -> list[Example]:
    """Returns the examples of a rule. Raises JSONDecodeError for a block that isn't JSON."""
    return [
        Example(rule.name, kind == "good", of.strip(), json.loads(body), findings.splitlines())
        for kind, of, body, findings in _BLOCK.findall(rule.doc + "\n")
    ]


def definition(fragment: dict[str, Any]) -> dict[str, Any]:
    """Returns a whole definition: the fragment's top-level keys over a valid one, each operation with a response.

    A fragment with `info` and a version is a whole definition already.
    """
    if "info" in fragment and ("swagger" in fragment or "openapi" in fragment):
        return fragment
    whole = {**_SKELETON, **fragment}
    return whole | {"paths": {path: _with_responses(item) for path, item in whole["paths"].items()}}


def package(definition: Any, properties: Any = None) -> Package:
    """Returns a package of any two documents."""
    source = Path("folder")
    whole = Place(Text(source, ""))
    return Package("orders", source, definition, properties, lambda _, pointers: dict.fromkeys(pointers, whole))


def _of_submissions(hit: Hit) -> bool:
    return hit.rule.only_certification or hit.rule.name == "StackOwnerPreventsUpload"


def told(hit: Hit) -> str:
    """Returns a hit as an example writes it."""
    return f"Finding: {format_pointer(hit.pointer)}: {hit.message}"


def found_in(package: Package, rule: str = "") -> list[Hit]:
    """Returns what is wrong with a package made from a fragment: without OMISSIONS, except the hits of one rule."""
    submitted = rule in NAMES and NAMES[rule].only_certification
    hits = check(package, certification=submitted)
    return [
        hit
        for hit in hits
        if hit.rule.name == rule or not (hit.rule.name in OMISSIONS or (submitted and _of_submissions(hit)))
    ]


def names(definition: Any, properties: Any = None) -> list[str]:
    """Returns the names of the rules that a fragment breaks, see `found_in`."""
    return [hit.rule.name for hit in found_in(package(definition, properties))]


def _with_responses(item: Any) -> Any:
    if not isinstance(item, dict):
        return item
    response = {"responses": {"200": {"description": "OK"}}}
    return {key: {**response, **part} if key in VERBS else part for key, part in item.items()}
