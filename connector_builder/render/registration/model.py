"""What the registration of an application must be."""

import re
import uuid
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any, NamedTuple

from connector_builder.platform.auth.entra_apis import API_CONNECTIONS
from connector_builder.platform.auth.kinds import ENTRA_LOGIN

SINGLE, SEVERAL = "AzureADMyOrg", "AzureADMultipleOrgs"
"""The two values of `signInAudience`: one tenant, or several.

Source: https://learn.microsoft.com/en-us/graph/api/resources/application
"""
LOOPBACK = "http://localhost"
"""The redirect URI of a command line. Any port is accepted for it.

Source: https://learn.microsoft.com/en-us/entra/identity-platform/reply-url
"""
EXCHANGE = "api://AzureADTokenExchange"
"""The audience of a federated credential.

Source: https://learn.microsoft.com/en-us/entra/workload-id/workload-identity-federation-create-trust
"""
TENANT_ID = "TENANT_ID"
"""Stands for the tenant's id in the issuer of a federated credential, until a script fills it in."""
CREDENTIAL_NAME = "power-platform-connector"
ACCESS = "access_as_user"
"""The permission of the application's own API by which Azure API Connections acts for a user: the on-behalf-of login."""
_SCOPES = uuid.UUID("7a0f5f0e-6d3c-5b1a-9a57-0c6b7d1e2f43")
"""The namespace of the ids of such permissions, so that a second run finds its own."""
_NOT_SHOWN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+"
)
MOST_NAME = 120
"""The longest name of an application."""


class Permission(NamedTuple):
    """A delegated permission of an API.

    `api` is the API's name in the portal, or its resource. `app_id` and `id` are empty where they must be looked up: by the
    resource, and by the name. `by_admin` says that only an administrator can allow it.
    """

    api: str
    name: str
    app_id: str = ""
    id: str = ""
    resource: str = ""
    by_admin: bool = False

    @property
    def is_known(self) -> bool:
        """Whether both ids are known."""
        return bool(self.app_id and self.id)

    @property
    def looked_up_by(self) -> str:
        """What the API is looked up by: the id of its application, or its resource."""
        return self.app_id or self.resource


class Credential(NamedTuple):
    """A federated credential of a connector without a secret; `issuer` and `subject` are empty where they aren't known yet.

    Clouds other than the public one have another `audience`, which a deployed connector names.
    """

    subject: str
    issuer: str = ""
    audience: str = EXCHANGE


class Registration(NamedTuple):
    """The registration of an application.

    `way` is the name of the way to sign in, empty if there is only one. `redirects` are the redirect URIs of the platform
    *Web*; with `public`, the command line can sign in too. `client` is the id of the application, if the spec has it.
    `own_redirect` says that the connector gets a redirect URI of its own which isn't here yet. `credential` is None for a
    connector with a secret. `secret` and `consent` say that the user asked for a client secret, and for consent.
    """

    name: str
    redirects: tuple[str, ...]
    permissions: tuple[Permission, ...]
    audience: str = SINGLE
    way: str = ""
    public: bool = False
    client: str = ""
    tenant: str = ""
    login: str = ENTRA_LOGIN
    graph: str = "https://graph.microsoft.com"
    own_redirect: bool = False
    credential: Credential | None = None
    needs_secret: bool = True
    on_behalf_of: bool = False
    after_deploy: bool = False
    secret: bool = False
    consent: bool = False
    notes: tuple[str, ...] = ()

    @property
    def known(self) -> list[Permission]:
        """The permissions whose ids are known."""
        return [one for one in self.permissions if one.is_known]

    @property
    def unknown(self) -> list[Permission]:
        """The permissions that must be looked up."""
        return [one for one in self.permissions if not one.is_known]


def required_access(permissions: Iterable[Permission]) -> list[dict[str, Any]]:
    """Returns known permissions as Graph's `requiredResourceAccess`: by the id of the API's application."""
    return [
        {"resourceAppId": app_id, "resourceAccess": [{"id": one.id, "type": "Scope"} for one in some]}
        for app_id, some in by_api(permissions)
    ]


def by_api(permissions: Iterable[Permission]) -> Iterator[tuple[str, list[Permission]]]:
    """Yields permissions by what their API is looked up by, in their order."""
    groups: dict[str, list[Permission]] = {}
    for one in permissions:
        groups.setdefault(one.looked_up_by, []).append(one)
    yield from groups.items()


def application(one: Registration) -> dict[str, Any]:
    """Returns the application as Graph's body of `POST /applications`, with the permissions whose ids are known."""
    body: dict[str, Any] = {"displayName": one.name, "signInAudience": one.audience}
    if one.redirects:
        body["web"] = {"redirectUris": list(one.redirects)}
    if one.public:
        body |= {"isFallbackPublicClient": True, "publicClient": {"redirectUris": [LOOPBACK]}}
    if one.known:
        body["requiredResourceAccess"] = required_access(one.known)
    return body


def federated(credential: Credential) -> dict[str, Any]:
    """Returns a federated credential as Graph's body. Its name belongs to its subject: each environment has one of its own."""
    return {
        "name": f"{CREDENTIAL_NAME}-{sha256(credential.subject.encode()).hexdigest()[:8]}",
        "issuer": credential.issuer,
        "subject": credential.subject,
        "audiences": [credential.audience],
        "description": "Subject of the deployed connector",
    }


def own_credential(one: Registration) -> dict[str, Any]:
    """Returns the federated credential of a connector without a secret, with TENANT_ID for a tenant that isn't known."""
    credential = one.credential or Credential("")
    return federated(credential._replace(issuer=credential.issuer or f"{one.login}/{TENANT_ID}/v2.0"))


def own_scope(one: Registration) -> dict[str, Any]:
    """Returns the permission of the application's own API, as Graph's `oauth2PermissionScopes` has it."""
    return {
        "id": str(uuid.uuid5(_SCOPES, one.name)),
        "value": ACCESS,
        "type": "User",
        "isEnabled": True,
        "adminConsentDisplayName": "Access the API",
        "adminConsentDescription": "Access the API as the signed-in user",
    }


def allowed(permission: str) -> dict[str, Any]:
    """Returns Azure API Connections with a permission, as Graph's `preAuthorizedApplications` has it.

    Source: https://learn.microsoft.com/en-us/graph/api/resources/preauthorizedapplication
    """
    return {"appId": API_CONNECTIONS.app_id, "delegatedPermissionIds": [permission]}


def clean(text: str) -> str:
    """Returns a name on one line, without characters that aren't shown and without what CI systems take for a command."""
    return " ".join(_NOT_SHOWN.sub(" ", text).split()).replace("##", "# #")[:MOST_NAME].strip()
