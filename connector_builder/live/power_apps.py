"""Custom connectors as the Power Apps service keeps them: paconn's road, for a person.

Sources: the requests of paconn 0.0.21, and what https://github.com/pnp/cli-microsoft365 and Microsoft's PowerShell modules send.
Each request names the environment in a filter, without which the service answers MissingEnvironmentFilter.
"""

from typing import Any
from urllib.parse import quote

from connector_builder.live.clouds import Cloud
from connector_builder.live.errors import ServiceRefused
from connector_builder.live.http import Session
from connector_builder.live.messages import Request
from connector_builder.secrets.known import hide

VERSION = "2016-11-01"
_PATH = "/providers/Microsoft.PowerApps"
_ORIGIN = {"x-ms-origin": "connector-builder"}
NEW = "<the id of the new connector>"
"""What a dry run has in place of an id."""
_CONTAINER = "https://storage.invalid/container?sig=REDACTED"


class PowerApps:
    """The connectors of one environment. All methods raise LiveError."""

    def __init__(self, http: Session, cloud: Cloud, environment: str) -> None:
        self._http, self._service, self.environment = http, cloud.power_apps, environment

    def connectors(self) -> list[dict[str, Any]]:
        """Returns the custom connectors, without their definitions."""
        request = self._request("GET", "apis", also=" and IsCustomApi eq 'True'")
        return [one for one in self._http.pages(request) if isinstance(one, dict) and one.get("name")]

    def connector(self, identifier: str) -> dict[str, Any] | None:
        """Returns a connector; None if there is none with this id."""
        try:
            return self._http.ask(self._request("GET", _api(identifier)), dry={"name": identifier}).mapping()
        except ServiceRefused as error:
            if error.status == 404:
                return None
            raise

    def create(self, properties: dict[str, Any]) -> str:
        """Makes a connector, and returns its id. A lost answer is Unreachable with `lost`: then look before trying again."""
        request = self._request("POST", "apis", {"properties": properties})
        name = self._http.ask(request, dry={"name": NEW}).mapping().get("name")
        if not isinstance(name, str) or not name:
            raise ServiceRefused(
                f"{self._service.name} made a connector, and doesn't say its id",
                "run deploy again: it finds it by its name",
            )
        return name

    def update(self, identifier: str, properties: dict[str, Any]) -> None:
        """Replaces everything of a connector but its name; what `properties` lacks becomes the platform's default."""
        self._http.ask(self._request("PATCH", _api(identifier), {"properties": properties}, repeatable=True))

    def upload(self, object_id: str, files: dict[str, tuple[bytes, str]]) -> dict[str, str]:
        """Uploads files, and returns their addresses by name. `files` has contents and media types, `object_id` is who uploads."""
        body = {"environment": {"name": self.environment}}
        path = f"objectIds/{quote(object_id, safe='<> ')}/generateResourceStorage"
        url = f"{self._service.url}{_PATH}/{path}?api-version={VERSION}"
        request = Request("POST", url, self._service.name, self._service.audience, json=body, repeatable=True)
        container = (
            self._http.ask(request, dry={"sharedAccessSignature": _CONTAINER}).mapping().get("sharedAccessSignature")
        )
        if not isinstance(container, str) or "?" not in container:
            raise ServiceRefused(f"{self._service.name} gives no place for files")
        address, _, signature = container.partition("?")
        hide(signature)
        addresses = {}
        for name, (content, media_type) in files.items():
            blob = f"{address}/{quote(name)}?{signature}"
            headers = {"x-ms-blob-type": "BlockBlob", "Content-Type": media_type}
            self._http.ask(Request("PUT", blob, "the storage of files", headers=headers, content=content))
            addresses[name] = blob
        return addresses

    def download(self, address: str) -> bytes:
        """Returns a file at an address with a signature, which is a secret."""
        hide(address.partition("?")[2])
        return self._http.ask(Request("GET", address, "the storage of files", headers={"Accept": "*/*"})).body

    def _request(
        self, method: str, path: str, body: Any = None, *, also: str = "", repeatable: bool | None = None
    ) -> Request:
        where = quote(f"environment eq '{self.environment.replace(chr(39), chr(39) * 2)}'{also}", safe="'")
        url = f"{self._service.url}{_PATH}/{path}?api-version={VERSION}&$filter={where}"
        headers = _ORIGIN if body is not None else {}
        return Request(
            method, url, self._service.name, self._service.audience, headers, json=body, repeatable=repeatable
        )


def title_of(connector: dict[str, Any]) -> str:
    """Returns the name of a connector that people see."""
    properties = connector.get("properties")
    return str(properties.get("displayName") or "").strip() if isinstance(properties, dict) else ""


def _api(identifier: str) -> str:
    return f"apis/{quote(identifier, safe='<> ')}"
