"""For each kind of authentication what a package may mean by it, with the alternatives of every key."""

from collections.abc import Callable, Iterator
from typing import Any

from connector_builder.importers.connection import described
from connector_builder.importers.source import Source, mapping, mappings
from connector_builder.importers.trial import ABSENT, Draft, context
from connector_builder.spec.compile.auth import compile_auth
from connector_builder.spec.compile.auth_table import PROVIDERS
from connector_builder.spec.language.top import OBJECTS

Choices = dict[str, list[Any]]
_MOST = 4
"""Of so many security definitions and connection parameters each with each is tried."""


def drafts(source: Source) -> Iterator[Choices]:
    """All that the package may mean."""
    definitions = [(name, one) for name, one in source.definitions.items() if isinstance(one, dict)][:_MOST]
    parameters = list(mappings(source.parameters).items())
    for name, definition in definitions:
        for read in _BY_DEFINITION.get(str(definition.get("type")), ()):
            yield from read(name, definition, parameters, source)
    if "gateway" in source.parameters and "authType" in source.parameters:
        yield {"type": ["windows"], **_user_and_password("windows", dict(parameters))}


def _api_key(name: str, definition: Draft, parameters: list[tuple[str, Draft]], source: Source) -> Iterator[Choices]:
    place = definition.get("in")
    base: Choices = {"type": ["apiKey"], str(place): [definition.get("name")], "definition": [ABSENT, name]}
    schemes = [ABSENT, *_schemes(source)]
    for key, parameter in parameters[:_MOST]:
        if parameter.get("type") in ("securestring", "string"):
            yield {**base, "scheme": schemes, "parameter": [ABSENT, said("apiKey", base, key, parameter)]}
    yield {**base, "parameter": [ABSENT, None]}


def _schemes(source: Source) -> Iterator[str]:
    """The word before the key, where the first policy sets a header or a query parameter to one and a key."""
    first = mapping(source.policies[0]) if source.policies else {}
    for value in mapping(first.get("parameters")).values():
        if isinstance(value, str) and " @connectionParameters(" in value:
            yield value.partition(" @connectionParameters(")[0]


def _basic(name: str, _: Draft, parameters: list[tuple[str, Draft]], __: Source) -> Iterator[Choices]:
    yield {"type": ["basic"], "definition": [ABSENT, name], **_user_and_password("basic", dict(parameters))}


def _user_and_password(kind: str, parameters: dict[str, Draft]) -> Choices:
    out: Choices = {}
    for key in ("username", "password"):
        found = parameters.get(key)
        out[key] = [ABSENT, None if found is None else said(kind, {"type": [kind]}, key, found, key)]
    return out


def said(kind: str, base: Choices, name: str, parameter: Draft, key: str = "parameter") -> Draft:
    """All that can be said of a parameter of `auth`, its name, and null for each customary constraint that it lacks."""

    def customary() -> Draft:
        auth = {word: options[-1] for word, options in base.items() if options[-1] is not ABSENT}
        made = compile_auth(context({"auth": {**auth, "type": kind}})).parameters
        one = made.get(key, next(iter(made.values()), {}))
        return dict.fromkeys(mapping(mapping(one.get("uiDefinition")).get("constraints")))

    return {"name": name, **described(parameter, further=customary)}


def _oauth(name: str, definition: Draft, parameters: list[tuple[str, Draft]], source: Source) -> Iterator[Choices]:
    tokens = [(key, one) for key, one in parameters if isinstance(one.get("oAuthSettings"), dict)]
    for key, parameter in tokens[:_MOST]:
        settings = parameter["oAuthSettings"]
        for kind in _kinds(settings.get("identityProvider")):
            common = _common(name, definition, settings)
            common["parameter"] = [ABSENT, said(kind, {**common, **_REQUIRED}, key, parameter)]
            yield {"type": [kind], **common, **_OF_KIND.get(kind, _of_provider)(definition, settings, parameters)}
    if not tokens and source.properties is None:
        url = {key: [definition.get(key)] for key in ("authorizationUrl", "tokenUrl")}
        client = OBJECTS["auth"].keys["clientId"].example
        yield {"type": ["oauth2"], **_common(name, definition, {"clientId": client}), **url}


def _kinds(identity_provider: Any) -> Iterator[str]:
    """The kinds that an identity provider may be written as."""
    word = str(identity_provider).lower()
    if word in _OF_KIND:
        yield word
    yield from (kind for kind, provider in PROVIDERS.items() if provider.id.lower() == word)


_REQUIRED: Choices = {key: [""] for key in ("clientId", "resource", "authorizationUrl", "tokenUrl")}


def _common(name: str, definition: Draft, settings: Draft) -> Choices:
    scopes, listed = definition.get("scopes"), settings.get("scopes")
    mode, url = settings.get("redirectMode"), settings.get("redirectUrl")
    alternatives = [list(scopes), scopes] if isinstance(scopes, dict) else []
    return {
        "clientId": [settings.get("clientId")],
        "scopes": [ABSENT, listed, *alternatives],
        "redirect": [ABSENT, "perConnector", *({"mode": one, "url": url} for one in ("global", "perConnector", mode))],
        "definition": [ABSENT, name],
    }


def _custom(settings: Draft) -> dict[str, Any]:
    """The custom parameters' values by their names in small letters, as the platform reads them."""
    return {key.lower(): one.get("value") for key, one in mappings(settings.get("customParameters")).items()}


def _aad(_: Draft, settings: Draft, parameters: list[tuple[str, Draft]]) -> Choices:
    custom, names = _custom(settings), dict(parameters)
    enabled = custom.get("enableonbehalfoflogin")
    return {
        "resource": [
            custom.get("resourceuri"),
            mapping(settings.get("properties")).get("AzureActiveDirectoryResourceId"),
        ],
        "tenant": [ABSENT, custom.get("tenantid")],
        "loginUri": [ABSENT, custom.get("loginuri")],
        "onBehalfOf": [ABSENT, None, enabled == "true"],
        "servicePrincipal": [ABSENT, "token:grantType" in names],
        "tenantParameter": [ABSENT, "token:TenantId" in names],
    }


def _aad_certificate(_: Draft, settings: Draft, __: list[tuple[str, Draft]]) -> Choices:
    custom = _custom(settings)
    return {
        "resource": [custom.get("resourceuri")],
        "tenant": [ABSENT, custom.get("tenantid")],
        "loginUri": [ABSENT, custom.get("loginuri"), custom.get("loginuriaad")],
    }


def _oauth2(definition: Draft, settings: Draft, _: list[tuple[str, Draft]]) -> Choices:
    custom = _custom(settings)
    urls = {key: [definition.get(key), custom.get(key.lower())] for key in ("authorizationUrl", "tokenUrl")}
    return {**urls, "refreshUrl": [ABSENT, custom.get("refreshurl")]}


_TEMPLATES = {
    "refreshUrl": "refreshurltemplate",
    "authorizationQuery": "authorizationurlquerystringtemplate",
    "tokenQuery": "tokenurlquerystringtemplate",
    "tokenBody": "tokenbodytemplate",
    "refreshQuery": "refreshurlquerystringtemplate",
    "refreshBody": "refreshbodytemplate",
    "scopeDelimiter": "scopelistdelimiter",
}


def _oauth2_generic(definition: Draft, settings: Draft, _: list[tuple[str, Draft]]) -> Choices:
    custom = _custom(settings)
    urls = {
        key: [definition.get(key), custom.get(f"{key.lower()}template")] for key in ("authorizationUrl", "tokenUrl")
    }
    return {**urls, **{key: [ABSENT, custom.get(name)] for key, name in _TEMPLATES.items()}}


def _of_provider(_: Draft, settings: Draft, __: list[tuple[str, Draft]]) -> Choices:
    return {"loginUri": [ABSENT, _custom(settings).get("loginuri")]}


_OF_KIND: dict[str, Callable[[Draft, Draft, list[tuple[str, Draft]]], Choices]] = {
    "aad": _aad,
    "aadcertificate": _aad_certificate,
    "oauth2": _oauth2,
    "oauth2generic": _oauth2_generic,
}
_BY_DEFINITION = {"apiKey": (_api_key,), "basic": (_basic,), "oauth2": (_oauth,)}
