"""Makes the schema that a spec's `sample` means, without a spec: for tools that convert samples or write specs."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from connector_builder.language.compile.context import Context, Defaults
from connector_builder.language.compile.schemas.schema import schema
from connector_builder.source.folder import InMemory
from connector_builder.source.nodes import node_of


def schema_of_sample(
    sample: dict[str, Any] | list[Any], defaults: Defaults | None = None, fields: Mapping[str, Any] | None = None
) -> dict[str, Any] | None:
    """Compiles `{sample: …}` to a schema; None if the sample alone doesn't define one, such as an empty array.

    `defaults` and `fields` are those of a spec's top level.
    """
    root = node_of({"fields": dict(fields or {})})
    ctx = Context(InMemory(Path(), {}), root, {}, defaults or Defaults())
    compiled = schema(ctx, node_of({"sample": sample}))
    return None if ctx.findings or ctx.in_samples else compiled
