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
}

resource "azuread_service_principal" "connector" {
  client_id = azuread_application.connector.client_id
}

# The client secret isn't here, since it would be in Terraform's state: create it in the portal or with az.
output "client_id" {
  value = azuread_application.connector.client_id
}
