"""Leaves out what the top level names and nothing uses: it was counted where plain Swagger or a template says it."""

from collections.abc import Iterator
from typing import Any

from connector_builder.language.compile.dynamic import TABLES
from connector_builder.language.decompile.decisions import Entries

ENUMS = "enums"


def with_used_names(tree: Entries) -> Entries:
    """Returns a spec without enums that are used less than twice, which are written in place, and without unused calls."""
    enums = tree.get(ENUMS, {})
    uses: dict[str, list[Entries]] = {name: [] for name in enums}
    called: set[tuple[str, str]] = set()
    for part in _mappings({key: part for key, part in tree.items() if key not in (ENUMS, *TABLES)}):
        name = part.get("enum")
        if isinstance(name, str) and name in uses:
            uses[name].append(part)
        for table in TABLES:
            call = part.get(table)
            operation = call.get("operation") if isinstance(call, dict) else call
            if isinstance(operation, str):
                called.add((table, operation))
    for name, places in uses.items():
        if len(places) == 1:
            places[0]["enum"] = enums[name]
    kept = {ENUMS: type(enums)({name: form for name, form in enums.items() if len(uses[name]) > 1})}
    for table in TABLES:
        calls = tree.get(table, {})
        kept[table] = type(calls)({name: keys for name, keys in calls.items() if (table, name) in called})
    return {key: kept.get(key, part) for key, part in tree.items() if kept.get(key, part) or key not in kept}


def _mappings(value: Any) -> Iterator[Entries]:
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _mappings(part)
