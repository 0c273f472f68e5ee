"""Limits the size of the package.

A few lines of a spec can become millions of parts, because templates, defaults, inline schemas and samples repeat them.
"""

from typing import Any

from connector_builder.findings import Finding
from connector_builder.language.rules import SPEC_TOO_LARGE
from connector_builder.source.node import Node

MAX_PARTS = 300_000
"""The most keys, values and findings in a package, samples included. The largest published connector has 60,000."""
MAX_CHARACTERS = 16 * 1024 * 1024
"""The most characters of their texts. The platform accepts definitions of up to 1 MB."""
MAX_STEPS = 2_000_000
"""The most comparisons that no table saves, such as the search for a callback in a schema, once for every webhook."""
_HELP = "repeated parts count each time: move them into a shared part, or split the connector"


def fits(value: Any) -> bool:
    """Checks whether a document has no more parts and characters than a package may have."""
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
    """Signals that the package becomes too large. `finding` says where, and how to mend the spec."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


class Budget:
    """The rest of the limits. Each method has the part of the spec that is to be built, and raises TooMuch."""

    __slots__ = ("characters", "parts", "steps")

    def __init__(self) -> None:
        self.parts, self.characters, self.steps = MAX_PARTS, MAX_CHARACTERS, MAX_STEPS

    def part(self, item: Any, node: Node) -> None:
        """Counts one part: a scalar, or a mapping or list without its contents."""
        self.parts -= 1
        if type(item) is str:
            self.characters -= len(item)
        if self.parts < 0 or self.characters < 0:
            raise self._too_much(node)

    def whole(self, value: Any, node: Node) -> None:
        """Counts a value with all its contents. A value that occurs in it several times counts as often."""
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
        """Counts comparisons."""
        self.steps -= steps
        if self.steps < 0:
            message = f"this spec takes more than {MAX_STEPS:,} comparisons to build"
            raise TooMuch(SPEC_TOO_LARGE.at(node.key_place, message, help=_HELP))

    def _too_much(self, node: Node) -> TooMuch:
        much = f"{MAX_PARTS:,} parts" if self.parts < 0 else f"{MAX_CHARACTERS // 1024**2} million characters"
        return TooMuch(SPEC_TOO_LARGE.at(node.key_place, f"this makes the spec larger than {much}", help=_HELP))
