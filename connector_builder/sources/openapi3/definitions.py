"""Decides which schemas become definitions, and what these are called."""

from collections import deque
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from connector_builder.findings import Pointer
from connector_builder.platform.data.plain import items, text
from connector_builder.platform.swagger.references import format_reference
from connector_builder.sources import losses
from connector_builder.sources.names import FreeNames, definition_name, pascal
from connector_builder.sources.openapi3.bundle import FILES
from connector_builder.sources.openapi3.reader import MAX_AROUND, ShapeReader
from connector_builder.sources.openapi3.shapes import AnyOf, One, Part
from connector_builder.sources.origin import Original

_MARKS = ("readOnly", "writeOnly", "deprecated")
MAX_DEFINITIONS = 5_000
"""The most definitions of a result. Combinations of schemas can be many more than the schemas of the document."""


class Definitions:
    """The definitions that schemas refer to. `written` has those that are written already, by name."""

    def __init__(self, original: Original, reader: ShapeReader) -> None:
        self._original = original
        self._reader = reader
        self.written: dict[str, dict[str, Any]] = {}
        self._names: dict[Any, str] = {}
        self._free = FreeNames()
        self._waiting: deque[tuple[str, Part, str | None]] = deque()

    def reference(self, part: Part, hint: str) -> dict[str, Any] | None:
        """Returns a reference to the definition of a schema; None for a schema that is written where it is.

        `hint` is what a definition is called if the document has no name for it.
        """
        target = self._referred(part)
        if target is None:
            return None
        return self._original.made({"$ref": format_reference("definitions", self._named(target, hint))}, part.at)

    def waiting(self) -> Iterator[tuple[str, Part]]:
        """Yields the definitions that aren't written yet, also those that writing them adds.

        What is found in one belongs to the operation that referred to it first.
        """
        while self._waiting:
            name, part, self._original.operation = self._waiting.popleft()
            yield name, part
        self._original.operation = None

    def _referred(self, part: Part) -> Part | None:
        """Returns the schema that a part is a reference to, if it should stay one; None for a schema of its own."""
        if not isinstance(part, One):
            return (
                part
                if any(map(self._refers, part.of)) and self._reader.shape(part).kind in ("object", "array")
                else None
            )
        target = self._target(part)
        if target is None:
            combines = (
                isinstance(part.schema, dict) and "$ref" not in part.schema and self._refers(part) and len(part.at) > 5
            )
            return part if combines and self._reader.shape(part).kind == "object" else None
        texts = part.schema if isinstance(part.schema, dict) else {}
        marks = [key for key in _MARKS if texts.get(key) is True]
        if text(texts.get("description")) or text(texts.get("title")) or texts.get("default") is not None or marks:
            if self._reader.shape(target).kind not in ("object", "array"):
                return None
            for key in marks:
                self._original.tell(
                    losses.TEXT_BESIDE_REFERENCE, (*part.at, key), f"'{key}' beside a reference isn't kept"
                )
            if text(texts.get("description")):
                self._original.tell(
                    losses.TEXT_BESIDE_REFERENCE,
                    (*part.at, "description"),
                    "a description beside a reference isn't kept",
                )
        return target

    def _target(self, part: One) -> One | None:
        """Returns the schema at the end of a chain of references, and of schemas that are nothing but another one."""
        found: One | None = None
        for _ in range(MAX_AROUND):
            schema = part.schema
            only = _only(schema, part.at)
            if only is not None:
                part = only
                continue
            if not (isinstance(schema, dict) and isinstance(schema.get("$ref"), str)):
                return found
            value, at = self._original.references.target(schema["$ref"])
            if not isinstance(value, dict):
                return None
            found = part = One(value, at)
        return None

    def _refers(self, part: Part) -> bool:
        """Whether a part takes over the content of another schema by reference."""
        if not isinstance(part, One):
            return any(map(self._refers, part.of))
        schema = part.schema
        if not isinstance(schema, dict):
            return False
        members = [member for key in ("allOf", "oneOf", "anyOf") for member in items(schema.get(key))]
        return "$ref" in schema or any(isinstance(member, dict) and "$ref" in member for member in members)

    def _named(self, part: Part, hint: str) -> str:
        key = _key(part)
        name = self._names.get(key)
        if name is None:
            name = self._free.free(self._name(part, hint))
            self._tell_renamed(part, name)
            self._names[key] = name
            if len(self._names) > MAX_DEFINITIONS:
                self._original.tell(
                    losses.TOO_MANY_SCHEMAS,
                    (),
                    f"the schemas combine to more than {MAX_DEFINITIONS:,}: the rest become objects",
                )
                self.written[name] = {"type": "object"}
            else:
                self._waiting.append((name, part, self._original.operation))
        return name

    def _tell_renamed(self, part: Part, name: str) -> None:
        given = part.at[-1] if isinstance(part, One) and len(part.at) == 3 and part.at[0] == "components" else name
        if given != name:
            self._original.tell(losses.SCHEMA_RENAMED, part.at, f"the schema '{given}' becomes '{name}'")

    def _name(self, part: Part, hint: str) -> str:
        at = part.at
        if not isinstance(part, One):
            ends = [one.at[-1] for one in part.of if isinstance(one, One)]
            named = isinstance(part, AnyOf) and len(ends) == 2 and all(isinstance(end, str) for end in ends)
            return (
                definition_name([hint or "Or".join(pascal(str(end)) for end in ends)])
                if not named or hint
                else "Or".join(map(str, ends))
            )
        if (len(at) == 3 and at[0] == "components") or (len(at) == 2 and at[0] in ("$defs", "definitions")):
            return definition_name([at[-1]])
        if at[0] == FILES and (len(at) <= 3 or at[-2] in ("schemas", "$defs", "definitions")):
            return definition_name([PurePosixPath(str(at[1])).stem if len(at) == 2 else at[-1]])
        return definition_name(
            [hint] if hint else [step for step in at[-3:] if step not in ("schema", "properties", "items")]
        )


def _only(schema: Any, at: Pointer) -> One | None:
    """Returns the one schema that a schema is nothing but: `{"allOf": [X]}`, or `{"anyOf": [X, {"type": "null"}]}`."""
    if not isinstance(schema, dict) or "$ref" in schema:
        return None
    keys = [
        key
        for key in schema
        if key not in ("description", "title", "nullable", "default", "readOnly", "example", "examples", "deprecated")
        and not key.startswith("x-")
    ]
    if len(keys) != 1 or keys[0] not in ("allOf", "oneOf", "anyOf"):
        return None
    members = [(index, member) for index, member in enumerate(items(schema[keys[0]])) if member != {"type": "null"}]
    if len(members) != 1 or (keys[0] == "allOf" and len(schema["allOf"]) != 1):
        return None
    index, member = members[0]
    return One(member, (*at, keys[0], index))


def _key(part: Part) -> Any:
    return part.at if isinstance(part, One) else (type(part).__name__, *(_key(one) for one in part.of))
