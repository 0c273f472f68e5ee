"""Compiles the query beside a request line: a list of its parameters, or a mapping that describes them."""

from collections.abc import Iterator

from connector_builder.language.compile.context import Context
from connector_builder.language.compile.operations.request import (
    QueryPart,
    Request,
    RequestError,
    SecretError,
    parse_query,
)
from connector_builder.language.rules import REQUEST_NOT_VALID
from connector_builder.source.node import Node


def add_query(ctx: Context, request: Request, node: Node | None, *, default: bool = False) -> None:
    """Adds the parameters of `query` to those of a request line. A name that is already there is a finding.

    With `default`, `query` is that of every operation: a name that is already there isn't added.
    """
    if node is None or node.value is None:
        return
    names = {part.name for part in request.query}
    for part in _parts(ctx, node):
        ctx.budget.work(node)
        if part.name not in names:
            names.add(part.name)
            request.query.append(part)
        elif not default:
            message = f"the query parameter '{part.name}' is given twice"
            place = part.item or part.entry or node
            ctx.report(REQUEST_NOT_VALID, place, message, help="give it once", key=part.entry is not None)


def _parts(ctx: Context, node: Node) -> Iterator[QueryPart]:
    if node.is_mapping:
        for written, entry in node.entries.items():
            if "=" in written:
                name, _, text = written.partition("=")
                help_ = f"write '{written}' into the request line, or {name}: {{default: {text}, visibility: internal}}"
                message = f"'{written}' is a constant, and the keys of 'query' are names"
                ctx.report(REQUEST_NOT_VALID, entry, message, help=help_, key=True)
                continue
            if written.startswith(("?", "&")):
                message, help_ = f"'{written}' begins with '{written[0]}'", f"write {written[1:]}"
                ctx.report(REQUEST_NOT_VALID, entry, message, help=help_, key=True)
                continue
            yield QueryPart(written.removesuffix("!"), written.endswith("!"), entry=entry)
    elif node.is_list:
        for item in node.items:
            for part in _parsed(ctx, item):
                yield part._replace(item=item)
    else:
        yield from _parsed(ctx, node)


def _parsed(ctx: Context, node: Node) -> list[QueryPart]:
    """Reads the parameters of a text, as a request line has it after its `?`. Faults in it are findings."""
    try:
        return parse_query(str(node.value).removeprefix("?"))
    except SecretError as error:
        ctx.report_secret(node, str(error), error.cure, error.secret)
    except RequestError as error:
        ctx.report(REQUEST_NOT_VALID, node, str(error), help=error.cure)
    return []
