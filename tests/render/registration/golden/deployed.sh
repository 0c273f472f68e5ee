#!/usr/bin/env bash
# Registers the connector's application. Requires the Azure CLI: az login --allow-no-subscriptions
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

app_id=c0ffee00-3333-4444-8555-666666666666

# The list is replaced as a whole: read it, add, write it.
present=$(az ad app show --id "$app_id" --query 'web.redirectUris' --output tsv)
set -- https://global.consent.azure-apim.net/redirect https://global.consent.azure-apim.net/redirect/acme-5fparcel
while IFS= read -r uri; do
  case " $* " in
    *" $uri "*) ;;
    *) if [ -n "$uri" ]; then set -- "$@" "$uri"; fi ;;
  esac
done <<URIS
$present
URIS
az ad app update --id "$app_id" --web-redirect-uris "$@"

cat >"$folder/credential.json" <<'JSON'
{
  "name": "power-platform-connector-a7d8873e",
  "issuer": "https://login.microsoftonline.com/0f0f0f0f-1111-4222-8333-444444444444/v2.0",
  "subject": "/eid1/c/pub/t/Ab/a/Cd/europe-002_x",
  "audiences": [
    "api://AzureADTokenExchange"
  ],
  "description": "Subject of the deployed connector"
}
JSON

if [ -z "$(az ad app federated-credential list --id "$app_id" --query '[?name=='"'"'power-platform-connector-a7d8873e'"'"'].name' --output tsv)" ]; then
  az ad app federated-credential create --id "$app_id" --parameters "@$folder/credential.json"
fi

echo "application (client) ID: $app_id"
