"""The reader of the golden cases itself: a case that can't fail holds nothing."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.language_cases import (
    CONNECTOR,
    CaseError,
    at_pointer,
    differences,
    is_names,
    parse_cases,
    says,
    without_empty,
)

CASE = """\
# Topic

Words about it.

## A rule
Why it is so.

```yaml
actions:
  A: GET /a
```
```yaml file=schemas/x.yaml
X: {sample: s.json}
```
```json file=s.json
{"a": 1}
```
```json variables
{"given": {"A": "b"}}
```
```json /paths/~1a
{"get": {}}
```
```places
/paths/~1a 2:3
apiProperties.json#/properties schemas/x.yaml:1:2
```
```absent apiProperties.json#/properties/publisher
```
```findings
1:2 KeyUnknown the key 'x' isn't known
  schemas/x.yaml:3:4 first given here
  help: did you mean 'y'?
schemas/x.yaml:5:6 *
```
"""


def test_blocks_become_files_outputs_and_findings(tmp_path: Path) -> None:
    (case,) = parse_cases("topic", CASE)
    assert case.id == "topic/A rule"
    assert case.files["spec.yaml"].decode() == "actions:\n  A: GET /a\n" + CONNECTOR
    assert case.files["schemas/x.yaml"] == b"X: {sample: s.json}\n"
    assert case.files["s.json"] == b'{"a": 1}\n'
    assert case.variables == {"given": {"A": "b"}}
    assert [(o.document, o.pointer, o.value, o.absent) for o in case.outputs] == [
        ("apiDefinition.swagger.json", "/paths/~1a", {"get": {}}, False),
        ("apiProperties.json", "/properties/publisher", None, True),
    ]
    assert case.places == [
        ("apiDefinition.swagger.json", "/paths/~1a", "2:3"),
        ("apiProperties.json", "/properties", "schemas/x.yaml:1:2"),
    ]
    first, second = case.findings
    assert (first.at, first.rule, first.message) == ("1:2", "KeyUnknown", "the key 'x' isn't known")
    assert first.related == [("schemas/x.yaml", 3, 4, "first given here")]
    assert first.help == "did you mean 'y'?"
    assert (second.at, second.rule, second.message) == ("schemas/x.yaml:5:6", "*", "*")
    assert case.write(tmp_path) == tmp_path / "spec.yaml"
    assert (tmp_path / "schemas" / "x.yaml").is_file()


def test_a_folder_is_compiled_where_connector_yaml_stands(tmp_path: Path) -> None:
    text = (
        "## T\n```yaml file=connector.yaml\n{}\n```\n```yaml file=actions/a.yaml\nA: GET /a\n```\n```json #\n{}\n```\n"
    )
    (case,) = parse_cases("t", text)
    assert case.write(tmp_path) == tmp_path


def test_escaped_blocks_are_bytes() -> None:
    (case,) = parse_cases("t", "## T\n```escaped\n\\xef\\xbb\\xbfa: 1\\r\n\\n\n```\n```json #\n{}\n```\n")
    assert case.files == {"spec.yaml": b"\xef\xbb\xbfa: 1\r\n"}


def test_no_connector_is_added_to_a_spec_that_has_one_or_is_bare() -> None:
    for block in ("```yaml\nconnector: {}\n```", "```yaml bare\nactions: {}\n```"):
        (case,) = parse_cases("t", f"## T\n{block}\n```json #\n{{}}\n```\n")
        assert case.files["spec.yaml"].decode() == block.split("\n")[1] + "\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("```yaml\na: 1\n```\n", "a block before the first"),
        ("## T\n```yaml\na: 1\n", "isn't closed"),
        ("## T\n```yaml\na: 1\n```\n", "expects nothing"),
        ("## T\n```json #\n{}\n```\n", "has no spec"),
        ("## T\n```yaml\na: 1\n```\n```json #\n{}\n```\n" * 2, "given twice"),
        ("## T\n```yaml\na: 1\n```\n```yaml\nb: 1\n```\n", "given twice"),
        ("## T\n```toml\na = 1\n```\n", "says nothing known"),
        ("## T\n```json paths\n{}\n```\n", "isn't a pointer"),
        ("## T\n```json /a\n{\n```\n", "Expecting"),
        ("## T\n```findings\nsomewhere\n```\n", "isn't 'line:column"),
        ("## T\n```findings\n```\n", "leave the block out"),
    ],
)
def test_a_bad_case_is_refused(text: str, message: str) -> None:
    with pytest.raises(CaseError, match=message):
        parse_cases("t", text)


def test_values_are_compared_with_their_types_and_the_order_of_names() -> None:
    assert list(differences({"a": 1, "b": [True]}, {"b": [True], "a": 1})) == []
    assert list(differences({"a": 1}, {"a": 1.0})) == ["/a: expected 1, got 1.0"]
    assert list(differences({"a": 1}, {"a": True})) == ["/a: expected 1, got true"]
    assert list(differences([1], [1, 2])) == [": expected [1], got [1, 2]"]
    assert list(differences({"a": 1}, {"b": 1})) == [
        "/: 'a' is missing, expected 1",
        "/: 'b' isn't expected, got 1",
    ]
    named: tuple[Any, Any] = {"properties": {"a": {}, "b": {}}}, {"properties": {"b": {}, "a": {}}}
    assert list(differences(*named)) == ["/properties: expected the order ['a', 'b'], got ['b', 'a']"]
    verbs: tuple[Any, Any] = {"paths": {"/a": {"get": {}, "put": {}}}}, {"paths": {"/a": {"put": {}, "get": {}}}}
    assert list(differences(*verbs)) == ["/paths/~1a: expected the order ['get', 'put'], got ['put', 'get']"]
    field_called_properties = {"properties": {"properties": {"type": 1, "title": 2}}}
    assert list(differences(field_called_properties, {"properties": {"properties": {"title": 2, "type": 1}}})) == []


def test_pointers() -> None:
    assert at_pointer({"/a~": [{"b": 1}]}, "/~1a~0/0/b") == 1
    assert at_pointer({"a": 1}, "") == {"a": 1}
    for pointer in ("/b", "/a/b", "/c/1"):
        with pytest.raises(LookupError):
            at_pointer({"a": 1, "c": [0]}, pointer)
    assert is_names("/paths")
    assert is_names("/definitions/A/properties")
    assert not is_names("/definitions/A/properties/properties")
    assert not is_names("")


def test_messages() -> None:
    assert says("*", "anything")
    assert says("a.b", "a.b")
    assert not says("a.b", "axb")
    assert says("/did you mean '.*'/", "unknown", "did you mean 'x'?")
    assert not says("/^known/", "unknown")


def test_empty_top_level_parts_are_none() -> None:
    assert without_empty({"definitions": {}, "paths": {}, "security": [], "x-a": {}}) == {"paths": {}, "x-a": {}}
