"""Rules for policies and custom code: whether the parts that they name exist, and templates have all they require."""

from typing import Any

from connector_builder.findings import Scope, Severity
from connector_builder.findings.wording import listed, quoted
from connector_builder.platform.api_properties import GATEWAY_SETTING
from connector_builder.platform.policies.templates import BY_ID, OPERATIONS, PARAMETER, template_of
from connector_builder.rules.calls import lacks_id, operations
from connector_builder.rules.context import Context
from connector_builder.rules.node import Node
from connector_builder.rules.policies import misspelt
from connector_builder.rules.rule import Defects, rule


@rule(Severity.WARNING, Scope.PLATFORM, "policy", names_operations=True, fixable=True, told_once=True)
def policy_operation_not_found(node: Node, context: Context) -> Defects:
    """A policy names an operation that the connector doesn't have.

    For this operation, the policy silently does nothing. Correct the name. A policy that names no operation applies to
    all operations.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/policy-templates
    Published: 5 of 1,031 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {}, "policyTemplateInstances": [{"templateId": "setheader", "title": "Name the client",
      "parameters": {"x-ms-apimTemplateParameter.name": "x-client", "x-ms-apimTemplateParameter.value": "flow",
                     "x-ms-apimTemplate-operationName": ["ListOrder"]}}]}}
    ```
    Finding: /properties/policyTemplateInstances/0/parameters/x-ms-apimTemplate-operationName/0: there is no operation 'ListOrder'

    ```json good apiProperties
    {"properties": {"connectionParameters": {}, "policyTemplateInstances": [{"templateId": "setheader", "title": "Name the client",
      "parameters": {"x-ms-apimTemplateParameter.name": "x-client", "x-ms-apimTemplateParameter.value": "flow"}}]}}
    ```
    """
    parameters = node.value.get("parameters")
    names = parameters.get(OPERATIONS) if isinstance(parameters, dict) else None
    yield from _unknown(node, ("parameters", OPERATIONS), names, context)


@rule(Severity.WARNING, Scope.PLATFORM, "policy", keys="templateId", fixable=True)
def policy_template_not_known(node: Node, context: Context) -> Defects:
    """A policy uses a template that the platform isn't known to have.

    The platform can't apply a template that it doesn't have, so saving fails or the policy does nothing. Correct the
    name of the template.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/policy-templates
    Published: 0 of 1,031 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {}, "policyTemplateInstances": [{"templateId": "setheaders", "title": "Name the client",
      "parameters": {"x-ms-apimTemplateParameter.name": "x-client", "x-ms-apimTemplateParameter.value": "flow",
                     "x-ms-apimTemplate-policySection": "Request"}}]}}
    ```
    Finding: /properties/policyTemplateInstances/0/templateId: there is no policy template 'setheaders'

    ```json good apiProperties
    {"properties": {"connectionParameters": {}, "policyTemplateInstances": [{"templateId": "setheader", "title": "Name the client",
      "parameters": {"x-ms-apimTemplateParameter.name": "x-client", "x-ms-apimTemplateParameter.value": "flow",
                     "x-ms-apimTemplate-policySection": "Request"}}]}}
    ```
    """
    if template_of(node.value) is None:
        help_ = context.suggest(node.value.lower(), BY_ID) or f"templates are {listed(BY_ID, 'and')}"
        yield node.says(f"there is no policy template {quoted(node.value)}", help=help_)


@rule(Severity.WARNING, Scope.PLATFORM, "policy")
def policy_parameter_missing(node: Node, context: Context) -> Defects:
    """A policy lacks a parameter that its template requires.

    Without the parameter, the policy does nothing, or every request fails. Add the parameter that the finding names.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/policy-templates
    Published: 0 of 1,031 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {}, "policyTemplateInstances": [{"templateId": "setheader", "title": "Name the client",
      "parameters": {"x-ms-apimTemplateParameter.name": "x-client"}}]}}
    ```
    Finding: /properties/policyTemplateInstances/0/parameters: the policy 'setheader' requires 'x-ms-apimTemplateParameter.value'

    ```json good apiProperties
    {"properties": {"connectionParameters": {}, "policyTemplateInstances": [{"templateId": "setheader", "title": "Name the client",
      "parameters": {"x-ms-apimTemplateParameter.name": "x-client", "x-ms-apimTemplateParameter.value": "flow"}}]}}
    ```
    """
    template, parameters = node.value.get("templateId"), node.value.get("parameters")
    if not (isinstance(template, str) and isinstance(parameters, dict)):
        return
    known = template_of(template)
    if known is None:
        return
    missing = [PARAMETER + name for name in known.required if PARAMETER + name not in parameters]
    if missing and (slips := misspelt(known, parameters, context)):
        missing = [name for name in missing if name not in slips]
    if missing:
        yield node.says(
            f"the policy {quoted(template)} requires {listed(missing, 'and')}",
            "parameters",
            help="add it" if len(missing) == 1 else "add them",
        )


@rule(Severity.WARNING, Scope.PLATFORM, "policy", keys="templateId")
def policy_not_supported_by_gateway(node: Node, context: Context) -> Defects:
    """A policy sets the host, but connections use an on-premises data gateway, which doesn't support this policy.

    Microsoft's page about the template says that it doesn't work with a gateway. Remove the policy, or the gateway.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/policy-templates/dynamichosturl/dynamichosturl
    Published: 0 of 1,031 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {"gateway": {"type": "gatewaySetting"}, "host": {"type": "string"}},
     "policyTemplateInstances": [{"templateId": "dynamichosturl", "title": "Set the host",
      "parameters": {"x-ms-apimTemplateParameter.urlTemplate": "https://@connectionParameters('host')"}}]}}
    ```
    Finding: /properties/policyTemplateInstances/0/templateId: a gateway doesn't know the policy 'dynamichosturl'

    ```json good apiProperties
    {"properties": {"connectionParameters": {"host": {"type": "string"}},
     "policyTemplateInstances": [{"templateId": "dynamichosturl", "title": "Set the host",
      "parameters": {"x-ms-apimTemplateParameter.urlTemplate": "https://@connectionParameters('host')"}}]}}
    ```
    """
    parameters = node.owner.owner.owner.value.get("connectionParameters")
    kinds = (
        [one.get("type") for one in parameters.values() if isinstance(one, dict)]
        if isinstance(parameters, dict)
        else []
    )
    template = template_of(node.value)
    if template is not None and not template.gateway and GATEWAY_SETTING in kinds:
        help_ = "leave out the policy, or the gateway"
        yield node.says(f"a gateway doesn't know the policy {quoted(node.value)}", help=help_)


@rule(Severity.WARNING, Scope.PLATFORM, "script operations", names_operations=True, fixable=True)
def script_operation_not_found(node: Node, context: Context) -> Defects:
    """`scriptOperations` names an operation that the connector doesn't have.

    For this operation, the custom code silently never runs. Correct the name. Without `scriptOperations`, the code runs
    for every operation.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/policy-templates
    Published: 2 of 1,031 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {}, "scriptOperations": ["ListOrder"]}}
    ```
    Finding: /properties/scriptOperations/0: there is no operation 'ListOrder'

    ```json good apiProperties
    {"properties": {"connectionParameters": {}, "scriptOperations": []}}
    ```
    """
    yield from _unknown(node, (), node.value, context)


def _unknown(node: Node, steps: tuple[str, ...], names: Any, context: Context) -> Defects:
    if context.package.definition is None or lacks_id(context):
        return  # it couldn't be read, or the operation may be the one without an id
    known = operations(context)
    for index, name in enumerate(names if isinstance(names, list) else ()):
        if isinstance(name, str) and name not in known:
            help_ = context.suggest(name, known) or "name an operation of this connector"
            yield node.says(f"there is no operation {quoted(name)}", *steps, index, help=help_)
