"""What an explanation of an error is."""

from enum import StrEnum
from typing import NamedTuple

ENTRA_DOCS = "https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes"
ERROR_PAGE = "https://login.microsoftonline.com/error?code="
"""Microsoft's page for one code of the sign-in, before its number."""
CONSENT_DOCS = "https://learn.microsoft.com/en-us/entra/identity-platform/v2-admin-consent"
CONNECTOR_DOCS = "https://learn.microsoft.com/en-us/connectors/custom-connectors/azure-active-directory-authentication"
AUDIENCES = "https://learn.microsoft.com/en-us/power-automate/oauth-authentication"
POWERSHELL_DOCS = "https://learn.microsoft.com/en-us/power-platform/admin/powershell-create-service-principal"
DLP_DOCS = "https://learn.microsoft.com/en-us/power-platform/admin/dlp-custom-connector-parity"
CODE_DOCS = "https://learn.microsoft.com/en-us/connectors/custom-connectors/write-code"
LIMITS_DOCS = "https://learn.microsoft.com/en-us/power-apps/developer/data-platform/api-limits"
SHARE_DOCS = "https://learn.microsoft.com/en-us/connectors/custom-connectors/share"
FLOW_CODE_DOCS = "https://learn.microsoft.com/en-us/power-automate/manage-flows-with-code"
CAE_DOCS = "https://learn.microsoft.com/en-us/entra/identity-platform/claims-challenge"


class Evidence(StrEnum):
    """How much is known of an error."""

    DOCUMENTED = "Microsoft documents it"
    CLIENTS = "open-source clients handle it"
    REPORTED = "users report it"


class Area(StrEnum):
    """The service that an error is of."""

    SIGN_IN = "Sign-in"
    POWER_APPS = "Power Apps"
    FLOWS = "Power Automate"
    DATAVERSE = "Dataverse"
    GRAPH = "Microsoft Graph"
    GATEWAY = "Calls through a connection"
    GENERAL = "Every service"
    PORTAL = "The portal"


class About(StrEnum):
    """A part of a spec that an error can be about."""

    RESOURCE = "resource"
    REDIRECT = "redirect"
    TENANT = "tenant"
    CLIENT = "client"
    CONSENT = "consent"
    SCOPES = "scopes"
    ADDRESSES = "addresses"
    ENVIRONMENT = "environment"
    HOST = "host"


class Explanation(NamedTuple):
    """An error: what it means, its usual causes and what to do, the most frequent first, and where to read more.

    `code` is the code as the service spells it: `AADSTS65001`, `EnvironmentAccessDenied`. What has no code of its own has a
    name of ours in small letters: `secret-lost-after-import`. `phrases` are parts of messages, in small letters, that show
    the error without its code. `about` are the parts of a spec whose values help. `general` says that an error which stands
    beside it in the same body explains more.
    """

    code: str
    title: str
    meaning: str
    causes: tuple[str, ...]
    cures: tuple[str, ...]
    area: Area
    evidence: Evidence
    sources: tuple[str, ...] = ()
    about: tuple[About, ...] = ()
    statuses: tuple[int, ...] = ()
    phrases: tuple[str, ...] = ()
    general: bool = False


def sign_in(
    number: int,
    title: str,
    meaning: str,
    causes: tuple[str, ...],
    cures: tuple[str, ...],
    *about: About,
    evidence: Evidence = Evidence.DOCUMENTED,
    sources: tuple[str, ...] = (),
    phrases: tuple[str, ...] = (),
) -> Explanation:
    """Returns the explanation of a code of Microsoft Entra ID, such as 65001."""
    pages = (*sources, *((ENTRA_DOCS,) if evidence is Evidence.DOCUMENTED else ()), f"{ERROR_PAGE}{number}")
    code = f"AADSTS{number}"
    return Explanation(code, title, meaning, causes, cures, Area.SIGN_IN, evidence, pages, about, (), phrases)
