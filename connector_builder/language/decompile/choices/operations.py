"""Chooses what an import says once of all operations: `defaults.operation`, and how their summaries are derived."""

from collections import Counter
from itertools import permutations
from typing import Any

from connector_builder.language.decompile.decisions import Entries
from connector_builder.language.decompile.words import fits
from connector_builder.language.derived import (
    HIDDEN,
    PLACES,
    Conventions,
    LabelCase,
    operation_media_types,
    operation_summary,
)
from connector_builder.language.tables.operations import OF_EVERY
from connector_builder.language.tables.statuses import PHRASES
from connector_builder.language.tables.top import OBJECTS
from connector_builder.platform.data.plain import items, mapping
from connector_builder.platform.swagger.media_types import JSON
from connector_builder.platform.swagger.references import name_in

CASES: tuple[LabelCase, ...] = ("title", "sentence", "name")
LEAST_SAVED = 1
"""More lines than this must be saved, since the default takes a line itself."""
_DEFAULTS = OBJECTS["operationDefault"].keys


def media_types_of(definition: Entries, operations: list[Entries] | None = None) -> str:
    """Returns `defaults.mediaTypes`: where a connector says that it speaks JSON.

    `operations` are the operations, if each may have MIME types of its own.
    """
    there = [key for key in ("consumes", "produces") if definition.get(key)]
    if there:
        return there[0] if len(there) == 1 and definition[there[0]] == [JSON] else "json"
    if operations is None:
        return "none"
    by_default, derived = _consumes_lines(operations)
    produces = _produces_lines(operations)
    own = sum(one.get("produces") != operation_media_types(_OWN, one).get("produces") for one in operations)
    lines = {"none": by_default + produces, "bodies": derived + produces, "operations": derived + own}
    return min(lines, key=lines.__getitem__)


_OWN = Conventions(media_types="operations")


def _consumes_lines(operations: list[Entries]) -> tuple[int, int]:
    """Counts the lines for `consumes` with the best default, and if operations with a body have theirs by themselves.

    A form has a type of its own.
    """
    chosen = of_consumes(operations)
    body, every = chosen.get("body"), chosen.get("operation", {}).get("consumes")
    by_default = derived = 0
    for one in operations:
        if not _has(one, "formData"):
            has_body = body is not None and _has(one, "body")
            by_default += one.get("consumes") != (body if has_body else every)
            derived += one.get("consumes") != operation_media_types(_OWN, one).get("consumes")
    return by_default + (body is not None) + (every is not None), derived


def _produces_lines(operations: list[Entries]) -> int:
    """Counts the lines for `produces` with the best default."""
    usual = _most(operations, "produces")
    return int(usual is not None) + sum(bool(one.get("produces") != usual) for one in operations)


def _most(operations: list[Entries], key: str) -> Any:
    """Returns the list that more than half of the operations have; None if there is none."""
    counts = Counter(repr(one.get(key)) for one in operations)
    lists = {repr(one[key]): one[key] for one in operations if isinstance(one.get(key), list)}
    text, times = counts.most_common(1)[0] if counts else ("None", 0)
    return lists[text] if text in lists and times > 1 and times * 2 > len(operations) else None


def of_consumes(operations: list[Entries]) -> Entries:
    """Returns the `consumes` of most requests with a body, or, if that takes fewer lines, of most operations."""
    lists = {repr(one["consumes"]): one["consumes"] for one in operations if isinstance(one.get("consumes"), list)}
    said = [(repr(one.get("consumes")), _has(one, "body")) for one in operations]
    counts = Counter(text for text, _ in said if text in lists)
    if not counts or counts.most_common(1)[0][1] < 2:
        return {}
    text = counts.most_common(1)[0][0]
    everywhere = sum(one != text for one, _ in said)
    with_body = sum(one != (text if body else "None") for one, body in said)
    nowhere = sum(one != "None" for one, _ in said)
    if min(everywhere, with_body) >= nowhere:
        return {}
    return {"body": lists[text]} if with_body <= everywhere else {"operation": {"consumes": lists[text]}}


def _has(operation: Entries, place: str) -> bool:
    """Checks whether an operation has a parameter in a place that isn't shared."""
    listed = operation.get("parameters")
    return any(isinstance(one, dict) and one.get("in") == place for one in (listed if isinstance(listed, list) else ()))


def of_operations(operations: list[Entries], media: str) -> Entries:
    """Returns `defaults.operation` without `consumes`: what most operations have, if that takes fewer lines.

    `media` is `defaults.mediaTypes`.
    """
    chosen: Entries = {}
    for key in ("produces", "tags") if media != "operations" else ("tags",):
        listed = _most(operations, key)
        if listed is not None:
            chosen[key] = listed
    empty = sum(one.get("parameters") == [] for one in operations)
    if empty > 1 + sum("parameters" not in one for one in operations):
        chosen["parameters"] = []
    for key, swagger in OF_EVERY.items():
        said = [repr(one.get(swagger)) if swagger in one else "" for one in operations]
        values = {text: one[swagger] for text, one in zip(said, operations, strict=True) if text}
        text = max(values, key=said.count, default="")
        hidden = swagger != "security" and values.get(text) in (HIDDEN, True)  # a new operation would be hidden too
        if (
            text
            and not hidden
            and fits(_DEFAULTS[key].form, values[text])
            and said.count(text) - said.count("") > LEAST_SAVED
        ):
            chosen[key] = values[text]
    common = _common_statuses(operations)
    if common:
        chosen["responses"] = [int(status) if status.isdigit() else status for status in common]
    return chosen


def summary_case(operations: list[Entries]) -> LabelCase:
    """Returns the case in which most summaries follow from the ids of operations."""
    named = [(one["operationId"], one.get("summary")) for one in operations if isinstance(one.get("operationId"), str)]
    right = {
        case: sum(operation_summary(Conventions(summary_case=case), name) == text for name, text in named)
        for case in CASES
    }
    case = max(CASES, key=right.__getitem__)
    return case if right[case] > right["sentence"] + LEAST_SAVED else "sentence"


def description_of(operations: list[Entries]) -> str:
    """Returns `defaults.operationDescription`: whether the description of most operations is their summary."""
    same = sum(isinstance(one.get("summary"), str) and one.get("description") == one["summary"] for one in operations)
    absent = sum("description" not in one and isinstance(one.get("summary"), str) for one in operations)
    return "summary" if same - absent > LEAST_SAVED else "none"


def parameter_order(definition: Entries, operations: list[Entries]) -> list[str]:
    """Returns `defaults.parameterOrder`: the order of places in most operations; empty if it is the usual one."""
    shared = mapping(definition.get("parameters"))
    found: Counter[tuple[str, ...]] = Counter()
    for one in operations:
        listed = (_resolved(part, shared) for part in items(one.get("parameters")))
        places = [str(part.get("in")) for part in listed if isinstance(part, dict)]
        found[tuple(place for index, place in enumerate(places) if place not in places[index - 1 : index])] += 1
    orders = {
        order: sum(times for places, times in found.items() if _follows(places, order))
        for order in permutations(PLACES.values())
    }
    usual = tuple(PLACES.values())
    best = max(orders, key=orders.__getitem__)
    if orders[best] <= orders[usual] + LEAST_SAVED:
        return []
    words = {place: word for word, place in PLACES.items()}
    there = {place for places in found for place in places}
    return [words[place] for place in best if place in there]


def _resolved(part: Any, shared: Entries) -> Any:
    name = name_in("parameters", part["$ref"]) if isinstance(part, dict) and "$ref" in part else None
    return part if name is None else shared.get(name)


def _follows(places: tuple[str, ...], order: tuple[str, ...]) -> bool:
    """Checks whether places come in an order, each once."""
    ranks = [order.index(place) for place in places if place in order]
    return ranks == sorted(set(ranks))


def _common_statuses(operations: list[Entries]) -> list[str]:
    """Returns the statuses, besides success, that nearly every operation has."""
    counts = Counter(
        status
        for one in operations
        for status in (one["responses"] if isinstance(one.get("responses"), dict) else ())
        if status in PHRASES and not status.startswith("2")
    )
    return [status for status, times in sorted(counts.items()) if times > 2 and times * 4 > len(operations) * 3]
