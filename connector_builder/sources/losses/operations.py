"""What an import changes about operations: their ids, paths and verbs, and what calls back."""

from connector_builder.findings import Severity
from connector_builder.sources.losses.kind import CHOSEN, LOST, MOVED, NARROWED, RENAMED, kind

ID_MADE = kind(
    "OperationIdMade",
    RENAMED,
    """An operation has no id, so the import makes one from its path.

Flows remember an operation by its id. The import makes it of the verb and the nouns of the path, so it doesn't depend
on the order of the document. Change it in the spec before you use the connector, not afterwards.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      responses: {"200": {description: The orders.}}
```
Finding: 3:5: GET /orders has no id: it becomes 'ListOrders'

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
)
ID_RENAMED = kind(
    "OperationIdRenamed",
    RENAMED,
    """The id of an operation contains other characters than letters and digits, or is used twice.

Power Fx leaves out all other characters, so two ids could become one. What FastAPI and NestJS add to ids is left out
too.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: list_orders
      responses: {"200": {description: The orders.}}
```
Finding: 4:20: 'list_orders' becomes 'ListOrders'

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
)
SUMMARY_CHANGED = kind(
    "SummaryChanged",
    RENAMED,
    """The summary of an operation is longer than a label may be, or contains characters that certification refuses.

The summary is what makers see as the name of the action: at most 80 characters, without `/ \\ < > * % & ?`.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      summary: List orders & invoices
      responses: {"200": {description: The orders.}}
```
Finding: 5:16: the summary of 'ListOrders' becomes 'List orders and invoices'

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      summary: List orders
      responses: {"200": {description: The orders.}}
```""",
)
OPERATION_NOT_CHOSEN = kind(
    "OperationNotChosen",
    CHOSEN,
    """An operation is deprecated, answers by a stream, or is HEAD or OPTIONS, so it is only imported by name.

Makers have no use for most of these. Name one by `--include` to import it.

```yaml bad import file=openapi.yaml
paths:
  /old/orders:
    get:
      operationId: ListOldOrders
      deprecated: true
      responses: {"200": {description: The orders.}}
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```
Finding: 3:5: 'ListOldOrders' is deprecated: it is left out

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
)
VERB_LEFT_OUT = kind(
    "VerbLeftOut",
    LOST,
    """An operation has a verb that Swagger 2.0 doesn't know.

The platform sends GET, PUT, POST, DELETE, OPTIONS, HEAD and PATCH.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
    trace:
      operationId: TraceOrders
      responses: {"200": {description: The orders.}}
```
Finding: 6:5: connectors can't send TRACE: this operation of '/orders' is left out

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
)
PATH_CHANGED = kind(
    "PathChanged",
    MOVED,
    """A path contains a query or a fragment, or doesn't begin with a slash.

A query in a path becomes hidden parameters with these values. A fragment is never sent, so it is left out.

```yaml bad import file=openapi.yaml
paths:
  /orders?kind=open:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```
Finding: 2:3: the path '/orders?kind=open' becomes '/orders'

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
)
PATHS_ALIKE = kind(
    "PathsAlike",
    MOVED,
    """Two paths differ only in the names of their variables, or in case.

For the platform they are one path. The second gets a path that only the connector knows, and the policy
`routeRequest` calls the real one.

```yaml bad import file=openapi.yaml
paths:
  /orders/{id}:
    get:
      operationId: GetOrder
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {"200": {description: The orders.}}
  /orders/{number}:
    delete:
      operationId: DeleteOrder
      parameters: [{name: number, in: path, required: true, schema: {type: string}}]
      responses: {"204": {description: The order is gone.}}
```
Finding: 7:3: '/orders/{number}' and '/orders/{id}' are one path for the platform: a policy routes 'DeleteOrder'

```yaml good import file=openapi.yaml
paths:
  /orders/{id}:
    get:
      operationId: GetOrder
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {"200": {description: The orders.}}
```""",
)
BODY_ON_GET = kind(
    "BodyOnGet",
    MOVED,
    """A GET or HEAD has a body.

Swagger 2.0 doesn't allow that. The connector sends POST to a path that only it knows, and the policy `routeRequest`
turns this into the real request.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      requestBody: {content: {application/json: {schema: {type: object, properties: {state: {type: string}}}}}}
      responses: {"200": {description: The orders.}}
```
Finding: 5:7: 'ListOrders' sends a body by GET: the connector calls POST, and a policy GET

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
)
OTHER_SERVER = kind(
    "OtherServer",
    MOVED,
    """An operation has a server of its own, on another host.

A connector has one host. The policy `routeRequest` sends the operation to its own server.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      servers: [{url: https://files.contoso.example}]
      responses: {"200": {description: The orders.}}
```
Finding: 3:5: 'ListOrders' is on https://files.contoso.example: a policy routes it there

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
)
CALLBACK_AS_TRIGGER = kind(
    "CallbackAsTrigger",
    MOVED,
    """An operation that subscribes to something is a trigger.

The document says all that a trigger requires: the address is a field of the body, the answer has a `Location` header, and a DELETE below the
path ends the subscription. What the service sends is the content of the trigger.

```yaml bad import file=openapi.yaml
paths:
  /hooks:
    post:
      operationId: WhenOrderArrives
      requestBody: {content: {application/json: {schema: {type: object, properties: {url: {type: string}}}}}}
      callbacks:
        onOrder: {"{$request.body#/url}": {post: {responses: {"200": {description: Thanks.}}}}}
      responses: {"201": {description: Subscribed., headers: {Location: {description: Where it is., schema: {type: string}}}}}
  /hooks/{id}:
    delete:
      operationId: DeleteHook
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {"204": {description: Gone.}}
```
Finding: 7:9: 'WhenOrderArrives' becomes a trigger: a flow gives its address in 'url'

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
)
CALLBACK_LEFT_OUT = kind(
    "CallbackLeftOut",
    LOST,
    """An operation can call an address that its user gives, but the document doesn't say what a trigger requires.

The address must be a field of the body, the call a POST, the answer to the subscription must have a `Location` header, and a DELETE below
the path must be imported too: this is how the platform ends a subscription. If the service does all that, write the trigger yourself.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      callbacks: {onOrder: {"{$request.body#/url}": {post: {responses: {"200": {description: Thanks.}}}}}}
      responses: {"200": {description: The orders.}}
```
Finding: 5:19: 'ListOrders' can call an address of its user: the connector doesn't, because the subscription and the call aren't both POST

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
)
WEBHOOK_LEFT_OUT = kind(
    "WebhookLeftOut",
    LOST,
    """The document describes webhooks, but not the operation that subscribes to them.

Without this operation, a connector can't have a trigger. Some services let people enter an address on a page of
theirs; then a flow that begins with 'When an HTTP request is received' is the way.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
webhooks:
  orderCreated: {post: {responses: {"200": {description: Thanks.}}}}
```
Finding: 7:3: the document doesn't say how to subscribe to 'orderCreated'

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
)
LINK_LEFT_OUT = kind(
    "LinkLeftOut",
    LOST,
    """An answer has a link to another operation.

Swagger 2.0 has no links. If a link shows where the values of a parameter come from, let people pick them by
`dynamicValues`.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders., links: {order: {operationId: GetOrder}}}}
```
Finding: 5:61: the link 'order' isn't kept

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
)
DESCRIPTION_SHORTENED = kind(
    "DescriptionShortened",
    NARROWED,
    """A description is longer than people see of it.

The platform shows plain text. An operation keeps its first paragraph, everything else at most 500 characters, without headings, tables and code.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      description: |
        Lists orders.

        The newest come first.
      responses: {"200": {description: The orders.}}
```
Finding: 5:20: a description of 36 characters is cut to 13

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
    severity=Severity.NOTE,
)
