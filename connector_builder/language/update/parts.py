"""Finds the parts of a spec that an update changes."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from connector_builder.findings import Pointer
from connector_builder.language.compile.context import OPERATIONS
from connector_builder.language.decompile.choices.repeated import pascal
from connector_builder.language.update.alignment import Entries
from connector_builder.language.update.texts import Texts
from connector_builder.numbering import Numbers
from connector_builder.platform.data.differences import same
from connector_builder.platform.data.plain import mapping
from connector_builder.platform.swagger.operations import Operation, operations

DETAIL, KEYS, WHOLE, LONG, PLAIN = range(5)
"""The levels of edits: each value, each key of the part, the part anew, in its long form, as plain Swagger."""
SCHEMAS, PATHS = "schemas", "paths"


@dataclass(slots=True)
class Part:
    """An operation or schema that changes, and how it is edited.

    `section` is where it is before, and `name` its name there; empty if it is new. `to` and `new_name` say the same of
    it afterwards; empty if it goes. `was` and `now` are its pointers in the definition, empty where it isn't in it.
    """

    section: str
    name: str
    to: str
    new_name: str
    was: Pointer
    now: Pointer
    level: int = DETAIL

    def owns(self, at: Pointer) -> bool:
        """Checks whether a pointer leads into the part, or to something around it."""
        return any(one and at[: len(one)] == one[: len(at)] for one in (self.was, self.now))

    def coarser(self) -> bool:
        """Gives the part its next level. Returns False if it has none."""
        if self.level == PLAIN or not self.now:
            return False
        self.level += 1
        return True


def changed_operations(texts: Texts, before: Entries, after: Entries) -> list[Part]:
    """Returns the operations that differ, in the order of the definition afterwards; those that go come last."""
    found, there = _by_name(before, after)
    names = _names(texts)
    taken, numbers = {name for _, name in names.values()}, Numbers("_")
    parts = []
    for key, one in there.items():
        old = found.get(key)
        to = _section(one)
        if old is None:
            name = numbers.free(_name(one), taken)
            taken.add(name)
            parts.append(Part("", "", to, name, (), one.pointer, WHOLE))
        elif old.pointer != one.pointer or not same(old.value, one.value):
            section, name = names.get(str(old.value.get("operationId")), (PATHS, ""))
            to = PATHS if section == PATHS else to
            parts.append(Part(section, name, to, name, old.pointer, one.pointer))
    for key, old in found.items():
        if key not in there:
            section, name = names.get(str(old.value.get("operationId")), (PATHS, ""))
            parts.append(Part(section, name, "", "", old.pointer, ()))
    return parts


def changed_schemas(before: Entries, after: Entries, renamed: Mapping[str, str]) -> Iterator[Part]:
    """Yields the schemas that differ; those in `renamed` have another name afterwards."""
    here, there = mapping(before.get("definitions")), mapping(after.get("definitions"))
    old_names = {new: old for old, new in renamed.items() if old in here and new in there}
    for name, schema in there.items():
        old = old_names.get(name, name)
        if old not in here:
            yield Part("", "", SCHEMAS, name, (), ("definitions", name), WHOLE)
        elif old != name or not same(here[old], schema):
            yield Part(SCHEMAS, old, SCHEMAS, name, ("definitions", old), ("definitions", name))
    kept = {*there, *old_names.values()}
    for name in here:
        if name not in kept:
            yield Part(SCHEMAS, name, "", "", ("definitions", name), ())


def names_of_operations(texts: Texts, definition: Entries) -> dict[Pointer, str]:
    """Returns the names that a spec has for the operations of its definition, by their pointers."""
    names = _names(texts)
    found = ((one.pointer, names.get(str(one.value.get("operationId")))) for one in operations(definition))
    return {pointer: name[1] for pointer, name in found if name is not None}


def _names(texts: Texts) -> dict[str, tuple[str, str]]:
    """Returns the section and the name of each operation of a spec by its id."""
    names: dict[str, tuple[str, str]] = {}
    for table in texts.tables:
        for name, node in table.node.entries.items() if table.section in OPERATIONS else ():
            given = node.entries.get("operationId")
            names.setdefault(str(given.value) if given is not None else name, (table.section, name))
    return names


def _by_name(before: Entries, after: Entries) -> tuple[dict[object, Operation], dict[object, Operation]]:
    """Returns the operations of two definitions by their ids, or by their pointers where an id is no name."""
    listed = list(operations(before)), list(operations(after))
    times = [Counter(str(one.value.get("operationId")) for one in some) for some in listed]
    unique = {name for name in times[0].keys() | times[1].keys() if all(count[name] < 2 for count in times)}

    def key(one: Operation) -> object:
        name = one.value.get("operationId")
        return name if isinstance(name, str) and name in unique else one.pointer

    found, there = ({key(one): one for one in some} for some in listed)
    return found, there


def _section(one: Operation) -> str:
    return OPERATIONS[1] if "x-ms-trigger" in one.value else OPERATIONS[0]


def _name(one: Operation) -> str:
    """Returns the name of a new operation: its id, or one made of its request."""
    given = one.value.get("operationId")
    return given if isinstance(given, str) and given else pascal(f"{one.verb}/{one.path}") or one.verb
