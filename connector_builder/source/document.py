"""A file as plain data with places, and what was wrong with it."""

from dataclasses import dataclass, field

from connector_builder.findings import Finding, Text
from connector_builder.source.node import Node

MAX_FINDINGS = 1000
"""Findings of one kind that are kept of one file: nobody reads more, and a hostile one gives a million."""


@dataclass(slots=True)
class Document:
    """`root` is None where nothing could be read; what could is there beside the findings. `parts` is how many it has."""

    text: Text
    root: Node | None
    findings: list[Finding] = field(default_factory=list)
    parts: int = 0
