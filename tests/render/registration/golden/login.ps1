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

$name = 'Parcel Tracker (command line)'
$app = Get-Az @('ad', 'app', 'list', '--display-name', 'Parcel') | Where-Object { $_.displayName -ceq $name } | Select-Object -First 1
if (-not $app) {
  $app = Invoke-Graph post 'https://graph.microsoft.com/v1.0/applications' @'
{
  "displayName": "Parcel Tracker (command line)",
  "signInAudience": "AzureADMyOrg",
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

Remove-Item $file
Write-Output "application (client) ID: $appId"
