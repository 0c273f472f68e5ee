"""The rules of importing: what can't be imported, what was mended, and what was left out."""

from connector_builder.findings import Rule, Scope, Severity
from connector_builder.language.decompile.rules import NOT_IMPORTABLE

MENDED = Rule(
    "Mended",
    Severity.NOTE,
    Scope.LANGUAGE,
    """`import --repair` mended a defect of a file.

The tool mends only a defect that has one sensible reading, such as a superfluous comma or a comment in JSON. The file
itself stays as it is. Check that the tool understood the file as you mean it.

```json bad import-repair
{
  "swagger": "2.0",
  "info": {"title": "Orders", "version": "1.0",},
  "paths": {}
}
```
Finding: 3:47: a comma that nothing follows was removed

```json good import-repair
{
  "swagger": "2.0",
  "info": {"title": "Orders", "version": "1.0"},
  "paths": {}
}
```""",
)
SECRET_LEFT_OUT = Rule(
    "SecretLeftOut",
    Severity.WARNING,
    Scope.LANGUAGE,
    """The import found a secret, and left it out of the spec.

A spec goes into version control and into packages, so the import writes REDACTED instead. Everyone who could read the
imported file knows the secret. If it is still in use, replace it with a new one.

```json bad import
{"swagger": "2.0", "info": {"title": "Orders", "version": "1.0"}, "paths": {}}
```
```json bad file=apiProperties.json
{
  "properties": {
    "connectionParameters": {
      "token": {
        "type": "oauthSetting",
        "oAuthSettings": {"identityProvider": "oauth2", "clientId": "orders", "clientSecret": "NotARealSecret"}
      }
    }
  }
}
```
Finding: apiProperties.json:6:95: a client secret isn't imported

```json good import
{"swagger": "2.0", "info": {"title": "Orders", "version": "1.0"}, "paths": {}}
```
```json good file=apiProperties.json
{
  "properties": {
    "connectionParameters": {
      "token": {
        "type": "oauthSetting",
        "oAuthSettings": {"identityProvider": "oauth2", "clientId": "orders"}
      }
    }
  }
}
```""",
)
PART_LEFT_OUT = Rule(
    "PartLeftOut",
    Severity.WARNING,
    Scope.LANGUAGE,
    """`import` leaves out a file or a part that it can't read, or that means nothing to the platform.

The spec builds the connector without this part. The part is beside the definition, for example in apiProperties.json;
correct it if the connector needs it.

```json bad import
{"swagger": "2.0", "info": {"title": "Orders", "version": "1.0"}, "paths": {}}
```
```json bad file=apiProperties.json
{
  "properties": {"connectionParameters": {}},
  "notes": "of our own"
}
```
Finding: apiProperties.json:3:12: 'notes' beside 'properties' means nothing to the platform, and isn't imported

```json good import
{"swagger": "2.0", "info": {"title": "Orders", "version": "1.0"}, "paths": {}}
```
```json good file=apiProperties.json
{
  "properties": {"connectionParameters": {}}
}
```""",
)

IMPORT_RULES = (NOT_IMPORTABLE, MENDED, SECRET_LEFT_OUT, PART_LEFT_OUT)
