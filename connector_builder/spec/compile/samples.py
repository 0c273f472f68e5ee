"""Samples of authors: reading them, and checking them against the schemas that they and the fields gave."""

from typing import Any

from connector_builder.findings import Finding
from connector_builder.source.files import inside, read_text
from connector_builder.source.json_reader import read_json
from connector_builder.source.node import Node
from connector_builder.source.yaml_reader import read_yaml
from connector_builder.spec.compile.context import Context, Entries
from connector_builder.spec.rules import SAMPLE_NOT_VALID


def read_samples(ctx: Context, entries: Entries) -> list[Any]:
    """The values of `sample` or `samples`; what can't be read is a finding and left out."""
    node = entries.get("sample")
    if node is not None:
        if not isinstance(node.value, str):
            return [node.value]
        return _read_file(ctx, node)
    return [value for item in entries["samples"].items for value in _read_file(ctx, item)]


def _read_file(ctx: Context, node: Node) -> list[Any]:
    known = ctx.sample_files.get(node.value)
    if known is None:
        known = ctx.sample_files[node.value] = _read(ctx, node)
    return known


def _read(ctx: Context, node: Node) -> list[Any]:
    path = inside(ctx.folder, node.value, node.place)
    if isinstance(path, Finding):
        ctx.findings.append(path)
        return []
    text = read_text(path, node.place)
    if isinstance(text, Finding):
        ctx.findings.append(text)
        return []
    ctx.texts.append(text)
    if path.suffix.lower() in (".yaml", ".yml"):
        document = read_yaml(text)
        ctx.findings += document.findings
        return [document.root.value] if document.root is not None else []
    if not text.content.strip():
        ctx.findings.append(
            SAMPLE_NOT_VALID.at(node.place, f"'{path.name}' is empty", help="put the answer of the service there")
        )
        return []
    json_document = read_json(text)
    ctx.findings += json_document.findings
    return [json_document.data] if json_document.readable else []


def check_samples(ctx: Context, definitions: dict[str, Any]) -> None:
    """Each sample against the final schema that it gave; null is valid everywhere."""
    if not ctx.sample_checks:
        return
    from connector_builder.spec.compile.sample_check import sample_error

    for schema, values, node in ctx.sample_checks:
        for value in values:
            error = sample_error(value, schema, definitions)
            if error is not None:
                pointer, message = error
                ctx.findings.append(
                    SAMPLE_NOT_VALID.at(node.place, f"the sample isn't valid at {pointer or 'its root'}: {message}")
                )
                break
