"""Finds the keys that parameters and fields of one name have in common, to write them once where that is shorter."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from connector_builder.language.decompile.decisions import Entries, Seen, Style
from connector_builder.language.decompile.entries import ordered
from connector_builder.language.decompile.operations.derived_overrides import over, removable
from connector_builder.language.decompile.operations.parameter_entries import cost
from connector_builder.language.decompile.schemas.fields import FIELD_TEXTS, LINE, measure
from connector_builder.language.derived import field_description, field_labels
from connector_builder.language.tables.sugar import VISIBILITY

LEAST_USES = 3
_REMOVED = len("{description: null}")


def common(uses: list[Entries], style: Style, price: Callable[[Entries], int] = cost) -> Entries | None:
    """Returns the template for uses of one name that makes the whole shortest; None if none makes it shorter."""
    if len(uses) < 2:
        return None
    best: Entries | None = None
    least = sum(map(price, uses))
    for template in _candidates(uses):
        total = price(template) + sum(price(over(use, template, style)) for use in uses)
        if total < least:
            best, least = template, total
    return best


def common_fields(style: Style, seen: list[Seen]) -> dict[str, Entries]:
    """Returns the top level's `fields`: the keys that most fields of a name have, if writing them once is shorter."""
    by_name: dict[str, list[Seen]] = {}
    for one in seen:
        by_name.setdefault(one.name, []).append(one)
    templates: dict[str, Entries] = {}
    for name, fields in by_name.items():
        schemas = [one.schema for one in fields]
        template = {
            key: text
            for key, extension in FIELD_TEXTS.items()
            if (text := _common_text(style, name, key, extension, schemas)) is not None
        }
        keys = [one.keys for one in fields if one.keys is not None]
        if len(keys) == len(fields) and not style.samples:  # a sample says nothing of these keys
            template |= _common_keys(keys)
        if template.keys() - {"visibility"}:
            templates[name] = ordered(template)
    return templates


def _common_keys(uses: list[Entries]) -> Entries:
    """Returns the keys besides texts that two thirds of the fields of a name have, if that is shorter."""
    found: Entries = {}
    said: dict[str, list[Any]] = {}
    for use in uses:
        for key, value in use.items():
            said.setdefault(key, []).append(value)
    for key, listed in said.items():
        values = {repr(value): value for value in listed}
        counts = Counter(map(repr, listed))
        text, times = counts.most_common(1)[0]
        absent = len(uses) - counts.total()
        if times < LEAST_USES or times * 3 < len(uses) * 2 or (absent and not removable(key)):
            continue
        lines, characters = measure(values[text])
        price = LINE * (lines - 1) + characters + len(key)
        if (times - 1) * price - absent * _REMOVED - LINE > 0:
            found[key] = values[text]
    return found


_ABSENT = object()


def _common_text(style: Style, name: str, key: str, extension: str, schemas: list[Entries]) -> str | None:
    """Returns the text that most fields of a name have under a key; None if it isn't worth a line at the top."""
    values = [schema.get(extension, _ABSENT) for schema in schemas]
    texts = [value for value in values if isinstance(value, str)]
    if len(texts) < LEAST_USES or any(value is not _ABSENT and not isinstance(value, str) for value in values):
        return None
    text, times = Counter(texts).most_common(1)[0]
    if key in ("summary", "title"):
        derived = field_labels(style.defaults, name, None, hidden=False)
        # If the label is derived, or some fields have none at all, it stays with the field.
        if derived.get(extension) == text or _ABSENT in values:
            return None
    elif (key == "visibility" and (text not in VISIBILITY.words or not text)) or (
        key == "description"
        and any(
            schema.get("description") == text == field_description(style.defaults, name, schema) for schema in schemas
        )
    ):
        return None
    saved = times * (len(text) + len(key) // 2) - _REMOVED * values.count(_ABSENT) - len(name) - len(text) - LINE
    # A text at the top level must be valid throughout: two thirds of the fields with such a text must have this one.
    return text if times >= LEAST_USES and times * 3 >= len(texts) * 2 and saved > 0 else None


def _candidates(uses: list[Entries]) -> Iterable[Entries]:
    """Yields the keys of most uses, and each use that equals at least half of them: others aren't valid throughout."""
    values: dict[str, Counter[str]] = {}
    by_text: dict[str, Any] = {}
    whole: Counter[str] = Counter()
    for use in uses:
        text = repr(use)
        whole[text] += 1
        by_text[text] = use
        for key, value in use.items():
            text = repr(value)
            by_text[text] = value
            values.setdefault(key, Counter())[text] += 1
    majority: Entries = {}
    for key, counts in values.items():
        text, count = counts.most_common(1)[0]
        if count * 2 > len(uses):
            majority[key] = by_text[text]
    if majority:
        yield ordered(majority)
    for text, count in whole.most_common(2):
        if count > 1 and count * 2 >= len(uses) and by_text[text]:
            yield by_text[text]
