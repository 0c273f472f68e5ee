"""Finds what the lists and schemas that one operation returns have in common, to write it once at the top level."""

from collections import Counter
from typing import Any

from connector_builder.language.compile.context import Defaults
from connector_builder.language.decompile.choices.uses import Uses
from connector_builder.language.decompile.decisions import Entries
from connector_builder.language.decompile.entries import in_order_of
from connector_builder.language.decompile.schemas.dynamic import EXTENSIONS, TWINS, dynamic_forms, over_call
from connector_builder.language.decompile.schemas.fields import LINE, measure

_OBJECTS = {"dynamicValues": "listOperation", "dynamicSchema": "schemaOperation"}
_AS_DERIVED = frozenset(key for *_, switches in TWINS.values() for key in switches)
"""Keys that no use can take back with null: they have a default."""

Call = tuple[str, Any]
"""A key of `TWINS`, which is the table of the top level, and an operation."""


def common_calls(definition: Entries, defaults: Defaults) -> dict[Call, Entries]:
    """Returns what the top level's `dynamicValues` and `dynamicSchema` contain, by table and operation."""

    def forms(part: Entries) -> Entries:
        found = {} if EXTENSIONS.isdisjoint(part) else dynamic_forms(part, defaults)
        return {key: form for key, form in found.items() if key in TWINS and isinstance(form.get("operation"), str)}

    uses = Uses(forms)
    uses.add("", definition)
    calls: dict[Call, list[Entries]] = {}
    for use in uses.written():
        calls.setdefault((use.key, use.form["operation"]), []).extend([use.form] * use.times)
    found = ((call, _common(call[0], listed)) for call, listed in calls.items())
    return {call: common for call, common in found if common}


def _common(table: str, forms: list[Entries]) -> Entries | None:
    """Returns the keys that most forms have; None if it isn't shorter to write them once."""
    common: Entries = {}
    said: dict[str, list[Any]] = {}
    for form in forms:
        for key, value in form.items():
            said.setdefault(key, []).append(value)
    said.pop("operation", None)
    for key, listed in said.items():
        values = {repr(value): value for value in listed}
        text, times = Counter(map(repr, listed)).most_common(1)[0]
        if times == len(forms) or (times * 2 > len(forms) and key not in _AS_DERIVED):
            common[key] = values[text]
    saved = sum(_cost(form) - _cost(over_call(common, form)) for form in forms)
    return in_order_of(_OBJECTS[table], common) if common and saved > LINE + _cost(common) else None


def _cost(form: Any) -> int:
    lines, characters = measure(form)
    return LINE * lines + characters
