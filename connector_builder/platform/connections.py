"""Names and addresses of connections that the platform itself knows.

Sources: https://learn.microsoft.com/en-us/connectors/custom-connectors/connection-parameters, and what published connectors have.
"""

TOKEN, API_KEY, USERNAME, PASSWORD = "token", "api_key", "username", "password"
"""The connection parameters that the platform ties to the security of Swagger. paconn gives `--secret` only to `token`."""
TENANT, GRANT_TYPE = "token:TenantId", "token:grantType"
"""Hidden parameters of an Entra ID sign-in: its tenant, and how a service principal asks for the token."""
GATEWAY, AUTH_TYPE = "gateway", "authType"
"""The connection parameters of an on-premises data gateway: which one, and how it signs in."""
GLOBAL, PER_CONNECTOR = "Global", "GlobalPerConnector"
"""The redirect modes: one URL for all connectors, or one for each."""
GLOBAL_REDIRECT = "https://global.consent.azure-apim.net/redirect"
"""The redirect URL of all connectors."""
