"""Joins what a second recording shows to what an earlier one showed: operations are added, schemas widened, nothing is removed.

A recording is a part of an API: what it lacks may exist all the same. Which of two recordings came first doesn't matter,
but for texts: those of the earlier one stay.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any, NamedTuple

from connector_builder.findings import Pointer
from connector_builder.language.derived import Conventions, operation_summary
from connector_builder.platform.data.plain import items, mapping, text
from connector_builder.platform.swagger.operations import VERBS, operations
from connector_builder.sources.names import FreeNames, derived_id

Entries = dict[str, Any]
_VARIABLE = re.compile(r"\{[^{}/]*\}")
_CONVENTIONS = Conventions()
_CONSTANT = ("default", "x-ms-visibility")
MAX_DEPTH = 60
"""The deepest level of two schemas that is joined; samples are less deep."""


class Joined(NamedTuple):
    """The joined document, the paths of the new one in it, and those that aren't below the server's address."""

    definition: Entries
    paths: dict[str, str]
    elsewhere: list[str]


def joined(base: Entries, new: Entries) -> Joined:
    """Returns the operations of two documents of one host as one document, on the server of the first."""
    result = deepcopy(base)
    paths: Entries = result.setdefault("paths", {})
    names = FreeNames(str(one.value.get("operationId")) for one in operations(base))
    below, above = text(base.get("basePath")).rstrip("/"), text(new.get("basePath")).rstrip("/")
    known: dict[str, str] = {}
    elsewhere: list[str] = []
    for path, item in mapping(new.get("paths")).items():
        whole = above + path
        if below and not whole.startswith(f"{below}/"):
            elsewhere.append(whole)
            continue
        own = whole[len(below) :]
        known[path] = place = _place(own, paths)
        there = paths.setdefault(place, {})
        for verb in VERBS:
            if verb not in mapping(item):
                continue
            operation = _renamed(item[verb], path, own, place, verb)
            _with_variables(operation, place, there)
            if verb in there:
                there[verb] = _operation(there[verb], operation)
            else:
                operation["operationId"] = names.free(operation["operationId"])
                there[verb] = operation
    return Joined({**result, "paths": dict(sorted(paths.items()))} if known else result, known, elsewhere)


def moved(sampled: Mapping[Pointer, Any], join: Joined, base: Entries) -> dict[Pointer, Any]:
    """Returns the samples of the new document at their places in the joined one, but for schemas that were widened."""
    found = {}
    for at, sample in sampled.items():
        path = join.paths.get(str(at[1]))
        if path is not None and at[2] not in mapping(mapping(base.get("paths")).get(path)):
            found[("paths", path, *at[2:])] = sample
    return found


def _place(path: str, paths: Mapping[str, Any]) -> str:
    """Returns the path that the first document has for a path of the second; the path itself if it has none.

    Names of variables don't count. Where the first has a variable between fixed segments, a value is a value of it.
    """
    if path in paths:
        return path
    shape = _VARIABLE.sub("{}", path)
    mine = path.split("/")
    for other in paths:
        if _VARIABLE.sub("{}", other) == shape or _fits(mine, other.split("/")):
            return other
    return path


def _fits(mine: Sequence[str], other: Sequence[str]) -> bool:
    if len(mine) != len(other):
        return False
    for index, (segment, template) in enumerate(zip(mine, other, strict=True)):
        is_last = index + 1 == len(other)
        both = bool(_VARIABLE.fullmatch(template)) and (not is_last or bool(_VARIABLE.fullmatch(segment)))
        if segment != template and not both:
            return False
    return True


def _renamed(operation: Entries, path: str, own: str, place: str, verb: str) -> Entries:
    """Returns an operation with the id and the names of variables that it has on the first document's server."""
    out = deepcopy(operation)
    if out.get("operationId") == derived_id(path, verb):
        derived = operation_summary(_CONVENTIONS, str(out["operationId"]))
        out["operationId"] = derived_id(own, verb)
        if out.get("summary") == derived:
            out["summary"] = operation_summary(_CONVENTIONS, out["operationId"])
    pairs = zip(own.split("/"), place.split("/"), strict=True)
    names = {
        mine[1:-1]: theirs[1:-1] for mine, theirs in pairs if _VARIABLE.fullmatch(mine) and _VARIABLE.fullmatch(theirs)
    }
    out["parameters"] = [
        {**one, "name": names.get(one["name"], one["name"])} if one.get("in") == "path" else one
        for one in items(out.get("parameters"))
    ]
    return out if out["parameters"] else {key: value for key, value in out.items() if key != "parameters"}


def _with_variables(operation: Entries, path: str, item: Entries) -> None:
    """Adds the variables of a path that an operation had values for, as the other operations of the path have them."""
    own = {_key(one) for one in items(operation.get("parameters"))}
    others = {_key(one): one for verb in VERBS for one in items(mapping(item.get(verb)).get("parameters"))}
    missing = [("path", match[0][1:-1]) for match in _VARIABLE.finditer(path) if ("path", match[0][1:-1]) not in own]
    added = [others[key] for key in missing if key in others]
    if added:
        operation["parameters"] = [*added, *items(operation.get("parameters"))]


def _operation(base: Entries, new: Entries) -> Entries:
    out = {**new, **base}
    parameters = list(_parameters(items(base.get("parameters")), items(new.get("parameters"))))
    if parameters:
        out["parameters"] = parameters
    mine, others = mapping(base.get("responses")), mapping(new.get("responses"))
    if [*mine] == ["200"] and "schema" not in mapping(mine["200"]) and others:
        mine = {}  # a call whose answer nobody recorded, such as a command: its status is a guess
    out["responses"] = {status: _answer(mine.get(status), others.get(status)) for status in sorted({**others, **mine})}
    return out


def _parameters(base: Sequence[Any], new: Sequence[Any]) -> Iterator[Entries]:
    others = {_key(one): one for one in new}
    for one in base:
        other = others.pop(_key(one), None)
        yield one if other is None else _parameter(one, other)
    mine = {_key(one) for one in base}
    # What only one recording sent is no constant, except the version of the API, which has its value in all of them.
    yield from (one for one in new if _key(one) in others and _key(one) not in mine)


def _key(parameter: Any) -> tuple[str, str]:
    where, name = text(mapping(parameter).get("in")), text(mapping(parameter).get("name"))
    return where, "" if where == "body" else name.lower() if where == "header" else name


def _parameter(base: Entries, new: Entries) -> Entries:
    if "$ref" in base or "$ref" in new:
        return base
    if base.get("in") == "body":
        schema = _schema(mapping(base.get("schema")), mapping(new.get("schema")), 0)
        return {**new, **base, "schema": schema, "required": bool(base.get("required") and new.get("required"))}
    out = _schema(base, new, 0)
    if base.get("in") != "path" and base.get("default") != new.get("default"):
        out = {key: value for key, value in out.items() if key not in (*_CONSTANT, "required")}
    return out


def _answer(base: Any, new: Any) -> Entries:
    if not isinstance(base, dict) or not isinstance(new, dict):
        return mapping(base if isinstance(base, dict) else new)
    out = {**new, **base}
    if "schema" in base and "schema" in new:
        out["schema"] = _schema(mapping(base["schema"]), mapping(new["schema"]), 0)
    return out


def _schema(base: Entries, new: Entries, depth: int) -> Entries:
    """Returns a schema that takes what either takes. A type that both have stays; an object wins, then a list, then text."""
    if base == new or "$ref" in base or "$ref" in new or depth > MAX_DEPTH:
        return base
    kinds = text(base.get("type")), text(new.get("type"))
    if kinds[0] != kinds[1]:
        return _of_both(base, new, kinds)
    out = {**new, **base}
    if base.get("format") != new.get("format"):
        out.pop("format", None)
    if isinstance(base.get("properties"), dict) or isinstance(new.get("properties"), dict):
        fields, others = mapping(base.get("properties")), mapping(new.get("properties"))
        out["properties"] = {
            name: _schema(mapping(fields[name]), mapping(others[name]), depth + 1)
            if name in fields and name in others
            else {**fields, **others}[name]
            for name in (*fields, *(name for name in others if name not in fields))
        }
        required = [name for name in items(base.get("required")) if name in items(new.get("required"))]
        out.pop("required", None)
        out |= {"required": required} if required else {}
    if kinds[0] == "array":
        out["items"] = _schema(mapping(base.get("items")), mapping(new.get("items")), depth + 1)
    return out


def _of_both(base: Entries, new: Entries, kinds: tuple[str, str]) -> Entries:
    for kind, one in (("object", base), ("object", new), ("array", base), ("array", new)):
        if one.get("type") == kind:
            return one
    if {*kinds} == {"integer", "number"}:
        out = base if base["type"] == "number" else new
        return {**new, **base, "type": "number", **({"format": out["format"]} if "format" in out else {})}
    return {key: value for key, value in {**new, **base, "type": "string"}.items() if key not in ("format", "enum")}
