"""The registration as a file of Bicep, with the extension for Microsoft Graph.

Source: https://learn.microsoft.com/en-us/graph/templates/bicep/reference/applications
"""

import re
from collections.abc import Iterator

from connector_builder.render.registration.model import (
    CREDENTIAL_NAME,
    LOOPBACK,
    Registration,
    allowed,
    by_api,
    own_scope,
)
from connector_builder.render.registration.quoting import bicep

_HEAD = """\
// bicepconfig.json beside this file names the extension:
//   { "extensions": { "microsoftGraphV1": "br:mcr.microsoft.com/bicep/extensions/microsoftgraph/v1.0:1.0.0" } }
extension microsoftGraphV1
"""
_SERVICE_PRINCIPAL = """\
resource servicePrincipal 'Microsoft.Graph/servicePrincipals@v1.0' = {
  appId: app.appId
}
"""
_NOT_UNIQUE = re.compile(r"[^a-z0-9]+")


def bicep_file(one: Registration) -> str:
    """Returns the text of a `.bicep` file. Permissions whose ids aren't known are looked up when it is deployed."""
    parts = [
        _HEAD,
        *_parameters(one),
        *_apis(one),
        _application(one),
        _SERVICE_PRINCIPAL,
        *_credential(one),
        _output(one),
    ]
    return "\n".join(parts)


def unique_name(name: str) -> str:
    """Returns the name by which a deployment finds the application again: `parcel-tracker-connector`."""
    return _NOT_UNIQUE.sub("-", name.lower()).strip("-") or "connector"


def _names(one: Registration) -> dict[str, str]:
    return {key: f"api{number}" for number, (key, _) in enumerate(by_api(one.unknown), 1)}


def _parameters(one: Registration) -> Iterator[str]:
    for key, some in by_api(one.unknown):
        if not some[0].app_id:
            yield f"@description({bicep(f'The application (client) ID of {key}')})\nparam {_names(one)[key]}AppId string\n"
    if one.credential is not None:
        yield (
            "@description('The subject of the federated credential of the deployed connector; empty before it is deployed')\n"
            f"param connectorSubject string = {bicep(one.credential.subject)}\n"
        )


def _apis(one: Registration) -> Iterator[str]:
    for key, some in by_api(one.unknown):
        name = _names(one)[key]
        app_id = bicep(some[0].app_id) if some[0].app_id else f"{name}AppId"
        yield f"resource {name} 'Microsoft.Graph/servicePrincipals@v1.0' existing = {{\n  appId: {app_id}\n}}\n"


def _application(one: Registration) -> str:
    lines = [
        "resource app 'Microsoft.Graph/applications@v1.0' = {",
        f"  uniqueName: {bicep(unique_name(one.name))}",
        f"  displayName: {bicep(one.name)}",
        f"  signInAudience: {bicep(one.audience)}",
    ]
    if one.redirects:
        lines += ["  web: {", "    redirectUris: [", *(f"      {bicep(uri)}" for uri in one.redirects), "    ]", "  }"]
    if one.public:
        lines += [
            "  isFallbackPublicClient: true",
            "  publicClient: {",
            "    redirectUris: [",
            f"      {bicep(LOOPBACK)}",
            "    ]",
            "  }",
        ]
    return "\n".join([*lines, *_own_api(one), *_permissions(one), "}", ""])


def _own_api(one: Registration) -> Iterator[str]:
    """Yields the API that the on-behalf-of login needs."""
    if not one.on_behalf_of:
        return
    scope = own_scope(one)
    values = [f"        {key}: {bicep(value)}" for key, value in scope.items() if isinstance(value, str)]
    client = allowed(scope["id"])
    yield from (
        "  api: {",
        "    oauth2PermissionScopes: [",
        "      {",
        *values,
        "        isEnabled: true",
        "      }",
        "    ]",
    )
    yield from ("    preAuthorizedApplications: [ // Azure API Connections acts for the user", "      {")
    yield from (f"        appId: {bicep(client['appId'])}", "        delegatedPermissionIds: [")
    yield from (f"          {bicep(scope['id'])}", "        ]", "      }", "    ]", "  }")


def _permissions(one: Registration) -> Iterator[str]:
    if not one.permissions:
        return
    names = _names(one)
    yield "  requiredResourceAccess: ["
    for key, some in by_api(one.permissions):
        yield "    {"
        yield f"      resourceAppId: {bicep(some[0].app_id) if some[0].app_id else f'{names[key]}AppId'}"
        yield "      resourceAccess: ["
        for part in some:
            yield f"        {{ // {part.name}"
            yield f"          id: {bicep(part.id) if part.id else _scope(names[key], part.name)}"
            yield "          type: 'Scope'"
            yield "        }"
        yield "      ]"
        yield "    }"
    yield "  ]"


def _scope(api: str, name: str) -> str:
    return f"filter({api}.oauth2PermissionScopes, scope => scope.value == {bicep(name)})[0].id"


def _credential(one: Registration) -> Iterator[str]:
    if one.credential is None:
        return
    own = "'${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'"
    yield "\n".join([
        "resource credential 'Microsoft.Graph/applications/federatedIdentityCredentials@v1.0' = if (connectorSubject != '') {",
        f"  name: '${{app.uniqueName}}/{CREDENTIAL_NAME}'",
        "  audiences: [",
        f"    {bicep(one.credential.audience)}",
        "  ]",
        f"  issuer: {bicep(one.credential.issuer) if one.credential.issuer else own}",
        "  subject: connectorSubject",
        "}",
        "",
    ])  # fmt: skip


def _output(one: Registration) -> str:
    remark = "// Bicep can't return a client secret: create it in the portal or with az.\n" if one.needs_secret else ""
    if one.on_behalf_of:
        remark += (
            "// A file of Bicep can't name the application's own id in it. Once it is deployed, set the URI of its API:\n"
            "//   az ad app update --id CLIENT_ID --identifier-uris api://CLIENT_ID\n"
        )
    return f"{remark}output clientId string = app.appId\n"
