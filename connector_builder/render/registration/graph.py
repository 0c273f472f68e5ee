"""The registration as requests to Microsoft Graph.

Source: https://learn.microsoft.com/en-us/graph/api/application-post-applications and the pages beside it.
"""

from typing import Any

from connector_builder.render.registration.model import (
    Registration,
    allowed,
    application,
    by_api,
    own_credential,
    own_scope,
)

ID, APP_ID, SP_ID = "{id}", "{appId}", "{servicePrincipalId}"
"""What the answers to earlier requests contain: `id` and `appId` of the application, `id` of its service principal."""


def graph_requests(one: Registration) -> list[dict[str, Any]]:
    """Returns the requests in their order, each `{"method": "POST", "url": …, "body": {…}}`, with `//` for a remark."""
    if one.after_deploy:
        return _after_deploy(one)
    url = f"{one.graph}/v1.0"
    requests = [
        {
            "//": "an application of this name may exist: then complete that one",
            "method": "GET",
            "url": f"{url}/applications?$filter=displayName eq '{_odata(one.name)}'",
        },
        *_look_ups(one),
        {"method": "POST", "url": f"{url}/applications", "body": _whole(one)},
        {"method": "POST", "url": f"{url}/servicePrincipals", "body": {"appId": APP_ID}},
    ]
    if one.on_behalf_of:
        requests += _pre_authorized(url, one)
    if one.credential is not None and one.credential.subject:
        requests.append(_federated(f"{url}/applications/{ID}", one))
    if one.secret and one.needs_secret:
        requests.append(
            {
                "//": "the answer contains the secret once, as secretText",
                "method": "POST",
                "url": f"{url}/applications/{ID}/addPassword",
                "body": {"passwordCredential": {"displayName": "connector"}},
            }
        )
    return [*requests, *(_consents(one) if one.consent else ())]


def _after_deploy(one: Registration) -> list[dict[str, Any]]:
    url = f"{one.graph}/v1.0/applications(appId='{one.client or APP_ID}')"
    requests: list[dict[str, Any]] = [
        {
            "//": "the next request replaces the list: add what this one returns",
            "method": "GET",
            "url": f"{url}?$select=id,web",
        },
        {"method": "PATCH", "url": url, "body": {"web": {"redirectUris": list(one.redirects)}}},
    ]
    if one.credential is not None and one.credential.subject:
        requests.append(_federated(url, one))
    return requests


def _federated(url: str, one: Registration) -> dict[str, Any]:
    return {"method": "POST", "url": f"{url}/federatedIdentityCredentials", "body": own_credential(one)}


def _whole(one: Registration) -> dict[str, Any]:
    """Returns the application with all permissions; what must be looked up first is a word in braces."""
    access = [
        {
            "resourceAppId": some[0].app_id or f"{{appId of {key}}}",
            "resourceAccess": [{"id": part.id or f"{{id of {part.name}}}", "type": "Scope"} for part in some],
        }
        for key, some in by_api(one.permissions)
    ]
    return {**application(one), **({"requiredResourceAccess": access} if access else {})}


def _look_ups(one: Registration) -> list[dict[str, Any]]:
    requests = []
    for key, some in by_api(one.unknown):
        by = f"appId eq '{key}'" if some[0].app_id else f"servicePrincipalNames/any(n:n eq '{_odata(key)}')"
        url = f"{one.graph}/v1.0/servicePrincipals?$filter={by}&$select=id,appId,oauth2PermissionScopes"
        requests.append({"//": "the ids of this API and of its permissions", "method": "GET", "url": url})
    return requests


def _consents(one: Registration) -> list[dict[str, Any]]:
    """Returns the consent of an administrator for all users, one request for each API."""
    return [
        {
            "//": "an existing grant is completed by PATCH",
            "method": "POST",
            "url": f"{one.graph}/v1.0/oauth2PermissionGrants",
            "body": {
                "clientId": SP_ID,
                "consentType": "AllPrincipals",
                "principalId": None,
                "resourceId": f"{{servicePrincipalId of {some[0].api}}}",
                "scope": " ".join(permission.name for permission in some),
            },
        }
        for _, some in by_api(one.permissions)
    ]


def _pre_authorized(url: str, one: Registration) -> list[dict[str, Any]]:
    """Returns what the on-behalf-of login needs: an API that Azure API Connections may use for users.

    Graph refuses to allow a permission that the same request adds, so there are two.
    """
    scope = own_scope(one)
    api = {"identifierUris": [f"api://{APP_ID}"], "api": {"oauth2PermissionScopes": [scope]}}
    permitted = {"api": {"preAuthorizedApplications": [allowed(scope["id"])]}}
    remark = "on-behalf-of login: an API of the application. Lists are replaced: add what an existing application has"
    address = f"{url}/applications/{ID}"
    return [
        {"//": remark, "method": "PATCH", "url": address, "body": api},
        {"//": "Azure API Connections acts for the user", "method": "PATCH", "url": address, "body": permitted},
    ]


def _odata(text: str) -> str:
    """Returns a text as it is written between apostrophes in a filter."""
    return text.replace("'", "''")
