"""The derived values that completion shows are exact: a spec that writes one out builds the same package."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from connector_builder.app.shared.read import read
from connector_builder.app.shared.targets import Target
from connector_builder.language.reuse import Reuse
from connector_builder.language.tables.forms import Key
from connector_builder.lsp.buffers import Buffers
from connector_builder.lsp.built import part_of, value_at
from connector_builder.lsp.checking import setup_of
from connector_builder.lsp.features import view_of
from connector_builder.lsp.spec_tree import Spot, object_of

SPECS = Path(__file__).parents[2] / "specs"
_KEYS = frozenset({"summary", "description", "type", "required", "operationId", "visibility", "urlEncoding", "version"})


def _unwritten(spots: list[Spot]) -> Iterator[tuple[Spot, Key]]:
    """Yields the keys that mappings of a spec could have, and don't."""
    for spot in spots:
        known = object_of(spot.form) if spot.node.is_mapping and spot.node.entries else None
        if known is not None and not known.keys.keys().isdisjoint(spot.node.entries):
            yield from ((spot, key) for name, key in known.keys.items() if name in _KEYS - spot.node.entries.keys())


def _with(target: Target, spot: Spot, line: str) -> Target:
    """Returns a target whose mapping at a spot has another key first."""
    first = min(spot.node.entries.values(), key=lambda one: (one.key_span or (0, 0))[0])
    assert first.key_span is not None
    content, start = spot.node.text.content, first.key_span[0]
    begins = content.rfind("\n", 0, start) + 1
    is_flow = content[begins:start].strip(" -") != ""
    written = f"{line}, " if is_flow else f"{line}\n{' ' * (start - begins)}"
    changed = content[:start] + written + content[start:]
    return target._replace(
        held=tuple((path, changed.encode() if path == spot.file else text) for path, text in target.held)
    )


@pytest.mark.parametrize(("name", "most"), [("github-issues", 20), ("power-automate-management", 2)])
def test_a_spec_that_says_what_is_derived_builds_the_same(name: str, most: int) -> None:
    folder = SPECS / name
    buffers, reuse = Buffers(), Reuse()
    for path in folder.rglob("*.yaml"):
        if path.name == "connector.yaml" or path.parent.parent == folder:
            buffers.put(path, path.read_text(encoding="utf-8"))
    target = buffers.target(folder / "connector.yaml")
    assert target is not None
    view, variables = view_of(target), setup_of(folder, {}).variables
    package = read(target, variables, reuse=reuse).package
    assert view is not None
    assert package is not None
    every = list(_unwritten(view.spots))
    random.Random(7).shuffle(every)
    tried: set[tuple[str, str]] = set()
    count = 0
    for spot, key in every:
        part = part_of(package.documents, spot.path)
        value = None if part is None else value_at(part, key)
        if value is None or count == most:
            continue
        count += 1
        line = f"{key.name}: {json.dumps(value) if key.name != 'required' else value}"
        after = read(_with(target, spot, line), variables, reuse=reuse).package
        assert after is not None, (spot.path, line)
        assert after.documents == package.documents, (spot.path, line)
        tried.add((str(spot.form.object), key.name))
    assert count == most
    assert len(tried) > most / 8
