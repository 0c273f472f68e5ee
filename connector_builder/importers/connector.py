"""What the connector is: `connector`, and the rest of the top level that isn't operations or schemas."""

from collections.abc import Collection
from typing import Any

from connector_builder.importers.auth import SignIn
from connector_builder.importers.difference import patch, same
from connector_builder.importers.policies import compiled as compiled_policies
from connector_builder.importers.policies import policies
from connector_builder.importers.secrets import without_secrets
from connector_builder.importers.source import Source, mapping, mappings
from connector_builder.importers.trial import Draft, context, made_by, ordered, without_needless
from connector_builder.spec.compile import connector as compiler
from connector_builder.spec.compile.context import Context
from connector_builder.spec.language.top import OBJECTS

_INFO = ("title", "description", "version", "termsOfService", "contact", "license")
_MARKS = {"Website": "website", "Privacy policy": "privacyPolicy", "Categories": "categories"}
_POLICIES = "policyTemplateInstances"
_METADATA = "x-ms-connector-metadata"
_CAPABILITIES = "x-ms-capabilities"
_TOP = ("host", "basePath", "schemes", "externalDocs")
_LISTS = ("consumes", "produces", "security", "tags")
"""Sections of which an empty one is the same as none."""
_BARE: dict[str, Any] = {"consumes": ["application/json"], "produces": ["application/json"]}


def top_sections(
    definition: dict[str, Any], properties: dict[str, Any] | None, *, script: bool, polling: Collection[int]
) -> Draft:
    """The keys of a spec's top level but the operations, their parameters and the schemas, in the language's order.

    `properties` is the whole of apiProperties.json, None where there is none: then nothing of it need come out the same.
    `script` says that the package has custom code, `polling` which policies triggers say.
    """
    wanted = None if properties is None else mapping(without_secrets(properties).get("properties"))
    listed = mapping(wanted).get(_POLICIES)
    instances = [one for index, one in enumerate(listed if isinstance(listed, list) else ()) if index not in polling]
    source = Source(definition, wanted, instances)
    spec: Draft = {"connector": _connector(source), **SignIn(source).best()}
    of_auth = len(made_by(spec).policies)
    said = policies(instances[of_auth:], definition)
    if said or (listed == [] and said is not None):
        spec["policies"] = said
    if script:
        spec["script"] = _script(mapping(wanted))
    spec |= _capabilities(definition) | _overrides(source, spec)
    if wanted is not None:
        over = patch(_properties(spec, definition), {**wanted, _POLICIES: instances} if polling else wanted)
        if _POLICIES in over:
            over[_POLICIES] = listed
        if over:
            spec["properties"] = over
    return ordered(spec, "spec")


def _connector(source: Source) -> Draft:
    info = mapping(source.definition.get("info"))
    wanted = source.properties or {}
    draft: Draft = {key: info.get(key) for key in _INFO}
    draft["server"] = _server(source.definition)
    draft |= {key: part for key, part in info.items() if key.startswith("x-")}
    draft |= _metadata(source.definition)
    draft["brandColor"] = wanted.get("iconBrandColor")
    draft["capabilities"] = wanted.get("capabilities")
    draft |= {key: wanted.get(key) for key in ("publisher", "stackOwner")}
    for key in ("contact", "license"):
        draft[key] = draft[key] or None

    def cost(draft: Draft) -> int:
        ctx = context({"connector": draft})
        entries = compiler.connector_entries(ctx)
        made = {"info": compiler.info(ctx, entries), **compiler.host(ctx, entries), **compiler.metadata(ctx, entries)}
        left = patch(
            made,
            {
                key: source.definition[key]
                for key in ("info", "host", "basePath", "schemes", _METADATA)
                if key in source.definition
            },
        )
        given = 0
        if source.properties is not None:
            properties = compiler.properties(ctx, entries, made_by({}))
            given = sum(
                not same(properties.get(key), wanted.get(key))
                for key in ("iconBrandColor", "capabilities", "publisher", "stackOwner")
            )
        return 10 * (len(left) + len(mapping(left.get("info"))) + given)

    return ordered(without_needless(draft, cost), "connector")


def _server(definition: Draft) -> str | None:
    host, base, schemes = (definition.get(key) for key in ("host", "basePath", "schemes"))
    scheme = schemes[0] if isinstance(schemes, list) and schemes else "https"
    if not isinstance(host, str) or not isinstance(scheme, str):
        return None
    path = base if isinstance(base, str) and base != "/" else ""
    return f"{scheme}://{host}{path}"


def _metadata(definition: Draft) -> Draft:
    listed = definition.get(_METADATA)
    out: Draft = {}
    for one in listed if isinstance(listed, list) else ():
        part = mapping(one)
        key = _MARKS.get(str(part.get("propertyName")))
        text = part.get("propertyValue")
        if key is not None and isinstance(text, str):
            out[key] = text.split(";") if key == "categories" else text
    return out


def _script(wanted: dict[str, Any]) -> Any:
    operations = wanted.get("scriptOperations")
    if operations == []:
        return "script.csx"
    return {"file": "script.csx", "operations": operations if isinstance(operations, list) else None}


def _capabilities(definition: Draft) -> Draft:
    given = definition.get(_CAPABILITIES)
    if not isinstance(given, dict):
        return {}
    out = dict(given)
    for key, part in mappings(given).items():
        if key == "testConnection" and part.keys() == {"operationId"} and isinstance(part["operationId"], str):
            out[key] = part["operationId"]
    known = OBJECTS["capabilities"].keys
    return {"capabilities": out} if all(key in known or key.startswith("x-") for key in out) else {}


def _overrides(source: Source, spec: Draft) -> Draft:
    """What stands in Swagger's own words at the top level, over what is derived."""
    definition = source.definition
    ctx = context(spec)
    entries = compiler.connector_entries(ctx)
    auth = made_by(spec)
    made: Draft = {**compiler.host(ctx, entries), **_BARE, "security": auth.security, "tags": []}
    made = {**made, **compiler.metadata(ctx, entries)}
    if "capabilities" in spec:
        made[_CAPABILITIES] = definition[_CAPABILITIES]
    out: Draft = {}
    for key in (*_TOP, *(key for key in definition if key.startswith("x-"))):
        if (key in made or key in definition) and not same(made.get(key), definition.get(key)):
            out[key] = definition.get(key)
    for key in _LISTS:
        if not same(made[key] or None, definition.get(key) or None):
            out[key] = definition.get(key) or None
    over = patch(auth.definitions, source.definitions)
    if over:
        out["securityDefinitions"] = over if source.definitions else None
    return out


def _properties(spec: Draft, definition: Draft) -> Draft:
    """What the compiler puts into apiProperties."""
    ctx: Context = context(spec)
    auth = made_by(spec)
    auth.policies += compiled_policies(spec.get("policies", []), definition)
    made = compiler.properties(ctx, compiler.connector_entries(ctx), auth)
    script = spec.get("script")
    if isinstance(script, str):
        made["scriptOperations"] = []
    elif script is not None and script["operations"] is not None:
        made["scriptOperations"] = script["operations"]
    return made
