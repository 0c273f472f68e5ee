"""The rules of importing: what can't be imported, what was mended, and what was left out."""

from connector_builder.findings import Rule, Scope, Severity
from connector_builder.language.decompile.rules import NOT_IMPORTABLE
from connector_builder.sources.losses import LOSSES

MENDED = Rule(
    "Mended",
    Severity.NOTE,
    Scope.LANGUAGE,
    """A defect of a file that the import mended.

Without `--repair` it is only a key at the top of a definition that has the wrong case, such as `basepath`. With `--repair`, only what has one sensible reading is mended, such as a comma too many or a comment in JSON; the file itself stays as it is.

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
SIGN_IN_GUESSED = Rule(
    "SignInGuessed",
    Severity.WARNING,
    Scope.LANGUAGE,
    """A sign-in by OAuth that is imported from a definition alone, which doesn't have the id of the client.

The rest of the sign-in is in apiProperties.json, or in a solution in a file of its own. Without it, the import writes an example of a client
id, and `auth: {type: aad}` where people sign in at Microsoft. Correct `auth` in the spec before you build it.

```json bad import
{
  "swagger": "2.0",
  "info": {"title": "Orders", "version": "1.0"},
  "host": "api.contoso.example",
  "paths": {},
  "securityDefinitions": {
    "entra": {
      "type": "oauth2",
      "flow": "accessCode",
      "authorizationUrl": "https://login.microsoftonline.com/common/oauth2/authorize",
      "tokenUrl": "https://login.microsoftonline.com/common/oauth2/token",
      "scopes": {}
    }
  }
}
```
Finding: 7:5: 'entra' is imported as 'aad', and 'clientId' and 'resource' are guessed

```json good import
{
  "swagger": "2.0",
  "info": {"title": "Orders", "version": "1.0"},
  "host": "api.contoso.example",
  "paths": {},
  "securityDefinitions": {
    "key": {"type": "apiKey", "in": "header", "name": "X-Key"}
  }
}
```""",
)

IMPORT_RULES = (NOT_IMPORTABLE, MENDED, SECRET_LEFT_OUT, PART_LEFT_OUT, SIGN_IN_GUESSED, *LOSSES)
