"""Finds long enums that occur several times, to name them at the top level."""

from collections import Counter
from typing import Any

from connector_builder.language.decompile.choices.repeated import pascal
from connector_builder.language.decompile.choices.uses import Uses
from connector_builder.language.decompile.decisions import Entries
from connector_builder.language.decompile.entries import enum_entries
from connector_builder.language.decompile.fields import ROOM
from connector_builder.language.decompile.model import Unsayable
from connector_builder.language.decompile.words import type_entries
from connector_builder.source.yaml_writer import flow

SHORTEST = 60
"""The fewest characters of an enum that gets a name: the values of a shorter one are read where they are."""

LEAST_SAVED = 2
"""The fewest lines that a name saves, since a reader then has to look in two places."""


def common_enums(definition: Entries) -> dict[str, Any]:
    """Returns the enums of the top level by name."""
    uses = Uses(_enum)
    uses.add("", definition)
    forms: dict[str, Any] = {}
    times: Counter[str] = Counter()
    names: dict[str, Counter[str]] = {}
    for use in uses.written():
        text = repr(use.form)
        forms[text] = use.form
        times[text] += use.times
        names.setdefault(text, Counter())[use.name] += use.times
    found: dict[str, Any] = {}
    for text, form in forms.items():
        if (times[text] - 1) * (1 + len(flow(form)) // ROOM) >= LEAST_SAVED:
            found[_free(names[text].most_common(1)[0][0], found)] = form
    return found


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


def _free(name: str, taken: Entries) -> str:
    """Returns a unique name like those of schemas."""
    base = pascal(name) or "Values"
    free, number = base, 1
    while free in taken:
        number += 1
        free = f"{base}{number}"
    return free
