"""The table of kinds of authentication: the language has each, and writes what the table says."""

from typing import Any

import pytest

from connector_builder.language.decompile.trial import made_by
from connector_builder.language.tables.auth import GENERIC, KEYS, REDIRECTS, TEMPLATES
from connector_builder.language.tables.top import OBJECTS
from connector_builder.platform.api_properties import PARAMETER_TYPES, REDIRECT_MODES
from connector_builder.platform.auth_kinds import BY_NAME, GATEWAY_SIGN_INS, KINDS, PLACES, AuthKind

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
