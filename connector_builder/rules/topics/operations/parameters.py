"""Rules for parameters: their places, and the keys that each place allows."""

from connector_builder.findings import Add, Fix, Remove, Scope, Severity
from connector_builder.findings.wording import quoted
from connector_builder.platform.data.differences import same
from connector_builder.platform.swagger.objects import ONLY_SIMPLE, SIMPLE_PARAMETERS
from connector_builder.rules.context import Context
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, Fault, rule


@rule(Severity.ERROR, Scope.PLATFORM, "body parameter", keys="schema", faults=Fault.MISSING)
def body_parameter_schema_required(node: Node, _: Context) -> Defects:
    """A body has no schema.

    Swagger 2.0 requires the schema: it describes the content of the body. Add `schema`.

    Source: https://spec.openapis.org/oas/v2.0#parameter-object
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"post": {"operationId": "CreateOrder", "parameters": [{"name": "body", "in": "body"}]}}}}
    ```
    Finding: /paths/~1orders/post/parameters/0: the body has no 'schema'

    ```json good
    {"paths": {"/orders": {"post": {"operationId": "CreateOrder", "parameters": [
      {"name": "body", "in": "body", "schema": {"type": "object"}}]}}}}
    ```
    """
    yield node.says("the body has no 'schema'", help="add 'schema', which describes the content of the body")


@rule(Severity.ERROR, Scope.PLATFORM, "body parameter", keys=ONLY_SIMPLE, faults=Fault.UNKNOWN, fixable=True)
def body_parameter_property_not_valid(node: Node, _: Context) -> Defects:
    """A body has a `type`, or another key that belongs in its schema.

    In Swagger 2.0, the schema describes the content of a body, not the parameter itself. Move the key into `schema`.

    Source: https://spec.openapis.org/oas/v2.0#parameter-object
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"post": {"operationId": "CreateOrder", "parameters": [
      {"name": "body", "in": "body", "type": "object", "schema": {"type": "object"}}]}}}}
    ```
    Finding: /paths/~1orders/post/parameters/0/type: a body can't have 'type' beside its schema

    ```json good
    {"paths": {"/orders": {"post": {"operationId": "CreateOrder", "parameters": [
      {"name": "body", "in": "body", "schema": {"type": "object"}}]}}}}
    ```
    """
    help_, owner = "put it into 'schema'", node.owner
    schema, fix = owner.value.get("schema"), None
    if isinstance(schema, dict) and "$ref" not in schema:
        if node.key not in schema:
            fix = Fix(help_, (Add((*owner.pointer, "schema", node.key), node.value), Remove(node.pointer)))
        elif same(schema[node.key], node.value):
            help_ = "remove it"
            fix = node.without(help_)
    yield node.says(f"a body can't have {quoted(node.key)} beside its schema", help=help_, fix=fix)


@rule(Severity.ERROR, Scope.PLATFORM, *SIMPLE_PARAMETERS, keys="schema", faults=Fault.UNKNOWN, fixable=True)
def non_body_parameter_schema_not_valid(node: Node, _: Context) -> Defects:
    """A parameter that isn't a body has a schema.

    In Swagger 2.0, only a body has a `schema`; other parameters have one only in OpenAPI 3. Write `type` and the keys
    that belong to it in the parameter itself.

    Source: https://spec.openapis.org/oas/v2.0#parameter-object
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "top", "in": "query", "schema": {"type": "integer"}}]}}}}
    ```
    Finding: /paths/~1orders/get/parameters/0/schema: only a body has a 'schema'

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "top", "in": "query", "type": "integer"}]}}}}
    ```
    """
    help_, owner, schema, fix = "write its keys in the parameter itself", node.owner, node.value, None
    if isinstance(schema, dict) and schema and schema.keys() <= set(ONLY_SIMPLE) - owner.value.keys():
        adds = (Add((*owner.pointer, key), value) for key, value in schema.items())
        fix = Fix(help_, (*adds, Remove(node.pointer)))
    yield node.says("only a body has a 'schema'", help=help_, fix=fix)


@rule(
    Severity.ERROR, Scope.PLATFORM, "path parameter", "query parameter", "header parameter", keys="type", fixable=True
)
def file_parameter_must_be_in_form_data(node: Node, _: Context) -> Defects:
    """A parameter of type `file` isn't in a form.

    Only a form can send a file. Write `in: formData`.

    Source: https://spec.openapis.org/oas/v2.0#parameter-object
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/files": {"post": {"operationId": "UploadFile", "consumes": ["multipart/form-data"], "parameters": [
      {"name": "file", "in": "query", "type": "file"}]}}}}
    ```
    Finding: /paths/~1files/post/parameters/0/type: a file can't be in the query

    ```json good
    {"paths": {"/files": {"post": {"operationId": "UploadFile", "consumes": ["multipart/form-data"], "parameters": [
      {"name": "file", "in": "formData", "type": "file"}]}}}}
    ```
    """
    if node.value == "file":
        yield node.says(f"a file can't be in the {_place(node.owner.value)}", help="write 'in: formData'")


@rule(Severity.ERROR, Scope.PLATFORM, "form parameter", keys="name")
def invalid_form_data_parameter_name(node: Node, _: Context) -> Defects:
    """The name of a form field contains characters that aren't ASCII.

    The name is sent in the header of a part of the form, and headers are ASCII. Give the field a name of ASCII
    characters only.

    Source: https://spec.openapis.org/oas/v2.0#parameter-object
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"post": {"operationId": "CreateOrder", "parameters": [
      {"name": "größe", "in": "formData", "type": "string"}]}}}}
    ```
    Finding: /paths/~1orders/post/parameters/0/name: the name 'größe' isn't ASCII

    ```json good
    {"paths": {"/orders": {"post": {"operationId": "CreateOrder", "parameters": [
      {"name": "size", "in": "formData", "type": "string"}]}}}}
    ```
    """
    if not node.value.isascii():
        help_ = "use letters without accents, digits, '-' and '_'"
        yield node.says(f"the name {quoted(node.value)} isn't ASCII", help=help_)


@rule(
    Severity.ERROR,
    Scope.PLATFORM,
    "path parameter",
    "header parameter",
    "body parameter",
    keys="allowEmptyValue",
    faults=Fault.UNKNOWN,
    fixable=True,
)
def allow_empty_value_only_valid_for_query_form_data(node: Node, _: Context) -> Defects:
    """A parameter outside the query and the form has `allowEmptyValue`.

    Only a parameter of the query or of a form can be empty. Leave `allowEmptyValue` out.

    Source: https://spec.openapis.org/oas/v2.0#parameter-object
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"parameters": {"trace": {"name": "trace", "in": "header", "type": "string", "allowEmptyValue": true}}}
    ```
    Finding: /parameters/trace/allowEmptyValue: only a parameter of a query or form can be empty

    ```json good
    {"parameters": {"trace": {"name": "trace", "in": "query", "type": "string", "allowEmptyValue": true}}}
    ```
    """
    help_ = "leave 'allowEmptyValue' out"
    yield node.says("only a parameter of a query or form can be empty", help=help_, fix=node.without(help_))


@rule(Severity.ERROR, Scope.PLATFORM, *SIMPLE_PARAMETERS, "items", "header", keys="collectionFormat")
def collection_format_value_not_supported(node: Node, _: Context) -> Defects:
    """A parameter has `collectionFormat: multi`, which connectors can't send.

    `multi` repeats the parameter for each value of a list, and connectors can't repeat a parameter. Use `csv`, if the
    service accepts it.

    Source: https://spec.openapis.org/oas/v2.0#parameter-object
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"parameters": {"ids": {"name": "ids", "in": "query", "type": "array", "items": {"type": "string"}, "collectionFormat": "multi"}}}
    ```
    Finding: /parameters/ids/collectionFormat: connectors can't repeat a parameter

    ```json good
    {"parameters": {"ids": {"name": "ids", "in": "query", "type": "array", "items": {"type": "string"}, "collectionFormat": "csv"}}}
    ```
    """
    if node.value == "multi":
        yield node.says("connectors can't repeat a parameter", help="use 'csv', if the service takes it")


@rule(Severity.ERROR, Scope.PLATFORM, *SIMPLE_PARAMETERS, keys="name")
def connection_id_parameter_not_allowed(node: Node, _: Context) -> Defects:
    """A parameter is called `connectionId`.

    The platform uses this name itself. Give the parameter another name.

    Source: https://spec.openapis.org/oas/v2.0#parameter-object
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"parameters": {"connection": {"name": "connectionId", "in": "query", "type": "string"}}}
    ```
    Finding: /parameters/connection/name: a parameter can't be called 'connectionId'

    ```json good
    {"parameters": {"connection": {"name": "connection", "in": "query", "type": "string"}}}
    ```
    """
    if node.value == "connectionId":
        yield node.says("a parameter can't be called 'connectionId'", help="the platform uses the name itself")


@rule(Severity.NOTE, Scope.CERTIFICATION, "query parameter", keys="x-ms-url-encoding", told_once=True, fixable=True)
def query_parameter_encoding_not_supported(node: Node, _: Context) -> Defects:
    """A query parameter has `x-ms-url-encoding`, which is only for path parameters.

    The platform always encodes query parameters, once, so the extension has no effect. Leave `x-ms-url-encoding` out. One
    finding stands for all query parameters of a document.

    Source: https://spec.openapis.org/oas/v2.0#parameter-object
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 13 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "shop", "in": "query", "type": "string", "x-ms-url-encoding": "double"}]}}}}
    ```
    Finding: /paths/~1orders/get/parameters/0/x-ms-url-encoding: the platform ignores the encoding of a query parameter

    ```json good
    {"paths": {"/shops/{shop}/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "shop", "in": "path", "required": true, "type": "string", "x-ms-url-encoding": "double"}]}}}}
    ```
    """
    help_ = "leave 'x-ms-url-encoding' out"
    yield node.says("the platform ignores the encoding of a query parameter", help=help_, fix=node.without(help_))


def _place(parameter: object) -> object:
    return parameter.get("in") if isinstance(parameter, dict) else None
