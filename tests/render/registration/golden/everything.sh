#!/usr/bin/env bash
# Registers the connector's application. Requires the Azure CLI: az login --allow-no-subscriptions
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# A new application takes some seconds until it is visible everywhere.
again() {
  for seconds in 2 4 8 16; do
    if "$@" >/dev/null 2>&1; then return; fi
    sleep "$seconds"
  done
  "$@" >/dev/null
}

cat >"$folder/application.json" <<'JSON'
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
JSON

app_id=$(az ad app list --filter 'displayName eq '"'"'Café '"'"''"'"'Orders'"'"''"'"' connector'"'"'' --query '[0].appId' --output tsv)
if [ -z "$app_id" ]; then
  app_id=$(az rest --method post --url https://graph.microsoft.com/v1.0/applications \
    --headers 'Content-Type=application/json' --body "@$folder/application.json" --query appId --output tsv)
  again az ad sp create --id "$app_id"
fi

# The list is replaced as a whole: read it, add, write it.
present=$(az ad app show --id "$app_id" --query 'web.redirectUris' --output tsv)
set -- https://global.consent.azure-apim.net/redirect
while IFS= read -r uri; do
  case " $* " in
    *" $uri "*) ;;
    *) if [ -n "$uri" ]; then set -- "$@" "$uri"; fi ;;
  esac
done <<URIS
$present
URIS
az ad app update --id "$app_id" --web-redirect-uris "$@"

az ad app update --id "$app_id" --is-fallback-public-client true

# The list is replaced as a whole: read it, add, write it.
present=$(az ad app show --id "$app_id" --query 'publicClient.redirectUris' --output tsv)
set -- http://localhost
while IFS= read -r uri; do
  case " $* " in
    *" $uri "*) ;;
    *) if [ -n "$uri" ]; then set -- "$@" "$uri"; fi ;;
  esac
done <<URIS
$present
URIS
az ad app update --id "$app_id" --public-client-redirect-uris "$@"

have=$(az ad app show --id "$app_id" --query 'requiredResourceAccess[].resourceAccess[].id' --output tsv)
add() {
  if [ -z "$2" ]; then
    echo "the API $1 has no such permission" >&2
    exit 1
  fi
  case "$have" in
    *"$2"*) ;;
    *) az ad app permission add --id "$app_id" --api "$1" --api-permissions "$2=Scope" ;;
  esac
}

add 7df0a125-d3be-4c96-aa54-591f83ff541c e45c5562-459d-4d1b-8148-83eb1b6dcf83 # Flows.Read.All
add 7df0a125-d3be-4c96-aa54-591f83ff541c 44d8c55c-9ffc-4546-883e-9041b5bb0b01 # User

permission=$(az ad sp show --id 00000003-0000-0000-c000-000000000000 --query 'oauth2PermissionScopes[?value=='"'"'Mail.Read'"'"'].id | [0]' --output tsv)
api=$(az ad sp show --id 00000003-0000-0000-c000-000000000000 --query appId --output tsv)
add "$api" "$permission"

permission=$(az ad sp show --id api://orders --query 'oauth2PermissionScopes[?value=='"'"'Orders.Read'"'"'].id | [0]' --output tsv)
api=$(az ad sp show --id api://orders --query appId --output tsv)
add "$api" "$permission"

cat >"$folder/api.json" <<'JSON'
{
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
JSON

cat >"$folder/allowed.json" <<'JSON'
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
JSON

scopes=$(az ad app show --id "$app_id" --query 'api.oauth2PermissionScopes[].id' --output tsv)
clients=$(az ad app show --id "$app_id" --query 'api.preAuthorizedApplications[].appId' --output tsv)
case "$scopes$clients" in
  *fe053c5f-3692-4f14-aef2-ee34fc081cae*) ;;
  "" | 4c7e1b04-abdb-5664-9a16-2c67872ad968)
    if [ -z "$scopes" ]; then
      az ad app update --id "$app_id" --identifier-uris "api://$app_id"
      az rest --method patch --url "https://graph.microsoft.com/v1.0/applications(appId='$app_id')" \
        --headers 'Content-Type=application/json' --body "@$folder/api.json"
    fi
    again az rest --method patch --url "https://graph.microsoft.com/v1.0/applications(appId='$app_id')" \
      --headers 'Content-Type=application/json' --body "@$folder/allowed.json"
    ;;
  *) echo "left to do: the application has an API of its own; allow fe053c5f-3692-4f14-aef2-ee34fc081cae to use it" >&2 ;;
esac

# Needs an administrator.
az ad app permission admin-consent --id "$app_id"

# The secret is shown this once.
az ad app credential reset --id "$app_id" --append --display-name connector --years 1 --query password --output tsv

echo "application (client) ID: $app_id"
