"""Gives the parts of three definitions the same names, so that a renamed part is compared with itself.

An operation is the same at another path if its id says so, or if the path only names its variables otherwise; a schema is
the same by another name if every reference to the one became a reference to the other. Ids of operations are the spec's
own: an API doesn't have them, and flows name them, so those of the source never win.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from connector_builder.package import Package
from connector_builder.platform.data.plain import items, mapping
from connector_builder.platform.policies.templates import OPERATIONS
from connector_builder.platform.swagger.operations import operations, operations_of

Entries = dict[str, Any]
Request = tuple[str, str]
"""The path and the verb of an operation."""
SCHEMA = "#/definitions/"
_VARIABLE = re.compile(r"\{[^{}/]*\}")
_NAMING = (OPERATIONS, "scriptOperations")
"""The keys of apiProperties whose lists name operations."""


@dataclass(slots=True)
class Documents:
    """The two documents of a package; `properties` may be None."""

    definition: Entries
    properties: Any

    @classmethod
    def of(cls, package: Package) -> "Documents":
        """Returns the documents of a package."""
        return cls(package.definition, package.properties)


def aligned(base: Documents, own: Documents, new: Documents) -> tuple[Documents, Documents, Documents, dict[str, str]]:
    """Returns the documents with each part where the merged connector has it, and with its name there.

    The last value has the new names of the schemas that the API renamed.
    """
    moves = _moves(base.definition, new.definition)
    base, own = (Documents(_moved(one.definition, moves), one.properties) for one in (base, own))
    moves = _moves(base.definition, own.definition)
    base, new = (Documents(_moved(one.definition, moves), one.properties) for one in (base, new))
    own_ids = _ids(own.definition)
    base, new = (_named(one, {}, _renamed_ids(one.definition, own_ids)) for one in (base, new))
    names = _renamed_schemas(base.definition, new.definition)
    names = {name: to for name, to in names.items() if to not in mapping(own.definition.get("definitions"))}
    base, own = (_named(one, names, {}) for one in (base, own))
    owners = _renamed_schemas(base.definition, own.definition)
    owners = {name: to for name, to in owners.items() if to not in mapping(new.definition.get("definitions"))}
    base, new = (_named(one, owners, {}) for one in (base, new))
    return base, own, new, names


def _ids(definition: Entries) -> dict[Request, str]:
    found = ((one.path, one.verb, one.value.get("operationId")) for one in operations(definition))
    return {(path, verb): name for path, verb, name in found if isinstance(name, str)}


def _moves(before: Entries, after: Entries) -> dict[Request, Request]:
    """Returns the operations that are at another place afterwards: those with the same id, or whose path has other variables."""
    ids_before, ids_after = _ids(before), _ids(after)
    by_id = {name: at for at, name in ids_after.items() if at not in ids_before}
    moves = {at: by_id[name] for at, name in ids_before.items() if at not in ids_after and name in by_id}
    taken = {*moves.values()}
    by_shape = {_shape(at): at for at in ids_after if at not in ids_before and at not in taken}
    others = {at: by_shape[_shape(at)] for at in ids_before if at not in ids_after and _shape(at) in by_shape}
    return {**others, **moves}


def _shape(at: Request) -> Request:
    return _VARIABLE.sub("{}", at[0]), at[1]


def _moved(definition: Entries, moves: Mapping[Request, Request]) -> Entries:
    """Returns a definition with operations at other paths; each takes the place of its old path in their order."""
    if not moves:
        return definition
    paths: Entries = {}
    for path, item in mapping(definition.get("paths")).items():
        rest = {key: part for key, part in item.items() if (path, key) not in moves} if isinstance(item, dict) else item
        if rest or not item:
            paths[path] = {**paths.get(path, {}), **rest} if isinstance(rest, dict) else rest
        for one in operations_of(path, item):
            if (one.path, one.verb) in moves:
                to, verb = moves[one.path, one.verb]
                paths[to] = {**paths.get(to, {}), verb: _with_variables(one.value, path, to)}
    return {**definition, "paths": paths}


def _with_variables(operation: Entries, before: str, after: str) -> Entries:
    """Returns an operation with the variables that its path has afterwards, if it only names them otherwise."""
    names = dict(zip(_VARIABLE.findall(before), _VARIABLE.findall(after), strict=False))
    if _VARIABLE.sub("{}", before) != _VARIABLE.sub("{}", after) or not names:
        return operation
    parameters = [
        {**one, "name": names[f"{{{one['name']}}}"][1:-1]}
        if isinstance(one, dict) and one.get("in") == "path" and f"{{{one.get('name')}}}" in names
        else one
        for one in items(operation.get("parameters"))
    ]
    return {**operation, "parameters": parameters} if "parameters" in operation else operation


def _renamed_ids(definition: Entries, own: Mapping[Request, str]) -> dict[str, str]:
    ids = _ids(definition)
    taken = {name for at, name in own.items() if at not in ids}
    return {name: own[at] for at, name in ids.items() if at in own and own[at] != name and name not in taken}


def _renamed_schemas(before: Entries, after: Entries) -> dict[str, str]:
    """Returns the schemas that have another name afterwards: all references at the same places name the other one."""
    there, then = mapping(before.get("definitions")), mapping(after.get("definitions"))
    gone = {name for name in there if name not in then}
    found: dict[str, set[str]] = {}
    for one, other in _references(before, after) if gone else ():
        if one in gone:
            found.setdefault(one, set()).add(other)
    names = {name: to for name, others in found.items() for to in others if len(others) == 1}
    times = Counter(names.values())
    return {name: to for name, to in names.items() if to in then and to not in there and times[to] == 1}


def _references(one: Any, other: Any) -> Iterator[tuple[str, str]]:
    """Yields the names of the schemas that two documents refer to at the same places."""
    if isinstance(one, dict) and isinstance(other, dict):
        target, now = one.get("$ref"), other.get("$ref")
        if isinstance(target, str) and isinstance(now, str) and target.startswith(SCHEMA) and now.startswith(SCHEMA):
            yield target.removeprefix(SCHEMA), now.removeprefix(SCHEMA)
        for key in one.keys() & other.keys():
            yield from _references(one[key], other[key])
    elif isinstance(one, list) and isinstance(other, list):
        for part, now in zip(one, other, strict=False):
            yield from _references(part, now)


def _named(documents: Documents, schemas: Mapping[str, str], ids: Mapping[str, str]) -> Documents:
    """Returns documents with other names of schemas and other ids of operations."""
    if not schemas and not ids:
        return documents
    definition: Entries = _renamed(documents.definition, schemas, ids)
    if schemas and isinstance(definition.get("definitions"), dict):
        listed = {schemas.get(name, name): part for name, part in definition["definitions"].items()}
        definition = {**definition, "definitions": listed}
    return Documents(definition, _renamed(documents.properties, {}, ids))


def _renamed(value: Any, schemas: Mapping[str, str], ids: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_renamed(part, schemas, ids) for part in value]
    if not isinstance(value, dict):
        return value
    out: Entries = {}
    for key, part in value.items():
        if key == "operationId" and isinstance(part, str):
            out[key] = ids.get(part, part)
        elif key == "$ref" and isinstance(part, str) and part.startswith(SCHEMA):
            name = part.removeprefix(SCHEMA)
            out[key] = SCHEMA + schemas.get(name, name)
        elif key in _NAMING and isinstance(part, list):
            out[key] = [ids.get(one, one) if isinstance(one, str) else one for one in part]
        else:
            out[key] = _renamed(part, schemas, ids)
    return out
