"""The parts of the two documents that authentication writes."""

from dataclasses import dataclass, field
from typing import Any

from connector_builder.language.compile.connector.overlay import overlay
from connector_builder.language.compile.context import Context, Entries, value


@dataclass(slots=True)
class Auth:
    """Parts of the two documents that authentication writes; `polling` are the policies of triggers, always last."""

    definitions: dict[str, Any] = field(default_factory=dict)
    security: list[Any] = field(default_factory=list)
    parameters: dict[str, Any] = field(default_factory=dict)
    policies: list[Any] = field(default_factory=list)
    polling: list[Any] = field(default_factory=list)
    sets: dict[str, Any] | None = None
    gateway: bool = False
    raw: bool = False

    def define(self, ctx: Context, entries: Entries, name: str, definition: dict[str, Any], scopes: list[str]) -> None:
        """Adds a security definition, with the author's `definition` over it, and the requirement that names it.

        If `definition` is null, it adds neither.
        """
        node = entries.get("definition")
        if node is not None and node.value is None:
            return
        if node is not None:
            name = str(value(node.entries, "name", name) if node.is_mapping else node.value)
            over = node.with_value({key: part.value for key, part in node.entries.items() if key != "name"})
            over.entries = {key: part for key, part in node.entries.items() if key != "name"}
            overlay(ctx, definition, over)
        ctx.put(self.definitions, name, definition, node or entries["type"])
        self.security.append({name: scopes})
