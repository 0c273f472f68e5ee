"""Rules for paths."""

import re

from connector_builder.findings import Add, Edit, Fix, Rename, Replace, Scope, Severity
from connector_builder.findings.wording import quoted
from connector_builder.rules.context import Context
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, rule
from connector_builder.rules.topics.operations.path_parameters import VARIABLE, described


@rule(Severity.ERROR, Scope.PLATFORM, "path item", fixable=True)
def operation_path_must_start_with_slash(node: Node, _: Context) -> Defects:
    """A path doesn't begin with `/`.

    The platform appends the path to the base path. Write a `/` before it.

    Source: https://spec.openapis.org/oas/v2.0#path-templating
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"orders": {"get": {"operationId": "ListOrders"}}}}
    ```
    Finding: /paths/orders: the path 'orders' doesn't begin with '/'

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders"}}}}
    ```
    """
    if not str(node.key).startswith("/"):
        help_, fix = "write '/' before it", node.called("write '/' before it", f"/{node.key}")
        yield node.says(f"the path {quoted(node.key)} doesn't begin with '/'", help=help_, fix=fix)


@rule(Severity.ERROR, Scope.PLATFORM, "path item", fixable=True)
def operation_path_may_not_contain_query_or_fragment(node: Node, _: Context) -> Defects:
    """A path contains a query or a fragment.

    Describe the query, which follows a `?`, with parameters that have `in: query`. A constant is a required parameter
    that is internal and has a default.

    Source: https://spec.openapis.org/oas/v2.0#path-templating
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders?state=open": {"get": {"operationId": "ListOrders"}}}}
    ```
    Finding: /paths/~1orders?state=open: the path '/orders?state=open' has a '?'

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "state", "in": "query", "type": "string", "required": true, "default": "open", "x-ms-visibility": "internal"}]}}}}
    ```
    """
    for character in "?#":
        if character in str(node.key):
            help_ = "describe the query by parameters with 'in: query'"
            help_ = help_ if character == "?" else "remove it: a service never receives what follows a '#'"
            fix = node.called("remove it", str(node.key).partition("#")[0]) if character == "#" else None
            yield node.says(f"the path {quoted(node.key)} has a '{character}'", help=help_, fix=fix)
            return


@rule(Severity.ERROR, Scope.PLATFORM, "path item")
def operation_path_contains_unsupported_characters(node: Node, _: Context) -> Defects:
    """A path contains a `*`.

    The platform doesn't support this character in a path. Write a parameter in braces instead.

    Source: https://spec.openapis.org/oas/v2.0#path-templating
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/files/*": {"get": {"operationId": "GetFile"}}}}
    ```
    Finding: /paths/~1files~1*: the path '/files/*' has a '*'

    ```json good
    {"paths": {"/files/{path}": {"get": {"operationId": "GetFile", "parameters": [
      {"name": "path", "in": "path", "type": "string", "required": true}]}}}}
    ```
    """
    if "*" in str(node.key):
        yield node.says(f"the path {quoted(node.key)} has a '*'", help="write a parameter in braces")


@rule(Severity.ERROR, Scope.PLATFORM, "path item", fixable=True)
def operation_path_template_not_valid(node: Node, _: Context) -> Defects:
    """The braces of a path don't match, are empty, or contain a slash.

    A parameter is a part of one segment of the path. Correct the braces. If a brace belongs to the address, write it as
    `%7B` or `%7D`.

    Source: https://spec.openapis.org/oas/v2.0#path-templating
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders/{id": {"get": {"operationId": "GetOrder"}}}}
    ```
    Finding: /paths/~1orders~1{id: the braces in '/orders/{id' don't match

    ```json good
    {"paths": {"/orders/{id}": {"get": {"operationId": "GetOrder", "parameters": [
      {"name": "id", "in": "path", "type": "string", "required": true}]}}}}
    ```
    """
    path = str(node.key)
    names = VARIABLE.findall(path)
    if re.search(r"[{}]", VARIABLE.sub("", path)):
        closed = _closed(node, path)
        help_ = f"write '{closed}'" if closed else "a literal brace is written %7B or %7D"
        fix = node.called(help_, closed) if closed else None
        yield node.says(f"the braces in {quoted(path)} don't match", help=help_, fix=fix)
    elif "" in names:
        yield node.says(f"the path {quoted(path)} has empty braces", help="write the parameter's name into them")
    elif any("/" in name for name in names):
        yield node.says(f"the braces in {quoted(path)} reach over a '/'", help="a parameter is a part of one segment")


@rule(Severity.ERROR, Scope.PLATFORM, "path item", fixable=True)
def operation_path_variables_contain_defaults(node: Node, _: Context) -> Defects:
    """A path has the default of a parameter in its braces.

    Swagger has no defaults in paths. Write `default` in the parameter.

    Source: https://spec.openapis.org/oas/v2.0#path-templating
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/{version=v1}/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "version=v1", "in": "path", "type": "string", "required": true}]}}}}
    ```
    Finding: /paths/~1{version=v1}~1orders: '{version=v1}' has a default

    ```json good
    {"paths": {"/{version}/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "version", "in": "path", "type": "string", "required": true, "default": "v1"}]}}}}
    ```
    """
    for name in VARIABLE.findall(str(node.key)):
        if "=" in name:
            help_, fix = "write 'default' at the parameter", _with_default(node, name)
            yield node.says(f"{quoted('{' + name + '}')} has a default", help=help_, fix=fix)


@rule(Severity.ERROR, Scope.PLATFORM, "path item")
def path_redefined(node: Node, context: Context) -> Defects:
    """Two paths differ only in capitals.

    To the platform they are the same path, even if only names in braces differ. Put the operations of both under one
    path.

    Source: https://github.com/microsoft/powerapps-tools/issues/222
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders"}}, "/Orders": {"post": {"operationId": "CreateOrder"}}}}
    ```
    Finding: /paths/~1Orders: the path '/Orders' is there already, as '/orders'

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders"}, "post": {"operationId": "CreateOrder"}}}}
    ```
    """
    first = context.first("path", str(node.key).lower(), node)
    if first is not node:
        message = f"the path {quoted(node.key)} is there already, as {quoted(first.key)}"
        yield node.says(message, help="put their operations under one path", related=((first.pointer, "first here"),))


@rule(Severity.ERROR, Scope.PLATFORM, "operation")
def duplicate_operation_path(node: Node, context: Context) -> Defects:
    """Two operations have the same verb, and paths that differ only in the names of parameters.

    No request shows which of the two it means. Combine the operations, or change one of the paths.

    Source: https://spec.openapis.org/oas/v2.0#path-templating
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {
      "/orders/{id}": {"get": {"operationId": "GetOrder", "parameters": [
        {"name": "id", "in": "path", "type": "string", "required": true}]}},
      "/orders/{number}": {"get": {"operationId": "GetOrderByNumber", "parameters": [
        {"name": "number", "in": "path", "type": "string", "required": true}]}}}}
    ```
    Finding: /paths/~1orders~1{number}/get: 'get' of this path is the same as that of '/orders/{id}'

    ```json good
    {"paths": {
      "/orders/{id}": {"get": {"operationId": "GetOrder", "parameters": [
        {"name": "id", "in": "path", "type": "string", "required": true}]}},
      "/orders/number/{number}": {"get": {"operationId": "GetOrderByNumber", "parameters": [
        {"name": "number", "in": "path", "type": "string", "required": true}]}}}}
    ```
    """
    path = str(node.owner.key)
    first = context.first("operation", (node.key, VARIABLE.sub("{}", path)), node)
    if first is not node and str(first.owner.key).lower() != path.lower():  # else PathRedefined reports it
        message = f"'{node.key}' of this path is the same as that of {quoted(first.owner.key)}"
        help_ = "combine the two operations, or change one of the paths"
        yield node.says(message, help=help_, related=((first.pointer, "first here"),))


@rule(Severity.ERROR, Scope.PLATFORM, "path item", keys="$ref")
def path_item_ref_not_suppored(node: Node, _: Context) -> Defects:
    """A path is a reference to another place.

    The platform doesn't support such references. Describe the operations in the path itself.

    Source: https://spec.openapis.org/oas/v2.0#path-templating
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"$ref": "#/paths/~1purchases"}}}
    ```
    Finding: /paths/~1orders/$ref: a path can't be a reference

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders"}}}}
    ```
    """
    yield node.says("a path can't be a reference", help="describe its operations here")


def _closed(node: Node, path: str) -> str | None:
    """Returns a path with the one brace that is missing, if parameters of the path have all the names in braces then."""
    segments = []
    for segment in path.split("/"):
        if segment.count("{") == 1 and "}" not in segment:
            segment += "}"
        elif segment.count("}") == 1 and "{" not in segment:
            segment = "{" + segment
        segments.append(segment)
    closed = "/".join(segments)
    names = {str(one.get("name")) for _, one in described(node) if one.get("in") == "path"}
    return closed if VARIABLE.sub("", closed).isprintable() and set(VARIABLE.findall(closed)) <= names else None


def _with_default(node: Node, name: str) -> Fix | None:
    """Returns the fix that writes the default in the braces of a path at its parameter."""
    variable, _, default = name.partition("=")
    edits: list[Edit] = []
    for pointer, one in described(node):
        if one.get("in") == "path" and one.get("name") in (name, variable):
            if one.get("type") != "string" or "default" in one:
                return None
            edits += [] if one["name"] == variable else [Replace((*pointer, "name"), variable)]
            edits.append(Add((*pointer, "default"), default))
    path = str(node.key).replace("{" + name + "}", "{" + variable + "}")
    if not edits or not variable or path in node.owner.value:
        return None
    return Fix("write 'default' at the parameter", (*edits, Rename(node.pointer, path)))
