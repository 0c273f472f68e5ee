"""Merges two packages that were made from one: what the updated spec must build."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from connector_builder.findings import Pointer
from connector_builder.language.update.alignment import SCHEMA, Documents, Entries, aligned
from connector_builder.platform.data.merging import ABSENT, Merge, in_between
from connector_builder.platform.data.plain import mapping
from connector_builder.platform.policies.templates import OPERATIONS, POLICIES
from connector_builder.platform.swagger.operations import operations

SCRIPT_OPERATIONS = "scriptOperations"
_SHARED = ("definitions", "parameters", "responses")
_PREFIX = "#/"


@dataclass(slots=True)
class Target:
    """The merged documents, and the pointers to conflicts in them.

    `schemas` are the schemas of the spec that the API renamed, with their new names.
    """

    documents: Documents
    schemas: dict[str, str]
    conflicts: list[Pointer] = field(default_factory=list)
    conflicts_in_properties: list[Pointer] = field(default_factory=list)


def merged(base: Documents, own: Documents, new: Documents) -> Target:
    """Returns the three-way merge of the documents of three packages. Where both changed one value, the own one stays."""
    base, own, new, schemas = aligned(base, own, new)
    merge = Merge(_is_left_out)
    was, here, there = (
        {key: part for key, part in one.definition.items() if key != "paths"} for one in (base, own, new)
    )
    definition = dict(merge.value(was, here, there))
    definition["paths"] = _paths(merge, base.definition, own.definition, new.definition)
    conflicts = _referred(definition, own.definition, new.definition, merge.conflicts)
    of_properties = Merge()
    properties = of_properties.value(base.properties, own.properties, new.properties)
    gone = set(names_of(own.definition)) - set(names_of(definition))
    properties = _without_operations(properties, gone) if gone else properties
    definition = {key: definition[key] for key in in_between(own.definition, definition) if key in definition}
    return Target(Documents(definition, properties), schemas, conflicts, of_properties.conflicts)


def names_of(definition: Entries) -> Iterator[str]:
    """Yields the ids of the operations of a definition."""
    for one in operations(definition):
        name = one.value.get("operationId")
        if isinstance(name, str):
            yield name


def _without_operations(properties: Any, gone: set[str]) -> Any:
    """Returns apiProperties whose policies and script don't name operations that are gone.

    A policy of those alone goes too, since one without names is for all operations. A script of those alone stays.
    """
    given = mapping(mapping(properties).get("properties"))
    listed, script = given.get(POLICIES), given.get(SCRIPT_OPERATIONS)
    changed: Entries = {}
    if isinstance(listed, list):
        changed[POLICIES] = [left for one in listed if (left := _policy(one, gone)) is not None]
    if isinstance(script, list) and (left := [name for name in script if name not in gone]):
        changed[SCRIPT_OPERATIONS] = left
    return {**properties, "properties": {**given, **changed}} if given else properties


def _policy(policy: Any, gone: set[str]) -> Any:
    """Returns a policy without the operations that are gone; None if it was for those alone."""
    parameters = mapping(mapping(policy).get("parameters"))
    names = parameters.get(OPERATIONS)
    if not isinstance(names, list) or not any(name in gone for name in names if isinstance(name, str)):
        return policy
    left = [name for name in names if name not in gone]
    return {**policy, "parameters": {**parameters, OPERATIONS: left}} if left else None


def _is_left_out(at: Pointer) -> bool:
    """Checks whether a pointer is that of an operation or a schema: who removed one doesn't want its new version."""
    return (len(at) == 3 and at[0] == "paths") or (len(at) == 2 and at[0] == "definitions")


def _paths(merge: Merge, *definitions: Entries) -> Entries:
    """Merges the paths operation by operation: one that the API lost doesn't keep its path."""
    base, own, new = (mapping(one.get("paths")) for one in definitions)
    paths: Entries = {}
    for path in in_between(own, new):
        was, here, there = (one.get(path, {}) for one in (base, own, new))
        if not all(isinstance(item, dict) for item in (was, here, there)):
            paths[path] = here or there
            continue
        item = merge.value(was, here, there, ("paths", path))
        if item or own.get(path) == {}:
            paths[path] = item
    return paths


def _referred(definition: Entries, own: Entries, new: Entries, conflicts: list[Pointer]) -> list[Pointer]:
    """Keeps the shared parts that are referred to, and leaves out new ones that nothing here needs.

    Returns the conflicts in what is left.
    """
    for section in _SHARED:
        kept, here, there = (dict(mapping(one.get(section))) for one in (definition, own, new))
        if not (kept or here or there):
            continue
        wanted: set[str] = set()
        waiting = list(_targets({key: part for key, part in definition.items() if key != section}, section))
        used = set(_targets(new, section))
        waiting += [name for name in kept if name in here or name not in used]
        while waiting:
            name = waiting.pop()
            if name in wanted:
                continue
            wanted.add(name)
            part = kept.get(name, here.get(name, there.get(name, ABSENT)))
            if part is not ABSENT:
                kept[name] = part
                waiting += _targets(part, section)
        names = [name for name in in_between(here, there) if name in wanted and name in kept]
        if names or section in definition:
            definition[section] = {name: kept[name] for name in names}
        if not names and section not in own:
            definition.pop(section, None)
    return [at for at in conflicts if _is_there(definition, at)]


def _is_there(definition: Entries, at: Pointer) -> bool:
    return at[0] not in _SHARED or len(at) < 2 or at[1] in mapping(definition.get(str(at[0])))


def _targets(value: Any, section: str) -> Iterator[str]:
    """Yields the names of the shared parts of a section that a value refers to."""
    waiting = [value]
    prefix = SCHEMA if section == "definitions" else f"{_PREFIX}{section}/"
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            target = part.get("$ref")
            if isinstance(target, str) and target.startswith(prefix):
                yield target.removeprefix(prefix).replace("~1", "/").replace("~0", "~")
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part
