"""A connector with every kind of operation, for the tests of the mock, and requests to it."""

from connector_builder.mock.messages import Incoming

SPEC = """
connector:
  title: Contoso Orders
  description: Reads and places the orders of Contoso.
  server: https://orders.contoso.example/v1
auth: {type: apiKey, header: X-Api-Key}
actions:
  ListOrders:
    request: GET /orders?limit&state
    description: Lists the orders.
    pageable: nextLink
    parameters:
      limit: {type: integer, minimum: 1, maximum: 50, description: The most orders.}
      state: {type: string, enum: [open, closed], description: The state of the orders.}
    response: {sample: {value: [{id: 7, title: Chairs, state: open}], nextLink: ""}}
  PlaceOrder:
    request: POST /orders
    description: Places an order.
    body: {fields: {title!: string, state: {type: string, enum: [open, closed]}, placed: datetime}}
    response: {status: 201, sample: {id: 8, title: Tables, state: open}}
  GetOrder:
    request: GET /orders/{order}
    description: Returns an order.
    parameters: {order: {type: integer, description: The id of the order.}}
    response: {sample: {id: 7, title: Chairs, state: open}}
    responses: {404: {description: There is no such order., schema: Problem}}
  ChangeOrder:
    request: PATCH /orders/{order}
    description: Changes an order.
    parameters: {order: {type: integer, description: The id of the order.}}
    body: {fields: {title: string, state: string}}
    response: {sample: {id: 7, title: Chairs, state: open}}
  DeleteOrder:
    request: DELETE /orders/{order}
    description: Deletes an order.
    parameters: {order: {type: integer, description: The id of the order.}}
    response: {status: 204}
triggers:
  WhenOrderArrives:
    request: POST /hooks
    summary: When an order arrives
    description: Starts a flow when an order arrives.
    body: {callbackUrl!: uri}
    response: {status: 201, headers: {Location: uri}}
    webhook:
      callback: callbackUrl
      notification: {sample: {number: A-17, total: 12.5}}
      unsubscribe: {request: "DELETE /hooks/{hook}", description: Ends a subscription.}
  WhenOrderIsPlaced:
    request: GET /placed?placedAfter
    summary: When an order is placed
    description: Starts a flow for every order since the last look.
    parameters: {placedAfter: {type: datetime, description: Returns only what was placed later.}}
    response: {"value[].number": string, "value[].placed": datetime}
    polling: {items: value, state: {placedAfter: "@{triggerBody().value[0].placed}"}}
schemas:
  Problem: {fields: {code: string, message: What went wrong.}}
"""


def request(method: str, target: str, body: bytes = b"", /, **headers: str) -> Incoming:
    """Returns a request with a key, as a client on this machine sends it."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    kind = {"content-type": "application/json"} if body else {}
    return Incoming(method, target, {"host": "127.0.0.1:4010", "x-api-key": "any"} | kind | named, body)
