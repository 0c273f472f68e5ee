"""What an import changes about recorded calls."""

from connector_builder.sources.losses.kind import CHOSEN, MOVED, NARROWED, kind

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
