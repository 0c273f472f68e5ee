"""Rules for examples: whether they fit what they are examples of."""

from collections.abc import Iterator
from typing import Any

from connector_builder.findings import Fix, Pointer, Replace, Scope, Severity
from connector_builder.findings.wording import counted
from connector_builder.platform.data.plain import ABSENT
from connector_builder.platform.swagger.media_types import JSON, base
from connector_builder.rules.context import Context
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, rule
from connector_builder.rules.values import Kind, Misfit, misfits


@rule(Severity.NOTE, Scope.PRACTICE, "schema", "response", having=("example", "examples"), fixable=True)
def example_must_match_schema(node: Node, context: Context) -> Defects:
    """An example doesn't fit the schema that it is an example of.

    One of the two is wrong. If it is the schema, people pick fields that don't exist, or miss some. Correct the one that
    differs from what the service sends. `null` is accepted for any field.

    Published: 20 of 331 connectors.

    ```json bad
    {"definitions": {"Order": {"type": "object", "properties": {"number": {"type": "integer"}}, "example": {"number": "17"}}}}
    ```
    Finding: /definitions/Order/example/number: the example doesn't fit: the text '17' isn't an integer

    ```json good
    {"definitions": {"Order": {"type": "object", "properties": {"number": {"type": "integer"}}, "example": {"number": 17}}}}
    ```
    """
    for example, schema, steps in _examples(node):
        faults = _faults(example, schema, context)
        first = next(faults, None)
        if first is not None:
            more = sum(1 for _ in faults)
            others = f" (and {counted(more, 'more place')})" if more else ""
            help_ = f"correct the example or the schema, whichever differs from the service{others}"
            fix = None
            if first.meant is not ABSENT and not more:
                help_, place = first.help, (*node.pointer, *steps, *first.pointer)
                fix = Fix(help_, (Replace(place, first.meant),))
            yield node.says(f"the example doesn't fit: {first.message}", *steps, *first.pointer, help=help_, fix=fix)


def _examples(node: Node) -> Iterator[tuple[Any, Any, Pointer]]:
    if node.kind == "schema":
        if "example" in node.value:
            yield node.value["example"], node.value, ("example",)
        return
    examples, schema = node.value.get("examples"), node.value.get("schema")
    for media_type, example in examples.items() if isinstance(examples, dict) and isinstance(schema, dict) else ():
        if base(str(media_type)) == JSON and not isinstance(example, str):
            yield example, schema, ("examples", media_type)


def _faults(example: Any, schema: Any, context: Context) -> Iterator[Misfit]:
    """Yields where an example doesn't fit: not for null, which the platform has no word for, nor for a format."""
    return (one for one in misfits(example, schema, context) if one.kind not in (Kind.NULL, Kind.FORMAT))
