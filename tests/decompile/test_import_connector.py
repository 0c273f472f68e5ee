"""What the connector is, its script and capabilities, and what stands over what is derived."""

from typing import Any

import pytest

from connector_builder.language.decompile.choices.defaults import choose_defaults
from connector_builder.language.decompile.connector.connector import top_sections
from connector_builder.language.decompile.model import Unsayable
from tests.support.imports.top_level import CONNECTOR, build, changed, sections

CONNECTORS: dict[str, Any] = {
    "a version": {"version": "1.0"},
    "no version": {"version": None},
    "no description": {"description": None},
    "contact, licence and terms": {
        "contact": {"name": "Contoso", "email": "help@contoso.example"},
        "license": {"name": "MIT"},
        "termsOfService": "https://contoso.example/terms",
    },
    "what certification wants": {
        "publisher": "Contoso",
        "stackOwner": "Contoso",
        "brandColor": "#0B556A",
        "website": "https://contoso.example",
        "privacyPolicy": "https://contoso.example/privacy",
        "categories": ["IT Operations", "Productivity"],
    },
    "no colour": {"brandColor": None},
    "capabilities": {"capabilities": ["actions"]},
    "no capabilities": {"capabilities": None},
    "extensions": {"x-ms-keywords": ["orders"], "x-note": None},
    "a server without a path": {"server": "http://api.contoso.example:8080"},
}


@pytest.mark.parametrize("connector", CONNECTORS.values(), ids=CONNECTORS)
def test_what_is_written_comes_back(connector: dict[str, Any]) -> None:
    whole = {key: part for key, part in {**CONNECTOR, **connector}.items() if part is not None or key not in CONNECTOR}
    top = sections(build({"connector": {**CONNECTOR, **connector}}))
    assert top == {"connector": whole}


def test_the_keys_stand_in_the_order_of_the_language() -> None:
    whole = {**CONNECTOR, **CONNECTORS["what certification wants"], "contact": {"name": "Contoso"}, "version": "1.0"}
    top = sections(
        build(
            {
                "script": None,
                "connector": dict(reversed(whole.items())),
                "auth": {"type": "basic"},
                "tags": [{"name": "a"}],
            }
        )
    )
    assert list(top) == ["connector", "auth", "tags"]
    assert list(top["connector"]) == [
        "title", "description", "version", "server", "contact", "publisher", "stackOwner", "brandColor", "website",
        "privacyPolicy", "categories",
    ]  # fmt: skip


def test_a_title_that_there_isnt_is_null() -> None:
    assert sections(changed({}, ("definition/info/title", None)))["connector"]["title"] is None


OVERRIDES: dict[str, Any] = {
    "no MIME types of answers": {"produces": None},
    "other MIME types": {"consumes": ["text/plain"], "produces": [1, None]},
    "two schemes": {"schemes": ["https", "http"]},
    "no schemes": {"schemes": None},
    "another host": {"host": "{region}.contoso.example", "basePath": "/v1", "schemes": ["https"]},
    "no base path": {"basePath": None},
    "a base path without a slash": {"basePath": "v1", "connector": {**CONNECTOR, "server": "https://api.contoso.example"}},
    "tags and documents": {"tags": [{"name": "Orders"}], "externalDocs": {"url": "https://contoso.example"}},
    "extensions": {"x-ms-parameterized-host": {"hostTemplate": "{host}"}, "x-generator": None},
    "capabilities": {"capabilities": {"testConnection": "GetOrder"}},
    "capabilities with parameters": {
        "capabilities": {"testConnection": {"operationId": "GetOrder", "parameters": {"order": None}}}
    },
    "a file picker": {"capabilities": {"file-picker": {"open": {"operationId": "ListOrders"}}}},
    "capabilities in the platform's words": {"x-ms-capabilities": {"testConnection": "GetOrder", "other": 1}},
    "other metadata": {"x-ms-connector-metadata": [{"propertyName": "Privacy Policy", "propertyValue": "none"}]},
    "info": {"info": {"title": 5, "contact": {"phone": "1"}, "nothing": None}},
    "no security": {"security": None, "auth": {"type": "basic"}},
    "further security": {"securityDefinitions": {"other": {"type": "basic"}}, "auth": {"type": "basic"}},
    "further properties": {"properties": {"iconBrandColor": "red", "capabilities": "all", "script": {"language": None}}},
    "operations of a script that isn't there": {"properties": {"scriptOperations": ["GetOrder"]}},
}  # fmt: skip


@pytest.mark.parametrize("overrides", OVERRIDES.values(), ids=OVERRIDES)
def test_what_stands_in_the_platforms_words_comes_back(overrides: dict[str, Any]) -> None:
    top = sections(build(overrides))
    assert ("server" in top["connector"]) == ("host" not in overrides)
    assert {key: part for key, part in top.items() if key != "connector" or key in overrides} == overrides


def test_an_empty_section_is_the_same_as_none() -> None:
    package = build({})
    package.definition |= {"tags": [], "security": [], "securityDefinitions": {}, "consumes": [], "produces": []}
    top = top_sections(package.definition, package.properties, script=False, polling=())
    assert top == {"connector": CONNECTOR}
    assert choose_defaults(package.definition) == {"mediaTypes": "none"}


def test_a_script_runs_for_all_for_some_or_as_nobody_says() -> None:
    for operations, expected in (
        ([], "script.csx"),
        (["GetOrder"], {"file": "script.csx", "operations": ["GetOrder"]}),
        (None, {"file": "script.csx", "operations": None}),
    ):
        package = build({})
        if operations is not None:
            package.properties["properties"]["scriptOperations"] = operations
        top = sections(package, script=True)
        assert top == {"connector": CONNECTOR, "script": expected}


def test_operations_of_a_script_that_arent_texts_stand_under_properties() -> None:
    package = build({"properties": {"scriptOperations": [1]}})
    top = sections(package, script=True)
    assert top["script"] == {"file": "script.csx", "operations": None}
    assert top["properties"] == {"scriptOperations": [1]}


def test_without_properties_nothing_of_them_is_said() -> None:
    package = build({"connector": {**CONNECTOR, "publisher": "Contoso", "brandColor": "#0B556A"}})
    assert top_sections(package.definition, None, script=False, polling=()) == {"connector": CONNECTOR}


def test_the_package_stays_as_it_is() -> None:
    package = build({"auth": {"type": "basic"}, "gateway": True, "policies": ["updateNextLink"]})
    before = repr((package.definition, package.properties))
    sections(package)
    assert repr((package.definition, package.properties)) == before


def test_null_in_place_of_what_is_always_written_cant_be_said() -> None:
    package = build({"auth": {"type": "raw"}})
    package.properties["properties"]["connectionParameters"] = None
    assert sections(package)["auth"] == {"type": "raw"}
    assert issubclass(Unsayable, Exception)
