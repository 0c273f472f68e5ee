"""A definition with each of the platform's features and without a finding, for tests that plant one defect in it."""

import json
from typing import Any

_METADATA = {
    "Website": "https://contoso.example",
    "Privacy policy": "https://contoso.example/privacy",
    "Categories": "Data",
}
_SHOPS = {"value-collection": "value", "value-path": "id", "value-title": "name"}
_SHOP_PATHS = {"itemsPath": "value", "itemValuePath": "id", "itemTitlePath": "name"}


def _named(name: str, place: str, label: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "in": place, "x-ms-summary": label, "description": f"What '{label}' is for.", **more}


def _path(name: str, label: str) -> dict[str, Any]:
    return _named(name, "path", label, required=True, type="string", **{"x-ms-url-encoding": "single"})


def _body(schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": "body", "in": "body", "required": True, "schema": schema}


def _operation(name: str, summary: str, answer: Any, *parameters: Any, status: str = "200", **more: Any) -> Any:
    response = {"description": "Done."} | ({} if answer is None else {"schema": answer})
    return {
        "operationId": name,
        "summary": summary,
        "description": f"What '{summary}' does in the shop.",
        **({"parameters": list(parameters)} if parameters else {}),
        "responses": {status: response},
        **{f"x-ms-{key}": value for key, value in more.items()},
    }


def _object(required: list[str] | None = None, **properties: Any) -> dict[str, Any]:
    needed = {"required": required} if required else {}
    return {"type": "object", **needed, "properties": properties}


def _text(title: str, **more: Any) -> dict[str, Any]:
    return {"type": "string", "title": title, "description": f"The {title.lower()}.", **more}


def _number(title: str, **more: Any) -> dict[str, Any]:
    return {"type": "integer", "format": "int32", "title": title, "description": f"The {title.lower()}.", **more}


def _array(items: Any, **more: Any) -> dict[str, Any]:
    return {"type": "array", "items": items, **more}


def _ref(name: str, among: str = "definitions") -> dict[str, str]:
    return {"$ref": f"#/{among}/{name}"}


def _shop() -> dict[str, Any]:
    of_region = {"region": {"parameter": "region"}}
    return _named(
        "shop",
        "query",
        "Shop",
        type="string",
        **{
            "x-ms-dynamic-values": {"operationId": "ListShops", "parameters": of_region, **_SHOPS},
            "x-ms-dynamic-list": {
                "operationId": "ListShops",
                "parameters": {"region": {"parameterReference": "region"}},
                **_SHOP_PATHS,
            },
        },
    )


def _orders() -> dict[str, Any]:
    region = _named("region", "query", "Region", type="string", required=True)
    top = _named("top", "query", "Most", type="integer", format="int32", minimum=1, maximum=100, default=10)
    names = [{"value": "open", "displayName": "Open"}, {"value": "closed", "displayName": "Closed"}]
    state = _named(
        "state",
        "query",
        "State",
        type="string",
        enum=["open", "closed"],
        **{"x-ms-enum-values": names, "default": "open"},
    )
    tags = _named(
        "tags", "query", "Tags", type="array", items={"type": "string", "maxLength": 9}, collectionFormat="csv"
    )
    page = _object(value=_array(_ref("Order")), nextLink=_text("Next page"))
    parameters = (region, _shop(), top, state, tags, _ref("Trace", "parameters"))
    listed = _operation("ListOrders", "List orders", page, *parameters, pageable={"nextLinkName": "nextLink"})
    listed["responses"]["404"] = _ref("NotFound", "responses")
    created = _operation("CreateOrder", "Create an order", _ref("Order"), _body(_ref("NewOrder")), status="201")
    return {"get": listed, "post": created}


def _reports() -> dict[str, Any]:
    old = _operation("ListReports", "List reports (old)", _array(_ref("Line")))
    old["deprecated"] = True
    replacement = {"api": "Orders", "operationId": "ListReports_V2"}
    old["x-ms-api-annotation"] = {"family": "ListReports", "revision": 1, "replacement": replacement}
    new = _operation("ListReports_V2", "List reports", _array(_ref("Line")))
    new["x-ms-api-annotation"] = {"family": "ListReports", "revision": 2}
    return {"/v1reports": {"get": old}, "/reports": {"get": new}}


def _hooks() -> dict[str, Any]:
    url = {"type": "string", "x-ms-notification-url": True, "x-ms-visibility": "internal"}
    start = _operation(
        "WhenOrdered",
        "When an order is placed",
        None,
        _body(_object(["url"], url=url, event=_text("Event"))),
        status="201",
        trigger="single",
    )
    end = _operation("EndHook", "Ends a hook", None, _path("hook", "Hook"), visibility="internal")
    sent = {"description": "What the shop sends.", "schema": _object(order=_ref("Order"))}
    return {"/hooks": {"x-ms-notification-content": sent, "post": start}, "/hooks/{hook}": {"delete": end}}


def _folders() -> dict[str, Any]:
    paths = {"operationId": "ListFolder", "itemValuePath": "id", "itemTitlePath": "name", "itemFullTitlePath": "name"}
    opened = {**paths, "parameters": {"id": {"value": "root"}}}
    browsed = {**paths, "parameters": {"id": {"selectedItemValuePath": "id"}}}
    tree = {"settings": {"canSelectParentNodes": True, "canSelectLeafNodes": True}, "open": opened, "browse": browsed}
    folder = _named("folder", "query", "Folder", type="string", required=True, **{"x-ms-dynamic-tree": tree})
    version = {"name": "version", "in": "query", "type": "string", "required": True, "default": "2"}
    node = _object(id=_text("Id"), name=_text("Name"))
    return {
        "/folder": {"get": _operation("GetFolder", "Get a folder", node, folder, version | {"x-ms-visibility": "internal"})},
        "/folders": {
            "get": _operation(
                "ListFolder", "List a folder", _array(node), _named("id", "query", "Id", type="string", required=True), visibility="internal"
            )
        },
    }  # fmt: skip


def _forms() -> dict[str, Any]:
    form = _named("form", "query", "Form", type="string", required=True)
    filled = {
        "type": "object",
        "x-ms-dynamic-schema": {
            "operationId": "GetForm",
            "parameters": {"form": {"parameter": "form"}},
            "value-path": "schema",
        },
        "x-ms-dynamic-properties": {
            "operationId": "GetForm",
            "parameters": {"form": {"parameterReference": "form"}},
            "itemValuePath": "schema",
        },
    }
    schema = _object(schema={"type": "object"})
    return {
        "/forms": {"post": _operation("FillForm", "Fill in a form", None, form, _body(filled))},
        "/form": {"get": _operation("GetForm", "Get a form", schema, dict(form), visibility="internal")},
    }


def _files() -> dict[str, Any]:
    upload = _operation(
        "UploadFile",
        "Upload a file",
        _object(id=_text("Id")),
        _named("file", "formData", "File", type="file", required=True),
        _named("comment", "formData", "Comment", type="string"),
    )
    upload["consumes"] = ["multipart/form-data"]
    get = _operation("GetFile", "Get a file", {"type": "string", "format": "binary"}, _path("file", "File"))
    return {"/files": {"post": upload}, "/files/{file}/content": {"get": get}}


def _paths() -> dict[str, Any]:
    shops = _operation(
        "ListShops",
        "List shops",
        _object(value=_array(_object(id=_text("Id"), name=_text("Name")))),
        _named("region", "query", "Region", type="string", required=True),
    )
    change = _operation("OnChange", "When an order changes", _array(_ref("Order")), trigger="batch")
    return {
        "/orders": _orders(),
        "/orders/{order}": {"get": _operation("GetOrder", "Get an order", _ref("Order"), _path("order", "Order"))},
        "/shops": {"get": shops},
        "/changes": {"get": change},
        **_reports(),
        **_hooks(),
        **_folders(),
        **_forms(),
        **_files(),
        "/ping": {"get": _operation("Ping", "Ping the shop", _object(alive={"type": "boolean"}))},
    }


def _definitions() -> dict[str, Any]:
    line = _object(
        ["item"], item=_text("Item", minLength=1, maxLength=40), count=_number("Count", minimum=1, maximum=99)
    )
    order = _object(
        ["id"],
        id=_number("Id"),
        placed=_text("Placed", format="date-time"),
        lines=_array(_ref("Line"), title="Lines"),
        more={"type": "object", "additionalProperties": {"type": "string"}},
    )
    new = _object(
        ["lines"],
        lines=_array(_ref("Line"), title="Lines", minItems=1, maxItems=9),
        kind=_text("Kind", enum=["gift", "sale"], default="sale"),
        price={"type": "number", "format": "double", "title": "Price", "multipleOf": 0.5},
        code=_text("Code", pattern="^[A-Z]+$"),
    )
    return {"Line": line, "Order": order, "NewOrder": new}


def clean_definition() -> dict[str, Any]:
    """Returns the definition, as one that tests may change."""
    contact = {"name": "Contoso", "url": "https://contoso.example", "email": "help@contoso.example"}
    metadata = [{"propertyName": name, "propertyValue": value} for name, value in _METADATA.items()]
    login = {
        "type": "oauth2",
        "flow": "accessCode",
        "authorizationUrl": "https://login.contoso.example/authorize",
        "tokenUrl": "https://login.contoso.example/token",
        "scopes": {"read": "Read orders", "write": "Write orders"},
    }
    made: dict[str, Any] = {
        "swagger": "2.0",
        "info": {
            "title": "Orders",
            "description": "Reads and writes the orders of a shop.",
            "version": "1.0",
            "contact": contact,
        },
        "host": "api.contoso.example",
        "basePath": "/v1",
        "schemes": ["https"],
        "consumes": ["application/json"],
        "produces": ["application/json"],
        "paths": _paths(),
        "definitions": _definitions(),
        "parameters": {"Trace": _named("x-trace", "header", "Trace", type="string")},
        "responses": {"NotFound": {"description": "There is none."}},
        "securityDefinitions": {"login": login},
        "security": [{"login": ["read"]}],
        "tags": [{"name": "orders", "description": "Orders."}],
        "externalDocs": {"url": "https://contoso.example/docs"},
        "x-ms-capabilities": {"testConnection": {"operationId": "Ping"}},
        "x-ms-connector-metadata": metadata,
    }
    copied: dict[str, Any] = json.loads(json.dumps(made))  # no part is shared
    return copied
