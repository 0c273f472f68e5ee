"""What a spec may become. A few lines can stand for millions of parts: templates, defaults, inline schemas and samples repeat them."""

from typing import Any

from connector_builder.findings import Finding
from connector_builder.language.rules import SPEC_TOO_LARGE
from connector_builder.source.node import Node

MAX_PARTS = 300_000
"""Keys, values and findings of what is built, samples included. The largest published connector has 60,000."""
MAX_CHARACTERS = 16 * 1024 * 1024
"""Characters of the texts in them. The platform takes definitions of up to 1 MB."""
MAX_STEPS = 2_000_000
"""Comparisons that no table saves, such as looking for a callback in a schema, once for every webhook."""
_HELP = "what every operation or schema repeats counts each time: move it into a shared part, or split the connector"


def fits(value: Any) -> bool:
    """Whether a document has no more parts and characters than a spec may become."""
    parts, characters = MAX_PARTS, MAX_CHARACTERS
    waiting = [value]
    while waiting:
        item = waiting.pop()
        parts -= 1
        characters -= len(item) if isinstance(item, str) else 0
        if parts < 0 or characters < 0:
            return False
        if isinstance(item, dict | list):
            waiting += item.values() if isinstance(item, dict) else item
    return True


class TooMuch(Exception):  # noqa: N818 - it ends a compilation, and is no error of ours
    """The spec becomes too large. `finding` says where and how to mend it."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


class Budget:
    """What is left of the limits. Each method takes the part of the spec that is to be built, and raises TooMuch."""

    __slots__ = ("characters", "parts", "steps")

    def __init__(self) -> None:
        self.parts, self.characters, self.steps = MAX_PARTS, MAX_CHARACTERS, MAX_STEPS

    def part(self, item: Any, node: Node) -> None:
        """Takes one part: a scalar, or a mapping or list without what it holds."""
        self.parts -= 1
        if type(item) is str:
            self.characters -= len(item)
        if self.parts < 0 or self.characters < 0:
            raise self._too_much(node)

    def whole(self, value: Any, node: Node) -> None:
        """Takes a value with all that it holds; a value in it counts as often as it is there."""
        waiting = [value]
        while waiting:
            item = waiting.pop()
            self.part(item, node)
            if type(item) is dict:
                self.characters -= sum(map(len, item))
                waiting += item.values()
            elif type(item) is list:
                waiting += item

    def work(self, node: Node, steps: int = 1) -> None:
        """Takes comparisons."""
        self.steps -= steps
        if self.steps < 0:
            message = f"this spec takes more than {MAX_STEPS:,} comparisons to build"
            raise TooMuch(SPEC_TOO_LARGE.at(node.key_place, message, help=_HELP))

    def _too_much(self, node: Node) -> TooMuch:
        much = f"{MAX_PARTS:,} parts" if self.parts < 0 else f"{MAX_CHARACTERS // 1024**2} million characters"
        return TooMuch(SPEC_TOO_LARGE.at(node.key_place, f"with this, the spec becomes more than {much}", help=_HELP))
