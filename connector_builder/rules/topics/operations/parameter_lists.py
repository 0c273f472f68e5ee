"""Rules for the parameters of an operation or a path, taken together."""

from collections.abc import Hashable

from connector_builder.findings import Scope, Severity
from connector_builder.findings.wording import quoted
from connector_builder.platform.data.differences import same
from connector_builder.rules.context import Context
from connector_builder.rules.node import ABSENT, Node
from connector_builder.rules.parameters import parameters_of
from connector_builder.rules.rule import Defects, rule


@rule(Severity.ERROR, Scope.PLATFORM, "parameters", aliases=("OperationParametersAreNotUnique",), fixable=True)
def operation_parameters_contain_duplicate_parameter(node: Node, context: Context) -> Defects:
    """An operation has two parameters with the same name in the same place.

    Remove or rename one. An operation may have a parameter that its path has too: the operation's own replaces the
    path's.

    Source: https://spec.openapis.org/oas/v2.0#parameter-object
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "top", "in": "query", "type": "integer"}, {"name": "top", "in": "query", "type": "string"}]}}}}
    ```
    Finding: /paths/~1orders/get/parameters/1: the query parameter 'top' is there already

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "top", "in": "query", "type": "integer"}, {"name": "skip", "in": "query", "type": "integer"}]}}}}
    ```
    """
    if node.owner.kind == "operation":
        yield from _duplicates(node, context)


@rule(Severity.ERROR, Scope.PLATFORM, "parameters", fixable=True)
def path_parameters_contain_duplicate_parameter(node: Node, context: Context) -> Defects:
    """A path has two parameters with the same name in the same place.

    A request can send the parameter only once, and nothing decides which of the two descriptions counts. Remove or
    rename one.

    Source: https://spec.openapis.org/oas/v2.0#parameter-object
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"parameters": [
      {"name": "top", "in": "query", "type": "integer"}, {"name": "top", "in": "query", "type": "string"}]}}}
    ```
    Finding: /paths/~1orders/parameters/1: the query parameter 'top' is there already

    ```json good
    {"paths": {"/orders": {"parameters": [{"name": "top", "in": "query", "type": "integer"}]}}}
    ```
    """
    if node.owner.kind == "path item":
        yield from _duplicates(node, context)


@rule(Severity.ERROR, Scope.PLATFORM, "parameters")
def operation_parameters_contain_multiple_body_parameters(node: Node, context: Context) -> Defects:
    """An operation has two bodies.

    A request has one body. Describe both parts as properties in the schema of one.

    Source: https://spec.openapis.org/oas/v2.0#parameter-object
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"post": {"operationId": "CreateOrder", "parameters": [
      {"name": "order", "in": "body", "schema": {"type": "object"}}, {"name": "buyer", "in": "body", "schema": {"type": "object"}}]}}}}
    ```
    Finding: /paths/~1orders/post/parameters/1: 'buyer' is a second body

    ```json good
    {"paths": {"/orders": {"post": {"operationId": "CreateOrder", "parameters": [
      {"name": "body", "in": "body", "schema": {"type": "object"}}]}}}}
    ```
    """
    if node.owner.kind == "operation":
        yield from _bodies(node, context)


@rule(Severity.ERROR, Scope.PLATFORM, "parameters")
def path_parameters_contain_multiple_body_parameters(node: Node, context: Context) -> Defects:
    """A path has two bodies.

    A request has one body. Describe both parts as properties in the schema of one.

    Source: https://spec.openapis.org/oas/v2.0#parameter-object
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"parameters": [
      {"name": "order", "in": "body", "schema": {"type": "object"}}, {"name": "buyer", "in": "body", "schema": {"type": "object"}}]}}}
    ```
    Finding: /paths/~1orders/parameters/1: 'buyer' is a second body

    ```json good
    {"paths": {"/orders": {"parameters": [{"name": "body", "in": "body", "schema": {"type": "object"}}]}}}
    ```
    """
    if node.owner.kind == "path item":
        yield from _bodies(node, context)


@rule(Severity.ERROR, Scope.PLATFORM, "parameters")
def parameter_list_contains_form_data_and_body(node: Node, context: Context) -> Defects:
    """An operation has both a body and form fields.

    A request has one of the two, because a form is its body. Remove the body, or describe the fields in its schema.

    Source: https://spec.openapis.org/oas/v2.0#parameter-object
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"post": {"operationId": "CreateOrder", "parameters": [
      {"name": "body", "in": "body", "schema": {"type": "object"}}, {"name": "file", "in": "formData", "type": "file"}]}}}}
    ```
    Finding: /paths/~1orders/post/parameters/1: the request has the form field 'file' and a body

    ```json good
    {"paths": {"/orders": {"post": {"operationId": "CreateOrder", "parameters": [
      {"name": "order", "in": "formData", "type": "string"}, {"name": "file", "in": "formData", "type": "file"}]}}}}
    ```
    """
    own = list(parameters_of(node.owner.value, context))
    inherited = parameters_of(node.owner.owner.value, context) if node.owner.kind == "operation" else ()
    bodies = [parameter for parameter in (*own, *inherited) if _place(parameter) == "body"]
    for index, parameter in enumerate(own):
        if bodies and _place(parameter) == "formData":
            help_ = "remove the body, or describe the field in its schema"
            yield node.says(
                f"the request has the form field {quoted(parameter.get('name'))} and a body", index, help=help_
            )
            return


def _place(parameter: object) -> object:
    return parameter.get("in") if isinstance(parameter, dict) else None


def _duplicates(node: Node, context: Context) -> Defects:
    seen: dict[Hashable, int] = {}
    parameters = list(parameters_of(node.owner.value, context))
    for index, parameter in enumerate(parameters):
        if parameter is ABSENT:
            continue
        name, place = parameter.get("name"), parameter.get("in")
        if not (isinstance(name, str) and isinstance(place, str)):
            continue
        first = seen.setdefault((name, place), index)
        if first != index:
            related = (((*node.pointer, first), "first here"),)
            message = f"the {place} parameter {quoted(name)} is there already"
            twice = same(parameter, parameters[first])
            fix = node.without("remove it", index) if twice else None
            help_ = "remove it" if twice else "remove one of the two, or rename it"
            yield node.says(message, index, help=help_, related=related, fix=fix)


def _bodies(node: Node, context: Context) -> Defects:
    bodies = [
        (index, each) for index, each in enumerate(parameters_of(node.owner.value, context)) if _place(each) == "body"
    ]
    for index, parameter in bodies[1:]:
        first, name = bodies[0][0], parameter.get("name")
        if name != bodies[0][1].get("name"):  # else it is a duplicate
            related, help_ = (((*node.pointer, first), "first here"),), "describe both as properties of one body"
            yield node.says(f"{quoted(name)} is a second body", index, help=help_, related=related)
