"""The rules of actions and triggers, their requests and responses."""

from connector_builder.language.rules.kinds import language_error, language_warning

REQUEST_NOT_VALID = language_error(
    "RequestNotValid",
    """A request line isn't well-formed.

Write a verb in capitals and a path below the server, such as `GET /flows/{flow}?api-version=2016-11-01&$top&filter!`.
In the query, `name` is optional, `name!` is required, and `name=value` is a constant.

```yaml bad
actions:
  GetOrder:
    request: /orders/{order}
    description: Returns one order.
```
Finding: 3:14: '/orders/{order}' doesn't begin with a verb

```yaml good
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
```""",
    fixable=True,
)
OPERATION_DUPLICATED = language_error(
    "OperationDuplicated",
    """Two operations have the same verb and path.

A path has one operation for each verb. Combine the two, or correct the request line of one.

```yaml bad
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order.}
  ReadOrder: {request: "GET /orders/{order}", description: Returns one order.}
```
Finding: 3:3: GET /orders/{order} is already the operation 'GetOrder'

```yaml good
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order.}
  DeleteOrder: {request: "DELETE /orders/{order}", description: Deletes one order.}
```""",
)
PATH_PARAMETER_NOT_BRACED = language_warning(
    "PathParameterNotBraced",
    """A path contains a name with a colon or in angle brackets, which other tools read as a parameter.

In a request line, `{order}` is a path parameter, and `:order` and `<order>` are sent as they are written. Write braces. A few services
really have such paths: if yours is one, ignore the warning.

```yaml bad
connector: {title: Orders, description: Reads and writes orders., server: "https://api.contoso.example/v1"}
actions:
  GetOrder: {request: "GET /orders/:order", description: Returns one order.}
```
Finding: 3:23: ':order' is text here, not a path parameter

```yaml good
connector: {title: Orders, description: Reads and writes orders., server: "https://api.contoso.example/v1"}
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order.}
```""",
    fixable=True,
)
PARAMETER_PLACE_MISSING = language_error(
    "ParameterPlaceMissing",
    """`parameters` describes a parameter that the request line doesn't contain.

The tool can't know where to send it. Add the parameter to the request line (`{name}` in the path, `?name` in the
query), move it under `headers` or `form`, or add `in`.

```yaml bad
actions:
  ListOrders:
    request: GET /orders
    description: Lists the orders.
    parameters:
      customer: The number of the customer.
```
Finding: 6:7: the parameter 'customer' isn't in the request line

```yaml good
actions:
  ListOrders:
    request: GET /orders?customer
    description: Lists the orders.
    parameters:
      customer: The number of the customer.
```""",
    fixable=True,
)
RESPONSE_DUPLICATED = language_error(
    "ResponseDuplicated",
    """Both `response` and `responses` describe the same status.

`response` describes the success of an operation, status 200 for example. Describe it there only, and the other statuses
under `responses`.

```yaml bad
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    response: {fields: {number: int}}
    responses: {200: The order.}
```
Finding: 6:17: 'response' and 'responses' both describe the status 200

```yaml good
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    response: {description: The order., fields: {number: int}}
    responses: {404: There is no such order.}
```""",
)
DESCRIPTION_IS_SCHEMA = language_warning(
    "DescriptionIsSchema",
    """A description is the name of a schema, or a type in words.

Under `responses`, a text is the description of the response, so the response has no schema. To give it one, write
`404: {schema: Error}`. A text of several words that describes a field or a parameter is its description, so
`array of string` makes it no array: write `[string]`. If the words are the description, write it under `description`.

```yaml bad
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    responses: {404: Error}
schemas:
  Error: {fields: {message: string}}
```
Finding: 5:22: 'Error' is a schema's name, but a text here is the description

```yaml bad
schemas:
  Order: {fields: {number: int, tags: array of string}}
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order., response: Order}
```
Finding: 2:39: 'array of string' reads as a type, but is the description

```yaml good
schemas:
  Order: {fields: {number: int, tags: [string], notes: {description: List of strings}}}
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order., response: Order}
```

```yaml good
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    responses: {404: {schema: Error}}
schemas:
  Error: {fields: {message: string}}
```""",
    fixable=True,
)
TRIGGER_NOT_VALID = language_error(
    "TriggerNotValid",
    """A trigger can't fire.

A webhook trigger requires a field of its body that receives the address of the callback, and an operation that ends the
subscription. A polling trigger requires a response that is an array or contains one, and query parameters for its
state.

```yaml bad
triggers:
  WhenOrdered:
    request: POST /hooks
    description: Fires when something is ordered.
    body: {fields: {url!: uri}}
    webhook: {callback: address, unsubscribe: "DELETE /hooks/{id}", notification: {fields: {number: int}}}
```
Finding: 6:25: the body has no field 'address'

```yaml good
triggers:
  WhenOrdered:
    request: POST /hooks
    description: Fires when something is ordered.
    body: {fields: {url!: uri}}
    webhook: {callback: url, unsubscribe: "DELETE /hooks/{id}", notification: {fields: {number: int}}}
```""",
)
BASE_PATH_REPEATED = language_warning(
    "BasePathRepeated",
    """A request line begins with the path that the server has already.

The path of a request is below the server: both are sent, one after the other. Where the service does have the path twice,
ignore the finding.

```yaml bad
connector:
  title: Orders
  description: Reads and writes orders.
  server: https://api.contoso.example/v1
actions:
  GetOrder: {request: "GET /v1/orders/{order}", description: Returns one order.}
```
Finding: 6:23: the request goes to '/v1/v1/orders/{order}', because the server contains '/v1' already

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
