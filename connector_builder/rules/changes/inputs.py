"""What changed about the inputs of an operation."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from connector_builder.findings.wording import found as described
from connector_builder.findings.wording import quoted
from connector_builder.platform.differences import same
from connector_builder.platform.plain import first_text, items, mapping, text
from connector_builder.platform.view.apps import app_parts, required_order
from connector_builder.platform.view.fields import Field
from connector_builder.rules.changes.collecting import Collected, OfOperation
from connector_builder.rules.changes.kinds import dynamic as dynamic_kinds
from connector_builder.rules.changes.kinds import inputs as kinds
from connector_builder.rules.changes.kinds import operations as operation_kinds
from connector_builder.rules.changes.kinds import triggers as trigger_kinds
from connector_builder.rules.changes.side import Part
from connector_builder.rules.changes.types import app_type, is_file

_PLAIN = re.compile("[^a-z0-9]")
_URL = "x-ms-notification-url"
_VALUES = ("x-ms-dynamic-values", "x-ms-dynamic-list", "x-ms-dynamic-tree")
_SCHEMAS = ("x-ms-dynamic-schema", "x-ms-dynamic-properties")
_LIMITS = {"minimum": 1, "minLength": 1, "minItems": 1, "multipleOf": 1, "maximum": -1, "maxLength": -1, "maxItems": -1}
"""The keywords that limit a value, and the direction that allows less."""


def compare_inputs(old: Part, new: Part, found: Collected) -> None:
    """Compares the flattened inputs of two versions of an operation, so that moved schemas and their names don't count."""
    before = _by_key(old.inputs)
    after = _by_key(new.inputs)
    gone = [one for key, one in before.items() if key not in after]
    added = [one for key, one in after.items() if key not in before]
    changed = [key for key in before.keys() & after.keys() if _is_other_shape(before[key], after[key])]
    gone, added = _outermost(gone, before, changed), _outermost(added, after, changed)
    _body_name(old, new, found)
    _notification_url(old, new, gone, added, found)
    for one, other in _moved(gone, added):
        gone.remove(one)
        added.remove(other)
        _move(one, other, found.of(new))
        _pair(one, other, found.of(new, _what(other)))
    for one in gone:
        if _counts(one):
            said = "was removed"
            found.of(new).add(kinds.INPUT_REMOVED, said, what=_what(one), old=one.pointer, at=_value_path(one))
    for one in added:
        if _counts(one):
            _added(one, found.of(new))
    for key, other in after.items():
        if key in before:
            _pair(before[key], other, found.of(new, _what(other)))
    _order(old, new, before, after, found.of(new))


def _by_key(fields: Sequence[Field]) -> dict[str, Field]:
    return {one.key: one for one in fields if one.part.get("readOnly") is not True}


def _counts(field: Field) -> bool:
    return _URL not in field.part


def _what(field: Field) -> str:
    return f"the input {quoted(_name(field))}"


def _name(field: Field) -> str:
    return "/".join(field.path) if field.path else field.name


def _value_path(field: Field) -> str:
    if field.place != "body":
        return f"parameter/{field.name}"
    steps = "".join(f"/{'items' if step == '[*]' else f'properties/{step}'}" for step in field.path)
    return f"parameter/body/schema{steps}"


def _outermost(fields: Sequence[Field], every: Mapping[str, Field], changed: Sequence[str]) -> list[Field]:
    """Returns the fields that aren't in others of them, nor in one whose shape is another now."""
    keys = {one.key for one in fields} | set(changed)
    return [one for one in fields if not any(key in keys for key in _around(one.key))]


def _around(key: str) -> Iterator[str]:
    """Yields the keys of the objects and arrays around a field."""
    while "." in key:
        key = key.rpartition(".")[0]
        yield key


def _is_other_shape(old: Field, new: Field) -> bool:
    shapes = {"object", "array"}
    return old.type != new.type and bool({old.type, new.type} & shapes)


def _body_name(old: Part, new: Part, found: Collected) -> None:
    """Finds another name of the body's parameter: flows store the fields of a body below that name."""
    (before, at), (after, new_at) = _body(old), _body(new)
    if before and after and before != after:
        said = f"is called '{after}' now"
        found.of(new).add(
            kinds.BODY_RENAMED, said, what=f"the body '{before}'", old=at, new=new_at, at=f"parameter/{before}"
        )


def _body(part: Part) -> tuple[str, Any]:
    return next(((text(one.get("name")), at) for one, at in part.parameters if one.get("in") == "body"), ("", None))


def _notification_url(old: Part, new: Part, gone: Sequence[Field], added: Sequence[Field], found: Collected) -> None:
    before, after = (
        next((one for one in fields if one.part.get(_URL) is True), None) for fields in (old.inputs, new.inputs)
    )
    if before is not None and (after is None or before.key != after.key):
        said = (
            "isn't there any more"
            if after is None
            else f"is {quoted(_name(after))} instead of {quoted(_name(before))} now"
        )
        at = after.pointer if after is not None else None
        one = found.of(new)
        one.add(
            trigger_kinds.NOTIFICATION_URL_MOVED,
            said,
            what="the field for the callback's address",
            old=before.pointer,
            new=at,
        )


def _moved(gone: Sequence[Field], added: Sequence[Field]) -> list[tuple[Field, Field]]:
    """Pairs inputs that have another place or another name now."""
    pairs: list[tuple[Field, Field]] = []
    taken: set[str] = set()
    for one in gone:
        if not _counts(one):
            continue
        for other in added:
            if other.key not in taken and _counts(other) and _is_same(one, other):
                pairs.append((one, other))
                taken.add(other.key)
                break
    return pairs


def _is_same(old: Field, new: Field) -> bool:
    """Checks whether two inputs are one: with the same name in another place, or with the same label in the same place."""
    if old.place != new.place:
        return old.name == new.name and len(old.path) < 2 and len(new.path) < 2
    if old.path[:-1] != new.path[:-1] or old.type != new.type:
        return False
    if old.place == "path":
        return True
    label = first_text(old.part.get("title"), old.part.get("x-ms-summary"))
    other = first_text(new.part.get("title"), new.part.get("x-ms-summary"))
    described = text(old.part.get("description")), text(new.part.get("description"))
    spelt = _PLAIN.sub("", old.name.lower()) == _PLAIN.sub("", new.name.lower())
    return spelt or (bool(label) and label == other) or (bool(described[0]) and described[0] == described[1])


def _move(old: Field, new: Field, one: OfOperation) -> None:
    at: dict[str, Any] = {"what": _what(old), "old": old.pointer, "new": new.pointer, "at": _value_path(old)}
    if old.place != new.place:
        one.add(kinds.INPUT_LOCATION_CHANGED, f"is in the {_place(new)} instead of the {_place(old)} now", **at)
    elif old.name != new.name:
        letters = "BBSB" if old.place == "path" else ""
        one.add(kinds.INPUT_RENAMED, f"is called {quoted(_name(new))} now", **at, letters=letters)


def _place(field: Field) -> str:
    return {"formData": "form"}.get(field.place, field.place)


def _added(field: Field, one: OfOperation) -> None:
    at: dict[str, Any] = {"what": _what(field), "new": field.pointer, "at": _value_path(field)}
    has_default = field.part.get("default") is not None
    if not field.required:
        one.add(kinds.OPTIONAL_INPUT_ADDED, "is new", **at)
    elif field.hidden and has_default:
        one.add(kinds.HIDDEN_INPUT_ADDED, "is new, required and internal, with a default", **at)
    elif has_default:
        one.add(kinds.DEFAULT_INPUT_ADDED, "is new and required, with a default", **at)
    else:
        one.add(kinds.REQUIRED_INPUT_ADDED, "is new and required", **at)


def _pair(old: Field, new: Field, one: OfOperation) -> None:
    """Compares two versions of one input."""
    at: dict[str, Any] = {"old": old.pointer, "new": new.pointer}
    _required(old, new, one, at)
    if _URL in new.part:
        return
    if old.type != new.type:
        _type(old, new, one, at)
    elif old.format != new.format:
        letters = "RRSB" if app_type(old) != app_type(new) and not is_file(old, new) else "RRSR"
        one.add(
            kinds.INPUT_FORMAT_CHANGED,
            f"has {_format(new)} instead of {_format(old)} now",
            **at,
            letters=letters,
            at=f"{_value_path(new)}/format",
        )
    _choices(old, new, one, at)
    if not same(old.part.get("default"), new.part.get("default")) and not old.group:
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
    if old.required == new.required or _URL in new.part:
        return
    if not new.required:
        if not (new.group and old.group):
            one.add(kinds.INPUT_OPTIONAL, "is optional now", **at)
    elif new.hidden and new.part.get("default") is not None:
        one.add(kinds.HIDDEN_INPUT_ADDED, "is required now, and internal with a default", **at)
    elif not (new.group and old.group):
        one.add(kinds.INPUT_REQUIRED, "is required now", **at, at=f"{_value_path(new)}/required")


def _type(old: Field, new: Field, one: OfOperation, at: dict[str, Any]) -> None:
    said = f"is {_typed(new)} instead of {_typed(old)} now"
    path = f"{_value_path(new)}/type"
    if "array" in (old.type, new.type):
        one.add(kinds.INPUT_ARRAY_CHANGED, said, **at, at=path)
        return
    letters = {("integer", "number"): "SSSR", ("number", "string"): "RRRB", ("integer", "string"): "RRRB"}.get(
        (old.type, new.type), ""
    )
    if {old.type, new.type} & {"object"} and "any" not in (old.type, new.type):
        letters = "BBBB"
    one.add(kinds.INPUT_TYPE_CHANGED, said, **at, letters=letters, at=path)


def _typed(field: Field) -> str:
    return "any value" if field.type == "any" else f"{'an' if field.type[:1] in 'aeiou' else 'a'} {field.type[:20]}"


def _format(field: Field) -> str:
    return f"the format {quoted(field.format)}" if field.format else "no format"


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
        one.add(kinds.CHOICE_REMOVED, said, **at, at=f"{_value_path(new)}/enum")
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
            one.add(kinds.INPUT_HIDDEN, "is internal now", **at, at=f"{_value_path(new)}/x-ms-visibility")
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


def _order(old: Part, new: Part, before: Mapping[str, Field], after: Mapping[str, Field], one: OfOperation) -> None:
    """Compares the order of inputs: apps pass required ones by position, and flows show all in their order."""
    positions = [
        [(part.place, part.name) for part in required_order(list(app_parts(side.parameters, side.side.references)))]
        for side in (old, new)
    ]
    at: dict[str, Any] = {"old": old.pointer, "new": new.pointer}
    if _is_reordered(*positions):
        one.add(kinds.REQUIRED_ORDER_CHANGED, "have another order now", what="the required inputs", **at)
        return
    orders = [
        [one.key for one in fields.values() if not one.hidden and not one.required and not one.group]
        for fields in (before, after)
    ]
    if _is_reordered(*orders):
        one.add(kinds.OPTIONAL_ORDER_CHANGED, "have another order now", what="the optional inputs", **at)


def _is_reordered(old: Sequence[Any], new: Sequence[Any]) -> bool:
    before, after = set(old), set(new)
    return [one for one in old if one in after] != [one for one in new if one in before]
