"""The table of the objects of the platform's extensions: the keys of each, and their values.

`extensions.py` lists the extension that each object belongs to.

Sources: https://learn.microsoft.com/en-us/connectors/custom-connectors/openapi-extensions,
https://learn.microsoft.com/en-us/connectors/custom-connectors/operational-versioning, and further keys in published
connectors.
"""

from connector_builder.platform.data.shapes import Table
from connector_builder.platform.swagger.extensions import STATUS

_ITEM = {"itemValuePath": "text", "itemTitlePath": "text"}

TABLE: Table = {
    "dynamic values": {
        "operationId": "text",
        "builtInOperation": "text",
        "capability": "text",
        "parameters": "call parameters",
        "value-collection": "text",
        "value-path": "text",
        "value-title": "text",
    },
    "dynamic list": {"operationId!": "text", "parameters": "call parameters", "itemsPath": "text", **_ITEM},
    "dynamic schema": {"operationId!": "text", "parameters": "call parameters", "value-path": "text"},
    "dynamic properties": {"operationId!": "text", "parameters": "call parameters", "itemValuePath": "text"},
    "dynamic tree": {"settings": "tree settings", "open": "tree call", "browse": "tree call"},
    "tree settings": {"canSelectLeafNodes": "flag", "canSelectParentNodes": "flag"},
    "tree call": {
        "operationId!": "text",
        "parameters": "call parameters",
        "itemsPath": "text",
        **_ITEM,
        "itemFullTitlePath": "text",
        "itemIsParent": "text",
    },
    "capabilities": {"testConnection": "test call", "file-picker": "file picker"},
    "test call": {"operationId": "text", "parameters": "call parameters"},
    "file picker": {
        "open": "picker call",
        "browse": "picker call",
        "value-collection": "anything",
        "value-folder-property": "anything",
        "value-media-property": "anything",
        "value-path": "anything",
        "value-title": "anything",
    },
    "picker call": {"operationId": "text", "parameters": "call parameters"},
    "call parameters": {"*": "anything"},
    "notification": {"operationId": "text"},
    "operation context": {"simulate": "simulation"},
    "simulation": {"operationId": "text", "parameters": "call parameters"},
    # The only kind and mode in published connectors and in Microsoft's schema.
    "trigger metadata": {"kind": ("query",), "mode": ("polling",)},
    "operation capabilities": {"chunkTransfer": "flag"},
    # AutoRest's documentation has two further keys, which have no effect.
    "pageable": {"nextLinkName": "text", "itemName": "anything", "operationName": "anything"},
    "schema capabilities": {"filterFunctions": "filter functions"},
    "filter functions": ["anything"],
    "trigger value": {"value-collection": "text", "value-path": "text"},
    "info annotation": {"status": STATUS},
    "api annotation": {
        "family": "text",
        "revision": "whole number",
        "status": STATUS,
        "replacement": "replacement",
        "expires": "anything",
    },
    "replacement": {"api": "text", "operationId": "text"},
    "connector metadata": ["metadata entry"],
    "metadata entry": {"propertyName": "text", "propertyValue": "text"},
}
STRICT = ("dynamic values", "dynamic list", "dynamic schema", "dynamic properties", "dynamic tree")
"""The objects in which another key is an error, as in an object of Swagger: no published connector has one."""
