"""Fixes of parts of a spec: another scalar, another key, another word in it. Their users check the edited text again."""

import re

from connector_builder.findings import Fix, Place, TextEdit
from connector_builder.source.edits import Entry, Uncertain, removed
from connector_builder.source.node import Node
from connector_builder.source.scalar_writer import key as yaml_key
from connector_builder.source.scalar_writer import scalar
from connector_builder.source.suggest import Suggestions

_MEANT = re.compile(r"did you mean '(.+)'\?")
_WRITE = re.compile(r"write (['\"]?)([\w./:-]*[\w/])\1(?:, without quotes)?")
_PLAIN = re.compile(r"[\w$./-]+")


def becoming(node: Node, title: str, value: str | bool | int) -> Fix | None:
    """Returns the fix that gives a scalar another value, in the same quotes; None for one that can't be edited."""
    raw = node.raw()
    if not raw or raw[0] in "|>&*!" or "${" in raw or "\n" in raw:
        return None
    place = Place(node.text, *node.marks)  # type: ignore[misc]
    if isinstance(value, str) and raw[0] in "'\"" and not {"'", '"', "\\"} & set(value):
        return _fix(title, place, f"{raw[0]}{value}{raw[0]}")
    return _fix(title, place, scalar(value, in_flow=_in_flow(node)))


def replaced(node: Node, title: str, written: str) -> Fix | None:
    """Returns the fix that writes other YAML instead of a plain scalar on a line; None for one in another form."""
    raw = node.raw()
    if not raw or raw != node.value:
        return None
    return _fix(title, Place(node.text, *node.marks), written)  # type: ignore[misc]


def called(node: Node, title: str, key: str) -> Fix | None:
    """Returns the fix that gives an entry another key; None for one without a key."""
    if node.key_span is None or not _PLAIN.fullmatch(key):
        return None
    raw = node.text.content[slice(*node.key_span)]
    if not raw or raw[0] in "?&*!|>":
        return None
    return _fix(title, Place(node.text, *node.key_span), yaml_key(key, in_flow=True))


def without(node: Node, title: str, key: str) -> Fix | None:
    """Returns the fix that removes an entry of a mapping; None if its layout isn't known."""
    try:
        return Fix(title, (removed(Entry(node, key, json=False)),))
    except Uncertain:
        return None


def meant(node: Node, help: str | None, suggestions: Suggestions, *, key: bool = False) -> Fix | None:
    """Returns the cure in words as an edit: another word where one is certainly meant; None where `help` says more.

    `did you mean 'Order'?` replaces the word that was asked for. `write int` replaces a whole scalar.
    """
    if help is None:
        return None
    if (found := _MEANT.fullmatch(help)) is not None:
        word = suggestions.certain.get(found[1])
        return _respelled(node, help, word, found[1], key=key) if word is not None else None
    written = _WRITE.fullmatch(help)
    if written is None or key or not isinstance(node.value, str | int):
        return None
    return becoming(node, help, {"true": True, "false": False}.get(written[2], written[2]))


def _respelled(node: Node, title: str, word: str, name: str, *, key: bool) -> Fix | None:
    if key:
        return called(node, title, node.key.replace(word, name, 1)) if node.key and word in node.key else None
    if isinstance(node.value, str) and node.value.count(word) == 1:
        return becoming(node, title, node.value.replace(word, name))
    return None


def _fix(title: str, place: Place, new: str) -> Fix:
    return Fix(title, (TextEdit(place, new),))


def _in_flow(node: Node) -> bool:
    """Checks whether a bracket is open before a scalar on its line. Where it is on a line before, the text is read again."""
    start = node.place.start
    line = node.text.content[node.text.content.rfind("\n", 0, start) + 1 : start]
    return any(line.count(one) > line.count(other) for one, other in ("{}", "[]"))
