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

$app = Get-Az @('ad', 'app', 'show', '--id', 'c0ffee00-3333-4444-8555-666666666666')
$appId = $app.appId

# The list is replaced as a whole: read it, add, write it.
$uris = @(@($app.web.redirectUris) + @('https://global.consent.azure-apim.net/redirect', 'https://global.consent.azure-apim.net/redirect/acme-5fparcel') | Where-Object { $_ } | Select-Object -Unique)
Invoke-Graph patch "https://graph.microsoft.com/v1.0/applications/$($app.id)" (@{ web = @{ redirectUris = $uris } } | ConvertTo-Json -Depth 5)

$credential = @'
{
  "name": "power-platform-connector-a7d8873e",
  "issuer": "https://login.microsoftonline.com/0f0f0f0f-1111-4222-8333-444444444444/v2.0",
  "subject": "/eid1/c/pub/t/Ab/a/Cd/europe-002_x",
  "audiences": [
    "api://AzureADTokenExchange"
  ],
  "description": "Subject of the deployed connector"
}
'@
if (-not (Get-Az @('ad', 'app', 'federated-credential', 'list', '--id', $appId) | Where-Object { $_.name -ceq 'power-platform-connector-a7d8873e' })) {
  Invoke-Graph post "https://graph.microsoft.com/v1.0/applications/$($app.id)/federatedIdentityCredentials" $credential | Out-Null
}

Remove-Item $file
Write-Output "application (client) ID: $appId"
