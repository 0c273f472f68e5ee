"""What changed about the inputs of an operation."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from connector_builder.findings.wording import quoted
from connector_builder.platform.data.plain import first_text, text
from connector_builder.platform.view.apps import app_parts, required_order
from connector_builder.platform.view.fields import Field
from connector_builder.rules.changes.collecting import Collected, OfOperation
from connector_builder.rules.changes.kinds import inputs as kinds
from connector_builder.rules.changes.kinds import triggers as trigger_kinds
from connector_builder.rules.changes.one_input import URL, compare_input, value_path
from connector_builder.rules.changes.side import Part

MAX_MOVED = 200
"""The most inputs of an operation that are looked for under another name."""
_PLAIN = re.compile("[^a-z0-9]")


def compare_inputs(old: Part, new: Part, found: Collected) -> None:
    """Compares the flattened inputs of two versions of an operation, so that moved schemas and their names don't count."""
    before = _by_key(old.inputs)
    after = _by_key(new.inputs)
    gone = [one for key, one in before.items() if key not in after]
    added = [one for key, one in after.items() if key not in before]
    changed = [key for key in before.keys() & after.keys() if _is_other_shape(before[key], after[key])]
    gone, added = _outermost(gone, before, changed), _outermost(added, after, changed)
    _body_name(old, new, found)
    _notification_url(old, new, found)
    for one, other in _moved(gone, added):
        gone.remove(one)
        added.remove(other)
        _move(one, other, found.of(new))
        compare_input(one, other, found.of(new, _what(other)))
    for one in gone:
        if _counts(one):
            said = "was removed"
            found.of(new).add(kinds.INPUT_REMOVED, said, what=_what(one), old=one.pointer, at=value_path(one))
    for one in added:
        if _counts(one):
            _added(one, found.of(new))
    for key, other in after.items():
        if key in before:
            compare_input(before[key], other, found.of(new, _what(other)))
    _order(old, new, before, after, found.of(new))


def _by_key(fields: Sequence[Field]) -> dict[str, Field]:
    return {one.key: one for one in fields if one.part.get("readOnly") is not True}


def _counts(field: Field) -> bool:
    return URL not in field.part


def _what(field: Field) -> str:
    return f"the input {quoted(_name(field))}"


def _name(field: Field) -> str:
    return "/".join(field.path) if field.path else field.name


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


def _notification_url(old: Part, new: Part, found: Collected) -> None:
    before, after = (
        next((one for one in fields if one.part.get(URL) is True), None) for fields in (old.inputs, new.inputs)
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
    for one in gone[:MAX_MOVED]:
        if not _counts(one):
            continue
        for other in added[:MAX_MOVED]:
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
    at: dict[str, Any] = {"what": _what(old), "old": old.pointer, "new": new.pointer, "at": value_path(old)}
    if old.place != new.place:
        one.add(kinds.INPUT_LOCATION_CHANGED, f"is in the {_place(new)} instead of the {_place(old)} now", **at)
    elif old.name != new.name:
        letters = "BBSB" if old.place == "path" else ""
        one.add(kinds.INPUT_RENAMED, f"is called {quoted(_name(new))} now", **at, letters=letters)


def _place(field: Field) -> str:
    return {"formData": "form"}.get(field.place, field.place)


def _added(field: Field, one: OfOperation) -> None:
    at: dict[str, Any] = {"what": _what(field), "new": field.pointer, "at": value_path(field)}
    has_default = field.part.get("default") is not None
    if not field.required:
        one.add(kinds.OPTIONAL_INPUT_ADDED, "is new", **at)
    elif field.hidden and has_default:
        one.add(kinds.HIDDEN_INPUT_ADDED, "is new, required and internal, with a default", **at)
    elif has_default:
        one.add(kinds.DEFAULT_INPUT_ADDED, "is new and required, with a default", **at)
    else:
        one.add(kinds.REQUIRED_INPUT_ADDED, "is new and required", **at)


def _order(old: Part, new: Part, before: Mapping[str, Field], after: Mapping[str, Field], one: OfOperation) -> None:
    """Compares the order of inputs: apps pass required ones by position, and flows show all in their order."""
    positions = [
        [
            (part.place, part.name)
            for part in required_order(list(app_parts(of.parameters, of.side.references, of.side.arguments)))
        ]
        for of in (old, new)
    ]
    is_known = all(of.side.arguments.left > 0 for of in (old, new))
    at: dict[str, Any] = {"old": old.pointer, "new": new.pointer}
    if is_known and _is_reordered(*positions):
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
