"""Connectors as rows of Dataverse: pac's road, for a person or an application, and for solutions.

Sources: https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/overview, the table `connector`
(https://learn.microsoft.com/en-us/power-apps/developer/data-platform/reference/entities/connector), and what pac sends.
"""

from contextlib import suppress
from typing import Any
from urllib.parse import quote

from connector_builder.live.errors import LiveError, ServiceRefused, WronglyAsked
from connector_builder.live.http import Session
from connector_builder.live.messages import Request
from connector_builder.platform.solutions.names import CONNECTOR

SERVICE = "Dataverse"
LIMITS = {
    "openapidefinition": 1_000_000,
    "connectionparameters": 500_000,
    "connectionparametersets": 500_000,
    "policytemplateinstances": 500_000,
    "scriptoperations": 500_000,
    "customcodeblobcontent": 500_000,
    "displayname": 200,
    "description": 1000,
}
"""The most characters of each column."""
_COLUMNS = (
    "connectorid", "name", "displayname", "description", "connectorinternalid", "ismanaged", "iconbrandcolor", "openapidefinition",
    "connectionparameters", "connectionparametersets", "policytemplateinstances", "scriptoperations", "customcodeblobcontent",
)  # fmt: skip
_HEADERS = {"OData-Version": "4.0", "OData-MaxVersion": "4.0"}


class Dataverse:
    """The connectors of one organisation. All methods raise LiveError."""

    def __init__(self, http: Session, base: str, audience: str) -> None:
        self._http, self._root, self._audience = http, f"{base.rstrip('/')}/api/data/v9.2", audience

    def prefix_of(self, solution: str) -> str:
        """Returns the prefix of the publisher of an unmanaged solution. Raises WronglyAsked if there is no such solution."""
        query = {
            "$select": "uniquename,ismanaged",
            "$expand": "publisherid($select=customizationprefix)",
            "$filter": f"uniquename eq {_text(solution)}",
        }
        dry = {"publisherid": {"customizationprefix": "<prefix>"}}
        found = list(self._http.pages(self._request("GET", "solutions", query), dry=dry))
        if not found:
            raise WronglyAsked(
                f"there is no solution '{solution}'", "write its unique name, not the one that people see"
            )
        if found[0].get("ismanaged"):
            raise WronglyAsked(
                f"the solution '{solution}' is managed: it can't be changed here", "name an unmanaged one"
            )
        return str(found[0].get("publisherid", {}).get("customizationprefix") or "new")

    def connectors(self, where: str = "connectortype eq 1") -> list[dict[str, Any]]:
        """Returns the rows that a filter chooses."""
        query = {"$select": ",".join(_COLUMNS), "$filter": where}
        return [row for row in self._http.pages(self._request("GET", "connectors", query)) if isinstance(row, dict)]

    def connector(self, identifier: str) -> dict[str, Any] | None:
        """Returns the row with an id; None if there is none."""
        try:
            request = self._request("GET", f"connectors({identifier})", {"$select": ",".join(_COLUMNS)})
            return self._http.ask(request, dry={"connectorid": identifier, "connectorinternalid": "<the id>"}).mapping()
        except ServiceRefused as error:
            if error.status == 404:
                return None
            raise

    def icon(self, identifier: str) -> bytes:
        """Returns the icon of a row; empty if it has none, or if Dataverse doesn't give it.

        Without `size=full`, Dataverse gives the small picture that it makes of an image, and always gives that.
        Source: https://learn.microsoft.com/en-us/power-apps/developer/data-platform/image-column-data
        """
        for query in ({"size": "full"}, {}):
            request = self._request(
                "GET", f"connectors({identifier})/iconblob/$value", query, headers={"Accept": "*/*"}
            )
            with suppress(LiveError):
                content = self._http.ask(request).body
                if content:
                    return content
        return b""

    def named(self, title: str) -> list[dict[str, Any]]:
        """Returns the rows whose name, as people see it, is this."""
        return self.connectors(f"displayname eq {_text(title)}")

    def internal(self, identifier: str) -> list[dict[str, Any]]:
        """Returns the row of the connector with this id in Power Apps."""
        return self.connectors(f"connectorinternalid eq {_text(identifier)}")

    def create(self, row: dict[str, Any], solution: str | None) -> None:
        """Makes a row. Its `connectorid` is the caller's, so that it can't be made twice."""
        self._http.ask(
            self._request("POST", "connectors", body=row, headers=_in(solution) | {"Prefer": "return=representation"})
        )

    def update(self, identifier: str, row: dict[str, Any], solution: str | None) -> None:
        """Changes a row, which must be there."""
        headers = _in(solution) | {"If-Match": "*", "Prefer": "return=representation"}
        self._http.ask(self._request("PATCH", f"connectors({identifier})", body=row, headers=headers, repeatable=True))

    def add_to(self, solution: str, identifier: str) -> None:
        """Adds a row to a solution. The header of `create` may do the same: some tools rely on it, others saw it fail."""
        body = {
            "ComponentId": identifier,
            "ComponentType": CONNECTOR,
            "SolutionUniqueName": solution,
            "AddRequiredComponents": False,
        }
        self._http.ask(self._request("POST", "AddSolutionComponent", body=body, repeatable=True))

    def _request(
        self, method: str, path: str, query: dict[str, str] | None = None, *, body: Any = None,
        headers: dict[str, str] | None = None, repeatable: bool | None = None,
    ) -> Request:  # fmt: skip
        options = "&".join(f"{name}={quote(value, safe='$=,()' + chr(39))}" for name, value in (query or {}).items())
        url = f"{self._root}/{path}{'?' if options else ''}{options}"
        return Request(
            method, url, SERVICE, self._audience, {**_HEADERS, **(headers or {})}, json=body, repeatable=repeatable
        )


def _in(solution: str | None) -> dict[str, str]:
    return {"MSCRM.SolutionUniqueName": solution} if solution else {}


def _text(value: str) -> str:
    """Returns a text of OData, in which a quote is written twice."""
    return "'" + value.replace("'", "''") + "'"
