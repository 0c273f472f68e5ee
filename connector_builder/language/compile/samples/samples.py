"""Reads the author's samples, and checks them against the schemas that they and the fields made."""

from collections.abc import Callable, Iterable
from typing import Any

from connector_builder.findings import Finding, Place, Pointer, Related
from connector_builder.language.compile.context import AuthorSample, Context, Entries, value
from connector_builder.language.rules import SAMPLE_NOT_VALID, SCHEMA_CONTRADICTORY
from connector_builder.source.folder import text_of
from connector_builder.source.json_reader import read_json
from connector_builder.source.node import Node
from connector_builder.source.rules import FILE_TOO_LARGE
from connector_builder.source.yaml_reader import read_yaml

MAX_SAMPLES = 4 * 1024 * 1024
"""The most characters of all sample files of a spec; the platform accepts definitions of up to 1 MB."""


def read_samples(ctx: Context, entries: Entries) -> list[AuthorSample]:
    """Returns the values of `sample` or `samples`. A sample that can't be read is a finding and left out."""
    samples = _read_all(ctx, entries)
    for sample in samples:
        ctx.budget.whole(sample.value, entries.get("sample") or entries["samples"])
    return samples


def _read_all(ctx: Context, entries: Entries) -> list[AuthorSample]:
    node = entries.get("sample")
    if node is None:
        return [sample for item in entries["samples"].items for sample in _file(ctx, item)]
    if value(entries, "samples") is not None:
        message = "'samples' and 'sample' can't be used together"
        ctx.report(SCHEMA_CONTRADICTORY, entries["samples"], message, help="keep one of them", key=True, first=node)
    return _file(ctx, node) if isinstance(node.value, str) else [AuthorSample(node.value, _locate(node), node)]


def _file(ctx: Context, node: Node) -> list[AuthorSample]:
    """Reads a sample in a file, once however often it is named."""
    known = ctx.sample_files.get(node.value)
    if known is None:
        known = ctx.sample_files[node.value] = _read(ctx, node)
    return known


def _read(ctx: Context, node: Node) -> list[AuthorSample]:
    text = text_of(ctx.folder, node.value, node.place)
    if isinstance(text, Finding):
        ctx.findings.append(text)
        return []
    ctx.texts.append(text)
    if sum(len(text.content) for text in ctx.texts) > MAX_SAMPLES:
        message = f"with '{text.path.name}' the samples of this spec are larger than 4 MB"
        ctx.findings.append(FILE_TOO_LARGE.at(node.place, message))
        return []
    if not text.content.strip():
        message = f"'{text.path.name}' is empty"
        ctx.report(SAMPLE_NOT_VALID, node, message, help="add a response of the service")
        return []
    if text.path.suffix.lower() in (".yaml", ".yml"):
        document = read_yaml(text, parts=ctx.sample_parts)
        ctx.sample_parts -= document.parts
        ctx.findings += document.findings
        return _sample(ctx, document.root.value, _locate(document.root)) if document.root is not None else []
    json = read_json(text)
    ctx.findings += json.findings
    return _sample(ctx, json.data, json.locate) if json.readable else []


def _sample(
    ctx: Context, value: Any, locate: Callable[[Iterable[Pointer]], dict[Pointer, Place]]
) -> list[AuthorSample]:
    ctx.trees.append((value, locate))
    return [AuthorSample(value, locate)]


def _locate(node: Node) -> Callable[[Iterable[Pointer]], dict[Pointer, Place]]:
    return lambda pointers: {pointer: node.locate(pointer) for pointer in pointers}


def check_samples(ctx: Context, definitions: dict[str, Any]) -> None:
    """Checks each sample against the final schema that it made; null is valid everywhere."""
    if not ctx.sample_checks:
        return
    from connector_builder.language.compile.samples.sample_check import Samples

    checks = Samples(definitions)
    whole = ctx.root.place
    for schema, samples in ctx.sample_checks:
        for sample in samples:
            for error in checks.errors(sample.value, schema):
                said = ctx.origins.locate(error.schema, [error.said], whole)[error.said]
                related = () if said is whole else (Related(said, f"its '{error.keyword}' is given here"),)
                ctx.in_samples.append(
                    (sample, error.pointer, SAMPLE_NOT_VALID.at(said, error.message, related=related))
                )


def place_in_samples(ctx: Context) -> None:
    """Adds the findings about parts of samples. Looks up all places in a sample at once: a look-up reads all of it."""
    wanted: dict[int, tuple[AuthorSample, dict[Pointer, None]]] = {}
    for sample, pointer, *_ in ctx.in_samples:
        wanted.setdefault(id(sample), (sample, {}))[1][pointer] = None
    places = {key: sample.locate(pointers) for key, (sample, pointers) in wanted.items()}
    for sample, pointer, finding in ctx.in_samples:
        ctx.findings.append(finding.placed(places[id(sample)][pointer]))
