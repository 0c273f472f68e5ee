"""Field paths: `properties.startTime`, `value[].name!`, `a['microsoft.Flow'].b`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """A name, and how many array levels follow it. Only the first step may have no name: a root that is an array."""

    name: str
    arrays: int = 0


@dataclass(frozen=True, slots=True)
class FieldPath:
    """The steps from the object to the field, and whether the field is required there."""

    steps: tuple[Step, ...]
    required: bool = False


class FieldPathError(ValueError):
    """What is wrong with a field path."""


def parse_field_path(text: str) -> FieldPath:
    """Reads a field's key. Raises FieldPathError. A key that begins with `@` is a name, not a path."""
    required = text.endswith("!")
    body = text[:-1] if required else text
    if body.startswith("@"):
        return FieldPath((Step(body),), required)
    if not body:
        raise FieldPathError("the name is missing")
    steps: list[Step] = []
    position = 0
    while position < len(body):
        step, position = _step(body, position, first=not steps)
        steps.append(step)
    return FieldPath(tuple(steps), required)


def _step(body: str, position: int, *, first: bool) -> tuple[Step, int]:
    """One step from `position`: a name, bare or in brackets, and its `[]`."""
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
    arrays = 0
    while body.startswith("[]", position):
        arrays += 1
        position += 2
    if position < len(body) and body[position] != "." and not body.startswith("['", position):
        raise FieldPathError("'[' must be '[]' for the items of an array, or ['name']")
    return Step(name, arrays), position


def _bare(body: str, position: int) -> tuple[str, int]:
    end = position
    while end < len(body) and body[end] not in ".[":
        end += 1
    return body[position:end], end


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


def write_field_path(steps: tuple[Step, ...]) -> str:
    """The text of a path, for messages."""
    text = ""
    for step in steps:
        plain = step.name and not any(character in step.name for character in ".['")
        name = step.name if plain or not step.name else "['" + step.name.replace("'", "''") + "']"
        text += ("." if text and plain else "") + name + "[]" * step.arrays
    return text
