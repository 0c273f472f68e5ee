// bicepconfig.json beside this file names the extension:
//   { "extensions": { "microsoftGraphV1": "br:mcr.microsoft.com/bicep/extensions/microsoftgraph/v1.0:1.0.0" } }
extension microsoftGraphV1

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
      resourceAppId: '7df0a125-d3be-4c96-aa54-591f83ff541c'
      resourceAccess: [
        { // Flows.Read.All
          id: 'e45c5562-459d-4d1b-8148-83eb1b6dcf83'
          type: 'Scope'
        }
        { // Flows.Manage.All
          id: '30b2d850-00c3-4802-b7ae-ece9af9de5c6'
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
