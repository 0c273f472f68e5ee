"""The rules of what all operations share: server, authentication, policies, script."""

from connector_builder.language.rules.kinds import language_error

SERVER_NOT_VALID = language_error(
    "ServerNotValid",
    """The server isn't an address like https://api.contoso.example/v1.

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
)
AUTH_NOT_VALID = language_error(
    "AuthNotValid",
    """Authentication lacks something its type needs, or has something it can't use.

```yaml bad
auth: {type: apiKey}
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order.}
```
Finding: 1:1: an API key is sent in 'header' or in 'query'

```yaml good
auth: {type: apiKey, header: X-API-Key}
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order.}
```""",
)
POLICY_NOT_VALID = language_error(
    "PolicyNotValid",
    """A policy can't be read.

Each item of `policies` is one short key with its settings, such as `- setHeader: {name: x-client, value: flow}`, or the plain
form: `- {template: setheader, title: …, parameters: {…}}`.

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
    """The script isn't one that the platform runs.

It is one C# file with a class `Script : ScriptBase`, at most 1 MB
(https://learn.microsoft.com/en-us/connectors/custom-connectors/write-code).

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
