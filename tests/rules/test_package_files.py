"""Rules may speak of settings.json, and of the files of a package as such, like of anything else."""

import json
from pathlib import Path

import pytest

from connector_builder.findings import Place, Scope, Severity, Text
from connector_builder.language import MAIN, Variables, compile_folder
from connector_builder.package import DEFINITION, FILES, ICON, PROPERTIES, SCRIPT, SETTINGS
from connector_builder.package.read import read_package
from connector_builder.rules.context import Context
from connector_builder.rules.node import Node
from connector_builder.rules.registry import SHAPES
from connector_builder.rules.rule import Defects, rule
from connector_builder.rules.walk import Plans, Walk
from connector_builder.source.folder import InMemory


@rule(Severity.WARNING, Scope.PRACTICE, "settings file", keys="environment")
def some_environment(node: Node, _: Context) -> Defects:
    """Any environment."""
    yield node.says(f"environment '{node.value}'")


@rule(Severity.WARNING, Scope.PRACTICE, "package")
def some_files(node: Node, _: Context) -> Defects:
    """Any file of a size."""
    for name, file in node.value.items():
        yield node.says(f"{name} has {file.get('size', '?')}", name)


FOLDER = {
    "apiDefinition.swagger.json": b'{"swagger": "2.0"}',
    "settings.json": b'{\n  "environment": "here",\n  "icon": "logo.png"\n}\n',
    "logo.png": b"\x89PNG",
    "README.md": b"# Orders\n",
}


def write(folder: Path, **files: bytes) -> Path:
    for name, content in {**FOLDER, **files}.items():
        (folder / name).write_bytes(content)
    return folder


def test_a_rule_about_settings_of_a_folder(tmp_path: Path) -> None:
    package = read_package(write(tmp_path)).package
    assert package is not None
    assert list(package.documents) == [DEFINITION, SETTINGS]
    walk = Walk(Plans([some_environment], SHAPES), SETTINGS, Context(package))
    [hit] = walk.over(package.documents[SETTINGS], "any settings")
    assert (hit.document, hit.pointer, hit.message) == (SETTINGS, ("environment",), "environment 'here'")
    place = package.places(SETTINGS, [hit.pointer])[hit.pointer]
    assert (place.text.path, *place.text.position(place.start)) == (tmp_path / SETTINGS, 2, 18)


def test_a_rule_about_settings_of_a_spec() -> None:
    spec = b"connector: {title: Orders, server: https://api.contoso.example}\nauth: {type: none}\nsettings:\n  environment: there\n"
    package = compile_folder(InMemory(Path("orders"), {MAIN: spec}), MAIN, Variables()).package
    assert package is not None
    assert package.documents[SETTINGS] == {"environment": "there"}
    place = package.places(SETTINGS, [("environment",)])[("environment",)]
    assert place.text.position(place.start) == (4, 16)


@pytest.mark.parametrize("content", [b"[]", b"7", b'{"x-ms-mine": {}, "icon": 7, "script": null, "more": [1, 1]}'])
def test_settings_may_be_anything(tmp_path: Path, content: bytes) -> None:
    package = read_package(write(tmp_path, **{SETTINGS: content})).package
    assert package is not None
    assert package.documents[SETTINGS] == json.loads(content)
    walk = Walk(Plans([some_environment], SHAPES), SETTINGS, Context(package))
    assert walk.over(package.documents[SETTINGS], "any settings") == []


def test_a_rule_about_files(tmp_path: Path) -> None:
    package = read_package(write(tmp_path)).package
    assert package is not None
    sizes = {DEFINITION: 18, SETTINGS: 50, "README.md": 9, ICON: 4}
    assert package.files == {name: {"size": size} for name, size in sizes.items()}
    hits = Walk(Plans([some_files], SHAPES), FILES, Context(package)).over(package.files, "package")
    assert {hit.message for hit in hits} == {f"{name} has {size}" for name, size in sizes.items()}
    places = package.places(FILES, [(ICON,), ("README.md",), (DEFINITION,), ()])
    assert [place.text.path.name for place in places.values()] == [
        "logo.png",
        "README.md",
        DEFINITION,
        tmp_path.name,
    ]


def test_settings_name_the_files_that_are_checked(tmp_path: Path) -> None:
    names = {"apiDefinition": "def.json", "apiProperties": "props.json", "script": "code.cs"}
    more = {"def.json": b'{"swagger": "1.2"}', "props.json": b'{"properties": {}}', "code.cs": b"class Script {}"}
    package = read_package(write(tmp_path, **{SETTINGS: json.dumps(names).encode(), **more})).package
    assert package is not None
    assert package.definition == {"swagger": "1.2"}
    assert package.properties == {"properties": {}}
    assert (package.icon, package.script) == (None, b"class Script {}")
    assert package.places(FILES, [(SCRIPT,)])[(SCRIPT,)] == Place(
        package.script_place.text if package.script_place else Text(Path(), "")
    )
    assert PROPERTIES in package.files
