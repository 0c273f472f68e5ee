"""A value of each wrong kind at every key of the language: a finding on the key's line, never an exception.

Keys and what they take come from the JSON Schema that the tool prints, so that a new key is tested from its first day.
"""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from connector_builder.findings import Severity
from connector_builder.language import Variables, compile_spec, json_schema
from tests.support.properties import every

pytestmark = pytest.mark.no_cover  # tracing doubles the time of what is large; other tests reach the same

SCHEMA = json_schema()
DEFS = SCHEMA["$defs"]
VALUES: tuple[Any, ...] = (
    "two words", 7, 1.5, True, [], {}, ["two words"], [7], [None], [[]], [{}], {"n": 7}, {"n": None}, {"n": []}, {"n": {}},
)  # fmt: skip
STEP = 2 * every()
"""In CI every second value is tried, by default every sixth: at one key these, at the next others."""
Way = tuple[str, ...]


def ways() -> dict[str, Way]:
    """The shortest way from the top of a spec to each kind of mapping with known keys."""
    found: dict[str, Way] = {"spec": ()}
    waiting = ["spec"]
    for name in waiting:
        for key, described in mapping(name)["properties"].items():
            for inner, steps in inside(described):
                if inner not in found:
                    found[inner] = (*found[name], key, *steps)
                    waiting.append(inner)
    return found


def mapping(name: str) -> dict[str, Any]:
    described: dict[str, Any] = SCHEMA if name == "spec" else DEFS[name]
    return described


def inside(described: dict[str, Any]) -> Iterator[tuple[str, Way]]:
    """The kinds of mappings that a value may be, or hold under names of the author's own (`n`) or in a list (`[]`)."""
    if "$ref" in described:
        described = DEFS[described["$ref"].rpartition("/")[2]]
    if "then" in described:
        yield described["then"]["$ref"].rpartition("/")[2], ()
    elif isinstance(described.get("additionalProperties"), dict):
        yield from ((name, ("n", *steps)) for name, steps in inside(described["additionalProperties"]))
    if "$ref" not in described.get("items", {"$ref": ""}):  # the items of `[X]` may be all that X may be
        yield from ((name, ("[]", *steps)) for name, steps in inside(described["items"]))


WAYS = ways()


def test_every_mapping_of_the_language_is_reached() -> None:
    assert {name for name in DEFS if not name.endswith("Form")} == WAYS.keys() - {"spec"}


@cache
def validator(name: str, key: str) -> Any:
    return Draft202012Validator({**mapping(name)["properties"][key], "$defs": DEFS})


def spec_with(name: str, key: str, value: Any) -> tuple[str, int]:
    """A spec that is right but for one key, and the line of that key."""
    kinds = {way: kind for kind, way in WAYS.items()}
    steps = [*WAYS[name], key]
    tree: Any = "the value"
    while steps:
        step = steps.pop()
        kind = kinds.get(tuple(steps))
        around = mapping(kind) if kind else {}
        # What must stand beside a key, so that only the key itself is wrong.
        needed = {need: around["properties"][need]["examples"][0] for need in around.get("required", ())}
        tree = [tree] if step == "[]" else {**needed, step: tree}
    text = json.dumps(tree, indent=1)  # JSON is YAML
    line = text[: text.index('"the value"')].count("\n") + 1
    return text.replace('"the value"', json.dumps(value)), line


@pytest.mark.parametrize("name", WAYS)
def test_a_wrong_value_is_a_finding_at_its_key(name: str, tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    tried = 0
    for key in mapping(name)["properties"]:
        for value in VALUES[tried % STEP :: STEP]:
            if validator(name, key).is_valid(value):
                continue
            tried += 1
            text, line = spec_with(name, key, value)
            path.write_text(text, encoding="utf-8", newline="\n")
            errors = [f for f in compile_spec(path, Variables()).findings if f.rule.severity is Severity.ERROR]
            at = [finding.place.text.position(finding.place.start)[0] for finding in errors]
            assert line in at, f"{text}\n{[(finding.rule.name, finding.message) for finding in errors]}"
    assert tried
