"""Reads and writes field paths: `properties.startTime`, `value[].name!`, `a['microsoft.Flow'].b`; `a, b` are two."""

import re
from dataclasses import dataclass

from connector_builder.findings import Pointer

_PLAIN_NAME = re.compile(r"(?!\$\Z)[^.\[\]'!?@,/\s](?:[^.\[\]'!?,/]*[^.\[\]'!?,/\s])?")
_LISTED = re.compile(r"((?:\['(?:[^']|'')*'\]|[^,])*)(?:,\s*|\Z)")
_ITEM = re.compile(r"/?\[(?:\d+|\*|)\]")
_LATE = re.compile(r"!((?:\[\])+)")
_BETWEEN = re.compile(r"(?<=[\w\]])(?:/|->)(?=\w)")
_USUAL = re.compile(r"\w+(?:\[\])*!?(?:\.\w+(?:\[\])*!?)*")
SEPARATOR = ", "
"""What separates the paths of several fields in one key."""
MAX_STEPS = 100
"""The most names in one path. A path is compared with its beginnings, which takes quadratic time."""


@dataclass(frozen=True, slots=True)
class Step:
    """A name, its number of array levels, and whether it is required. Only a first step may have no name: an array."""

    name: str
    arrays: int = 0
    required: bool = False


class FieldPathError(ValueError):
    """A fault of a field path."""


def split_paths(key: str) -> list[str]:
    """Returns the paths in a key of fields: `street, city` has two. A comma in `['a, b']` belongs to the name."""
    if "," not in key:
        return [key]
    return [found[1] for found in _LISTED.finditer(key) if found.start() < len(key) or key.rstrip().endswith(",")]


def parse_field_path(text: str) -> tuple[Step, ...]:
    """Reads a field's key. Raises FieldPathError. A key that begins with `@` is a name, not a path."""
    if text.startswith("@"):
        return (Step(text.removesuffix("!"), 0, text.endswith("!")),)
    if text.endswith("?"):
        raise FieldPathError("remove the '?': a field is optional unless its name ends in '!'")
    if not text.removesuffix("!"):
        raise FieldPathError("the name is missing")
    steps: list[Step] = []
    position = 0
    while position < len(text):
        step, position = _step(text, position, first=not steps)
        steps.append(step)
        if len(steps) > MAX_STEPS:
            raise FieldPathError(f"it has more than {MAX_STEPS} steps")
    return tuple(steps)


def _step(body: str, position: int, *, first: bool) -> tuple[Step, int]:
    """Reads one step from `position`: a name, bare or in brackets, its `[]`, and its `!`."""
    if body[position] == "." and not first:
        position += 1
        if position == len(body) or body[position] in ".[":
            raise FieldPathError("a name is missing after '.'")
    if body.startswith("['", position):
        name, position = _quoted(body, position + 2)
    else:
        name, position = _bare(body, position)
        if not name and not (first and body.startswith("[]", position)):
            raise FieldPathError("a name is missing")
        if name.startswith("!"):
            raise FieldPathError("the '!' of a required field comes after its name")
        if name.endswith("!") and body.startswith("[]", position):
            raise FieldPathError("the '!' of a required field comes after its '[]'")
    arrays = 0
    while body.startswith("[]", position):
        arrays += 1
        position += 2
    required = body.startswith("!", position)
    position += required
    if position < len(body) and body[position] != "." and not body.startswith("['", position):
        raise FieldPathError("'[' must be '[]' for the items of an array, or ['name']")
    return Step(name, arrays, required), position


def _bare(body: str, position: int) -> tuple[str, int]:
    end = position
    while end < len(body) and body[end] not in ".[" and not _ends_required(body, end):
        end += 1
    return body[position:end], end


def _ends_required(body: str, position: int) -> bool:
    """Checks whether a `!` is at the end of a step, where it means that the name before it is required."""
    return body[position] == "!" and body[position + 1 : position + 2] in ("", ".")


def _quoted(body: str, position: int) -> tuple[str, int]:
    name = ""
    while True:
        end = body.find("'", position)
        if end < 0:
            raise FieldPathError("the quote in ['…'] isn't closed")
        name += body[position:end]
        if body.startswith("''", end):
            name += "'"
            position = end + 2
            continue
        if not body.startswith("']", end):
            raise FieldPathError("']' is missing after the quoted name")
        if not name:
            raise FieldPathError("a name is missing in ['']")
        return name, end + 2


def meant_path(text: str) -> str | None:
    """Returns the path that a text in another notation means: `$.value[0].name` and `/value/[]/name` are `value[].name`, `a![]` is `a[]!`.

    Returns None for a text that is in no such notation.
    """
    path = _BETWEEN.sub(".", _LATE.sub(r"\1!", _ITEM.sub("[]", text.removeprefix("$.").removeprefix("/"))))
    return path if path != text and _USUAL.fullmatch(path) else None


def path_of(pointer: Pointer) -> tuple[Step, ...]:
    """Returns the path of a part of a sample: `("value", 0, "at")` is `value[].at`."""
    steps: list[Step] = []
    for part in pointer:
        if isinstance(part, str):
            steps.append(Step(part))
        else:
            last = steps.pop() if steps else Step("")
            steps.append(Step(last.name, last.arrays + 1))
    return tuple(steps)


def write_field_path(steps: tuple[Step, ...]) -> str:
    """Returns the text of a path, which `parse_field_path` reads back."""
    if len(steps) == 1 and _is_annotation(steps[0]):
        return steps[0].name + "!" * steps[0].required  # a name, not a path
    text = ""
    for step in steps:
        plain = not step.name or _PLAIN_NAME.fullmatch(step.name)
        name = step.name if plain else "['" + step.name.replace("'", "''") + "']"
        text += ("." if text and plain else "") + name + "[]" * step.arrays + "!" * step.required
    return text


def _is_annotation(step: Step) -> bool:
    """Checks whether a step alone is a name of OData, such as `@odata.type`, which is written as it is."""
    return step.name.startswith("@") and not step.arrays and not step.name.endswith("!") and "," not in step.name
