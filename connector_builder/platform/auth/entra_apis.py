"""Microsoft's APIs in Microsoft Entra ID: their names in the portal, their ids and audiences, and their delegated permissions.

Only what a source confirms is here; for any other API, a README names the resource, and the id of a permission is looked up.

- Flow Service, PowerApps Service, Power Platform API, Azure API Connections, PowerApps-Advisor: the pages of these names in
  https://github.com/maciejporebski/azure-ad-first-party-apps-permissions; Flow Service also
  https://github.com/pnp/cli-microsoft365. Audiences: https://learn.microsoft.com/en-us/power-automate/oauth-authentication.
  Clouds other than the public one may show another name.
- Microsoft Graph: https://learn.microsoft.com/en-us/graph/permissions-reference
- Dynamics CRM, the name for Dataverse:
  https://www.c-sharpcorner.com/article/learn-to-add-api-permissions-in-azure-app-registration
"""

from typing import NamedTuple

from connector_builder.platform.auth.kinds import ENTRA_LOGIN

OPENID = ("openid", "profile", "email", "offline_access")
"""Scopes of every sign-in, which are permissions of Microsoft Graph."""


class Api(NamedTuple):
    """An API of Microsoft: the portal's name, the id of its application, its host as an audience, and its permissions by name.

    `complete` says that it has no other delegated permissions. `by_admin` are those that only administrators can allow.
    """

    name: str
    app_id: str
    host: str
    permissions: dict[str, str]
    complete: bool = True
    by_admin: frozenset[str] = frozenset()


FLOW = Api(
    "Flow Service",
    "7df0a125-d3be-4c96-aa54-591f83ff541c",
    "service.flow.microsoft.com",
    {
        "Activity.Read.All": "822a9cde-503a-472d-a530-d1dc9cd0d52b",
        "Approvals.Manage.All": "d05743e4-fb24-4dff-8a33-0f6c73c964bd",
        "Approvals.Read.All": "e9cbd5de-0031-493e-8fb1-60712d03cc8b",
        "Flows.Install": "561fec17-2fca-4137-9017-13a131fd77e5",
        "Flows.Manage.All": "30b2d850-00c3-4802-b7ae-ece9af9de5c6",
        "Flows.Read.All": "e45c5562-459d-4d1b-8148-83eb1b6dcf83",
        "Flows.Read.Plans": "0b575251-2c95-46df-bc75-c8c43e6b7116",
        "Flows.Write.Plans": "27c61d54-eb42-4315-8793-6e5715a19746",
        "User": "44d8c55c-9ffc-4546-883e-9041b5bb0b01",
    },
    by_admin=frozenset({"User"}),
)
POWER_APPS = Api(
    "PowerApps Service",
    "475226c6-020e-4fb2-8a90-7a972cbfc1d4",
    "service.powerapps.com",
    {"User": "0eb56b90-a7b5-43b5-9402-8137a8083e90"},
)
DATAVERSE = Api(
    "Dynamics CRM",
    "00000007-0000-0000-c000-000000000000",
    "",
    {"user_impersonation": "78ce3f0f-a1ce-49c2-8cde-64b5c0896db4"},
)
API_CONNECTIONS = Api(
    "Azure API Connections",
    "fe053c5f-3692-4f14-aef2-ee34fc081cae",
    "apihub.azure.com",
    {"Runtime.All": "6c3012bf-22c1-4bb5-959b-dff738314144"},
)
GRAPH = Api(
    "Microsoft Graph",
    "00000003-0000-0000-c000-000000000000",
    "graph.microsoft.com",
    {
        "User.Read": "e1fe6dd8-ba31-4d61-89e7-88639da4683d",
        "email": "64a6cdd6-aab1-4aaf-94b8-3cc8405e90d0",
        "offline_access": "7427e0e9-2fba-42fe-b0c0-848c9e6a8182",
        "openid": "37f7f235-527c-4136-accd-4a02d197296e",
        "profile": "14dad69e-099b-42c9-810b-d002981feec1",
    },
    complete=False,
)
APIS = (
    FLOW,
    POWER_APPS,
    DATAVERSE,
    API_CONNECTIONS,
    GRAPH,
    Api(
        "Power Platform API",
        "8578e004-a5c6-46e7-913e-12f58912df43",
        "api.powerplatform.com",
        {
            "Connectivity.Connections.Read": "d0ac573f-48ce-4693-88c1-8fa719eb8b45",
            "Connectivity.Connections.UserConsent": "f0d8fd94-fdad-465b-b174-c37a1470196b",
            "Connectivity.Connections.Write": "5d973cb3-b843-4baf-bc35-646ccb9181ce",
            "Connectivity.Connectors.Read": "41e78a9d-569c-4929-ad5e-5ab23eeb83f4",
            "EnvironmentManagement.Environments.Read": "177690ed-85f1-41d9-8dbf-2716e60ff46a",
            "PowerAutomate.Flows.Read": "ed141b5c-775b-4ab0-9b28-31191f7d3bf5",
            "PowerAutomate.Flows.Write": "6bb2a650-63f5-44be-8998-3110d6ef18a1",
        },
        complete=False,
    ),
    Api(
        "PowerApps-Advisor",
        "c9299480-c13a-49db-a7ae-cdfe54fe0313",
        "api.advisor.powerapps.com",
        {"Analysis.All": "d533b86d-8f67-45f0-b8bb-c0cee8da0356"},
        complete=False,
    ),
)
_BY_HOST = {api.host: api for api in APIS if api.host}
_OTHER_HOSTS = {
    "gov.service.flow.microsoft.us": FLOW,
    "high.service.flow.microsoft.us": FLOW,
    "service.flow.appsplatform.us": FLOW,
    "service.powerautomate.cn": FLOW,
    "gov.service.powerapps.us": POWER_APPS,
    "high.service.powerapps.us": POWER_APPS,
    "service.apps.appsplatform.us": POWER_APPS,
    "service.powerapps.cn": POWER_APPS,
}
"""Audiences of other clouds than the public one, where the portal may show another name."""
_DATAVERSE = (".dynamics.com", ".microsoftdynamics.us", ".crm.appsplatform.us", ".crm.dynamics.cn")
_NAMES = {"dataverse": DATAVERSE, "power automate": FLOW, "microsoft flow service": FLOW, "power apps": POWER_APPS}
"""Names that people use beside the portal's."""
_GRAPHS = {
    "login.microsoftonline.us": "https://graph.microsoft.us",
    "login.chinacloudapi.cn": "https://microsoftgraph.chinacloudapi.cn",
    "login.partner.microsoftonline.cn": "https://microsoftgraph.chinacloudapi.cn",
}


def api_of(resource: str) -> Api | None:
    """Returns the API that a token is for, by its audience or the id of its application; None for one that isn't Microsoft's."""
    host = resource.partition("://")[2].partition("/")[0].lower()
    if (host.endswith(_DATAVERSE[0]) and ".crm" in f".{host}") or host.endswith(_DATAVERSE[1:]):
        return DATAVERSE
    by_id = next((api for api in APIS if api.app_id == resource.lower()), None)
    return by_id or _BY_HOST.get(host) or _OTHER_HOSTS.get(host)


def api_called(name: str) -> Api | None:
    """Returns the API with a name of the portal, such as `Flow Service`, ignoring case; None for an unknown one."""
    return next((api for api in APIS if api.name.lower() == name.lower()), _NAMES.get(name.lower()))


def api_named(resource: str) -> str:
    """Returns the portal's name for an API, such as `Microsoft Graph` for `https://graph.microsoft.com/`; empty if unknown.

    Other clouds may show other names.
    """
    host = resource.partition("://")[2].partition("/")[0].lower()
    api = None if host in _OTHER_HOSTS or host.endswith(_DATAVERSE[1:]) else api_of(resource)
    return api.name if api is not None else ""


def graph_of(login: str) -> str:
    """Returns the address of Microsoft Graph in the cloud whose sign-in has this address.

    The sign-in of the US government's clouds is one; the cloud of the Department of Defense has another Graph.
    """
    return _GRAPHS.get(
        (login or ENTRA_LOGIN).partition("://")[2].partition("/")[0].lower(), "https://graph.microsoft.com"
    )
