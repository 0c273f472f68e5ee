"""What changed about the outputs of an operation."""

from collections.abc import Mapping, Sequence
from typing import Any

from connector_builder.findings import Pointer
from connector_builder.findings.wording import quoted
from connector_builder.platform.data.plain import mapping, text
from connector_builder.platform.view.fields import Field
from connector_builder.platform.view.keys import ITEM
from connector_builder.platform.view.outputs import CONTENT, Answer
from connector_builder.rules.changes.change import Kind
from connector_builder.rules.changes.collecting import Collected, OfOperation
from connector_builder.rules.changes.kinds import dynamic as dynamic_kinds
from connector_builder.rules.changes.kinds import operations as operation_kinds
from connector_builder.rules.changes.kinds import outputs as kinds
from connector_builder.rules.changes.kinds import triggers as trigger_kinds
from connector_builder.rules.changes.side import Part
from connector_builder.rules.changes.types import formatted, typed

MAX_MOVED = 50
"""The most objects and arrays of an answer that are looked for elsewhere."""
_SCHEMAS = ("x-ms-dynamic-schema", "x-ms-dynamic-properties")


def compare_outputs(old: Part, new: Part, fields: Sequence[Field], others: Sequence[Field], found: Collected) -> None:
    """Compares the answers that flows read. `fields` and `others` are the flattened lists of their fields."""
    before, after = old.answer, new.answer
    one = found.of(new, "the answer")
    was, now = _status(before, old), _status(after, new)
    if was != now and was.isdigit() and now.isdigit():
        one.add(
            kinds.SUCCESS_STATUS_CHANGED,
            f"has the status {now} instead of {was} now",
            old=before.pointer,
            new=after.pointer,
        )
    if not (before.status and after.status):
        return
    if _without_schema(before, after, fields, others, one):
        headers = [[field for field in side if field.place == "header"] for side in (fields, others)]
        fields, others = headers
    _compare(_Answers(before, after, new, found), {one.key: one for one in fields}, {one.key: one for one in others})


def _status(answer: Answer, part: Part) -> str:
    """Returns the status of the success that a flow gets, whether or not the designer reads it."""
    if answer.status.isdigit() or answer.status == CONTENT:
        return answer.status
    statuses = [str(status) for status in mapping(part.value.get("responses"))]
    return min((status for status in statuses if status.startswith("2")), default=answer.status)


def _without_schema(
    old: Answer, new: Answer, fields: Sequence[Field], others: Sequence[Field], one: OfOperation
) -> bool:
    """Finds an answer that lost or got its schema as a whole."""
    before, after = _is_described(old, fields), _is_described(new, others)
    at: dict[str, Any] = {"old": (*old.pointer, "schema"), "new": (*new.pointer, "schema")}
    if before and not after:
        dynamic = bool(others) and any(key in others[0].part for key in _SCHEMAS)
        one.add(
            kinds.SCHEMA_REMOVED,
            "gets its fields from another operation now" if dynamic else "has no schema any more",
            **at,
        )
    elif after and not before:
        one.add(kinds.SCHEMA_ADDED, "has a schema now", **at)
    elif (
        not before and fields and others and any(fields[0].part.get(key) != others[0].part.get(key) for key in _SCHEMAS)
    ):
        one.add(dynamic_kinds.DYNAMIC_SCHEMA_CHANGED, "gets its fields in another way now", **at)
    return not (before and after)


def _is_described(answer: Answer, fields: Sequence[Field]) -> bool:
    if not answer.value.get("schema") or not fields:
        return False
    return not any(key in fields[0].part for key in _SCHEMAS)


class _Answers:
    """The two answers of a comparison."""

    def __init__(self, old: Answer, new: Answer, part: Part, found: Collected) -> None:
        self.old, self.new = old, new
        self.notified = new.status == CONTENT
        self._part, self._found = part, found

    def of(self, field: Field) -> OfOperation:
        name = "/".join(field.path) or "body"
        return self._found.of(self._part, f"the {'header' if field.place == 'header' else 'output'} {quoted(name)}")

    def value_path(self, field: Field) -> str:
        steps = "".join(f"/{'items' if step == ITEM else f'properties/{step}'}" for step in field.path)
        return f"responses/{self.new.status}/schema{steps}"

    def kind(self, kind: Kind) -> Kind:
        """Returns the kind for an action's answer, or that for what a webhook receives."""
        if not self.notified:
            return kind
        gone = kind is kinds.OUTPUT_REMOVED
        return trigger_kinds.NOTIFICATION_CHANGED if gone else trigger_kinds.NOTIFICATION_RETYPED


def _compare(answers: _Answers, before: Mapping[str, Field], after: Mapping[str, Field]) -> None:
    shaped = {key for key in before.keys() & after.keys() if _is_other_shape(before[key], after[key])}
    covered = _wrapped(answers, before, after) if not shaped else set()
    for key, one in before.items():
        hidden = not one.hidden and key in after and after[key].hidden
        if (key not in after or hidden) and not one.hidden and not _inside(key, shaped | covered, before, after):
            said = "is internal now" if hidden else "was removed"
            at: Pointer | None = after[key].pointer if hidden else None
            answers.of(one).add(
                answers.kind(kinds.OUTPUT_REMOVED), said, old=one.pointer, new=at, at=answers.value_path(one)
            )
    for key, other in after.items():
        if other.hidden:
            continue
        if key not in before or before[key].hidden:
            if not _inside(key, shaped | covered, after, before):
                answers.of(other).add(kinds.OUTPUT_ADDED, "is new", new=other.pointer)
        else:
            _pair(before[key], other, answers)


def _inside(key: str, known: set[str], own: Mapping[str, Field], others: Mapping[str, Field]) -> bool:
    """Checks whether a field is told about by what is around it: that is gone or new as a whole, or has another shape."""
    if key in known:
        return True
    while "." in key:
        key = key.rpartition(".")[0]
        if key in known or (key in own and key not in others):
            return True
    return False


def _is_other_shape(old: Field, new: Field) -> bool:
    return old.type != new.type and bool({old.type, new.type} & {"object", "array"})


def _wrapped(answers: _Answers, before: Mapping[str, Field], after: Mapping[str, Field]) -> set[str]:
    """Finds fields that moved together: into a new object or out of one, or an array with another path."""
    covered: set[str] = set()
    gone = [one for key, one in before.items() if key not in after and one.type in ("array", "object")]
    added = [one for key, one in after.items() if key not in before and one.type in ("array", "object")]
    root_old, root_new = before.get("body.$"), after.get("body.$")
    if root_old is not None and root_new is not None:
        gone = [root_old, *gone] if root_old.type == "object" else gone  # first, since it tells about the others
        added = [root_new, *added] if root_new.type == "object" else added
    for one in gone[:MAX_MOVED]:
        for other in added[:MAX_MOVED]:
            if one.key == other.key or one.type != other.type or one.key in covered or other.key in covered:
                continue
            names, others = _inner(one, before), _inner(other, after)
            if (
                names
                and len(names & others) * 2 > len(names)
                and not _still(one, before, after)
                and not _still(other, after, before)
            ):
                said = f"is at {quoted('/'.join(other.path) or 'body')} now"
                answers.of(one).add(
                    kinds.OUTPUT_MOVED, said, old=one.pointer, new=other.pointer, at=answers.value_path(one)
                )
                covered |= {one.key, other.key, *_covered(one, before, after), *_covered(other, after, before)}
    return covered - {"body.$"}


def _inner(field: Field, every: Mapping[str, Field]) -> set[str]:
    """Returns the names of the fields in an object, or in the items of an array."""
    start = f"{field.key}.{ITEM}." if field.type == "array" else f"{field.key}."
    return {key.removeprefix(start) for key in every if key.startswith(start) and "." not in key.removeprefix(start)}


def _still(field: Field, own: Mapping[str, Field], others: Mapping[str, Field]) -> bool:
    """Checks whether most of an object's fields are where they were."""
    inner = _inner(field, own)
    start = f"{field.key}.{ITEM}." if field.type == "array" else f"{field.key}."
    return sum(f"{start}{name}" in others for name in inner) * 2 > len(inner)


def _covered(field: Field, own: Mapping[str, Field], others: Mapping[str, Field]) -> set[str]:
    """Returns the keys that a moved object tells about: those in it, and new objects around it."""
    found = {key for key in own if key.startswith(f"{field.key}.") and key not in others}
    key = field.key
    while "." in key:
        key = key.rpartition(".")[0]
        if key in own and key not in others:
            found.add(key)
    return found


def _pair(old: Field, new: Field, answers: _Answers) -> None:
    one = answers.of(new)
    at: dict[str, Any] = {"old": old.pointer, "new": new.pointer}
    if old.type != new.type:
        said = f"is {typed(new)} instead of {typed(old)} now"
        moved = {old.type, new.type} == {"object", "array"}
        kind = kinds.OUTPUT_MOVED if moved else answers.kind(kinds.OUTPUT_TYPE_CHANGED)
        one.add(kind, said, **at, at=f"{answers.value_path(new)}/type")
    elif old.format != new.format:
        said = f"has {formatted(new)} instead of {formatted(old)} now"
        one.add(answers.kind(kinds.OUTPUT_FORMAT_CHANGED), said, **at, at=f"{answers.value_path(new)}/format")
    if _is_nullable(new) and not _is_nullable(old):
        one.add(kinds.OUTPUT_NULLABLE, "may be null now", **at)
    if old.required and not new.required:
        one.add(kinds.OUTPUT_NOT_REQUIRED, "may be missing now", **at)
    for key in ("title", "x-ms-summary", "description"):
        if text(old.part.get(key)) != text(new.part.get(key)):
            said = "has another label now" if key != "description" else "has another description now"
            one.add(operation_kinds.TEXT_CHANGED, said, **at)
    before, after = (text(field.part.get("x-ms-visibility")).lower().replace("none", "") for field in (old, new))
    if before != after:
        one.add(operation_kinds.VISIBILITY_CHANGED, f"has the visibility '{after or 'none'}' now", **at)
    if any(old.part.get(key) != new.part.get(key) for key in _SCHEMAS):
        one.add(dynamic_kinds.DYNAMIC_SCHEMA_CHANGED, "gets its fields in another way now", **at)


def _is_nullable(field: Field) -> bool:
    part: Mapping[str, Any] = field.part
    types = part.get("type")
    return (
        part.get("x-nullable") is True
        or (isinstance(types, list) and "null" in types)
        or (isinstance(part.get("enum"), list) and None in part["enum"])
    )
