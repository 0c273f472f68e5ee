"""Expands the short forms of a field, a parameter or a schema, and merges a nearer description over a further one."""

from connector_builder.language.compile.context import Entries, value
from connector_builder.language.derived import is_description
from connector_builder.language.tables.types import TYPE_WORDS
from connector_builder.source.node import Node

ARRAY = "[]"
"""The key of `[X]` in the long form."""

WHAT = frozenset({"type", "format", "items", "$ref", ARRAY})
SAYS_WHAT = frozenset(
    {
        "type",
        "enum",
        "fields",
        "sample",
        "samples",
        "$ref",
        "properties",
        "items",
        "allOf",
        "additionalProperties",
        "dynamicSchema",
        "swagger",
    }
)


def long_form(node: Node) -> Entries:
    """Returns a mapping's entries, or those that a short form means.

    A text with a space is a description, any other text a type word or a schema's name; a list is `[X]`.
    """
    if node.is_mapping:
        return node.entries
    if node.is_list:
        return {ARRAY: node}
    if node.value is None:
        return {}
    if is_description(node.value):
        return {"description": node}
    return {"type": node} if node.value in TYPE_WORDS else {"$ref": node}


def over(nearer: Entries, further: Entries) -> Entries:
    """Merges two long forms key by key; a type in the nearer one also replaces format, items and reference.

    `type: null` does so too: the value is to have no type.
    """
    said = {key for key, node in nearer.items() if key == "type" or node.value is not None}
    if WHAT & said - {"format"}:
        further = {key: node for key, node in further.items() if key not in WHAT}
    return {**further, **nearer}


def says_what(node: Node) -> bool:
    """Checks whether a field's value defines the field, instead of only annotating a field of a sample."""
    if node.is_mapping:
        return any(value(node.entries, key) is not None for key in SAYS_WHAT)
    return node.is_list or not is_description(str(node.value))


def refines(node: Node) -> bool:
    """Checks whether a value keeps the fields of a sample, and only adds fields or an enum."""
    if not node.is_mapping:
        return False
    said = {key for key in SAYS_WHAT if value(node.entries, key) is not None}
    return said <= {"fields", "enum"}


def named_schema_of(node: Node) -> str | None:
    """Returns the schema that a field's value names, alone or as the items of an array; None if it names none."""
    if node.is_mapping:
        named = value(node.entries, "$ref")
        return None if named is None else str(named)
    if node.is_list:
        return named_schema_of(node.items[0]) if len(node.items) == 1 else None
    text = str(node.value)
    return text if not is_description(text) and text not in TYPE_WORDS else None


def may_have_fields(node: Node) -> bool:
    """Checks whether a path may step through a field with this value: an object, or a value that allows for one."""
    entries = long_form(node)
    return value(entries, "type", "object") in ("object", "array", "any") and ARRAY not in entries
