terraform {
  required_providers {
    azuread = {
      source  = "hashicorp/azuread"
      version = "~> 3.0"
    }
  }
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

# The client secret isn't here, since it would be in Terraform's state: create it in the portal or with az.
output "client_id" {
  value = azuread_application.connector.client_id
}
