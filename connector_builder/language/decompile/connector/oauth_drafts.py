"""Lists the possible meanings of a package for each kind of OAuth, with the alternatives of every key."""

from collections.abc import Callable, Iterator
from typing import Any

from connector_builder.language.decompile.connector.connection import described
from connector_builder.language.decompile.connector.source import mappings
from connector_builder.language.decompile.connector.trial import ABSENT, Draft, made_by
from connector_builder.language.decompile.difference import patch
from connector_builder.language.decompile.model import Unsayable
from connector_builder.language.tables.auth import REDIRECTS, TEMPLATES
from connector_builder.language.tables.top import OBJECTS
from connector_builder.platform.auth.kinds import OF_TOKEN, PROVIDERS, entra_address
from connector_builder.platform.data.plain import mapping
from connector_builder.platform.solutions.environment_variables import is_expression

Choices = dict[str, list[Any]]
"""The alternatives of each key, in the order of preference."""
MOST = 4
"""The most security definitions, and the most connection parameters, that are tried in all pairs."""
_URLS = ("authorizationUrl", "tokenUrl")


def oauth_drafts(
    definitions: list[tuple[str, Draft]], parameters: dict[str, Draft], *, bare: bool, host: Any = None
) -> Iterator[Choices]:
    """All that may be meant; `bare` says that there is a definition only, in which what the platform needs isn't said.

    `host` is the host of the API.
    """
    flows: list[tuple[str | None, Draft]] = [one for one in definitions if one[1].get("type") == "oauth2"]
    tokens = [(key, one) for key, one in parameters.items() if isinstance(one.get("oAuthSettings"), dict)]
    for name, definition in flows or [(None, {})]:
        for key, parameter in tokens[:MOST]:
            yield from _of_token(name, definition, key, parameter, parameters)
        if bare and name is not None:
            yield _bare(name, definition, host)


def _bare(name: str, definition: Draft, host: Any) -> Choices:
    """What a definition alone means, with examples where it doesn't say what the platform needs."""
    client = OBJECTS["auth"].keys["clientId"].example
    entra = entra_address(definition)
    if entra is not None:
        login, tenant = entra
        return {
            "type": ["aad"],
            "clientId": [client],
            "resource": [_resource(definition, host)],
            "tenant": [ABSENT, tenant],
            "loginUri": [ABSENT, login],
            **_common(name, definition, {}),
        }
    urls = {key: [definition.get(key)] for key in _URLS}
    return {"type": ["oauth2"], "clientId": [client], **urls, **_common(name, definition, {})}


def _resource(definition: Draft, host: Any) -> str:
    """What the token is probably for: what a scope begins with, such as `api://orders` of `api://orders/Orders.Read`, else the API's host."""
    scopes = (scope.rpartition("/")[0] for scope in mapping(definition.get("scopes")) if "://" in scope)
    named = next((resource for resource in scopes if not resource.endswith(("/", ":"))), None)
    example: str = OBJECTS["auth"].keys["resource"].example
    return named or (f"https://{host}/" if isinstance(host, str) and host else example)


def _of_token(
    name: str | None, definition: Draft, key: str, parameter: Draft, parameters: dict[str, Draft]
) -> Iterator[Choices]:
    settings = parameter["oAuthSettings"]
    shown = {part: item for part, item in parameter.items() if part != "oAuthSettings"}
    for kind in _kinds(settings.get("identityProvider")):
        of_kind = _OF_KIND.get(kind, _of_provider)(definition, settings, parameters)
        yield {
            "type": [kind],
            "clientId": [settings.get("clientId")],
            "clientSecret": [ABSENT, *filter(is_expression, [settings.get("clientSecret")])],
            **of_kind,
            "parameter": [ABSENT, {"name": key, **described(shown, {})}],
            **_common(name, definition, settings),
            "settings": [ABSENT, lambda draft: _settings_over(draft, settings)],
        }


def _kinds(identity_provider: Any) -> Iterator[str]:
    """Yields the kinds that an identity provider may be written as."""
    word = str(identity_provider).lower()
    if word in _OF_KIND:
        yield word
    yield from (kind for kind, provider in PROVIDERS.items() if provider.provider.lower() == word)
    if word not in _OF_KIND:
        yield "oauth2"


def _common(name: str | None, definition: Draft, settings: Draft) -> Choices:
    scopes, listed = definition.get("scopes"), settings.get("scopes")
    mode, url = settings.get("redirectMode"), settings.get("redirectUrl")
    described_scopes = [list(scopes), scopes] if isinstance(scopes, dict) else []
    redirects = [{"mode": one, "url": url} for one in (*REDIRECTS, mode)]
    return {
        "scopes": [ABSENT, listed, *described_scopes],
        "redirect": [ABSENT, "perConnector", *redirects],
        "definition": [None] if name is None else definition_options(name, definition),
    }


def definition_options(name: str, definition: Draft) -> list[Any]:
    """Returns the alternatives of `definition`: nothing, the name, and the differences."""

    def over(draft: Draft) -> Draft:
        made = made_by({"auth": {key: part for key, part in draft.items() if key != "definition"}}).definitions
        return {"name": name, **_over(next(iter(made.values()), {}), definition)}

    return [ABSENT, name, over]


def _settings_over(draft: Draft, settings: Draft) -> Draft:
    made = made_by({"auth": {key: part for key, part in draft.items() if key != "settings"}}).parameters
    return _over(next((one["oAuthSettings"] for one in made.values() if "oAuthSettings" in one), {}), settings)


def _over(have: Draft, want: Draft) -> Draft:
    try:
        return patch(have, want)
    except Unsayable:
        return {}


def _custom(settings: Draft) -> dict[str, Any]:
    """Returns the custom parameters' values by their names in small letters, as the platform reads them."""
    return {key.lower(): one.get("value") for key, one in mappings(settings.get("customParameters")).items()}


def _aad(_: Draft, settings: Draft, parameters: dict[str, Draft]) -> Choices:
    custom, properties = _custom(settings), mapping(settings.get("properties"))
    return {
        "resource": [custom.get("resourceuri"), properties.get("AzureActiveDirectoryResourceId")],
        "tenant": [ABSENT, custom.get("tenantid")],
        "loginUri": [ABSENT, custom.get("loginuri")],
        "onBehalfOf": [ABSENT, None, custom.get("enableonbehalfoflogin") == "true"],
        "servicePrincipal": [ABSENT, f"{OF_TOKEN}grantType" in parameters],
        "tenantParameter": [ABSENT, f"{OF_TOKEN}TenantId" in parameters],
    }


def _aad_certificate(_: Draft, settings: Draft, __: dict[str, Draft]) -> Choices:
    custom = _custom(settings)
    return {
        "resource": [custom.get("resourceuri")],
        "tenant": [ABSENT, custom.get("tenantid")],
        "loginUri": [ABSENT, custom.get("loginuri"), custom.get("loginuriaad")],
        **_on_behalf_of(settings),
    }


def _oauth2(definition: Draft, settings: Draft, _: dict[str, Draft]) -> Choices:
    custom = _custom(settings)
    urls = {key: [definition.get(key), custom.get(key.lower())] for key in _URLS}
    return {**urls, "refreshUrl": [ABSENT, custom.get("refreshurl")], **_on_behalf_of(settings)}


def _on_behalf_of(settings: Draft) -> Choices:
    return {"onBehalfOf": [ABSENT, mapping(settings.get("properties")).get("IsOnbehalfofLoginSupported")]}


def _oauth2_generic(definition: Draft, settings: Draft, _: dict[str, Draft]) -> Choices:
    custom = _custom(settings)
    templates = {key: custom.get(name.lower()) for key, name in TEMPLATES.items()}
    urls = {key: [definition.get(key), templates.pop(key)] for key in _URLS}
    return {**urls, **{key: [ABSENT, text] for key, text in templates.items()}, **_on_behalf_of(settings)}


def _of_provider(_: Draft, settings: Draft, __: dict[str, Draft]) -> Choices:
    return {"loginUri": [ABSENT, _custom(settings).get("loginuri")], **_on_behalf_of(settings)}


_OF_KIND: dict[str, Callable[[Draft, Draft, dict[str, Draft]], Choices]] = {
    "aad": _aad,
    "aadcertificate": _aad_certificate,
    "oauth2": _oauth2,
    "oauth2generic": _oauth2_generic,
}
