"""The JSON Schema of the language: valid itself, and at one with the shape check."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from connector_builder.language import Variables, compile_spec, json_schema
from connector_builder.language.tables.forms import Key
from connector_builder.language.tables.top import FORMS, OBJECTS

SCHEMA = json_schema()
ROOT = Path(__file__).parents[2]
DOCS = sorted([*ROOT.glob("docs/*.md"), ROOT / "README.md"])


class _Loader(yaml.SafeLoader):
    """Texts as YAML 1.2 has them: dates and `on` are texts."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":bool"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))


def plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): plain(part) for key, part in value.items()}
    return [plain(part) for part in value] if isinstance(value, list) else value


def errors(data: Any, schema: dict[str, Any] = SCHEMA) -> list[str]:
    return [
        f"{'/'.join(map(str, e.absolute_path))}: {e.message}" for e in Draft202012Validator(schema).iter_errors(data)
    ]


def examples() -> list[Any]:
    found = []
    for page in DOCS:
        for number, block in enumerate(re.findall(r"```yaml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)):
            if re.search(r"^connector:", block, re.MULTILINE):
                found.append(pytest.param(block, id=f"{page.name}-{number}"))
    return found


def test_the_schema_is_valid() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_the_schema_of_a_part_takes_what_stands_at_its_key() -> None:
    actions = json_schema("actions")
    Draft202012Validator.check_schema(actions)
    assert actions["title"] == "A connector for Microsoft Power Platform: actions"
    assert errors({"A": "GET /a", "B": {"request": "GET /b", "response": {"fields": {"id": "int"}}}}, actions) == []
    assert errors({"A": {"visibility": "important"}}, actions) == ["A: 'request' is a required property"]
    assert errors(None, actions) == [": None is not of type 'object'"]
    assert errors({"One": "string", "Two": {"fields": {"id": "int"}}}, json_schema("schemas")) == []


def test_an_empty_visibility_may_stand_but_is_not_offered() -> None:
    visibility = SCHEMA["$defs"]["operation"]["properties"]["visibility"]
    assert visibility["anyOf"][0] == {"enum": ["important", "advanced", "internal", "none"]}
    assert errors("", visibility) == []
    assert errors("hidden", visibility) != []


@pytest.mark.parametrize("name", FORMS)
def test_values_at_names_of_the_author_are_described(name: str) -> None:
    described = SCHEMA["$defs"][f"{name}Form"]
    assert described["description"].endswith(".")
    assert errors(described["examples"][0], {"$defs": SCHEMA["$defs"], "allOf": [described]}) == []


@pytest.mark.parametrize("block", examples())
def test_every_example_of_the_docs_is_valid(block: str) -> None:
    assert errors(plain(yaml.load(block, Loader=_Loader))) == []


def all_keys() -> list[Any]:
    return [
        pytest.param(name, key, id=f"{name}.{key.name}") for name, item in OBJECTS.items() for key in item.keys.values()
    ]


@pytest.mark.parametrize(("name", "key"), all_keys())
def test_every_key_is_described_with_an_example_that_fits(name: str, key: Key) -> None:
    described = (SCHEMA if name == "spec" else SCHEMA["$defs"][name])["properties"][key.name]
    assert described["description"].endswith((".", ")"))
    assert "\n" not in described["description"]
    if key.name == "clientSecret":
        return  # what must not be given has no example
    (example,) = described["examples"]
    assert errors(example, {"$defs": SCHEMA["$defs"], "allOf": [described]}) == []


KINDS: dict[str, Any] = {
    "text": "a text",
    "number": 1.5,
    "boolean": True,
    "list": ["x"],
    "mapping": {"unheard-of": 1},
    "null": None,
}
SPEC = 'connector: {title: T, description: A connector for tests., version: 1.0.0, server: "https://api.example.com"}\n'


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("key", [key.name for key in OBJECTS["spec"].keys.values() if key.name != "connector"])
def test_shape_and_schema_agree_on_every_kind_at_the_top(key: str, kind: str, tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text(SPEC + yaml.safe_dump({key: KINDS[kind]}), encoding="utf-8")
    reading = compile_spec(path, Variables())
    shape_rules = {"ValueTypeNotValid", "KeyUnknown", "ValueNotValid", "KeyMissing", "ValueMissing"}
    by_shape = any(finding.rule.name in shape_rules for finding in reading.findings)
    by_schema = bool(errors({"connector": {"title": "T", "server": "x"}, key: KINDS[kind]}))
    if not (
        kind == "mapping"
        and by_shape != by_schema
        and key in ("parameters", "fields", "actions", "schemas", "paths", "environmentVariables")
    ):
        assert by_shape == by_schema
