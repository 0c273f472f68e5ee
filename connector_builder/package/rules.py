"""The rules about the files of a package as texts, and about secrets in them."""

from connector_builder.findings import Rule, Scope, Severity

BYTE_ORDER_MARK = Rule(
    "ByteOrderMarkPreventsUpload",
    Severity.WARNING,
    Scope.PLATFORM,
    """A JSON file of a package begins with a byte order mark.

The portal accepts such a file, but paconn's `create` and `update` stop with a JSONDecodeError. Save the file as UTF-8
without a byte order mark.

Source: tried with paconn 0.0.21; https://github.com/microsoft/PowerPlatformConnectors/issues/117
Published: 4 of 1,031 connectors.

In this example, `\\xef\\xbb\\xbf` are the three bytes of the mark.

```escaped bad package file=apiProperties.json
\\xef\\xbb\\xbf{"properties": {"connectionParameters": {}, "iconBrandColor": "#007ee5", "capabilities": []}}
```
Finding: 1:1: the file begins with a byte order mark: paconn can't read it

```json good package file=apiProperties.json
{"properties": {"connectionParameters": {}, "iconBrandColor": "#007ee5", "capabilities": []}}
```""",
    only_uploads=True,
)
TEXT_NOT_ASCII = Rule(
    "TextNotAscii",
    Severity.NOTE,
    Scope.PRACTICE,
    """A JSON file of a package contains characters that aren't ASCII.

paconn reads the files in the encoding of the system. Where that isn't UTF-8, as on many Windows machines, the text
arrives garbled, or paconn stops. Write the characters as `\\u` escapes, as `build` does.

Source: tried with paconn 0.0.21 under another locale
Published: 119 of 1,031 connectors.

```json bad package file=apiProperties.json
{"properties": {"connectionParameters": {}, "iconBrandColor": "#007ee5", "capabilities": [], "publisher": "Café Contoso"}}
```
Finding: 1:111: 'é' isn't ASCII: paconn reads it wrong where the system's encoding isn't UTF-8

```json good package file=apiProperties.json
{"properties": {"connectionParameters": {}, "iconBrandColor": "#007ee5", "capabilities": [], "publisher": "Caf\\u00e9 Contoso"}}
```""",
    only_uploads=True,
)
SECRET_IN_PACKAGE = Rule(
    "SecretInPackage",
    Severity.WARNING,
    Scope.PRACTICE,
    """A file of a package contains a secret.

A package goes into version control, and everyone who has access to the connector can download it. Remove the secret, and
replace it with a new one if it is still in use. Pass a client secret to paconn with `--secret`, or type it into the
portal. In examples and addresses, write REDACTED.

```json bad package file=apiProperties.json
{
  "properties": {
    "connectionParameters": {
      "token": {
        "type": "oauthSetting",
        "oAuthSettings": {"identityProvider": "github", "clientId": "orders", "clientSecret": "NotARealSecret"}
      }
    },
    "iconBrandColor": "#007ee5",
    "capabilities": []
  }
}
```
Finding: 6:95: 'clientSecret' is a secret

```json good package file=apiProperties.json
{
  "properties": {
    "connectionParameters": {
      "token": {
        "type": "oauthSetting",
        "oAuthSettings": {"identityProvider": "github", "clientId": "orders"}
      }
    },
    "iconBrandColor": "#007ee5",
    "capabilities": []
  }
}
```""",
)

DOCUMENT_NOT_SWAGGER = Rule(
    "DocumentNotSwagger",
    Severity.ERROR,
    Scope.LANGUAGE,
    """A file is a known kind of document, but not the definition of a connector.

It is OpenAPI 3, an older Swagger, a Postman collection or a HAR file. The platform's definitions are Swagger 2.0. The help names
the command that makes a spec of the file, if there is one.

```json bad package file=orders.swagger.json
{
  "info": {
    "name": "Orders",
    "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
  },
  "item": []
}
```
Finding: 2:3: this is a Postman collection

```json good package file=orders.swagger.json
{
  "swagger": "2.0",
  "info": {"title": "Orders", "description": "Reads and writes orders.", "version": "1.0"},
  "host": "api.contoso.example",
  "basePath": "/",
  "schemes": ["https"],
  "paths": {}
}
```""",
    fixed=True,
)
PACKAGE_RULES = (BYTE_ORDER_MARK, TEXT_NOT_ASCII, SECRET_IN_PACKAGE, DOCUMENT_NOT_SWAGGER)
