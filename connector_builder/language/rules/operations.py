"""The rules of actions and triggers, their requests and responses."""

from connector_builder.language.rules.kinds import language_error, language_warning

REQUEST_NOT_VALID = language_error(
    "RequestNotValid",
    """A request line can't be read.

It is a verb in capitals and a path below the server: `GET /flows/{flow}?api-version=2016-11-01&$top&filter!`. In the query
`name` is optional, `name!` required, `name=value` a constant.

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
)
OPERATION_DUPLICATED = language_error(
    "OperationDuplicated",
    """Two operations have the same verb and path.

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
    """A path contains a name with a colon, which other tools take for a parameter.

In a request line a path parameter is `{order}`; `:order` is sent as it stands. A few services have such paths: then ignore the warning.

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
)
PARAMETER_PLACE_MISSING = language_error(
    "ParameterPlaceMissing",
    """A parameter that the request line doesn't have.

Put it into the request line (`{name}` in the path, `?name` in the query), under `headers` or `form`, or say `in`.

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
)
RESPONSE_DUPLICATED = language_error(
    "ResponseDuplicated",
    """A status is given both by `response` and by `responses`.

```yaml bad
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    response: {fields: {number: int}}
    responses: {200: The order.}
```
Finding: 6:17: the status 200 is given by 'response' too

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
    """The description of a response is exactly the name of a schema.

Under `responses` a text is the description. For a schema write `404: {schema: Error}`.

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

```yaml good
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    responses: {404: {schema: Error}}
schemas:
  Error: {fields: {message: string}}
```""",
)
TRIGGER_NOT_VALID = language_error(
    "TriggerNotValid",
    """A trigger that can't fire.

A webhook trigger needs a field of its body that receives the callback address, and an operation that ends the subscription must
exist. A polling trigger needs an answer that is an array, or has one, and query parameters for its state.

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
