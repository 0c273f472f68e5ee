"""The names of Microsoft's APIs in the portal's lists of permissions, by the resource that a token is for.

Source: the display names of the service principals, https://learn.microsoft.com/en-us/troubleshoot/entra/entra-id/governance/verify-first-party-apps-sign-in
"""

_NAMES = {
    "service.flow.microsoft.com": "Flow Service",
    "gov.service.flow.microsoft.us": "Flow Service",
    "high.service.flow.microsoft.us": "Flow Service",
    "service.flow.appsplatform.us": "Flow Service",
    "service.powerautomate.cn": "Flow Service",
    "service.powerapps.com": "PowerApps Service",
    "graph.microsoft.com": "Microsoft Graph",
    "management.azure.com": "Azure Service Management",
    "management.core.windows.net": "Azure Service Management",
    "vault.azure.net": "Azure Key Vault",
    "storage.azure.com": "Azure Storage",
    "analysis.windows.net": "Power BI Service",
}
_DATAVERSE = ".dynamics.com"


def api_named(resource: str) -> str:
    """Returns the portal's name for an API, such as `Microsoft Graph` for `https://graph.microsoft.com/`; empty if unknown."""
    host = resource.partition("://")[2].partition("/")[0].lower()
    if host.endswith(_DATAVERSE) and ".crm" in f".{host}":
        return "Dynamics CRM"
    return _NAMES.get(host, "")
