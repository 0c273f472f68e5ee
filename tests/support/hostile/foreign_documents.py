"""Small documents of every other format that `import` reads, which use as much of each as fits, to be damaged."""

import json
from typing import Any

from connector_builder.source.yaml_writer import write_yaml

Entries = dict[str, Any]

_ORDER: Entries = {
    "type": "object",
    "required": ["id", "state"],
    "properties": {
        "id": {"type": "integer", "format": "int64", "readOnly": True},
        "state": {"type": "string", "enum": ["open", "closed"], "default": "open"},
        "parent": {"$ref": "#/components/schemas/Order"},
        "payment": {
            "oneOf": [{"$ref": "#/components/schemas/Card"}, {"type": "string", "nullable": True}],
            "discriminator": {"propertyName": "kind", "mapping": {"card": "#/components/schemas/Card"}},
        },
        "lines": {"type": "array", "minItems": 1, "items": {"allOf": [{"$ref": "#/components/schemas/Line"}, {"title": "x"}]}},
        "extra": {"type": "object", "additionalProperties": {"type": "number", "minimum": 0, "exclusiveMinimum": True}},
    },
}  # fmt: skip
OPENAPI: Entries = {
    "openapi": "3.0.3",
    "info": {"title": "Orders", "version": "1.0", "description": "Reads *orders*.", "contact": {"name": "Contoso"}},
    "servers": [{"url": "https://{region}.contoso.example/v1", "variables": {"region": {"default": "eu", "enum": ["eu", "us"]}}}],
    "tags": [{"name": "Orders", "description": "All orders."}],
    "security": [{"key": []}, {"oauth": ["read"]}],
    "paths": {
        "/orders": {
            "parameters": [{"$ref": "#/components/parameters/tenant"}],
            "get": {
                "operationId": "listOrders",
                "tags": ["Orders"],
                "parameters": [
                    {"name": "ids", "in": "query", "explode": True, "schema": {"type": "array", "items": {"type": "integer"}}},
                    {"name": "filter", "in": "query", "style": "deepObject", "schema": {"type": "object", "properties": {"a": {"type": "string"}}}},
                    {"name": "session", "in": "cookie", "schema": {"type": "string"}},
                ],
                "responses": {
                    "200": {"description": "OK", "headers": {"X-Total": {"schema": {"type": "integer"}}}, "content": {"application/json": {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/Order"}}}}},
                    "4XX": {"$ref": "#/components/responses/Error"},
                },
            },
            "post": {
                "summary": "Create an order",
                "requestBody": {"required": True, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Order"}, "example": {"state": "open"}}, "text/csv": {"schema": {"type": "string"}}}},
                "responses": {"201": {"description": "Created", "content": {"application/json": {"schema": {"anyOf": [{"$ref": "#/components/schemas/Order"}, {"$ref": "#/components/schemas/Card"}]}}}}},
                "callbacks": {"done": {"{$request.body#/url}": {"post": {"responses": {"200": {"description": "OK"}}}}}},
            },
        },
        "/orders/{id}/file": {
            "servers": [{"url": "https://files.contoso.example/"}],
            "put": {
                "operationId": "upload",
                "deprecated": False,
                "parameters": [{"name": "id", "in": "path", "required": True, "content": {"application/json": {"schema": {"type": "string"}}}}],
                "requestBody": {"content": {"multipart/form-data": {"schema": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}, "note": {"type": "string"}}}, "encoding": {"file": {"contentType": "image/png"}}}}},
                "responses": {"default": {"description": ""}},
            },
        },
    },
    "components": {
        "schemas": {
            "Order": _ORDER,
            "Line": {"allOf": [{"$ref": "#/components/schemas/Base"}, {"type": "object", "properties": {"count": {"type": "integer"}}}]},
            "Base": {"type": "object", "properties": {"name": {"type": "string", "maxLength": 10, "pattern": "^a"}}},
            "Card": {"type": "object", "properties": {"kind": {"type": "string"}, "number": {"type": "string", "format": "card"}}, "not": {"type": "string"}},
        },
        "parameters": {"tenant": {"name": "X-Tenant", "in": "header", "schema": {"type": "string"}}},
        "responses": {"Error": {"description": "Error", "content": {"application/problem+json": {"schema": {"type": "object"}}}}},
        "securitySchemes": {
            "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
            "oauth": {"type": "oauth2", "flows": {"authorizationCode": {"authorizationUrl": "https://a.example/authorize", "tokenUrl": "https://a.example/token", "scopes": {"read": "Read"}}}},
            "basic": {"type": "http", "scheme": "basic"},
        },
    },
}  # fmt: skip
OPENAPI31: Entries = {
    "openapi": "3.1.0",
    "info": {"title": "Notes", "version": "2"},
    "servers": [{"url": "https://notes.contoso.example"}],
    "webhooks": {"created": {"post": {"responses": {"200": {"description": "OK"}}}}},
    "paths": {
        "/notes/{id}": {
            "get": {
                "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": ["string", "null"]}}],
                "responses": {"200": {"description": "OK", "content": {"application/json": {"schema": {"$defs": {"a": {"const": 5}}, "type": "object", "properties": {"a": {"$ref": "#/$defs/a"}, "b": {"prefixItems": [{"type": "integer"}], "type": "array"}, "c": {"if": {"type": "string"}, "then": {"minLength": 1}}}, "patternProperties": {"^x": True}, "unevaluatedProperties": False}}}}},
            }
        }
    },
}  # fmt: skip
POSTMAN: Entries = {
    "info": {"name": "Orders", "description": {"content": "Reads orders."}, "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
    "variable": [{"key": "base", "value": "https://api.contoso.example/v1"}],
    "auth": {"type": "apikey", "apikey": [{"key": "key", "value": "X-Key"}, {"key": "value", "value": "k"}, {"key": "in", "value": "header"}]},
    "event": [{"listen": "test", "script": {"exec": ["pm.test()"]}}],
    "item": [
        {"name": "Orders", "auth": {"type": "oauth2", "oauth2": [{"key": "authUrl", "value": "https://a.example/authorize"}]}, "item": [
            {"name": "Get all orders", "request": {"method": "GET", "url": {"raw": "{{base}}/orders?top=5", "host": ["{{base}}"], "path": ["orders", ":id"], "query": [{"key": "top", "value": "5", "disabled": True}], "variable": [{"key": "id", "value": "1"}]}, "header": [{"key": "X-A", "value": "1"}]},
             "response": [{"code": 200, "status": "OK", "header": [{"key": "Content-Type", "value": "application/json"}], "body": '[{"id": 1}]', "originalRequest": {"method": "GET", "url": "{{base}}/orders"}}]},
            {"name": "Create order", "request": {"method": "POST", "url": "{{base}}/orders", "body": {"mode": "raw", "raw": '{"name": {{name}}, "total": 5}', "options": {"raw": {"language": "json"}}}}},
        ]},
        {"name": "Form", "request": {"method": "POST", "url": "{{base}}/form", "body": {"mode": "formdata", "formdata": [{"key": "a", "type": "file", "src": "/etc/hosts"}, {"key": "b", "value": "c"}]}}},
        {"name": "Ask", "request": {"method": "POST", "url": "{{base}}/graphql", "body": {"mode": "graphql", "graphql": {"query": "{a}", "variables": "{}"}}}},
    ],
}  # fmt: skip
HAR: Entries = {
    "log": {
        "version": "1.2",
        "creator": {"name": "Browser", "version": "1"},
        "entries": [
            {
                "_resourceType": "fetch",
                "startedDateTime": "2026-01-01T00:00:00Z",
                "request": {"method": "POST", "url": "https://api.contoso.example/v2/orders/17/notes?page=2", "headers": [{"name": "Authorization", "value": "Bearer x"}], "queryString": [{"name": "page", "value": "2"}], "cookies": [], "postData": {"mimeType": "application/json", "text": '{"text": "Hello"}'}},
                "response": {"status": 201, "headers": [], "content": {"mimeType": "application/json", "encoding": "base64", "text": "eyJpZCI6IDV9"}},
            },
            {
                "request": {"method": "POST", "url": "https://api.contoso.example/v2/form", "headers": [], "postData": {"mimeType": "application/x-www-form-urlencoded", "params": [{"name": "a", "value": "b"}]}},
                "response": {"status": 200, "content": {"mimeType": "image/png", "text": "\ufffd\ufffd"}},
            },
            {"request": {"method": "GET", "url": "https://api.contoso.example/v2/orders"}, "response": {"status": 404, "content": {"mimeType": "application/json", "text": '{"error": [null, {}]}'}}},
        ],
    }
}  # fmt: skip
CURL = """\
# List orders
curl 'https://api.contoso.example/v1/orders?top=5' -H 'X-Key: k' -u user:pass --compressed
curl -X POST https://api.contoso.example/v1/orders \\
  -H "Content-Type: application/json" -b 'a=b' \\
  --data-raw $'{"name": "A\\u0041"}' | jq .
curl.exe ^"https://api.contoso.example/v1/files^" -F file=@photo.png -F "note=a b"
curl -G https://api.contoso.example/v1/search --data-urlencode "q=$QUERY" --url-query 'a=b' <<< '{}'
"""
HTTP = """\
@host = https://api.contoso.example

### List orders
GET {{host}}/orders
  ?top=5
X-Key: abc

###
# @name createOrder
POST {{host}}/orders HTTP/1.1
Content-Type: application/json

{"name": "A", "lines": [{"id": {{id}}}]}
"""


def documents() -> dict[str, bytes]:
    """Returns the documents by their file names."""
    return {
        "orders.json": json.dumps(OPENAPI, indent=1).encode(),
        "orders.yaml": write_yaml(OPENAPI).encode(),
        "notes.json": json.dumps(OPENAPI31, indent=1).encode(),
        "collection.json": json.dumps(POSTMAN, indent=1).encode(),
        "recording.har": json.dumps(HAR, indent=1).encode(),
        "commands.curl": CURL.encode(),
        "requests.http": HTTP.encode(),
    }
