"""What changed about one input."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from connector_builder.findings.wording import found as described
from connector_builder.findings.wording import quoted
from connector_builder.platform.data.differences import same
from connector_builder.platform.data.plain import items, mapping, text
from connector_builder.platform.view.fields import Field
from connector_builder.rules.changes.collecting import OfOperation
from connector_builder.rules.changes.kinds import dynamic as dynamic_kinds
from connector_builder.rules.changes.kinds import inputs as kinds
from connector_builder.rules.changes.kinds import operations as operation_kinds
from connector_builder.rules.changes.types import app_type, formatted, is_file, typed

URL = "x-ms-notification-url"
_VALUES = ("x-ms-dynamic-values", "x-ms-dynamic-list", "x-ms-dynamic-tree")
_SCHEMAS = ("x-ms-dynamic-schema", "x-ms-dynamic-properties")
_LIMITS = {"minimum": 1, "minLength": 1, "minItems": 1, "multipleOf": 1, "maximum": -1, "maxLength": -1, "maxItems": -1}
"""The keywords that limit a value, and the direction that allows less."""


def value_path(field: Field) -> str:
    """Returns the place of an input below its operation in the form of Microsoft's check."""
    if field.place != "body":
        return f"parameter/{field.name}"
    steps = "".join(f"/{'items' if step == '[*]' else f'properties/{step}'}" for step in field.path)
    return f"parameter/body/schema{steps}"


def compare_input(old: Field, new: Field, one: OfOperation) -> None:
    """Compares two versions of one input."""
    at: dict[str, Any] = {"old": old.pointer, "new": new.pointer}
    _required(old, new, one, at)
    if URL in new.part:
        return
    if old.type != new.type:
        _type(old, new, one, at)
    elif old.format != new.format:
        letters = "RRSB" if app_type(old) != app_type(new) and not is_file(old, new) else "RRSR"
        one.add(
            kinds.INPUT_FORMAT_CHANGED,
            f"has {formatted(new)} instead of {formatted(old)} now",
            **at,
            letters=letters,
            at=f"{value_path(new)}/format",
        )
    _choices(old, new, one, at)
    before, after = old.part.get("default"), new.part.get("default")
    if not same(before, after) and not old.group and not (old.type != new.type and str(before) == str(after)):
        one.add(kinds.INPUT_DEFAULT_CHANGED, f"has {_default(new)} now", **at)
    _visibility(old, new, one, at)
    for key in () if old.hidden or new.hidden else ("title", "x-ms-summary", "description"):
        if text(old.part.get(key)) != text(new.part.get(key)):
            said = "has another label now" if key != "description" else "has another description now"
            one.add(operation_kinds.TEXT_CHANGED, said, **at)
    for said in _tightened(old.part, new.part):
        one.add(kinds.INPUT_LIMIT_TIGHTENED, said, **at)
    _extensions(old, new, one, at)


def _required(old: Field, new: Field, one: OfOperation, at: dict[str, Any]) -> None:
    if old.required == new.required or URL in new.part:
        return
    if not new.required:
        if not (new.group and old.group):
            one.add(kinds.INPUT_OPTIONAL, "is optional now", **at)
    elif new.hidden and new.part.get("default") is not None:
        one.add(kinds.HIDDEN_INPUT_ADDED, "is required now, and internal with a default", **at)
    elif not (new.group and old.group):
        one.add(kinds.INPUT_REQUIRED, "is required now", **at, at=f"{value_path(new)}/required")


def _type(old: Field, new: Field, one: OfOperation, at: dict[str, Any]) -> None:
    said = f"is {typed(new)} instead of {typed(old)} now"
    path = f"{value_path(new)}/type"
    if "array" in (old.type, new.type):
        one.add(kinds.INPUT_ARRAY_CHANGED, said, **at, at=path)
        return
    letters = {("integer", "number"): "SSSR", ("number", "string"): "RRRB", ("integer", "string"): "RRRB"}.get(
        (old.type, new.type), ""
    )
    if {old.type, new.type} & {"object"} and "any" not in (old.type, new.type):
        letters = "BBBB"
    one.add(kinds.INPUT_TYPE_CHANGED, said, **at, letters=letters, at=path)


def _default(field: Field) -> str:
    default = field.part.get("default")
    return (
        "no default"
        if default is None
        else f"the default {described(default).removeprefix('the text ').removeprefix('the number ')}"
    )


def _choices(old: Field, new: Field, one: OfOperation, at: dict[str, Any]) -> None:
    before, after = old.part.get("enum"), new.part.get("enum")
    if not isinstance(before, list) and not isinstance(after, list):
        return
    if not isinstance(before, list):
        one.add(kinds.INPUT_BECAME_CHOICE, "takes only certain values now", **at)
        return
    removed = [value for value in before if not any(same(value, other) for other in items(after))]
    if isinstance(after, list) and removed:
        said = f"has no {'value' if len(removed) == 1 else 'values'} {_values(removed)} any more"
        one.add(kinds.CHOICE_REMOVED, said, **at, at=f"{value_path(new)}/enum")
    added = [value for value in items(after) if not any(same(value, other) for other in before)]
    if not isinstance(after, list):
        one.add(kinds.CHOICE_ADDED, "takes any value now", **at)
    elif added:
        one.add(kinds.CHOICE_ADDED, f"has the new {'value' if len(added) == 1 else 'values'} {_values(added)}", **at)
    elif not removed and not same(old.part.get("x-ms-enum-values"), new.part.get("x-ms-enum-values")):
        one.add(kinds.CHOICE_ADDED, "has other names for its values now", **at)


def _values(values: Sequence[Any]) -> str:
    shown = ", ".join(quoted(value) if isinstance(value, str) else described(value) for value in values[:5])
    return shown + (", …" if len(values) > 5 else "")


def _visibility(old: Field, new: Field, one: OfOperation, at: dict[str, Any]) -> None:
    if old.hidden or new.hidden:
        if new.hidden and not old.hidden:
            one.add(kinds.INPUT_HIDDEN, "is internal now", **at, at=f"{value_path(new)}/x-ms-visibility")
        elif old.hidden and not new.hidden:
            one.add(operation_kinds.VISIBILITY_CHANGED, "is visible now", **at)
        return
    before, after = (text(mapping(one.part).get("x-ms-visibility")).lower().replace("none", "") for one in (old, new))
    if before != after:
        one.add(operation_kinds.VISIBILITY_CHANGED, f"has the visibility '{after or 'none'}' now", **at)


def _tightened(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    for key, direction in _LIMITS.items():
        before, after = old.get(key), new.get(key)
        if isinstance(after, int | float) and (not isinstance(before, int | float) or (after - before) * direction > 0):
            yield f"has '{key}' {described(after).removeprefix('the number ')} now"
    if isinstance(new.get("pattern"), str) and old.get("pattern") != new.get("pattern"):
        yield "must fit another pattern now"


def _extensions(old: Field, new: Field, one: OfOperation, at: dict[str, Any]) -> None:
    if any(not same(old.part.get(key), new.part.get(key)) for key in _VALUES):
        one.add(dynamic_kinds.DYNAMIC_VALUES_CHANGED, "gets its list of values in another way now", **at)
    if any(not same(old.part.get(key), new.part.get(key)) for key in _SCHEMAS):
        one.add(dynamic_kinds.DYNAMIC_SCHEMA_CHANGED, "gets its fields in another way now", **at)
    key = "x-ms-url-encoding"
    before, after = old.part.get(key, "single"), new.part.get(key, "single")
    if old.place == "path" and before != after:
        one.add(kinds.URL_ENCODING_CHANGED, f"is encoded {'twice' if after == 'double' else 'once'} now", **at)
