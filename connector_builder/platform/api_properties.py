"""The table of the objects in apiProperties.json.

Sources: https://learn.microsoft.com/en-us/connectors/custom-connectors/connection-parameters,
https://learn.microsoft.com/en-us/connectors/custom-connectors/multi-auth, Microsoft's schema for the file
(https://github.com/microsoft/PowerPlatformConnectors/tree/dev/schemas), and further keys in published connectors.
"""

from connector_builder.patterns import regex
from connector_builder.platform.data.shapes import Table
from connector_builder.platform.texts import texts_of

SECRET, OAUTH, GATEWAY_SETTING = "securestring", "oauthSetting", "gatewaySetting"
TYPED_IN = ("string", SECRET, "int", "bool")
"""The types of connection parameters that users type in."""
CLIENT_CERTIFICATE = "clientCertificate"
"""The type of a parameter that takes a certificate, as exported solutions have it for a sign-in by Microsoft Entra ID."""
PARAMETER_TYPES = (*TYPED_IN, OAUTH, GATEWAY_SETTING, CLIENT_CERTIFICATE)

GLOBAL_REDIRECT = "https://global.consent.azure-apim.net/redirect"
"""The redirect URL of every connector with the mode `Global`."""
PER_CONNECTOR = "GlobalPerConnector"
"""The redirect mode in which the platform chooses the address when it creates the connector."""
REDIRECT_MODES = ("Global", PER_CONNECTOR, "Direct")

PARAMETER_NAME = regex(r"[0-9A-Za-z_]+(?::[0-9A-Za-z_]+)?")
"""The names of connection parameters: letters, digits and `_`; after a colon, the part of a sign-in.

Source: Microsoft's schema for the file.
"""
BRAND_COLOR = regex(r"#[0-9A-Fa-f]{6}")
NOT_BRANDS = ("#ffffff", "#007ee5")
"""White, and the portal's default: certification refuses both."""
INDEPENDENT_COLOR = "#da3b01"
INDEPENDENT = "(Independent Publisher)"
"""The colour of every connector of an independent publisher, and the words that its title may end with.

Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-submission-ip
"""

GATEWAY_CAPABILITY = "gateway"
CAPABILITIES = ("actions", "triggers", "cloud", GATEWAY_CAPABILITY, "blob", "composite", "tabular")
"""The capabilities that a connector may have.

Source: https://learn.microsoft.com/en-us/power-apps/developer/data-platform/reference/entities/connector
"""

_TEXTS = dict.fromkeys(texts_of("ui definition"), "text")


TABLE: Table = {
    "properties file": {"properties!": "connector properties", "$schema": "text"},
    "connector properties": {
        "connectionParameters": "connection parameters",
        "connectionParameterSets": "connection parameter sets",
        "iconBrandColor": "text",
        "capabilities": "properties texts",
        "scriptOperations": "script operations",
        "policyTemplateInstances": "policies",
        "publisher": "text",
        "stackOwner": "text",
    },
    "properties texts": ["text"],
    "script operations": ["text"],
    "connection parameters": {"*": "connection parameter"},
    "connection parameter": {
        "type!": "text",
        "uiDefinition": "ui definition",
        "allowedValues": "allowed values",
        "defaultValue": "anything",
        "metadata": "properties data",
        "oAuthSettings": "oauth settings",
        "gatewaySettings": "properties data",
    },
    "properties data": {"*": "anything"},
    "ui definition": {
        **_TEXTS,
        "tabIndex": "number",
        "constraints": "ui constraints",
        "schema": "properties data",
    },
    "ui constraints": {
        "required": "flag|text",
        "hidden": "flag|text",
        "clearText": "flag|text",
        "tabIndex": "number",
        "capability": "properties texts",
        "allowedValues": "allowed values",
        "dependencies": "properties data",
    },
    "allowed values": ["allowed value"],
    "allowed value": {"text": "text", "value": "anything"},
    "oauth settings": {
        "identityProvider!": "text",
        "clientId": "text|null",
        "clientSecret": "text|null",
        "scopes": "properties texts",
        "redirectMode": "text",
        "redirectUrl": "text",
        "properties": "properties data",
        "customParameters": "custom parameters",
        "additionalParameters": "properties data",
        "clientAssertionType": "text",
    },
    "custom parameters": {"*": "custom parameter"},
    "custom parameter": {"value": "text|null"},
    "connection parameter sets": {"uiDefinition": "ui definition", "values!": "parameter sets"},
    "parameter sets": ["parameter set"],
    "parameter set": {
        "name!": "text",
        "uiDefinition": "ui definition",
        "parameters!": "connection parameters",
        "metadata": "properties data",
    },
    "policies": ["policy"],
    "policy": {"templateId!": "text", "title": "text", "type": "text", "parameters!": "properties data"},
}
