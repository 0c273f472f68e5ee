"""Rules for parameters that the platform sets itself."""

from connector_builder.findings import Scope, Severity
from connector_builder.findings.wording import quoted
from connector_builder.rules.context import Context
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, rule

_RESERVED = frozenset({"authorization", "host", "cookie", "connection", "transfer-encoding"})
_CURES = {
    "authorization": "describe how to sign in ('securityDefinitions'; in a spec, 'auth'), or add the policy 'setheader'",
    "host": "write 'host' at the top level (in a spec, 'server'), or add the policy 'dynamichosturl'",
}


@rule(Severity.ERROR, Scope.PLATFORM, "header parameter", keys="name")
def reserved_parameter_is_used(node: Node, _: Context) -> Defects:
    """A parameter is a header that the platform sets itself: `Authorization`, `Host`, or one of the connection.

    What people fill in never arrives. For a key or a token, describe how to sign in. Microsoft doesn't publish its list of
    reserved names; these are the headers that no published connector has as a parameter.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "Authorization", "in": "header", "type": "string"}]}}}}
    ```
    Finding: /paths/~1orders/get/parameters/0/name: nobody can send the header 'Authorization'

    ```json good
    {"security": [{"key": []}], "securityDefinitions": {"key": {"type": "apiKey", "in": "header", "name": "Authorization"}},
     "paths": {"/orders": {"get": {"operationId": "ListOrders"}}}}
    ```
    """
    if node.value.lower() in _RESERVED:
        help_ = _CURES.get(node.value.lower(), "leave it out: the platform sets it")
        yield node.says(f"nobody can send the header {quoted(node.value)}", help=help_)
