"""Makes samples instead of fields, for schemas that the compiler makes from the sample exactly."""

from collections.abc import Iterator, Mapping
from typing import Any

from connector_builder.findings import Pointer
from connector_builder.language.compile.schemas.from_sample import schema_of_sample
from connector_builder.language.decompile.decisions import Entries, Sampled, Style
from connector_builder.package import json_bytes
from connector_builder.platform.data.differences import differences
from connector_builder.platform.data.plain import mapping
from connector_builder.source.names import safe_names
from connector_builder.source.yaml_writer import write_yaml

INLINE = 10
"""The most lines of YAML of a sample in the spec itself; a longer one becomes a file."""


def samples_of(definition: Entries, sampled: Mapping[Pointer, Any]) -> dict[int, Sampled]:
    """Returns the samples in `sampled` by the identity of their schemas, each with a file's name."""
    found = {pointer: schema for pointer in sampled if isinstance(schema := _part(definition, pointer), dict)}
    names = {pointer: _name(definition, pointer) for pointer in found}
    files = safe_names(names.values())
    return {
        id(schema): Sampled(sampled[pointer], f"samples/{files[names[pointer]]}.json")
        for pointer, schema in found.items()
        if sampled[pointer] and isinstance(sampled[pointer], dict | list)
    }


def sample_form(style: Style, schema: Entries) -> Entries | None:
    """Returns the sample that makes a schema in the spec's form; None if there is none, or the schema contains more."""
    sampled = style.samples.get(id(schema))
    if sampled is None or style.plain:
        return None
    compiled = schema_of_sample(sampled.value, style.defaults, style.fields)
    if compiled is None or any(differences(schema, compiled)):
        return None
    return {"sample": sampled.value if is_short(sampled.value) else sampled.file}


def is_short(sample: Any) -> bool:
    """Checks whether a sample is in the spec itself rather than in a file."""
    return write_yaml({"sample": sample}).count("\n") <= INLINE


def sample_files(tree: Any, style: Style) -> dict[str, bytes]:
    """Returns the contents of the sample files that a spec names."""
    if not style.samples:
        return {}
    files = {sampled.file: sampled.value for sampled in style.samples.values()}
    return {name: json_bytes(files[name]) for name in sorted(set(_named(tree)) & files.keys())}


def _named(tree: Any) -> Iterator[str]:
    parts = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, part in parts:
        if key == "sample" and isinstance(part, str):
            yield part
        else:
            yield from _named(part)


def _part(value: Any, pointer: Pointer) -> Any:
    for step in pointer:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _name(definition: Entries, pointer: Pointer) -> str:
    """Returns the name of a sample's file: `ListOrders.200`, `CreateOrder.body`, or the schema's name.

    The rest of the pointer follows it.
    """
    rest = [str(step) for step in pointer]
    if pointer[:1] == ("paths",) and len(pointer) > 4:
        operation = mapping(_part(definition, pointer[:3]))
        holder = "body" if pointer[3] == "parameters" else str(pointer[4])
        rest = [str(operation.get("operationId") or "-".join(rest[1:3])), holder, *rest[6:]]
    elif pointer[:1] == ("definitions",):
        rest = rest[1:]
    return ".".join(rest)
