"""Rules for hidden parts."""

from typing import Any

from connector_builder.findings import Add, Fix, Scope, Severity
from connector_builder.findings.wording import quoted
from connector_builder.platform.data.plain import ABSENT, items, mapping
from connector_builder.rules.callbacks import MARK, asked_bodies, bodies
from connector_builder.rules.context import Context
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, rule


@rule(
    Severity.WARNING,
    Scope.CERTIFICATION,
    "query parameter",
    "header parameter",
    "form parameter",
    "body parameter",
    "properties",
    aliases=("PropertyMustBeRequired",),
    fixable=True,
)
def internal_property_with_default_optional(node: Node, context: Context) -> Defects:
    """An internal input has a default but isn't required, so the platform may leave it out of the request.

    People don't see an internal input, and the platform is certain to send only required inputs. Make the input
    required.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/openapi-extensions
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 12 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "version", "in": "query", "type": "string", "default": "2", "x-ms-visibility": "internal"}]}}}}
    ```
    Finding: /paths/~1orders/get/parameters/0: 'version' is internal but optional: the platform may not send its default

    ```json bad
    {"paths": {"/orders": {"post": {"operationId": "CreateOrder", "parameters": [{"name": "body", "in": "body", "schema":
      {"type": "object", "properties": {"source": {"type": "string", "default": "flow", "x-ms-visibility": "internal"}}}}]}}}}
    ```
    Finding: /paths/~1orders/post/parameters/0/schema/properties/source: 'source' is internal but optional: the platform may not send its default

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "version", "in": "query", "required": true, "type": "string", "default": "2", "x-ms-visibility": "internal"}]}}}}
    ```
    """
    help_ = "make it required"
    if node.kind != "properties":
        if _is_hidden_default(node.value) and node.value.get("required") is not True:
            message = (
                f"{quoted(node.value.get('name'))} is internal but optional: the platform may not send its default"
            )
            yield node.says(message, help=help_)
        return
    hidden = [(name, inner) for name, inner in node.value.items() if _is_hidden_default(inner)]
    required = items(node.owner.value.get("required")) if hidden else []
    names = {name for name in required if isinstance(name, str)}
    for name, inner in hidden:
        if name not in names and id(inner) in bodies(context):
            yield node.says(
                f"{quoted(name)} is internal but optional: the platform may not send its default", name, help=help_
            )


@rule(
    Severity.ERROR,
    Scope.PLATFORM,
    "path parameter",
    "query parameter",
    "header parameter",
    "form parameter",
    "properties",
    fixable=True,
)
def internal_parameter_requires_default(node: Node, context: Context) -> Defects:
    """A parameter or a field of the body is internal and required, but has no default.

    People don't see an internal input, so only its default can give the value that the request requires. Add a
    `default`, or show the input. Inputs of internal operations are exempt, as are callbacks, objects and lists, and fields
    of a connector with policies or custom code, which may set them.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/openapi-extensions
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "version", "in": "query", "required": true, "type": "string", "x-ms-visibility": "internal"}]}}}}
    ```
    Finding: /paths/~1orders/get/parameters/0: 'version' is internal and required, and has no default

    ```json bad
    {"paths": {"/orders": {"post": {"operationId": "CreateOrder", "parameters": [{"name": "body", "in": "body", "schema":
      {"type": "object", "required": ["source"], "properties": {"source": {"type": "string", "x-ms-visibility": "internal"}}}}]}}}}
    ```
    Finding: /paths/~1orders/post/parameters/0/schema/properties/source: 'source' is internal and required, and has no default

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "version", "in": "query", "required": true, "type": "string", "default": "2", "x-ms-visibility": "internal"}]}}}}
    ```
    """
    if node.kind == "properties":
        if id(node.owner.value) in asked_bodies(context) and not _may_be_set(context):
            required = node.owner.value.get("required")
            for name in required if isinstance(required, list) else ():
                if isinstance(name, str) and _lacks_default(node.value.get(name)):
                    help_ = "add a 'default', or show the field"
                    yield node.says(f"{quoted(name)} is internal and required, and has no default", name, help=help_)
        return
    operation = node.owner.owner
    if operation.kind == "operation" and operation.value.get("x-ms-visibility") == "internal":
        return  # whoever calls it gives the value: another operation, or the platform that ends a webhook
    required = node.value.get("required") is True and node.value.get("x-ms-notification-url") is not True
    if required and node.value.get("x-ms-visibility") == "internal" and "default" not in node.value:
        message = f"{quoted(node.value.get('name'))} is internal and required, and has no default"
        enum = node.value.get("enum")
        only = enum[0] if isinstance(enum, list) and len(enum) == 1 else ABSENT
        help_ = "add a 'default', or show the parameter"
        if only is not ABSENT:
            help_ = "add the only value of 'enum' as 'default'"
        fix = None if only is ABSENT else Fix(help_, (Add((*node.pointer, "default"), only),))
        yield node.says(message, help=help_, fix=fix)


def _may_be_set(context: Context) -> bool:
    """Checks whether something of the connector may set a field that has no default."""
    package = context.package
    properties = mapping(mapping(package.properties).get("properties"))
    return package.script is not None or bool(properties.get("policyTemplateInstances"))


def _lacks_default(value: Any) -> bool:
    """Checks whether a field is internal without a default. Objects and lists may have defaults inside."""
    hidden = isinstance(value, dict) and value.get("x-ms-visibility") == "internal" and "default" not in value
    whole = isinstance(value, dict) and (value.get("type") in ("object", "array") or "properties" in value)
    return hidden and not whole and "$ref" not in value and value.get(MARK) is not True


def _is_hidden_default(value: Any) -> bool:
    inside = isinstance(value, dict) and "$ref" not in value  # beside which nothing counts
    return inside and value.get("x-ms-visibility") == "internal" and "default" in value
