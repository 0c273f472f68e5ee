"""The rules of the parts that all operations share: server, authentication, policies, script."""

from connector_builder.findings import Rule, Scope, Severity
from connector_builder.language.rules.kinds import language_error

SERVER_NOT_VALID = language_error(
    "ServerNotValid",
    """`server` isn't an address such as `https://api.contoso.example/v1`.

Write the scheme, the host and the base path of the API as one address.

```yaml bad
connector:
  title: Orders
  description: Reads and writes orders.
  server: api.contoso.example/v1
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order.}
```
Finding: 4:11: 'api.contoso.example/v1' isn't an address that begins with https://

```yaml good
connector:
  title: Orders
  description: Reads and writes orders.
  server: https://api.contoso.example/v1
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order.}
```""",
    fixable=True,
)
AUTH_NOT_VALID = language_error(
    "AuthNotValid",
    """`auth` lacks a key that its type requires, or has a key that its type can't use.

The type decides which keys are possible: an API key, for example, is sent in a `header` or in the `query`. Add the key,
remove it, or choose another type; the reference page lists the keys of each type.

```yaml bad
auth: {type: apiKey}
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order.}
```
Finding: 1:1: an API key is sent in 'header' or in 'query'

```yaml bad
auth:
  type: oauth2
  clientId: 11111111-2222-3333-4444-555555555555
  authorizationUrl: login.contoso.example/authorize
  tokenUrl: https://login.contoso.example/token
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order.}
```
Finding: 4:21: 'authorizationUrl' must be a whole address, not 'login.contoso.example/authorize'

```yaml good
auth: {type: apiKey, header: X-API-Key}
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order.}
```""",
    fixable=True,
)
POLICY_NOT_VALID = language_error(
    "PolicyNotValid",
    """A policy isn't well-formed.

Write each item of `policies` as one short key with its settings, such as `- setHeader: {name: x-client, value: flow}`,
or in the plain form: `- {template: setheader, title: …, parameters: {…}}`.

```yaml bad
policies:
  - setHeader
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order.}
```
Finding: 2:5: 'setHeader' isn't a policy that needs no settings

```yaml good
policies:
  - setHeader: {name: x-client, value: flow}
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order.}
```""",
)
SCRIPT_NOT_VALID = language_error(
    "ScriptNotValid",
    """The script isn't one that the platform can run.

The platform runs one C# file with a class `Script : ScriptBase`, of at most 1 MB
(https://learn.microsoft.com/en-us/connectors/custom-connectors/write-code). Correct the script.

```yaml bad
script: script.csx
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order.}
```
```csharp bad file=script.csx
public class Orders : ScriptBase
{
}
```
Finding: 1:9: 'script.csx' has no class 'Script : ScriptBase'

```yaml good
script: script.csx
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order.}
```
```csharp good file=script.csx
public class Script : ScriptBase
{
    public override Task<HttpResponseMessage> ExecuteAsync() => Context.SendAsync(Context.Request, CancellationToken);
}
```""",
)
KEY_SENT_ALONE = Rule(
    "KeySentAlone",
    Severity.NOTE,
    Scope.LANGUAGE,
    """The header `Authorization` carries what people type, without the word that most services expect before it.

`Authorization: Bearer abc` has a scheme, `Bearer`, and a key. With `scheme: Bearer` people type the key alone. A service that
wants no word gets `scheme: null`.

```yaml bad
auth: {type: apiKey, header: Authorization}
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order.}
```
Finding: 1:30: the connector sends the key as people enter it, without a word such as 'Bearer' before it

```yaml good
auth: {type: apiKey, header: Authorization, scheme: Bearer}
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order.}
```""",
)
SECRET_VARIABLE_LOST = Rule(
    "SecretVariableLost",
    Severity.WARNING,
    Scope.LANGUAGE,
    """The secret of an OAuth client is a secret environment variable, and the platform loses it on the import of a managed solution.

The connector signs in again after somebody opens its Security tab in the target environment and saves it. Without this step, connections fail
when their tokens expire. Unmanaged solutions keep the secret.

Source: https://github.com/microsoft/PowerPlatformConnectors/issues/4010

```yaml bad
auth:
  type: oauth2
  clientId: orders
  clientSecret: ${environment:acme_OrdersSecret}
  authorizationUrl: https://login.contoso.example/authorize
  tokenUrl: https://login.contoso.example/token
environmentVariables:
  acme_OrdersSecret: {type: secret}
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order.}
```
Finding: 8:3: the secret of 'acme_OrdersSecret' is lost when a managed solution is imported

```yaml good
auth:
  type: oauth2
  clientId: orders
  authorizationUrl: https://login.contoso.example/authorize
  tokenUrl: https://login.contoso.example/token
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order.}
```""",
)
