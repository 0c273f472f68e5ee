"""The tree of fields that samples and field paths build together, before it becomes a schema."""

from dataclasses import dataclass, field

from connector_builder.findings import Pointer
from connector_builder.language.compile.context import AuthorSample, Context, Entries, value
from connector_builder.language.compile.samples.infer import Inferred, infer
from connector_builder.language.compile.samples.samples import read_samples
from connector_builder.language.compile.schemas.field_paths import (
    FieldPathError,
    Step,
    meant_path,
    parse_field_path,
    split_paths,
    write_field_path,
)
from connector_builder.language.compile.schemas.forms import may_have_fields, named_schema_of, refines, says_what
from connector_builder.language.compile.schemas.schema_keys import fitting_fields
from connector_builder.language.mending import called
from connector_builder.language.rules import FIELD_PATH_DOUBTFUL, FIELD_PATH_NOT_VALID, SCHEMA_CONTRADICTORY
from connector_builder.source.node import Node
from connector_builder.source.suggest import is_near


@dataclass(slots=True)
class Field:
    """A field, its array levels, and the fields in its innermost items.

    `levels[0]` is the author's description of the field itself, `levels[n]` the one after n pairs of brackets.
    `inferred` is the schema of the innermost item in a sample, and `sampled_at` its place there. `samples` are the
    samples of this very field, after `samples_level` pairs of brackets. `origin` is the part of the spec that made the
    field. `told` is whether a path through it was reported.
    """

    name: str
    origin: Node
    arrays: int = 0
    required: Node | None = None
    levels: dict[int, Node] = field(default_factory=dict)
    inferred: Inferred | None = None
    sampled_at: Pointer = ()
    samples: list[AuthorSample] | None = None
    samples_level: int = 0
    children: "dict[str, Field]" = field(default_factory=dict)
    told: bool = False


def grow(ctx: Context, at: Field, entries: Entries) -> None:
    """Adds a mapping's sample and fields to the innermost items of `at`."""
    sampled = False
    if "sample" in entries or value(entries, "samples") is not None:
        samples = read_samples(ctx, entries)
        sampled = bool(samples)
        if sampled:
            at.samples, at.samples_level = samples, at.arrays
            inferred = infer([((index,), sample.value) for index, sample in enumerate(samples)])
            _grow_from_sample(at, inferred, entries.get("sample") or entries["samples"])
    fields = entries.get("fields")
    if fields is not None and fields.is_mapping:
        for key, node in fields.entries.items():
            paths = split_paths(key)
            ctx.budget.work(node, len(paths) - 1)
            for path in paths:
                _grow_from_path(ctx, at, path, node, sampled=sampled)


def _grow_from_sample(at: Field, inferred: Inferred, origin: Node) -> None:
    at.sampled_at = inferred.first
    while inferred.items is not None:
        at.arrays += 1
        inferred = inferred.items
    at.inferred = inferred
    for name, part in inferred.properties.items():
        child = at.children[name] = Field(name, origin)
        _grow_from_sample(child, part, origin)


def _grow_from_path(ctx: Context, root: Field, key: str, node: Node, *, sampled: bool) -> None:
    try:
        steps = parse_field_path(key)
    except FieldPathError as error:
        meant = meant_path(key)
        help_ = f"write '{meant}'" if meant else None
        ctx.report(FIELD_PATH_NOT_VALID, node, f"the path '{key}' can't be read: {error}", help=help_, key=True)
        return
    if not steps[0].name and not root.arrays:
        ctx.report(
            FIELD_PATH_NOT_VALID,
            node,
            f"the path '{key}' has no name",
            help="only a sample makes an array of the root",
            key=True,
        )
        return
    at = _follow(ctx, root, steps, node, make=not sampled or says_what(node))
    if at is None:
        return
    if steps[-1].required and node.is_mapping and "required" in node.entries:
        flag = node.entries["required"]
        if flag.value is False:
            ctx.report(SCHEMA_CONTRADICTORY, flag, f"'{key}' is required by its '!'", help="keep one of the two")
    level = steps[-1].arrays
    if level in at.levels:
        message = f"the field '{key}' is given twice"
        ctx.report(FIELD_PATH_NOT_VALID, node, message, key=True, first=at.levels[level])
        return
    if named_schema_of(node) and at.children and at.inferred is None:
        message = f"'{key}' names a schema, so no path can lead through it"
        ctx.report(FIELD_PATH_NOT_VALID, node, message, key=True, first=next(iter(at.children.values())).origin)
        return
    at.levels[level] = node
    _fit_fields(ctx, node, of_array=level > 0)
    if at.inferred is not None and says_what(node) and not refines(node):
        at.inferred, at.children, at.arrays = None, {}, level
    if node.is_mapping:
        grow(ctx, at, node.entries)


def _fit_fields(ctx: Context, node: Node, *, of_array: bool) -> None:
    """Leaves out what can't stand beside the fields of a field, and reports it."""
    if node.is_mapping:
        fitting = fitting_fields(ctx, node.entries, of_array=of_array)
        for name in node.entries.keys() - fitting.keys():
            del node.entries[name]


def _follow(ctx: Context, root: Field, steps: tuple[Step, ...], node: Node, *, make: bool) -> Field | None:
    """Returns the field at the end of a path. With `make` it makes missing fields; else each is a finding."""
    at = root
    for number, step in enumerate(steps):
        if step.name:
            below = _child(ctx, at, steps[: number + 1], node, make=make)
            if below is None:
                return None
            at = below
            if step.required:
                at.required = at.required or node
        if not _fit(ctx, at, steps[: number + 1], node, last=number == len(steps) - 1):
            return None
    return at


def _child(ctx: Context, at: Field, steps: tuple[Step, ...], node: Node, *, make: bool) -> Field | None:
    name = steps[-1].name
    if name in at.children:
        return at.children[name]
    for level in at.levels.values():
        named = named_schema_of(level)
        if named is not None:
            message = f"a path can't lead through '{at.name}', which names the schema '{named}'"
            ctx.report(
                FIELD_PATH_NOT_VALID, node, message, help="describe the field in that schema", key=True, first=level
            )
            return None
        if not may_have_fields(level):
            if not at.told:
                help_ = f"write object as the type of '{at.name}', or leave the field out"
                ctx.report(FIELD_PATH_NOT_VALID, node, f"'{at.name}' has no fields", help=help_, key=True, first=level)
            at.told = True
            return None
    if not make and node.is_mapping and ctx.is_broken("schema keys", "type"):
        return None  # the key that is left out may be the type
    dotted = _dotted(name, node)
    if not make:
        help_ = (
            (f"write '{dotted}'" if dotted else None)
            or ctx.suggestions.of(name, at.children)
            or "fix the path, or add the field with its type, such as {type: string}"
        )
        shown = name if dotted else write_field_path(steps)
        ctx.report(FIELD_PATH_NOT_VALID, node, f"the sample has no field '{shown}'", help=help_, key=True)
        return None
    if dotted:
        help_ = f"write '{dotted}' for a field in another one, or \"['{name}']\" for this name"
        message = f"'{name}' is the name of one field here, not a path"
        ctx.report(FIELD_PATH_DOUBTFUL, node, message, help=help_, key=True)
    elif near := _sampled_like(at, name):
        help_ = f"did you mean '{near}'? If not, add '{name}' to the sample"
        message = f"the sample has '{near}', but not '{write_field_path(steps)}'"
        fix = called(node, f"write '{near}'", (node.key or "").replace(name, near, 1))
        ctx.report(FIELD_PATH_DOUBTFUL, node, message, help=help_, key=True, fix=fix)
    child = at.children[name] = Field(name, node)
    return child


def _dotted(name: str, node: Node) -> str | None:
    """Returns the path that a name in another notation is probably meant to be; None for other names, and for quoted ones."""
    key = node.key or ""
    return None if f"['{name}']" in key else meant_path(key if name == "$" else name)


def _sampled_like(at: Field, name: str) -> str | None:
    """Returns a field of the sample that a name is probably a misspelling of. A plural is a name of its own."""
    sampled = at.inferred.properties if at.inferred is not None else {}
    return next((one for one in sampled if is_near(name, one) and name + "s" != one and one + "s" != name), None)


def _fit(ctx: Context, at: Field, steps: tuple[Step, ...], node: Node, *, last: bool) -> bool:
    """Makes the field as deep an array as the path requires. Reports a conflict with a sample or an earlier path."""
    arrays = steps[-1].arrays
    if arrays > at.arrays:
        told = at.inferred is not None and at.inferred.type is not None and not says_what(node)
        if told or (at.children and at.inferred is None):
            message = f"'{write_field_path(steps)}': there is no array at '{at.name}'"
            fix = called(node, "remove '[]'", (node.key or "").replace(f"{at.name}[]", at.name, 1))
            ctx.report(FIELD_PATH_NOT_VALID, node, message, help="remove '[]'", key=True, fix=fix)
            return False
        at.arrays = arrays
    elif arrays < at.arrays and not last:
        shown = write_field_path((*steps[:-1], Step(at.name, at.arrays)))
        ctx.report(FIELD_PATH_NOT_VALID, node, f"'{at.name}' is an array", help=f"write '{shown}.…'", key=True)
        return False
    return True
