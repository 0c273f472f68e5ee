"""Small packages without a finding, one for each way to sign in, for tests that plant one defect in them."""

from copy import deepcopy
from pathlib import Path
from typing import Any

from connector_builder.findings import Place, Text
from connector_builder.package import ICON, README, SCRIPT, SETTINGS, Package
from tests.support.examples.rule_examples import package as _package
from tests.support.pages.pictures import png

P = "x-ms-apimTemplateParameter."
OPERATIONS, SECTION = "x-ms-apimTemplate-operationName", "x-ms-apimTemplate-policySection"
AUTHORIZE, TOKEN = "https://login.contoso.example/authorize", "https://login.contoso.example/token"
CLIENT = "2f6f35c8-2b1c-4b6e-9c3a-6a9f5d1b7e42"
GREEN = b"\x1f\x6f\x43"
"""A pixel of the brand colour."""
CODE = """\
using System.Net.Http;

// "Class Scripts" isn't code, and 'nor is this
public class Script : ScriptBase
{
    public override async Task<HttpResponseMessage> ExecuteAsync()
    {
        if (Context.OperationId == "GetOrder")
            return await Context.SendAsync(Context.Request, CancellationToken);
        switch (Context.OperationId)
        {
            case "ListOrders": return null;
        }
        return null;
    }
}
"""
PAGE = "# Orders\n\n## Publisher: Contoso\n\n## Prerequisites\n\n## Supported Operations\n\n## Known Issues and Limitations\n"


def _operation(name: str, **more: Any) -> dict[str, Any]:
    return {
        "operationId": name,
        "summary": name,
        "description": f"What {name} does with orders.",
        "responses": {
            "200": {"description": "OK", "schema": {"type": "object", "properties": {"id": {"type": "string"}}}}
        },
        **more,
    }


_LABEL = {"x-ms-summary": "Order", "description": "The number of the order."}


def _order() -> dict[str, Any]:
    return {"name": "order", "in": "path", "required": True, "type": "string", "x-ms-url-encoding": "single", **_LABEL}


_LIST = {"type": "array", "items": {"type": "object"}}
_CONTACT = {"name": "Contoso", "url": "https://contoso.example", "email": "support@contoso.example"}
_METADATA = {
    "Website": "https://contoso.example",
    "Privacy policy": "https://contoso.example/privacy",
    "Categories": "Data",
}


def _definition(**more: Any) -> dict[str, Any]:
    page = {"type": "object", "properties": {"value": _LIST, "nextLink": {"type": "string"}}}
    lists = {"responses": {"200": {"description": "OK", "schema": page}}}
    return {
        "swagger": "2.0",
        "info": {
            "title": "Orders",
            "description": "Reads and writes the orders of a shop.",
            "version": "1.0.0",
            "contact": _CONTACT,
        },
        "host": "api.contoso.example",
        "basePath": "/v1",
        "schemes": ["https"],
        "paths": {
            "/orders": {
                "get": _operation("ListOrders", **lists, **{"x-ms-pageable": {"nextLinkName": "nextLink"}}),
            },
            "/orders/{order}": {"get": _operation("GetOrder", parameters=[_order()])},
            "/changes": {"get": _operation("OnChange", **lists, **{"x-ms-trigger": "batch"})},
        },
        "x-ms-connector-metadata": [
            {"propertyName": name, "propertyValue": value} for name, value in _METADATA.items()
        ],
        **more,
    }


def _shown(**constraints: Any) -> dict[str, Any]:
    return {"displayName": "Field", "description": "What is typed here.", "constraints": constraints}


def _policy(template: str, parameters: dict[str, Any], *operations: str, **more: Any) -> dict[str, Any]:
    named = {P + name: value for name, value in parameters.items()}
    concerned = {OPERATIONS: list(operations)} if operations else {}
    section = {SECTION: "Request"} if template in ("setheader", "setproperty") else {}
    return {"templateId": template, "title": template, **more, "parameters": {**named, **section, **concerned}}


def _polls() -> dict[str, Any]:
    config = {
        "triggerConfig": {"since": "@{triggerBody().value[0].changed}"},
        "triggerDataPath": "@triggerBody().value",
    }
    return _policy("pollingtrigger", config, "OnChange", type="PollingTrigger")


def _properties(parameters: Any, *policies: Any, **more: Any) -> dict[str, Any]:
    return {
        "properties": {
            "connectionParameters": parameters,
            "iconBrandColor": "#1f6f43",
            "capabilities": [],
            "policyTemplateInstances": [_polls(), *policies],
            **more,
        }
    }


def _typed(kind: str = "string", **constraints: Any) -> dict[str, Any]:
    return {"type": kind, "uiDefinition": _shown(required="true", **constraints)}


def _oauth(provider: str, custom: dict[str, Any], **more: Any) -> dict[str, Any]:
    given = {name: {"value": value} for name, value in custom.items()}
    settings = {"identityProvider": provider, "clientId": CLIENT, "scopes": [], "redirectMode": "Global", **more}
    return {"type": "oauthSetting", "oAuthSettings": {**settings, "customParameters": given}}


def _secured(kind: dict[str, Any]) -> dict[str, Any]:
    return _definition(securityDefinitions={"login": kind}, security=[{"login": []}])


def _login(authorize: str = AUTHORIZE, token: str = TOKEN) -> dict[str, Any]:
    return {"type": "oauth2", "flow": "accessCode", "authorizationUrl": authorize, "tokenUrl": token, "scopes": {}}


def _key() -> tuple[Any, Any]:
    site = _typed()
    region = _typed(allowedValues=[{"text": "Europe", "value": "eu"}, {"text": "America", "value": "us"}])
    return _secured({"type": "apiKey", "in": "header", "name": "X-API-Key"}), _properties(
        {"api_key": _typed("securestring"), "site": site, "region": {**region, "defaultValue": "eu"}},
        _policy("dynamichosturl", {"urlTemplate": "https://@connectionParameters('site').contoso.example"}),
        _policy("routerequesttoendpoint", {"newPath": "/order/{order}", "httpMethod": "GET"}, "GetOrder"),
        _policy(
            "setheader",
            {"name": "x-region", "value": "@connectionParameters('region','eu')", "existsAction": "override"},
        ),
        _policy(
            "setproperty",
            {
                "newPropertyParentPathTemplate": "@body()",
                "newPropertySubPathTemplate": "v",
                "propertyValuePathTemplate": "v1",
            },
            "GetOrder",
        ),
        _policy("updatenextlink", {"nextLinkPropertyName": "nextLink"}, "ListOrders"),
        _policy("setconnectionstatustounauthenticated", {"statusCode": 403}),
        _policy("setqueryparameter", {"name": "region", "value": "@connectionParameters('region')"}),
        scriptOperations=["GetOrder"],
    )


def _oauth2() -> tuple[Any, Any]:
    custom = {"authorizationUrl": AUTHORIZE, "tokenUrl": TOKEN, "refreshUrl": TOKEN}
    return _secured(_login()), _properties({"token": _oauth("oauth2", custom)})


def _generic() -> tuple[Any, Any]:
    custom = {
        "authorizationUrlTemplate": "https://{Site}.contoso.example/authorize",
        "authorizationUrlQueryStringTemplate": "?client_id={ClientId}&redirect_uri={RedirectUrl}&state={State}",
        "tokenUrlTemplate": "https://{Site}.contoso.example/token",
        "tokenBodyTemplate": "grant_type=authorization_code&code={Code}",
        "refreshUrlTemplate": "https://{Site}.contoso.example/token",
    }
    return _secured(_login()), _properties({"token": _oauth("oauth2generic", custom), "token:Site": _typed()})


def _aad() -> tuple[Any, Any]:
    login = "https://login.microsoftonline.com/common/oauth2"
    custom = {
        "loginUri": "https://login.microsoftonline.com",
        "tenantId": "common",
        "resourceUri": "api://contoso-orders",
    }
    settings = _oauth("aad", custom, properties={"AzureActiveDirectoryResourceId": "api://contoso-orders"})
    return _secured(_login(f"{login}/authorize", f"{login}/token")), _properties({"token": settings})


def _basic() -> tuple[Any, Any]:
    return _secured({"type": "basic"}), _properties({"username": _typed(), "password": _typed("securestring")})


def _sets() -> tuple[Any, Any]:
    custom = {"authorizationUrl": AUTHORIZE, "tokenUrl": TOKEN, "refreshUrl": TOKEN}
    values = [
        {"name": "key", "uiDefinition": {"displayName": "By key"}, "parameters": {"api_key": _typed("securestring")}},
        {
            "name": "login",
            "uiDefinition": {"displayName": "By login"},
            "parameters": {"token": _oauth("oauth2", custom)},
        },
    ]
    definitions = {"login": _login(), "key": {"type": "apiKey", "in": "header", "name": "X-API-Key"}}
    definition = _definition(securityDefinitions=definitions, security=[{"key": []}, {"login": []}])
    choice = {"uiDefinition": {"displayName": "Sign in"}, "values": values}
    return definition, _properties({}, connectionParameterSets=choice)


def _gateway() -> tuple[Any, Any]:
    gateway = {"type": "gatewaySetting", "uiDefinition": _shown(required="true")}
    made = _properties({"gateway": gateway}, capabilities=["gateway"])
    return _definition(), made


_MADE = {
    "key": _key,
    "oauth2": _oauth2,
    "generic": _generic,
    "aad": _aad,
    "basic": _basic,
    "sets": _sets,
    "gateway": _gateway,
}
KINDS = tuple(_MADE)


def whole_package(kind: str) -> Package:
    """Returns a package of a kind with all its files but, for a gateway, custom code, which it can't have."""
    definition, properties = deepcopy(_MADE[kind]())
    made = _package(definition, properties)
    made.given_settings = {
        "environment": f"Default-{CLIENT}",
        "icon": "icon.png",
        "powerAppsUrl": "https://api.powerapps.com",
    }
    made.complete = True
    made.icon = png(120, 120, color_type=2, rows=[b"\0" + GREEN * 120] * 120)
    made.readme = PAGE.encode()
    made.sizes = {README: len(PAGE), SETTINGS: 1, ICON: 1}
    if kind != "gateway":
        made.script = CODE.encode()
        made.sizes[SCRIPT] = len(CODE)
    made.contents = {SCRIPT: Text(Path(SCRIPT), CODE), README: Text(Path(README), PAGE)}
    made.script_place = Place.whole(made.contents[SCRIPT])
    return made
