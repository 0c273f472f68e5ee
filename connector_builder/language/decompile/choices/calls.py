"""Finds what the lists and schemas that one operation returns have in common, to write it once at the top level."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from connector_builder.language.compile.context import Defaults
from connector_builder.language.decompile.decisions import Entries
from connector_builder.language.decompile.dynamic import EXTENSIONS, TWINS, dynamic_forms, over_call
from connector_builder.language.decompile.fields import LINE, measure
from connector_builder.language.decompile.trial import ordered
from connector_builder.platform.plain import mapping

_OBJECTS = {"dynamicValues": "listOperation", "dynamicSchema": "schemaOperation"}
_AS_DERIVED = frozenset(key for *_, switches in TWINS.values() for key in switches)
"""Keys that no use can take back with null: they have a default."""

Call = tuple[str, Any]
"""A key of `TWINS`, which is the table of the top level, and an operation."""
_Name = tuple[str, bool]
"""The name of a field or a parameter, and whether it is a parameter."""


def common_calls(definition: Entries, defaults: Defaults) -> dict[Call, Entries]:
    """Returns what the top level's `dynamicValues` and `dynamicSchema` contain, by table and operation."""
    uses = _Uses(defaults)
    uses.add("", definition)
    found = ((call, _common(call[0], forms)) for call, forms in uses.forms().items())
    return {call: common for call, common in found if common}


@dataclass(slots=True)
class _Uses:
    """The uses of operations: `found` by the name of the part, table and form, `total` the parts of each name."""

    defaults: Defaults
    found: Counter[tuple[_Name, str, str]] = field(default_factory=Counter)
    total: Counter[_Name] = field(default_factory=Counter)
    by_text: dict[str, Entries] = field(default_factory=dict)

    def add(self, name: str, part: Any) -> None:
        """Adds all uses in a part of a definition that has a name."""
        if isinstance(part, list):
            for one in part:
                self.add(name, one)
        if not isinstance(part, dict):
            return
        self.total.update((key, False) for key in mapping(part.get("properties")))
        named = (str(part["name"]), True) if "in" in part and "name" in part else (name, False)
        self.total[named] += named[1]
        if not EXTENSIONS.isdisjoint(part):
            for key, form in dynamic_forms(part, self.defaults).items():
                if key in TWINS and isinstance(form.get("operation"), str):
                    self.found[named, key, repr(form)] += 1
                    self.by_text[repr(form)] = form
        for key, value in part.items():
            self.add(key if isinstance(value, dict) else name, value)

    def forms(self) -> dict[Call, list[Entries]]:
        """Returns the forms of each call, those once that the description of all parts of a name contains anyway."""
        calls: dict[Call, list[Entries]] = {}
        for (name, key, text), times in self.found.items():
            total = self.total[name]
            once = times * 2 > total if name[1] else times > 2 and times * 3 >= total * 2
            form = self.by_text[text]
            calls.setdefault((key, form["operation"]), []).extend([form] * (1 if once else times))
        return calls


def _common(table: str, forms: list[Entries]) -> Entries | None:
    """Returns the keys that most forms have; None if it isn't shorter to write them once."""
    common: Entries = {}
    for key in dict.fromkeys(key for form in forms for key in form if key != "operation"):
        values = {repr(form[key]): form[key] for form in forms if key in form}
        text, times = Counter(repr(form[key]) for form in forms if key in form).most_common(1)[0]
        if times == len(forms) or (times * 2 > len(forms) and key not in _AS_DERIVED):
            common[key] = values[text]
    saved = sum(_cost(form) - _cost(over_call(common, form)) for form in forms)
    return ordered(common, _OBJECTS[table]) if common and saved > LINE + _cost(common) else None


def _cost(form: Any) -> int:
    lines, characters = measure(form)
    return LINE * lines + characters
