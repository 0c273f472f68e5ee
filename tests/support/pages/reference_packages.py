"""A connector whose reference page has every part that such a page can have."""

from typing import Any

from connector_builder.package import Package
from connector_builder.package.model import Sample
from tests.support.pages.render_packages import bare

LINE = {
    "type": "object",
    "title": "Line",
    "properties": {
        "sku": {"type": "string", "x-ms-summary": "SKU", "description": "The item."},
        "parent": {"$ref": "#/definitions/Line"},
    },
}
ORDER = {
    "type": "object",
    "title": "Order",
    "description": "An order.",
    "properties": {
        "id": {"type": "string", "format": "uuid", "x-ms-summary": "ID"},
        "owner": {"$ref": "#/definitions/Person"},
        "lines": {"type": "array", "x-ms-summary": "Lines", "items": {"$ref": "#/definitions/Line"}},
        "notes": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"text": {"type": "string"}, "at": {"type": "string", "format": "date-time"}},
            },
        },
        "matrix": {"type": "array", "items": {"type": "array", "items": {"type": "integer", "format": "int32"}}},
        "state": {"type": "string", "enum": ["open", "closed"], "description": "Where it is."},
        "secret": {"type": "string", "x-ms-visibility": "internal"},
    },
}
CREATED = {
    "type": "object",
    "required": ["owner"],
    "properties": {
        "owner": {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer", "format": "int32"}}},
        "tags": {"type": "array", "items": {"type": "string", "enum": ["new", "old"]}},
        "lines": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["sku"],
                "properties": {
                    "sku": {"type": "string", "x-ms-summary": "SKU"},
                    "parts": {
                        "type": "array",
                        "items": {"type": "object", "properties": {"number": {"type": "integer"}}},
                    },
                },
            },
        },
        "state": {
            "type": "string",
            "enum": ["o", "c"],
            "x-ms-enum-values": [{"value": "o", "displayName": "Open"}, {"value": "c", "displayName": "Closed"}],
            "default": "o",
            "description": "Where it is",
        },
        "custom": {
            "type": "object",
            "x-ms-dynamic-schema": {"operationId": "GetSchema", "parameters": {}, "value-path": "schema"},
        },
    },
}
OK = {"description": "OK"}
PATHS: dict[str, Any] = {
    "/orders": {
        "get": {
            "operationId": "ListOrders",
            "summary": "List orders",
            "description": "Lists the orders.",
            "parameters": [
                {"name": "limit", "in": "query", "type": "integer", "format": "int32", "default": 10},
                {"name": "all", "in": "query", "type": "boolean", "x-ms-summary": "All", "default": False},
                {"name": "X-Trace", "in": "header", "type": "string", "x-ms-visibility": "internal", "default": "1"},
            ],
            "responses": {
                "200": {
                    **OK,
                    "schema": {"type": "array", "items": {"$ref": "#/definitions/Order"}},
                    "headers": {"X-Count": {"type": "integer", "description": "How many"}},
                }
            },
        },
        "post": {
            "operationId": "CreateOrder",
            "summary": "Create order",
            "description": "Creates an order.",
            "parameters": [{"name": "body", "in": "body", "required": True, "schema": CREATED}],
            "responses": {
                "201": {
                    "description": "Created",
                    "schema": {"type": "object", "properties": {"id": {"type": "string"}, "of": {"type": "object", "properties": {"a b": {"type": "number"}}}}},
                    "examples": {"application/json": {"id": "7 ``` </pre>"}},
                }
            },
        },
    },
    "/orders/{id}": {
        "parameters": [{"name": "id", "in": "path", "required": True, "type": "string", "x-ms-summary": "Order ID"}],
        "get": {
            "operationId": "GetOrder",
            "summary": "Get order",
            "description": "Gets an order.",
            "deprecated": True,
            "x-ms-api-annotation": {"family": "GetOrder", "revision": 1, "replacement": {"api": "orders", "operationId": "GetOrderV2"}},
            "responses": {"200": {**OK, "schema": {"$ref": "#/definitions/Order"}}},
        },
        "delete": {"operationId": "DeleteOrder", "summary": "Delete order", "responses": {"204": {"description": "Gone"}}},
    },
    "/v2/orders/{id}": {
        "get": {
            "operationId": "GetOrderV2",
            "summary": "Get order",
            "description": "Gets an order (V2).",
            "parameters": [{"name": "id", "in": "path", "required": True, "type": "string"}],
            "responses": {"200": {**OK, "schema": {"$ref": "#/definitions/Order"}}, "404": {"description": "None"}},
        }
    },
    "/orders/{id}/file": {
        "get": {
            "operationId": "GetFile",
            "summary": "Get file",
            "parameters": [{"name": "id", "in": "path", "required": True, "type": "string"}],
            "responses": {"200": {**OK, "schema": {"type": "string", "format": "binary"}}},
        }
    },
    "/report": {
        "get": {
            "operationId": "GetReport",
            "summary": "Get report",
            "responses": {
                "200": {
                    **OK,
                    "schema": {
                        "type": "object",
                        "x-ms-dynamic-schema": {"operationId": "GetSchema", "parameters": {}, "value-path": "schema"},
                    },
                }
            },
        }
    },
    "/schema": {
        "get": {"operationId": "GetSchema", "summary": "Get schema", "x-ms-visibility": "internal", "responses": {"200": OK}}
    },
    "/hooks": {
        "x-ms-notification-content": {"description": "The order.", "schema": {"$ref": "#/definitions/Order"}},
        "post": {
            "operationId": "WhenOrderArrives",
            "summary": "When an order arrives",
            "description": "Runs when an order arrives.",
            "x-ms-trigger": "single",
            "parameters": [
                {
                    "name": "body",
                    "in": "body",
                    "required": True,
                    "schema": {
                        "type": "object",
                        "required": ["url"],
                        "properties": {
                            "url": {"type": "string", "x-ms-notification-url": True, "x-ms-visibility": "internal"},
                            "kind": {"type": "string"},
                        },
                    },
                }
            ],
            "responses": {"201": {"description": "Subscribed"}},
        },
    },
    "/new-orders": {
        "get": {
            "operationId": "WhenOrdersChange",
            "summary": "When orders change",
            "x-ms-trigger": "batch",
            "responses": {
                "200": {**OK, "schema": {"type": "object", "properties": {"value": {"type": "array", "items": {"$ref": "#/definitions/Line"}}}}}
            },
        }
    },
}  # fmt: skip
DEFINITION: dict[str, Any] = {
    "swagger": "2.0",
    "info": {
        "title": "Contoso Orders",
        "description": "Reads and writes orders.",
        "version": "1.2",
        "contact": {"name": "Contoso Support", "url": "https://contoso.example/help", "email": "help@contoso.example"},
    },
    "host": "orders.contoso.example",
    "paths": PATHS,
    "definitions": {
        "Order": ORDER,
        "Line": LINE,
        "Person": {"type": "object", "title": "Owner", "properties": {"id": {"type": "integer"}}},
        "Unused": {"type": "object"},
    },
    "x-ms-connector-metadata": [
        {"propertyName": "Website", "propertyValue": "https://contoso.example"},
        {"propertyName": "Privacy policy", "propertyValue": "https://contoso.example/privacy"},
        {"propertyName": "Categories", "propertyValue": "Productivity"},
    ],
}
PROPERTIES: dict[str, Any] = {
    "properties": {
        "publisher": "Contoso",
        "connectionParameterSets": {
            "uiDefinition": {"displayName": "How to sign in"},
            "values": [
                {
                    "name": "key",
                    "uiDefinition": {"displayName": "With a key", "description": "Use a key."},
                    "metadata": {"allowSharing": True},
                    "parameters": {
                        "api_key": {
                            "type": "securestring",
                            "uiDefinition": {
                                "displayName": "Key",
                                "description": "The key of your account",
                                "constraints": {"required": "true"},
                            },
                        },
                        "region": {
                            "type": "string",
                            "uiDefinition": {
                                "displayName": "Region",
                                "constraints": {"allowedValues": [{"text": "Europe", "value": "eu"}]},
                            },
                        },
                    },
                },
                {
                    "name": "oauth",
                    "uiDefinition": {"displayName": "With your account"},
                    "parameters": {"token": {"type": "oauthSetting", "oAuthSettings": {"identityProvider": "oauth2"}}},
                },
            ],
        },
    }
}


def whole() -> Package:
    """Returns the connector."""
    package = bare(DEFINITION, PROPERTIES)
    package.samples = [Sample("GetOrderV2", "200", {"id": "1", "owner": {"id": 7}})]
    return package
