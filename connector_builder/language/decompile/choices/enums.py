"""Finds long enums and trees that occur several times, to name them at the top level."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from connector_builder.language.decompile.choices.repeated import pascal
from connector_builder.language.decompile.choices.uses import Uses
from connector_builder.language.decompile.decisions import Entries
from connector_builder.language.decompile.entries import enum_entries
from connector_builder.language.decompile.model import Unsayable
from connector_builder.language.decompile.schemas.dynamic import TREE
from connector_builder.language.decompile.schemas.fields import ROOM, measure
from connector_builder.language.decompile.words import type_entries
from connector_builder.numbering import Numbers
from connector_builder.source.yaml_writer import flow

SHORTEST = 60
"""The fewest characters of an enum that gets a name: the values of a shorter one are read where they are."""
LEAST_SAVED = 2
"""The fewest lines that a name saves, since a reader then has to look in two places."""


def common_enums(definition: Entries) -> Entries:
    """Returns the enums of the top level by name."""
    return _named(definition, _enum, lambda form: 1 + len(flow(form)) // ROOM)


def common_trees(definition: Entries) -> Entries:
    """Returns the trees of the top level by name."""
    return _named(definition, _tree, lambda form: measure(form)[0])


def _named(definition: Entries, forms: Callable[[Entries], Entries], lines: Callable[[Any], int]) -> Entries:
    uses = Uses(forms)
    uses.add("", definition)
    found: dict[str, Any] = {}
    times: Counter[str] = Counter()
    names: dict[str, Counter[str]] = {}
    for use in uses.written():
        text = repr(use.form)
        found[text] = use.form
        times[text] += use.times
        names.setdefault(text, Counter())[use.name] += use.times
    named: Entries = {}
    numbers = Numbers()
    for text, form in found.items():
        if (times[text] - 1) * lines(form) >= LEAST_SAVED:
            name = pascal(names[text].most_common(1)[0][0]) or "Values"  # like those of schemas
            named[numbers.free(name, named)] = form
    return named


def _enum(part: Entries) -> Entries:
    """Returns the enum of a field or parameter, if it is long."""
    if not isinstance(part.get("enum"), list):
        return {}
    try:
        entries = enum_entries(part, type_entries(part).get("type", "string"))
    except Unsayable:
        return {}
    form = entries.get("enum")
    return {"enum": form} if form and len(flow(form)) >= SHORTEST else {}


def _tree(part: Entries) -> Entries:
    """Returns the tree of a field or parameter."""
    return {TREE: part[TREE]} if isinstance(part.get(TREE), dict) else {}
