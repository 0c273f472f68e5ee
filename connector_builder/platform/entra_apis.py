"""The names of Microsoft's APIs in the portal's lists of permissions, by the resource that a token is for.

Only names that a source confirms are here; for any other API, a README names the resource.

- Flow Service and PowerApps Service: the pages "Microsoft Flow Service" and "PowerApps Service" of
  https://github.com/maciejporebski/azure-ad-first-party-apps-permissions. Their audiences:
  https://learn.microsoft.com/en-us/power-automate/oauth-authentication. Clouds other than the public one may show another name.
- Microsoft Graph: https://learn.microsoft.com/en-us/graph/permissions-overview
- Dynamics CRM, the name for Dataverse:
  https://www.c-sharpcorner.com/article/learn-to-add-api-permissions-in-azure-app-registration
"""

_NAMES = {
    "service.flow.microsoft.com": "Flow Service",
    "service.powerapps.com": "PowerApps Service",
    "graph.microsoft.com": "Microsoft Graph",
}
_DATAVERSE = ".dynamics.com"


def api_named(resource: str) -> str:
    """Returns the portal's name for an API, such as `Microsoft Graph` for `https://graph.microsoft.com/`; empty if unknown."""
    host = resource.partition("://")[2].partition("/")[0].lower()
    if host.endswith(_DATAVERSE) and ".crm" in f".{host}":
        return "Dynamics CRM"
    return _NAMES.get(host, "")
