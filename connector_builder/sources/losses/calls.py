"""What an import changes about recorded calls."""

from connector_builder.sources.losses.kind import CHOSEN, LOST, MOVED, NARROWED, kind

CALL_LEFT_OUT = kind(
    "CallLeftOut",
    CHOSEN,
    """A recorded call isn't one of the API.

Parts of pages, telemetry, signing in, failed calls and a browser's own questions are left out.

```sh bad import file=calls.curl
curl https://api.contoso.example/orders
curl https://login.contoso.example/token
```
Finding: 2:1: signing in: this call is left out

```sh good import file=calls.curl
curl https://api.contoso.example/orders
```""",
)
REQUESTS_MERGED = kind(
    "RequestsMerged",
    CHOSEN,
    """Requests with different names have the same verb and path, so they are one operation.

It has the name of one of them, and the fields of all. To have several operations, write them into the spec with `routeRequest`.

```sh bad import file=calls.curl
# Create order
curl https://api.contoso.example/orders --json '{"total": 5}'
# Create urgent order
curl https://api.contoso.example/orders --json '{"total": 5, "urgent": true}'
```
Finding: 4:1: 'Create urgent order' is the operation 'CreateOrder' too

```sh good import file=calls.curl
# Create order
curl https://api.contoso.example/orders --json '{"total": 5}'
```""",
)
VARIABLE_GUESSED = kind(
    "VariableGuessed",
    CHOSEN,
    """A segment of a path has a different value in each of three calls or more, so it is guessed to be a variable.

If they are different operations, write them into the spec.

```sh bad import file=calls.curl
curl https://api.contoso.example/shops/north/orders
curl https://api.contoso.example/shops/south/orders
curl https://api.contoso.example/shops/west/orders
```
Finding: 1:1: 'shopId' in '/shops/{shopId}/orders' has a value of its own in each call: it is guessed to be a variable

```sh good import file=calls.curl
curl https://api.contoso.example/orders
```""",
)
VARIABLE_WITHOUT_VALUE = kind(
    "VariableWithoutValue",
    CHOSEN,
    """A path of a Postman collection begins with a variable that has no value.

It becomes a parameter of each operation. Often it is the version of the API, or a part of the server's address. Postman keeps the
values in an environment, which is a file of its own: `--environment FILE` reads it. Values of the type `secret` aren't read.

```json bad import file=orders.json
{
  "info": {"name": "Orders", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
  "item": [{"name": "List orders", "request": {"method": "GET", "url": "https://api.contoso.example/{{version}}/orders"}}]
}
```
Finding: 3:12: '{{version}}' at the beginning of the path has no value: flows fill it in

```json good import file=orders.json
{
  "info": {"name": "Orders", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
  "item": [{"name": "List orders", "request": {"method": "GET", "url": "https://api.contoso.example/v1/orders"}}]
}
```""",
)
PAGING_LEFT_OUT = kind(
    "PagingLeftOut",
    MOVED,
    """A query asks for the next page of a list.

The platform asks for it itself if the operation says `pageable`.

```sh bad import file=calls.curl
curl 'https://api.contoso.example/orders?cursor=2'
```
Finding: 1:1: 'cursor' of 'ListOrders' asks for the next page: it is left out

```sh good import file=calls.curl
curl https://api.contoso.example/orders
```""",
)
GRAPHQL = kind(
    "GraphQlAsBody",
    NARROWED,
    """A call is GraphQL.

The connector has one operation, and flows write the query themselves.

```sh bad import file=calls.curl
curl https://api.contoso.example/graphql --json '{"query": "{ orders { id } }"}'
```
Finding: 1:1: 'CreateGraphql' is GraphQL: flows write the query themselves

```sh good import file=calls.curl
curl https://api.contoso.example/orders
```""",
)
BODY_LEFT_OUT = kind(
    "BodyLeftOut",
    LOST,
    """The body of a recorded call is sent by GET or HEAD, or isn't the JSON that it says it is; or its answer isn't.

Correct the recording, or write `body` into the spec.

```sh bad import file=calls.curl
curl https://api.contoso.example/orders -H 'Content-Type: application/json' -d '{"total": five}'
```
Finding: 1:1: the body of 'CreateOrder' isn't JSON that can be read: it becomes any object

```sh good import file=calls.curl
curl https://api.contoso.example/orders -H 'Content-Type: application/json' -d '{"total": 5}'
```""",
)
