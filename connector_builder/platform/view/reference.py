"""What the reference page of a connector shows beside the view: its key facts, and what its operations return.

Source of the layout: Microsoft's own pages below https://learn.microsoft.com/en-us/connectors/connector-reference/. An answer is a definition,
which has a table of its own, or a table in place. Objects are flattened; an array links to the definition of its items.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from connector_builder.findings import Pointer
from connector_builder.platform.certification.requirements import METADATA
from connector_builder.platform.data.plain import items, mapping, text
from connector_builder.platform.swagger import operations as definitions
from connector_builder.platform.swagger.references import References, name_in
from connector_builder.platform.view.card import Input, Option
from connector_builder.platform.view.editors import SCHEMA_KEYS, options_of
from connector_builder.platform.view.fields import TYPES, Budget, Field, Flattening, type_of
from connector_builder.platform.view.keys import ITEM, steps_of
from connector_builder.platform.view.model import Operation
from connector_builder.platform.view.outputs import Answer, answer_of, output_fields
from connector_builder.platform.view.types import items_type, type_text

SECTION = "definitions"
DYNAMIC = "dynamic"
"""The type of fields that another operation provides."""


class Row(NamedTuple):
    """A row of a table of fields. `key` is the path to it, such as `lines[].sku`; `definition` what it, or an item of it, is."""

    label: str
    key: str
    required: bool
    type: str
    hint: str
    definition: str = ""
    options: tuple[Option, ...] = ()
    default: Any = None


class Returns(NamedTuple):
    """What an operation returns: a definition, fields that another operation provides (`dynamic`), a value of a type, or fields."""

    description: str = ""
    type: str = ""
    definition: str = ""
    dynamic: bool = False
    rows: tuple[Row, ...] = ()
    headers: tuple[Row, ...] = ()


class Definition(NamedTuple):
    """A schema with a name, as a table of its fields. `full` says that it has more."""

    name: str
    description: str
    type: str
    rows: tuple[Row, ...]
    full: bool = False


class Facts(NamedTuple):
    """Who makes a connector. `metadata` are names and values; `shared` are the names of the ways to sign in that an app shares."""

    publisher: str
    contact: tuple[tuple[str, str], ...]
    metadata: tuple[tuple[str, str], ...]
    shared: frozenset[str]


class Described(NamedTuple):
    """What an operation returns, with an example that its definition has, and the operation that replaces it; `returns` is None without a schema."""

    returns: Returns | None
    example: Any = None
    replacement: str = ""


class Reference(NamedTuple):
    """The answers of operations, by verb and path, and the definitions that they use, by name."""

    operations: Mapping[tuple[str, str], Described]
    definitions: tuple[Definition, ...]


class _Shallow(Flattening):
    """Flattens a schema, but no items with a definition of their own."""

    def __init__(self, references: References, budget: Budget) -> None:
        super().__init__(references, budget, inputs=False)
        self._own = references

    def _inner(self, part: Mapping[str, Any], pointer: Pointer, field: Field, around: Any) -> list[Any]:
        return [] if definition_of_items(part, self._own) else super()._inner(part, pointer, field, around)


def definition_of_items(part: Mapping[str, Any], references: References) -> str:
    """Returns the name of the definition of an array's items if they are objects with fields, else nothing."""
    if type_of(part) != "array":
        return ""
    item = part.get("items")
    name = name_in(SECTION, mapping(item).get("$ref"))
    return name if name and has_fields(mapping(references.resolved(item))) else ""


def has_fields(schema: Mapping[str, Any]) -> bool:
    """Checks whether a schema has a table of its own: an object with properties, or an array."""
    return bool(mapping(schema.get("properties"))) or type_of(schema) == "array"


def reference_of(definition: Any, shown: Sequence[Operation]) -> Reference:
    """Returns what these operations of a definition return, and the definitions that their answers use, sorted by name."""
    references, budget = References(definition), Budget()
    wanted = {(one.verb, one.path) for one in shown}
    described = {
        (one.verb, one.path): _described(one, references, budget)
        for one in definitions.operations(definition)
        if (one.verb, one.path) in wanted
    }
    named = (name for one in described.values() if one.returns is not None for name in _names_in(one.returns))
    found = _definitions(named, mapping(mapping(definition).get(SECTION)), references, budget)
    return Reference(described, tuple(sorted(found, key=lambda one: (one.name.casefold(), one.name))))


def facts_of(definition: Any, properties: Any) -> Facts:
    """Returns the key facts of a connector from its definition and apiProperties.json, which may be any JSON."""
    document, inner = mapping(definition), mapping(mapping(properties).get("properties"))
    contact = mapping(mapping(document.get("info")).get("contact"))
    given = [mapping(part) for part in items(document.get(METADATA))]
    metadata = [(text(one.get("propertyName")), text(one.get("propertyValue"))) for one in given]
    ways = [mapping(one) for one in items(mapping(inner.get("connectionParameterSets")).get("values"))]
    shared = {text(one.get("name")) for one in ways if mapping(one.get("metadata")).get("allowSharing") is True}
    if mapping(inner.get("metadata")).get("allowSharing") is True:
        shared.add("")
    return Facts(
        text(inner.get("publisher")),
        tuple((name, text(contact.get(name))) for name in ("name", "url", "email") if text(contact.get(name))),
        tuple((name, value) for name, value in metadata if name and value),
        frozenset(shared),
    )


def input_rows(inputs: Sequence[Input]) -> Iterator[Row]:
    """Yields the rows of an operation's inputs in the order of the designer, the fields of an array's items below the array."""
    below: dict[str, list[Input]] = {}
    keys = {one.key for one in inputs}
    for one in inputs:
        below.setdefault(one.in_array_of if one.in_array_of in keys else "", []).append(one)
    waiting = [*reversed(below.pop("", []))]
    while waiting:
        one = waiting.pop()
        inner = below.pop(one.key, [])
        waiting += reversed(inner)
        if steps_of(one.key)[-1:] != (ITEM,):
            yield _input_row(one, [each for each in inner if steps_of(each.key)[-1:] == (ITEM,)])


def _input_row(one: Input, items: Sequence[Input]) -> Row:
    """Returns the row of an input. The choices of an array's items are shown with the array."""
    dynamic = one.dynamic is not None and one.dynamic.kind == "schema"
    options = one.options or next((each.options for each in items), ())
    return Row(
        one.label,
        path_text(steps_of(one.key)) if one.place == "body" and steps_of(one.key) else one.wire_name,
        one.required,
        DYNAMIC if dynamic else type_text(one.type, one.format, one.items),
        one.hint or next((each.hint for each in items), ""),
        options=options if one.type != "boolean" else (),
        default=one.default,
    )


def path_text(steps: Sequence[str]) -> str:
    """Returns the path to a field: `lines[].sku`."""
    return ".".join(steps).replace(f".{ITEM}", "[]").replace(ITEM, "[]")


def _described(one: definitions.Operation, references: References, budget: Budget) -> Described:
    answer = answer_of(one, references)
    replacement = mapping(mapping(one.value.get("x-ms-api-annotation")).get("replacement"))
    examples = mapping(answer.value.get("examples"))
    example = next((value for name, value in examples.items() if "json" in str(name)), None)
    returns = _returns(answer.value, answer.pointer, references, budget) if answer.status else None
    return Described(returns, example, text(replacement.get("operationId")))


def _returns(answer: Mapping[str, Any], pointer: Pointer, references: References, budget: Budget) -> Returns | None:
    """Returns what an answer has; None if it has neither a schema nor headers."""
    only_headers = {key: value for key, value in answer.items() if key == "headers"}
    found, _ = output_fields(Answer("", only_headers, pointer), references, budget)
    headers = tuple(_rows(found, references))
    if "schema" not in answer:
        return Returns(text(answer.get("description")), headers=headers) if headers else None
    written = answer["schema"]
    schema = mapping(references.resolved(written))
    base = Returns(text(answer.get("description")), headers=headers)
    if any(key in schema for key in SCHEMA_KEYS):
        return base._replace(dynamic=True)
    kind = type_text(type_of(schema), text(schema.get("format")), items_type(schema, references))
    name = name_in(SECTION, mapping(written).get("$ref"))
    if name:
        return base._replace(type=kind, definition=name)
    of_items = definition_of_items(schema, references)
    if of_items:
        return base._replace(type=kind, definition=of_items)
    rows = tuple(_rows(_Shallow(references, budget).schema(schema, pointer, "body.$", "body"), references))
    return base._replace(type=kind, rows=rows if any(row.key for row in rows) else ())


def _definitions(
    names: Iterator[str], all_: Mapping[str, Any], references: References, budget: Budget
) -> Iterator[Definition]:
    """Yields the tables of definitions, and of those that they use."""
    waiting, seen = deque(names), set[str]()
    while waiting:
        name = waiting.popleft()
        if name in seen or name not in all_:
            continue
        seen.add(name)
        part = mapping(references.resolved(all_[name]))
        flattening = _Shallow(references, budget)
        # The heading has the definition's name: its title isn't repeated in each label.
        untitled = {key: value for key, value in part.items() if key not in ("title", "x-ms-summary")}
        rows = tuple(_rows(flattening.schema(untitled, (SECTION, name), "body.$", "body"), references))
        kind = type_text(type_of(part), text(part.get("format")), items_type(part, references))
        yield Definition(name, text(part.get("description")), kind, rows, flattening.full)
        waiting += (row.definition for row in rows if row.definition)


def _names_in(returns: Returns) -> Iterator[str]:
    yield from (name for name in (returns.definition, *(row.definition for row in returns.rows)) if name)


def _rows(fields: Iterator[Field] | Sequence[Field], references: References) -> Iterator[Row]:
    """Yields the rows of flattened outputs: neither objects that are shown as their fields, nor the items of arrays."""
    for field in fields:
        if field.hidden or field.group or field.type not in TYPES or field.path[-1:] == (ITEM,):
            continue
        if not field.path and field.type in ("object", "any"):
            continue
        dynamic = any(key in field.part for key in SCHEMA_KEYS)
        kind = type_text(field.type, field.format, items_type(field.part, references))
        yield Row(
            field.label,
            field.name if field.place == "header" else path_text(field.path),
            field.required,
            DYNAMIC if dynamic else kind,
            text(field.part.get("description")),
            definition_of_items(field.part, references),
            options_of(field) if field.type != "boolean" else (),
        )
