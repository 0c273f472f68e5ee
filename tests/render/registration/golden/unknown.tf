terraform {
  required_providers {
    azuread = {
      source  = "hashicorp/azuread"
      version = "~> 3.0"
    }
  }
}

variable "api1_client_id" {
  type        = string
  description = "The application (client) ID of api://orders"
}

data "azuread_service_principal" "api1" {
  client_id = var.api1_client_id
}

resource "azuread_application" "connector" {
  display_name     = "Parcel Tracker connector"
  sign_in_audience = "AzureADMyOrg"

  web {
    redirect_uris = [
      "https://global.consent.azure-apim.net/redirect",
    ]
  }

  required_resource_access {
    resource_app_id = data.azuread_service_principal.api1.client_id

    resource_access { # Orders.Read
      id   = data.azuread_service_principal.api1.oauth2_permission_scope_ids["Orders.Read"]
      type = "Scope"
    }
  }
}

resource "azuread_service_principal" "connector" {
  client_id = azuread_application.connector.client_id
}

# The client secret isn't here, since it would be in Terraform's state: create it in the portal or with az.
output "client_id" {
  value = azuread_application.connector.client_id
}
