"""From the tree of fields to a schema: types, labels, required lists."""

from typing import Any

from connector_builder.findings import Place
from connector_builder.language.compile.context import Context, Entries, value
from connector_builder.language.compile.field_paths import Step, path_of, write_field_path
from connector_builder.language.compile.field_tree import Field, grow
from connector_builder.language.compile.forms import ARRAY, SAYS_WHAT, long_form, over, refines, says_what
from connector_builder.language.compile.samples import AuthorSample
from connector_builder.language.compile.schema import keywords, plain_part, schema
from connector_builder.language.derived import HIDDEN, field_description, field_labels, telling_values, value_type
from connector_builder.language.rules import SAMPLE_AMBIGUOUS, SCHEMA_CONTRADICTORY
from connector_builder.source.node import Node

# What in the mapping of `value[]` is said of its items; all else is said of the array.
OF_ITEMS = frozenset(
    {
        "type", "format", "enum", "pattern", "minLength", "maxLength", "minimum", "maximum", "$ref", "fields", "properties",
        "additionalProperties", "sample", "samples", "dynamicValues", "dynamicSchema", "dynamicTree", "swagger", "x-ms-dynamic-values",
        "x-ms-dynamic-list", "x-ms-dynamic-schema", "x-ms-dynamic-properties", "x-ms-dynamic-tree", ARRAY,
    }
)  # fmt: skip
_NO_TYPE = frozenset({"type", "$ref", "allOf", ARRAY})
SAYS_OBJECT = frozenset({"fields", "properties", "additionalProperties", "dynamicSchema", "x-ms-dynamic-schema"})
"""Keys of a field without a type that make it an object."""
_LABELS = ("summary", "title", "x-ms-summary")


def fields_schema(ctx: Context, node: Node, entries: Entries) -> dict[str, Any]:
    """The schema that a mapping's sample and fields give together."""
    root = Field("", node)
    grow(ctx, root, entries)
    rest = {key: part for key, part in entries.items() if key not in ("sample", "samples")}
    inherit = bool(value(entries, "inherit", True))
    levels = {0: rest}
    if root.arrays:
        # What stands beside a sample that is an array is said of the array.
        levels = {0: {key: part for key, part in rest.items() if key != "fields"}}
        levels.update({level: long_form(said) for level, said in root.levels.items()})
    with ctx.nested(node, root.arrays) as fits:
        return _levels(ctx, root, levels, node, root.samples, inherit=inherit) if fits else {}


def _property(
    ctx: Context, field: Field, samples: list[AuthorSample] | None, *, inherit: bool
) -> tuple[dict[str, Any], Entries]:
    """A field's schema, and what is said of the field itself, for the object that it stands in."""
    said = [long_form(node) for node in field.levels.values()]
    inherit = inherit and all(value(entries, "inherit", True) for entries in said)
    template = _template(ctx, field) if inherit else {}
    levels = {level: long_form(node) for level, node in field.levels.items()}
    inner = levels.get(field.arrays, {})
    node = field.levels.get(field.arrays) or field.levels.get(0) or field.origin
    if field.arrays:
        of_array, levels[field.arrays] = _split(inner)
        levels[0] = {**template, **of_array, **levels.get(0, {})}
    elif value(inner, "$ref") is None:  # beside a reference nothing may stand
        levels[0] = over(inner, template)
    if "swagger" in inner and not field.arrays:
        return plain_part(ctx, inner), {}
    with ctx.nested(node, 1 + field.arrays) as fits:
        out = _levels(ctx, field, levels, node, samples, inherit=inherit) if fits else {}
    ctx.origins.note_all(out, _origin(field, samples))
    own = levels.get(0, {})
    _describe(ctx, out, field.name, own, node)
    return out, own


def _template(ctx: Context, field: Field) -> Entries:
    """What the top level's `fields` say of a field of this name.

    What they say it is counts over what a sample tells, but not over what the author says here.
    """
    node = ctx.table("fields").get(field.name)
    if node is None:
        return {}
    ctx.used_fields.add(field.name)
    entries = long_form(node)
    if not says_what(node) or refines(node):
        return entries
    if (field.children and field.inferred is None) or any(says_what(said) for said in field.levels.values()):
        return {key: part for key, part in entries.items() if key not in SAYS_WHAT} if field.arrays else entries
    field.arrays, field.children, field.inferred = 0, {}, None
    return entries


def _levels(
    ctx: Context,
    field: Field,
    levels: dict[int, Entries],
    node: Node,
    samples: list[AuthorSample] | None,
    *,
    inherit: bool,
) -> dict[str, Any]:
    """The schema of a field's innermost items, wrapped in its arrays. `samples` are those that told of the field."""
    samples = field.samples or samples
    out = _item(ctx, field, levels.get(field.arrays, {}), node, samples, inherit=inherit)
    for level in range(field.arrays, -1, -1):
        if level < field.arrays:
            out = _array(ctx, out, levels.get(level, {}), node)
        if field.samples and level == field.samples_level:
            ctx.sample_checks.append((out, field.samples))
            ctx.authored[id(out)] = field.samples[0].value, node
    return out


def _split(entries: Entries) -> tuple[Entries, Entries]:
    """The mapping of `value[]`, parted into what is said of the array and what of its items."""
    of_items = {key: part for key, part in entries.items() if key in OF_ITEMS}
    if "required" in entries and entries["required"].is_list:
        of_items["required"] = entries["required"]
    of_array = {key: part for key, part in entries.items() if key not in of_items and key != "items"}
    if "items" in entries and entries["items"].value is not None:
        of_items = over(of_items, long_form(entries["items"]))
    return of_array, of_items


def _array(ctx: Context, items: dict[str, Any], entries: Entries, node: Node) -> dict[str, Any]:
    out: dict[str, Any] = {}
    ctx.put(out, "type", "array", node)
    ctx.put(out, "items", items, node, at_key=True)
    keywords(ctx, out, {key: part for key, part in entries.items() if key not in ("type", "items")}, node)
    return out


def _item(
    ctx: Context, field: Field, entries: Entries, node: Node, samples: list[AuthorSample] | None, *, inherit: bool
) -> dict[str, Any]:
    """The schema of a field's innermost items: an object of its children, or what is said or inferred."""
    if "swagger" in entries:
        return plain_part(ctx, entries)
    out: dict[str, Any] = {}
    instead = any(value(entries, key) is not None for key in ("$ref", ARRAY, "properties"))
    children = {} if instead else field.children
    keywords(ctx, out, entries, node)
    if not _NO_TYPE & entries.keys():
        _derive_type(ctx, out, field, entries, node, samples)
    if children:
        properties: dict[str, Any] = {}
        said: dict[str, Entries] = {}
        for name, child in children.items():
            properties[name], said[name] = _property(ctx, child, samples, inherit=inherit)
            ctx.origins.note(properties, name, _origin(child, samples))
        ctx.put(out, "properties", properties, node, at_key=True)
        _require(ctx, out, field, said, node)
    ctx.origins.note_all(out, node.key_place)
    return out


def _origin(field: Field, samples: list[AuthorSample] | None) -> Place:
    """Where a field comes from: what the author says of it, else where an inline sample has it."""
    said = field.levels.get(field.arrays)
    if said is None and samples and samples[0].node is not None and field.sampled_at:
        return samples[0].node.find(field.sampled_at[1:]).key_place
    return (said or field.origin).key_place


def _derive_type(
    ctx: Context,
    out: dict[str, Any],
    field: Field,
    entries: Entries,
    node: Node,
    samples: list[AuthorSample] | None,
) -> None:
    told = field.inferred.type if field.inferred is not None else None
    fields = bool(field.children) or any(value(entries, key) is not None for key in SAYS_OBJECT)
    items = "items" in entries
    if fields or items or (told is None and (field.inferred is None or telling_values(out))):
        told = {"type": value_type(out, fields=fields, items=items)}
    elif told is None and field.inferred is not None:
        name, help_ = "the sample", "use a sample that isn't empty"
        if field.name:
            path = write_field_path((*path_of(field.sampled_at[1:])[:-1], Step(field.name, field.arrays)))
            name, help_ = field.name, f'say what it is: fields: {{"{path}": string}}'
        message = f"'{name}' {field.inferred.why} in the sample"
        if samples and field.sampled_at:
            sample = samples[int(field.sampled_at[0])]
            finding = SAMPLE_AMBIGUOUS.at(node.place, message, help=help_)
            ctx.in_samples.append((sample, field.sampled_at[1:], finding))
        else:
            ctx.report(SAMPLE_AMBIGUOUS, node, message, help=help_)
    for key, item in (told or {}).items():
        ctx.put(out, key, item, node)


def _require(ctx: Context, out: dict[str, Any], field: Field, said: dict[str, Entries], node: Node) -> None:
    """The `required` list of an object: the author's, or the fields that say so, in the order of the properties."""
    required: list[str] = []
    for name, child in field.children.items():
        flag = said[name].get("required")
        if child.required is None and (flag is None or flag.value is not True):
            continue
        required.append(name)
        if "required" in out:
            message = f"'{name}' is required by itself, but its object has a list"
            ctx.report(
                SCHEMA_CONTRADICTORY,
                child.required or flag or child.origin,
                message,
                help="put it into the list",
                key=True,
            )
    if required and "required" not in out:
        ctx.put(out, "required", required, node, at_key=True)


def _describe(ctx: Context, out: dict[str, Any], name: str, said: Entries, node: Node) -> None:
    """The derived label and description of a field."""
    if "$ref" in out:
        return
    hidden = HIDDEN in (value(said, "visibility"), value(said, "x-ms-visibility"))
    if not any(key in said for key in _LABELS):
        for key, text in field_labels(ctx.defaults, name, out.get("type"), hidden=hidden).items():
            ctx.put(out, key, text, node)
            ctx.labelled.add(id(out))
    description = field_description(ctx.defaults, name)
    if description is not None and "description" not in said:
        ctx.put(out, "description", description, node)


def compile_schemas(ctx: Context) -> dict[str, Any]:
    """Swagger's definitions: every schema of the spec that isn't inline."""
    definitions: dict[str, Any] = {}
    for name, node in ctx.table("schemas").items():
        if node.is_mapping and value(node.entries, "inline"):
            continue
        ctx.put(definitions, name, schema(ctx, node), node, at_key=True)
    for name in ctx.broken.get("schemas", ()):
        definitions.setdefault(name, {})
    return definitions
