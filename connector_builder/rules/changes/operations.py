"""What changed about an operation as a whole."""

from collections.abc import Iterator
from typing import Any

from connector_builder.platform.data.differences import same
from connector_builder.platform.data.plain import items, mapping, text
from connector_builder.platform.swagger.extensions import PAGEABLE
from connector_builder.rules.changes.collecting import Collected, OfOperation
from connector_builder.rules.changes.kinds import operations as kinds
from connector_builder.rules.changes.kinds import triggers as trigger_kinds
from connector_builder.rules.changes.matching import Pairs, route
from connector_builder.rules.changes.side import Part, Side, visibility_of


def compare_lists(pairs: Pairs, old: Side, new: Side, found: Collected) -> set[str]:
    """Compares which operations there are. Returns the ids of those whose summary is that of another one now."""
    ended = {part.name for part in pairs.gone if _ends_webhook(part, old)}
    for part in pairs.gone:
        if part.name in ended:
            found.of(part, "the operation").add(
                trigger_kinds.WEBHOOK_END_REMOVED,
                "was removed, and ends the webhooks of a trigger",
                old=part.pointer,
                letters="-RR-",
            )
        elif old.concerns(part):
            found.of(part).add(
                kinds.OPERATION_REMOVED, "was removed", what=_kind(part), old=part.pointer, letters="BBBB"
            )
    for part, other in pairs.renamed:
        if _ends_webhook(part, old):
            said, kind = (
                f"is called '{other.name}' now, and ends the webhooks of a trigger",
                trigger_kinds.WEBHOOK_END_REMOVED,
            )
            found.of(part, "the operation").add(kind, said, old=part.pointer, new=other.pointer, letters="-RR-")
        elif old.concerns(part):
            found.of(part).add(
                kinds.OPERATION_REMOVED,
                f"is called '{other.name}' now",
                what=_kind(part),
                old=part.pointer,
                new=other.pointer,
            )
    for part in pairs.added:
        found.of(part).add(kinds.OPERATION_ADDED, "is new", what=_kind(part), new=part.pointer)
    return _alike(pairs, found)


def _kind(part: Part) -> str:
    return "the trigger" if part.is_trigger else "the action"


def _ends_webhook(part: Part, side: Side) -> bool:
    """Checks whether an operation deletes what a webhook made: it is below the webhook's own path."""
    if part.operation.verb != "delete":
        return False
    return any(one.is_webhook and part.operation.path.startswith(one.operation.path) for one in side.parts)


def _alike(pairs: Pairs, found: Collected) -> set[str]:
    """Finds operations that people can't tell apart any more: their summary is that of another one now."""
    told: set[str] = set()
    before = {id(part): other for other, part in (*pairs.both, *pairs.renamed)}
    shown: dict[tuple[bool, str], list[Part]] = {}
    for part in (*(new for _, new in (*pairs.both, *pairs.renamed)), *pairs.added):
        summary = text(part.value.get("summary"))
        if summary and not part.is_internal and part.value.get("deprecated") is not True:
            shown.setdefault((part.is_trigger, summary), []).append(part)
    for (_, summary), parts in shown.items():
        if len(parts) < 2:
            continue
        for part in parts:
            one = before.get(id(part))
            if one is None or text(one.value.get("summary")) != summary:
                other = next(each for each in parts if each is not part)
                said = f"has the summary of '{other.name}' now"
                old = one.pointer if one is not None else None
                at = (*part.pointer, "summary")
                found.of(part).add(kinds.SUMMARIES_ALIKE, said, what=_kind(part), old=old, new=at)
                told.add(part.name)
                break
    return told


def compare_operation(old: Part, new: Part, found: Collected, *, alike: bool = False) -> None:
    """Compares what two versions of an operation say of themselves; their inputs and outputs are compared elsewhere.

    `alike` says that its summary is told about already.
    """
    one = found.of(new, _kind(new))
    _seen(old, new, one, alike=alike)
    if route(old)[1] != route(new)[1]:
        said = f"has the path '{new.operation.path}' now"
        one.add(kinds.PATH_CHANGED, said, old=old.pointer, new=new.pointer)
    if old.operation.verb != new.operation.verb:
        said = f"is {new.operation.verb.upper()} instead of {old.operation.verb.upper()} now"
        one.add(kinds.VERB_CHANGED, said, old=old.pointer, new=new.pointer)
    before, after = old.value.get(PAGEABLE), new.value.get(PAGEABLE)
    if not same(before, after):
        said = (
            "is divided into pages now"
            if before is None
            else "isn't divided into pages any more"
            if after is None
            else "has other pages now"
        )
        one.add(kinds.PAGING_CHANGED, said, old=(*old.pointer, PAGEABLE), new=(*new.pointer, PAGEABLE))
    for key in ("consumes", "produces"):
        if not same(_media(old, key), _media(new, key)) and (key in old.value or key in new.value):
            said = f"{'takes' if key == 'consumes' else 'answers with'} {_listed(_media(new, key))} now"
            one.add(kinds.MEDIA_TYPES_CHANGED, said, old=(*old.pointer, key), new=(*new.pointer, key))


def _media(part: Part, key: str) -> list[Any]:
    return items(part.value.get(key, part.side.definition.get(key)))


def _listed(media: list[Any]) -> str:
    return ", ".join(f"'{one}'" for one in media[:5] if isinstance(one, str)) or "nothing"


def _seen(old: Part, new: Part, one: OfOperation, *, alike: bool) -> None:
    """Compares how an operation is shown in the list."""
    before, after = visibility_of(old.value), visibility_of(new.value)
    at: dict[str, Any] = {"old": (*old.pointer, "x-ms-visibility"), "new": (*new.pointer, "x-ms-visibility")}
    if after == "internal" and before != "internal":
        one.add(kinds.OPERATION_HIDDEN, "is internal now", **at, at="x-ms-visibility")
    elif before != after:
        one.add(kinds.VISIBILITY_CHANGED, f"has the visibility '{after or 'none'}' now", **at)
    if new.value.get("deprecated") is True and old.value.get("deprecated") is not True:
        one.add(kinds.OPERATION_DEPRECATED, "is deprecated now", old=old.pointer, new=(*new.pointer, "deprecated"))
    for key in _text_keys(old, new, alike=alike):
        one.add(kinds.TEXT_CHANGED, f"has another {key} now", old=(*old.pointer, key), new=(*new.pointer, key))
    notes = mapping(old.value.get("x-ms-api-annotation")), mapping(new.value.get("x-ms-api-annotation"))
    if not same(*notes):
        key = "x-ms-api-annotation"
        changed = [
            name
            for name in ("status", "family", "revision", "replacement")
            if not same(notes[0].get(name), notes[1].get(name))
        ]
        said = f"has another {' and '.join(changed) or 'annotation'} now"
        one.add(kinds.STATUS_CHANGED, said, old=(*old.pointer, key), new=(*new.pointer, key))


def _text_keys(old: Part, new: Part, *, alike: bool) -> Iterator[str]:
    for key in ("description",) if alike else ("summary", "description"):
        if text(old.value.get(key)) != text(new.value.get(key)):
            yield key
