"""Finds schemas that are another one with few changes, which `like` expresses: `{like: Order, without: [id]}`."""

from collections import Counter
from typing import Any

from connector_builder.language.compile.schemas.likes import NOT_COPIED, ways_to
from connector_builder.language.decompile.decisions import Entries
from connector_builder.language.decompile.schemas.fields import measure
from connector_builder.language.tables.schemas import BARE, LIKE, WITHOUT
from connector_builder.source.yaml_writer import Block

LEAST_SAVED = 4
"""The fewest lines that are saved, since a reader then has to look in two places."""
MOST_CHANGES = 4
"""Of so many fields, at most one may differ: what differs in more is a schema of its own."""
_MOST_PLACES = 50
"""The most schemas with one field that are compared: the first of them, which are the models of the others."""
_REMOVED = frozenset({"description", "title", "summary"})
"""Keys that null takes away from what is copied."""


def with_likes(schemas: Entries) -> Entries:
    """Returns the schemas, in their order, with those that differ little from another one as `like` that one."""
    fields = {name: _fields(schema) for name, schema in schemas.items()}
    places: dict[tuple[str, str], list[str]] = {}
    for name, said in fields.items():
        for item in said.items():
            listed = places.setdefault(item, [])
            if len(listed) < _MOST_PLACES:
                listed.append(name)
    written = type(schemas)(schemas)
    models: set[str] = set()
    for name, said in fields.items():
        if name in models or len(said) < 2:
            continue
        shared = Counter(
            other for item in said.items() for other in places[item] if other != name and LIKE not in written[other]
        )
        for other, _ in shared.most_common(3):
            form = _like(schemas[name], other, schemas[other], said, fields[other])
            if form is not None:
                written[name] = form
                models.add(other)
                break
    return written


def _fields(schema: Any) -> dict[str, str]:
    """Returns the fields of a schema, each with its form as text, to compare them; none if it has only others."""
    if not isinstance(schema, dict) or not isinstance(schema.get(BARE), dict):
        return {}
    return {path: repr(form) for path, form in schema[BARE].items()}


def _like(schema: Entries, name: str, model: Entries, said: dict[str, str], others: dict[str, str]) -> Entries | None:
    """Returns a schema as one like a model; None if that isn't much shorter, or the order of the fields is another."""
    bare = {path.replace("!", ""): path for path in said}
    without = [path for path in others if path.replace("!", "") not in bare]
    changed = {path: schema[BARE][path] for path, text in said.items() if others.get(path) != text}
    merged = {path.replace("!", ""): path for path in others if path not in without}
    merged.update({path.replace("!", ""): path for path in changed})
    if list(merged.values()) != list(said) or (len(without) + len(changed)) * MOST_CHANGES > len(said):
        return None
    left_out = _shortest(without)
    if not set(left_out).isdisjoint(way for path in merged for way in ways_to(path)):
        return None
    form: Entries = {LIKE: name}
    for key in dict.fromkeys((*schema, *model)):
        if key == BARE or (key in NOT_COPIED and key not in schema):
            continue
        if key not in schema:
            if key not in _REMOVED:
                return None
            form[key] = None
        elif key in NOT_COPIED or repr(schema[key]) != repr(model.get(key)):
            form[key] = schema[key]
    if without:
        form[WITHOUT] = left_out
    if changed:
        form[BARE] = Block(changed) if isinstance(schema[BARE], Block) else changed
    saved = measure(schema)[0] - measure(form)[0]
    return form if saved >= LEAST_SAVED or (form.keys() == {LIKE} and saved > 0) else None


def _shortest(paths: list[str]) -> list[str]:
    """Returns the names of the fields to leave out: to leave out a field leaves out what is below it."""
    names = dict.fromkeys(path.replace("!", "").removesuffix("[]") for path in paths)
    return [name for name in names if not any(way != name and way in names for way in ways_to(name))]
