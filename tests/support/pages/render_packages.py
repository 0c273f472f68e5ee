"""Packages for the tests of rendering."""

from pathlib import Path
from typing import Any

from connector_builder.package import Package

OPERATIONS: dict[str, Any] = {
    "/orders": {
        "get": {
            "operationId": "ListOrders",
            "summary": "List orders",
            "description": "Lists the orders, newest first.",
            "x-ms-visibility": "advanced",
            "parameters": [
                {"$ref": "#/parameters/Top"},
                {"name": "$filter", "in": "query", "required": False, "type": "string", "x-ms-summary": "Filter"},
                {"name": "api-version", "in": "query", "type": "string", "x-ms-visibility": "internal"},
                {"name": "ids", "in": "query", "type": "array", "items": {"type": "string"}},
            ],
            "responses": {"200": {"description": "OK"}},
        },
        "post": {
            "operationId": "CreateOrder",
            "summary": "Create an order",
            "description": "Makes a new order.",
            "x-ms-visibility": "important",
            "parameters": [{"name": "body", "in": "body", "required": True, "schema": {"$ref": "#/definitions/Order"}}],
            "responses": {"201": {"description": "Created"}},
        },
    },
    "/orders/{id}": {
        "parameters": [
            {"name": "id", "in": "path", "required": True, "type": "string", "x-ms-summary": "Order", "format": "uuid"}
        ],
        "get": {"operationId": "GetOrder", "deprecated": True, "responses": {"200": {"description": "OK"}}},
        "put": {
            "operationId": "PutOrder",
            "summary": "Replace an order",
            "parameters": [{"name": "body", "in": "body", "schema": {"type": "array", "description": "All lines."}}],
        },
    },
    "/statuses": {"get": {"operationId": "ListStatuses", "summary": "List statuses", "x-ms-visibility": "internal"}},
    "/hooks": {
        "x-ms-notification-content": {"schema": {"type": "object"}},
        "post": {
            "operationId": "WhenOrderArrives",
            "summary": "When an order arrives",
            "description": "Starts a flow when an order arrives.",
            "x-ms-trigger": "single",
        },
    },
    "/new-orders": {
        "get": {"operationId": "WhenOrdersChange", "summary": "When orders change", "x-ms-trigger": "batch"},
    },
}


def package(
    parameters: Any = None, *, security: dict[str, Any] | None = None, sets: Any = None, **properties: Any
) -> Package:
    """Returns a connector for orders, with these connection parameters, security definitions and other properties."""
    definition = {
        "swagger": "2.0",
        "info": {
            "title": "Contoso Orders",
            "description": "Reads and writes the orders of Contoso & Sons.",
            "version": "1.0.0",
            "contact": {"name": "Contoso Support", "url": "https://contoso.example/help"},
        },
        "host": "orders.contoso.example",
        "basePath": "/v1",
        "schemes": ["https"],
        "paths": OPERATIONS,
        "definitions": {
            "Order": {
                "type": "object",
                "required": ["number"],
                "properties": {
                    "number": {"type": "integer", "format": "int32", "title": "Number", "description": "Its number."},
                    "status": {"$ref": "#/definitions/Status"},
                    "source": {"type": "string", "x-ms-visibility": "internal"},
                },
            },
            "Status": {"type": "string", "x-ms-summary": "Status"},
        },
        "parameters": {"Top": {"name": "$top", "in": "query", "type": "integer", "x-ms-summary": "Page size"}},
        "securityDefinitions": security or {},
        "x-ms-connector-metadata": [
            {"propertyName": "Website", "propertyValue": "https://contoso.example"},
            {"propertyName": "Privacy policy", "propertyValue": "https://contoso.example/privacy"},
            {"propertyName": "Categories", "propertyValue": "Commerce"},
        ],
    }
    inner = {"connectionParameters": parameters or {}, "iconBrandColor": "#0b556a", "capabilities": [], **properties}
    if sets is not None:
        inner["connectionParameterSets"] = sets
    return bare(definition, {"properties": inner})


def bare(definition: Any, properties: Any) -> Package:
    """Returns a package of two documents of any shape."""
    return Package("orders", Path("orders.yaml"), definition, properties, lambda _document, pointers: {})


def oauth(provider: str, mode: str = "Global", **custom: str) -> dict[str, Any]:
    """Returns the connection parameter `token` of a sign-in."""
    settings = {
        "identityProvider": provider,
        "clientId": "00000000-0000-0000-0000-000000000000",
        "scopes": ["orders.read orders.write", "offline_access"],
        "redirectMode": mode,
        "redirectUrl": "https://global.consent.azure-apim.net/redirect",
        "customParameters": {key: {"value": value} for key, value in custom.items()},
    }
    return {"token": {"type": "oauthSetting", "oAuthSettings": settings}}


FEDERATED: dict[str, Any] = {
    "token": {
        "type": "oauthSetting",
        "oAuthSettings": {
            "identityProvider": "aad",
            "clientId": "c0ffee00-3333-4444-8555-666666666666",
            "clientAssertionType": "GenericFederatedIdentityCredential",
            "scopes": ["https://service.flow.microsoft.com//.default"],
            "redirectMode": "GlobalPerConnector",
            "properties": {
                "IsFirstParty": "False",
                "AzureActiveDirectoryResourceId": "https://service.flow.microsoft.com/",
                "FederatedIdentityCredentials": {
                    "Issuer": "https://login.microsoftonline.com/0f0f0f0f-1111-4222-8333-444444444444/v2.0",
                    "Subject": "",
                    "Audience": "api://AzureADTokenExchange",
                },
            },
            "customParameters": {
                "LoginUri": {"value": "https://login.microsoftonline.com"},
                "TenantId": {"value": "0f0f0f0f-1111-4222-8333-444444444444"},
                "ResourceUri": {"value": "https://service.flow.microsoft.com/"},
                "EnableOnbehalfOfLogin": {"value": "false"},
                "grantType": {"value": "authorization_code_with_federated_identity_credentials"},
            },
        },
    }
}
"""A sign-in with a federated credential instead of a secret, as connectors are exported."""
API_KEY = {
    "api_key": {
        "type": "securestring",
        "uiDefinition": {
            "displayName": "API key",
            "description": "The key of your shop.",
            "constraints": {"required": "true", "clearText": False, "tabIndex": 2},
        },
    }
}
BASIC = {
    "username": {
        "type": "securestring",
        "uiDefinition": {"displayName": "User name", "constraints": {"required": "true"}},
    },
    "password": {
        "type": "securestring",
        "uiDefinition": {"displayName": "Password", "constraints": {"required": "true"}},
    },
}
TENANT = {
    "token:TenantId": {
        "type": "string",
        "metadata": {"sourceType": "AzureActiveDirectoryTenant"},
        "uiDefinition": {"constraints": {"required": "false", "hidden": "true"}},
    }
}

HOSTILE = [
    "<script>alert(1)</script>",
    "](http://x)",
    "[click](javascript:alert(1))",
    "![](https://x.example/pixel.png)",
    "a | b",
    "one\ntwo\r\n\r\n# three",
    "##vso[task.setvariable variable=x]y",
    "::error::x",
    "&lt;b&gt; &amp; &#35;",
    "<!-- comment",
    "]]>",
    "`code` ``",
    "*a* **b** _c_ __d__ ~~e~~",
    "# title #",
    "- item",
    "+ item",
    "1. one",
    "12) twelve",
    "> quote",
    "===",
    "---",
    "```",
    "    indented",
    "\\",
    "\\|",
    "a\\",
    "https://x.example",
    "www.x.example",
    "<https://x.example>",
    "[1]: https://x.example",
    "$x$ and $y$",
    "::: danger",
    "|---|---|",
    "C&#35;",
]
"""Texts that mean something in Markdown, HTML or a log unless they are escaped."""
