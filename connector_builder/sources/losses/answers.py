"""What an import changes about answers."""

from connector_builder.findings import Severity
from connector_builder.sources.losses.kind import CHOSEN, LOST, MOVED, NARROWED, kind

ANSWER_CHOSEN = kind(
    "AnswerChosen",
    CHOSEN,
    """An operation has several successful answers with a content.

The designer shows the fields of one answer. 200 comes first, then 201, then the lowest.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: Now., content: {application/json: {schema: {type: string}}}}, "202": {description: Later., content: {application/json: {schema: {type: string}}}}}
```
Finding: 5:7: 'ListOrders' shows the fields of 200, not of 202

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
)
STATUS_MOVED = kind(
    "StatusMoved",
    MOVED,
    """The successful answer has a status that the designer doesn't look for.

If there are several answers, the designer looks for 200, then for 201, then for `default`.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"202": {description: Later., content: {application/json: {schema: {type: string}}}}, "400": {description: Wrong.}}
```
Finding: 5:19: the fields of 'ListOrders' are written under 200: makers see none under 202

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
)
STATUS_RANGE_LEFT_OUT = kind(
    "StatusRangeLeftOut",
    NARROWED,
    """An answer is for a range of statuses, such as `4XX`.

Swagger 2.0 has no ranges. `2XX` becomes 200.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}, 4XX: {description: Wrong.}}
```
Finding: 5:54: the platform knows no range of statuses: 4XX is left out

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
)
ERROR_SCHEMA_LEFT_OUT = kind(
    "ErrorSchemaLeftOut",
    NARROWED,
    """The answer for an error has a schema, or an error was recorded.

The designer shows the fields of successes. The description of the error is kept.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}, "400": {description: Wrong., content: {application/json: {schema: {type: object}}}}}
```
Finding: 5:83: 'ListOrders' keeps only the description of 400

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
    severity=Severity.NOTE,
)
STREAM_AS_TEXT = kind(
    "StreamAsText",
    NARROWED,
    """An operation answers by a stream of items or events.

A flow gets the whole answer as one text when the stream ends.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: Events., content: {application/json: {itemSchema: {type: object}}}}}
```
Finding: 5:59: 'ListOrders' answers by a stream: a flow gets it as one text, when it ends

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
)
EXAMPLE_LEFT_OUT = kind(
    "ExampleLeftOut",
    LOST,
    """An answer or a body has an example beside its schema.

`build` makes samples from schemas. To keep an example, name a file with it by `sample`.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders., content: {application/json: {schema: {type: string}, example: ten}}}}
```
Finding: 5:63: the example of what 'ListOrders' answers isn't kept: samples are made of the schema

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
    severity=Severity.NOTE,
)
HEADER_LEFT_OUT = kind(
    "HeaderLeftOut",
    CHOSEN,
    """An answer has headers that the connector doesn't show.

Every header of an answer is an output of the operation. So those of the transport are left out, such as `ETag`, `Link` and rate limits,
and all those of errors.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders., headers: {ETag: {schema: {type: string}}}}}
```
Finding: 5:53: the answer is shown without ETag

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
)
