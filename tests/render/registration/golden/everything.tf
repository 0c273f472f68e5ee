terraform {
  required_providers {
    azuread = {
      source  = "hashicorp/azuread"
      version = "~> 3.0"
    }
  }
}

variable "api2_client_id" {
  type        = string
  description = "The application (client) ID of api://orders"
}

data "azuread_service_principal" "api1" {
  client_id = "00000003-0000-0000-c000-000000000000"
}

data "azuread_service_principal" "api2" {
  client_id = var.api2_client_id
}

resource "azuread_application" "connector" {
  display_name     = "Café 'Orders' connector"
  sign_in_audience = "AzureADMultipleOrgs"

  fallback_public_client_enabled = true

  web {
    redirect_uris = [
      "https://global.consent.azure-apim.net/redirect",
    ]
  }

  public_client {
    redirect_uris = ["http://localhost"]
  }

  api {
    oauth2_permission_scope {
      id                         = "4c7e1b04-abdb-5664-9a16-2c67872ad968"
      value                      = "access_as_user"
      type                       = "User"
      enabled                    = true
      admin_consent_display_name = "Access the API"
      admin_consent_description  = "Access the API as the signed-in user"
    }
  }

  required_resource_access {
    resource_app_id = "7df0a125-d3be-4c96-aa54-591f83ff541c"

    resource_access { # Flows.Read.All
      id   = "e45c5562-459d-4d1b-8148-83eb1b6dcf83"
      type = "Scope"
    }

    resource_access { # User
      id   = "44d8c55c-9ffc-4546-883e-9041b5bb0b01"
      type = "Scope"
    }
  }

  required_resource_access {
    resource_app_id = "00000003-0000-0000-c000-000000000000"

    resource_access { # Mail.Read
      id   = data.azuread_service_principal.api1.oauth2_permission_scope_ids["Mail.Read"]
      type = "Scope"
    }
  }

  required_resource_access {
    resource_app_id = data.azuread_service_principal.api2.client_id

    resource_access { # Orders.Read
      id   = data.azuread_service_principal.api2.oauth2_permission_scope_ids["Orders.Read"]
      type = "Scope"
    }
  }

  lifecycle {
    ignore_changes = [identifier_uris]
  }
}

resource "azuread_service_principal" "connector" {
  client_id = azuread_application.connector.client_id
}

resource "azuread_application_identifier_uri" "connector" {
  application_id = azuread_application.connector.id
  identifier_uri = "api://${azuread_application.connector.client_id}"
}

resource "azuread_application_pre_authorized" "api_connections" {
  application_id       = azuread_application.connector.id
  authorized_client_id = "fe053c5f-3692-4f14-aef2-ee34fc081cae"
  permission_ids       = ["4c7e1b04-abdb-5664-9a16-2c67872ad968"]
}

# The client secret isn't here, since it would be in Terraform's state: create it in the portal or with az.
output "client_id" {
  value = azuread_application.connector.client_id
}
