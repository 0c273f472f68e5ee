terraform {
  required_providers {
    azuread = {
      source  = "hashicorp/azuread"
      version = "~> 3.0"
    }
  }
}

resource "azuread_application" "connector" {
  display_name     = "Parcel Tracker (command line)"
  sign_in_audience = "AzureADMyOrg"

  fallback_public_client_enabled = true

  public_client {
    redirect_uris = ["http://localhost"]
  }

  required_resource_access {
    resource_app_id = "7df0a125-d3be-4c96-aa54-591f83ff541c"

    resource_access { # Flows.Read.All
      id   = "e45c5562-459d-4d1b-8148-83eb1b6dcf83"
      type = "Scope"
    }
  }
}

resource "azuread_service_principal" "connector" {
  client_id = azuread_application.connector.client_id
}

output "client_id" {
  value = azuread_application.connector.client_id
}
