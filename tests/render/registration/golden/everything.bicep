// bicepconfig.json beside this file names the extension:
//   { "extensions": { "microsoftGraphV1": "br:mcr.microsoft.com/bicep/extensions/microsoftgraph/v1.0:1.0.0" } }
extension microsoftGraphV1

@description('The application (client) ID of api://orders')
param api2AppId string

resource api1 'Microsoft.Graph/servicePrincipals@v1.0' existing = {
  appId: '00000003-0000-0000-c000-000000000000'
}

resource api2 'Microsoft.Graph/servicePrincipals@v1.0' existing = {
  appId: api2AppId
}

resource app 'Microsoft.Graph/applications@v1.0' = {
  uniqueName: 'caf-orders-connector'
  displayName: 'Café \'Orders\' connector'
  signInAudience: 'AzureADMultipleOrgs'
  web: {
    redirectUris: [
      'https://global.consent.azure-apim.net/redirect'
    ]
  }
  isFallbackPublicClient: true
  publicClient: {
    redirectUris: [
      'http://localhost'
    ]
  }
  requiredResourceAccess: [
    {
      resourceAppId: '7df0a125-d3be-4c96-aa54-591f83ff541c'
      resourceAccess: [
        { // Flows.Read.All
          id: 'e45c5562-459d-4d1b-8148-83eb1b6dcf83'
          type: 'Scope'
        }
        { // User
          id: '44d8c55c-9ffc-4546-883e-9041b5bb0b01'
          type: 'Scope'
        }
      ]
    }
    {
      resourceAppId: '00000003-0000-0000-c000-000000000000'
      resourceAccess: [
        { // Mail.Read
          id: filter(api1.oauth2PermissionScopes, scope => scope.value == 'Mail.Read')[0].id
          type: 'Scope'
        }
      ]
    }
    {
      resourceAppId: api2AppId
      resourceAccess: [
        { // Orders.Read
          id: filter(api2.oauth2PermissionScopes, scope => scope.value == 'Orders.Read')[0].id
          type: 'Scope'
        }
      ]
    }
  ]
}

resource servicePrincipal 'Microsoft.Graph/servicePrincipals@v1.0' = {
  appId: app.appId
}

// Bicep can't return a client secret: create it in the portal or with az.
output clientId string = app.appId
