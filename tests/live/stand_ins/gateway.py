"""A stand-in for Power Apps and the gateway of connectors: strict about tokens, versions, filters and addresses."""

from typing import Any
from uuid import UUID

from tests.live.stand_ins.server import Server
from tests.support.programs.stand_in import Reply, Request

ENVIRONMENT = "a1b2c3d4-0000-4000-8000-00000000e001"
CONNECTOR = "shared_contoso-20orders-5f7c1e55a09b3d2f48"
CONNECTION = "7f4c2d0a9b8e4c61a2d3f4b5c6d7e8f9"
APIS = "/providers/Microsoft.PowerApps/apis"
POWER_APPS, GATEWAY = "https://service.powerapps.com/", "https://apihub.azure.com"


class Gateway(Server):
    """`audiences` are those of its tokens that the gateway takes; `statuses` those of the connections."""

    def __init__(self, audience_of: Any) -> None:
        super().__init__(route=self.route)
        self.audience_of = audience_of
        self.audiences = [GATEWAY]
        self.titles = {CONNECTOR: "Contoso Orders", "shared_other": "Other"}
        self.statuses = {CONNECTION: "Connected", "0" * 32: "Error"}

    def route(self, request: Request) -> Reply:
        audience = self.audience_of(request.headers.get("authorization", "").removeprefix("Bearer "))
        if request.path.startswith("/apim/orders/"):
            return self.runtime(request.method, request.path, request, audience)
        if request.path == "/invoke":
            return self.invoked(request, audience)
        wanted = f"environment eq '{ENVIRONMENT}'" + (" and IsCustomApi eq 'True'" if request.path == APIS else "")
        if audience != POWER_APPS:
            return self.error(401, "InvalidAuthenticationAudience", f"The audience is wrong: {audience}")
        if request.query.get("$filter") != wanted or request.query.get("api-version") != "2016-11-01":
            return self.error(400, "MissingEnvironmentFilter", f"The filter is wrong: {request.query}")
        if request.path == APIS:
            return self.list({name: {"displayName": title} for name, title in self.titles.items()})
        if request.path == f"{APIS}/{CONNECTOR}":
            return Reply.of({"name": CONNECTOR, "properties": {"primaryRuntimeUrl": f"{self.url}/apim/orders/"}})
        if request.path == f"{APIS}/{CONNECTOR}/connections":
            return self.list(
                {name: {"displayName": "Mine", "statuses": [{"status": one}]} for name, one in self.statuses.items()}
            )
        return self.error(404, "ApiResourceNotFound", request.line)

    def invoked(self, request: Request, audience: str | None) -> Reply:
        """Answers the form of canvas apps: headers say what is asked for."""
        headers = request.headers
        assert (request.method, headers["scheme"], headers["path"]) == ("POST", "http", "/invoke")
        assert headers["authority"] == headers["host"]
        assert headers["x-ms-client-environment-id"] == f"/providers/Microsoft.PowerApps/environments/{ENVIRONMENT}"
        assert str(UUID(headers["x-ms-client-session-id"])) == headers["x-ms-client-session-id"]
        assert headers["x-ms-user-agent"].startswith("connector-builder/")
        path = headers["x-ms-request-url"].partition("?")[0]
        return self.runtime(headers["x-ms-request-method"], path, request, audience)

    def runtime(self, method: str, path: str, request: Request, audience: str | None) -> Reply:
        if audience not in self.audiences:
            return Reply.of(
                {"error": {"code": 401, "source": "gateway", "message": "The audience isn't one of …"}}, 401
            )
        if (method, path) == ("GET", f"/apim/orders/{CONNECTION}/orders"):
            first = "page=2" not in request.headers.get("x-ms-request-url", "") and "page" not in request.query
            link = {"nextLink": f"{self.url}{path}?page=2"} if first else {}
            return Reply.of({"value": [{"id": "1" if first else "2"}], **link})
        if path != f"/apim/orders/{CONNECTION}/orders/1" or method != "GET" or "x-shop-key" in request.headers:
            return Reply.of({"error": {"code": 404, "message": "ConnectionNotFound"}}, 404)
        return Reply.of({"id": "1", "state": 2}, 200)

    def list(self, entries: dict[str, Any]) -> Reply:
        return Reply.of({"value": [{"name": name, "properties": properties} for name, properties in entries.items()]})

    @staticmethod
    def error(status: int, code: str, message: str) -> Reply:
        return Reply.of({"error": {"code": code, "message": message}}, status)
