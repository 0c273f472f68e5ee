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

$name = 'Parcel Tracker connector'
$app = Get-Az @('ad', 'app', 'list', '--display-name', 'Parcel') | Where-Object { $_.displayName -ceq $name } | Select-Object -First 1
if (-not $app) {
  $app = Invoke-Graph post 'https://graph.microsoft.com/v1.0/applications' @'
{
  "displayName": "Parcel Tracker connector",
  "signInAudience": "AzureADMyOrg",
  "web": {
    "redirectUris": [
      "https://global.consent.azure-apim.net/redirect"
    ]
  }
}
'@
  Start-Sleep -Seconds 15 # until the application is visible everywhere
  Get-Az @('ad', 'sp', 'create', '--id', $app.appId) | Out-Null
}
$appId = $app.appId

# The list is replaced as a whole: read it, add, write it.
$uris = @(@($app.web.redirectUris) + @('https://global.consent.azure-apim.net/redirect') | Where-Object { $_ } | Select-Object -Unique)
Invoke-Graph patch "https://graph.microsoft.com/v1.0/applications/$($app.id)" (@{ web = @{ redirectUris = $uris } } | ConvertTo-Json -Depth 5)

$have = @($app.requiredResourceAccess | ForEach-Object { $_.resourceAccess } | ForEach-Object { $_.id })
function Add-Permission([string] $api, [string] $id) {
  if (-not $id) { throw "the API $api has no such permission" }
  if ($have -contains $id) { return }
  Get-Az @('ad', 'app', 'permission', 'add', '--id', $appId, '--api', $api, '--api-permissions', "$id=Scope") | Out-Null
}

$api = Get-Az @('ad', 'sp', 'show', '--id', 'api://orders')
$permission = ($api.oauth2PermissionScopes | Where-Object { $_.value -ceq 'Orders.Read' }).id
Add-Permission $api.appId $permission

Remove-Item $file
Write-Output "application (client) ID: $appId"
