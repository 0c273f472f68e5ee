"""Turns the difference of two forms of a part into edits of the text in which its owner says the same.

The text need not have either form: where it has another one, the part gets the new form as a whole. Nothing is lost by
that, because the new form says what the owner's text said too; only its comments are.
"""

from collections.abc import Iterator
from typing import Any

from connector_builder.findings import TextEdit
from connector_builder.language.tables.schemas import BARE
from connector_builder.platform.data.differences import same
from connector_builder.source.edits import Entry, Uncertain, replaced
from connector_builder.source.node import Node
from connector_builder.source.tree_edits import Section, item_removed

Entries = dict[str, Any]
DEEP = 64
"""Levels of edits without a limit: a spec has fewer."""


def entry_edits(section: Section, key: str, before: Any, after: Any, levels: int = DEEP) -> list[TextEdit]:
    """Returns the edits of the entry `key`, which turn what compiles like `before` into what compiles like `after`.

    Parts below `levels` are written anew. Raises Uncertain if the entry can't be written.
    """
    if same(before, after):
        return []
    node = section.node.entries.get(key)
    if node is None:
        raise Uncertain
    before, after = _as_written(node, before, after)
    try:
        if levels and isinstance(before, dict) and isinstance(after, dict) and node.is_mapping:
            return list(mapping_edits(Section(node), before, after, levels - 1))
        if levels and isinstance(before, list) and isinstance(after, list) and node.is_list:
            return list(_list_edits(node, before, after, levels - 1))
    except Uncertain:
        pass
    return [section.replaced(key, after)]


def _as_written(node: Node, before: Any, after: Any) -> tuple[Any, Any]:
    """Returns two forms as the text writes them: fields without the key above them, where it does so."""
    if not (isinstance(before, dict) and before.keys() == {BARE} and node.is_mapping and BARE not in node.entries):
        return before, after
    bare = isinstance(after, dict) and after.keys() == {BARE} and node.entries.keys() <= before[BARE].keys()
    return (before[BARE], after[BARE]) if bare else (None, after)


def mapping_edits(section: Section, before: Entries, after: Entries, levels: int = DEEP) -> Iterator[TextEdit]:
    """Yields the edits of a mapping's entries: changes first, then what is added behind them."""
    here = section.node.entries
    gone = [key for key in before if key not in after and key in here]
    if gone and len(gone) == len(here):
        raise Uncertain
    for key in gone:
        yield section.removed(key)
    for key, value in after.items():
        if key in here and key in before:
            yield from entry_edits(section, key, before[key], value, levels)
        elif key in here:
            yield section.replaced(key, value)
    last: str | None = None
    left = [key for key in here if key not in before or key in after]
    some_stay = any(key in here for key in after)
    for key, value in after.items():
        if key in here:
            last = key
        elif not (key in before and same(before[key], value)):
            over = over_text(before[key], value) if levels and key in before else value
            # Behind the nearest entry before it in the new form, or before the first if all of them follow it.
            behind = last if last is not None or some_stay or not left else left[-1]
            yield section.added(key, over, behind)


def over_text(before: Any, after: Any) -> Any:
    """Returns what must be written over a part that the text says in another way: only what changes, if nothing goes."""
    if not isinstance(before, dict) or not isinstance(after, dict) or before.keys() - after.keys():
        return after
    changed = (key for key, value in after.items() if key not in before or not same(before[key], value))
    return {key: over_text(before.get(key), after[key]) for key in changed}


def _list_edits(node: Node, before: list[Any], after: list[Any], levels: int) -> Iterator[TextEdit]:
    """Yields the edits of a list: of its items if their number stays, or removals if no other item changes."""
    if len(node.items) != len(before):
        raise Uncertain
    if len(before) == len(after):
        for index, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from _item_edits(node, index, one, other, levels)
        return
    gone, kept = [], 0
    for index, one in enumerate(before):
        if kept < len(after) and same(one, after[kept]):
            kept += 1
        else:
            gone.append(index)
    if kept < len(after) or not after:
        raise Uncertain
    for index in gone:
        yield item_removed(node, index)


def _item_edits(node: Node, index: int, before: Any, after: Any, levels: int) -> Iterator[TextEdit]:
    if same(before, after):
        return
    item = node.items[index]
    if isinstance(before, dict) and isinstance(after, dict) and item.is_mapping:
        yield from mapping_edits(Section(item), before, after, levels)
    elif not isinstance(after, dict | list):
        yield replaced(Entry(node, index, json=False), after)
    else:
        raise Uncertain
