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

$name = '"Caf\u00e9 ''Orders'' connector"' | ConvertFrom-Json
$app = Get-Az @('ad', 'app', 'list', '--all') | Where-Object { $_.displayName -ceq $name } | Select-Object -First 1
if (-not $app) {
  $app = Invoke-Graph post 'https://graph.microsoft.com/v1.0/applications' @'
{
  "displayName": "Caf\u00e9 'Orders' connector",
  "signInAudience": "AzureADMultipleOrgs",
  "web": {
    "redirectUris": [
      "https://global.consent.azure-apim.net/redirect"
    ]
  },
  "isFallbackPublicClient": true,
  "publicClient": {
    "redirectUris": [
      "http://localhost"
    ]
  },
  "requiredResourceAccess": [
    {
      "resourceAppId": "7df0a125-d3be-4c96-aa54-591f83ff541c",
      "resourceAccess": [
        {
          "id": "e45c5562-459d-4d1b-8148-83eb1b6dcf83",
          "type": "Scope"
        },
        {
          "id": "44d8c55c-9ffc-4546-883e-9041b5bb0b01",
          "type": "Scope"
        }
      ]
    }
  ]
}
'@
  Start-Sleep -Seconds 15 # until the application is visible everywhere
  Get-Az @('ad', 'sp', 'create', '--id', $app.appId) | Out-Null
}
$appId = $app.appId

# The list is replaced as a whole: read it, add, write it.
$uris = @(@($app.web.redirectUris) + @('https://global.consent.azure-apim.net/redirect') | Where-Object { $_ } | Select-Object -Unique)
Invoke-Graph patch "https://graph.microsoft.com/v1.0/applications/$($app.id)" (@{ web = @{ redirectUris = $uris } } | ConvertTo-Json -Depth 5)

Invoke-Graph patch "https://graph.microsoft.com/v1.0/applications/$($app.id)" @'
{
  "isFallbackPublicClient": true
}
'@

# The list is replaced as a whole: read it, add, write it.
$uris = @(@($app.publicClient.redirectUris) + @('http://localhost') | Where-Object { $_ } | Select-Object -Unique)
Invoke-Graph patch "https://graph.microsoft.com/v1.0/applications/$($app.id)" (@{ publicClient = @{ redirectUris = $uris } } | ConvertTo-Json -Depth 5)

$have = @($app.requiredResourceAccess | ForEach-Object { $_.resourceAccess } | ForEach-Object { $_.id })
function Add-Permission([string] $api, [string] $id) {
  if (-not $id) { throw "the API $api has no such permission" }
  if ($have -contains $id) { return }
  Get-Az @('ad', 'app', 'permission', 'add', '--id', $appId, '--api', $api, '--api-permissions', "$id=Scope") | Out-Null
}

Add-Permission '7df0a125-d3be-4c96-aa54-591f83ff541c' 'e45c5562-459d-4d1b-8148-83eb1b6dcf83' # Flows.Read.All
Add-Permission '7df0a125-d3be-4c96-aa54-591f83ff541c' '44d8c55c-9ffc-4546-883e-9041b5bb0b01' # User

$api = Get-Az @('ad', 'sp', 'show', '--id', '00000003-0000-0000-c000-000000000000')
$permission = ($api.oauth2PermissionScopes | Where-Object { $_.value -ceq 'Mail.Read' }).id
Add-Permission $api.appId $permission

$api = Get-Az @('ad', 'sp', 'show', '--id', 'api://orders')
$permission = ($api.oauth2PermissionScopes | Where-Object { $_.value -ceq 'Orders.Read' }).id
Add-Permission $api.appId $permission

$api = @'
{
  "identifierUris": [
    "api://APP_ID"
  ],
  "api": {
    "oauth2PermissionScopes": [
      {
        "id": "4c7e1b04-abdb-5664-9a16-2c67872ad968",
        "value": "access_as_user",
        "type": "User",
        "isEnabled": true,
        "adminConsentDisplayName": "Access the API",
        "adminConsentDescription": "Access the API as the signed-in user"
      }
    ]
  }
}
'@
$allowed = @'
{
  "api": {
    "preAuthorizedApplications": [
      {
        "appId": "fe053c5f-3692-4f14-aef2-ee34fc081cae",
        "delegatedPermissionIds": [
          "4c7e1b04-abdb-5664-9a16-2c67872ad968"
        ]
      }
    ]
  }
}
'@
$scopes = @($app.api.oauth2PermissionScopes | ForEach-Object { $_.id } | Where-Object { $_ })
$clients = @($app.api.preAuthorizedApplications | ForEach-Object { $_.appId } | Where-Object { $_ })
if ($clients -contains 'fe053c5f-3692-4f14-aef2-ee34fc081cae') {
} elseif ($clients -or ($scopes | Where-Object { $_ -ne '4c7e1b04-abdb-5664-9a16-2c67872ad968' })) {
  Write-Warning 'left to do: the application has an API of its own; allow fe053c5f-3692-4f14-aef2-ee34fc081cae to use it'
} else {
  if (-not $scopes) { Invoke-Graph patch "https://graph.microsoft.com/v1.0/applications/$($app.id)" ($api.Replace('APP_ID', $appId)) }
  Invoke-Graph patch "https://graph.microsoft.com/v1.0/applications/$($app.id)" $allowed
}

# Needs an administrator.
az ad app permission admin-consent --id $appId

# The secret is shown this once.
az ad app credential reset --id $appId --append --display-name connector --years 1 --query password --output tsv

Remove-Item $file
Write-Output "application (client) ID: $appId"
