"""The rules of the shape of a spec: its keys and their values."""

from connector_builder.language.rules.kinds import language_error

KEY_UNKNOWN = language_error(
    "KeyUnknown",
    """A part has a key that the language doesn't define for it.

The key is usually a typing mistake, or a key one level too high or too deep; the reference page lists the keys of each
part. Unknown keys pass through only if they begin with `x-`.

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
    fixable=True,
)
KEY_MISSING = language_error(
    "KeyMissing",
    """A part lacks a key that it requires.

Without this key, the part means nothing. Add the key; the reference page lists which keys each part requires.

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
    """A part has both a friendly key and the `x-ms-` extension that the key stands for.

For example, `summary` in a parameter or a schema is `x-ms-summary`. Keep one of the two.

```yaml bad
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    visibility: important
    x-ms-visibility: advanced
```
Finding: 6:5: 'x-ms-visibility' and 'visibility' mean the same

```yaml good
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    visibility: important
```""",
    fixable=True,
)
VALUE_TYPE_NOT_VALID = language_error(
    "ValueTypeNotValid",
    """A value is of the wrong kind, such as a list instead of a text.

Write a value of a kind that the key accepts; the reference page lists them.

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
    fixable=True,
)
VALUE_NOT_VALID = language_error(
    "ValueNotValid",
    """A value isn't one of those that its key allows.

The value is of the right kind. The finding shows what is possible. Replace the value.

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
    visibility: important
```""",
    fixable=True,
)
VALUE_MISSING = language_error(
    "ValueMissing",
    """A name has no value.

A field, parameter, operation, schema or response can't be null. If a field can be any text, write `string`; an
operation requires at least its request line.

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
    fixable=True,
)
