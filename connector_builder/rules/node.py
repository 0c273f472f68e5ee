"""A part of a document with the way back to its root, and the defects and edits that rules make of it."""

from typing import Any

from connector_builder.findings import Add, Defect, Edit, Fix, Pointer, Related, Remove, Rename, Replace
from connector_builder.patterns import regex
from connector_builder.platform.data.plain import ABSENT
from connector_builder.platform.data.shapes import Shape
from connector_builder.source.suggest import DidYouMean

__all__ = ["ABSENT", "Node"]

_EDITS = ("write ", "remove '", "leave '")
"""The beginnings of helps that name an edit, so that few helps are compared with patterns."""
_WRITE = regex(r"write '([^'\s…]+)'")
_KEY_WORD = regex(r"write '([\w-]+): (?!true|false)([A-Za-z]+)'")
_NUMBER = regex(r"write (\d{1,15}), without quotes")
_REMOVE = regex(r"remove '([^']+)'|leave '([^']+)' out")


class Node:
    """A value, the shape that it is held against, and where it stands. Pointers are made only for what is found.

    The value of a node for a key that should be there is ABSENT.
    """

    __slots__ = ("key", "parent", "shape", "value")

    def __init__(self, value: Any, shape: Shape, parent: "Node | None", key: str | int) -> None:
        self.value = value
        self.shape = shape
        self.parent = parent
        self.key = key

    @property
    def kind(self) -> str:
        return self.shape.name

    @property
    def pointer(self) -> Pointer:
        """Returns the pointer to this node from the root of the document."""
        steps: list[str | int] = []
        node = self
        while node.parent is not None:
            steps.append(node.key)
            node = node.parent
        return tuple(reversed(steps))

    @property
    def owner(self) -> "Node":
        """Returns the node around this one; for the root, the root itself."""
        return self.parent if self.parent is not None else self

    def stands_in(self, *kinds: str) -> bool:
        """Checks whether a node around this one, at any distance, is of one of these kinds."""
        around = self.parent
        while around is not None and around.kind not in kinds:
            around = around.parent
        return around is not None

    def says(
        self,
        message: str,
        *steps: str | int,
        help: str | None = None,
        related: tuple[tuple[Pointer, str], ...] = (),
        fix: Fix | None = None,
    ) -> Defect[Pointer]:
        """Returns a defect here, or at the part that `steps` lead to from here.

        For an absent part, the place is its owner. By default, the fix is what `help` says, where that is one certain
        edit of this place: `did you mean 'Order'?`, `write 'Order'`, `remove 'required'`.
        """
        node = self.owner if self.value is ABSENT else self
        pointer = (*node.pointer, *steps)
        if fix is None and help is not None:
            fix = _in_words(node, pointer, steps, help)
        said = str(help) if help is not None else None
        return Defect(pointer, message, said, tuple(Related(*part) for part in related), fix)

    def becomes(self, value: Any) -> Edit:
        """Returns the edit that sets the value of this place, and adds its key if it is absent."""
        return Add(self.pointer, value) if self.value is ABSENT else Replace(self.pointer, value)

    def becoming(self, title: str, value: Any) -> Fix:
        """Returns the fix that sets the value of this place."""
        return Fix(title, (self.becomes(value),))

    def without(self, title: str, *steps: str | int) -> Fix:
        """Returns the fix that removes this place, or the part that `steps` lead to from here."""
        return Fix(title, (Remove((*self.pointer, *steps)),))

    def called(self, title: str, key: str) -> Fix | None:
        """Returns the fix that gives this place another key; None if there is such a key already."""
        taken = isinstance(self.owner.value, dict) and key in self.owner.value
        return None if taken else Fix(title, (Rename(self.pointer, key),))


def _in_words(node: Node, pointer: Pointer, steps: tuple[str | int, ...], help: str) -> Fix | None:
    """Returns a cure in words as an edit of the part that `steps` lead to; None where the words say more."""
    owner, value = node.owner.value, node.value
    for step in steps:
        try:
            owner, value = value, value[step]
        except (LookupError, TypeError):
            return None
    edit: Edit | None = None
    key = pointer[-1] if pointer else ""
    if isinstance(help, DidYouMean):
        edit = _respelled(pointer, owner, value, help)
    elif help == "make it required" and isinstance(value, dict) and "in" in value:  # a parameter, not a property
        edit = _set(pointer, owner, value, "required", True)
    elif not help.startswith(_EDITS):
        return None
    elif (written := _WRITE.fullmatch(help)) is not None and isinstance(value, str):
        edit = Replace(pointer, written[1])
    elif (removed := _REMOVE.fullmatch(help)) is not None and key in removed.groups():
        edit = Remove(pointer)
    elif (key_word := _KEY_WORD.fullmatch(help)) is not None:
        edit = _set(pointer, owner, value, key_word[1], key_word[2])
    elif (number := _NUMBER.fullmatch(help)) is not None and isinstance(value, str):
        edit = Replace(pointer, int(number[1]))
    return None if edit is None else Fix(str(help), (edit,))


def _set(pointer: Pointer, owner: Any, value: Any, key: str, wanted: str | bool) -> Edit | None:
    """Returns the edit that sets a key of the part at a pointer, or beside the key that it ends with."""
    around, part = (pointer, value) if isinstance(value, dict) else (pointer[:-1], owner)
    if not isinstance(part, dict):
        return None
    return Replace((*around, key), wanted) if key in part else Add((*around, key), wanted)


def _respelled(pointer: Pointer, owner: Any, value: Any, meant: DidYouMean) -> Edit | None:
    """Returns the edit that writes the name that is meant: as the value, at the end of a reference, or as the key."""
    if meant.name is None or not pointer:
        return None
    if isinstance(value, str) and (value == meant.word or value.endswith(f"/{meant.word}")):
        return Replace(pointer, value.removesuffix(meant.word) + meant.name)
    free = isinstance(owner, dict) and pointer[-1] == meant.word and meant.name not in owner
    return Rename(pointer, meant.name) if free else None
