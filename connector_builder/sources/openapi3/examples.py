"""Examples of bodies and answers: where the document has no schema, they show the fields."""

from typing import Any

from connector_builder.findings import Pointer
from connector_builder.language.compile.schemas.from_sample import schema_of_sample
from connector_builder.platform.data.plain import ABSENT, mapping
from connector_builder.sources import losses
from connector_builder.sources.origin import Original

Entries = dict[str, Any]


class Examples:
    """Reads the examples of bodies and answers. `sampled` has those that became schemas, by the identity of the schema."""

    def __init__(self, original: Original) -> None:
        self._original = original
        self.sampled: dict[int, Any] = {}
        self._kept: list[Entries] = []

    def schema(self, media: Entries, at: Pointer, what: str, *, json: bool) -> Entries | None:
        """Returns the schema of a media type's example, if the media type is JSON and has no schema. Else tells the example.

        `what` has the example: `what 'GetOrder' answers`.
        """
        example = self._first(media, at)
        if example is ABSENT:
            return None
        if json and "schema" not in media and isinstance(example, dict | list):
            made = schema_of_sample(example)
            if made is not None:
                self.sampled[id(made)] = example
                self._kept.append(made)  # so that no other schema gets its identity
                return self._original.made(made, at)
        self._original.tell(
            losses.EXAMPLE_LEFT_OUT, at, f"the example of {what} isn't kept: samples are made of the schema"
        )
        return None

    def _first(self, media: Entries, at: Pointer) -> Any:
        """Returns the first example; None if its value isn't in the document, ABSENT if there is no example."""
        if "example" in media:
            return media["example"]
        found: Any = ABSENT
        for name, value in mapping(media.get("examples")).items():
            one, _ = self._original.place(value, (*at, "examples", name))
            found = next((mapping(one)[key] for key in ("value", "dataValue") if key in mapping(one)), None)
            if found is not None:
                break
        return found
