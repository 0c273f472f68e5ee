"""Applications in Microsoft Entra ID, through Microsoft Graph.

Sources: https://learn.microsoft.com/en-us/graph/api/resources/application and the pages beside it. What was just created takes some
seconds until every request sees it, as clients report: then Graph answers 400 or 404 at first.
"""

import time
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from connector_builder.live.clouds import Service
from connector_builder.live.errors import ServiceRefused, Unreachable
from connector_builder.live.http import Session
from connector_builder.live.messages import Request
from connector_builder.secrets.known import hide

FIELDS = "id,appId,displayName,signInAudience,isFallbackPublicClient,web,publicClient,requiredResourceAccess,identifierUris,api"
WAITS = (1, 2, 4, 8, 16)
"""Seconds to wait for what was just created."""
_NOT_YET = (HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND)


class Graph:
    """Finds, creates and changes applications. Each method raises LiveError."""

    def __init__(self, http: Session, service: Service, *, sleep: Callable[[float], object] = time.sleep) -> None:
        self._http, self._service, self._sleep = http, service, sleep

    def applications(self, name: str) -> list[dict[str, Any]]:
        """Returns the applications with exactly this name."""
        return self._list("applications", f"displayName eq '{_text(name)}'", FIELDS)

    def application(self, client: str, *, dry: dict[str, Any] | None = None) -> dict[str, Any] | None:
        """Returns the application with this id of a client, None if the tenant has none; `dry` in a dry run."""
        found = self._list("applications", f"appId eq '{_text(client)}'", FIELDS, dry)
        return found[0] if found else None

    def create(self, body: dict[str, Any]) -> dict[str, Any]:
        """Creates an application and returns it. If the answer is lost, it looks whether the application is there."""
        request = self._request("POST", "applications", body)
        try:
            return self._http.ask(request, dry={**body, "id": "{id}", "appId": "{appId}"}).mapping()
        except Unreachable as error:
            found = self.applications(body["displayName"]) if error.lost else []
            if len(found) != 1:
                raise
            return found[0]

    def change(self, id_: str, body: dict[str, Any]) -> None:
        """Changes an application. A list in the body replaces the whole list."""
        self._patiently(self._request("PATCH", f"applications/{id_}", body, repeatable=True))

    def principal(self, app_id: str, *, dry: dict[str, Any] | None = None) -> dict[str, Any] | None:
        """Returns the service principal of an application or an API, with its permissions; None if the tenant has none."""
        return self._principal(f"appId eq '{_text(app_id)}'", dry)

    def principal_of(self, resource: str, *, dry: dict[str, Any] | None = None) -> dict[str, Any] | None:
        """Returns the service principal of an API by its resource, such as `api://orders`."""
        return self._principal(f"servicePrincipalNames/any(n:n eq '{_text(resource)}')", dry)

    def create_principal(self, app_id: str) -> dict[str, Any]:
        """Creates the service principal of an application or an API, and returns it."""
        request = self._request("POST", "servicePrincipals", {"appId": app_id})
        return self._patiently(request, {"id": f"{{id of {app_id}}}", "appId": app_id})

    def credentials(self, id_: str) -> list[dict[str, Any]]:
        """Returns the federated credentials of an application."""
        return list(self._http.pages(self._request("GET", f"applications/{id_}/federatedIdentityCredentials")))

    def add_credential(self, id_: str, body: dict[str, Any]) -> None:
        """Adds a federated credential to an application."""
        self._patiently(self._request("POST", f"applications/{id_}/federatedIdentityCredentials", body))

    def add_secret(self, id_: str, name: str) -> str:
        """Adds a client secret to an application, and returns it: Graph tells it this once. Hides it from all output."""
        body = {"passwordCredential": {"displayName": name}}
        request = self._request("POST", f"applications/{id_}/addPassword", body, private=True)
        value = self._patiently(request, {"secretText": ""}).get("secretText")
        if not isinstance(value, str):
            raise ServiceRefused("Microsoft Graph added a secret, but doesn't say which", "remove it in the portal")
        return hide(value)

    def grants(self, principal: str) -> list[dict[str, Any]]:
        """Returns the consents that an application has, by its service principal's id."""
        return self._list("oauth2PermissionGrants", f"clientId eq '{_text(principal)}'")

    def grant(self, principal: str, resource: str, scopes: Sequence[str], grant: str | None = None) -> None:
        """Consents for all users. With the id of a `grant`, `scopes` are all that it has then."""
        scope = " ".join(scopes)
        if grant is not None:
            self._http.ask(self._request("PATCH", f"oauth2PermissionGrants/{grant}", {"scope": scope}, repeatable=True))
            return
        body = {
            "clientId": principal,
            "consentType": "AllPrincipals",
            "principalId": None,
            "resourceId": resource,
            "scope": scope,
        }
        self._patiently(self._request("POST", "oauth2PermissionGrants", body))

    def _principal(self, condition: str, dry: dict[str, Any] | None) -> dict[str, Any] | None:
        found = self._list("servicePrincipals", condition, "id,appId,displayName,oauth2PermissionScopes", dry)
        return found[0] if found else None

    def _list(
        self, path: str, condition: str, fields: str = "", dry: dict[str, Any] | None = None
    ) -> list[dict[str, Any]]:
        query = f"$filter={quote(condition, safe='')}" + (f"&$select={fields}" if fields else "")
        items = self._http.pages(self._request("GET", f"{path}?{query}"), dry=dry)
        return [one for one in items if isinstance(one, dict)]

    def _patiently(self, request: Request, dry: dict[str, Any] | None = None) -> dict[str, Any]:
        """Sends a request about what may have been created just now, again while Graph doesn't see it yet."""
        for wait in WAITS:
            answer = self._http.send(request, dry=dry)
            if answer.status not in _NOT_YET or not _is_missing(answer.text):
                break
            self._sleep(wait)
        answer = answer if answer.is_good else self._http.ask(request, dry=dry)
        return answer.mapping() if answer.body.strip() else {}

    def _request(
        self, method: str, path: str, body: Any = None, *, repeatable: bool | None = None, private: bool = False
    ) -> Request:
        service = self._service
        url = f"{service.url}/v1.0/{path}"
        return Request(method, url, service.name, service.audience, json=body, repeatable=repeatable, private=private)


def _is_missing(text: str) -> bool:
    """Checks whether an error says that something doesn't exist, or not yet."""
    said = text.lower()
    return any(
        part in said for part in ("does not exist", "not found", "does not reference a valid", "resourcenotfound")
    )


def _text(value: str) -> str:
    """Returns a text as it is written between apostrophes in a filter."""
    return value.replace("'", "''")
