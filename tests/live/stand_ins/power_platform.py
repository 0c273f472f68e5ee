"""Stand-ins for the list of environments, Power Apps, the storage of its files, and Dataverse: strict about what they get."""

import base64
import json
import re
import threading
from typing import Any
from urllib.parse import urlsplit

from tests.live.stand_ins.server import Answers, Server
from tests.support.programs.stand_in import Reply, Request

ENVIRONMENT = "a1b2c3d4-0000-4000-8000-00000000e001"
DEFAULT = "Default-0f0f0f0f-1111-4222-8333-444444444444"
ORGANISATION = "https://acmedev.crm4.dynamics.com"
POWER_APPS = "https://service.powerapps.com/"
SIGNATURE = "sv=2021-08-06&sr=c&sp=rw&sig=planted%2Bsignature%3D"
RP = "/providers/Microsoft.PowerApps/"
BAP = "/providers/Microsoft.BusinessAppPlatform/"


def refuse(status: int, code: str, message: str) -> Reply:
    return Reply.of({"error": {"code": code, "message": message}}, status)


class Platform(Server):
    """All services but signing in. `token` gets the audience of a request's token, or None.

    `faults` are answers to give instead, by `METHOD path` of a regular expression; each counts once. One in `after` does the
    work first, and then loses the answer, which `lost` shows.
    """

    def __init__(self, issued: list[str]) -> None:
        super().__init__(route=self.route)
        self.issued = issued
        self.connectors: dict[str, dict[str, Any]] = {}
        self.blobs: dict[str, bytes] = {}
        self.rows: dict[str, dict[str, Any]] = {}
        self.components: list[tuple[str, str]] = []
        self.faults: dict[str, list[Answers]] = {}
        self.after: dict[str, list[Answers]] = {}
        self.lost = threading.Event()
        self.environments = [
            environment(ENVIRONMENT, "Acme Dev", dataverse=True),
            environment(DEFAULT, "Acme (default)", default=True),
        ]
        self.as_application = False

    def variables(self) -> dict[str, str]:
        return {"CB_URL_POWER_APPS": self.url, "CB_URL_ADMIN": self.url, "CB_URL_DATAVERSE": self.url}

    @property
    def changes(self) -> list[str]:
        """Returns the requests that change something."""
        return [one.line for one in self.requests if one.method != "GET" and "/objectIds/" not in one.path]

    def route(self, request: Request) -> Answers:
        for pattern, answers in self.faults.items():
            if answers and re.fullmatch(pattern, request.line):
                return answers.pop(0)
        reply = self.answer(request)
        for pattern, answers in self.after.items():
            if answers and re.fullmatch(pattern, request.line):
                self.lost.set()
                return answers.pop(0)
        return reply

    def answer(self, request: Request) -> Reply:
        if request.path.startswith("/storage/"):
            return self.storage(request)
        audience = self.audience(request)
        if audience is None:
            return refuse(401, "InvalidAuthenticationToken", "The access token is missing or invalid.")
        if request.path.startswith("/api/data/"):
            return self.dataverse(request, audience)
        if audience != POWER_APPS:
            message = f"The received access token has been obtained from wrong audience or resource '{audience}'."
            return refuse(401, "InvalidAuthenticationAudience", message)
        if request.path.startswith(BAP):
            return self.listing(request)
        return self.power_apps(request)

    def audience(self, request: Request) -> str | None:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme != "Bearer" or token not in self.issued:
            return None

        payload = token.split(".")[1]
        data: dict[str, str] = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        return data["aud"]

    def listing(self, request: Request) -> Reply:
        assert request.method == "GET"
        assert request.query == {"api-version": "2023-06-01", "$expand": "properties/linkedEnvironmentMetadata"}
        path = request.path.removeprefix(BAP)
        assert path in ("environments", "scopes/admin/environments")
        shown = self.environments if self.as_application == path.startswith("scopes") else []
        return Reply.of({"value": shown})

    def power_apps(self, request: Request) -> Reply:
        if request.query.get("api-version") != "2016-11-01":
            return refuse(400, "InvalidApiVersion", "The api-version is invalid.")
        parts = request.path.removeprefix(RP).split("/")
        if parts[0] == "objectIds":
            assert request.method == "POST"
            assert re.fullmatch(r"[0-9a-f-]{36}", parts[1])
            if parts[2] == "validateApiSwagger":
                assert request.json()["swagger"] == "2.0"
                return Reply.of("")
            assert parts[2] == "generateResourceStorage"
            assert request.json() == {"environment": {"name": ENVIRONMENT}}
            return Reply.of({"sharedAccessSignature": f"{self.url}/storage/container?{SIGNATURE}"})
        wanted = request.query.get("$filter", "")
        if not wanted.startswith(f"environment eq '{ENVIRONMENT}'"):
            return refuse(400, "MissingEnvironmentFilter", "The request must contain an environment filter.")
        match request.method, parts:
            case "GET", ["apis"]:
                assert wanted.endswith(" and IsCustomApi eq 'True'")
                return Reply.of({"value": [self.shown(name, whole=False) for name in self.connectors]})
            case "POST", ["apis"]:
                name = f"shared_parcel-20tracker-5f{len(self.connectors) + 1:016x}"
                self.connectors[name] = self.checked(request.json(), new=True)
                return Reply.of(self.shown(name), 201)
            case "GET", ["apis", name] if name in self.connectors:
                return Reply.of(self.shown(name))
            case "PATCH", ["apis", name] if name in self.connectors:
                before = self.connectors[name]
                self.connectors[name] = {
                    **self.checked(request.json(), new=False),
                    "displayName": before["displayName"],
                }
                return Reply(204)
            case _:
                return refuse(404, "ApiResourceNotFound", f"Could not find API '{parts[-1]}'.")

    def checked(self, body: Any, *, new: bool) -> dict[str, Any]:
        assert list(body) == ["properties"]
        properties: dict[str, Any] = body["properties"]
        assert ("displayName" in properties) == new
        assert properties["environment"] == {"name": ENVIRONMENT}
        assert {
            "description",
            "openApiDefinition",
            "backendService",
            "connectionParameters",
            "capabilities",
            "scriptDefinitionUrl",
        } <= properties.keys()
        assert "stackOwner" not in properties
        for key in ("iconUri", "scriptDefinitionUrl"):
            if properties.get(key):
                assert urlsplit(properties[key]).path in self.blobs
        return properties

    def shown(self, name: str, *, whole: bool = True) -> dict[str, Any]:
        stored = json.loads(json.dumps(self.connectors[name]), object_hook=_without_secret)
        definition = stored.pop("openApiDefinition")
        self.blobs[f"/storage/definitions/{name}.json"] = json.dumps(definition).encode()
        for parameter in stored["connectionParameters"].values():
            if "oAuthSettings" in parameter:
                parameter["oAuthSettings"]["redirectUrl"] = f"https://global.consent.azure-apim.net/redirect/{name}"
        if whole:
            stored["apiDefinitions"] = {"originalSwaggerUrl": f"{self.url}/storage/definitions/{name}.json?{SIGNATURE}"}
        if not stored["scriptDefinitionUrl"]:
            del stored["scriptDefinitionUrl"]
        return {"name": name, "properties": stored | {"isCustomApi": True}}

    def storage(self, request: Request) -> Reply:
        assert "authorization" not in request.headers
        assert request.query["sig"] == "planted+signature="
        if request.method == "PUT":
            assert request.headers["x-ms-blob-type"] == "BlockBlob"
            self.blobs[request.path] = request.body
            return Reply(201)
        return (
            Reply(200, self.blobs[request.path], "application/octet-stream")
            if request.path in self.blobs
            else Reply(404)
        )

    def dataverse(self, request: Request, audience: str) -> Reply:
        if audience != ORGANISATION:
            return Reply(401)
        assert request.headers["odata-version"] == request.headers["odata-maxversion"] == "4.0"
        path = request.path.removeprefix("/api/data/v9.2/")
        match request.method, path.partition("(")[0]:
            case "GET", "solutions":
                found = [
                    {"uniquename": "AcmeParcel", "ismanaged": False, "publisherid": {"customizationprefix": "acme"}}
                ]
                return Reply.of({"value": found if request.query["$filter"] == "uniquename eq 'AcmeParcel'" else []})
            case "GET", "connectors":
                return self.read_rows(request, path)
            case "POST", "connectors":
                row = self.checked_row(request)
                if row["connectorid"] in self.rows:
                    return refuse(412, "0x80040237", "A record with matching key values already exists.")
                self.rows[row["connectorid"]] = {
                    **row,
                    "connectorinternalid": f"shared_{row['name'].replace('_', '-5f')}-5f0001",
                }
                return Reply.of(self.rows[row["connectorid"]], 201)
            case "PATCH", "connectors":
                assert request.headers["if-match"] == "*"
                identifier = path[len("connectors(") : -1]
                if identifier not in self.rows:
                    return refuse(404, "0x80040217", "Entity 'connector' With Id Does Not Exist")
                self.rows[identifier] |= self.checked_row(request)
                return Reply.of(self.rows[identifier])
            case "POST", "AddSolutionComponent":
                body = request.json()
                assert (body["ComponentType"], body["AddRequiredComponents"]) == (372, False)
                self.components.append((body["SolutionUniqueName"], body["ComponentId"]))
                return Reply.of({"id": "x"})
            case _:
                return Reply(404)

    def read_rows(self, request: Request, path: str) -> Reply:
        if path.endswith("/iconblob/$value"):
            icon = self.rows[path[len("connectors(") : path.index(")")]].get("iconblob")
            small = "size" not in request.query
            return Reply(200, base64.b64decode(icon), "application/octet-stream") if icon and small else Reply(204)
        assert "openapidefinition" in request.query["$select"].split(",")
        if "(" in path:
            row = self.rows.get(path[len("connectors(") : -1])
            return Reply.of(row) if row else refuse(404, "0x80040217", "Entity 'connector' Does Not Exist")
        match = re.fullmatch(r"(\w+) eq '?(.*?)'?", request.query["$filter"])
        assert match is not None
        value = match[2].replace("''", "'")
        return Reply.of({"value": [row for row in self.rows.values() if str(row.get(match[1])) == value]})

    def checked_row(self, request: Request) -> dict[str, Any]:
        row: dict[str, Any] = request.json()
        assert row["connectortype"] == 1
        for key in ("openapidefinition", "connectionparameters", "policytemplateinstances"):
            json.loads(row[key])
        assert "clientSecret" not in row["connectionparameters"]
        return row


def environment(identifier: str, name: str, *, dataverse: bool = False, default: bool = False) -> dict[str, Any]:
    linked = {"instanceUrl": f"{ORGANISATION}/", "instanceApiUrl": "https://acmedev.api.crm4.dynamics.com"}
    properties = {"displayName": name, "environmentSku": "Sandbox", "azureRegion": "westeurope", "isDefault": default}
    return {"name": identifier, "properties": properties | ({"linkedEnvironmentMetadata": linked} if dataverse else {})}


def _without_secret(value: dict[str, Any]) -> dict[str, Any]:
    return {key: part for key, part in value.items() if key != "clientSecret"}
