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
    "dynamic tree": {"settings": "anything", "open": "tree call", "browse": "tree call"},
    "tree call": {
        "operationId!": "text",
        "parameters": "call parameters",
        "itemsPath": "text",
        **_ITEM,
        "itemFullTitlePath": "text",
        "itemIsParent": "text",
        "*": "anything",
    },
    # Little is published about these: rules check the operations that they call, and accept the rest.
    "capabilities": {"testConnection": "test call", "file-picker": "file picker", "*": "anything"},
    "test call": {"operationId": "text", "parameters": "call parameters", "*": "anything"},
    "file picker": {"open": "picker call", "browse": "picker call", "*": "anything"},
    "picker call": {"operationId": "text", "parameters": "call parameters", "*": "anything"},
    "call parameters": {"*": "anything"},
    "notification": {"operationId": "text", "*": "anything"},
    "operation context": {"simulate": "simulation", "*": "anything"},
    "simulation": {"operationId": "text", "*": "anything"},
    # The only kind and mode in published connectors and in Microsoft's schema.
    "trigger metadata": {"kind": ("query",), "mode": ("polling",), "*": "anything"},
    "operation capabilities": {"chunkTransfer": "flag", "*": "anything"},
    "pageable": {"nextLinkName": "text", "*": "anything"},
    "schema capabilities": {"filterFunctions": "filter functions", "*": "anything"},
    "filter functions": ["anything"],
    "trigger value": {"value-collection": "text", "value-path": "text", "*": "anything"},
    "info annotation": {"status": STATUS, "*": "anything"},
    "api annotation": {
        "family": "text",
        "revision": "whole number",
        "status": STATUS,
        "replacement": "replacement",
        "*": "anything",
    },
    "replacement": {"api": "text", "operationId": "text", "*": "anything"},
}
