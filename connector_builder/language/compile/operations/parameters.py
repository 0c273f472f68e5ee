"""Compiles parameters: the operation's keys over the top level's templates, and those over the request line."""

from collections import deque
from typing import Any

from connector_builder.language.compile.context import Context, Entries, value
from connector_builder.language.compile.operations.request import QueryPart, Request
from connector_builder.language.compile.schemas.forms import ARRAY, long_form, over
from connector_builder.language.compile.schemas.schema import keywords, reference
from connector_builder.language.compile.schemas.schema_keys import check_words
from connector_builder.language.derived import (
    HIDDEN,
    OData,
    enum_value,
    is_hidden,
    odata,
    parameter_description,
    parameter_labels,
    parameter_required,
    parameter_type,
    place_rank,
    shared_key,
    url_encoding,
)
from connector_builder.language.rules import NAME_NOT_FOUND, PARAMETER_PLACE_MISSING, VALUE_MISSING, VALUE_NOT_VALID
from connector_builder.language.tables.forms import PLAIN
from connector_builder.language.tables.types import TYPE_WORDS
from connector_builder.platform.swagger.references import format_reference, name_in
from connector_builder.secrets import Use, is_secret
from connector_builder.source.node import Node

_PLACES = ("path", "query", "header", "formData")
_LABELS = ("summary", "x-ms-summary")
_VISIBILITY = ("visibility", "x-ms-visibility")
Parameter = tuple[str, str, dict[str, Any]]
"""Name, place and Swagger of a parameter; a shared one is a `$ref`."""


def request_parameters(ctx: Context, request: Request, entries: Entries, line: Node) -> list[Parameter]:
    """Returns an operation's parameters without the body, in the usual order: path, query, headers, form, others."""
    own = _own(entries)
    made = [_parameter(ctx, name, "path", _taken(own, name, "path"), line) for name in request.path_parameters]
    made += [_query_parameter(ctx, part, _taken(own, part.name, "query"), line) for part in request.query]
    form = entries.get("form")
    for place, given in (("header", _headers(ctx, entries)), ("formData", form.entries if form is not None else {})):
        for written, entry in given.items():
            made.append(_given_place(ctx, written, place, entry, _taken(own, written.removesuffix("!"), place)))
    known = [*request.path_parameters, *(part.name for part in request.query)]
    for name, node in own.items():
        made += _other(ctx, name, node, known)
    return made


def _query_parameter(ctx: Context, part: QueryPart, said: Node | None, line: Node) -> Parameter:
    if part.entry is not None:
        return _given_place(ctx, part.entry.key or part.name, "query", part.entry, said)
    origin = line if part.item is None else part.item
    return _parameter(ctx, part.name, "query", said, origin, required=part.required, constant=part.constant)


def _headers(ctx: Context, entries: Entries) -> Entries:
    """Returns the headers of a request: first those of every operation, then its own. Null leaves one out, or all of them."""
    node, common = entries.get("headers"), ctx.defaults.operation.get("headers")
    if node is not None and node.value is None:
        return {}
    if common is not None:
        ctx.budget.work(common, len(common.entries))
    own = {name.removesuffix("!"): (name, part) for name, part in (node.entries if node is not None else {}).items()}
    headers = {
        name.removesuffix("!"): (name, part) for name, part in (common.entries if common is not None else {}).items()
    }
    for name, (written, part) in own.items():
        if part.value is None and name not in headers:
            ctx.report(VALUE_MISSING, part, f"'{written}' has no value", help="write its value", key=not part.raw())
    return {written: part for written, part in {**headers, **own}.values() if part.value is not None}


def _own(entries: Entries) -> Entries:
    node = entries.get("parameters")
    return dict(node.entries) if node is not None and node.is_mapping else {}


def _taken(own: Entries, name: str, place: str) -> Node | None:
    """Returns the operation's entry for a parameter, by `name in place`, else by its name."""
    exact = own.pop(f"{name} in {place}", None)
    return exact if exact is not None else own.pop(name, None)


def _given_place(ctx: Context, written: str, place: str, entry: Node, said: Node | None) -> Parameter:
    """Compiles a header, form field or query parameter. A scalar under `headers` is a constant."""
    required = written.endswith("!")
    name = written.removesuffix("!")
    if place == "header" and not entry.is_mapping:
        constant = str(entry.raw() if not isinstance(entry.value, str) else entry.value)
        if is_secret(name, constant, Use.HEADER):
            ctx.report_secret(
                entry, f"the header '{name}' contains a secret", "remove it: 'auth' sends the secret of a connection"
            )
        return _parameter(ctx, name, place, said, entry, constant=constant)
    if said is None:
        return _parameter(ctx, name, place, entry, entry, required=required)
    both = said.with_value({})
    both.entries = over(long_form(entry), long_form(said))
    return _parameter(ctx, name, place, both, entry, required=required)


def _other(ctx: Context, name: str, node: Node, known: list[str]) -> list[Parameter]:
    """Compiles a parameter that only the operation's `parameters` contain: it must name its place."""
    entries = long_form(node)
    if value(entries, "$ref") is not None:
        place, ref = _shared_place(ctx, entries["$ref"])
        return [(name, place, ref)]
    bare, _, place = name.partition(" in ")
    place = place or value(entries, "in", "")
    if place in _PLACES:
        return [_parameter(ctx, bare, place, node, node)]
    template = _template(ctx, name, "")
    if template is not None and value(template[1], "in") in _PLACES:
        return [_parameter(ctx, name, value(template[1], "in"), node, node)]
    if name in ctx.unbraced:
        return []
    help_ = (
        ctx.suggestions.of(name, known)
        or f"add it to the request line as '{{{name}}}' or '?{name}', or write 'in: query'"
    )
    ctx.report(PARAMETER_PLACE_MISSING, node, f"the parameter '{name}' isn't in the request line", help=help_, key=True)
    return []


def _shared_place(ctx: Context, node: Node) -> tuple[str, dict[str, Any]]:
    ref = reference(ctx, node, node.value, "parameters")
    ctx.origins.note_all(ref, node.key_place)
    components = ctx.table("components").get("parameters")
    target = components.entries.get(node.value) if components is not None else None
    place = (
        value(target.entries[PLAIN].entries if PLAIN in target.entries else target.entries, "in")
        if target is not None
        else None
    )
    return (place if isinstance(place, str) else "query"), ref


def _template(ctx: Context, name: str, place: str) -> tuple[str, Entries] | None:
    """Returns the top level's entry for a parameter, by `name in place`, else by its name, with its key."""
    table = ctx.table("parameters")
    for key in (f"{name} in {place}", name):
        if key in table:
            ctx.used_templates.add(key)
            return key, long_form(table[key])
    return None


def _parameter(
    ctx: Context,
    name: str,
    place: str,
    said: Node | None,
    origin: Node,
    *,
    required: bool = False,
    constant: str | None = None,
) -> Parameter:
    own = long_form(said) if said is not None else {}
    if value(own, "$ref") is not None:
        return name, place, _shared_place(ctx, own["$ref"])[1]
    if value(own, "in", place) != place:
        message = f"'{name}' is in the {place} of the request line"
        ctx.report(VALUE_NOT_VALID, own["in"], message, help="remove 'in', or move the parameter")
    template = _template(ctx, name, place) if value(own, "inherit", True) else None
    if template is None:
        ctx.untemplated.setdefault(name, origin)
    shared_entries = {} if template is None else template[1]
    if constant is not None:  # a template for visible parameters doesn't make a constant visible
        shared_entries = {key: part for key, part in shared_entries.items() if key not in _VISIBILITY}
    entries = over(own, shared_entries) if template is not None else own
    node = said or (origin if template is None else ctx.table("parameters")[template[0]])
    shared = None if template is None else shared_key(template[0], value(template[1], "shared"))
    known = (shared or "", name, place, required) if said is None and constant is None else None
    if known is not None and known in ctx.references:
        return name, place, _reference(ctx, known[0], origin)
    swagger = swagger_parameter(ctx, name, place, entries, node, origin, required=required, constant=constant)
    # A use is a reference only if it equals the shared parameter: a constant of another value is written in full.
    if shared and ctx.shared_parameters.setdefault(shared, swagger) == swagger:
        if known is not None:  # all uses that say nothing of their own are equal, and there may be any number
            ctx.references.add(known)
        return name, place, _reference(ctx, shared, origin)
    return name, place, swagger


def _reference(ctx: Context, shared: str, origin: Node) -> dict[str, Any]:
    ref: dict[str, Any] = {}
    ctx.put(ref, "$ref", format_reference("parameters", shared), origin)
    return ref


def swagger_parameter(
    ctx: Context,
    name: str,
    place: str,
    entries: Entries,
    node: Node,
    origin: Node,
    *,
    required: bool = False,
    constant: str | None = None,
) -> dict[str, Any]:
    """Returns a parameter in plain Swagger.

    `node` is the author's description of it, `origin` the part of the spec that makes it.
    """
    out: dict[str, Any] = {}
    ctx.origins.note_all(out, node.key_place if node is not origin else origin.place)
    ctx.put(out, "name", name, origin)
    ctx.put(out, "in", place, origin)
    _required(ctx, out, entries, place, required=required or constant is not None)
    keywords(
        ctx, out, {key: entry for key, entry in entries.items() if key not in ("in", "required", "urlEncoding")}, node
    )
    hidden = constant is not None or is_hidden(out)
    option = odata(ctx.defaults, name, place, hidden=hidden)
    _derive_type(ctx, out, entries, node, option)
    if constant is not None:
        _constant(ctx, out, constant, entries, origin)
    if not any(key in entries for key in _LABELS):
        for key, text in parameter_labels(ctx.defaults, name, hidden=hidden, option=option).items():
            out[key] = text
            ctx.labelled.add(id(out))
    description = parameter_description(ctx.defaults, out, option=option)
    if description is not None and "description" not in entries:
        ctx.put(out, "description", description, node)
    _encoding(ctx, out, entries, place)
    return out


def _encoding(ctx: Context, out: dict[str, Any], entries: Entries, place: str) -> None:
    said = entries.get("urlEncoding")
    if place == "path" and "x-ms-url-encoding" in entries:
        return
    if said is not None and said.value is not None:
        ctx.put(out, "x-ms-url-encoding", said.value, said)
        return
    encoding = url_encoding(ctx.defaults, place) if said is None else None
    if encoding is not None:
        out["x-ms-url-encoding"] = encoding


def _required(ctx: Context, out: dict[str, Any], entries: Entries, place: str, *, required: bool) -> None:
    said = entries.get("required")
    if said is not None and said.value is None:
        return
    if said is not None:
        ctx.put(out, "required", said.value, said)
    else:
        flag = parameter_required(ctx.defaults, place, marked=required)
        if flag is not None:
            out["required"] = flag


def _derive_type(ctx: Context, out: dict[str, Any], entries: Entries, node: Node, option: OData | None = None) -> None:
    if "type" in entries or "type" in out or any(value(entries, key) is not None for key in ("schema", "$ref")):
        return
    check_words(ctx, entries, node)
    items = value(entries, "items") is not None or ARRAY in entries
    for key, item in parameter_type(out, option, items=items).items():
        ctx.put(out, key, item, node)


def _constant(ctx: Context, out: dict[str, Any], constant: str, entries: Entries, origin: Node) -> None:
    """Adds the keys of a constant: its value, of the parameter's type, and its visibility."""
    kind = out.get("type", "string")
    item = enum_value(constant, kind) if kind in TYPE_WORDS else constant
    if item is None:
        ctx.report(VALUE_NOT_VALID, origin, f"'{constant}' isn't of the type '{kind}' that 'parameters' gives it")
        item = constant
    if "default" not in entries:
        ctx.put(out, "default", item, origin)
    if "visibility" not in entries and "x-ms-visibility" not in entries:
        out["x-ms-visibility"] = HIDDEN


def kind_of(ctx: Context, swagger: dict[str, Any]) -> Any:
    """Returns the type of a parameter of Swagger, which a shared one has in its own place; None if it has none."""
    reference_ = swagger.get("$ref")
    if reference_ is None:
        return swagger.get("type")
    name = name_in("parameters", str(reference_))
    if name in ctx.shared_parameters:
        return ctx.shared_parameters[name].get("type")
    components = ctx.table("components").get("parameters")
    shared = components.entries.get(name or "") if components is not None else None
    if shared is None:
        return None
    kind = value(shared.entries[PLAIN].entries if PLAIN in shared.entries else shared.entries, "type")
    return TYPE_WORDS[kind]["type"] if kind in TYPE_WORDS and "type" in TYPE_WORDS[kind] else kind


def ordered(ctx: Context, made: list[Parameter], order: Node | None) -> list[dict[str, Any]]:
    """Returns the parameters in the operation's order; those that it doesn't name come last, by their places."""
    made = sorted(made, key=lambda one: place_rank(ctx.defaults, one[1]))
    if order is None or not order.is_list:
        return [swagger for _, _, swagger in made]
    left = dict(enumerate(made))
    waiting: dict[tuple[str, str], deque[int]] = {}  # by name and place, and by name alone
    for index, (name, place, _) in enumerate(made):
        waiting.setdefault((name, place), deque()).append(index)
        waiting.setdefault((name, ""), deque()).append(index)
    first: list[Parameter] = []
    for item in order.items:
        name, _, place = str(item.value).partition(" in ")
        same = waiting.get((name, place), deque())
        while same and same[0] not in left:  # it was taken by name and place, or by name alone
            same.popleft()
        if not same:
            help_ = ctx.suggestions.of(name, (one[0] for one in made)) or "name a parameter of this operation"
            ctx.report(NAME_NOT_FOUND, item, f"there is no parameter '{item.value}'", help=help_)
            continue
        first.append(left.pop(same.popleft()))
    return [swagger for _, _, swagger in (*first, *left.values())]


def swagger_header(ctx: Context, node: Node) -> dict[str, Any]:
    """Compiles a header of a response, without a derived label or description."""
    out: dict[str, Any] = {}
    entries = long_form(node)
    keywords(ctx, out, entries, node)
    _derive_type(ctx, out, entries, node)
    return out
