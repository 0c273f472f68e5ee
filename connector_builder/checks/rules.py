"""The engine's own rules, which are about what is ignored, and about the platform's limits."""

from connector_builder.findings import Rule, Scope, Severity

IGNORE_UNUSED = Rule(
    "IgnoreUnused",
    Severity.WARNING,
    Scope.PRACTICE,
    """An ignore comment, an entry of `ignore` in the configuration, or an entry of a baseline hides no finding.

The finding is gone, or has moved to another line. Remove the comment or the entry, as it would hide the next mistake there. If the
finding has moved, put the comment on its line, or alone on the line above. For an entry of a baseline this is a note, and
`--write-baseline` removes it.

```yaml bad
parameters:
  customer: The number of the customer.  # connector-builder: ignore[TemplateUnused] for later
actions:
  ListOrders: {request: GET /orders?customer, description: Lists the orders.}
```
Finding: 2:70: the comment hides nothing: 'TemplateUnused' finds nothing here

```yaml good
parameters:
  customer: The number of the customer.  # connector-builder: ignore[TemplateUnused] for later
actions:
  ListOrders: {request: GET /orders, description: Lists the orders.}
```""",
    fixable=True,
)
IGNORE_NOT_VALID = Rule(
    "IgnoreNotValid",
    Severity.WARNING,
    Scope.PRACTICE,
    """An ignore comment isn't well-formed, or names a rule that doesn't exist or can't be ignored.

Write `# connector-builder: ignore[RuleName] reason`, with the name of a rule that `connector-builder rules` lists. You
can't ignore faults in the shape of a spec, secrets, or parts that can't be compiled.

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

LIMIT_NEAR = Rule(
    "LimitNear",
    Severity.NOTE,
    Scope.PRACTICE,
    """With `--limits`, a connector uses more than 80 % of a limit of the platform.

The platform refuses a connector that is beyond a limit, often with a message that doesn't name it. Divide the connector, leave out
operations that nobody needs, or build it with `--minify`, before the next change stops you. The reference page lists the limits.
`validate --limits` prints how much of each limit a connector uses.""",
)

OUTPUT_DIFFERS = Rule(
    "OutputDiffers",
    Severity.ERROR,
    Scope.PRACTICE,
    """With `build --check`, a file of a package isn't what the specs build.

Somebody changed a spec without building it, or changed a built file by hand. Run `connector-builder build`, and commit what it writes.
The formats of CI systems have this finding; as text and as JSON, `build --check` shows the differences themselves.""",
    fixed=True,
)

ENGINE_RULES = (IGNORE_UNUSED, IGNORE_NOT_VALID, LIMIT_NEAR, OUTPUT_DIFFERS)
