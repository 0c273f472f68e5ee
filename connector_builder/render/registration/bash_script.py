"""The registration as a script for bash that calls the Azure CLI.

It finds an existing application by its name, creates or completes it, and adds to its redirect URIs: `az ad app update` replaces
the whole list. It runs in the bash 3.2 of macOS too.

Source: https://learn.microsoft.com/en-us/cli/azure/ad/app
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
from connector_builder.render.registration.quoting import bash, json_text

_HEAD = """\
#!/usr/bin/env bash
# Registers the connector's application. Requires the Azure CLI: az login --allow-no-subscriptions
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"""
_AGAIN = """\
# A new application takes some seconds until it is visible everywhere.
again() {
  for seconds in 2 4 8 16; do
    if "$@" >/dev/null 2>&1; then return; fi
    sleep "$seconds"
  done
  "$@" >/dev/null
}
"""
_ADD = """\
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
"""
_NO_APPLICATION = """\
if [ -z "$app_id" ]; then
  echo "there is no application of this name" >&2
  exit 1
fi
"""
_CONSENT = """\
# Needs an administrator.
az ad app permission admin-consent --id "$app_id"
"""
_SHOWN_ONCE = """\
# The secret is shown this once.
az ad app credential reset --id "$app_id" --append --display-name connector --years 1 --query password --output tsv
"""


def bash_script(one: Registration) -> str:
    """Returns the script."""
    parts = [_HEAD, *(_found(one) if one.after_deploy else _created(one))]
    parts += _list("web.redirectUris", "--web-redirect-uris", one.redirects)
    if not one.after_deploy:
        parts += _completed(one)
    if one.on_behalf_of and not one.after_deploy:
        parts += _own_api(one)
    parts += _credential(one)
    if one.consent and not one.after_deploy:
        parts.append(_CONSENT)
    if one.secret and one.needs_secret and not one.after_deploy:
        parts.append(_SHOWN_ONCE)
    return "\n".join([*parts, 'echo "application (client) ID: $app_id"', ""])


def _found(one: Registration) -> Iterator[str]:
    """Yields how to find the application that exists already."""
    if one.client:
        yield f"app_id={bash(one.client)}\n"
    else:
        yield _look_up(one)
        yield _NO_APPLICATION


def _look_up(one: Registration) -> str:
    name = one.name.replace("'", "''")
    wanted = bash(f"displayName eq '{name}'")
    return f"app_id=$(az ad app list --filter {wanted} --query '[0].appId' --output tsv)"


def _created(one: Registration) -> Iterator[str]:
    yield _AGAIN
    yield _file("application.json", application(one))
    yield _look_up(one)
    url = bash(f"{one.graph}/v1.0/applications")
    yield "\n".join([
        'if [ -z "$app_id" ]; then',
        f"  app_id=$(az rest --method post --url {url} \\",
        "    --headers 'Content-Type=application/json' --body \"@$folder/application.json\" --query appId --output tsv)",
        '  again az ad sp create --id "$app_id"',
        "fi",
        "",
    ])  # fmt: skip


def _completed(one: Registration) -> Iterator[str]:
    """Yields how to add what an application that existed before may lack, and what must be looked up."""
    if one.public:
        yield 'az ad app update --id "$app_id" --is-fallback-public-client true\n'
        yield from _list("publicClient.redirectUris", "--public-client-redirect-uris", (LOOPBACK,))
    if one.permissions:
        yield _ADD
        if one.known:
            yield "".join(f"add {bash(part.app_id)} {bash(part.id)} # {part.name}\n" for part in one.known)
        yield from map(_unknown, one.unknown)


def _unknown(one: Permission) -> str:
    api = bash(one.looked_up_by)
    if one.id:
        found = f"permission={bash(one.id)}"
    else:
        query = bash(f"oauth2PermissionScopes[?value=='{one.name}'].id | [0]")
        found = f"permission=$(az ad sp show --id {api} --query {query} --output tsv)"
    look_up = f"api=$(az ad sp show --id {api} --query appId --output tsv)"
    return "\n".join([found, look_up, 'add "$api" "$permission"', ""])


def _list(property_: str, option: str, values: tuple[str, ...]) -> Iterator[str]:
    """Yields how to add values to a list of the application."""
    if values:
        yield "\n".join([
            "# The list is replaced as a whole: read it, add, write it.",
            f"present=$(az ad app show --id \"$app_id\" --query '{property_}' --output tsv)",
            f"set -- {' '.join(map(bash, values))}",
            "while IFS= read -r uri; do",
            '  case " $* " in',
            '    *" $uri "*) ;;',
            '    *) if [ -n "$uri" ]; then set -- "$@" "$uri"; fi ;;',
            "  esac",
            "done <<URIS",
            "$present",
            "URIS",
            f'az ad app update --id "$app_id" {option} "$@"',
            "",
        ])  # fmt: skip


def _own_api(one: Registration) -> Iterator[str]:
    """Yields the API that the on-behalf-of login needs. An API that is there stays: lists are replaced as a whole."""
    scope = own_scope(one)
    yield _file("api.json", {"api": {"oauth2PermissionScopes": [scope]}})
    yield _file("allowed.json", {"api": {"preAuthorizedApplications": [allowed(scope["id"])]}})
    address = f"{one.graph}/v1.0/applications(appId='$app_id')"
    yield "\n".join([
        "scopes=$(az ad app show --id \"$app_id\" --query 'api.oauth2PermissionScopes[].id' --output tsv)",
        "clients=$(az ad app show --id \"$app_id\" --query 'api.preAuthorizedApplications[].appId' --output tsv)",
        'case "$scopes$clients" in',
        f"  *{API_CONNECTIONS.app_id}*) ;;",
        f'  "" | {scope["id"]})',
        '    if [ -z "$scopes" ]; then',
        '      az ad app update --id "$app_id" --identifier-uris "api://$app_id"',
        f'      az rest --method patch --url "{address}" \\',
        "        --headers 'Content-Type=application/json' --body \"@$folder/api.json\"",
        "    fi",
        f'    again az rest --method patch --url "{address}" \\',
        "      --headers 'Content-Type=application/json' --body \"@$folder/allowed.json\"",
        "    ;;",
        f'  *) echo "left to do: the application has an API of its own; allow {API_CONNECTIONS.app_id} to use it" >&2 ;;',
        "esac",
        "",
    ])  # fmt: skip


def _credential(one: Registration) -> Iterator[str]:
    if one.credential is None or not one.credential.subject:
        return
    body = own_credential(one)
    yield _file("credential.json", body)
    if not one.credential.issuer:
        yield "tenant=$(az account show --query tenantId --output tsv)"
        yield f'sed "s/{TENANT_ID}/$tenant/" "$folder/credential.json" >"$folder/filled.json"'
        yield 'mv "$folder/filled.json" "$folder/credential.json"\n'
    query = bash(f"[?name=='{body['name']}'].name")
    yield "\n".join([
        f'if [ -z "$(az ad app federated-credential list --id "$app_id" --query {query} --output tsv)" ]; then',
        '  az ad app federated-credential create --id "$app_id" --parameters "@$folder/credential.json"',
        "fi",
        "",
    ])  # fmt: skip


def _file(name: str, body: Any) -> str:
    return f"cat >\"$folder/{name}\" <<'JSON'\n{json_text(body)}\nJSON\n"
