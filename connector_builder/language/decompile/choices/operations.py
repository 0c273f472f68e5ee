"""Chooses what an import says once of all operations: `defaults.operation`, and how their summaries are derived."""

from collections import Counter

from connector_builder.language.decompile.decisions import Entries
from connector_builder.language.decompile.words import fits
from connector_builder.language.derived import HIDDEN, Conventions, LabelCase, operation_summary
from connector_builder.language.tables.operations import OF_EVERY
from connector_builder.language.tables.statuses import PHRASES
from connector_builder.language.tables.top import OBJECTS

CASES: tuple[LabelCase, ...] = ("title", "sentence", "name")
LEAST_SAVED = 1
"""More lines than this must be saved, since the default takes a line itself."""
_DEFAULTS = OBJECTS["operationDefault"].keys


def has_media_types(definition: Entries) -> bool:
    """Checks whether a connector has MIME types for all operations."""
    return bool(definition.get("consumes") or definition.get("produces"))


def of_consumes(operations: list[Entries]) -> Entries:
    """Returns the `consumes` of most requests with a body, or, if that takes fewer lines, of most operations."""
    lists = {repr(one["consumes"]): one["consumes"] for one in operations if isinstance(one.get("consumes"), list)}
    said = [(repr(one.get("consumes")), _has_body(one)) for one in operations]
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


def _has_body(operation: Entries) -> bool:
    """Checks whether an operation has a body that isn't shared."""
    listed = operation.get("parameters")
    return any(
        isinstance(one, dict) and one.get("in") == "body" for one in (listed if isinstance(listed, list) else ())
    )


def of_operations(operations: list[Entries]) -> Entries:
    """Returns `defaults.operation` without `consumes`: what most operations have, if that takes fewer lines."""
    chosen: Entries = {}
    for key in ("produces", "tags"):
        counts = Counter(repr(one.get(key)) for one in operations)
        lists = {repr(one[key]): one[key] for one in operations if isinstance(one.get(key), list)}
        text, times = counts.most_common(1)[0] if counts else ("None", 0)
        if text in lists and times > 1 and times * 2 > len(operations):
            chosen[key] = lists[text]
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


def _common_statuses(operations: list[Entries]) -> list[str]:
    """Returns the statuses, besides success, that nearly every operation has."""
    counts = Counter(
        status
        for one in operations
        for status in (one["responses"] if isinstance(one.get("responses"), dict) else ())
        if status in PHRASES and not status.startswith("2")
    )
    return [status for status, times in sorted(counts.items()) if times > 2 and times * 4 > len(operations) * 3]
