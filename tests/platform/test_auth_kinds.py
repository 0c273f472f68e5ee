"""The table of kinds of authentication: the language has each, and writes what the table says."""

import os
from pathlib import Path
from typing import Any

import pytest

from connector_builder.language.decompile.connector.trial import made_by
from connector_builder.language.tables.auth import GENERIC, KEYS, REDIRECTS, TEMPLATES, TEXTS
from connector_builder.language.tables.top import OBJECTS
from connector_builder.package.read import read_package
from connector_builder.platform.api_properties import CAPABILITIES, PARAMETER_TYPES, REDIRECT_MODES
from connector_builder.platform.auth.entra_apis import api_named
from connector_builder.platform.auth.kinds import BY_NAME, GATEWAY_SIGN_INS, KINDS, PLACES, AuthKind
from connector_builder.platform.data.plain import items, mapping
from connector_builder.platform.texts import texts_of

CORPUS = os.environ.get("CONNECTOR_CORPUS")
KEYS_OF_AUTH = OBJECTS["auth"].keys


def test_the_language_has_every_kind_and_raw() -> None:
    assert list(KEYS) == [*(kind.name for kind in KINDS), "raw"]


def test_every_key_of_a_kind_is_one_of_auth() -> None:
    assert {key for needed, optional in KEYS.values() for key in needed + optional} <= set(KEYS_OF_AUTH)


def _made(kind: AuthKind) -> Any:
    needed = {key: KEYS_OF_AUTH[key].example for key in KEYS[kind.name][0]}
    one = {"type": kind.name, **needed, **({"header": "X-API-Key"} if kind.name == "apiKey" else {})}
    return made_by({"auth": one})


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_kind_writes_what_the_table_says(kind: AuthKind) -> None:
    made = _made(kind)
    assert [definition["type"] for definition in made.definitions.values()] == (
        [kind.security] if kind.security else []
    )
    written = [name for name in made.parameters if not name.startswith("token:")]
    assert written == list(kind.parameters)
    assert {one["type"] for one in made.parameters.values()} <= set(PARAMETER_TYPES)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.provider], ids=lambda kind: kind.name)
def test_the_settings_of_a_sign_in(kind: AuthKind) -> None:
    settings = _made(kind).parameters["token"]["oAuthSettings"]
    assert settings["identityProvider"] == kind.provider
    assert settings["redirectMode"] in REDIRECT_MODES
    optional = set() if kind.login or not kind.authorization else {"LoginUri"}
    assert set(settings["customParameters"]) == set(kind.custom) - optional


def test_the_templates_of_generic_oauth() -> None:
    assert set(TEMPLATES.values()) == set(BY_NAME["oauth2generic"].custom)
    assert set(GENERIC) == set(TEMPLATES) - {"authorizationUrl", "tokenUrl", "refreshUrl"}
    filled = [f"{{{place}}}" for place in PLACES]
    assert [place for place in filled if not any(place in text for text in GENERIC.values())] == []


def test_the_words_of_redirect() -> None:
    assert set(REDIRECTS.values()) < set(REDIRECT_MODES)


def test_a_gateway_signs_in_by_three_kinds() -> None:
    assert GATEWAY_SIGN_INS == {"none": "anonymous", "basic": "basic", "windows": "windows"}


@pytest.mark.skipif(not CORPUS, reason="CONNECTOR_CORPUS names no folder of connectors")
def test_published_connectors_have_what_the_closed_lists_say() -> None:
    """The platform takes other capitals too."""
    found: dict[str, set[str]] = {
        "type": set(),
        "identityProvider": set(),
        "redirectMode": set(),
        "capabilities": set(),
    }
    for folder in sorted(Path(CORPUS or "").iterdir()):
        package = read_package(folder).package
        properties = mapping(mapping(package.properties if package is not None else None).get("properties"))
        found["capabilities"] |= {str(one).lower() for one in items(properties.get("capabilities"))}
        for parameter in map(mapping, mapping(properties.get("connectionParameters")).values()):
            settings = mapping(parameter.get("oAuthSettings"))
            found["type"].add(str(parameter.get("type")).lower())
            for key in ("identityProvider", "redirectMode"):
                found[key] |= {str(settings[key]).lower()} if key in settings else set()
    assert found["type"] <= set(map(str.lower, PARAMETER_TYPES))
    assert found["identityProvider"] <= {kind.provider.lower() for kind in KINDS}
    assert found["redirectMode"] <= set(map(str.lower, REDIRECT_MODES))
    assert found["capabilities"] <= set(map(str.lower, CAPABILITIES))
    assert all(found.values())


def test_the_texts_of_a_connection_parameter() -> None:
    assert set(TEXTS.values()) == set(texts_of("ui definition"))


@pytest.mark.parametrize(
    ("resource", "name"),
    [
        ("https://graph.microsoft.com", "Microsoft Graph"),
        ("https://Service.Flow.Microsoft.com/", "Flow Service"),
        ("https://service.powerapps.com/", "PowerApps Service"),
        ("https://contoso.crm4.dynamics.com/", "Dynamics CRM"),
        ("https://gov.service.flow.microsoft.us/", ""),
        ("https://management.azure.com/", ""),
        ("https://contoso.example/", ""),
        ("api://orders", ""),
        ("", ""),
    ],
)
def test_the_name_of_an_api(resource: str, name: str) -> None:
    assert api_named(resource) == name
