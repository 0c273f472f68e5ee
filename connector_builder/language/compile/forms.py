"""The long form of a field, a parameter or a schema, and how what is said nearer goes over what is said further away."""

from connector_builder.language.compile.context import Entries, value
from connector_builder.language.derived import is_description
from connector_builder.language.tables.types import TYPE_WORDS
from connector_builder.source.node import Node

ARRAY = "[]"
"""The key under which the long form keeps `[X]`."""

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
    """A mapping's entries. A text with a space is a description, another a type word or a schema's name; a list is `[X]`."""
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
    """Key by key in the author's form; a type that is said nearer also replaces format, items and reference."""
    if WHAT & nearer.keys() - {"format"}:
        further = {key: node for key, node in further.items() if key not in WHAT}
    return {**further, **nearer}


def says_what(node: Node) -> bool:
    """Whether a field's value says what the field is, and doesn't only annotate one that a sample has."""
    if node.is_mapping:
        return any(value(node.entries, key) is not None for key in SAYS_WHAT)
    return node.is_list or not is_description(str(node.value))


def refines(node: Node) -> bool:
    """Whether what is said keeps what a sample told below: further fields, or an enum."""
    if not node.is_mapping:
        return False
    said = {key for key in SAYS_WHAT if value(node.entries, key) is not None}
    return said <= {"fields", "enum"}


def named_schema_of(node: Node) -> str | None:
    """The other schema that a field's value names, alone or as the items of an array; None where it names none."""
    if node.is_mapping:
        named = value(node.entries, "$ref")
        return None if named is None else str(named)
    if node.is_list:
        return named_schema_of(node.items[0]) if len(node.items) == 1 else None
    text = str(node.value)
    return text if not is_description(text) and text not in TYPE_WORDS else None


def may_have_fields(node: Node) -> bool:
    """Whether a path may step through a field of which this is said: an object, or nothing that says otherwise."""
    entries = long_form(node)
    return value(entries, "type", "object") in ("object", "array", "any") and ARRAY not in entries
