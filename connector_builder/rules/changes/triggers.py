"""What changed about a trigger."""

from typing import Any

from connector_builder.platform.data.differences import same
from connector_builder.platform.data.plain import text
from connector_builder.rules.changes.collecting import Collected
from connector_builder.rules.changes.kinds import triggers as kinds
from connector_builder.rules.changes.side import Part


def compare_trigger(old: Part, new: Part, found: Collected) -> None:
    """Compares how two versions of a trigger run. The changes of a trigger that became an action are those of the trigger."""
    was, now = text(old.value.get("x-ms-trigger")).lower(), text(new.value.get("x-ms-trigger")).lower()
    one = found.of(old, "the operation")
    if was != now:
        said = "is no trigger any more" if not now else "is a trigger now" if not was else f"runs {_how(now)} now"
        at: dict[str, Any] = {"old": (*old.pointer, "x-ms-trigger"), "new": (*new.pointer, "x-ms-trigger")}
        one.add(kinds.TRIGGER_CHANGED, said, **at, letters="" if was else "BBBB")
    if not (was and now):
        return
    for key in ("x-ms-trigger-hint", "x-ms-trigger-metadata"):
        if not same(old.value.get(key), new.value.get(key)):
            said = "has another hint now" if key.endswith("hint") else "has other metadata now"
            one.add(kinds.TRIGGER_TEXT_CHANGED, said, old=(*old.pointer, key), new=(*new.pointer, key))


def _how(mode: str) -> str:
    return "for each item" if mode == "batch" else "for all items together"
