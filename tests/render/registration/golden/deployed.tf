terraform {
  required_providers {
    azuread = {
      source  = "hashicorp/azuread"
      version = "~> 3.0"
    }
  }
}

variable "connector_subject" {
  type        = string
  description = "The subject of the deployed connector's federated credential; empty before it is deployed"
  default     = "/eid1/c/pub/t/Ab/a/Cd/europe-002_x"
}

resource "azuread_application" "connector" {
  display_name     = "Parcel Tracker connector"
  sign_in_audience = "AzureADMyOrg"

  web {
    redirect_uris = [
      "https://global.consent.azure-apim.net/redirect",
      "https://global.consent.azure-apim.net/redirect/acme-5fparcel",
    ]
  }

  required_resource_access {
    resource_app_id = "7df0a125-d3be-4c96-aa54-591f83ff541c"

    resource_access { # Flows.Read.All
      id   = "e45c5562-459d-4d1b-8148-83eb1b6dcf83"
      type = "Scope"
    }

    resource_access { # Flows.Manage.All
      id   = "30b2d850-00c3-4802-b7ae-ece9af9de5c6"
      type = "Scope"
    }
  }
}

resource "azuread_service_principal" "connector" {
  client_id = azuread_application.connector.client_id
}

resource "azuread_application_federated_identity_credential" "connector" {
  count          = var.connector_subject == "" ? 0 : 1
  application_id = azuread_application.connector.id
  display_name   = "power-platform-connector"
  audiences      = ["api://AzureADTokenExchange"]
  issuer         = "https://login.microsoftonline.com/0f0f0f0f-1111-4222-8333-444444444444/v2.0"
  subject        = var.connector_subject
}

output "client_id" {
  value = azuread_application.connector.client_id
}
