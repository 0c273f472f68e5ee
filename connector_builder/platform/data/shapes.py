"""Shapes: the form in which the tables of Swagger 2.0 and apiProperties.json say which values are allowed where.

A table has an entry for each kind of node:

- a dict is a mapping: its keys, each with the kind of its value, `!` after a required key. `*` is any other name,
  `x-*` an extension; a mapping accepts keys that begin with `x-` unless its entry for `x-*` is None.
- a list of one kind is a list of it.
- a function chooses the kind for a value.

Example: `{"name!": "text", "parameters": "parameters"}`.

The kind of a value is the name of an entry or a leaf (`text`, `flag`, `number`, `whole number`, `anything`), several
leaves as `text|null`, or a tuple: the closed list of allowed texts or booleans.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Entry = dict[str, Any] | list[str] | Callable[[Any], str]
Table = Mapping[str, Entry]

Types = frozenset[type[Any]]

EVERY_TYPE: Types = frozenset({dict, list, str, int, float, bool, type(None)})
_LEAVES: dict[str, Types] = {
    "text": frozenset({str}),
    "flag": frozenset({bool}),
    "number": frozenset({int, float}),
    "whole number": frozenset({int}),
    "null": frozenset({type(None)}),
}
_WORDS: dict[type[Any], str] = {
    str: "a text",
    bool: "true or false",
    float: "a number",
    int: "a whole number",
    dict: "a mapping",
    list: "a list",
    type(None): "null",
}


@dataclass(slots=True, eq=False)
class Shape:
    """A kind of value.

    `values` is a closed list; `each` is the shape of a list's items or of a mapping's other names.
    """

    name: str
    types: Types
    values: tuple[Any, ...] = ()
    keys: dict[str, "Shape"] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    each: "Shape | None" = None
    extensions: bool = False
    choose: Callable[[Any], str] | None = None
    choices: Mapping[str, "Shape"] = field(default_factory=dict)

    @property
    def leaf(self) -> bool:
        """Checks whether a value of this shape has nothing inside for the walk to visit."""
        return not (self.keys or self.each or self.choose or self.extensions)

    @property
    def words(self) -> str:
        """Returns the expected value in words, for messages: `a text`, `true or false`."""
        types = self.types - {int} if float in self.types else self.types
        return " or ".join(words for kind, words in _WORDS.items() if kind in types)

    def of(self, value: Any) -> "Shape":
        """Returns the shape that applies to this value."""
        shape = self
        while shape.choose is not None:
            shape = shape.choices[shape.choose(value)]
        return shape


ANYTHING = Shape("anything", EVERY_TYPE)


def compile_table(table: Table) -> dict[str, Shape]:
    """Returns the shapes of a table by name, the leaves included."""
    shapes = {"anything": ANYTHING} | {name: Shape(name, types) for name, types in _LEAVES.items()}
    shapes |= {name: Shape(name, _types(entry)) for name, entry in table.items()}
    for name, entry in table.items():
        _fill(shapes[name], entry, shapes)
    return shapes


def _types(entry: Entry) -> Types:
    if isinstance(entry, dict):
        return frozenset({dict})
    return frozenset({list}) if isinstance(entry, list) else EVERY_TYPE


def _fill(shape: Shape, entry: Entry, shapes: Mapping[str, Shape]) -> None:
    if callable(entry):
        shape.choose, shape.choices = entry, shapes
        return
    if isinstance(entry, list):
        shape.each = _shape(entry[0], shapes)
        return
    slots = {key.removesuffix("!"): _shape(value, shapes) for key, value in entry.items() if value is not None}
    shape.required = tuple(key.removesuffix("!") for key in entry if key.endswith("!"))
    shape.each = slots.pop("*", None)
    shape.extensions = slots.pop("x-*", None) is not None or (shape.each is None and "x-*" not in entry)
    shape.keys = slots


def _shape(value: str | tuple[Any, ...], shapes: Mapping[str, Shape]) -> Shape:
    if isinstance(value, str):
        if "|" in value:
            return Shape(value, frozenset().union(*(shapes[name].types for name in value.split("|"))))
        return shapes[value]
    return Shape("text" if isinstance(value[0], str) else "flag", frozenset({type(value[0])}), value)
