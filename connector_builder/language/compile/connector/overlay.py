"""Merges parts in the platform's own terms over derived ones."""

from typing import Any

from connector_builder.language.compile.context import Context
from connector_builder.language.rules import SECRET_IN_SPEC
from connector_builder.platform.solutions.environment_variables import is_expression
from connector_builder.source.node import Node


def plain(ctx: Context, out: Any, key: str | int, node: Node) -> None:
    """Writes plain Swagger unchanged, with the place of each of its parts."""
    ctx.budget.part(node.value, node)
    out[key] = node.value
    ctx.origins.note(out, key, node.key_place if node.is_mapping or node.is_list else node.place)
    if node.is_mapping:
        ctx.note_written(node)
        for name, part in node.entries.items():
            plain(ctx, node.value, name, part)
    elif node.is_list:
        ctx.note_written(node)
        for index, part in enumerate(node.items):
            plain(ctx, node.value, index, part)


def overlay(ctx: Context, out: dict[str, Any], node: Node | None) -> None:
    """Merges a mapping over `out` as RFC 7396 describes it: key by key, mapping by mapping; null removes a key.

    If `out` has no such key, null is JSON's null. Otherwise nobody could write that.
    """
    if node is None:
        return
    for key, part in node.entries.items():
        there = out.get(key)
        if part.value is None and key in out:
            del out[key]
        elif part.is_mapping and isinstance(there, dict):
            overlay(ctx, there, part)
            ctx.origins.note(out, key, part.key_place)
        else:
            plain(ctx, out, key, part)


def replace(ctx: Context, out: dict[str, Any], keys: tuple[str, ...]) -> None:
    """Replaces derived top-level keys of Swagger with the author's; null removes one."""
    for key in keys:
        node = ctx.root.entries.get(key)
        if node is None:
            continue
        if node.value is None:
            out.pop(key, None)
        else:
            plain(ctx, out, key, node)


def leave_out_secrets(ctx: Context, properties: dict[str, Any]) -> None:
    """Removes client secrets from apiProperties and reports them; null, as in paconn's downloads, is none."""
    todo: list[Any] = [properties]
    while todo:
        part = todo.pop()
        todo += part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
        if isinstance(part, dict) and isinstance(part.get("oAuthSettings"), dict):
            settings = part["oAuthSettings"]
            if settings.get("clientSecret") is not None and not is_expression(settings["clientSecret"]):
                place = ctx.origins.locate(settings, [("clientSecret",)], ctx.root.place)[("clientSecret",)]
                help_ = "remove it: pass it to paconn with --secret, or enter it in the portal"
                place.text.hide(place.start, place.end)
                ctx.findings.append(SECRET_IN_SPEC.at(place, "a client secret doesn't belong in a spec", help=help_))
                del settings["clientSecret"]
