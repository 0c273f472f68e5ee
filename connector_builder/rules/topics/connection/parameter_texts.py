"""Rules for what people see of connection parameters: texts, and whether a field is required, hidden or shown clearly."""

from typing import Any

from connector_builder.findings import Fix, Scope, Severity
from connector_builder.findings.finding import LEFT_OUT
from connector_builder.findings.wording import found, listed, quoted
from connector_builder.platform.api_properties import TYPED_IN
from connector_builder.platform.data.plain import items, mapping, text
from connector_builder.rules.context import Context
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, rule

_WORDS = {"true": "true", "false": "false", "yes": "true", "no": "false"}


@rule(
    Severity.WARNING,
    Scope.CERTIFICATION,
    "ui constraints",
    keys=("required", "hidden"),
    fixable=True,
    note_otherwise=True,
)
def constraint_is_boolean(node: Node, _: Context) -> Defects:
    """`required` or `hidden` of a connection parameter is `true` instead of the text `"true"`.

    The platform accepts both, but certification asks for the texts `"true"` and `"false"`. Without `--certification`, this
    is a note.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/connection-parameters
    Published: 17 of 1,013 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {"gateway": {"type": "gatewaySetting",
      "uiDefinition": {"constraints": {"required": true}}}}}}
    ```
    Finding: /properties/connectionParameters/gateway/uiDefinition/constraints/required: 'required' is true, not a text

    ```json good apiProperties
    {"properties": {"connectionParameters": {"gateway": {"type": "gatewaySetting",
      "uiDefinition": {"constraints": {"required": "true"}}}}}}
    ```
    """
    if isinstance(node.value, bool):
        word = str(node.value).lower()
        cure = f'write "{word}", in quotes'
        yield node.says(
            f"{quoted(node.key)} is {found(node.value)}, not a text", help=cure, fix=Fix(cure, (node.becomes(word),))
        )


@rule(Severity.WARNING, Scope.PLATFORM, "ui constraints", keys=("required", "hidden", "clearText"), fixable=True)
def constraint_not_valid(node: Node, _: Context) -> Defects:
    """`required`, `hidden` or `clearText` of a connection parameter is another word than true or false.

    `required` and `hidden` are the text `"true"` or `"false"`, in small letters; `clearText` is `true` or `false` without
    quotes.

    Published: 0 of 335 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {"gateway": {"type": "gatewaySetting",
      "uiDefinition": {"constraints": {"required": "yes"}}}}}}
    ```
    Finding: /properties/connectionParameters/gateway/uiDefinition/constraints/required: 'required' can't be 'yes'

    ```json good apiProperties
    {"properties": {"connectionParameters": {"gateway": {"type": "gatewaySetting",
      "uiDefinition": {"constraints": {"required": "true"}}}}}}
    ```
    """
    if not isinstance(node.value, str):
        return
    meant = _WORDS.get(node.value.strip().lower())
    wanted: Any = meant
    if node.key == "clearText":
        wanted = None if meant is None else meant == "true"
    elif node.value in ("true", "false"):
        return
    written = f"{meant}, without quotes" if node.key == "clearText" else f'"{meant}"'
    help_ = f"write {written}" if meant else "write true or false"
    fix = None if wanted is None else Fix(help_, (node.becomes(wanted),))
    yield node.says(f"{quoted(node.key)} can't be {quoted(node.value)}", help=help_, fix=fix)


@rule(Severity.WARNING, Scope.PLATFORM, "connection parameter")
def required_parameter_hidden(node: Node, _: Context) -> Defects:
    """A connection parameter is required and hidden, but has no default: nobody can make a connection.

    Show it, give it a `defaultValue`, or don't require it.

    Published: 0 of 335 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {"gateway": {"type": "gatewaySetting",
      "uiDefinition": {"constraints": {"required": "true", "hidden": "true"}}}}}}
    ```
    Finding: /properties/connectionParameters/gateway/uiDefinition/constraints/hidden: people must fill in what they can't see

    ```json good apiProperties
    {"properties": {"connectionParameters": {"gateway": {"type": "gatewaySetting",
      "uiDefinition": {"constraints": {"required": "true"}}}}}}
    ```
    """
    constraints = mapping(mapping(node.value.get("uiDefinition")).get("constraints"))
    true = (True, "true")
    if constraints.get("required") in true and constraints.get("hidden") in true and "defaultValue" not in node.value:
        help_ = "remove 'hidden', or give it a 'defaultValue', in a spec 'default'"
        at = ("uiDefinition", "constraints", "hidden")
        yield node.says("people must fill in what they can't see", *at, help=help_)


@rule(Severity.ERROR, Scope.CERTIFICATION, "connection parameter", only_certification=True)
def connection_parameter_text_missing(node: Node, _: Context) -> Defects:
    """A connection parameter that people fill in has no `displayName` or no `description`.

    They see these texts when they make a connection. Certification refuses a parameter without them.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-policy-errors
    Published: 3 of 335 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {"site": {"type": "string", "uiDefinition": {"displayName": "Site"}}},
     "policyTemplateInstances": [{"templateId": "dynamichosturl", "title": "Set the host", "parameters": {
      "x-ms-apimTemplateParameter.urlTemplate": "https://@connectionParameters('site')"}}]}}
    ```
    Finding: /properties/connectionParameters/site: 'description' is missing for people who make a connection

    ```json good apiProperties
    {"properties": {"connectionParameters": {"site": {"type": "string",
      "uiDefinition": {"displayName": "Site", "description": "The name of your site."}}},
     "policyTemplateInstances": [{"templateId": "dynamichosturl", "title": "Set the host", "parameters": {
      "x-ms-apimTemplateParameter.urlTemplate": "https://@connectionParameters('site')"}}]}}
    ```
    """
    shown = mapping(node.value.get("uiDefinition"))
    hidden = mapping(shown.get("constraints")).get("hidden") in (True, "true")
    missing = [key for key in ("displayName", "description") if not text(shown.get(key))]
    if node.value.get("type") in TYPED_IN and not hidden and missing:
        verb = "is" if len(missing) == 1 else "are"
        message = f"{listed(missing, 'and')} {verb} missing for people who make a connection"
        yield node.says(message, help=f"add {listed(missing, 'and')} to 'uiDefinition'")


@rule(
    Severity.ERROR,
    Scope.PLATFORM,
    "parameter sets",
    explained_by=(
        LEFT_OUT,
        "AuthNotValid",
    ),
)
def parameter_set_name_not_unique(node: Node, _: Context) -> Defects:
    """Two sets of connection parameters have one name.

    A connection remembers the name of its set. Give each set a name of its own.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/multi-auth
    Published: 0 of 10 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameterSets": {"uiDefinition": {"displayName": "Sign in"}, "values": [
      {"name": "login", "uiDefinition": {"displayName": "By GitHub"}, "parameters": {}},
      {"name": "login", "uiDefinition": {"displayName": "By key"}, "parameters": {}}]}}}
    ```
    Finding: /properties/connectionParameterSets/values/1/name: two sets are called 'login'

    ```json good apiProperties
    {"properties": {"connectionParameterSets": {"uiDefinition": {"displayName": "Sign in"}, "values": [
      {"name": "login", "uiDefinition": {"displayName": "By GitHub"}, "parameters": {}},
      {"name": "key", "uiDefinition": {"displayName": "By key"}, "parameters": {}}]}}}
    ```
    """
    first: dict[str, int] = {}
    for index, one in enumerate(node.value):
        name = mapping(one).get("name")
        if isinstance(name, str) and first.setdefault(name, index) != index:
            related = (((*node.pointer, first[name], "name"), "the first one is here"),)
            help_ = "give each a name of its own"
            yield node.says(f"two sets are called {quoted(name)}", index, "name", help=help_, related=related)


@rule(Severity.WARNING, Scope.PLATFORM, "connection parameter sets")
def parameter_set_text_missing(node: Node, _: Context) -> Defects:
    """Sets of connection parameters, or one of them, have no `displayName`.

    People choose a set by this text. Write a `uiDefinition` with a `displayName` for the choice and for each set.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/multi-auth

    ```json bad apiProperties
    {"properties": {"connectionParameterSets": {"uiDefinition": {"displayName": "Sign in"}, "values": [
      {"name": "open", "parameters": {}}]}}}
    ```
    Finding: /properties/connectionParameterSets/values/0: the set 'open' has no 'displayName'

    ```json good apiProperties
    {"properties": {"connectionParameterSets": {"uiDefinition": {"displayName": "Sign in"}, "values": [
      {"name": "open", "uiDefinition": {"displayName": "Without an account"}, "parameters": {}}]}}}
    ```
    """
    if not _name(node.value):
        yield node.says("the choice of a set has no 'displayName'", help=_cure(node.value))
    for index, one in enumerate(items(node.value.get("values"))):
        if isinstance(one, dict) and not _name(one):
            yield node.says(f"the set {quoted(one.get('name'))} has no 'displayName'", "values", index, help=_cure(one))


def _cure(part: dict[str, Any]) -> str:
    where = "to its 'uiDefinition'" if isinstance(part.get("uiDefinition"), dict) else "in a 'uiDefinition'"
    return f"add 'displayName' {where}: people choose by it"


def _name(value: dict[str, Any]) -> str:
    return text(mapping(value.get("uiDefinition")).get("displayName"))
