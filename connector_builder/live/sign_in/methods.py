"""Chooses how to sign in: what the user says, else how they signed in before, else what the environment offers."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from connector_builder.live.clouds import CLOUDS, Cloud, cloud_named
from connector_builder.live.errors import SignInRefused, WronglyAsked
from connector_builder.live.sign_in.azure_cli import has_azure_cli
from connector_builder.live.sign_in.federation import is_federated
from connector_builder.live.sign_in.home import Record
from connector_builder.platform.auth.oauth import is_client, is_tenant


class Method(StrEnum):
    """A way to sign in."""

    AZ = "az"
    BROWSER = "browser"
    DEVICE = "device"
    SECRET = "secret"  # noqa: S105 - its name
    CERTIFICATE = "certificate"
    FEDERATED = "federated"
    MANAGED_IDENTITY = "managed-identity"


CLIENTS = {
    "azure-cli": "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
    "azure-powershell": "1950a258-227b-4e31-a9cf-717495945fc2",
    "pac": "9cee029c-6210-4654-90bb-17e6e9d36617",
}
"""Public clients of Microsoft, used only if the user names one: most tenants let them sign in, and none has to.

Source: https://learn.microsoft.com/en-us/troubleshoot/entra/entra-id/governance/verify-first-party-apps-sign-in
"""
OF_APPS = (Method.SECRET, Method.CERTIFICATE, Method.FEDERATED, Method.MANAGED_IDENTITY)
"""The methods by which no person signs in."""
SECRETS = ("AZURE_CLIENT_SECRET", "POWER_PLATFORM_CLIENT_SECRET", "ARM_CLIENT_SECRET")
CERTIFICATES = ("AZURE_CLIENT_CERTIFICATE_PATH", "POWER_PLATFORM_CLIENT_CERTIFICATE_FILE_PATH")
PASSWORDS = ("AZURE_CLIENT_CERTIFICATE_PASSWORD", "POWER_PLATFORM_CLIENT_CERTIFICATE_PASSWORD")
_TENANTS = ("AZURE_TENANT_ID", "POWER_PLATFORM_TENANT_ID", "AZURESUBSCRIPTION_TENANT_ID", "ARM_TENANT_ID")
_CLIENTS = ("AZURE_CLIENT_ID", "POWER_PLATFORM_CLIENT_ID", "AZURESUBSCRIPTION_CLIENT_ID", "ARM_CLIENT_ID")
_CLOUD = "POWER_PLATFORM_CLOUD"
_ANY_TENANT = "organizations"
_SSH = ("SSH_CONNECTION", "SSH_TTY")
_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user says about signing in; what they don't say is None."""

    method: str | None = None
    tenant: str | None = None
    client_id: str | None = None
    cloud: str | None = None
    storage: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """How to sign in. `storage` is where tokens are kept; None for the best that the system has."""

    cloud: Cloud
    method: Method
    tenant: str
    client_id: str
    storage: str | None = None


def choose(
    wish: Wish, record: Record | None, environment: Mapping[str, str], *, az: Callable[[str], bool] | None = None
) -> Choice:
    """Returns how to sign in.

    `record` is how the user signed in before: it counts if the wish names no other method. `az` checks whether the Azure
    CLI gives a token for an audience. Raises WronglyAsked for a wish that can't be, and SignInRefused if there is no way.
    """
    if record is not None and wish.method not in (None, record.method):
        record = None
    name = wish.cloud or (record.cloud if record else None) or environment.get(_CLOUD) or "public"
    cloud = cloud_named(name if name in CLOUDS or wish.cloud else name.lower(), environment)
    tenant = _checked_tenant(wish.tenant or (record.tenant if record else "") or _first(_TENANTS, environment))
    client = _checked_client(wish.client_id or (record.client_id if record else "") or _first(_CLIENTS, environment))
    storage = wish.storage or (record.storage if record else None)
    method = wish.method or (record.method if record else None)
    chosen = Method(method) if method else _found(cloud, tenant, client, environment, az or (lambda _: has_azure_cli()))
    return _complete(Choice(cloud, chosen, tenant, client, storage))


def _found(cloud: Cloud, tenant: str, client: str, environment: Mapping[str, str], az: Callable[[str], bool]) -> Method:
    """Returns the first method that the environment offers."""
    if tenant and client and is_federated(environment):
        return Method.FEDERATED
    if tenant and client and _first(SECRETS, environment):
        return Method.SECRET
    if tenant and client and _first(CERTIFICATES, environment):
        return Method.CERTIFICATE
    if az(cloud.power_apps.audience):
        return Method.AZ
    return Method.BROWSER if has_browser(environment) else Method.DEVICE


def _complete(choice: Choice) -> Choice:
    """Returns a choice with everything that its method requires. Raises SignInRefused if something is missing."""
    if choice.method in (Method.AZ, Method.MANAGED_IDENTITY):
        return choice
    if not choice.client_id:
        if choice.method in OF_APPS:
            raise SignInRefused("the application has no id", f"name it: --client-id ID, or the variable {_CLIENTS[0]}")
        help_ = (
            "sign in to the Azure CLI (az login), or name the id of your own app: --client-id ID; "
            "'--client-id azure-cli' borrows Microsoft's, which some tenants don't allow"
        )
        raise SignInRefused("no application is named by which to sign in", help_)
    if choice.method in OF_APPS and not choice.tenant:
        raise SignInRefused(
            "an application signs in to one tenant", f"name it: --tenant ID, or the variable {_TENANTS[0]}"
        )
    if choice.tenant:
        return choice
    return Choice(choice.cloud, choice.method, _ANY_TENANT, choice.client_id, choice.storage)


def has_browser(environment: Mapping[str, str], *, system: str = sys.platform) -> bool:
    """Checks whether a browser can be opened here: not on a remote machine, and on Linux only with a display."""
    if any(environment.get(name) for name in _SSH) and not environment.get("BROWSER"):
        return False
    return system in ("win32", "darwin") or any(environment.get(name) for name in _DISPLAYS)


def _checked_tenant(text: str) -> str:
    if text and not is_tenant(text):
        raise WronglyAsked(f"'{text}' can't be a tenant", "write its id, or its domain such as contoso.onmicrosoft.com")
    return text


def _checked_client(text: str) -> str:
    client = CLIENTS.get(text, text)
    if client and not is_client(client):
        known = ", ".join(CLIENTS)
        raise WronglyAsked(f"'{text}' can't be the id of an application", f"write its GUID, or one of {known}")
    return client


def _first(names: tuple[str, ...], environment: Mapping[str, str]) -> str:
    return next((environment[name] for name in names if environment.get(name)), "")
