"""Rules for the expressions in policies, such as `@connectionParameters('site')`."""

import re
from collections.abc import Iterator

from connector_builder.findings import Fix, Pointer, Replace, Scope, Severity
from connector_builder.findings.finding import LEFT_OUT
from connector_builder.findings.wording import listed, quoted
from connector_builder.patterns import regex
from connector_builder.platform.data.plain import text
from connector_builder.platform.policies.expressions import CONNECTION, FUNCTIONS, calls, is_known, unknown_functions
from connector_builder.platform.policies.templates import PARAMETER, POLLING, SET_PROPERTY
from connector_builder.rules.context import Context
from connector_builder.rules.node import Node
from connector_builder.rules.policies import parameters_of
from connector_builder.rules.rule import Defects, milder, rule
from connector_builder.rules.sign_in import parameters
from connector_builder.source.suggest import DidYouMean

LONGEST = 2000
"""The longest text that a fix writes: each of many names in it takes time for all of it."""


_UNCLOSED = regex(r"@[A-Za-z]+\('[^'()]*'")
"""An expression that only lacks its last bracket."""


@rule(Severity.ERROR, Scope.PLATFORM, "policy", fixable=True)
def expression_function_not_known(node: Node, context: Context) -> Defects:
    """An expression in a policy calls a function that the platform doesn't have.

    The platform sends the expression as it is written. Functions are `@headers`, `@queryParameters`,
    `@connectionParameters`, `@body` and `@item`, in these capitals; those of flows don't exist here. Other capitals are
    only a warning, since a published connector has them.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/policy-templates/expressions/expressions
    Published: 1 of 1,013 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {"username": {"type": "string"}, "password": {"type": "securestring"}},
     "policyTemplateInstances": [{"templateId": "dynamichosturl", "title": "Set the host", "parameters": {
      "x-ms-apimTemplateParameter.urlTemplate": "https://@connectionParameter('username').contoso.example"}}]}}
    ```
    Finding: /properties/policyTemplateInstances/0/parameters/x-ms-apimTemplateParameter.urlTemplate: there is no function 'connectionParameter'

    ```json good apiProperties
    {"properties": {"connectionParameters": {"username": {"type": "string"}, "password": {"type": "securestring"}},
     "policyTemplateInstances": [{"templateId": "dynamichosturl", "title": "Set the host", "parameters": {
      "x-ms-apimTemplateParameter.urlTemplate": "https://@connectionParameters('username').contoso.example"}}]}}
    ```
    """
    yield from _unknown(node, context, in_other_capitals=False)


@milder(Severity.WARNING, expression_function_not_known, "policy")
def expression_function_in_other_capitals(node: Node, context: Context) -> Defects:
    """Finds functions that differ only in capitals, which a published connector has."""
    yield from _unknown(node, context, in_other_capitals=True)


def _unknown(node: Node, context: Context, *, in_other_capitals: bool) -> Defects:
    for pointer, one in _texts(node):
        for name in dict.fromkeys(unknown_functions(one)):
            near = next((known for known in FUNCTIONS if known.lower() == name.lower()), None)
            if (near is not None) is not in_other_capitals:
                continue
            help_ = f"did you mean '{near}'?" if near else context.suggest(name, FUNCTIONS)
            near = help_.name if isinstance(help_, DidYouMean) else near
            fix = None
            if near and len(one) <= LONGEST:
                written = re.sub(rf"(@\{{?){name}\(", rf"\g<1>{near}(", one)
                fix = Fix(f"write '{near}'", (Replace((*node.pointer, *pointer), written),))
            message = f"there is no function {quoted(name)}"
            yield node.says(message, *pointer, help=help_ or f"it is {listed(FUNCTIONS)}", fix=fix)


@rule(Severity.ERROR, Scope.PLATFORM, "policy", fixable=True)
def expression_not_valid(node: Node, _: Context) -> Defects:
    """An expression in a policy can't be read: a quote or a bracket is missing.

    Write the name in single quotes: `@headers('x-client')`. A second value is the default: `@headers('x-client', 'flow')`.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/policy-templates/expressions/expressions
    Published: 0 of 335 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {}, "policyTemplateInstances": [{"templateId": "setheader", "title": "Copy the client",
      "parameters": {"x-ms-apimTemplateParameter.name": "x-origin", "x-ms-apimTemplateParameter.value": "@headers('x-client'"}}]}}
    ```
    Finding: /properties/policyTemplateInstances/0/parameters/x-ms-apimTemplateParameter.value: the expression '@headers('x-client'' can't be read

    ```json good apiProperties
    {"properties": {"connectionParameters": {}, "policyTemplateInstances": [{"templateId": "setheader", "title": "Copy the client",
      "parameters": {"x-ms-apimTemplateParameter.name": "x-origin", "x-ms-apimTemplateParameter.value": "@headers('x-client')"}}]}}
    ```
    """
    for pointer, one in _texts(node):
        for call in calls(one):
            if call.name is None:
                help_ = f"write @{call.function}('name') with single quotes"
                closed = f"{one})" if one.endswith(call.text) and _UNCLOSED.fullmatch(call.text) else ""
                edit = Replace((*node.pointer, *pointer), closed)
                fix = Fix("write ')' at the end", (edit,)) if closed and len(one) <= LONGEST else None
                yield node.says(f"the expression {quoted(call.text)} can't be read", *pointer, help=help_, fix=fix)


@rule(Severity.WARNING, Scope.PLATFORM, "policy", explained_by=(LEFT_OUT, "AuthNotValid"), fixable=True, told_once=True)
def expression_parameter_not_found(node: Node, context: Context) -> Defects:
    """An expression in a policy names a connection parameter that doesn't exist, or spells it with other capitals.

    The expression is empty, or its default. Write the name as it is in `connectionParameters`.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/policy-templates/expressions/expressions
    Published: 7 of 1,013 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {}, "policyTemplateInstances": [{"templateId": "setheader", "title": "Name the site",
      "parameters": {"x-ms-apimTemplateParameter.name": "x-site",
                     "x-ms-apimTemplateParameter.value": "@connectionParameters('site')"}}]}}
    ```
    Finding: /properties/policyTemplateInstances/0/parameters/x-ms-apimTemplateParameter.value: there is no connection parameter 'site'

    ```json good apiProperties
    {"properties": {"connectionParameters": {"site": {"type": "string"}}, "policyTemplateInstances": [
      {"templateId": "setheader", "title": "Name the site", "parameters": {"x-ms-apimTemplateParameter.name": "x-site",
       "x-ms-apimTemplateParameter.value": "@connectionParameters('site')"}}]}}
    ```
    """
    known = parameters(context)
    lower = {name.lower(): name for name in known}
    for pointer, one in _texts(node):
        names = (call.name for call in calls(one) if call.function == CONNECTION and call.name is not None)
        for name in dict.fromkeys(names):
            if is_known(name, known):
                continue
            same = lower.get(name.lower())
            help_ = f"write '{same}'" if same else context.suggest(name, known) or "add it to 'connectionParameters'"
            same = help_.name if isinstance(help_, DidYouMean) else same
            edit = None
            if len(one) <= LONGEST:
                edit = Replace((*node.pointer, *pointer), one.replace(f"'{name}'", f"'{same}'"))
            fix = Fix(help_, (edit,)) if same and edit is not None else None
            yield node.says(f"there is no connection parameter {quoted(name)}", *pointer, help=help_, fix=fix)


@rule(Severity.WARNING, Scope.PLATFORM, "policy")
def expression_not_evaluated(node: Node, _: Context) -> Defects:
    """The policy `setproperty` gets a connection parameter, which it doesn't evaluate.

    The service receives the expression as it is written. Send the value in a header or a query parameter, whose policies
    do evaluate it, or set the property in custom code from such a header.

    Published: 0 of 335 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {"site": {"type": "string"}}, "policyTemplateInstances": [
      {"templateId": "setproperty", "title": "Name the site", "parameters": {
       "x-ms-apimTemplateParameter.newPropertyParentPathTemplate": "@body()",
       "x-ms-apimTemplateParameter.newPropertySubPathTemplate": "site",
       "x-ms-apimTemplateParameter.propertyValuePathTemplate": "@connectionParameters('site')"}}]}}
    ```
    Finding: /properties/policyTemplateInstances/0/parameters/x-ms-apimTemplateParameter.propertyValuePathTemplate: 'setproperty' doesn't evaluate '@connectionParameters'

    ```json good apiProperties
    {"properties": {"connectionParameters": {"site": {"type": "string"}}, "policyTemplateInstances": [
      {"templateId": "setheader", "title": "Name the site", "parameters": {"x-ms-apimTemplateParameter.name": "x-site",
       "x-ms-apimTemplateParameter.value": "@connectionParameters('site')"}}]}}
    ```
    """
    if text(node.value.get("templateId")).lower() != SET_PROPERTY:
        return
    for pointer, one in _texts(node):
        if any(call.function == CONNECTION for call in calls(one)):
            help_ = "send it by 'setheader' or 'setqueryparameter', which evaluate it"
            yield node.says(f"'{SET_PROPERTY}' doesn't evaluate '@{CONNECTION}'", *pointer, help=help_)


def _texts(node: Node) -> Iterator[tuple[Pointer, str]]:
    """Yields the texts of a policy's parameters; not those of a polling trigger, which a flow evaluates."""
    template, given = parameters_of(node)
    if template is not None and template.id == POLLING:
        return
    for name, value in given.items():
        if isinstance(value, str) and name.startswith(PARAMETER):
            yield ("parameters", name), value
