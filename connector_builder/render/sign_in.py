"""Reads what a package says about a sign-in by OAuth: for its README, explanations and the registration of an application.

Sources: https://learn.microsoft.com/en-us/connectors/custom-connectors/connection-parameters, and published connectors. Those with
a federated credential instead of a secret write some names of `customParameters` with a capital letter.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import quote

from connector_builder.platform.api_properties import GLOBAL_REDIRECT, PER_CONNECTOR
from connector_builder.platform.auth.entra_apis import api_named
from connector_builder.platform.auth.kinds import ENTRA_LOGIN, PROVIDERS, TOKEN
from connector_builder.platform.auth.oauth import is_open
from connector_builder.platform.data.plain import first_text, items, mapping, text
from connector_builder.secrets import is_placeholder

FEDERATED = "GenericFederatedIdentityCredential"
"""The `clientAssertionType` of a connector that signs in with a federated credential instead of a secret."""
SEVERAL_TENANTS = ("", "common", "organizations", "consumers")
"""The tenants of a sign-in that takes users of any tenant."""


class SignIn(NamedTuple):
    """An OAuth sign-in.

    `api` is the portal's name of the resource, if it is Microsoft's. `redirect` is empty where the platform makes the
    address when it makes the connector; `own_redirect` is the connector's own address where the package has it. `client`
    is empty where it is a placeholder. `secret` says that paconn has a client secret to pass on. `authorization` and
    `token` are the addresses of a provider that isn't Microsoft Entra ID, `login` that of Microsoft Entra ID. `subject`,
    `issuer` and `exchange`, its audience, are of the federated credential, if the sign-in is `federated`.
    """

    entra: bool
    api: str
    provider: str
    scopes: tuple[str, ...]
    resource: str
    redirect: str
    secret: bool
    own_redirect: str = ""
    client: str = ""
    tenant: str = ""
    login: str = ""
    on_behalf_of: bool = False
    federated: bool = False
    subject: str = ""
    issuer: str = ""
    exchange: str = ""
    authorization: str = ""
    token: str = ""

    @property
    def several_tenants(self) -> bool:
        """Whether users of any tenant can sign in."""
        return self.tenant.lower() in SEVERAL_TENANTS

    @property
    def consent_link(self) -> str:
        """The address where an administrator consents, with TENANT and CLIENT_ID for what isn't known.

        Empty where the sign-in isn't that of Microsoft Entra ID.
        Source: https://learn.microsoft.com/en-us/entra/identity-platform/v2-admin-consent
        """
        if not self.entra:
            return ""
        tenant = "TENANT" if self.several_tenants else quote(self.tenant, safe="")
        return f"{self.login}/{tenant}/adminconsent?client_id={quote(self.client, safe='') or 'CLIENT_ID'}"


def sign_in(name: str, parameter: Mapping[str, Any]) -> SignIn:
    """Returns what a connection parameter of the type `oauthSetting` says; `name` is the parameter's."""
    settings = mapping(parameter.get("oAuthSettings"))
    custom = {
        key.lower(): text(mapping(one).get("value")) for key, one in mapping(settings.get("customParameters")).items()
    }
    properties = mapping(settings.get("properties"))
    provider = text(settings.get("identityProvider"))
    entra = provider.startswith("aad")
    own = settings.get("redirectMode") == PER_CONNECTOR
    given = text(settings.get("redirectUrl"))
    resource = first_text(custom.get("resourceuri"), properties.get("AzureActiveDirectoryResourceId"))
    federated = text(settings.get("clientAssertionType")) == FEDERATED
    credential = mapping(properties.get("FederatedIdentityCredentials"))
    known = PROVIDERS.get(provider.lower())
    return SignIn(
        entra=entra,
        api=api_named(resource),
        provider=provider,
        scopes=tuple(word for scope in items(settings.get("scopes")) for word in text(scope).split()),
        resource=resource,
        redirect="" if own else first_text(given, GLOBAL_REDIRECT),
        secret=name == TOKEN and bool(settings) and not federated,
        own_redirect=given if given != GLOBAL_REDIRECT else "",
        client=_client(text(settings.get("clientId"))),
        tenant=custom.get("tenantid", ""),
        login=first_text(custom.get("loginuri"), ENTRA_LOGIN).rstrip("/") if entra else "",
        on_behalf_of=custom.get("enableonbehalfoflogin", "").lower() == "true",
        federated=federated,
        subject=text(credential.get("Subject")),
        issuer=text(credential.get("Issuer")),
        exchange=text(credential.get("Audience")),
        authorization=_address(custom, "authorizationurl", known.authorization if known else ""),
        token=_address(custom, "tokenurl", known.token if known else ""),
    )


def _client(client: str) -> str:
    """Returns the id of a client; nothing for a placeholder such as `00000000-0000-0000-0000-000000000000`."""
    return "" if is_placeholder(client) or is_open(client) or not client.strip("0-") else client


def _address(custom: Mapping[str, str], name: str, usual: str) -> str:
    return first_text(custom.get(name), custom.get(f"{name}template"), usual)
