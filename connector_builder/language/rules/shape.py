"""The rules of the shape of a spec: which keys there are, and what they hold."""

from connector_builder.language.rules.kinds import language_error

KEY_UNKNOWN = language_error(
    "KeyUnknown",
    """A key that the language doesn't know there.

Only keys that begin with `x-` pass through unknown. Mostly it is a typing mistake, or a key one level too high or too deep;
the reference page lists what may stand where.

```yaml bad
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    visibilty: important
```
Finding: 5:5: unknown key 'visibilty' in 'operation'

```yaml good
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    visibility: important
```""",
)
KEY_MISSING = language_error(
    "KeyMissing",
    """A key is missing without which the part means nothing.

```yaml bad
actions:
  GetOrder:
    description: Returns one order.
```
Finding: 2:3: 'request' is missing in 'GetOrder'

```yaml good
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
```""",
)
KEY_SPELLED_TWICE = language_error(
    "KeySpelledTwice",
    """A friendly key and the `x-ms-` extension that it stands for are both given.

`summary` in a parameter or a schema is `x-ms-summary`: keep one of them.

```yaml bad
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    visibility: important
    x-ms-visibility: advanced
```
Finding: 6:5: 'x-ms-visibility' and 'visibility' say the same

```yaml good
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    visibility: important
```""",
)
VALUE_TYPE_NOT_VALID = language_error(
    "ValueTypeNotValid",
    """A value of the wrong kind, such as a list where a text is expected.

```yaml bad
actions:
  GetOrder:
    request: GET /orders/{order}
    description: [Returns one order.]
```
Finding: 4:5: 'description' must be a text, not a list

```yaml good
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
```""",
)
VALUE_NOT_VALID = language_error(
    "ValueNotValid",
    """A value of the right kind that isn't one of those that are possible.

```yaml bad
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    visibility: hidden
```
Finding: 5:17: 'visibility' can't be 'hidden'

```yaml good
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    visibility: internal
```""",
)
VALUE_MISSING = language_error(
    "ValueMissing",
    """A name without a value.

A field, parameter, operation, schema or response can't be null. A field that is any text is `string`; an operation is at
least its request line.

```yaml bad
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    response:
      fields:
        note:
```
Finding: 7:9: 'note' has no value

```yaml good
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    response:
      fields:
        note: string
```""",
)
