"""Explains a place of a spec: what its key means, what is derived without it, and what is built."""

import json
from collections.abc import Mapping
from typing import Any

from connector_builder.app.shared.read import read
from connector_builder.app.shared.targets import Target
from connector_builder.language import Variables, compile_loaded
from connector_builder.language.reuse import Reuse
from connector_builder.lsp.built import part_of, value_at
from connector_builder.lsp.spec_tree import Spot, loaded, object_of
from connector_builder.package.secrets import spared
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


def here(target: Target, variables: Variables, spot: Spot, reuse: Reuse) -> str:
    """Returns what is built at a spot, in Markdown: of a key without it, of a named part all of it. Empty for anything else."""
    package = read(target, variables, reuse=reuse).package
    if package is None:
        return ""
    if spot.key is not None:
        return _without(target, variables, spot, reuse, package.documents)
    shown = spared(package)
    part = part_of(shown.documents, spot.path)
    if part is None:
        return ""
    value: object = part.value
    if len(spot.path) == 2:
        same = (one for one in operations(shown.definition) if one.value is value)
        value = next(({one.path: {one.verb: one.value}} for one in same), value)
    text = mask(json.dumps(value, ensure_ascii=False, indent=2))
    short = text if len(text) <= MAX_SHOWN else text[:MAX_SHOWN] + "\n…"
    return f"**{spot.path[-1]}** builds:\n\n```json\n{short}\n```"


def _without(target: Target, variables: Variables, spot: Spot, reuse: Reuse, documents: Mapping[str, Any]) -> str:
    """Returns what the spec builds without a key: it is compiled without it."""
    tree = loaded(target, reuse)
    owner, name = tree.root.find(spot.path[:-1]) if tree is not None and tree.root is not None else None, spot.path[-1]
    if tree is None or owner is None or spot.key is None or name not in owner.entries:
        return ""
    owner.entries = {key: node for key, node in owner.entries.items() if key != name}
    owner.value.pop(name, None)  # a section that only a folder has isn't in the main file
    package = compile_loaded(tree, variables).package
    if package is None:
        return ""
    if package.documents == documents:
        return "Without it, the spec builds the same."
    part = part_of(spared(package).documents, spot.path[:-1])
    value = None if part is None else value_at(part, spot.key)
    return "" if value is None else f"Here, without it: `{value}`"
