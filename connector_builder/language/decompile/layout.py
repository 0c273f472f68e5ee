"""Divides the tree of a spec into files: one file, or a folder with a file for each group of operations."""

import re
from collections.abc import Iterator
from typing import Any

from connector_builder.language import MAIN
from connector_builder.language.decompile.choices.order import common_parts, order_of
from connector_builder.language.decompile.decisions import Entries
from connector_builder.language.decompile.draft import Spec
from connector_builder.language.decompile.model import MAX_FILE
from connector_builder.language.decompile.spec import in_sections
from connector_builder.language.variables import ENVIRONMENT
from connector_builder.package.model import ICON, SCRIPT
from connector_builder.source.names import safe_slug
from connector_builder.source.yaml_writer import Spaced, write_yaml

_EXPRESSION = re.compile(r'@environmentVariables\("([A-Za-z0-9_]+)"\)')
"""An expression that `${environment:acme_Name}` stands for."""
ENVIRONMENT_VARIABLE = "@environmentVariables("


def spec_files(spec: Spec, script: bytes | None, icon: bytes | None) -> dict[str, bytes]:
    """Returns the files of a spec by name, with its script, icon and samples; only connector.yaml if that is enough."""
    tree = escaped(spec.tree)
    files = {MAIN: _written(_with_order(tree, spec, [*spec.actions, *spec.triggers]))}
    if len(files[MAIN]) > MAX_FILE:
        files = _parted(tree, spec)
    files.update(spec.samples)
    for name, content in ((SCRIPT, script), (ICON, icon)):
        if content is not None:
            files[name] = content
    return files


def escaped(value: Any) -> Any:
    """Escapes texts so that none contains a variable, and names environment variables; keys can't contain variables."""
    if isinstance(value, str):
        text = value.replace("${", "$${") if "${" in value else value
        return _EXPRESSION.sub(rf"{ENVIRONMENT}\1}}", text) if ENVIRONMENT_VARIABLE in text else text
    if isinstance(value, dict):
        return type(value)({key: escaped(part) for key, part in value.items()})
    return [escaped(part) for part in value] if isinstance(value, list) else value


def _written(tree: Entries) -> bytes:
    return write_yaml(tree).encode()


def _with_order(tree: Entries, spec: Spec, names: list[str]) -> Entries:
    """Adds the `order` that operations in the order of `names` require."""
    placed = [(name, spec.paths[name]) for name in names]
    order = order_of(spec.wanted, placed, tree.get("paths", {}))
    if not order:
        return tree
    return in_sections({**tree, "order": escaped(order)})


def _parted(tree: Entries, spec: Spec) -> dict[str, bytes]:
    """Returns the files of a folder: operations in their own files, all schemas in one, because their order counts."""
    groups = {f"actions/{group}.yaml": members for group, members in _groups(spec).items()}
    groups = {name: groups[name] for name in sorted(groups)}  # in the order of reading
    names = [*(name for group in groups.values() for name in group), *spec.triggers]
    main = {key: part for key, part in tree.items() if key not in ("actions", "triggers", "schemas")}
    files = {MAIN: _written(_with_order(Spaced(main), spec, names))}
    for group, members in groups.items():
        files[group] = _written(Spaced({name: tree["actions"][name] for name in members}))
    for section in ("triggers", "schemas"):
        if section in tree:
            files[f"{section}/{section}.yaml"] = _written(tree[section])
    return files


def _groups(spec: Spec) -> dict[str, list[str]]:
    """Returns the actions by the name of their file: by their tags, else by the first difference of their paths."""
    split = [spec.paths[name].split("/") for name in spec.actions]
    shared = common_parts(split)
    by_path = [next(_words(parts[shared:]), "") for parts in split]
    by_tag = [spec.tags.get(name, "") for name in spec.actions]
    for titles in (by_tag, by_path):
        groups: dict[str, list[str]] = {}
        for name, title in zip(spec.actions, titles, strict=True):
            groups.setdefault(safe_slug(title or "others"), []).append(name)
        if 1 < len(groups) <= len(spec.actions) // 2:
            return groups
    return {"actions": spec.actions}


def _words(parts: list[str]) -> Iterator[str]:
    """Yields the parts of a path that aren't parameters."""
    return (part for part in parts if part and not part.startswith("{"))
