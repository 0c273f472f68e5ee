"""What stands in the platform's own words at the top level of a spec, over what is derived."""

from typing import Any

from connector_builder.language.compile import connector as compiler
from connector_builder.language.decompile.difference import patch
from connector_builder.language.decompile.policies import compiled
from connector_builder.language.decompile.source import POLICIES, Source, only
from connector_builder.language.decompile.trial import Draft, context, made_by
from connector_builder.platform.differences import same
from connector_builder.platform.plain import mapping

METADATA = "x-ms-connector-metadata"
_CAPABILITIES = "x-ms-capabilities"
_PLAIN = ("host", "basePath", "schemes", "externalDocs")
_LISTS = ("consumes", "produces", "security", "tags")
"""Sections of which an empty one is the same as none."""
_JSON = ["application/json"]


def overrides(source: Source, spec: Draft) -> Draft:
    """The keys of Swagger's top level that the spec so far doesn't make as they are; null takes one out."""
    wanted = source.definition
    ctx = context(spec)
    entries = compiler.connector_entries(ctx)
    auth = made_by(spec)
    made = {**compiler.host(ctx, entries), **compiler.metadata(ctx, entries)}
    if "capabilities" in spec:
        made[_CAPABILITIES] = wanted[_CAPABILITIES]
    out: Draft = {}
    for key in (*_PLAIN, METADATA, *(key for key in wanted if key.startswith("x-"))):
        if not same(only(made, key), only(wanted, key)):
            out[key] = wanted.get(key)
    lists = {"consumes": _JSON, "produces": _JSON, "security": auth.security}
    for key in _LISTS:
        if not same(lists.get(key) or None, wanted.get(key) or None):
            out[key] = wanted.get(key) or None
    for key, have in (("info", compiler.info(ctx, entries)), ("securityDefinitions", auth.definitions)):
        over = patch(have, mapping(wanted.get(key)))
        if over:
            out[key] = over
    return out


def api_properties(source: Source, spec: Draft, listed: Any) -> Draft:
    """What stands under `properties`; `listed` are all policies, those of triggers too."""
    wanted = mapping(source.properties)
    ctx = context(spec)
    auth = made_by(spec)
    auth.policies += compiled(spec.get("policies") or [], source.definition)
    made = compiler.properties(ctx, compiler.connector_entries(ctx), auth)
    if "script" in spec:
        operations = spec["script"]["operations"] if isinstance(spec["script"], dict) else []
        made |= {} if operations is None else {"scriptOperations": operations}
    if isinstance(listed, list) and len(source.policies) < len(listed):
        said_by_triggers = same(made.get(POLICIES, []), source.policies)
        wanted = {key: part for key, part in wanted.items() if key != POLICIES or not said_by_triggers}
        made.pop(POLICIES, None)
    return patch(made, wanted)
