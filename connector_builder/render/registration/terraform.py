"""The registration as a file of Terraform, with the provider azuread.

Source: https://registry.terraform.io/providers/hashicorp/azuread/latest/docs/resources/application
"""

from collections.abc import Iterator

from connector_builder.render.registration.model import (
    CREDENTIAL_NAME,
    LOOPBACK,
    Registration,
    allowed,
    by_api,
    own_scope,
)
from connector_builder.render.registration.quoting import hcl

_HEAD = """\
terraform {
  required_providers {
    azuread = {
      source  = "hashicorp/azuread"
      version = "~> 3.0"
    }
  }
}
"""


def terraform_file(one: Registration) -> str:
    """Returns the text of a `.tf` file. Permissions whose ids aren't known are looked up by Terraform."""
    parts = [
        _HEAD,
        *_variables(one),
        *_data(one),
        _application(one),
        _SERVICE_PRINCIPAL,
        *_own_api(one),
        *_credential(one),
        _output(one),
    ]
    return "\n".join(parts)


_SERVICE_PRINCIPAL = """\
resource "azuread_service_principal" "connector" {
  client_id = azuread_application.connector.client_id
}
"""


def _names(one: Registration) -> dict[str, str]:
    """Returns a name for each API whose ids must be looked up, by what it is looked up by."""
    return {key: f"api{number}" for number, (key, _) in enumerate(by_api(one.unknown), 1)}


def _variables(one: Registration) -> Iterator[str]:
    for key, some in by_api(one.unknown):
        if not some[0].app_id:
            description = hcl(f"The application (client) ID of {key}")
            yield f'variable "{_names(one)[key]}_client_id" {{\n  type        = string\n  description = {description}\n}}\n'
    if one.credential is not None:
        yield (
            'variable "connector_subject" {\n  type        = string\n'
            '  description = "The subject of the deployed connector\'s federated credential; empty before it is deployed"\n'
            f"  default     = {hcl(one.credential.subject)}\n}}\n"
        )
        if not one.credential.issuer:
            yield 'data "azuread_client_config" "current" {}\n'


def _data(one: Registration) -> Iterator[str]:
    for key, some in by_api(one.unknown):
        name = _names(one)[key]
        client = hcl(some[0].app_id) if some[0].app_id else f"var.{name}_client_id"
        yield f'data "azuread_service_principal" "{name}" {{\n  client_id = {client}\n}}\n'


def _application(one: Registration) -> str:
    lines = [
        'resource "azuread_application" "connector" {',
        f"  display_name     = {hcl(one.name)}",
        f"  sign_in_audience = {hcl(one.audience)}",
    ]
    if one.public:
        lines += ["", "  fallback_public_client_enabled = true"]
    if one.redirects:
        lines += [
            "",
            "  web {",
            "    redirect_uris = [",
            *(f"      {hcl(uri)}," for uri in one.redirects),
            "    ]",
            "  }",
        ]
    if one.public:
        lines += ["", "  public_client {", f"    redirect_uris = [{hcl(LOOPBACK)}]", "  }"]
    return "\n".join([*lines, *_own_scope(one), *_permissions(one), *_life_cycle(one), "}", ""])


def _own_scope(one: Registration) -> Iterator[str]:
    """Yields the permission of the application's own API, for the on-behalf-of login."""
    if not one.on_behalf_of:
        return
    scope = own_scope(one)
    yield from ("", "  api {", "    oauth2_permission_scope {")
    yield f"      id                         = {hcl(scope['id'])}"
    yield f"      value                      = {hcl(scope['value'])}"
    yield '      type                       = "User"'
    yield "      enabled                    = true"
    yield f"      admin_consent_display_name = {hcl(scope['adminConsentDisplayName'])}"
    yield f"      admin_consent_description  = {hcl(scope['adminConsentDescription'])}"
    yield from ("    }", "  }")


def _life_cycle(one: Registration) -> Iterator[str]:
    """Yields that the URI of the API is another resource's: it contains the id of the application."""
    if one.on_behalf_of:
        yield from ("", "  lifecycle {", "    ignore_changes = [identifier_uris]", "  }")


def _own_api(one: Registration) -> Iterator[str]:
    """Yields the URI of the application's own API, and that Azure API Connections may use it for users."""
    if one.on_behalf_of:
        scope = own_scope(one)
        yield "\n".join([
            'resource "azuread_application_identifier_uri" "connector" {',
            "  application_id = azuread_application.connector.id",
            '  identifier_uri = "api://${azuread_application.connector.client_id}"',
            "}",
            "",
            'resource "azuread_application_pre_authorized" "api_connections" {',
            "  application_id       = azuread_application.connector.id",
            f"  authorized_client_id = {hcl(allowed(scope['id'])['appId'])}",
            f"  permission_ids       = [{hcl(scope['id'])}]",
            "}",
            "",
        ])  # fmt: skip


def _permissions(one: Registration) -> Iterator[str]:
    names = _names(one)
    for key, some in by_api(one.permissions):
        data = f"data.azuread_service_principal.{names[key]}" if key in names else ""
        yield ""
        yield "  required_resource_access {"
        yield f"    resource_app_id = {hcl(some[0].app_id) if some[0].app_id else f'{data}.client_id'}"
        for part in some:
            yield ""
            yield f"    resource_access {{ # {part.name}"
            yield f"      id   = {hcl(part.id) if part.id else f'{data}.oauth2_permission_scope_ids[{hcl(part.name)}]'}"
            yield '      type = "Scope"'
            yield "    }"
        yield "  }"


def _credential(one: Registration) -> Iterator[str]:
    if one.credential is None:
        return
    issuer = (
        hcl(one.credential.issuer)
        if one.credential.issuer
        else f'"{one.login}/${{data.azuread_client_config.current.tenant_id}}/v2.0"'
    )
    yield "\n".join([
        'resource "azuread_application_federated_identity_credential" "connector" {',
        '  count          = var.connector_subject == "" ? 0 : 1',
        "  application_id = azuread_application.connector.id",
        f"  display_name   = {hcl(CREDENTIAL_NAME)}",
        f"  audiences      = [{hcl(one.credential.audience)}]",
        f"  issuer         = {issuer}",
        "  subject        = var.connector_subject",
        "}",
        "",
    ])  # fmt: skip


def _output(one: Registration) -> str:
    remark = (
        "# The client secret isn't here, since it would be in Terraform's state: create it in the portal or with az.\n"
        if one.needs_secret
        else ""
    )
    return f'{remark}output "client_id" {{\n  value = azuread_application.connector.client_id\n}}\n'
