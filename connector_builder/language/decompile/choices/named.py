"""Leaves out what the top level names and nothing uses: it was counted where plain Swagger or a template says it."""

from collections.abc import Iterator
from typing import Any

from connector_builder.language.compile.schemas.dynamic import TABLES
from connector_builder.language.decompile.decisions import Entries

NAMED = {"enums": "enum", "dynamicTree": "dynamicTree"}
"""The tables of values by name, each with the key that uses them."""


def with_used_names(tree: Entries) -> Entries:
    """Returns a spec in which what has a name is used twice, and calls once. A value that is used once is in its place."""
    uses: dict[tuple[str, str], list[Entries]] = {}
    for part in _mappings({key: part for key, part in tree.items() if key not in (*NAMED, *TABLES)}):
        for table, key in NAMED.items():
            if isinstance(part.get(key), str):
                uses.setdefault((table, part[key]), []).append(part)
        for table in TABLES:
            call = part.get(table)
            name = call.get("operation") if isinstance(call, dict) else call
            if isinstance(name, str):
                uses.setdefault((table, name), []).append(part)
    kept: Entries = {}
    for table in (*NAMED, *TABLES):
        least = 2 if table in NAMED else 1
        said = tree.get(table, {})
        kept[table] = type(said)(
            {name: part for name, part in said.items() if len(uses.get((table, name), ())) >= least}
        )
        for name in said.keys() - kept[table].keys():
            for part in uses.get((table, name), ()):
                part[NAMED[table]] = said[name]
    return {key: kept.get(key, part) for key, part in tree.items() if kept.get(key, part) or key not in kept}


def _mappings(value: Any) -> Iterator[Entries]:
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _mappings(part)
