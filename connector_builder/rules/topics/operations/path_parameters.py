"""Rules for the parameters of a path, and for their names in its braces."""

from collections.abc import Iterator
from typing import Any

from connector_builder.findings import Fix, Pointer, Replace, Scope, Severity
from connector_builder.findings.wording import quoted
from connector_builder.patterns import regex
from connector_builder.platform.swagger.operations import VERBS
from connector_builder.rules.context import Context
from connector_builder.rules.node import ABSENT, Node
from connector_builder.rules.parameters import parameters_of
from connector_builder.rules.rule import Defects, Fault, rule

VARIABLE = regex(r"\{([^{}]*)\}")
"""A name in the braces of a path; the group is the name."""


@rule(Severity.ERROR, Scope.PLATFORM, "operation")
def operation_missing_path_parameter(node: Node, context: Context) -> Defects:
    """A name in the braces of a path has no parameter.

    Each name requires a parameter with `in: path`, in the operation or in the path. Add it, or correct its name.

    Source: https://spec.openapis.org/oas/v2.0#path-templating
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders/{id}": {"get": {"operationId": "GetOrder"}}}}
    ```
    Finding: /paths/~1orders~1{id}/get: '{id}' in the path has no parameter

    ```json good
    {"paths": {"/orders/{id}": {"get": {"operationId": "GetOrder", "parameters": [
      {"name": "id", "in": "path", "type": "string", "required": true}]}}}}
    ```
    """
    parameters = [*parameters_of(node.value, context), *parameters_of(node.owner.value, context)]
    if ABSENT in parameters:
        return  # the target of a broken reference may be the parameter
    names = {str(parameter.get("name")) for parameter in parameters if parameter.get("in") == "path"}
    lower = {name.lower(): name for name in sorted(names, reverse=True)}
    for variable in dict.fromkeys(VARIABLE.findall(str(node.owner.key))):
        if variable and variable not in names:
            similar = lower.get(variable.lower())
            help_ = f"the parameter is called {quoted(similar)}" if similar else "add one with 'in: path'"
            yield node.says(f"{quoted('{' + variable + '}')} in the path has no parameter", help=help_)


@rule(Severity.ERROR, Scope.PLATFORM, "parameters", fixable=True)
def path_parameter_not_defined_in_template(node: Node, context: Context) -> Defects:
    """A parameter has `in: path`, but the path contains no braces with its name.

    The value of a path parameter replaces its name in the path, and here it has no place to go. Add the parameter to
    the path in braces, or change its `in`.

    Source: https://spec.openapis.org/oas/v2.0#path-templating
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "GetOrder", "parameters": [
      {"name": "id", "in": "path", "type": "string", "required": true}]}}}}
    ```
    Finding: /paths/~1orders/get/parameters/0: the path '/orders' has no '{id}'

    ```json good
    {"paths": {"/orders/{id}": {"get": {"operationId": "GetOrder", "parameters": [
      {"name": "id", "in": "path", "type": "string", "required": true}]}}}}
    ```
    """
    item = node.owner if node.owner.kind == "path item" else node.owner.owner
    variables = set(VARIABLE.findall(str(item.key)))
    for index, parameter in enumerate(parameters_of(node.owner.value, context)):
        if parameter is ABSENT or parameter.get("in") != "path":
            continue
        name = parameter.get("name")
        if isinstance(name, str) and name and name not in variables:  # another rule says that it is empty
            help_ = "write it into the path, or another 'in'"
            meant = _renamed(item, context)
            fix = meant[2] if meant is not None and meant[0] == name else None
            help_ = fix.title if fix else help_
            message = f"the path {quoted(item.key)} has no {quoted('{' + name + '}')}"
            yield node.says(message, index, help=help_, fix=fix)


@rule(
    Severity.ERROR,
    Scope.PLATFORM,
    "path parameter",
    keys="required",
    faults=(Fault.MISSING, Fault.TYPE, Fault.VALUE),
    fixable=True,
)
def path_parameter_must_be_required(node: Node, _: Context) -> Defects:
    """A path parameter isn't `required: true`.

    A request must fill in every part of its path, so Swagger requires this mark. Write `required: true` in the
    parameter.

    Source: https://spec.openapis.org/oas/v2.0#path-templating
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders/{id}": {"get": {"operationId": "GetOrder", "parameters": [
      {"name": "id", "in": "path", "type": "string"}]}}}}
    ```
    Finding: /paths/~1orders~1{id}/get/parameters/0: the path parameter 'id' isn't required

    ```json good
    {"paths": {"/orders/{id}": {"get": {"operationId": "GetOrder", "parameters": [
      {"name": "id", "in": "path", "type": "string", "required": true}]}}}}
    ```
    """
    name = quoted(node.owner.value.get("name", ""))
    help_ = "write 'required: true'"
    yield node.says(f"the path parameter {name} isn't required", help=help_, fix=node.becoming(help_, True))


def described(node: Node) -> Iterator[tuple[Pointer, dict[str, Any]]]:
    """Yields the parameters that a path item and its operations describe themselves, with their pointers."""
    parts = [(node.pointer, node.value), *(((*node.pointer, verb), node.value.get(verb)) for verb in VERBS)]
    for pointer, part in parts:
        listed_ = part.get("parameters") if isinstance(part, dict) else None
        for index, one in enumerate(listed_ if isinstance(listed_, list) else ()):
            if isinstance(one, dict):
                yield (*pointer, "parameters", index), one


def _renamed(item: Node, context: Context) -> tuple[str, str, Fix] | None:
    """Returns the name of a path's only parameter without a place, the only place without a parameter, and the fix.

    They are meant to be one if they differ by a slip of the pen. Returns None where that isn't certain.
    """
    variables = set(VARIABLE.findall(str(item.key)))
    places = [
        (pointer, one["name"])
        for pointer, one in described(item)
        if one.get("in") == "path" and isinstance(one.get("name"), str)
    ]
    names = {name for _, name in places}
    lost, open_ = sorted(names - variables), sorted(variables - names)
    if len(lost) != 1 or len(open_) != 1:
        return None
    meant = context.suggest(lost[0], open_)
    if meant is None:
        return None
    edits = tuple(Replace((*pointer, "name"), open_[0]) for pointer, name in places if name == lost[0])
    return lost[0], open_[0], Fix(f"call the parameter '{open_[0]}'", edits)
