"""What fixes make of JSON and YAML: the right text, to the byte."""

from pathlib import Path
from typing import Any

import pytest

from connector_builder.checks.fixes import text_edits
from connector_builder.findings import (
    Add,
    Defect,
    Edit,
    Finding,
    Fix,
    Place,
    Remove,
    Rename,
    Replace,
    Rule,
    Scope,
    Severity,
    Text,
    TextEdit,
)
from connector_builder.findings.fix import applied
from connector_builder.language import Variables, compile_spec
from connector_builder.package import DEFINITION, Package
from connector_builder.package.origins import Written
from connector_builder.package.read import read_package
from connector_builder.rules import check

RULE = Rule("Bad", Severity.ERROR, Scope.PLATFORM, "x")


def fixed(name: str, content: str, *edits: Edit) -> str | None:
    """A text after the edits of a fix; None where there are none that are certain."""
    text = Text(Path(name), content)
    package = Package("x", Path(name), {}, {}, lambda *_: {}, written=lambda _, pointer: Written(text, None, pointer))
    defect = Defect(Place.whole(text), "m", fix=Fix("mend it", edits))
    found = text_edits(Finding(RULE, defect, DEFINITION, ()), package)
    return applied(content, found) if found else None


LAID_OUT = """\
{
    "name" : "id",
    "in": "path",
    "list": [1, {"a": 1}, 3],
    "empty": {}
}
"""
CASES: list[tuple[str, str, Edit, str | None]] = [
    ("x.json", LAID_OUT, Replace(("in",), "query"), LAID_OUT.replace('"path"', '"query"')),
    ("x.json", LAID_OUT, Replace(("list",), True), LAID_OUT.replace('[1, {"a": 1}, 3]', "true")),
    ("x.json", LAID_OUT, Rename(("name",), "größe"), LAID_OUT.replace('"name"', r'"gr\u00f6\u00dfe"')),
    ("x.json", LAID_OUT, Rename(("name",), "in"), None),
    ("x.json", LAID_OUT, Remove(("name",)), LAID_OUT.replace('"name" : "id",\n    ', "")),
    ("x.json", LAID_OUT, Remove(("empty",)), LAID_OUT.replace(',\n    "empty": {}', "")),
    ("x.json", LAID_OUT, Remove(("list", 1)), LAID_OUT.replace('{"a": 1}, ', "")),
    ("x.json", LAID_OUT, Remove(("list", 2)), LAID_OUT.replace(", 3]", "]")),
    ("x.json", LAID_OUT, Remove(("list", 1, "a")), LAID_OUT.replace('{"a": 1}', "{}")),
    ("x.json", LAID_OUT, Remove(("nothing",)), None),
    ("x.json", LAID_OUT, Remove(("name", "in")), None),
    ("x.json", LAID_OUT, Add(("name",), 1), None),
    ("x.json", LAID_OUT, Add(("required",), True), LAID_OUT.replace("{}\n", '{},\n    "required": true\n')),
    ("x.json", LAID_OUT, Add(("x",), {"a": [1]}), LAID_OUT.replace("{}\n", '{},\n    "x": {\n      "a": [\n        1\n      ]\n    }\n')),
    ("x.json", LAID_OUT, Add(("list", 1, "b"), None), LAID_OUT.replace('{"a": 1}', '{"a": 1, "b": null}')),
    ("x.json", LAID_OUT, Add(("empty", "b"), "c"), LAID_OUT.replace("{}", '{"b": "c"}')),
    ("x.json", '{"a":1,"b":2}', Add(("c",), 3), '{"a":1,"b":2,"c":3}'),
    ("x.json", '{"a":1}', Add(("c",), 3), '{"a":1,"c":3}'),
    ("x.json", '{\r\n\t"a": 1\r\n}\r\n', Add(("b",), 2), '{\r\n\t"a": 1,\r\n\t"b": 2\r\n}\r\n'),
    ("x.json", '{"a": 1, "a": 2}', Remove(("a",)), None),
    ("x.yaml", "a: 1  # one\nb: x # two\n", Replace(("a",), "yes"), 'a: "yes"  # one\nb: x # two\n'),
    ("x.yaml", "a:  # nothing yet\nb: x\n", Replace(("a",), True), "a: true  # nothing yet\nb: x\n"),
    ("x.yaml", "a: |\n  one\n\nb: x\n", Replace(("a",), True), None),
    ("x.yaml", "a: {b: 1}\nb: x\n", Replace(("a",), True), "a: true\nb: x\n"),
    ("x.yaml", "'a' : 1 # one\nb: 2\n", Rename(("a",), "on: x"), '"on: x" : 1 # one\nb: 2\n'),
    ("x.yaml", "# a\na: 1  # one\n# b\nb: 2\n", Remove(("a",)), "# a\n# b\nb: 2\n"),
    ("x.yaml", "a: 1\nb:\n  c: |\n    one\n\n    two\n\n# d\nd: 1\n", Remove(("b",)), "a: 1\n\n# d\nd: 1\n"),
    ("x.yaml", "a: 1\nb:\n- 2", Remove(("b",)), "a: 1\n"),
    ("x.yaml", "a:\n  b: 1\n", Remove(("a", "b")), None),
    ("x.yaml", "- a: 1\n  b: 2\n", Remove((0, "a")), "- b: 2\n"),
    ("x.yaml", "- a: 1\n  # b\n  b: 2\n", Remove((0, "a")), None),
    ("x.yaml", "- a: 1 # one\n  b: 2\n- c\n", Remove((0,)), "- c\n"),
    ("x.yaml", "a: [b, {c: d}]\n", Remove(("a", 0)), "a: [{c: d}]\n"),
    ("x.yaml", "a: {b: 1, # one\n  c: 2}\n", Remove(("a", "c")), None),
    ("x.yaml", "a: {b: 1}\n", Add(("a", "c"), "x: y"), 'a: {b: 1, c: "x: y"}\n'),
    ("x.yaml", "- a: 1\n  b:\n    - 2 # two\n# end\n- c\n", Add((0, "d"), 0.5), "- a: 1\n  b:\n    - 2 # two\n  d: 0.5\n# end\n- c\n"),
    ("x.yaml", "a: 1\r\nb: 2", Add(("c",), None), "a: 1\r\nb: 2\r\nc: null"),
    ("x.yaml", "a: >+\n  one\n\n", Add(("c",), 1), None),
    ("x.yaml", "a: &x {b: 1}\nc: *x\n", Add(("a", "d"), 1), None),
    ("x.yaml", "a: &x {b: 1}\nc: *x\n", Add(("e",), 1), None),
    ("x.yaml", "a: 1\n", Add(("b",), [1]), None),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "edit", "expected"), CASES)
def test_one_edit(name: str, content: str, edit: Edit, expected: str | None) -> None:
    assert fixed(name, content, edit) == expected


def test_edits_that_belong_together() -> None:
    edits: list[Edit] = [Rename(("name",), "title"), Remove(("list", 1)), Add(("b",), 2), Add(("c",), 3)]
    assert fixed("x.json", LAID_OUT, *edits) == (
        '{\n    "title" : "id",\n    "in": "path",\n    "list": [1, 3],\n    "empty": {},\n    "b": 2,\n    "c": 3\n}\n'
    )
    assert fixed("x.json", LAID_OUT, Remove(("name",)), Add(("name", "x"), 1)) is None


def test_a_rule_of_texts_gives_edits_of_the_text() -> None:
    text = Text(Path("x.yaml"), "a: 1\n")
    edit = TextEdit(Place(text, 0, 1), "b")
    assert text_edits(RULE.at(Place(text, 0, 1), "m", fix=Fix("call it b", (edit,))), None) == (edit,)
    assert text_edits(RULE.at(Place(text, 0, 1), "m"), None) == ()


def test_edits_that_overlap_are_refused() -> None:
    text = Text(Path("x.yaml"), "abc")
    with pytest.raises(ValueError, match="two edits of one part of a text"):
        applied("abc", [TextEdit(Place(text, 0, 2), ""), TextEdit(Place(text, 1, 3), "")])


def cured(package: Package, rule: str) -> dict[str, str]:
    """The texts of a package after the fixes of what a rule finds, by the names of their files."""
    edits: dict[str, tuple[str, list[Any]]] = {}
    for hit in check(package):
        if hit.rule.name == rule:
            finding = Finding(hit.rule, Defect(Place.whole(Text(Path(), "")), "m", fix=hit.defect.fix), hit.document)
            for edit in text_edits(finding, package):
                text = edit.place.text
                edits.setdefault(text.path.name, (text.content, []))[1].append(edit)
    return {name: applied(content, some) for name, (content, some) in edits.items()}


JSON = """\
{
  "swagger": "2.0",
  "info": {"title": "Orders", "description": "Reads orders.", "version": "1.0"},
  "paths": {
    "/orders/{id}/{line}/{part}": {
      "get": {
        "operationId": "GetOrder",
        "parameters": [
          {"name": "id", "in": "path", "type": "string"},
          {
            "name": "line",
            "in": "path",
            "required": false,
            "type": "string"
          },
          {"name":"part","in":"path","required":"yes","type":"string"}
        ],
        "responses": {"200": {"description": "OK"}}
      }
    }
  }
}
"""


def test_a_path_parameter_of_a_package_becomes_required(tmp_path: Path) -> None:
    (tmp_path / DEFINITION).write_bytes(JSON.encode())
    package = read_package(tmp_path).package
    assert package is not None
    assert cured(package, "PathParameterMustBeRequired") == {
        DEFINITION: JSON.replace('"type": "string"},', '"type": "string", "required": true},')
        .replace('"required": false', '"required": true')
        .replace('"required":"yes"', '"required":true')
    }


YAML = """\
connector: {name: Orders, description: Reads orders., server: https://api.contoso.example}

actions:
  ListOrders:
    run: GET /orders     # derived: nothing here is plain Swagger

paths:
  /orders/{id}:
    # Kept as it was published.
    get:
      operationId: GetOrder
      parameters:
        - name: id         # the number of the order
          in: path
          type: string     # not a number

        # one for all
        - {name: id, in: query, type: string}
      responses: {200: {description: OK}}
  /lines/{line}:
    get:
      operationId: GetLine
      parameters: [{name: line, in: path, type: string, required: false}]   # on one line
      responses: {200: {description: OK}}
"""


def test_a_path_parameter_of_a_spec_becomes_required(tmp_path: Path) -> None:
    path = tmp_path / "orders.yaml"
    path.write_bytes(YAML.encode())
    package = compile_spec(path, Variables()).package
    assert package is not None
    assert cured(package, "PathParameterMustBeRequired") == {
        "orders.yaml": YAML.replace("# not a number\n", "# not a number\n          required: true\n").replace(
            "required: false", "required: true"
        )
    }
    assert package.written(DEFINITION, ("paths", "/orders", "get")) is None
