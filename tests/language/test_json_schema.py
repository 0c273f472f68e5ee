"""The JSON Schema of the language: valid itself, and at one with the shape check."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from connector_builder.language import MAIN, Variables, compile_folder, json_schema
from connector_builder.language.tables.top import FORMS, OBJECTS
from connector_builder.source.folder import InMemory

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


@pytest.mark.parametrize("name", OBJECTS)
def test_every_key_is_described_with_an_example_that_fits(name: str) -> None:
    for key in OBJECTS[name].keys:
        described = (SCHEMA if name == "spec" else SCHEMA["$defs"][name])["properties"][key]
        assert described["description"].endswith((".", ")")), key
        assert "\n" not in described["description"], key
        if key != "clientSecret":  # what must not be given has no example
            assert len(described["examples"]) == 1, key
            assert errors(described["examples"][0], {"$defs": SCHEMA["$defs"], "allOf": [described]}) == [], key


KINDS: dict[str, Any] = {
    "text": "a text",
    "number": 1.5,
    "boolean": True,
    "list": ["x"],
    "mapping": {"unheard-of": 1},
    "null": None,
}
SHAPE_RULES = {"ValueTypeNotValid", "KeyUnknown", "ValueNotValid", "KeyMissing", "ValueMissing"}
SPEC = 'connector: {title: T, description: A connector for tests., version: 1.0.0, server: "https://api.example.com"}\n'


OF_NAMES = frozenset({"parameters", "fields", "actions", "schemas", "paths", "environmentVariables"})
"""The mappings whose keys are the author's: what is wrong below one is more than its kind."""


@pytest.mark.parametrize("kind", KINDS)
def test_shape_and_schema_agree_on_every_kind_at_the_top(kind: str) -> None:
    by_shape, by_schema = {}, {}
    for key in OBJECTS["spec"].keys.keys() - {"connector"} - (OF_NAMES if kind == "mapping" else frozenset()):
        content = SPEC + yaml.safe_dump({key: KINDS[kind]})
        findings = compile_folder(InMemory(ROOT, {MAIN: content.encode()}), MAIN, Variables()).findings
        by_shape[key] = any(finding.rule.name in SHAPE_RULES for finding in findings)
        by_schema[key] = bool(errors({"connector": {"title": "T", "server": "x"}, key: KINDS[kind]}))
    assert by_shape == by_schema
