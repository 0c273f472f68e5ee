"""Makes the top-level keys in the platform's own words that correct derived parts."""

from dataclasses import replace
from typing import Any

from connector_builder.language.compile.build import EMPTY_IS_NONE, TOP
from connector_builder.language.compile.connector import connector as compiler
from connector_builder.language.decompile.connector.policies import compiled
from connector_builder.language.decompile.connector.source import Source, only
from connector_builder.language.decompile.connector.trial import Draft, context, made_by
from connector_builder.language.decompile.difference import patch, properties_patch
from connector_builder.language.derived import Conventions, media_types
from connector_builder.platform.certification.requirements import METADATA
from connector_builder.platform.data.differences import same
from connector_builder.platform.data.plain import mapping
from connector_builder.platform.policies.templates import POLICIES

_CAPABILITIES = "x-ms-capabilities"
_PLAIN = tuple(key for key in TOP if key not in EMPTY_IS_NONE)
_LISTS = tuple(key for key in TOP if key in EMPTY_IS_NONE)


def overrides(source: Source, spec: Draft, media: str) -> Draft:
    """Returns the keys of Swagger's top level that the spec doesn't yet make correctly; null removes one.

    `media` is the spec's `defaults.mediaTypes`.
    """
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
    conventions = Conventions(media_types=media)
    lists = {**{key: media_types(conventions, key) for key in ("consumes", "produces")}, "security": auth.security}
    for key in _LISTS:
        if not same(lists.get(key) or None, wanted.get(key) or None):
            out[key] = wanted.get(key) or None
    for key, have in (("info", compiler.info(ctx, entries)), ("securityDefinitions", auth.definitions)):
        over = patch(have, mapping(wanted.get(key)))
        if over:
            out[key] = over
    return out


def api_properties(source: Source, spec: Draft, listed: Any) -> Draft:
    """Returns the spec's `properties`; `listed` are all policies, those of triggers included."""
    wanted = mapping(source.properties)
    ctx = context(spec)
    auth = made_by(spec)
    auth = replace(auth, policies=[*auth.policies, *compiled(spec.get("policies") or [], source.definition)])
    made = compiler.properties(ctx, compiler.connector_entries(ctx), auth)
    if "script" in spec:
        operations = spec["script"]["operations"] if isinstance(spec["script"], dict) else []
        made |= {} if operations is None else {"scriptOperations": operations}
    if isinstance(listed, list) and len(source.policies) < len(listed):
        said_by_triggers = same(made.get(POLICIES, []), source.policies)
        wanted = {key: part for key, part in wanted.items() if key != POLICIES or not said_by_triggers}
        made.pop(POLICIES, None)
    return properties_patch(made, wanted)
