import copy
import json
from collections.abc import Iterable
from typing import Any

import pytest

from connector_builder.findings import Finding
from connector_builder.package import Sample, definition_bytes, properties_bytes
from connector_builder.render.files import PackageFiles, Target, package_files
from connector_builder.render.icon.draw import draw_icon
from connector_builder.render.readme import readme
from tests.support.pages.render_packages import API_KEY, bare, package


def as_they_are(names: Iterable[str]) -> dict[str, str]:
    return {name: name for name in names}


def files(given: Any, target: Target = "upload", **options: Any) -> PackageFiles:
    arguments = {"minify": False, "existing_settings": None, "name_files": as_they_are, **options}
    result = package_files(given, target=target, **arguments)
    assert isinstance(result, PackageFiles), result
    return result


def test_a_whole_package() -> None:
    whole = package(API_KEY, publisher="Contoso")
    whole.draws_icon = True
    whole.script = b"public class Script : ScriptBase {}\r\n"
    whole.samples = [Sample("ListOrders", "200", [{"id": "é"}]), Sample("GetOrder", "default", None)]
    contents = files(whole).contents
    assert list(contents) == [
        "apiDefinition.swagger.json",
        "apiProperties.json",
        "icon.png",
        "script.csx",
        "settings.json",
        "samples/ListOrders.200.json",
        "samples/GetOrder.default.json",
        "README.md",
    ]
    assert contents["apiDefinition.swagger.json"] == definition_bytes(whole.definition)
    assert contents["apiProperties.json"] == properties_bytes(whole.properties)
    assert contents["icon.png"] == draw_icon("Contoso Orders", "#0b556a")
    assert contents["script.csx"] == b"public class Script : ScriptBase {}\n"
    assert contents["samples/ListOrders.200.json"] == b'[\n  {\n    "id": "\\u00e9"\n  }\n]\n'
    assert contents["samples/GetOrder.default.json"] == b"null\n"
    assert contents["README.md"] == readme(whole)
    settings = json.loads(contents["settings.json"])
    assert (settings["icon"], settings["script"]) == ("icon.png", "script.csx")


def test_only_what_there_is() -> None:
    contents = files(bare({"swagger": "2.0"}, None)).contents
    assert list(contents) == ["apiDefinition.swagger.json", "settings.json", "README.md"]
    assert json.loads(contents["settings.json"]) == {
        "connectorId": None,
        "environment": "",
        "apiProperties": None,
        "apiDefinition": "apiDefinition.swagger.json",
        "powerAppsUrl": "https://api.powerapps.com",
        "powerAppsApiVersion": "2016-11-01",
    }


def test_an_icon_of_the_author() -> None:
    given = package()
    given.icon = b"\x89PNG\r\n\x1a\n"
    given.draws_icon = True
    assert files(given).contents["icon.png"] == b"\x89PNG\r\n\x1a\n"


def test_stack_owner_is_for_certification_only() -> None:
    given = package(stackOwner="Contoso Ltd", publisher="Contoso")
    before = copy.deepcopy(given.properties)
    upload, certification = files(given, "upload"), files(given, "certification")
    assert given.properties == before
    assert json.loads(upload.contents["apiProperties.json"])["properties"] == {
        key: value for key, value in before["properties"].items() if key != "stackOwner"
    }
    assert json.loads(certification.contents["apiProperties.json"]) == before
    assert b"--target upload" not in upload.contents["README.md"]
    assert b"--target upload" in certification.contents["README.md"]


@pytest.mark.parametrize("properties", [None, [], "x", {"properties": []}, {"stackOwner": "outside"}])
def test_properties_of_any_shape(properties: Any) -> None:
    contents = files(bare({}, properties)).contents
    written = contents.get("apiProperties.json")
    assert (None if written is None else json.loads(written)) == properties


def test_minify_is_for_the_two_documents() -> None:
    given = package()
    given.samples = [Sample("ListOrders", "200", {"a": 1})]
    contents = files(given, minify=True).contents
    assert contents["apiDefinition.swagger.json"].count(b"\n") == 1
    assert contents["apiProperties.json"].count(b"\n") == 1
    assert contents["samples/ListOrders.200.json"] == b'{\n  "a": 1\n}\n'
    assert contents["settings.json"].count(b"\n") == 8


def test_samples_are_named_by_the_given_function() -> None:
    given = package()
    given.samples = [Sample("../CON", "200", 1), Sample("con", "200", 2)]
    names = {"../CON.200": "a", "con.200": "b"}
    contents = files(given, name_files=lambda asked: {name: names[name] for name in asked}).contents
    assert contents["samples/a.json"] == b"1\n"
    assert contents["samples/b.json"] == b"2\n"
    assert sum(name.startswith("samples/") for name in contents) == 2


def test_a_script_that_is_not_utf_8_stays() -> None:
    given = package()
    given.script = "x\r\n".encode("utf-16")
    assert files(given).contents["script.csx"] == given.script


def test_existing_settings() -> None:
    given = package()
    given.settings = {"environment": "F"}
    existing = b'{"connectorId": "c", "environment": "E"}'
    result = files(given, existing_settings=existing)
    assert json.loads(result.contents["settings.json"])["connectorId"] is None
    assert result.notes == (
        "connectorId 'c' is dropped from settings.json: the spec changes environment, and it belongs to the earlier one",
    )


def test_existing_settings_that_can_not_be_read() -> None:
    result = package_files(package(), target="upload", minify=False, existing_settings=b"[]", name_files=as_they_are)
    assert isinstance(result, Finding)
    assert result.message == "settings.json can't be read: an object is expected"


def test_same_bytes_again() -> None:
    assert files(package(API_KEY)).contents == files(package(API_KEY)).contents
