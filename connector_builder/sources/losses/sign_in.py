"""What an import changes about how people sign in."""

from connector_builder.sources.losses.kind import CHOSEN, LOST, MOVED, kind

SIGN_IN_CHOSEN = kind(
    "SignInChosen",
    CHOSEN,
    """Operations accept several ways to sign in.

A connection has one. OAuth comes first, then a key, then user and password.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      security: [{key: []}, {user: []}]
      responses: {"200": {description: The orders.}}
components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}, user: {type: http, scheme: basic}}}
```
Finding: 7:32: people sign in by 'key', not by user

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
)
SIGN_IN_FOR_ALL = kind(
    "SignInForAll",
    CHOSEN,
    """Some operations need no sign-in.

One connection serves all operations, so people always sign in.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      security: []
      responses: {"200": {description: The orders.}}
  /orders/{id}:
    get:
      operationId: GetOrder
      security: [{key: []}]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {"200": {description: The order.}}
components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}
```
Finding: 3:5: 1 operation without a sign-in: one connection serves all operations

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
)
SIGN_IN_LEFT_OUT = kind(
    "SignInLeftOut",
    LOST,
    """A connector can't sign in this way.

Cookies, certificates of clients and digests aren't supported. Some APIs also accept a key or OAuth.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      security: [{session: []}]
      responses: {"200": {description: The orders.}}
components: {securitySchemes: {session: {type: apiKey, in: cookie, name: session}}}
```
Finding: 7:32: connectors can't send the key 'session' in a cookie

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
)
SIGN_IN_INCOMPLETE = kind(
    "SignInIncomplete",
    LOST,
    """The addresses for signing in by OAuth aren't complete.

Connectors use the authorization-code flow, which needs an address to sign in and one for tokens. Complete `auth` in
the spec.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      security: [{login: []}]
      responses: {"200": {description: The orders.}}
components: {securitySchemes: {login: {type: openIdConnect, openIdConnectUrl: "https://login.contoso.example/.well-known/openid-configuration"}}}
```
Finding: 7:32: 'login' names its addresses in a document on the network, which isn't read

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
)
TOKEN_BY_HAND = kind(
    "TokenByHand",
    MOVED,
    """A connector can't fetch the token of this sign-in by itself.

People paste a token when they make a connection; the connector sends it as `Authorization: Bearer …`. It ends when
the token expires.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      security: [{token: []}]
      responses: {"200": {description: The orders.}}
components: {securitySchemes: {token: {type: http, scheme: bearer}}}
```
Finding: 7:32: 'token' is a token: people paste a token when they make a connection

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
)
FLOW_CHOSEN = kind(
    "FlowChosen",
    CHOSEN,
    """A sign-in by OAuth has several flows.

Connectors use the authorization-code flow.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      security: [{login: []}]
      responses: {"200": {description: The orders.}}
components: {securitySchemes: {login: {type: oauth2, flows: {authorizationCode: {authorizationUrl: "https://login.contoso.example/authorize", tokenUrl: "https://login.contoso.example/token", scopes: {}}, clientCredentials: {tokenUrl: "https://login.contoso.example/token", scopes: {}}}}}}
```
Finding: 7:54: 'login' uses the flow authorizationCode, not clientCredentials
Finding: 7:62: 'login' is imported as 'oauth2', and 'clientId' is guessed

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
)
SIGN_IN_UNUSED = kind(
    "SignInUnused",
    CHOSEN,
    """The document describes a way to sign in, but no operation requires it.

So the connector has none. If the service requires one, write `auth` in the spec.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}
```
Finding: 6:32: no operation requires 'key': people don't sign in

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
)
SIGN_IN_BESIDE = kind(
    "SignInBeside",
    MOVED,
    """Operations require two keys at once.

A connection signs in by one. The other is a parameter of the connection, and a policy sends it.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      security: [{app: [], key: []}]
      responses: {"200": {description: The orders.}}
components: {securitySchemes: {app: {type: apiKey, in: header, name: X-App}, key: {type: apiKey, in: query, name: key}}}
```
Finding: 7:78: 'key' is sent beside the other: a connection parameter and a policy send 'key'

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
)
