"""What an import changes about requests that a service sends: callbacks, webhooks, and links to further operations."""

from connector_builder.sources.losses.kind import LOST, MOVED, kind

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
