"""Takes some operations of a Swagger document, with the definitions that they reach."""

from typing import Any

from connector_builder.findings import Pointer
from connector_builder.language.decompile.rules import NOT_IMPORTABLE
from connector_builder.platform.data.plain import items, mapping
from connector_builder.platform.swagger.operations import operations
from connector_builder.platform.swagger.references import name_in
from connector_builder.sources.choosing import Candidate, Wishes, choose
from connector_builder.sources.documents import Converted, Parsed

_SHARED = ("definitions", "parameters", "responses")


def candidates(definition: Any) -> list[Candidate]:
    """Returns the operations of a Swagger document that can be chosen: all of them, unless the user names some."""
    found = []
    for one in operations(definition):
        name = one.value.get("operationId")
        tags = tuple(tag for tag in items(one.value.get("tags")) if isinstance(tag, str))
        found.append(Candidate(one.verb, one.path, name if isinstance(name, str) else "", tags))
    return found


def chosen_only(parsed: Parsed, wishes: Wishes) -> Converted:
    """Returns a Swagger document with the operations that the user chose; the document itself if nothing was asked."""
    if not isinstance(parsed.data, dict):
        return Converted(parsed)
    parsed = _on_its_server(parsed, wishes.origin)
    if not (wishes.include or wishes.exclude) and wishes.only is None and not wishes.flows:
        return Converted(parsed)
    each = candidates(parsed.data)
    chosen = choose(each, wishes)
    if chosen.refused:
        at: Pointer = ("paths",) if "paths" in parsed.data else ()
        finding = NOT_IMPORTABLE.at(parsed.places([at])[at], chosen.refused, help=chosen.cure)
        return Converted(Parsed(parsed.path), findings=[finding])
    kept = {(each[index].path, each[index].verb) for index in chosen.indices}
    return Converted(parsed.built(_without_others(parsed.data, kept), {(): ()}))


def _on_its_server(parsed: Parsed, origin: str | None) -> Parsed:
    """Returns a document that has a host: that of its address, if it doesn't say another."""
    if origin is None or "host" in parsed.data:
        return parsed
    scheme, _, rest = origin.partition("://")
    served = {"host": rest.partition("/")[0], "schemes": [scheme]}
    return parsed.built({**served, **parsed.data}, {(): ()})


def _without_others(definition: dict[str, Any], kept: set[tuple[str, str]]) -> dict[str, Any]:
    others = {(one.path, one.verb) for one in operations(definition)} - kept
    paths = {}
    for path, item in mapping(definition.get("paths")).items():
        if isinstance(item, dict):
            item = {key: part for key, part in item.items() if (path, key) not in others}
        if not isinstance(item, dict) or any((path, key) in kept for key in item):
            paths[path] = item
    result = {**definition, "paths": paths}
    reached = _reached(result)
    for section in _SHARED:
        if isinstance(result.get(section), dict):
            result[section] = {name: part for name, part in result[section].items() if (section, name) in reached}
    return result


def _reached(definition: dict[str, Any]) -> set[tuple[str, str]]:
    """Returns the shared parts that the paths refer to, each with its section."""
    found: set[tuple[str, str]] = set()
    waiting: list[Any] = [definition["paths"]]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting += part
        elif isinstance(part, dict):
            waiting += part.values()
            for section in _SHARED:
                name = name_in(section, part.get("$ref"))
                if name is not None and (section, name) not in found:
                    found.add((section, name))
                    waiting.append(mapping(definition.get(section)).get(name))
    return found
