"""Seeded defects in a spec and a package: fixed to the byte, nothing else touched, and a second run changes nothing."""

import random
from pathlib import Path

import pytest

from connector_builder.app.fix import mend, tries_of
from connector_builder.app.shared.targets import Kind, Target, find_targets
from connector_builder.checks.engine import Checked, Checks
from connector_builder.language import Variables
from tests.support.imports.solutions import zipped

SPEC = """\
# Orders of our shops.
connector:
  title: Orders   # as people say it
  description: Reads and writes orders.
  server: https://api.contoso.example/v1
  brandColor: "#0078d4"

order: [GetOrder, ListOrders]
parameters:
  order: The number of the order.
actions:
  # One order.
  GetOrder:
    request: GET /orders/{order}   # with its lines
    description: "Returns order #1 of a customer."
    visibility: important
    deprecated: false
    response: Order
  ListOrders:
    request: GET /orders?limit
    description: Lists the orders.
    tags: [all]
    parameters:
      limit: {type: integer, description: "How many, at most."}
    response:
      fields:
        id: string   # unique
        at: datetime
        "lines[].number": int
  AddOrder:
    request: POST /orders
    description: "Adds an order."
    body: {$ref: "Order"}
    response: {status: 201, schema: Order}

schemas:
  Order:
    fields: {number: int, note: string}
"""
_API = (
    '"swagger": "2.0", "info": {"title": "Orders", "description": "Reads orders.", "version": "1.0"}, "schemes": ["https"],'
    ' "host": "api.contoso.example", "securityDefinitions": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}}, "security": [{"key": []}], "paths": {}'
)
_CONNECTOR = """\
<Connector>
  <name>acme_a</name>
  <openapidefinition>/Connector/a_openapidefinition.json</openapidefinition>
  <connectionparameters>/Connector/a_connectionparameters.json</connectionparameters>
</Connector>
"""
DEFECTS = [
    ("KeyUnknown", "    visibility:", "    visibilty:"),
    ("KeyUnknown", "  brandColor:", "  color:"),
    ("KeyUnknown", "\nschemas:", "\nshemas:"),
    ("KeyUnknown", "status: 201", "statuss: 201"),
    ("ValueNotValid", "visibility: important", "visibility: importnt"),
    ("ValueNotValid", "limit: {type: integer", "limit: {type: intger"),
    ("ValueTypeNotValid", "deprecated: false", 'deprecated: "false"'),
    ("ValueTypeNotValid", "deprecated: false", "deprecated: no"),
    ("ValueTypeNotValid", "tags: [all]", "tags: all"),
    ("ValueMissing", 'brandColor: "#0078d4"', "brandColor: #0078d4"),
    ("NameNotFound", "response: Order", "response: Ordr"),
    ("NameNotFound", "schema: Order}", "schema: Oder}"),
    ("NameNotFound", "id: string ", "id: strng "),
    ("NameNotFound", "at: datetime", "at: dateTime"),
    ("NameNotFound", "[GetOrder, ListOrders]", "[GetOrder, ListOrdrs]"),
    ("ReferenceNotValid", '{$ref: "Order"}', '{$ref: "#/components/schemas/Order"}'),
    ("PathParameterNotBraced", "GET /orders/{order}", "GET /orders/:order"),
    ("RequestNotValid", "POST /orders", "post /orders"),
    ("BasePathRepeated", "GET /orders?limit", "GET /v1/orders?limit"),
    ("ParameterPlaceMissing", "      limit: {", "      limti: {"),
    ("TextCut", '"Returns order #1 of a customer."', "Returns order #1 of a customer."),
    ("SyntaxNotValid", "description: Lists", "description:Lists"),
    ("SyntaxNotValid", '"How many, at most."', "How many, at most."),
    ("SyntaxNotValid", '"Adds an order."', "\u201cAdds an order.\u201d"),
    ("KeyDuplicated", "    tags: [all]\n", "    description: Lists the orders.\n    tags: [all]\n"),
    ("KeySpelledTwice", "    deprecated: false\n", "    x-ms-visibility: important\n    deprecated: false\n"),
]
"""The rule that finds a defect, the text without it, and with it."""


def fixed(path: Path) -> Checked:
    """Fixes the target at a path, and writes what is changed."""
    checked = mend(find_targets([path])[0], Variables(), Checks())
    for change in checked.changes:
        change.path.write_bytes(change.after)
    return checked


def spoiled(*defects: tuple[str, str, str]) -> str:
    text = SPEC
    for _, good, bad in defects:
        assert good in text
        text = text.replace(good, bad, 1)
    return text


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "orders.yaml").write_bytes(SPEC.encode())
    return tmp_path / "orders.yaml"


def test_the_spec_has_no_defect(path: Path) -> None:
    checked = fixed(path)
    assert (checked.diagnostics, checked.fixed, checked.changes) == ([], (), ())


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: f"{defect[0]}: {defect[2].strip()}")
def test_one_defect(path: Path, defect: tuple[str, str, str]) -> None:
    path.write_bytes(spoiled(defect).encode())
    checked = fixed(path)
    assert path.read_text(encoding="utf-8").replace("'", '"') == SPEC
    assert ([one.rule for one in checked.fixed], checked.diagnostics) == ([defect[0]], [])


@pytest.mark.parametrize("seed", range(12))
def test_several_defects(path: Path, seed: int) -> None:
    chance = random.Random(seed)
    lines = {SPEC[: SPEC.index(good)].count("\n"): (rule, good, bad) for rule, good, bad in DEFECTS}
    chosen = chance.sample(sorted(lines.values()), 5)
    before = spoiled(*chosen)
    path.write_bytes(before.encode())
    fixed(path)
    after = path.read_bytes()
    assert after.decode() == SPEC
    assert (fixed(path).changes, path.read_bytes()) == ((), after)


def test_a_fix_that_breaks_something_else_is_not_made(path: Path) -> None:
    path.write_bytes(SPEC.replace("visibility: important", "visibilty: important\n    visibility: none").encode())
    before = path.read_bytes()
    checked = fixed(path)
    assert (checked.fixed, path.read_bytes()) == ((), before)


PACKAGE = """\
{
\t"swagger": "2.0",
\t"info": {"title": "Orders", "description": "Reads orders.", "version": "1.0"},
\t"host": "api.contoso.example",   "basePath": "/v1",
\t"schemes": ["https"],
\t"paths": {
\t\t"/orders/{id}": {
\t\t\t"get": {
\t\t\t\t"operationId": "GetOrder", "summary": "Get an order",
\t\t\t\t"description": "Returns an order.",
\t\t\t\t"parameters": [
\t\t\t\t\t{"name":"id", "in":"path", "type":"string", "x-ms-url-encoding":"single", "required":true}
\t\t\t\t],
\t\t\t\t"responses": {"200": {"description": "The order.", "schema": {"$ref": "#/definitions/Order"}}}
\t\t\t}
\t\t}
\t},
\t"definitions": {"Order": {"type": "object", "properties": {"id": {"type": "string"}}}}
}
"""
DEFECTS_OF_PACKAGES = [
    ("PathParameterMustBeRequired", ', "required":true', ""),
    ("SchemaReferenceNotFound", '"#/definitions/Order"', '"#/definitions/Ordr"'),
    ("AdditionalPropertyNotAllowed", '"summary"', '"sumary"'),
    ("SpecificationVersionIncorrect", '"swagger": "2.0"', '"swagger": 2.0'),
    ("SchemesArrayEmpty", '"schemes": ["https"]', '"schemes": []'),
]


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("number", [1, 2, 5])
@pytest.mark.parametrize("seed", range(4))
def test_defects_of_a_package(path: Path, seed: int, number: int, ends: str) -> None:
    definition = path.parent / "package/apiDefinition.swagger.json"
    definition.parent.mkdir()
    text = PACKAGE
    for _, good, bad in random.Random(seed).sample(DEFECTS_OF_PACKAGES, number):
        text = text.replace(good, bad, 1)
    definition.write_bytes(PACKAGE.replace("\n", ends).encode())
    known = [(one.rule, one.message) for one in fixed(definition.parent).diagnostics]
    definition.write_bytes(text.replace("\n", ends).encode())
    checked = fixed(definition.parent)
    assert definition.read_bytes() == PACKAGE.replace("\n", ends).encode()
    assert [(one.rule, one.message) for one in checked.diagnostics] == known
    assert (len(checked.fixed), fixed(definition.parent).changes) == (number, ())


def test_the_files_of_an_unpacked_solution_are_fixed_but_no_zip(tmp_path: Path) -> None:
    parts = {
        "Other/Solution.xml": "<ImportExportXml/>",
        "Other/Customizations.xml": "<ImportExportXml><Connectors/></ImportExportXml>",
        "Connectors/a.xml": _CONNECTOR,
        "Connectors/a_openapidefinition.json": f'{{\n  "basepath": "/v1", {_API}\n}}\n',
        "Connectors/a_connectionparameters.json": '{"api_key": {"type": "secureString"}}',
    }
    folder, packed = tmp_path / "solution", tmp_path / "solution.zip"
    for name, text in parts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    zipped(packed, {name: text.encode() for name, text in parts.items()})
    fixed = mend(Target(folder, Kind.SOLUTION), Variables(), Checks())
    assert {change.path.name: change.after.decode() for change in fixed.changes} == {
        "a_openapidefinition.json": f'{{\n  "basePath": "/v1", {_API}\n}}\n',
        "a_connectionparameters.json": '{"api_key": {"type": "securestring"}}',
    }
    assert '-  "basepath"' in fixed.changes[0].diff + fixed.changes[1].diff
    assert mend(Target(packed, Kind.SOLUTION), Variables(), Checks()).changes == ()


@pytest.mark.parametrize(("size", "tries"), [(10, 60), (100_000, 20), (3_000_000, 2)])
def test_a_large_target_is_tried_less_often(tmp_path: Path, size: int, tries: int) -> None:
    path = tmp_path / "tides.yaml"
    path.write_bytes(b" " * size)
    assert tries_of(Target(path, Kind.SPEC)) == tries
    assert tries_of(Target(tmp_path, Kind.SPEC)) == tries
