"""What an import changes about operations: their ids, paths and verbs."""

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
