"""Finds equal schemas in several places, which are then written once with `inline: true`.

Every schema gets a number by its contents, so that equal ones share it. The schemas inside equal schemas count only
once: if the outer schema is written once, the inner ones are in one place.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from connector_builder.language.compile.operations.triggers import CONTENT
from connector_builder.language.decompile.decisions import Entries
from connector_builder.language.decompile.entries import TEXTS
from connector_builder.language.derived import MAX_NAME, split_name
from connector_builder.language.tables.types import TYPE_WORDS
from connector_builder.numbering import Numbers
from connector_builder.platform.nouns import singular
from connector_builder.platform.swagger.operations import VERBS, path_items

Hint = tuple[str, ...]
"""A possible name for a schema: an operation's name with its role; or a field's, after that of the part around it."""
LEAST_FIELDS = 3
LEAST_SAVED = 8
"""The fewest lines that a name must save, since a reader then has to look in two places."""


@dataclass(slots=True)
class Repeated:
    """The schemas that get a name: `names` by the identity of each place, `schemas` one of each by name."""

    names: dict[int, str] = field(default_factory=dict)
    schemas: dict[str, Entries] = field(default_factory=dict)


def repeated_schemas(definition: Entries) -> Repeated:
    """Finds the objects of a definition that occur in several places; their texts for people don't count."""
    numbers = _Numbers()
    for name, schema in _entries(definition.get("definitions")):
        numbers.number(schema, (name,), root=True)
    for hint, schema in _roots(definition):
        numbers.number(schema, (hint,))
        numbers.used(schema)
    return numbers.repeated(set(_entries_names(definition)))


def _entries(value: Any) -> Iterator[tuple[str, Any]]:
    return iter(value.items() if isinstance(value, dict) else ())


def _entries_names(definition: Entries) -> Iterator[str]:
    return (name for name, _ in _entries(definition.get("definitions")))


def _roots(definition: Entries) -> Iterator[tuple[str, Any]]:
    """Yields the schemas of bodies, responses and notifications, each with a possible name."""
    for _, item in path_items(definition):
        for verb, operation in item.items():  # not `operations`, which skips notifications
            if verb == CONTENT and isinstance(operation, dict):
                yield "notification", operation.get("schema")
            if verb not in VERBS or not isinstance(operation, dict):
                continue
            name = str(operation.get("operationId", verb))
            listed = operation.get("parameters")
            for one in listed if isinstance(listed, list) else ():
                if isinstance(one, dict) and "schema" in one:
                    yield f"{name}Body", one["schema"]
            for _, response in _entries(operation.get("responses")):
                if isinstance(response, dict) and "schema" in response:
                    yield f"{name}Response", response["schema"]


@dataclass(slots=True)
class _Numbers:
    """Numbers by content. `whole` includes a schema's texts for people, `cores` doesn't."""

    known: dict[Any, int] = field(default_factory=dict)
    whole: dict[int, int] = field(default_factory=dict)
    cores: dict[int, int] = field(default_factory=dict)
    uses: Counter[int] = field(default_factory=Counter)
    fields: dict[int, int] = field(default_factory=dict)
    hints: dict[int, list[Hint]] = field(default_factory=dict)
    first: dict[int, Entries] = field(default_factory=dict)
    places: list[Entries] = field(default_factory=list)
    placed: set[int] = field(default_factory=set)

    def number(self, schema: Any, hint: Hint, *, root: bool = False) -> int:
        """Returns the number of a schema, and numbers all its contents; with `root` it already has a name."""
        if not isinstance(schema, dict):
            return self._of(("value", repr(schema)))
        below: list[Entries] = []
        parts: list[Any] = []
        texts: list[Any] = []
        fields = 0
        for key, value in schema.items():
            if key in TEXTS:
                texts.append((key, repr(value)))
                continue
            said, more = self._part(key, value, hint, below)
            parts.append((key, said))
            fields += more
        core = self._of(("core", *sorted(parts, key=repr)))
        new = len(self.known)
        whole = self._of(("whole", core, *sorted(texts)))
        if whole == new:  # the first of its kind: its contents count
            for one in below:
                self.used(one)
        self.whole[id(schema)], self.fields[core] = whole, fields
        if not root:
            self.cores[id(schema)] = core
            self.places.append(schema)
            self.hints.setdefault(core, []).append(hint)
            self.first.setdefault(core, schema)
        return whole

    def used(self, schema: Any) -> None:
        """Counts a place of a schema. A further place of an array, which has no name, counts for its items too."""
        if not isinstance(schema, dict) or id(schema) not in self.cores:
            return
        self.uses[self.cores[id(schema)]] += 1
        whole = self.whole[id(schema)]
        if whole in self.placed and "properties" not in schema:
            self.used(schema.get("items"))
        self.placed.add(whole)

    def _of(self, key: Any) -> int:
        return self.known.setdefault(key, len(self.known))

    def _part(self, key: str, value: Any, hint: Hint, below: list[Entries]) -> tuple[Any, int]:
        """Returns the value of a key, in numbers, and how many fields are below it."""
        if key == "properties" and isinstance(value, dict):
            said = tuple((name, self.number(one, (hint[-1], name))) for name, one in value.items())
            below += (one for one in value.values() if isinstance(one, dict))
            return said, sum(1 + self._fields_of(one) for one in value.values())
        if key in ("items", "additionalProperties") and isinstance(value, dict):
            below.append(value)
            return self.number(value, (*hint[:-1], singular(hint[-1]))), self._fields_of(value)
        if key == "allOf" and isinstance(value, list):
            below += (one for one in value if isinstance(one, dict))
            return tuple(self.number(one, hint) for one in value), sum(map(self._fields_of, value))
        return repr(value), 0

    def _fields_of(self, schema: Any) -> int:
        return self.fields.get(self.cores.get(id(schema), -1), 0) if isinstance(schema, dict) else 0

    def repeated(self, taken: set[str]) -> Repeated:
        """Returns the schemas that are worth a name of their own. Their names aren't in `taken`."""
        found = Repeated()
        names: dict[int, str] = {}
        taken = {name.lower() for name in taken} | TYPE_WORDS.keys()
        numbers = Numbers(fold=True)
        for core, schema in self.first.items():
            count, uses = self.fields[core], self.uses[core]
            if count < LEAST_FIELDS or (uses - 1) * count < LEAST_SAVED or not schema.get("properties"):
                continue
            name = numbers.free(_name(self.hints[core], taken), taken)
            taken.add(name.lower())
            names[core] = name
            found.schemas[name] = {key: value for key, value in schema.items() if key not in TEXTS}
        for place in self.places:
            name = names.get(self.cores[id(place)], "")
            if name:
                found.names[id(place)] = name
        return found


def _name(hints: list[Hint], taken: set[str]) -> str:
    """Returns a name like those of schemas, from the places of a schema: `customer` is Customer.

    A field's name describes the schema, an operation's only its place. Of operations' names it is the first, or the
    shortest if the first is long. If a field's name is taken, the name of the part around it is put before it.
    """
    of_fields = Counter(hint for hint in hints if len(hint) > 1)
    if of_fields.total() * 2 >= len(hints):
        times = Counter(name.lower() for _, name in of_fields.elements())
        *around, name = max(of_fields, key=lambda hint: times[hint[-1].lower()])
    else:
        of_operations = [hint[0] for hint in hints if len(hint) == 1]
        around, name = [], of_operations[0]
        if len(name) > _LONG:
            name = min(of_operations, key=len)
    base = pascal(name) or "Part"
    wider = pascal(_ROLE.sub("", around[0])) + base if around else base
    if base.lower() in taken and len(wider) <= _LONG:
        base = wider
    return base


_LONG = 40
_ROLE = re.compile("(?<=.)(Response|Body)$")


def pascal(text: str) -> str:
    """Returns a name like those of schemas and operations: `customer` is Customer, `get/v1/orders` GetV1Orders."""
    words = split_name(text) if len(text) <= MAX_NAME else []
    return "".join(word[0].upper() + word[1:] for word in words)
