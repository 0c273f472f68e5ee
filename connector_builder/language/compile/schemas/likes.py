"""Completes schemas that are `like` another one: with its keys and fields, except where they differ.

The rest of the compiler then sees such a schema as if it were written out.
"""

from collections.abc import Iterator, Sequence

from connector_builder.language.compile.context import Context, value
from connector_builder.language.compile.schemas.field_paths import split_paths
from connector_builder.language.mending import called
from connector_builder.language.rules import NAME_NOT_FOUND, SCHEMA_CONTRADICTORY
from connector_builder.language.tables.operations import OF_BODY, OF_RESPONSE
from connector_builder.language.tables.schemas import BARE, LIKE, WITHOUT
from connector_builder.source.node import Node

NOT_COPIED = frozenset({"inline", LIKE, WITHOUT})
"""The keys of a schema that a schema like it doesn't have."""


_KEPT = {"body": OF_BODY, "response": OF_RESPONSE, "sharedResponse": OF_RESPONSE}
"""The keys that a schema doesn't give to a part with one of its own, since they mean something else there."""


def complete_likes(ctx: Context, parts: Sequence[tuple[Node, str]]) -> None:
    """Completes schemas, bodies and responses in place, each given with the name of its object.

    One that can't be completed is a finding, and keeps its own keys. Raises TooMuch.
    """
    done: set[int] = set()
    kept = {id(node): _KEPT.get(name, frozenset()) for node, name in parts}
    for node, _ in parts:
        chain = [node]
        ids = {id(node)}
        while (model := _model(ctx, chain[-1])) is not None and id(model) not in done:
            if id(model) in ids:
                message = f"the schema '{chain[-1].entries[LIKE].value}' is like itself"
                ctx.report(SCHEMA_CONTRADICTORY, chain[-1].entries[LIKE], message, help="describe one of them")
                del chain[-1].entries[LIKE]
                break
            chain.append(model)
            ids.add(id(model))
        for one in reversed(chain):
            if id(one) not in done:
                done.add(id(one))
                _complete(ctx, one, kept.get(id(one), frozenset()))


def _model(ctx: Context, node: Node) -> Node | None:
    name = value(node.entries, LIKE)
    return None if name is None else ctx.table("schemas").get(name)


def _complete(ctx: Context, node: Node, kept: frozenset[str]) -> None:
    like, without = node.entries.get(LIKE), node.entries.get(WITHOUT)
    model = _model(ctx, node)
    own = {key: part for key, part in node.entries.items() if key not in (LIKE, WITHOUT)}
    node.entries = own
    if like is None or like.value is None:
        if without is not None and without.value is not None:
            message = "'without' leaves out fields of the schema under 'like'"
            ctx.report(SCHEMA_CONTRADICTORY, without, message, help="add 'like', or remove 'without'", key=True)
        return
    if model is None or not model.is_mapping:
        _no_model(ctx, like, model)
        return
    copied = {key: part for key, part in model.entries.items() if key not in NOT_COPIED | kept}
    sampled = "sample" in model.entries or "samples" in model.entries
    fields = _fields(ctx, copied.get(BARE), own.get(BARE), without, like, sampled=sampled)
    node.entries = {**copied, **own, BARE: fields} if fields.value else {**copied, **own}


def _no_model(ctx: Context, like: Node, model: Node | None) -> None:
    if model is not None:
        message = f"the schema '{like.value}' has no keys that another could have too"
        help_ = f"write $ref: {like.value}"
        ctx.report(SCHEMA_CONTRADICTORY, like, message, help=help_, fix=called(like, help_, "$ref"))
    elif not ctx.is_broken("schemas", like.value):
        help_ = ctx.suggestions.of(like.value, ctx.table("schemas")) or "name a schema that stands under 'schemas'"
        ctx.report(NAME_NOT_FOUND, like, f"there is no schema '{like.value}'", help=help_)


def _fields(
    ctx: Context, model: Node | None, own: Node | None, without: Node | None, like: Node, *, sampled: bool
) -> Node:
    """Returns the fields of the model, with one's own in their places or after them, and without some."""
    fields = _by_path(model)
    below: dict[str, list[str]] = {}
    for path in fields if without is not None else ():
        for name in ways_to(path):
            below.setdefault(name, []).append(path)
    for item in without.items if without is not None else ():
        left = [path for path in below.get(str(item.value), ()) if path in fields]
        if not left:
            help_ = ctx.suggestions.of(str(item.value), fields) or "remove it"
            message = f"'{like.value}' has no field '{item.value}'"
            if sampled:
                message += " under 'fields'; those of its sample can't be left out"
                help_ = f"describe the fields of '{like.value}' under 'fields', without the sample"
            ctx.report(NAME_NOT_FOUND, item, message, help=help_)
        for path in left:
            del fields[path]
    fields.update(_by_path(own))
    ctx.budget.work(like, len(fields))
    written = (own or like).with_value({key: part.value for key, part in fields.values()})
    written.entries, written.key = dict(fields.values()), BARE
    return written


def ways_to(path: str) -> Iterator[str]:
    """Yields the fields that a path leads to and into: `lines[].id` leads into `lines` and `lines[]`."""
    yield from (path[:index] for index, letter in enumerate(path) if letter in ".[")
    yield path


def _by_path(fields: Node | None) -> dict[str, tuple[str, Node]]:
    """Returns fields by their paths without `!`, each with its key, which may have one."""
    if fields is None:
        return {}
    return {
        path.replace("!.", ".").removesuffix("!"): (path, part)
        for key, part in fields.entries.items()
        for path in split_paths(key)
    }
