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
  api: {
    oauth2PermissionScopes: [
      {
        id: '4c7e1b04-abdb-5664-9a16-2c67872ad968'
        value: 'access_as_user'
        type: 'User'
        adminConsentDisplayName: 'Access the API'
        adminConsentDescription: 'Access the API as the signed-in user'
        isEnabled: true
      }
    ]
    preAuthorizedApplications: [ // Azure API Connections acts for the user
      {
        appId: 'fe053c5f-3692-4f14-aef2-ee34fc081cae'
        delegatedPermissionIds: [
          '4c7e1b04-abdb-5664-9a16-2c67872ad968'
        ]
      }
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
// A file of Bicep can't name the application's own id in it. Once it is deployed, set the URI of its API:
//   az ad app update --id CLIENT_ID --identifier-uris api://CLIENT_ID
output clientId string = app.appId
