"""A file as plain data with places, and the findings about it."""

from dataclasses import dataclass, field

from connector_builder.findings import Finding, Text
from connector_builder.source.node import Node

MAX_FINDINGS = 1000
"""The most findings of one kind that are kept for one file: nobody reads more, and a hostile file causes a million."""
MAX_NODES = 1_000_000
"""The most parts of a document in YAML, with those that aliases repeat. The largest published connector has 60,000."""


@dataclass(slots=True)
class Document:
    """A file that was read.

    `root` is the part that could be read, None if none could; `parts` is the number of its parts.
    """

    text: Text
    root: Node | None
    findings: list[Finding] = field(default_factory=list)
    parts: int = 0
