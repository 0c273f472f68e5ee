"""Fragments of a definition and of apiProperties that break a rule in a way that has a fix, where its docs show another."""

from typing import Any

Fragments = tuple[dict[str, Any], dict[str, Any]]


def _operation(*parameters: dict[str, Any], verb: str = "get", path: str = "/orders", **keys: Any) -> dict[str, Any]:
    """Returns the definition of one operation."""
    said: dict[str, Any] = {
        "operationId": "ListOrders",
        "summary": "List orders",
        "description": "Returns the orders.",
        **keys,
    }
    return {"paths": {path: {verb: {**said, "parameters": list(parameters)} if parameters else said}}}


def _query(name: str, **keys: Any) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "x-ms-summary": name.title(),
        "description": "What to find.",
        "type": "string",
        **keys,
    }


def _order(**keys: Any) -> dict[str, Any]:
    """Returns a definition with one schema."""
    return {"definitions": {"Order": keys}}


def _policy(template: str, title: str = "Set it", **parameters: Any) -> dict[str, Any]:
    """Returns a policy; `_section` and `_operations` are the platform's own parameters."""
    names = {"_section": "x-ms-apimTemplate-policySection", "_operations": "x-ms-apimTemplate-operationName"}
    said = {names.get(name, f"x-ms-apimTemplateParameter.{name}"): value for name, value in parameters.items()}
    return {"templateId": template, "title": title, "parameters": said}


def _with_policy(*policies: dict[str, Any], **parameters: Any) -> dict[str, Any]:
    """Returns apiProperties with policies, and connection parameters."""
    return {"properties": {"connectionParameters": parameters, "policyTemplateInstances": list(policies)}}


def _sign_in(**settings: Any) -> dict[str, Any]:
    """Returns apiProperties with a sign-in by OAuth."""
    return {"properties": {"connectionParameters": {"token": {"type": "oauthSetting", "oAuthSettings": settings}}}}


def _oauth(**addresses: str) -> dict[str, Any]:
    whole = {
        "authorizationUrl": "https://login.contoso.example/authorize",
        "tokenUrl": "https://login.contoso.example/token",
        "refreshUrl": "https://login.contoso.example/token",
    }
    said = {name: {"value": value} for name, value in {**whole, **addresses}.items()}
    return _sign_in(identityProvider="oauth2", customParameters=said)


_BUYERS = {
    "type": "array",
    "items": {"type": "object", "properties": {"id": {"type": "string"}, "name": {"type": "string"}}},
}


def _picked(schema: dict[str, Any], *inputs: dict[str, Any], **call: Any) -> dict[str, Any]:
    """Returns the definition of an operation with a dropdown, and of the one that it calls."""
    values: dict[str, Any] = {"operationId": "ListBuyers", "value-path": "id", "value-title": "name", **call}
    orders = _operation(_query("buyer", **{"x-ms-dynamic-values": values}))["paths"]
    buyers = _operation(*inputs, path="/buyers", responses={"200": {"description": "OK", "schema": schema}})["paths"]
    buyers["/buyers"]["get"] |= {"operationId": "ListBuyers", "summary": "List buyers"}
    return {"paths": {**orders, **buyers}}


def _path(name: str, **keys: Any) -> dict[str, Any]:
    said = {"x-ms-summary": "Order", "description": "The order.", "x-ms-url-encoding": "single"}
    return {"name": name, "in": "path", "required": True, "type": "string", **said, **keys}


def _hook(*required: str, body: bool = True, **field: str) -> dict[str, Any]:
    """Returns the definition of a webhook whose body has the field `url`, and the operation that ends it."""
    schema = {"type": "object", "properties": {"url": {"type": "string", "x-ms-notification-url": True, **field}}}
    schema |= {"required": list(required)} if required else {}
    said = {"name": "body", "in": "body", "schema": schema} | ({"required": True} if body else {})
    post = _operation(said, verb="post", consumes=["application/json"], **{"x-ms-trigger": "single"})["paths"][
        "/orders"
    ]["post"]
    content = {"schema": {"type": "object", "properties": {"id": {"type": "string"}}}}
    return {"paths": {"/orders": {"x-ms-notification-content": content, "post": post}}}


def _enum(*values: dict[str, Any]) -> dict[str, Any]:
    return _operation(_query("state", enum=["open", "closed"], **{"x-ms-enum-values": list(values)}))


_OPEN, _CLOSED = {"value": "open", "displayName": "Open"}, {"value": "closed", "displayName": "Closed"}
_LOGIN = {"type": "oauth2", "flow": "accessCode", "authorizationUrl": "https://login.contoso.example/authorize",
          "tokenUrl": "https://login.contoso.example/token", "scopes": {"read": "Read orders"}}  # fmt: skip
_PAGES: dict[str, Any] = {"x-ms-pageable": {"nextLinkName": "next"}}
INTERNAL = {"x-ms-visibility": "internal"}
_HEADER = {"name": "x-client", "value": "flow"}
_SITE = {"type": "string", "uiDefinition": {"displayName": "Site", "description": "The name of your site."}}

SEEDS: dict[str, list[Fragments]] = {
    "AdditionalPropertyNotAllowed": [({"info": {"title": "Orders", "description": "Reads orders.", "version": "1.0"}, "termsOfService": "None."}, {})],
    "SchemeNotSupported": [({"schemes": ["https", "wss"]}, {})],
    "ContactEmailNotValid": [({"info": {"title": "Orders", "description": "Reads orders.", "version": "1.0", "contact": {"email": "help@contoso.example "}}}, {})],
    "ParameterReferenceNotFound": [({**_operation({"$ref": "#/parameters/PageSiz"}), "parameters": {"PageSize": _query("size")}}, {})],
    "ResponseReferenceNotFound": [({**_operation(responses={"200": {"description": "OK"}, "404": {"$ref": "#/responses/NotFond"}}), "responses": {"NotFound": {"description": "None."}}}, {})],
    "SchemaReferenceNotValid": [(_order(type="object", properties={"buyer": {"$ref": "#/components/schemas/Buyer"}}) | {"definitions": {"Order": {"type": "object", "properties": {"buyer": {"$ref": "#/components/schemas/Buyer"}}}, "Buyer": {"type": "object"}}}, {})],
    "ParameterReferenceNotValid": [({**_operation({"$ref": "#/components/parameters/Top"}), "parameters": {"Top": _query("top")}}, {})],
    "ResponseReferenceNotValid": [({**_operation(responses={"200": {"description": "OK"}, "404": {"$ref": "NotFound"}}), "responses": {"NotFound": {"description": "None."}}}, {})],
    "OperationParametersContainDuplicateParameter": [(_operation(_query("top"), _query("top")), {})],
    "PathParametersContainDuplicateParameter": [({"paths": {"/orders": {"parameters": [_query("top"), _query("top")], "get": {"operationId": "ListOrders"}}}}, {})],
    "BodyParameterPropertyNotValid": [(_operation({"name": "body", "in": "body", "format": "binary", "schema": {"type": "string"}}, verb="post", consumes=["application/json"]), {})],
    "RequiredPropertyDefinitionMissing": [(_order(type="object", required=["numbr"], properties={"number": {"type": "string"}}), {})],
    "DefaultValueNotInFormat": [(_order(type="string", format="uuid", default="{00000000-0000-0000-0000-000000000001}"), {}), (_order(type="string", format="date-time", default="2016-01-01 06:30:30Z"), {})],
    "DefaultValueIncomplete": [(_order(type="object", required=["id"], properties={"id": {"type": "string"}}, default={"ID": "A-17"}), {})],
    "SecuritySchemePropertyNotValid": [({"securityDefinitions": {"login": {**{k: v for k, v in _LOGIN.items() if k != "scopes"}, "scope": {"read": "Read orders"}}}, "security": [{"login": []}]}, {})],
    "SecurityRequirementMustBeDefined": [({"securityDefinitions": {"login": _LOGIN}, "security": [{"logn": ["read"]}]}, {})],
    "OAuthSecurityRequirementValueMustBeScopeName": [({"securityDefinitions": {"login": _LOGIN}, "security": [{"login": ["raed"]}]}, {})],
    "OperationPathMayNotContainQueryOrFragment": [(_operation(path="/orders#all"), {})],
    "OperationPathTemplateNotValid": [(_operation(_path("id"), path="/orders/{id"), {})],
    "PathParameterNotDefinedInTemplate": [(_operation(_path("orderID"), path="/orders/{orderId}"), {})],
    "ResponseHeadersAreNotUnique": [({"responses": {"Done": {"description": "Done.", "headers": {"ETag": {"type": "string"}, "Etag": {"type": "string"}}}}}, {})],
    "InvalidEnumValuesExtensionValue": [(_enum({**_OPEN, "value": "Open"}, _CLOSED), {})],
    "DuplicateEnumValuesInExtension": [(_enum(_OPEN, _CLOSED, _OPEN), {})],
    "OperationParameterNameNotFound": [(_picked(_BUYERS, _query("country"), parameters={"countri": "US"}), {})],
    "InvokedOperationShouldProduceArray": [(_picked({"type": "object", "properties": {"value": _BUYERS}}, **{"value-collection": "values"}), {})],
    "InvokedOperationShouldProduceProperty": [(_picked(_BUYERS, **{"value-title": "nmae"}), {})],
    "NotificationUrlNotInternal": [(_hook("url"), {})],
    "NotificationUrlNotRequired": [(_hook(body=True, **INTERNAL), {}), (_hook("url", body=False, **INTERNAL), {})],
    "PolicyOperationNotFound": [({}, _with_policy(_policy("setheader", **_HEADER, _operations=["Pinng"])))],
    "ScriptOperationNotFound": [({}, {"properties": {"connectionParameters": {}, "scriptOperations": ["Pinng"]}})],
    "MimeTypeNotCompatibleWithRequestContentSchemaType": [(_operation({"name": "file", "in": "formData", "type": "file", "x-ms-summary": "File", "description": "A file."}, verb="post", consumes=["application/json"]), {})],
    "ConnectionParameterOwnerMissing": [({}, {"properties": {"connectionParameters": {**_oauth()["properties"]["connectionParameters"], "tokn:TenantId": {"type": "string"}}}})],
    "RedirectModeNotKnown": [({}, _sign_in(identityProvider="github", redirectMode="GlobalPerConector"))],
    "CustomParameterNotKnown": [({}, _sign_in(identityProvider="aad", customParameters={"resourceUri": {"value": "api://contoso-orders"}, "tenantid_": {"value": "common"}}))],
    "OAuthAddressNotValid": [({}, _oauth(tokenUrl="http://login.contoso.example/token")), ({}, _oauth(tokenUrl="login.contoso.example/token"))],
    "OAuthTemplateNotValid": [({}, {"properties": {"connectionParameters": {"token": {"type": "oauthSetting", "oAuthSettings": {"identityProvider": "oauth2generic", "customParameters": {"authorizationUrlTemplate": {"value": "https://{Sitee}.contoso.example/authorize"}, "tokenUrlTemplate": {"value": "https://{Site}.contoso.example/token"}, "refreshUrlTemplate": {"value": "https://{Site}.contoso.example/token"}}}}, "token:Site": _SITE}}})],
    "OAuthAddressesSwapped": [({"securityDefinitions": {"login": {**_LOGIN, "authorizationUrl": _LOGIN["tokenUrl"], "tokenUrl": _LOGIN["authorizationUrl"]}}, "security": [{"login": ["read"]}]}, {})],
    "EntraIdNotValid": [({}, _sign_in(identityProvider="aad", clientId="{2f6f35c8-2b1c-4b6e-9c3a-6a9f5d1b7e42}", customParameters={"tenantId": {"value": "common"}, "resourceUri": {"value": "api://contoso-orders"}}))],
    "PolicySectionNotValid": [({}, _with_policy(_policy("setheader", **_HEADER, _section="request")))],
    "PolicyRoutePlaceNotFound": [(_operation(_path("order"), path="/orders/{order}"), _with_policy(_policy("routerequesttoendpoint", newPath="/all/{ordr}", _operations=["ListOrders"])))],
    "ExpressionFunctionNotKnown": [({}, _with_policy(_policy("setheader", name="x-site", value="@connectionParameter('site')"), site=_SITE))],
    "ExpressionParameterNotFound": [({}, _with_policy(_policy("setheader", name="x-site", value="@connectionParameters('Site')"), site=_SITE))],
    "RequiredReadOnlyPropertyNotAllowedAsInput": [(_operation({"name": "body", "in": "body", "required": True, "schema": {"type": "object", "required": ["id", "number"], "properties": {"id": {"type": "string", "readOnly": True}, "number": {"type": "string"}}}}, verb="post", consumes=["application/json"]), {})],
    "InternalParameterRequiresDefault": [(_operation(_query("version", required=True, enum=["2"], **INTERNAL)), {})],
    "OneOfPropertiesRequired": [({"paths": _picked(_BUYERS, _query("country"))["paths"] | _operation(_query("country"), _query("buyer", **{"x-ms-dynamic-list": {"operationId": "ListBuyers", "itemValuePath": "id", "itemTitlePath": "name", "parameters": {"country": {"parameter": "country"}}}}))["paths"]}, {})],
    "RequiredPropertyMissing": [(_operation({name: value for name, value in _path("id").items() if name != "in"}, path="/orders/{id}"), {})],
    "SecuritySchemePropertyRequired": [({"securityDefinitions": {"login": {name: value for name, value in _LOGIN.items() if name != "flow"}}, "security": [{"login": ["read"]}]}, {})],
    "InvalidNextLinkNameValue": [(_operation(responses={"200": {"description": "OK", "schema": {"type": "object", "properties": {"value": _BUYERS, "nextLink": {"type": "string"}}}}}, **_PAGES), {})],
    "ResponseExampleMustBeProducedByOperation": [(_operation(produces=["application/json"], responses={"200": {"description": "OK", "schema": _BUYERS, "examples": {"json": [{"id": "A-17"}]}}}), {})],
}  # fmt: skip
"""The fragments of each rule."""
