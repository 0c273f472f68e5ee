"""Schemas that lead back to themselves, multiply, or are too deep; references that lead out of the connector."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from connector_builder.language.compile import context
from connector_builder.language.compile.samples import sample_check
from tests.support.hostile.hostile_cli import CONNECTOR, place, problems, validate

pytestmark = pytest.mark.no_cover  # tracing doubles the time of what is large; other tests reach the same

Refused = Callable[..., list[str]]
USE = "actions: {G: {request: GET /a, response: A}}\n" + CONNECTOR
NO_SAMPLE = "spec.yaml:2:32 SampleNotMade no sample of 'G' is written: a schema contains itself"


@pytest.mark.parametrize(
    ("schemas", "column", "name"),
    [
        ("{A: A}", 14, "A"),
        ("{A: B, B: A}", 20, "A"),
        ("{A: B, B: C, C: A}", 26, "A"),
        ("{A: {allOf: [A]}}", 23, "A"),
        ("{A: {allOf: [B]}, B: {allOf: [A]}}", 40, "A"),
    ],
)
def test_a_schema_that_is_itself_is_an_error(schemas: str, column: int, name: str, refused: Refused) -> None:
    assert refused(f"schemas: {schemas}\n{USE}") == [
        f"spec.yaml:1:{column} SchemaRefLoopNotAllowed '#/definitions/{name}' leads in a circle",
        NO_SAMPLE,
    ]


@pytest.mark.parametrize(
    ("schemas", "column"),
    [
        ("{A: {inline: true, fields: {a: A}}}", 41),
        ("{A: {inline: true, fields: {a: B}}, B: {inline: true, fields: {b: A}}}", 76),
        ("{A: {inline: true, allOf: [A]}}", 37),
        ("{A: {inline: true, type: array, items: A}}", 49),
        ("{A: {inline: true, additionalProperties: [A]}}", 52),
    ],
)
def test_a_schema_that_is_written_out_in_itself_is_an_error(schemas: str, column: int, refused: Refused) -> None:
    assert refused(f"schemas: {schemas}\n{USE}") == [
        f"spec.yaml:1:{column} SchemaContradictory the inline schema 'A' contains itself"
    ]


@pytest.mark.parametrize(
    "schemas",
    [
        "{A: {fields: {a: A}}}",
        "{A: {fields: {a: B}}, B: {fields: {b: A}}}",
        "{A: [A]}",
        "{A: [B], B: [A]}",
        "{A: {fields: {'a[]': A}}}",
        "{A: {inline: true, fields: {a: B}}, B: {fields: {b: A}}}",
    ],
)
def test_a_schema_that_holds_itself_is_built(schemas: str, built: Refused) -> None:
    assert built(f"schemas: {schemas}\n{USE}") == []


def test_of_a_schema_without_end_there_is_no_sample(built: Refused) -> None:
    assert built(f"schemas: {{A: {{additionalProperties: A}}}}\n{USE}") == [NO_SAMPLE]


def test_a_schema_that_requires_itself_is_an_error(refused: Refused) -> None:
    found = refused(f"schemas: {{A: {{fields: {{a!: A}}}}}}\n{USE}")
    assert any("RequiredLoopInSchemaNotAllowed" in finding for finding in found)


def names(count: int) -> list[str]:
    return ["A", *(f"S{number}" for number in range(1, count + 1))]


def schemas(count: int, form: str, last: str = "string") -> str:
    """A chain of schemas, each made of the next."""
    chain = names(count)
    lines = [f"  {name}: " + form.format(n=after) for name, after in pairwise(chain)]
    return "schemas:\n" + "\n".join([*lines, f"  {chain[-1]}: {last}"]) + "\n" + USE


def test_inline_schemas_that_multiply_are_stopped(
    here: Path, write: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(context, "MAX_SCHEMAS", 5000)
    write({"spec.yaml": schemas(30, "{{inline: true, fields: {{a: {n}, b: {n}}}}}")})
    outcome = validate(here / "spec.yaml", "--format", "json")  # the second opinion on so many takes seconds
    assert list(problems(outcome, here)) == []
    assert outcome.findings == ["spec.yaml:29:32 SchemaTooLarge more than 5,000 schemas"]


def test_a_chain_of_inline_schemas_is_stopped(refused: Refused) -> None:
    found = refused(schemas(2000, "{{inline: true, fields: {{a: {n}}}}}"))
    assert found == ["spec.yaml:41:32 SchemaTooLarge more than 80 levels of nesting"]


def test_schemas_that_multiply_by_allof_are_not_unfolded(refused: Refused, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sample_check, "MAX_STEPS", 20_000)  # of more than 16 million
    sample = "actions: {G: {request: GET /a, response: {sample: {a: 1}, allOf: [A]}}}\n"
    found = refused(schemas(24, "{{allOf: [{n}, {n}]}}", "{sample: {a: 1}}").replace(USE, sample + CONNECTOR))
    large = [finding for finding in found if "BodySchemaCountExceedsMaxAllowed more than 512 schemas" in finding]
    assert len(large) == 18
    # The designer doesn't look into `allOf`.
    others = ["spec.yaml:27:32 OutputWithoutFields people get no fields of what 'G' returns, only the whole body"]
    assert [finding for finding in found if finding not in large] == others


def test_samples_of_schemas_that_multiply_have_one_budget(refused: Refused) -> None:
    actions = "".join(f"  G{number}: {{request: GET /a{number}, response: A}}\n" for number in range(500))
    found = refused(schemas(40, "{{allOf: [{n}, {n}]}}").replace(USE, f"actions:\n{actions}{CONNECTOR}"))
    assert len([finding for finding in found if "SampleNotMade" in finding]) == 500


LONG = f"the path '{'a.' * 5000}b' can't be read: it has more than 100 steps"


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("a." * 90 + "b", "SchemaTooLarge more than 80 levels of nesting"),
        ("a" + "[]" * 5000, "SchemaTooLarge more than 80 levels of nesting"),
        ("a." * 5000 + "b", f"FieldPathNotValid {LONG[:1000]}…"),
    ],
    ids=["fields", "arrays", "steps"],
)
def test_field_paths_without_end_are_stopped(key: str, message: str, refused: Refused) -> None:
    assert refused(f"schemas:\n  A:\n    fields:\n      ? '{key}'\n      : string\n{USE}") == [
        f"spec.yaml:4:9 {message}"
    ]


@pytest.mark.parametrize(("before", "after"), [('{"a":', "}"), ("[", "]")])
def test_deep_samples_are_stopped(before: str, after: str, refused: Refused) -> None:
    spec = "actions: {G: {request: GET /a, response: {sample: s.json}}}\n" + CONNECTOR
    (found,) = refused(spec, {"s.json": before * 150 + "1" + after * 150})
    assert found.endswith("SchemaTooLarge more than 80 levels of nesting")


@pytest.mark.parametrize(
    "target", ["http://example.com/x.json#/a", "file:///etc/hosts", "other.json#/x", "../other.json"]
)
@pytest.mark.parametrize(
    ("spec", "place"),
    [
        ("schemas: {{A: {{properties: {{a: {{$ref: '{}'}}}}}}}}", "1:38"),
        ("schemas: {{A: {{fields: {{a: {{$ref: '{}'}}}}}}}}", "1:34"),
        ("schemas: {{A: {{allOf: [{{$ref: '{}'}}]}}}}", "1:30"),
    ],
)
def test_no_reference_leads_out_of_the_connector(target: str, spec: str, place: str, refused: Refused) -> None:
    assert refused(f"{spec.format(target)}\n{USE}") == [
        f"spec.yaml:{place} ReferenceNotValid '{target}' leads out of the connector"
    ]


RAW = """\
paths:
  /b:
    get:
      operationId: B
      description: Reads.
      parameters: [{{$ref: '{0}'}}]
      responses: {{200: {{description: OK, schema: {{$ref: '{0}'}}}}, 404: {{$ref: '{0}'}}}}
"""


@pytest.mark.parametrize("target", ["http://example.com/x.json", "file:///etc/hosts", "other.json"])
def test_no_reference_of_plain_swagger_is_opened(
    target: str, refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened(*_: object, **__: object) -> None:
        raise AssertionError("something was opened")

    for name in ("urllib.request.urlopen", "socket.create_connection", "socket.socket.connect"):
        monkeypatch.setattr(name, opened)
    spec = RAW.format(target) + CONNECTOR
    found = [finding for finding in refused(spec) if "SampleNotMade" not in finding]
    rules = ("ParameterReferenceNotValid", "SchemaReferenceNotValid", "ResponseReferenceNotValid")
    places = (place(spec, f"'{target}'}}{after}") for after in ("]", "}, 404", "}\n"))
    assert found == [
        f"spec.yaml:{at} {rule} '{target}' leads out of the document" for at, rule in zip(places, rules, strict=True)
    ]


@pytest.mark.parametrize("target", ["http://example.com/x.json", "file:///etc/hosts", "other.json"])
def test_no_reference_of_a_package_is_opened(target: str, checked: Refused) -> None:
    schema = f'{{"$ref": "{target}"}}'
    definition = f'{{"swagger": "2.0", "definitions": {{"A": {schema}}}}}'
    found = [one for one in checked({"apiDefinition.swagger.json": definition}) if "Reference" in one]
    place = "package/apiDefinition.swagger.json:1:50"
    assert found == [f"{place} SchemaReferenceNotValid '{target}' leads out of the document"]
