"""Explains a place of a spec: what its key means, what is derived without it, and what an operation builds."""

import json
from typing import Any

from connector_builder.app.shared.read import read
from connector_builder.app.shared.targets import Target
from connector_builder.language import Variables
from connector_builder.lsp.names import Sort, Use
from connector_builder.lsp.spec_tree import Spot, object_of
from connector_builder.platform.swagger.operations import operations
from connector_builder.secrets import mask

MAX_SHOWN = 6_000


def explained(spot: Spot) -> str:
    """Returns the meaning of the key at a spot in Markdown; empty for a name that its author chose."""
    key = spot.key
    if key is None:
        return ""
    lines = [f"**{key.name}**", "", key.doc]
    if key.without:
        lines += ["", f"Without it: {key.without}."]
    if key.example is not None:
        lines += ["", "```yaml", f"{key.name}: {json.dumps(key.example, ensure_ascii=False)}", "```"]
    kind = object_of(spot.form)
    if kind is not None:
        lines += ["", f"Keys: {', '.join(f'`{name}`' for name in list(kind.keys)[:40])}"]
    return "\n".join(lines)


def built(target: Target, variables: Variables, use: Use) -> str:
    """Returns what an operation or a schema builds, in Markdown; empty if it builds nothing, as in a broken spec."""
    package = read(target, variables).package
    if package is None:
        return ""
    part = _part(package.definition, use)
    if part is None:
        return ""
    text = mask(json.dumps(part, ensure_ascii=False, indent=2))
    short = text if len(text) <= MAX_SHOWN else text[:MAX_SHOWN] + "\n…"
    return f"**{use.name}** builds:\n\n```json\n{short}\n```"


def _part(definition: Any, use: Use) -> Any:
    if use.sort is Sort.SCHEMA:
        schemas = definition.get("definitions")
        return schemas.get(use.name) if isinstance(schemas, dict) else None
    if use.sort is not Sort.OPERATION:
        return None
    for one in operations(definition):
        if one.value.get("operationId") == use.name:
            return {one.path: {one.verb: one.value}}
    return None
