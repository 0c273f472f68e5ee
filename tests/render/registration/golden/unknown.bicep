// bicepconfig.json beside this file names the extension:
//   { "extensions": { "microsoftGraphV1": "br:mcr.microsoft.com/bicep/extensions/microsoftgraph/v1.0:1.0.0" } }
extension microsoftGraphV1

@description('The application (client) ID of api://orders')
param api1AppId string

resource api1 'Microsoft.Graph/servicePrincipals@v1.0' existing = {
  appId: api1AppId
}

resource app 'Microsoft.Graph/applications@v1.0' = {
  uniqueName: 'parcel-tracker-connector'
  displayName: 'Parcel Tracker connector'
  signInAudience: 'AzureADMyOrg'
  web: {
    redirectUris: [
      'https://global.consent.azure-apim.net/redirect'
    ]
  }
  requiredResourceAccess: [
    {
      resourceAppId: api1AppId
      resourceAccess: [
        { // Orders.Read
          id: filter(api1.oauth2PermissionScopes, scope => scope.value == 'Orders.Read')[0].id
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
