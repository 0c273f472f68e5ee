"""Builds a body from its fields: `customer.name=Ann`, `lines[0].sku=A1`, `tags=new`, as the designer shows them."""

import re
from typing import Any, NamedTuple

from connector_builder.platform.data.plain import ABSENT
from connector_builder.platform.requests.model import Given, Problem, ReadFile
from connector_builder.platform.requests.texts import Unreadable, problems_of, read_text
from connector_builder.platform.requests.values import Shape, path_text
from connector_builder.platform.swagger.references import References
from connector_builder.source.suggest import suggest

Step = str | int | None
"""A step into a body: a field, an item, or for `[]` the last item, or a new one where the last has the field already."""
_STEP = re.compile(r"\.?(?P<name>[^.\[\]]+)|\['(?P<quoted>[^']*)'\]|\[(?P<index>\d{0,4})\]")
MAX_DEPTH = 50


class Field(NamedTuple):
    """A field that a person has a value for: its name as written, the steps to it, and its text."""

    name: str
    steps: tuple[Step, ...]
    text: str


def parse(given: Given) -> Field | None:
    """Returns a value as a field of a body; None if its name isn't a path."""
    steps: list[Step] = []
    at = 0
    while at < len(given.name):
        match = _STEP.match(given.name, at)
        if match is None or (match["name"] is not None and (match[0][0] == ".") != bool(steps)):
            return None
        index = match["index"]
        steps.append((int(index) if index else None) if index is not None else match["name"] or match["quoted"] or "")
        at = match.end()
    return Field(given.name, tuple(steps), given.text) if 0 < len(steps) <= MAX_DEPTH else None


class Body:
    """A body in the making. `problems` are what is wrong with its fields."""

    def __init__(self, schema: Any, references: References, read: ReadFile) -> None:
        self._schema, self._references, self._read = schema, references, read
        self.value: Any = ABSENT
        self.problems: list[Problem] = []

    def has(self, field: Field) -> bool:
        """Checks whether the schema has a field, or allows fields of any name."""
        return self._described(field) is not ABSENT

    def names(self) -> list[str]:
        """Returns the names of the fields of the body."""
        return list(Shape(self._schema, self._references).properties)

    def set(self, field: Field) -> None:
        """Gives a field its value."""
        schema = self._described(field)
        shape = Shape(schema, self._references)
        try:
            if shape.type == "array" and not field.text.lstrip().startswith("["):
                item = read_text(field.text, shape.items, self._references, self._read)
                self._put(field, (*field.steps, None), item, shape.items)
            else:
                self._put(field, field.steps, read_text(field.text, schema, self._references, self._read), schema)
        except Unreadable as reason:
            self.problems.append(Problem(f"'{field.name}' {reason.message}", None, reason.help))

    def unknown(self, field: Field) -> Problem:
        """Returns the problem with a field that the schema doesn't have."""
        schema, done = self._schema, list[Step]()
        for step in field.steps:
            inner = self._step(schema, step)
            if inner is ABSENT:
                break
            schema = inner
            done.append(step)
        known = list(Shape(schema, self._references).properties)
        inside = path_text(tuple(0 if step is None else step for step in done))
        named = field.steps[len(done)]
        where = f"'{inside}'" if inside else "the body"
        message = f"{where} has no field '{named}'" if isinstance(named, str) else f"{where} isn't a list"
        return Problem(message, None, suggest(str(named), known) or listed("its fields are", known))

    def _described(self, field: Field) -> Any:
        schema = self._schema
        for step in field.steps:
            schema = self._step(schema, step)
            if schema is ABSENT:
                return ABSENT
        return schema

    def _step(self, schema: Any, step: Step) -> Any:
        shape = Shape(schema, self._references)
        if not isinstance(step, str):
            return shape.items if shape.type in ("array", "") else ABSENT
        if shape.type not in ("object", ""):
            return ABSENT
        known = shape.properties.get(step)
        return known.schema if known is not None else shape.further

    def _put(self, field: Field, steps: tuple[Step, ...], value: Any, schema: Any) -> None:
        self.problems += problems_of(field.name, value, schema, self._references)
        holder: Any = {"": self.value} if self.value is not ABSENT else {}
        root = holder
        key: Any = ""
        for index, step in enumerate(steps):
            empty: Any = {} if isinstance(step, str) else []
            inner = holder.setdefault(key, empty) if isinstance(holder, dict) else _item(holder, key, empty)
            if type(inner) is not type(empty):
                self.problems.append(Problem(f"'{field.name}' is inside a value that you give as a whole"))
                return
            holder, key = inner, self._key(inner, step, steps[index + 1 :])
        if key < len(holder) if isinstance(holder, list) else key in holder:
            self.problems.append(Problem(f"'{field.name}' has two values", None, "leave one of them out"))
        elif isinstance(holder, list):
            _item(holder, key, value)
        else:
            holder[key] = value
        self.value = root[""]

    @staticmethod
    def _key(holder: Any, step: Step, rest: tuple[Step, ...]) -> Any:
        """Returns the key or the index of a step: for `[]` the last item, unless that has a value at the rest of the path."""
        if step is not None:
            return step
        goes_on = bool(holder) and isinstance(holder[-1], dict) and not _is_there(holder[-1], rest)
        return len(holder) - 1 if goes_on else len(holder)


def _is_there(value: Any, steps: tuple[Step, ...]) -> bool:
    for step in steps:
        known = isinstance(value, dict) and step in value
        if not known and not (isinstance(value, list) and isinstance(step, int) and step < len(value)):
            return False
        value = value[step]
    return True


def _item(holder: list[Any], index: int, value: Any) -> Any:
    """Returns an item of a list, which is added if it is the next one. Raises Unreadable if it isn't."""
    if index > len(holder):
        raise Unreadable(f"skips the item [{len(holder)}]", "give the items in their order, or use --body FILE")
    if index == len(holder):
        holder.append(value)
    return holder[index]


def listed(words: str, names: list[str]) -> str | None:
    """Returns a help that lists names: `its fields are 'a', 'b'`."""
    shown = ", ".join(f"'{name}'" for name in names[:12]) + (" …" if len(names) > 12 else "")
    return f"{words} {shown}" if names else None
