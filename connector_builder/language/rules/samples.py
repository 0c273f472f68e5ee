"""The rules of samples of responses."""

from connector_builder.findings import Rule, Scope, Severity
from connector_builder.language.rules.kinds import language_error, language_warning

SAMPLE_NOT_VALID = language_error(
    "SampleNotValid",
    """A sample can't be read, or doesn't match its schema.

Correct the sample, or the schema.

```yaml bad
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    response:
      sample: {number: seventeen}
      fields: {number: int}
```
Finding: 6:24: 'number' of the sample must be a whole number, not 'seventeen'

```yaml good
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    response:
      sample: {number: 17}
      fields: {number: int}
```""",
)
SAMPLE_AMBIGUOUS = language_warning(
    "SampleAmbiguous",
    """A sample doesn't show the type of a field: the value is null, an empty array, or a mixture.

Write the type under `fields`: `fields: {"value[].endTime": datetime}`.

```yaml bad
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    response:
      sample: {number: 17, shipped: null}
```
Finding: 6:37: 'shipped' is null in the sample

```yaml good
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    response:
      sample: {number: 17, shipped: null}
      fields: {shipped: datetime}
```""",
)
SAMPLE_NOT_MADE = Rule(
    "SampleNotMade",
    Severity.NOTE,
    Scope.PRACTICE,
    """A response has no sample, and the tool can't make one from its schema.

A sample shows people what an operation returns. Add one: `response: {sample: samples/run.json}`.

```yaml bad
actions:
  GetFolder: {request: "GET /folders/{folder}", description: Returns one folder., response: Folder}
schemas:
  Folder: {type: object, minProperties: 1}
```
Finding: 2:83: no sample of 'GetFolder' is written: 'minProperties' requires more fields than the schema describes

```yaml good
actions:
  GetFolder: {request: "GET /folders/{folder}", description: Returns one folder., response: Folder}
schemas:
  Folder: {fields: {name!: string, parent: Folder}}
```""",
)
