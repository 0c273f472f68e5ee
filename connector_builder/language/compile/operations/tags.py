"""Compiles `defaults.operation.tags` by path: the tags of operations that have none of their own."""

from typing import Any

from connector_builder.language.compile.context import Context
from connector_builder.language.rules import NAME_NOT_FOUND
from connector_builder.language.tagging import PathTags
from connector_builder.source.node import Node


def write_tags(ctx: Context, out: dict[str, Any], node: Node, path: str) -> None:
    """Writes the tags that an operation has by its path."""
    if ctx.path_tags is None:
        ctx.path_tags = PathTags(node.value)
    ctx.budget.work(node, ctx.path_tags.steps)
    tags = ctx.path_tags.of(path)
    if tags is not None:
        ctx.budget.whole(tags, node)
        ctx.put(out, "tags", list(tags), node.entries[tags[0]])


def check_tags(ctx: Context, paths: list[str]) -> None:
    """Reports entries that fit no operation; `paths` are those of all operations."""
    node = ctx.defaults.operation.get("tags")
    if node is None or not node.is_mapping or any(ctx.broken.values()):
        return
    known = PathTags(node.value)
    for path in paths:
        ctx.budget.work(node, known.steps)
        known.of(path)
    for part in node.entries.values():
        for item in part.items if part.is_list else [part]:
            entry = str(item.value)
            if entry in known.used:
                continue
            ctx.budget.work(item, len(paths))
            head = entry.removesuffix("*")
            message = f"no operation has the path '{entry}'" if head == entry else f"no path begins with '{head}'"
            help_ = ctx.suggestions.of(head, paths) or "fix the path, or remove it"
            if head != entry and any(path.startswith(head) for path in paths):
                message, help_ = f"all paths that begin with '{head}' have a longer entry", "remove it"
            ctx.report(NAME_NOT_FOUND, item, message, help=help_)
