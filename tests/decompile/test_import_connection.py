"""Connection parameters beside those of authentication, and the gateway."""

from typing import Any

import pytest

from tests.support.imports.top_level import changed, imported, sections

PARAMETERS: dict[str, Any] = {
    "a text that is a description": "The host to call.",
    "a type": "int",
    "nothing to say": {},
    "its texts": {"summary": "Host name", "description": "Host", "tooltip": "Without https."},
    "optional": {"required": False},
    "hidden": {"hidden": True},
    "neither required nor labelled": {"summary": None, "required": None},
    "a default": {"type": "bool", "default": "true"},
    "values that show themselves": {"allowed": ["eu", "us"]},
    "values that show something else": {"allowed": {".eu": "Europe", ".us": "United States"}},
    "the platform's own values": {"allowedValues": [{"value": "eu"}]},
    "metadata": {"metadata": {"sourceType": "AzureActiveDirectoryTenant"}},
    "constraints": {"constraints": {"tabIndex": 3, "clearText": True, "dependencies": {"region": {"values": ["eu"]}}}},
    "constraints that are booleans": {"constraints": {"required": True, "hidden": False}},
}


@pytest.mark.parametrize("parameter", PARAMETERS.values(), ids=PARAMETERS)
def test_what_is_written_comes_back(parameter: Any) -> None:
    assert imported({"connection": {"host": parameter}}) == {"connection": {"host": parameter}}


def test_the_label_of_a_parameter_of_the_token_is_derived() -> None:
    spec = {"connection": {"token:customHost": "The host to call."}}
    assert imported(spec) == spec


def test_text_in_the_form_of_a_variable_stays() -> None:
    spec = {"connection": {"host": {"description": "Write ${HOST} or $${HOST}."}}}
    assert imported(spec) == {"connection": {"host": "Write ${HOST} or $${HOST}."}}


def test_the_gateway_and_how_it_signs_in() -> None:
    assert imported({"gateway": True}) == {"gateway": True}
    assert imported({"gateway": True, "auth": {"type": "basic"}}) == {"gateway": True, "auth": {"type": "basic"}}


def test_a_gateway_that_differs_much_is_a_parameter_in_the_platforms_words() -> None:
    path = "properties/connectionParameters/gateway/gatewaySettings"
    top = sections(changed({"gateway": True}, (path, {"dataSourceType": "Contoso"})))
    assert top["gateway"] is True
    assert top["properties"] == {
        "connectionParameters": {
            "gateway": {"gatewaySettings": {"dataSourceType": "Contoso", "connectionDetails": None}}
        }
    }


def test_a_parameter_of_another_type_stands_in_the_platforms_words() -> None:
    parameter = {"type": "array", "uiDefinition": {"displayName": "Hosts"}}
    top = sections(changed({}, ("properties/connectionParameters/hosts", parameter)))
    assert top["properties"] == {"connectionParameters": {"hosts": parameter}}
    assert "connection" not in top


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("", 5),
        ("/type", 5),
        ("/uiDefinition", []),
        ("/uiDefinition/displayName", 5),
        ("/uiDefinition/displayname", "Host"),
        ("/uiDefinition/constraints", "none"),
        ("/uiDefinition/constraints", {}),
        ("/uiDefinition/constraints/required", "maybe"),
        ("/uiDefinition/constraints/required", 1.0),
        ("/uiDefinition/constraints/allowedValues", []),
        ("/uiDefinition/constraints/allowedValues", [{"text": "1", "value": 1}, {"text": "one", "value": 1}]),
        ("/uiDefinition/constraints/allowedValues", [{"text": "a", "value": "x"}, {"text": "b", "value": "x"}]),
        ("/uiDefinition/constraints/allowedValues", [{"text": "a"}]),
        ("/defaultValue", 5),
        ("/defaultValue", {"a": [1.0]}),
        ("/x-note", {"a": [1.0]}),
    ],
)
def test_whatever_stands_there_comes_back(path: str, value: Any) -> None:
    sections(
        changed(
            {"connection": {"host": {"tooltip": "A host."}}}, (f"properties/connectionParameters/host{path}", value)
        )
    )
