"""What a converter of another format has to do, shown by one of a toy format: a list of calls with what they answer."""

import json
from pathlib import Path
from typing import Any

import pytest

from connector_builder.checks.engine import Checks, examine
from connector_builder.findings import Pointer
from connector_builder.language.decompile.rules import NOT_IMPORTABLE
from connector_builder.package import DEFINITION, PROPERTIES, Reading
from connector_builder.sources.documents import Converted, Parsed
from connector_builder.sources.kinds import Kind
from connector_builder.sources.reading import read_files
from tests.support.imports.source_files import put, said

TOY = """\
calls:
  - name: ListOrders
    address: /orders
    fails: [404, 404x]
    answers:
      type: object
      properties: {id: {type: text}}
  - name: ListOrders
    address: /orders/all
    answers: {type: string}
host: api.contoso.example?sig=Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6
colour: "#0b556a"
"""


def convert(parsed: Parsed) -> Converted:
    """The toy format as Swagger and apiProperties; each part notes what it was built from."""
    toy, origins = parsed.data, dict[Pointer, Pointer]()
    if "calls" not in toy:
        missing = NOT_IMPORTABLE.at(parsed.places([()])[()], "there are no calls")
        return Converted(Parsed(parsed.path), findings=[missing])
    paths: dict[str, Any] = {}
    sampled: dict[Pointer, Any] = {}
    for index, call in enumerate(toy["calls"]):
        at: Pointer = ("paths", call["address"], "get")
        origins[at] = ("calls", index)
        origins[(*at, "operationId")] = ("calls", index, "name")
        origins[(*at, "responses", "200", "schema")] = ("calls", index, "answers")
        responses: dict[str, Any] = {"200": {"description": "OK", "schema": call.get("answers", {})}}
        for number, status in enumerate(call.get("fails", ())):
            origins[(*at, "responses", str(status))] = ("calls", index, "fails", number)
            responses[str(status)] = {"description": "No"}
        if "sample" in call:
            sampled[(*at, "responses", "200", "schema")] = call["sample"]
        paths[call["address"]] = {"get": {"operationId": call["name"], "summary": "List", "responses": responses}}
    origins[("host",)] = ("host",)
    info = {"title": "Orders", "version": "1.0", "description": "All orders."}
    definition = {"swagger": "2.0", "info": info, "host": toy["host"], "paths": paths}
    properties = {"properties": {"connectionParameters": {}, "iconBrandColor": toy["colour"]}}
    origin_of_properties: dict[Pointer, Pointer] = {("properties", "iconBrandColor"): ("colour",)}
    return Converted(parsed.built(definition, origins), parsed.built(properties, origin_of_properties), sampled)


def read(path: Path, content: str, *, repair: bool = False) -> Reading:
    put(path, content)
    return read_files(path, {DEFINITION: path}, path.stem, repair=repair, convert=convert)


def test_findings_about_what_was_built_point_into_the_input(tmp_path: Path) -> None:
    reading = read(tmp_path / "orders.yaml", TOY)
    assert said(reading.findings) == [
        "orders.yaml:11:7 warning SecretLeftOut: the query parameter 'sig' contains a secret: REDACTED is imported instead"
    ]
    package = reading.package
    assert package is not None
    assert (package.name, package.source) == ("orders", tmp_path / "orders.yaml")
    diagnostics = examine(Reading(package), Checks(), is_spec=False).diagnostics
    at = {(one.rule, one.location.line, one.location.column) for one in diagnostics}
    assert {
        ("OperationIdNotUnique", 8, 11),
        ("ResponseMustBeDefaultOrHttpStatusCode", 4, 18),
        ("JsonValueNotInEnum", 7, 31),  # two levels below the last part that was noted
    } <= at


def test_properties_have_places_too(tmp_path: Path) -> None:
    package = read(tmp_path / "orders.yaml", TOY).package
    assert package is not None
    assert package.properties == {"properties": {"connectionParameters": {}, "iconBrandColor": "#0b556a"}}
    pointer = ("properties", "iconBrandColor")
    place = package.locate(PROPERTIES, [pointer])[pointer]
    assert place.text.content[place.start : place.end] == '"#0b556a"'


def test_places_go_back_through_mended_text(tmp_path: Path) -> None:
    broken = '{"calls": [{"name": "A", "address": "/a",}],\n "host": 7, "colour": ""}'
    reading = read(tmp_path / "orders.json", broken, repair=True)
    assert said(reading.findings) == [
        "orders.json:1:41 note Mended: a comma that nothing follows was removed",
        "orders.json:2:10 error NotImportable: 'host' must be a text, not a number",
    ]


def test_what_cannot_be_converted_says_why(tmp_path: Path) -> None:
    reading = read(tmp_path / "orders.yaml", "other: 1\n")
    assert reading.package is None
    assert said(reading.findings) == ["orders.yaml:1:1 error NotImportable: there are no calls"]


def test_samples_come_along_without_secrets(tmp_path: Path) -> None:
    address = "https://x.example?sig=Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6"
    call = {"name": "A", "address": "/a", "sample": {"link": address}}
    reading = read(tmp_path / "a.json", json.dumps({"calls": [call], "host": "x.example", "colour": "#0b556a"}))
    assert reading.package is not None
    assert reading.package.sampled == {
        ("paths", "/a", "get", "responses", "200", "schema"): {"link": "https://x.example?sig=REDACTED"}
    }
    assert [finding.rule.name for finding in reading.findings] == ["SecretLeftOut"]


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_a_reader(kind: Kind) -> None:
    reader = kind.reader
    assert reader.described.split(" ")[0] in ("a", "an")
    assert reader.mark
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in reader.suffixes)
    assert not reader.recognises(b"")
    assert list(Kind)[-1].reader.of_file(Path("x")) == Path("x")  # the last takes what no other recognises
