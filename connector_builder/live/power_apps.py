"""Custom connectors as the Power Apps service keeps them: paconn's road, for a person.

Sources: the requests of paconn 0.0.21, and what https://github.com/pnp/cli-microsoft365 and Microsoft's PowerShell modules send.
Each request names the environment in a filter, without which the service answers MissingEnvironmentFilter.
"""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, quote

from connector_builder.live.clouds import Cloud
from connector_builder.live.errors import ServiceRefused
from connector_builder.live.http import Session
from connector_builder.live.messages import LONGEST, Answer, Request, error_in, refusal
from connector_builder.secrets.known import hide, masked

VERSION = "2016-11-01"
_PATH = "/providers/Microsoft.PowerApps"
_ORIGIN = {"x-ms-origin": "connector-builder"}
NEW = "<the id of the new connector>"
"""What a dry run has in place of an id."""
_CONTAINER = "https://storage.invalid/container?sig=REDACTED"


_NO_VALIDATOR = (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.GONE, HTTPStatus.NOT_IMPLEMENTED)
_REFUSED = (HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY)
_MOST_LINES = 50


class Verdict(NamedTuple):
    """What the service's own validator says of a definition, line by line, and whether it refuses it."""

    said: tuple[str, ...] = ()
    refuses: bool = False


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

    def validate(self, object_id: str, definition: dict[str, Any]) -> Verdict:
        """Asks the service's own validator, which says nothing of a good definition. `object_id` is who asks.

        paconn shows what it answers with 200, and stops at 400. A service without a validator has no verdict.
        """
        url = self._own(object_id, "validateApiSwagger")
        request = Request("POST", url, self._service.name, self._service.audience, json=definition, repeatable=True)
        answer = self._http.send(request, dry="")
        if answer.is_good:
            return Verdict(tuple(_lines(answer)))
        if answer.status in _NO_VALIDATOR:
            return Verdict()
        error = refusal(answer)
        if answer.status in _REFUSED:
            return Verdict((error.message,), refuses=True)
        raise error

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
        url = self._own(object_id, "generateResourceStorage")
        request = Request("POST", url, self._service.name, self._service.audience, json=body, repeatable=True)
        container = (
            self._http.ask(request, dry={"sharedAccessSignature": _CONTAINER}).mapping().get("sharedAccessSignature")
        )
        if not isinstance(container, str) or "?" not in container:
            raise ServiceRefused(f"{self._service.name} gives no place for files")
        address, _, signature = container.partition("?")
        _hide_signature(signature)
        addresses = {}
        for name, (content, media_type) in files.items():
            blob = f"{address}/{quote(name)}?{signature}"
            headers = {"x-ms-blob-type": "BlockBlob", "Content-Type": media_type}
            self._http.ask(Request("PUT", blob, "the storage of files", headers=headers, content=content))
            addresses[name] = blob
        return addresses

    def download(self, address: str) -> bytes:
        """Returns a file at an address with a signature, which is a secret."""
        _hide_signature(address.partition("?")[2])
        return self._http.ask(Request("GET", address, "the storage of files", headers={"Accept": "*/*"})).body

    def _own(self, object_id: str, what: str) -> str:
        """Returns the address of what belongs to a person or an application."""
        return f"{self._service.url}{_PATH}/objectIds/{quote(object_id, safe='<> ')}/{what}?api-version={VERSION}"

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


def _hide_signature(query: str) -> None:
    """Hides the query of an address of the storage, and its signature as a service may repeat it: decoded."""
    hide(query)
    for name, value in parse_qsl(query):
        if name == "sig":
            hide(value)


def _lines(answer: Answer) -> Iterator[str]:
    """Yields what a validator says: a text of several lines, or an object or a list with messages."""
    try:
        said = answer.json()
    except ServiceRefused:  # a text that isn't JSON
        said = answer.text
    lines = [line.rstrip() for part in _texts(said) for line in part.splitlines() if line.strip()]
    yield from (masked(line[:LONGEST]) for line in lines[:_MOST_LINES])
    if len(lines) > _MOST_LINES:
        yield f"and {len(lines) - _MOST_LINES} lines more"


def _texts(said: Any) -> Iterator[str]:
    if isinstance(said, str):
        yield said
    elif isinstance(said, list):
        yield from (text for part in said for text in _texts(part))
    elif isinstance(said, dict):
        message = error_in(said)[1]
        yield from [message] if message else (text for part in said.values() for text in _texts(part))
