"""The rules of names by which one part of a spec refers to another."""

from connector_builder.language.rules.kinds import language_error, language_warning

NAME_NOT_FOUND = language_error(
    "NameNotFound",
    """A spec uses the name of a schema, parameter, response or operation that doesn't exist.

Correct the name, or define the part.

```yaml bad
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    response: Ordr
schemas:
  Order: {fields: {number: int}}
```
Finding: 5:15: there is no schema or type word 'Ordr'

```yaml good
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    response: Order
schemas:
  Order: {fields: {number: int}}
```""",
    fixable=True,
)
REFERENCE_NOT_VALID = language_error(
    "ReferenceNotValid",
    """A reference leads to another document.

The platform resolves only references inside the document. Use the name of a schema in the spec, or write
`#/definitions/Name`.

```yaml bad
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    response:
      fields:
        customer: {$ref: "customers.json#/Customer"}
```
Finding: 7:26: 'customers.json#/Customer' leads out of the connector

```yaml good
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    response:
      fields:
        customer: Customer
schemas:
  Customer: {fields: {name: string}}
```""",
    fixable=True,
)
REFERENCE_NOT_BRACED = language_warning(
    "ReferenceNotBraced",
    """An input of a called operation gets a text that is the name of a parameter, instead of what people enter in it.

In the `parameters` of `dynamicValues` and `dynamicSchema`, `"{region}"` in braces and quotes is the parameter, and `region` is this
text. If you mean the text, write `{value: region}`.

```yaml bad
parameters:
  city: {description: The city., dynamicValues: {operation: ListCities, parameters: {region: region}, items: value, value: id, title: name}}
actions:
  GetWeather: {request: GET /weather?region!&city!, description: Returns the weather of a city.}
  ListCities:
    request: GET /cities?region!
    description: Lists the cities of a region.
    response: {"value[]": {fields: {id: string, name: string}}}
```
Finding: 2:94: 'region' is this text, not the parameter

```yaml good
parameters:
  city: {description: The city., dynamicValues: {operation: ListCities, parameters: {region: "{region}"}, items: value, value: id, title: name}}
actions:
  GetWeather: {request: GET /weather?region!&city!, description: Returns the weather of a city.}
  ListCities:
    request: GET /cities?region!
    description: Lists the cities of a region.
    response: {"value[]": {fields: {id: string, name: string}}}
```""",
    fixable=True,
)
TEMPLATE_UNUSED = language_warning(
    "TemplateUnused",
    """An entry of the top level's `parameters`, `fields`, `enums`, `environmentVariables`, or of its tables of calls and trees, is unused.

The connector has no parameter or field with this name, nothing uses the enum or the tree, nothing calls the operation so, or nothing names the environment variable. Remove the entry, or correct its name.

```yaml bad
parameters:
  customer: The number of the customer.
actions:
  ListOrders: {request: GET /orders, description: Lists the orders.}
```
Finding: 2:3: no operation has a parameter 'customer'

```yaml good
parameters:
  customer: The number of the customer.
actions:
  ListOrders: {request: GET /orders?customer, description: Lists the orders.}
```""",
)
