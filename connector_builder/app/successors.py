"""Writes operations that can stand beside those that a change breaks: the old one, deprecated, and its successor."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from connector_builder.checks.changes import Compared
from connector_builder.findings import Text
from connector_builder.findings.verdict import Verdict
from connector_builder.language.decompile import NotImportable, NotProven, import_package
from connector_builder.package.model import Package, Reading
from connector_builder.package.secrets import spared
from connector_builder.platform.data.differences import same
from connector_builder.platform.data.plain import first_text, mapping, text
from connector_builder.platform.swagger.operations import Operation, operations
from connector_builder.platform.swagger.references import References, format_reference, name_in, references_in
from connector_builder.platform.swagger.schemas import Part, walk
from connector_builder.secrets import mask
from connector_builder.source.yaml_reader import read_yaml
from connector_builder.source.yaml_writer import Block, write_yaml

_ENDING = "_V2"
MAX_SUCCESSORS = 20
"""The most operations of one comparison that get a successor."""


def successors(old: Reading, new: Reading, compared: Compared) -> str:
    """Returns YAML for the operations that a comparison breaks: each as it was, deprecated, and as it is now under another id.

    It goes into the spec in place of the changed operation. Returns an empty text if nothing breaks.
    """
    if old.package is None or new.package is None:
        return ""
    earlier, later = spared(old.package), spared(new.package)
    before, after = _by_id(earlier.definition), _by_id(later.definition)
    broken = [
        id_
        for change, _ in compared.found
        if change.verdicts.worst() is Verdict.BREAKING
        for id_ in change.operations
        if id_ in before
    ]
    made: dict[str, Block] = {}
    for id_ in list(dict.fromkeys(broken))[:MAX_SUCCESSORS]:
        for section, parts in _pair(earlier, later, before[id_], after.get(id_)):
            made.setdefault(section, Block()).update(parts)
    return mask(new.mask(old.mask(write_yaml(made)))) if made else ""


def _by_id(definition: Any) -> dict[str, Operation]:
    return {text(one.value.get("operationId")): one for one in reversed(list(operations(definition)))}


def _pair(old: Package, new: Package, was: Operation, now: Operation | None) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yields the sections of a spec with an operation as it was, and as it is now."""
    id_ = text(was.value.get("operationId"))
    next_id = f"{id_}{_ENDING}"
    summary = first_text(was.value.get("summary"), id_)
    replacement = {
        "replacement": {"api": text(mapping(mapping(old.definition).get("info")).get("title")), "operationId": next_id}
    }
    kept = {
        **was.value,
        "summary": f"{summary} (deprecated)",
        "deprecated": True,
        "x-ms-api-annotation": {"family": id_, "revision": 1, **(replacement if now is not None else {})},
    }
    yield from _sections(old, was, kept, {}).items()
    if now is None:
        return
    renamed = _other_schemas(old, new, now)
    follows = {
        **now.value,
        "operationId": next_id,
        "summary": f"{first_text(now.value.get('summary'), id_)} (V2)",
        "x-ms-api-annotation": {"family": id_, "revision": 2},
    }
    place = now if (now.path, now.verb) != (was.path, was.verb) else now._replace(path=f"/v2{now.path}")
    yield from _sections(new, place, follows, renamed).items()


def _other_schemas(old: Package, new: Package, operation: Operation) -> dict[str, str]:
    """Returns new names for the schemas of an operation that are others now: the old operation needs the old ones."""
    before, after = (
        mapping(mapping(old.definition).get("definitions")),
        mapping(mapping(new.definition).get("definitions")),
    )
    reached = _reached(new.definition, operation.value)
    changed = {name for name in reached if name in before and not same(before[name], after.get(name))}
    # What refers to a renamed schema has another content too.
    users: dict[str, list[str]] = {}
    for user in sorted(reached):
        for reference in references_in(after.get(user)):
            users.setdefault(name_in("definitions", reference) or "", []).append(user)
    waiting, seen = sorted(changed), set(changed)
    while waiting:
        new_users = [user for user in users.get(waiting.pop(), ()) if user not in seen]
        seen.update(new_users)
        waiting += new_users
    changed = {name for name in seen if name in before}
    return {name: f"{name}V2" for name in sorted(changed)}


def _reached(definition: Any, value: Any) -> set[str]:
    references = References(definition)
    starts = [Part(one, ()) for one in _schemas(value)]
    found = (name_in("definitions", mapping(part.schema).get("$ref")) for part in walk(starts, references))
    return {name for name in found if name is not None}


def _schemas(value: Any) -> Iterator[Any]:
    """Yields what may be a schema in an operation."""
    if isinstance(value, dict):
        if "$ref" in value or "properties" in value or "items" in value or "allOf" in value:
            yield value
        for part in value.values():
            yield from _schemas(part)
    elif isinstance(value, list):
        for part in value:
            yield from _schemas(part)


def _sections(
    package: Package, place: Operation, value: dict[str, Any], renamed: dict[str, str]
) -> dict[str, dict[str, Any]]:
    """Returns an operation as the sections of a spec: `{"actions": {…}}`, and with `renamed` the schemas under their new names."""
    whole = mapping(package.definition)
    item = {key: part for key, part in place.item.items() if key in ("parameters", "x-ms-notification-content")}
    paths = {place.path: {**item, place.verb: value}}
    wanted = _reached(whole, paths)
    definitions = {
        renamed.get(name, name): part for name, part in mapping(whole.get("definitions")).items() if name in wanted
    }
    definition = {
        key: part
        for key, part in whole.items()
        if key in ("swagger", "info", "host", "basePath", "schemes", "consumes", "produces")
    }
    definition |= _renamed({"paths": paths, "definitions": definitions}, renamed)
    for section in ("parameters", "responses"):  # few are used, and one comparison imports up to forty operations
        used = {name_in(section, reference) for reference in references_in(paths)}
        definition[section] = {name: part for name, part in mapping(whole.get(section)).items() if name in used}
    small = replace(package, definition=definition, properties={"properties": {}}, samples=[], sampled={}, script=None)
    try:
        imported = import_package(small)
    except (NotImportable, NotProven):
        return {}
    files = [
        read_yaml(Text(package.source, content.decode("utf-8")))
        for name, content in imported.files.items()
        if name.endswith(".yaml")
    ]
    trees = [mapping(one.root.value) for one in files if one.root is not None]
    found = {key: mapping(tree.get(key)) for key in ("actions", "triggers") for tree in trees if tree.get(key)}
    schemas = {
        name: part for tree in trees for name, part in mapping(tree.get("schemas")).items() if name in renamed.values()
    }
    return {**found, **({"schemas": schemas} if schemas else {})}


def _renamed(value: Any, names: dict[str, str]) -> Any:
    """Returns plain data whose references lead to schemas under their new names."""
    if isinstance(value, dict):
        return {key: _reference(part, names) if key == "$ref" else _renamed(part, names) for key, part in value.items()}
    return [_renamed(part, names) for part in value] if isinstance(value, list) else value


def _reference(value: Any, names: dict[str, str]) -> Any:
    name = name_in("definitions", value)
    return format_reference("definitions", names[name]) if name in names else value
