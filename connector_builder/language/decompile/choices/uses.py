"""Counts what fields and parameters say, as often as a spec would write it."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from connector_builder.language.decompile.decisions import Entries
from connector_builder.platform.data.plain import mapping


class Use(NamedTuple):
    """A form in the parts of one name, under a key, and how often it is written there."""

    name: str
    key: str
    form: Any
    times: int


@dataclass(slots=True)
class Uses:
    """The forms of all fields and parameters of a definition; `forms` returns those of one part by key."""

    forms: Callable[[Entries], Entries]
    found: Counter[tuple[str, bool, str, str]] = field(default_factory=Counter)
    total: Counter[tuple[str, bool]] = field(default_factory=Counter)
    by_text: dict[str, Any] = field(default_factory=dict)

    def add(self, name: str, part: Any) -> None:
        """Adds a part of a definition with a name, and all parts in it."""
        if isinstance(part, list):
            for one in part:
                self.add(name, one)
        if not isinstance(part, dict):
            return
        self.total.update((key, False) for key in mapping(part.get("properties")))
        is_parameter = "in" in part and "name" in part
        own = str(part["name"]) if is_parameter else name
        self.total[own, True] += is_parameter
        for key, form in self.forms(part).items():
            self.found[own, is_parameter, key, repr(form)] += 1
            self.by_text[repr(form)] = form
        for key, value in part.items():
            self.add(key if isinstance(value, dict) else name, value)

    def written(self) -> Iterator[Use]:
        """Yields the uses. One that the top level's description of all parts of a name contains is written once."""
        for (name, is_parameter, key, text), times in self.found.items():
            total = self.total[name, is_parameter]
            once = times * 2 > total if is_parameter else times > 2 and times * 3 >= total * 2
            yield Use(name, key, self.by_text[text], 1 if once else times)
