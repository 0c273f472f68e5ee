"""What an import changes about types, values and fields of schemas."""

from connector_builder.findings import Severity
from connector_builder.sources.losses.kind import CHOSEN, LOST, MOVED, NARROWED, kind

TYPE_CHOSEN = kind(
    "TypeChosen",
    CHOSEN,
    """A schema has no type, or a recorded value is always null.

The type of fields, items, an enum or a default counts. Without them it is an object; a recorded null is a text.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders., content: {application/json: {schema: {type: object, properties: {extra: {description: Anything.}}}}}}}
```
Finding: 5:118: no type: it becomes an object

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders., content: {application/json: {schema: {type: object, properties: {extra: {type: string}}}}}}}
```""",
)
ITEMS_CHOSEN = kind(
    "ItemsChosen",
    CHOSEN,
    """A list doesn't say what its items are.

They become texts: the platform refuses a list without items.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders., content: {application/json: {schema: {type: array}}}}}
```
Finding: 5:82: a list of unknown items: they become texts

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders., content: {application/json: {schema: {type: array, items: {type: string}}}}}}
```""",
)
FORMAT_LEFT_OUT = kind(
    "FormatLeftOut",
    NARROWED,
    """A schema has a format that the platform doesn't know for this type.

Canvas apps leave out the whole operation if they don't know the format of a number.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders., content: {application/json: {schema: {type: string, format: iban}}}}}
```
Finding: 5:113: the platform doesn't know the format 'iban' of a string

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders., content: {application/json: {schema: {type: string}}}}}
```""",
    severity=Severity.NOTE,
)
DEFAULT_LEFT_OUT = kind(
    "DefaultLeftOut",
    CHOSEN,
    """A default doesn't fit its schema.

The platform refuses such a default, so there is none.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      parameters:
        - {name: top, in: query, schema: {type: integer, default: all}}
      responses: {"200": {description: The orders.}}
```
Finding: 6:67: the default isn't an integer that fits: it is left out

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      parameters:
        - {name: top, in: query, schema: {type: integer, default: 10}}
      responses: {"200": {description: The orders.}}
```""",
)
FIELD_LEFT_OUT = kind(
    "FieldLeftOut",
    LOST,
    """No value fits a field, or it is too deep for a form.

A field that is always null tells nothing.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders., content: {application/json: {schema: {type: object, properties: {id: {type: string}, old: {type: "null"}}}}}}}
```
Finding: 5:138: no value fits the field 'old'

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders., content: {application/json: {schema: {type: object, properties: {id: {type: string}}}}}}}
```""",
)
REQUIRED_LEFT_OUT = kind(
    "RequiredLeftOut",
    NARROWED,
    """A field is required that the schema doesn't describe.

The platform refuses it. Describe the field in the spec if the API needs it.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders., content: {application/json: {schema: {type: object, required: [total], properties: {id: {type: string}}}}}}}
```
Finding: 5:105: 'total' is required, but not described

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders., content: {application/json: {schema: {type: object, required: [id], properties: {id: {type: string}}}}}}}
```""",
)
DEPRECATED_HIDDEN = kind(
    "DeprecatedHidden",
    MOVED,
    """A field is deprecated.

Makers see it under the advanced options.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders., content: {application/json: {schema: {type: object, properties: {id: {type: string, deprecated: true}}}}}}}
```
Finding: 5:149: a deprecated field: makers see it under advanced options

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders., content: {application/json: {schema: {type: object, properties: {id: {type: string}}}}}}}
```""",
)
ENUM_CHANGED = kind(
    "EnumChanged",
    NARROWED,
    """The values of an enum aren't all of one type.

Swagger has one type for all. Other values become texts, or are left out if the type isn't text.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders., content: {application/json: {schema: {type: object, properties: {size: {enum: [small, 5]}}}}}}}
```
Finding: 5:125: values that aren't a string become texts

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
)
ANY_NAMES = kind(
    "MapAsObject",
    NARROWED,
    """An object has fields of any name.

A flow shows it as one value, and a canvas app as an object without fields.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders., content: {application/json: {schema: {type: object, additionalProperties: {type: string}}}}}}
```
Finding: 5:105: fields of any name: a flow shows them as one value

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
    severity=Severity.NOTE,
)
WRITE_ONLY = kind(
    "WriteOnlyShown",
    NARROWED,
    """A field is only sent, never answered, and its schema is used for both.

Swagger 2.0 can't say so: the field is shown as an output that stays empty. Where a schema is only answered, the field is left out.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    post:
      operationId: CreateOrder
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/User"}}}}
      responses: {"200": {description: The orders., content: {application/json: {schema: {$ref: "#/components/schemas/User"}}}}}
components: {schemas: {User: {type: object, properties: {name: {type: string}, pin: {type: string, writeOnly: true}}}}}
```
Finding: 7:111: 'pin' is only sent, but shown as an output too

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
    severity=Severity.NOTE,
)
