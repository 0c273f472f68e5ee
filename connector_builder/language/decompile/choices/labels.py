"""Chooses how labels are derived: which keys contain them, and in which case they are written."""

from collections import Counter
from typing import Any

from connector_builder.language.decompile.choices.operations import CASES
from connector_builder.language.decompile.decisions import Entries
from connector_builder.language.derived import CONTAINERS, LABEL_KEYS, is_hidden, label

_SUPPRESSED = len("summary: null, ")


def choose_labels(fields: list[tuple[str, Entries]], parameters: list[Entries]) -> tuple[str, str, str, bool]:
    """Returns the choice of labels that costs the least.

    It consists of the labels that fields have, their case, the labels of parameters, and whether containers have labels
    too.
    """
    counts: Counter[Labelled] = Counter(
        (name, one.get("x-ms-summary"), one.get("title"), one.get("type") in CONTAINERS)
        for name, one in fields
        if not is_hidden(one) and is_text(one.get("x-ms-summary")) and is_text(one.get("title"))
    )
    of_parameters: Counter[tuple[str, Any]] = Counter(
        (one["name"], one.get("x-ms-summary"))
        for one in parameters
        if one.get("in") != "body" and not is_hidden(one) and is_text(one.get("x-ms-summary"))
    )
    best: tuple[int, tuple[str, str, str, bool]] | None = None
    for case in CASES:
        names = {key[0] for key in counts} | {key[0] for key in of_parameters}
        derived = {name: label(name, case) for name in names}
        modes = {
            (mode, containers): _field_cost(counts, derived, mode, containers=containers)
            for mode in LABEL_KEYS
            for containers in (True, False)
        }
        parameter_modes = {
            "summary": _parameter_cost(of_parameters, derived),
            "none": _parameter_cost(of_parameters, {}),
        }
        mode, containers = min(modes, key=modes.__getitem__)
        parameter_mode = min(parameter_modes, key=parameter_modes.__getitem__)
        cost = modes[mode, containers] + parameter_modes[parameter_mode]
        if best is None or cost < best[0]:
            best = cost, (mode, case, parameter_mode, containers)
    assert best is not None
    return best[1]


Labelled = tuple[str, Any, Any, bool]
"""A field's name and labels, and whether it is an object or an array."""


def is_text(value: Any) -> bool:
    return value is None or isinstance(value, str)


def _field_cost(counts: Counter[Labelled], derived: dict[str, str | None], mode: str, *, containers: bool) -> int:
    cost, keys = 0, LABEL_KEYS[mode]
    for (name, summary, title, container), times in counts.items():
        text = derived[name] if containers or not container else None
        expected = (text if "x-ms-summary" in keys else None, text if "title" in keys else None)
        if (summary, title) != expected:
            cost += times * _said(summary, title)
    return cost


def _said(*labels: str | None) -> int:
    """Returns the characters of the labels that must be written; to write that there is none takes some too."""
    given = [text for text in labels if text is not None]
    return sum(len("summary: , ") + len(text) for text in given) if given else _SUPPRESSED


def _parameter_cost(counts: Counter[tuple[str, Any]], derived: dict[str, str | None]) -> int:
    return sum(times * _said(text) for (name, text), times in counts.items() if text != derived.get(name))
