"""The inputs of an operation: its parameters with those of its path, their places and their schemas."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from connector_builder.findings import Pointer
from connector_builder.platform.data.plain import ABSENT, items
from connector_builder.platform.swagger.operations import Operation
from connector_builder.platform.swagger.references import References

BODY, PATH, QUERY, HEADER, FORM = "body", "path", "query", "header", "formData"
PLACES = (PATH, QUERY, HEADER, FORM, BODY)
PREFIXES = {"path": PATH, "query": QUERY, "header": HEADER, "form": FORM, "formData": FORM, "body": BODY}
"""What people may write before a name to say which input they mean: `query:id`."""


class Input(NamedTuple):
    """A parameter of an operation, with its place in the definition. `schema` is what describes its value."""

    name: str
    place: str
    schema: dict[str, Any]
    required: bool
    pointer: Pointer

    @property
    def default(self) -> Any:
        """Returns the value that the platform sends if nobody enters one; ABSENT if there is none.

        A value that is the only one of its `enum` is a constant.
        """
        default = self.schema.get("default", ABSENT)
        allowed = items(self.schema.get("enum"))
        return allowed[0] if default is ABSENT and len(allowed) == 1 else default

    @property
    def collection(self) -> str:
        return str(self.schema.get("collectionFormat", "csv"))


def inputs_of(operation: Operation, references: References) -> list[Input]:
    """Returns the inputs of an operation in the order of the definition. Its own replace those of its path."""
    found: dict[tuple[str, str], Input] = {}
    for one in (
        *_listed(operation.item, ("paths", operation.path), references),
        *_listed(operation.value, operation.pointer, references),
    ):
        found[one.place, one.name] = one
    return list(found.values())


def _listed(holder: dict[str, Any], pointer: Pointer, references: References) -> Iterator[Input]:
    for index, part in enumerate(items(holder.get("parameters"))):
        value, where = references.place(part, (*pointer, "parameters", index))
        if not isinstance(value, dict) or not isinstance(value.get("name"), str) or value.get("in") not in PLACES:
            continue
        body = value["in"] == BODY
        schema = value.get("schema") if body else value
        described = schema if isinstance(schema, dict) else {}
        required = value.get("required") is True or value["in"] == PATH
        yield Input(value["name"], value["in"], described, required, (*where, "schema") if body else where)
