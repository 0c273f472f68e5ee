"""Makes the top level of a spec without operations, parameters and schemas: the connector and its server."""

from collections.abc import Collection
from typing import Any

from connector_builder.language.compile.connector import connector as compiler
from connector_builder.language.compile.connector.auth_made import Auth
from connector_builder.language.decompile.choices.operations import media_types_of
from connector_builder.language.decompile.connector.auth import SignIn
from connector_builder.language.decompile.connector.overrides import api_properties, overrides
from connector_builder.language.decompile.connector.policies import policies
from connector_builder.language.decompile.connector.source import Source
from connector_builder.language.decompile.connector.trial import Draft, context, made_by, without_needless
from connector_builder.language.decompile.difference import distance
from connector_builder.language.decompile.entries import in_order_of
from connector_builder.language.tables.top import OBJECTS
from connector_builder.package.secrets import without_secrets
from connector_builder.platform.certification.requirements import METADATA
from connector_builder.platform.data.differences import same
from connector_builder.platform.data.plain import mapping
from connector_builder.platform.policies.templates import POLICIES

_PROPERTIES = {
    "brandColor": "iconBrandColor",
    "capabilities": "capabilities",
    "publisher": "publisher",
    "stackOwner": "stackOwner",
}
_CERTIFIED = {name: key for key, name in compiler.CERTIFIED.items()}
_CAPABILITIES = "x-ms-capabilities"
_SCRIPT = "script.csx"


def top_sections(
    definition: dict[str, Any],
    properties: dict[str, Any] | None,
    *,
    script: bool,
    polling: Collection[int],
    media_types: str | None = None,
) -> Draft:
    """Returns a spec's top level in the language's order, without operations, their parameters and schemas.

    `properties` is the whole of apiProperties.json. If it is None, the spec may compile to any. `script` says that the
    package has custom code. `polling` are the indexes of the policies that triggers make; they are the last ones.
    `media_types` is the spec's `defaults.mediaTypes`, by default the word that fits best. A client secret is left out.
    Raises Unsayable if apiProperties contain a null where the compiler always writes a
    value.
    """
    given = None if properties is None else mapping(without_secrets(properties).get("properties"))
    listed = mapping(given).get(POLICIES)
    instances = [one for index, one in enumerate(listed if isinstance(listed, list) else ()) if index not in polling]
    source = Source(definition, given, instances)
    sign_in = SignIn(source).best()
    spec: Draft = {"connector": _connector(source, sign_in), **sign_in}
    said = policies(instances[len(made_by(spec).policies) :], definition)
    if said or (listed == [] and said is not None):
        spec["policies"] = said
    if script:
        spec["script"] = _script(mapping(given))
    capabilities = _capabilities(definition.get(_CAPABILITIES))
    if capabilities is not None:
        spec["capabilities"] = capabilities
    spec |= overrides(source, spec, media_types or media_types_of(definition))
    if "server" not in spec["connector"] and "host" not in spec:
        spec["host"] = None  # the language wants to be told
    if given is not None:
        over = api_properties(source, spec, listed)
        if over:
            spec["properties"] = over
    return in_order_of("spec", spec)


def _connector(source: Source, sign_in: Draft) -> Draft:
    """Returns `connector` with all keys that it can have, without derived and unused ones."""
    auth = made_by(sign_in)
    info = mapping(source.definition.get("info"))
    extensions = {key: part for key, part in info.items() if key.startswith("x-")}
    given = source.properties or {}
    draft: Draft = {
        **{key: info.get(key) for key in compiler.INFO},
        "server": _server(source.definition),
        **{key: given.get(name) for key, name in _PROPERTIES.items()},
        **_metadata(source.definition.get(METADATA)),
    }
    made = without_needless(draft, lambda one: _left(one, source, auth))
    if "title" not in made:
        made["title"] = None  # the language requires this key
    return in_order_of("connector", {**made, **extensions})


def _left(draft: Draft, source: Source, auth: Auth) -> int:
    """Returns the cost of the differences in what `connector` writes; each takes a line or more elsewhere."""
    ctx = context({"connector": draft})
    entries = compiler.connector_entries(ctx)
    made = {"info": compiler.info(ctx, entries), **compiler.host(ctx, entries), **compiler.metadata(ctx, entries)}
    wanted = {key: source.definition[key] for key in (*_SERVED, METADATA) if key in source.definition}
    info = mapping(source.definition.get("info"))
    wanted["info"] = {key: part for key, part in info.items() if not key.startswith("x-")}
    left = 2 * distance(made, wanted)
    if source.properties is not None:
        properties = compiler.properties(ctx, entries, auth)
        left += sum(4 for key in _PROPERTIES.values() if not same(properties.get(key), source.properties.get(key)))
    return left


_SERVED = ("host", "basePath", "schemes")


def _server(definition: Draft) -> str | None:
    host, base, schemes = (definition.get(key) for key in ("host", "basePath", "schemes"))
    scheme = schemes[0] if isinstance(schemes, list) and schemes else "https"
    if not isinstance(host, str):
        return None
    path = base if isinstance(base, str) and base.startswith("/") and base != "/" else ""
    return f"{scheme}://{host}{path}"


def _metadata(listed: Any) -> Draft:
    out: Draft = {}
    for one in listed if isinstance(listed, list) else ():
        key, text = _CERTIFIED.get(str(mapping(one).get("propertyName"))), mapping(one).get("propertyValue")
        if key is not None and isinstance(text, str):
            out[key] = text.split(";") if key == "categories" else text
    return out


def _script(given: dict[str, Any]) -> Any:
    operations = given.get("scriptOperations")
    if operations == []:
        return _SCRIPT
    named = isinstance(operations, list) and all(isinstance(one, str) for one in operations)
    return {"file": _SCRIPT, "operations": operations if named else None}


def _capabilities(given: Any) -> Draft | None:
    """Returns the connector's `capabilities`.

    Returns None if it has none, or some that only the platform's own key can express.
    """
    known = OBJECTS["capabilities"].keys
    if not isinstance(given, dict) or not all(key in known or key.startswith("x-") for key in given):
        return None
    out = dict(given)
    match given.get("testConnection"):
        case {"operationId": str(operation), **rest} if not rest:
            out["testConnection"] = operation
        case str():
            return None  # a text is short for more
        case _:
            pass
    read = context({"capabilities": out}).root.value.get("capabilities")
    return out if same(read, out) and None not in out.values() else None
