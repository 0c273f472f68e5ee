"""What a rule yields, once the registry has stamped it."""

from typing import NamedTuple

from connector_builder.findings import Pointer, Rule


class Hit(NamedTuple):
    """A rule, a document of the package, a pointer into it, and what to say there."""

    rule: Rule
    document: str
    pointer: Pointer
    message: str
    help: str | None = None
    related: tuple[tuple[Pointer, str], ...] = ()
