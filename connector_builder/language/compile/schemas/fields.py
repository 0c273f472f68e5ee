"""Derives parts of a field: its type, its label, its place in a `required` list, its keys from the common `fields`."""

from typing import Any

from connector_builder.findings import Place
from connector_builder.language.compile.context import AuthorSample, Context, Entries, value
from connector_builder.language.compile.samples.infer import MIXTURE
from connector_builder.language.compile.schemas.field_paths import Step, path_of, write_field_path
from connector_builder.language.compile.schemas.field_tree import Field
from connector_builder.language.compile.schemas.forms import ARRAY, SAYS_WHAT, long_form, over, refines, says_what
from connector_builder.language.compile.schemas.schema_keys import check_words
from connector_builder.language.derived import HIDDEN, field_description, field_labels, telling_values, value_type
from connector_builder.language.rules import SAMPLE_AMBIGUOUS, SCHEMA_CONTRADICTORY
from connector_builder.source.node import Node

# The keys in the mapping of `value[]` that describe its items; all others describe the array.
OF_ITEMS = frozenset(
    {
        "type", "format", "enum", "pattern", "minLength", "maxLength", "minimum", "maximum", "$ref", "fields", "properties",
        "additionalProperties", "sample", "samples", "dynamicValues", "dynamicSchema", "dynamicTree", "swagger", "x-ms-dynamic-values",
        "x-ms-dynamic-list", "x-ms-dynamic-schema", "x-ms-dynamic-properties", "x-ms-dynamic-tree", ARRAY,
    }
)  # fmt: skip
NO_TYPE = frozenset({"type", "$ref", "allOf", ARRAY})
SAYS_OBJECT = frozenset({"fields", "properties", "additionalProperties", "dynamicSchema", "x-ms-dynamic-schema"})
"""Keys that make a field without a type an object."""
_LABELS = ("summary", "title", "x-ms-summary")


def template_of(ctx: Context, field: Field) -> Entries:
    """Returns the keys that the top level's `fields` contain for a field of this name.

    They take precedence over a sample, but not over the author's keys at the field itself.
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


def split_entries(entries: Entries) -> tuple[Entries, Entries]:
    """Splits the mapping of `value[]` into the keys of the array and the keys of its items."""
    of_items = {key: part for key, part in entries.items() if key in OF_ITEMS}
    if "required" in entries and entries["required"].is_list:
        of_items["required"] = entries["required"]
    of_array = {key: part for key, part in entries.items() if key not in of_items and key != "items"}
    if "items" in entries and entries["items"].value is not None:
        of_items = over(of_items, long_form(entries["items"]))
    return of_array, of_items


def origin_of(field: Field, samples: list[AuthorSample] | None) -> Place:
    """Returns the origin of a field: the author's description of it, else its place in an inline sample."""
    said = field.levels.get(field.arrays)
    if said is None and samples and samples[0].node is not None and field.sampled_at:
        return samples[0].node.find(field.sampled_at[1:]).key_place
    return (said or field.origin).key_place


def derive_type(
    ctx: Context,
    out: dict[str, Any],
    field: Field,
    entries: Entries,
    node: Node,
    samples: list[AuthorSample] | None,
) -> None:
    """Writes the type of a field's innermost items. A sample that doesn't show the type is a finding."""
    told = field.inferred.type if field.inferred is not None else None
    fields = bool(field.children) or any(value(entries, key) is not None for key in SAYS_OBJECT)
    items = "items" in entries
    if fields or items or (told is None and (field.inferred is None or telling_values(out))):
        if field.inferred is None:
            check_words(ctx, entries, node, ctx.table("fields").get(field.name))
        told = {"type": value_type(out, fields=fields, items=items)}
    elif told is None and field.inferred is not None:
        message, help_ = _ambiguous(field, field.inferred.why)
        if samples and field.sampled_at:
            sample = samples[int(field.sampled_at[0])]
            finding = SAMPLE_AMBIGUOUS.at(node.place, message, help=help_)
            ctx.in_samples.append((sample, field.sampled_at[1:], finding))
        else:
            ctx.report(SAMPLE_AMBIGUOUS, node, message, help=help_)
    for key, item in (told or {}).items():
        ctx.put(out, key, item, node)


def _ambiguous(field: Field, why: str) -> tuple[str, str]:
    """Returns the message and the cure for a field, or a whole sample, whose type the sample doesn't show."""
    message = f"'{field.name}' {why} in the sample"
    if not field.name:
        message = f"{'an item of ' if field.arrays and why == MIXTURE else ''}the sample {why}"
        if not field.arrays:
            return message, "use samples of one type"
    path = write_field_path((*path_of(field.sampled_at[1:])[:-1], Step(field.name, field.arrays)))
    type_ = "any" if why == MIXTURE else "string"  # no other type allows all of its values
    return message, f'write its type: fields: {{"{path}": {type_}}}'


def require(ctx: Context, out: dict[str, Any], field: Field, said: dict[str, Entries], node: Node) -> None:
    """Writes the `required` list of an object: the author's, or the required fields in the order of the properties."""
    required: list[str] = []
    for name, child in field.children.items():
        flag = said[name].get("required")
        if child.required is None and (flag is None or flag.value is not True):
            continue
        required.append(name)
        if "required" in out:
            message = f"'{name}' has 'required: true', but its object has a list of required fields"
            ctx.report(
                SCHEMA_CONTRADICTORY,
                child.required or flag or child.origin,
                message,
                help="add the field to the list",
                key=True,
            )
    if required and "required" not in out:
        ctx.put(out, "required", required, node, at_key=True)


def describe(ctx: Context, out: dict[str, Any], name: str, said: Entries, node: Node) -> None:
    """Writes the derived label and description of a field."""
    if "$ref" in out:
        return
    hidden = HIDDEN in (value(said, "visibility"), value(said, "x-ms-visibility"))
    if not any(key in said for key in _LABELS):
        for key, text in field_labels(ctx.defaults, name, out.get("type"), hidden=hidden).items():
            ctx.put(out, key, text, node)
            ctx.labelled.add(id(out))
    description = field_description(ctx.defaults, name, out)
    if description is not None and "description" not in said:
        ctx.put(out, "description", description, node)
