"""What an import changes about schemas."""

from connector_builder.findings import Severity
from connector_builder.sources.losses.kind import CHOSEN, LOST, MOVED, NARROWED, RENAMED, kind

REFERENCE_NOT_FOUND = kind(
    "SourceReferenceNotFound",
    LOST,
    """A reference leads nowhere, or out of the folder of the document.

References to other files below the folder of the document are followed. No reference to the network is.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders., content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}}}
```
Finding: 5:82: '#/components/schemas/Order' leads nowhere: any object is allowed

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders., content: {application/json: {schema: {type: string}}}}}
```""",
)
ALTERNATIVES_FOLDED = kind(
    "AlternativesFolded",
    NARROWED,
    """A schema has alternatives, by `oneOf` or `anyOf`.

Swagger 2.0 has no alternatives. Objects become one object with the fields of all of them, scalars their common type.
Of an object and a scalar the first counts.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders., content: {application/json: {schema: {oneOf: [{type: object, properties: {iban: {type: string}}}, {type: object, properties: {card: {type: string}}}]}}}}}
```
Finding: 5:82: 2 alternatives become the fields of 2 alternatives together

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders., content: {application/json: {schema: {type: object, properties: {iban: {type: string}, card: {type: string}}}}}}}
```""",
)
ALL_OF_CONTRADICTS = kind(
    "AllOfContradicts",
    CHOSEN,
    """The parts of an `allOf` contradict each other.

No value fits all of them. The first part counts.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders., content: {application/json: {schema: {allOf: [{type: object}, {type: string}]}}}}}
```
Finding: 5:115: 'type' contradicts another part of 'allOf': the first counts

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders., content: {application/json: {schema: {type: object}}}}}
```""",
)
DISCRIMINATOR_LEFT_OUT = kind(
    "DiscriminatorLeftOut",
    NARROWED,
    """A schema has a discriminator.

Power Fx turns a schema with one into an object without fields. Its values become the enum of its field.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders., content: {application/json: {schema: {type: object, discriminator: {propertyName: kind}, properties: {kind: {type: string}}}}}}}
```
Finding: 5:105: which fields belong to which 'kind' isn't kept

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders., content: {application/json: {schema: {type: object, properties: {kind: {type: string}}}}}}}
```""",
)
KEYWORD_LEFT_OUT = kind(
    "KeywordLeftOut",
    NARROWED,
    """A schema has a keyword that Swagger 2.0 doesn't know, such as `not`.

The API still checks what the connector doesn't.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders., content: {application/json: {schema: {type: string, not: {enum: [none]}}}}}}
```
Finding: 5:105: 'not' has no counterpart: the connector doesn't check it

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders., content: {application/json: {schema: {type: string}}}}}
```""",
    severity=Severity.NOTE,
)
TEXT_BESIDE_REFERENCE = kind(
    "TextBesideReference",
    NARROWED,
    """A reference to an object has a description of its own.

In Swagger 2.0, nothing beside a reference counts. The description of the object itself is kept.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders., content: {application/json: {schema: {type: object, properties: {order: {description: The last order., allOf: [{$ref: "#/components/schemas/Order"}]}}}}}}}
components: {schemas: {Order: {type: object, properties: {id: {type: string}}}}}
```
Finding: 5:139: a description beside a reference isn't kept

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
    severity=Severity.NOTE,
)
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
CIRCLE_OPENED = kind(
    "CircleOpened",
    NARROWED,
    """Required fields lead back to their own schema.

No value could end, and the platform refuses the schema. One of the fields becomes optional.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders., content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}}}
components: {schemas: {Order: {type: object, required: [parent], properties: {parent: {$ref: "#/components/schemas/Order"}}}}}
```
Finding: 6:24: 'parent' is required and contains itself: it becomes optional

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
)
SCHEMA_CUT = kind(
    "SchemaCut",
    NARROWED,
    """A body, an answer or a definition has more than 512 schemas.

The platform refuses it. The most deeply nested optional fields become objects without fields.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders., content: {application/json: {schema: {$ref: "#/components/schemas/A"}}}}}
components:
  schemas:
    A: {type: object, properties: {a: {$ref: "#/components/schemas/B"}, b: {$ref: "#/components/schemas/B"}, c: {$ref: "#/components/schemas/B"}}}
    B: {type: object, properties: {a: {$ref: "#/components/schemas/C"}, b: {$ref: "#/components/schemas/C"}, c: {$ref: "#/components/schemas/C"}}}
    C: {type: object, properties: {a: {$ref: "#/components/schemas/D"}, b: {$ref: "#/components/schemas/D"}, c: {$ref: "#/components/schemas/D"}}}
    D: {type: object, properties: {a: {$ref: "#/components/schemas/E"}, b: {$ref: "#/components/schemas/E"}, c: {$ref: "#/components/schemas/E"}}}
    E: {type: object, properties: {a: {$ref: "#/components/schemas/F"}, b: {$ref: "#/components/schemas/F"}, c: {$ref: "#/components/schemas/F"}}}
    F: {type: object, properties: {a: {type: string}, b: {type: string}, c: {type: string}}}
```
Finding: 5:82: more than 512 schemas: fields that are 4 levels deep become objects without fields (3 in the last step)

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
)
TOO_MANY_SCHEMAS = kind(
    "TooManyCombinations",
    LOST,
    """The alternatives of the schemas combine to more than 5,000 definitions.

The rest become objects without fields. Choose fewer operations.""",
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
SCHEMA_RENAMED = kind(
    "SchemaRenamed",
    RENAMED,
    """The name of a schema contains other characters than letters, digits, `_`, `.` and `-`, or is used twice.

Such names of definitions make the platform fail.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders., content: {application/json: {schema: {$ref: "#/components/schemas/My Order"}}}}}
components: {schemas: {My Order: {type: object, properties: {id: {type: string}}}}}
```
Finding: 6:24: the schema 'My Order' becomes 'MyOrder'

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
