"""A stand-in for Microsoft Graph: applications, service principals and consents, strict about what it gets.

A list in a PATCH replaces the list, as with Graph. `slow` is how often something new isn't there yet.
"""

import base64
import json
import re
import threading
from typing import Any

from tests.live.stand_ins.entra import Entra
from tests.live.stand_ins.server import Break, Hang, Server
from tests.support.programs.stand_in import Reply, Request

AUDIENCE = "https://graph.microsoft.com"
FLOW, FLOW_ID = "7df0a125-d3be-4c96-aa54-591f83ff541c", "flow-principal"
READ, MANAGE = "e45c5562-459d-4d1b-8148-83eb1b6dcf83", "30b2d850-00c3-4802-b7ae-ece9af9de5c6"
ORDERS = "c0ffee00-3333-4444-8555-999999999999"
NEW_SECRET = "planted-new-secret~of-the-application"
_NAME = re.compile(r"displayName eq '((?:[^']|'')*)'")
_APP = re.compile(r"appId eq '([^']*)'")
_RESOURCE = re.compile(r"servicePrincipalNames/any\(n:n eq '([^']*)'\)")
_CLIENT = re.compile(r"clientId eq '([^']*)'")
_KEYS = {
    "displayName", "signInAudience", "web", "publicClient", "isFallbackPublicClient", "requiredResourceAccess",
    "identifierUris", "api",
}  # fmt: skip


class Graph(Server):
    """`lose` makes that many answers to POST /applications get lost; changes of what `denied` names are
    refused, and the first change of what `hangs` names gets no answer: `lost` says that it came."""

    def __init__(self, entra: Entra) -> None:
        super().__init__(route=self.route)
        self.entra = entra
        self.apps: list[dict[str, Any]] = []
        self.principals: list[dict[str, Any]] = [
            {
                "id": FLOW_ID,
                "appId": FLOW,
                "oauth2PermissionScopes": [{"value": "Flows.Read.All", "id": READ}, {"value": "Flows.Manage.All", "id": MANAGE}],
            },
            {
                "id": "orders-principal",
                "appId": ORDERS,
                "servicePrincipalNames": ["api://orders"],
                "oauth2PermissionScopes": [{"value": "Orders.Read", "id": "orders-read"}],
            },
        ]  # fmt: skip
        self.grants: list[dict[str, Any]] = []
        self.slow = self.lose = 0
        self.denied = self.hangs = "nothing"
        self.lost = threading.Event()

    def variables(self) -> dict[str, str]:
        return {"CB_URL_GRAPH": self.url}

    def changes(self) -> list[str]:
        """The requests so far that aren't GET, each `METHOD path`."""
        return [one.line for one in self.requests if one.method != "GET"]

    def route(self, request: Request) -> Any:
        self.check(request)
        parts = request.path.removeprefix("/v1.0/").split("/")
        if request.method == "GET":
            return self.read(parts, request)
        if self.denied in parts:
            return refuse(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.")
        if self.hangs in parts:
            self.hangs = "nothing"
            self.lost.set()
            return Hang()
        return self.about_application(request.method, parts, request.json())

    def read(self, parts: list[str], request: Request) -> Reply:
        match parts:
            case ["applications"]:
                return self.list(self.apps, {_NAME: "displayName", _APP: "appId"}, request)
            case ["servicePrincipals"]:
                return self.list(self.principals, {_APP: "appId", _RESOURCE: "servicePrincipalNames"}, request)
            case ["oauth2PermissionGrants"]:
                return self.list(self.grants, {_CLIENT: "clientId"}, request)
            case ["applications", id_, "federatedIdentityCredentials"]:
                return Reply.of({"value": self.app(id_).get("credentials", [])})
            case _:
                raise AssertionError(request.line)

    def about_application(self, method: str, parts: list[str], body: dict[str, Any]) -> Any:
        match method, parts:
            case "POST", ["applications"]:
                return self.create(body)
            case "PATCH", ["applications", id_]:
                return self.patch(id_, body)
            case "POST", ["applications", id_, "federatedIdentityCredentials"]:
                return self.credential(id_, body)
            case "POST", ["applications", id_, "addPassword"]:
                assert body == {"passwordCredential": {"displayName": "connector"}}
                self.app(id_).setdefault("secrets", []).append("connector")
                return Reply.of({"keyId": "key", "displayName": "connector", "hint": "pla", "secretText": NEW_SECRET})
            case _:
                return self.about_principal(method, parts, body)

    def about_principal(self, method: str, parts: list[str], body: dict[str, Any]) -> Reply:
        match method, parts:
            case "POST", ["servicePrincipals"]:
                return self.principal(body)
            case "POST", ["oauth2PermissionGrants"]:
                return self.grant(body)
            case "PATCH", ["oauth2PermissionGrants", id_]:
                assert set(body) == {"scope"}
                next(one for one in self.grants if one["id"] == id_).update(body)
                return Reply(204)
            case _:
                raise AssertionError(f"{method} {parts}")

    def check(self, request: Request) -> None:
        token = request.headers["authorization"].removeprefix("Bearer ")
        assert token in self.entra.issued
        payload = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        assert claims["aud"] == AUDIENCE
        assert request.headers["accept"] == "application/json"
        if request.method != "GET":
            assert request.headers["content-type"] == "application/json"

    def list(self, known: list[dict[str, Any]], keys: dict[re.Pattern[str], str], request: Request) -> Reply:
        assert set(request.query) <= {"$filter", "$select"}
        (pattern, key), *_ = [(one, key) for one, key in keys.items() if one.fullmatch(request.query["$filter"])]
        match = pattern.fullmatch(request.query["$filter"])
        assert match is not None
        value = match[1].replace("''", "'")
        return Reply.of(
            {
                "value": [
                    one
                    for one in known
                    if value == one.get(key) or (isinstance(one.get(key), list) and value in one[key])
                ]
            }
        )

    def app(self, id_: str) -> dict[str, Any]:
        return next(one for one in self.apps if one["id"] == id_)

    def create(self, body: dict[str, Any]) -> Any:
        sound(body)
        assert {"displayName", "signInAudience"} <= set(body)
        number = len(self.apps)
        app = {"id": f"object-{number}", "appId": f"client-{number}", **body}
        self.apps.append(app)
        if self.lose:
            self.lose -= 1
            return Break()
        return Reply.of(app, 201)

    def patch(self, id_: str, body: dict[str, Any]) -> Reply:
        sound(body)
        app, api = self.app(id_), body.pop("api", {})
        scopes = [part["id"] for part in app.get("api", {}).get("oauth2PermissionScopes", [])]
        for client in api.get("preAuthorizedApplications", []):
            if not set(client["delegatedPermissionIds"]) <= set(scopes):
                return refuse(400, "InvalidValue", "A permission id of preAuthorizedApplications isn't one of the API.")
        if api:
            app["api"] = {**app.get("api", {}), **api}
        app.update(body)
        return Reply(204)

    def principal(self, body: dict[str, Any]) -> Reply:
        assert set(body) == {"appId"}
        if self.slow:
            self.slow -= 1
            return refuse(
                400, "Request_BadRequest", f"The appId '{body['appId']}' does not reference a valid application object."
            )
        assert not any(one["appId"] == body["appId"] for one in self.principals)
        made = {"id": f"principal-of-{body['appId']}", "appId": body["appId"], "oauth2PermissionScopes": []}
        self.principals.append(made)
        return Reply.of(made, 201)

    def credential(self, id_: str, body: dict[str, Any]) -> Reply:
        assert set(body) == {"name", "issuer", "subject", "audiences", "description"}
        assert body["audiences"] == ["api://AzureADTokenExchange"]
        there = self.app(id_).setdefault("credentials", [])
        assert not any(one["name"] == body["name"] or one["subject"] == body["subject"] for one in there)
        there.append(body)
        return Reply.of(body, 201)

    def grant(self, body: dict[str, Any]) -> Reply:
        assert set(body) == {"clientId", "consentType", "principalId", "resourceId", "scope"}
        assert (body["consentType"], body["principalId"]) == ("AllPrincipals", None)
        ids = [one["id"] for one in self.principals]
        assert body["clientId"] in ids
        assert body["resourceId"] in ids
        assert not any(
            (one["clientId"], one["resourceId"]) == (body["clientId"], body["resourceId"]) for one in self.grants
        )
        made = {"id": f"grant-{len(self.grants)}", **body}
        self.grants.append(made)
        return Reply.of(made, 201)


def sound(body: dict[str, Any]) -> None:
    """Checks what Graph checks of an application: known keys, lists without repeats, and each API once."""
    assert set(body) <= _KEYS
    for part in ("web", "publicClient"):
        uris = body.get(part, {}).get("redirectUris", [])
        assert len(uris) == len(set(uris))
    access = body.get("requiredResourceAccess", [])
    assert len(access) == len({one["resourceAppId"] for one in access})
    for one in access:
        parts = one["resourceAccess"]
        assert len(parts) == len({part["id"] for part in parts})
        assert all(set(part) == {"id", "type"} for part in parts)


def refuse(status: int, code: str, message: str) -> Reply:
    return Reply.of(
        {"error": {"code": code, "message": message, "innerError": {"date": "2026-10-05T12:00:00"}}}, status
    )
