"""The registration as a script for PowerShell 5.1 and newer that calls the Azure CLI.

It does what the script for bash does. On Windows, `az` is a batch file, whose arguments cmd reads a second time: so no text from a
spec is an argument. Such texts go to Microsoft Graph in files, by `az rest`.

Source: https://learn.microsoft.com/en-us/cli/azure/use-azure-cli-successfully-powershell
"""

from collections.abc import Iterator
from typing import Any

from connector_builder.platform.auth.entra_apis import API_CONNECTIONS
from connector_builder.render.registration.model import (
    LOOPBACK,
    TENANT_ID,
    Permission,
    Registration,
    allowed,
    application,
    own_credential,
    own_scope,
)
from connector_builder.render.registration.quoting import json_text, json_word, powershell

_HEAD = """\
# Registers the connector's application. Requires the Azure CLI: az login --allow-no-subscriptions
$ErrorActionPreference = 'Stop'
$file = [IO.Path]::GetTempFileName()
function Invoke-Graph([string] $method, [string] $url, [string] $body) {
  [IO.File]::WriteAllText($file, $body)
  $answer = az rest --method $method --url $url --headers 'Content-Type=application/json' --body "@$file" --output json
  if ($LASTEXITCODE -ne 0) { throw "az failed: $method $url" }
  if ($answer) { $parsed = $answer | ConvertFrom-Json; $parsed }
}
function Get-Az([string[]] $words) {
  $answer = az @words --output json
  if ($LASTEXITCODE -ne 0) { throw "az failed: $words" }
  if ($answer) { $parsed = $answer | ConvertFrom-Json; $parsed }
}
"""
_ADD = """\
$have = @($app.requiredResourceAccess | ForEach-Object { $_.resourceAccess } | ForEach-Object { $_.id })
function Add-Permission([string] $api, [string] $id) {
  if (-not $id) { throw "the API $api has no such permission" }
  if ($have -contains $id) { return }
  Get-Az @('ad', 'app', 'permission', 'add', '--id', $appId, '--api', $api, '--api-permissions', "$id=Scope") | Out-Null
}
"""
_CONSENT = """\
# Needs an administrator.
az ad app permission admin-consent --id $appId
"""
_SHOWN_ONCE = """\
# The secret is shown this once.
az ad app credential reset --id $appId --append --display-name connector --years 1 --query password --output tsv
"""


def powershell_script(one: Registration) -> str:
    """Returns the script, in ASCII: PowerShell 5.1 reads files in the system's own encoding."""
    parts = [_HEAD, *(_found(one) if one.after_deploy else _created(one))]
    parts += _list(one, "web", one.redirects)
    if not one.after_deploy:
        parts += _completed(one)
    if one.on_behalf_of and not one.after_deploy:
        parts += _own_api(one)
    parts += _credential(one)
    if one.consent and not one.after_deploy:
        parts.append(_CONSENT)
    if one.secret and one.needs_secret and not one.after_deploy:
        parts.append(_SHOWN_ONCE)
    return "\n".join([*parts, "Remove-Item $file", 'Write-Output "application (client) ID: $appId"', ""])


def _own(one: Registration) -> str:
    """Returns the address of the application, as a text with its id in it."""
    return f'"{one.graph}/v1.0/applications/$($app.id)"'


def _found(one: Registration) -> Iterator[str]:
    """Yields how to find the application that exists already."""
    if one.client:
        yield f"$app = Get-Az @('ad', 'app', 'show', '--id', {powershell(one.client)})\n$appId = $app.appId\n"
    else:
        yield _look_up(one)
        yield "if (-not $app) { throw 'there is no application of this name' }\n$appId = $app.appId\n"


def _look_up(one: Registration) -> str:
    """Returns how to find the application: az looks for a plain first word, PowerShell for the whole name."""
    first = one.name.split()[0]
    which = f"'--display-name', {powershell(first)}" if first.isascii() and first.isalnum() else "'--all'"
    name = powershell(one.name) if one.name.isascii() else f"{powershell(json_word(one.name))} | ConvertFrom-Json"
    chosen = "Where-Object { $_.displayName -ceq $name } | Select-Object -First 1"
    return f"$name = {name}\n$app = Get-Az @('ad', 'app', 'list', {which}) | {chosen}"


def _created(one: Registration) -> Iterator[str]:
    yield _look_up(one)
    url = powershell(f"{one.graph}/v1.0/applications")
    yield "\n".join([
        "if (-not $app) {",
        f"  $app = Invoke-Graph post {url} {_text(application(one))}",
        "  Start-Sleep -Seconds 15 # until the application is visible everywhere",
        "  Get-Az @('ad', 'sp', 'create', '--id', $app.appId) | Out-Null",
        "}",
        "$appId = $app.appId",
        "",
    ])  # fmt: skip


def _completed(one: Registration) -> Iterator[str]:
    """Yields how to add what an application that existed before may lack, and what must be looked up."""
    if one.public:
        yield f"Invoke-Graph patch {_own(one)} {_text({'isFallbackPublicClient': True})}\n"
        yield from _list(one, "publicClient", (LOOPBACK,))
    if one.permissions:
        yield _ADD
        if one.known:
            yield "".join(
                f"Add-Permission {powershell(part.app_id)} {powershell(part.id)} # {part.name}\n" for part in one.known
            )
        yield from map(_unknown, one.unknown)


def _unknown(one: Permission) -> str:
    wanted = powershell(one.name)
    scopes = f"$api.oauth2PermissionScopes | Where-Object {{ $_.value -ceq {wanted} }}"
    return "\n".join([
        f"$api = Get-Az @('ad', 'sp', 'show', '--id', {powershell(one.looked_up_by)})",
        f"$permission = {powershell(one.id) if one.id else f'({scopes}).id'}",
        "Add-Permission $api.appId $permission",
        "",
    ])  # fmt: skip


def _list(one: Registration, part: str, values: tuple[str, ...]) -> Iterator[str]:
    """Yields how to add redirect URIs to a part of the application: `web` or `publicClient`."""
    if values:
        given = ", ".join(map(powershell, values))
        yield "\n".join([
            "# The list is replaced as a whole: read it, add, write it.",
            f"$uris = @(@($app.{part}.redirectUris) + @({given}) | Where-Object {{ $_ }} | Select-Object -Unique)",
            f"Invoke-Graph patch {_own(one)} (@{{ {part} = @{{ redirectUris = $uris }} }} | ConvertTo-Json -Depth 5)",
            "",
        ])  # fmt: skip


def _own_api(one: Registration) -> Iterator[str]:
    """Yields the API that the on-behalf-of login needs. An API that is there stays: lists are replaced as a whole."""
    scope, client = own_scope(one), powershell(API_CONNECTIONS.app_id)
    body = {"identifierUris": ["api://APP_ID"], "api": {"oauth2PermissionScopes": [scope]}}
    told = f"left to do: the application has an API of its own; allow {API_CONNECTIONS.app_id} to use it"
    yield "\n".join([
        f"$api = {_text(body)}",
        f"$allowed = {_text({'api': {'preAuthorizedApplications': [allowed(scope['id'])]}})}",
        "$scopes = @($app.api.oauth2PermissionScopes | ForEach-Object { $_.id } | Where-Object { $_ })",
        "$clients = @($app.api.preAuthorizedApplications | ForEach-Object { $_.appId } | Where-Object { $_ })",
        f"if ($clients -contains {client}) {{",
        f"}} elseif ($clients -or ($scopes | Where-Object {{ $_ -ne {powershell(scope['id'])} }})) {{",
        f"  Write-Warning {powershell(told)}",
        "} else {",
        f"  if (-not $scopes) {{ Invoke-Graph patch {_own(one)} ($api.Replace('APP_ID', $appId)) }}",
        f"  Invoke-Graph patch {_own(one)} $allowed",
        "}",
        "",
    ])  # fmt: skip


def _credential(one: Registration) -> Iterator[str]:
    if one.credential is None or not one.credential.subject:
        return
    body = own_credential(one)
    filled = f"$credential.Replace('{TENANT_ID}', (Get-Az @('account', 'show')).tenantId)"
    given = "$credential" if one.credential.issuer else f"({filled})"
    known = "Get-Az @('ad', 'app', 'federated-credential', 'list', '--id', $appId)"
    address = f'"{one.graph}/v1.0/applications/$($app.id)/federatedIdentityCredentials"'
    yield "\n".join([
        f"$credential = {_text(body)}",
        f"if (-not ({known} | Where-Object {{ $_.name -ceq {powershell(body['name'])} }})) {{",
        f"  Invoke-Graph post {address} {given} | Out-Null",
        "}",
        "",
    ])  # fmt: skip


def _text(body: Any) -> str:
    """Returns JSON as a text of PowerShell that begins and ends on lines of its own."""
    return f"@'\n{json_text(body)}\n'@"
