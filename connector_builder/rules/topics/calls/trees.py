"""Rules for dynamic trees and file pickers."""

from connector_builder.findings import Scope, Severity
from connector_builder.rules.context import Context
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, rule


@rule(Severity.WARNING, Scope.CERTIFICATION, "dynamic values", keys="capability")
def dynamic_tree_extension_missing(node: Node, _: Context) -> Defects:
    """A file picker in `x-ms-dynamic-values` has no `x-ms-dynamic-tree` beside it.

    The newer designer opens folders through `x-ms-dynamic-tree`. Add it, with its `open` and `browse`.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/openapi-extensions
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/files": {"get": {"operationId": "GetFile", "parameters": [
      {"name": "path", "in": "query", "type": "string",
       "x-ms-dynamic-values": {"capability": "file-picker", "parameters": {"isFolder": false}, "value-path": "path"}}]}}}}
    ```
    Finding: /paths/~1files/get/parameters/0/x-ms-dynamic-values/capability: the file picker has no 'x-ms-dynamic-tree' beside it

    ```json good
    {"paths": {"/files": {"get": {"operationId": "GetFile", "parameters": [
      {"name": "path", "in": "query", "type": "string",
       "x-ms-dynamic-values": {"capability": "file-picker", "parameters": {"isFolder": false}, "value-path": "path"},
       "x-ms-dynamic-tree": {"settings": {"canSelectParentNodes": false, "canSelectLeafNodes": true},
         "open": {"operationId": "ListRoot", "itemValuePath": "path", "itemTitlePath": "name"},
         "browse": {"operationId": "ListRoot", "itemValuePath": "path", "itemTitlePath": "name"}}}]}},
      "/folders": {"get": {"operationId": "ListRoot"}}}}
    ```
    """
    if node.value == "file-picker" and "x-ms-dynamic-tree" not in node.owner.owner.value:
        help_ = "the newer designer opens folders by 'x-ms-dynamic-tree', with 'open' and 'browse'"
        yield node.says("the file picker has no 'x-ms-dynamic-tree' beside it", help=help_)


@rule(Severity.ERROR, Scope.CERTIFICATION, "call parameters")
def selected_item_value_path_not_allowed_in_this_position(node: Node, _: Context) -> Defects:
    """`selectedItemValuePath` is outside the `browse` of a tree.

    It means the folder that somebody has opened, and before that there is no such folder. Pass a value or a parameter
    instead.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/openapi-extensions
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/files": {"get": {"operationId": "GetFile", "parameters": [
      {"name": "path", "in": "query", "type": "string", "x-ms-dynamic-tree":
       {"open": {"operationId": "ListFolder", "itemValuePath": "path", "itemTitlePath": "name",
                 "parameters": {"path": {"selectedItemValuePath": "path"}}},
        "browse": {"operationId": "ListFolder", "itemValuePath": "path", "itemTitlePath": "name"}}}]}},
      "/folders": {"get": {"operationId": "ListFolder", "parameters": [{"name": "path", "in": "query", "type": "string"}]}}}}
    ```
    Finding: /paths/~1files/get/parameters/0/x-ms-dynamic-tree/open/parameters/path: only 'browse' can have 'selectedItemValuePath'

    ```json good
    {"paths": {"/files": {"get": {"operationId": "GetFile", "parameters": [
      {"name": "path", "in": "query", "type": "string", "x-ms-dynamic-tree":
       {"open": {"operationId": "ListFolder", "itemValuePath": "path", "itemTitlePath": "name"},
        "browse": {"operationId": "ListFolder", "itemValuePath": "path", "itemTitlePath": "name",
                   "parameters": {"path": {"selectedItemValuePath": "path"}}}}}]}},
      "/folders": {"get": {"operationId": "ListFolder", "parameters": [{"name": "path", "in": "query", "type": "string"}]}}}}
    ```
    """
    if node.owner.kind == "tree call" and node.owner.key == "browse":
        return
    for name, given in node.value.items():
        if isinstance(given, dict) and "selectedItemValuePath" in given:
            yield node.says("only 'browse' can have 'selectedItemValuePath'", name, help="give a value or a parameter")
