"""What an import changes about schemas that consist of others: references, `allOf`, alternatives, and how deep they go."""

from connector_builder.findings import Severity
from connector_builder.sources.losses.kind import CHOSEN, LOST, NARROWED, kind

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
Finding: 5:82: 2 alternatives become one object with the fields of all

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
