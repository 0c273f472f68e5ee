"""Rules for a sign-in by Microsoft Entra ID: tenant, client and resource."""

from connector_builder.findings import Fix, Replace, Scope, Severity
from connector_builder.findings.finding import LEFT_OUT
from connector_builder.findings.wording import quoted
from connector_builder.platform.auth.kinds import OF_ENTRA
from connector_builder.platform.auth.oauth import (
    is_client,
    is_open,
    is_tenant,
)
from connector_builder.platform.data.plain import mapping, text
from connector_builder.rules.context import Context
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, rule

_RESOURCE = "AzureActiveDirectoryResourceId"


@rule(
    Severity.WARNING,
    Scope.PLATFORM,
    "oauth settings",
    explained_by=(
        LEFT_OUT,
        "AuthNotValid",
    ),
)
def entra_resource_missing(node: Node, _: Context) -> Defects:
    """A sign-in by Microsoft Entra ID doesn't name the resource for which people get a token.

    Without `resourceUri` the token is for no service in particular, and the API refuses it. Write the application ID URI of
    the API, such as `api://contoso-orders`.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/azure-active-directory-authentication
    Published: 3 of 1,013 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {"token": {"type": "oauthSetting", "oAuthSettings": {
      "identityProvider": "aad", "customParameters": {"tenantId": {"value": "common"}}}}}}}
    ```
    Finding: /properties/connectionParameters/token/oAuthSettings/customParameters: 'resourceUri' is missing for 'aad'

    ```json good apiProperties
    {"properties": {"connectionParameters": {"token": {"type": "oauthSetting", "oAuthSettings": {
      "identityProvider": "aad", "customParameters": {"tenantId": {"value": "common"},
      "resourceUri": {"value": "api://contoso-orders"}}}}}}}
    ```
    """
    provider = text(node.value.get("identityProvider")).lower()
    custom = node.value.get("customParameters")
    if provider not in OF_ENTRA or not isinstance(custom, dict):
        return
    given = {name.lower(): mapping(one).get("value") for name, one in custom.items()}
    if not given.get("resourceuri"):
        at = [name for name in custom if name.lower() == "resourceuri"]
        help_ = 'add {"resourceUri": {"value": "api://…"}}, the application ID URI of the API'
        yield node.says(f"'resourceUri' is missing for {quoted(provider)}", "customParameters", *at, help=help_)


@rule(Severity.WARNING, Scope.PLATFORM, "oauth settings", fixable=True)
def entra_id_not_valid(node: Node, _: Context) -> Defects:
    """The text for the tenant or the client of a sign-in by Microsoft Entra ID names none.

    Microsoft's page refuses everybody who signs in. A client is an application ID such as `2f6f35c8-…`. A tenant is such an
    ID, a domain, `common`, `organizations` or `consumers`. The rule ignores placeholders.

    Source: https://learn.microsoft.com/en-us/entra/identity-platform/v2-protocols
    Published: 1 of 335 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {"token": {"type": "oauthSetting", "oAuthSettings": {
      "identityProvider": "aad", "clientId": "orders-app", "customParameters": {
      "tenantId": {"value": "common"}, "resourceUri": {"value": "api://contoso-orders"}}}}}}}
    ```
    Finding: /properties/connectionParameters/token/oAuthSettings/clientId: 'orders-app' can't be the id of a client

    ```json good apiProperties
    {"properties": {"connectionParameters": {"token": {"type": "oauthSetting", "oAuthSettings": {
      "identityProvider": "aad", "clientId": "2f6f35c8-2b1c-4b6e-9c3a-6a9f5d1b7e42", "customParameters": {
      "tenantId": {"value": "common"}, "resourceUri": {"value": "api://contoso-orders"}}}}}}}
    ```
    """
    if text(node.value.get("identityProvider")).lower() not in OF_ENTRA:
        return
    client = text(node.value.get("clientId"))
    bare = client.strip().strip("{}")
    # An id in braces, as PowerShell and .NET print it, only looks like a placeholder.
    if client and not is_client(client) and (is_client(bare) or not is_open(client)):
        help_ = "write the application (client) ID of the app registration"
        fix = Fix(f"write {bare}", (Replace((*node.pointer, "clientId"), bare),)) if is_client(bare) else None
        yield node.says(f"{quoted(client)} can't be the id of a client", "clientId", help=help_, fix=fix)
    for name, one in mapping(node.value.get("customParameters")).items():
        tenant = text(mapping(one).get("value"))
        if name.lower() == "tenantid" and tenant and not is_tenant(tenant) and not is_open(tenant):
            help_ = "write the tenant's id or domain, or 'common'"
            yield node.says(f"{quoted(tenant)} can't be a tenant", "customParameters", name, "value", help=help_)


@rule(Severity.WARNING, Scope.PLATFORM, "oauth settings")
def entra_resources_differ(node: Node, _: Context) -> Defects:
    """The resource in `properties` isn't that in `customParameters`.

    `AzureActiveDirectoryResourceId` and `resourceUri` name the same API. With two resources, the token may be for the wrong
    one.

    Published: 0 of 335 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {"token": {"type": "oauthSetting", "oAuthSettings": {
      "identityProvider": "aad", "properties": {"AzureActiveDirectoryResourceId": "api://contoso-invoices"},
      "customParameters": {"resourceUri": {"value": "api://contoso-orders"}}}}}}}
    ```
    Finding: /properties/connectionParameters/token/oAuthSettings/properties/AzureActiveDirectoryResourceId: 'resourceUri' names another resource: 'api://contoso-orders'

    ```json good apiProperties
    {"properties": {"connectionParameters": {"token": {"type": "oauthSetting", "oAuthSettings": {
      "identityProvider": "aad", "properties": {"AzureActiveDirectoryResourceId": "api://contoso-orders"},
      "customParameters": {"resourceUri": {"value": "api://contoso-orders"}}}}}}}
    ```
    """
    here = text(mapping(node.value.get("properties")).get(_RESOURCE))
    custom = {
        name.lower(): text(mapping(one).get("value"))
        for name, one in mapping(node.value.get("customParameters")).items()
    }
    there = custom.get("resourceuri", "")
    if not here or not there or is_open(here) or is_open(there) or "@@" in here:
        return
    if here.rstrip("/").lower() != there.rstrip("/").lower():
        help_ = "write the same resource in both"
        yield node.says(f"'resourceUri' names another resource: {quoted(there)}", "properties", _RESOURCE, help=help_)
