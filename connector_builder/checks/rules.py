"""The engine's own rules, which are about ignore comments."""

from connector_builder.findings import Rule, Scope, Severity

IGNORE_UNUSED = Rule(
    "IgnoreUnused",
    Severity.WARNING,
    Scope.PRACTICE,
    """An ignore comment hides nothing.

What it once hid is mended, or has moved to another line. Remove the comment, or put it on the line of the finding or
alone on the line above; left behind it would hide the next mistake there.

```yaml bad
parameters:
  customer: The number of the customer.  # connector-builder: ignore[TemplateUnused] for later
actions:
  ListOrders: {request: GET /orders?customer, description: Lists the orders.}
```
Finding: 2:70: nothing here is found by 'TemplateUnused': the comment hides nothing

```yaml good
parameters:
  customer: The number of the customer.  # connector-builder: ignore[TemplateUnused] for later
actions:
  ListOrders: {request: GET /orders, description: Lists the orders.}
```""",
)
IGNORE_NOT_VALID = Rule(
    "IgnoreNotValid",
    Severity.WARNING,
    Scope.PRACTICE,
    """An ignore comment that can't be followed.

It is `# connector-builder: ignore[RuleName] reason`, with the name of a rule as `connector-builder rules` lists it. The shape of
a spec, secrets, and what can't be compiled can't be ignored.

```yaml bad
parameters:
  customer: The number of the customer.  # connector-builder: ignore[TemplateUnsed] for later
actions:
  ListOrders: {request: GET /orders?customer, description: Lists the orders.}
```
Finding: 2:70: there is no rule 'TemplateUnsed'

```yaml good
parameters:
  customer: The number of the customer.  # connector-builder: ignore[TemplateUnused] for later
actions:
  ListOrders: {request: GET /orders, description: Lists the orders.}
```""",
)

ENGINE_RULES = (IGNORE_UNUSED, IGNORE_NOT_VALID)
