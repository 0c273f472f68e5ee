"""The rules of schemas and their fields."""

from connector_builder.language.rules.kinds import language_error, language_warning

FIELD_PATH_NOT_VALID = language_error(
    "FieldPathNotValid",
    """The path of a field can't be read, or leads to no field.

Write the steps of a path with dots between them, `[]` for the items of an array, and `['a.b']` for a name that contains
a dot or a bracket. If there is a sample, a path that only annotates must be in the sample. A path can't step through a
reference to another schema.

```yaml bad
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    response:
      sample: {customer: {name: Adatum}}
      fields:
        customer.nme: The name of the customer.
```
Finding: 8:9: the sample has no field 'customer.nme'

```yaml good
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    response:
      sample: {customer: {name: Adatum}}
      fields:
        customer.name: The name of the customer.
```""",
    fixable=True,
)
FIELD_PATH_DOUBTFUL = language_warning(
    "FieldPathDoubtful",
    """A path makes a field that probably has another name: a sample has one that is spelled nearly so, or the path is in another notation.

Correct the path. If the field is another one, add it to the sample. The steps of a path have dots between them, and `[]`
stands for the items of an array: `value[].name`. A name that contains '/' is written `['and/or']`.

```yaml bad
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    response:
      sample: {customer: {shipped: "2026-01-31"}}
      fields: {customer.shiped: date}
```
Finding: 7:16: the sample has 'shipped', but not 'customer.shiped'

```yaml bad
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    response: {fields: {customer/name: string}}
```
Finding: 5:25: 'customer/name' is the name of one field here, not a path

```yaml good
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    response:
      sample: {customer: {shipped: "2026-01-31"}}
      fields: {customer.shipped: date, customer.name: string}
```""",
    fixable=True,
)
SCHEMA_CONTRADICTORY = language_error(
    "SchemaContradictory",
    """Two keys of a schema exclude each other.

Remove one of the two.

```yaml bad
schemas:
  Order:
    swagger: {type: object, properties: {number: {type: integer}}}
    description: An order.
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order., response: Order}
```
Finding: 4:5: 'description' can't stand beside 'swagger', which is the whole schema

```yaml bad
schemas:
  State: string
actions:
  GetState: {request: GET /state, description: Returns the state., response: {like: State}}
  GetLastState: {request: GET /last, description: Returns the last state., response: State}
```
Finding: 4:85: the schema 'State' has no keys that another could have too

```yaml good
schemas:
  Order:
    swagger: {type: object, description: An order., properties: {number: {type: integer}}}
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order., response: Order}
```""",
    fixable=True,
)
SCHEMA_TOO_LARGE = language_error(
    "SchemaTooLarge",
    """Schemas are nested too deeply, or there are too many of them.

An `inline` schema is written out in every place that names it, so a few schemas can become millions. A sample or a
field path makes as many levels as it has itself. Refer to a schema by its name instead of writing it out.

```yaml bad
schemas:
  A: {inline: true, fields: {a: B, b: B, c: B, d: B, e: B, f: B, g: B, h: B, i: B, j: B}}
  B: {inline: true, fields: {a: C, b: C, c: C, d: C, e: C, f: C, g: C, h: C, i: C, j: C}}
  C: {inline: true, fields: {a: D, b: D, c: D, d: D, e: D, f: D, g: D, h: D, i: D, j: D}}
  D: {inline: true, fields: {a: E, b: E, c: E, d: E, e: E, f: E, g: E, h: E, i: E, j: E}}
  E: {inline: true, fields: {a: F, b: F, c: F, d: F, e: F, f: F, g: F, h: F, i: F, j: F}}
  F: {fields: {number: int}}
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order., response: A}
```
Finding: 6:66: more than 50,000 schemas

```yaml good
schemas:
  A: {fields: {a: B, b: B}}
  B: {fields: {number: int}}
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order., response: A}
```""",
)
