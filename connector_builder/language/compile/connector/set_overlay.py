"""Merges the author's `properties` over the derived ones, and those of a way to sign in by the name of its set."""

from itertools import islice
from typing import Any

from connector_builder.language.compile.connector.overlay import overlay
from connector_builder.language.compile.context import Context, Entries
from connector_builder.language.rules import AUTH_NOT_VALID
from connector_builder.platform.data.plain import items
from connector_builder.source.node import Node

SETS, VALUES = "connectionParameterSets", "values"
MAX_NAMED = 10
"""The most names of sets that a message lists."""


def by_name(values: Any) -> dict[str, Any] | None:
    """Returns the sets of `[{"name": "key", …}]` by name; None unless each has a name of its own."""
    named: dict[str, Any] = {}
    for one in items(values):
        name = one.get("name") if isinstance(one, dict) else None
        if not isinstance(name, str) or name in named:
            return None
        named[name] = one
    return named or None


def overlay_properties(ctx: Context, properties: dict[str, Any]) -> None:
    """Merges the spec's `properties` over the derived `properties` of apiProperties.

    A mapping over the list of sets, as in `values: {key: {…}}`, merges into the sets with these names; null removes a
    set. The platform has a list there, into which JSON Merge Patch can't reach.
    """
    node = ctx.root.entries.get("properties")
    over = _over_sets(node)
    sets = properties.get(SETS)
    named = by_name(sets[VALUES]) if sets is not None and over is not None else None
    if sets is None or over is None or named is None:
        overlay(ctx, properties, node)
        return
    _check_names(ctx, over.entries, named)
    sets[VALUES] = named
    overlay(ctx, properties, node)
    sets[VALUES] = listed = list(named.values())
    for index, name in enumerate(named):
        if name in over.entries:
            ctx.origins.note(listed, index, over.entries[name].key_place)


def _over_sets(node: Node | None) -> Node | None:
    """Returns the mapping at `connectionParameterSets.values`; None if there is none."""
    for key in (SETS, VALUES):
        node = node.entries.get(key) if node is not None else None
    return node if node is not None and node.is_mapping else None


def _check_names(ctx: Context, over: Entries, named: dict[str, Any]) -> None:
    for name in [name for name in over if name not in named]:
        known = ", ".join(f"'{one}'" for one in islice(named, MAX_NAMED))
        help_ = ctx.suggestions.of(name, named) or f"the sets are {known}"
        ctx.report(AUTH_NOT_VALID, over[name], f"no set of 'auth' is called '{name}'", help=help_, key=True)
        del over[name]
