"""What an import changes about inputs: parameters and bodies."""

from connector_builder.sources.losses.kind import CHOSEN, LOST, MOVED, NARROWED, kind

ONE_VALUE = kind(
    "OneValue",
    NARROWED,
    """A parameter takes several values by repetition: `?tag=a&tag=b`.

The platform refuses `collectionFormat: multi`, so a flow can send one value.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      parameters:
        - {name: tag, in: query, schema: {type: array, items: {type: string}}}
      responses: {"200": {description: The orders.}}
```
Finding: 6:11: 'tag' takes several values by repetition: a flow can send one

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      parameters:
        - {name: tag, in: query, schema: {type: string}}
      responses: {"200": {description: The orders.}}
```""",
)
LIST_AS_TEXT = kind(
    "ListAsText",
    MOVED,
    """A parameter is a list whose values are sent with a separator.

People write the values as one text, with the separator, and the API gets the same. Canvas apps fail with lists in
queries.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      parameters:
        - {name: ids, in: query, explode: false, schema: {type: array, items: {type: string}}}
      responses: {"200": {description: The orders.}}
```
Finding: 6:11: 'ids' is a list: people write its values as one text

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      parameters:
        - {name: ids, in: query, schema: {type: string}}
      responses: {"200": {description: The orders.}}
```""",
)
VALUE_AS_TEXT = kind(
    "ValueAsText",
    NARROWED,
    """A parameter or a field of a form is an object, which people write as one text.

Swagger 2.0 has no objects in queries, headers and forms.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      parameters:
        - {name: filter, in: header, schema: {type: object}}
      responses: {"200": {description: The orders.}}
```
Finding: 6:11: 'filter' is an object: people write it as text

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      parameters:
        - {name: filter, in: header, schema: {type: string}}
      responses: {"200": {description: The orders.}}
```""",
)
OBJECT_AS_PARAMETERS = kind(
    "ObjectAsParameters",
    MOVED,
    """Each field of an object becomes a parameter, or a field of a form.

The API gets the same: `?filter[state]=open`.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      parameters:
        - {name: filter, in: query, style: deepObject, schema: {type: object, properties: {state: {type: string}}}}
      responses: {"200": {description: The orders.}}
```
Finding: 6:11: each field of 'filter' becomes a parameter

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
)
COOKIE_LEFT_OUT = kind(
    "CookieLeftOut",
    LOST,
    """A parameter is sent in a cookie.

A connector has no parameters in cookies. The policy `setHeader` can send a cookie from a connection parameter.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      parameters:
        - {name: session, in: cookie, schema: {type: string}}
      responses: {"200": {description: The orders.}}
```
Finding: 6:11: connectors can't send the cookie 'session'

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
)
PARAMETER_LEFT_OUT = kind(
    "ParameterLeftOut",
    LOST,
    """A parameter isn't in the path, or in a place that the platform doesn't know, or has a name that it refuses.

Parameters are in path, query or header. The platform refuses a query parameter called `connectionId`.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      parameters:
        - {name: connectionId, in: query, schema: {type: string}}
      responses: {"200": {description: The orders.}}
```
Finding: 6:11: the platform refuses a parameter called 'connectionId': it is left out

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
)
PARAMETER_ADDED = kind(
    "ParameterAdded",
    CHOSEN,
    """A variable of a path isn't described.

It becomes a text, and is required.

```yaml bad import file=openapi.yaml
paths:
  /orders/{id}:
    get:
      operationId: GetOrder
      responses: {"200": {description: The orders.}}
```
Finding: 3:5: 'id' in the path isn't described: it becomes a text

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
)
SLASHES_ENCODED = kind(
    "SlashesEncoded",
    LOST,
    """A parameter of the path may contain slashes.

The platform encodes slashes in parameters of the path.

```yaml bad import file=openapi.yaml
paths:
  /files/{file}:
    get:
      operationId: GetFile
      parameters: [{name: file, in: path, required: true, allowReserved: true, schema: {type: string}}]
      responses: {"200": {description: The orders.}}
```
Finding: 5:20: slashes in 'file' are encoded

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
)
FIELDS_OF_ANY_NAME = kind(
    "FieldsOfAnyName",
    LOST,
    """A form takes fields of any name.

A form of a connector has fields with names.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    post:
      operationId: CreateOrder
      requestBody:
        content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {name: {type: string}}, additionalProperties: {type: string}}}}
      responses: {"200": {description: The orders.}}
```
Finding: 6:55: the form takes fields of any name: the connector has the named ones

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
)
BODY_AS_TEXT = kind(
    "BodyAsText",
    NARROWED,
    """A body has fields, but in another format than JSON.

The platform writes JSON. People write other formats, such as XML, as one text.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    post:
      operationId: CreateOrder
      requestBody:
        content: {application/xml: {schema: {type: object, properties: {name: {type: string}}}}}
      responses: {"200": {description: The orders.}}
```
Finding: 6:37: people write the body as application/xml

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
)
MEDIA_TYPE_CHOSEN = kind(
    "MediaTypeChosen",
    CHOSEN,
    """A body or an answer has several media types.

An operation has one schema. JSON comes first, then forms, text, and files.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    post:
      operationId: CreateOrder
      requestBody:
        content: {application/json: {schema: {type: object}}, application/xml: {schema: {type: object}}}
      responses: {"200": {description: The orders.}}
```
Finding: 6:9: 'CreateOrder' sends application/json, not application/xml

```yaml good import file=openapi.yaml
paths:
  /orders:
    post:
      operationId: CreateOrder
      requestBody:
        content: {application/json: {schema: {type: object}}}
      responses: {"200": {description: The orders.}}
```""",
)
STYLE_BY_HAND = kind(
    "StyleByHand",
    LOST,
    """A variable of the path is sent with a style of its own: `matrix` or `label`.

The platform sends a value as it is, so people write `;id=5` or `.5` themselves.

```yaml bad import file=openapi.yaml
paths:
  /orders/{id}:
    get:
      operationId: GetOrder
      parameters: [{name: id, in: path, required: true, style: label, schema: {type: integer}}]
      responses: {"200": {description: The order.}}
```
Finding: 5:64: 'id' has the style label: people write .5

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
)
ENCODING_LEFT_OUT = kind(
    "EncodingLeftOut",
    NARROWED,
    """A part of a form has headers or a media type of its own.

The platform sends the parts of a form as it likes.

```yaml bad import file=openapi.yaml
paths:
  /files:
    post:
      operationId: SendFile
      requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {file: {type: string, format: binary}}}, encoding: {file: {contentType: image/png}}}}}
      responses: {"200": {description: OK}}
```
Finding: 5:140: the platform sends 'file' without its media type

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
)
