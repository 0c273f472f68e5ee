"""Microsoft's clouds: every host, and the audience of the tokens for it.

This is the only table of them. An audience is a registered name of a service and is never derived from its host: the
regional hosts of a service, for example, share one audience, and Microsoft Entra ID knows no other
(https://learn.microsoft.com/en-us/power-automate/oauth-authentication).

A variable of the environment can replace each base URL, for tests, and for the day when Microsoft changes one.

Sources: `Get-DefaultAudienceForEndPoint` of the PowerShell modules Microsoft.PowerApps.*, the npm package
@microsoft/power-apps-actions, https://learn.microsoft.com/en-us/entra/identity-platform/authentication-national-cloud,
https://learn.microsoft.com/en-us/graph/deployments.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from connector_builder.live.errors import WronglyAsked
from connector_builder.source.suggest import suggest

PREFIX = "CB_URL_"
"""The beginning of the variables that replace base URLs, such as `CB_URL_POWER_APPS`.

It isn't `CONNECTOR_`: those are the variables of specs.
"""
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Service(NamedTuple):
    """A service: its name for people, its base URL without a slash at the end, and the audience of its tokens."""

    name: str
    url: str
    audience: str


class Cloud(NamedTuple):
    """One cloud.

    `authority` is where people sign in, and `login` is where this program sends the requests for tokens: the same, unless
    a variable replaces it. `gateway` is the audience for the runtime of connectors, whose hosts come from a connector.
    `dataverse` replaces the base URL of all organisations, and is empty unless a variable does; the real ones come from
    the list of environments. `assertion` is the audience of federated credentials. `digits` are the hexadecimal digits at
    the end of an environment's id that are a label of their own in its host.
    """

    name: str
    authority: str
    login: str
    power_apps: Service
    admin: Service
    flow: Service
    platform: Service
    graph: Service
    gateway: str
    dataverse: str
    assertion: str
    digits: int

    @property
    def services(self) -> tuple[Service, ...]:
        """The services with a host of their own."""
        return (self.power_apps, self.admin, self.flow, self.platform, self.graph)


def _cloud(
    name: str, login: str, power_apps: str, admin: str, audience: str, flow: tuple[str, str],
    platform: str, graph: str, gateway: str, *, assertion: str = "api://AzureADTokenExchange", digits: int = 1,
) -> Cloud:  # fmt: skip
    return Cloud(
        name,
        f"https://{login}",
        f"https://{login}",
        Service("Power Apps", f"https://{power_apps}", audience),
        Service("the list of environments", f"https://{admin}", audience),
        Service("Power Automate", f"https://{flow[0]}", flow[1]),
        Service("the Power Platform API", f"https://{platform}", f"https://{platform}"),
        Service("Microsoft Graph", f"https://{graph}", f"https://{graph}"),
        gateway,
        "",
        assertion,
        digits,
    )


CLOUDS = {
    cloud.name: cloud
    for cloud in (
        _cloud(
            "public", "login.microsoftonline.com", "api.powerapps.com", "api.bap.microsoft.com",
            "https://service.powerapps.com/", ("api.flow.microsoft.com", "https://service.flow.microsoft.com/"),
            "api.powerplatform.com", "graph.microsoft.com", "https://apihub.azure.com", digits=2,
        ),
        _cloud(
            "gcc", "login.microsoftonline.com", "gov.api.powerapps.us", "gov.api.bap.microsoft.us",
            "https://gov.service.powerapps.us/", ("gov.api.flow.microsoft.us", "https://gov.service.flow.microsoft.us/"),
            "api.gov.powerplatform.microsoft.us", "graph.microsoft.com", "https://power-apis-usgov001-public.azure-apihub.us",
        ),
        _cloud(
            "gcc-high", "login.microsoftonline.us", "high.api.powerapps.us", "high.api.bap.microsoft.us",
            "https://high.service.powerapps.us/", ("high.api.flow.microsoft.us", "https://high.service.flow.microsoft.us/"),
            "api.high.powerplatform.microsoft.us", "graph.microsoft.us", "https://power-apis-usgov001-sovereign.azure-apihub.us",
            assertion="api://AzureADTokenExchangeUSGov",
        ),
        _cloud(
            "dod", "login.microsoftonline.us", "api.apps.appsplatform.us", "api.bap.appsplatform.us",
            "https://service.apps.appsplatform.us/", ("api.flow.appsplatform.us", "https://service.flow.appsplatform.us/"),
            "api.appsplatform.us", "dod-graph.microsoft.us", "https://power-apis-usdod-001.azure-apihub.us",
            assertion="api://AzureADTokenExchangeUSGov",
        ),
        _cloud(
            "china", "login.partner.microsoftonline.cn", "api.powerapps.cn", "api.bap.partner.microsoftonline.cn",
            "https://service.powerapps.cn/", ("api.powerautomate.cn", "https://service.powerautomate.cn/"),
            "api.powerplatform.partner.microsoftonline.cn", "microsoftgraph.chinacloudapi.cn", "https://china.azure-apihub.cn/",
            assertion="api://AzureADTokenExchangeChina",
        ),
    )
}  # fmt: skip
VARIABLES = {
    f"{PREFIX}LOGIN": "login",
    f"{PREFIX}POWER_APPS": "power_apps",
    f"{PREFIX}ADMIN": "admin",
    f"{PREFIX}FLOW": "flow",
    f"{PREFIX}PLATFORM": "platform",
    f"{PREFIX}GRAPH": "graph",
    f"{PREFIX}DATAVERSE": "dataverse",
}
"""The variables that replace base URLs, and the field of a cloud that each replaces."""


def cloud_named(name: str, environment: Mapping[str, str]) -> Cloud:
    """Returns a cloud by its name, with the base URLs that variables of the environment replace.

    Raises WronglyAsked for an unknown cloud, and for a variable that contains no base URL.
    """
    cloud = CLOUDS.get(name)
    if cloud is None:
        known = ", ".join(CLOUDS)
        raise WronglyAsked(f"there is no cloud '{name}'", suggest(name, CLOUDS) or f"the clouds are {known}")
    for variable, field in VARIABLES.items():
        given = environment.get(variable)
        if given:
            url = _base_url(variable, given)
            before = getattr(cloud, field)
            changed: dict[str, Any] = {field: before._replace(url=url) if isinstance(before, Service) else url}
            cloud = cloud._replace(**changed)
    return cloud


def scope_of(audience: str) -> str:
    """Returns the scope for all permissions of an audience.

    An audience that ends with a slash gets a second one, which Microsoft Entra ID requires:
    `https://service.powerapps.com//.default`.
    """
    return f"{audience}/.default"


def is_safe(url: str) -> bool:
    """Checks whether a token may be sent to an address: by HTTPS, or to this machine."""
    try:
        parts = urlsplit(url)
        return (parts.scheme == "https" and bool(parts.hostname)) or (
            parts.scheme == "http" and parts.hostname in LOOPBACK
        )
    except ValueError:
        return False


def _base_url(variable: str, url: str) -> str:
    plain = url.rstrip("/")
    if not is_safe(plain) or "@" in plain or "?" in plain or "#" in plain:
        raise WronglyAsked(f"the variable {variable} contains no base URL", "write it like https://api.contoso.example")
    return plain
