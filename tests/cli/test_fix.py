"""`validate --fix`: what it writes, what it prints, and what it leaves alone."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.support.cli_specs import SPEC, changed

Run = Callable[..., Result]

FLAWED = """\
# Orders of our shops
connector:
  title: Orders   # the title
  description: Reads and writes orders.
  server: https://api.contoso.example/v1
actions:
  GetOrder:
    request: get /orders/:order   # a comment
    description: Returns order #1 of a customer.
    visibilty: importnt
    response: Ordr

  ListOrders:
    request: GET /orders?limit
    description:Lists the orders.
    tags: all
    deprecated: "true"
schemas:
  Order:
    fields: {number: intger, note: {description: One, two.}}
"""
MENDED = """\
# Orders of our shops
connector:
  title: Orders   # the title
  description: Reads and writes orders.
  server: https://api.contoso.example/v1
actions:
  GetOrder:
    request: GET /orders/{order}   # a comment
    description: "Returns order #1 of a customer."
    visibility: important
    response: Order

  ListOrders:
    request: GET /orders?limit
    description: Lists the orders.
    tags: [all]
    deprecated: true
schemas:
  Order:
    fields: {number: integer, note: {description: "One, two."}}
"""
PACKAGE = """\
{
  "swagger": "2.0",
  "info": {"title": "Orders", "description": "Reads orders.", "version": "1.0"},
  "host": "api.contoso.example",
  "paths": {
    "/orders/{id}": {
      "get": {
        "operationId": "GetOrder",
        "summary": "Get an order",
        "description": "Returns an order.",
        "parameters": [
          {"name": "id",   "in": "path", "type": "string", "x-ms-summary": "Order"}
        ],
        "responses": {"200": {"description": "The order.", "schema": {"$ref": "#/definitions/Ordr"}}}
      }
    }
  },
  "definitions": {"Order": {"type": "object", "properties": {"id": {"type": "string"}}}}
}
"""


@pytest.fixture
def flawed(spec: Path) -> Path:
    spec.write_bytes(FLAWED.encode())
    return spec


def test_certain_cures_are_written_and_the_rest_stays(run: Run, flawed: Path) -> None:
    result = run("validate", "specs", "--fix")
    assert flawed.read_text(encoding="utf-8") == MENDED
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-2:] == ["fixed 11 of 11 findings in 1 file", "no problems in 1 file"]
    before = flawed.stat().st_mtime_ns
    assert run("validate", "specs", "--fix").stdout.splitlines()[0] == "fixed 0 of 0 findings"
    assert flawed.stat().st_mtime_ns == before


def test_line_ends_and_the_byte_order_mark_stay(run: Run, flawed: Path) -> None:
    windows = "\ufeff" + FLAWED.replace("\n", "\r\n")
    flawed.write_bytes(windows.encode())
    run("validate", "specs", "--fix")
    assert flawed.read_bytes() == ("\ufeff" + MENDED.replace("\n", "\r\n")).encode()


def test_a_diff_writes_nothing(run: Run, spec: Path) -> None:
    changed(spec, "actions:", "acions:")
    before = spec.read_bytes()
    result = run("validate", "specs", "--fix", "--diff")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[:8] == [
        "--- a/specs/orders.yaml",
        "+++ b/specs/orders.yaml",
        "@@ -3,7 +3,7 @@",
        "   description: Lists the orders of a Contoso shop.",
        "   server: https://api.contoso.example/v1",
        " auth: {type: none}",
        "-acions:",
        "+actions:",
    ]
    assert result.stderr == "would fix 1 of 1 finding in 1 file\n"
    assert spec.read_bytes() == before


def test_the_status_is_that_of_what_remains(run: Run, flawed: Path) -> None:
    changed(flawed, "  server:", "  nonsense: 1\n  server:")
    result = run("validate", "specs", "--fix")
    assert result.exit_code == 1
    assert "unknown key 'nonsense'" in result.stdout
    assert result.stdout.splitlines()[-2] == "fixed 11 of 12 findings in 1 file"


def test_json_says_what_was_applied(run: Run, spec: Path) -> None:
    changed(spec, "actions:", "acions:")
    found = json.loads(run("validate", "specs", "--fix", "--format", "json").stdout)
    assert (found["findings"], [one["rule"] for one in found["fixed"]]) == ([], ["KeyUnknown"])
    edit = {"file": "specs/orders.yaml", "line": 6, "column": 1, "end_line": 6, "end_column": 7, "new": "actions"}
    assert found["fixed"][0]["fixes"] == [{"title": "did you mean 'actions'?", "applied": True, "edits": [edit]}]


def test_sarif_has_the_fixes_of_its_results(run: Run, spec: Path) -> None:
    changed(spec, "actions:", "acions:")
    log = json.loads(run("validate", "specs", "--format", "sarif").stdout)
    region = {"startLine": 6, "startColumn": 1, "endLine": 6, "endColumn": 7}
    assert log["runs"][0]["results"][0]["fixes"] == [
        {
            "description": {"text": "did you mean 'actions'?"},
            "artifactChanges": [
                {
                    "artifactLocation": {"uri": "specs/orders.yaml"},
                    "replacements": [{"deletedRegion": region, "insertedContent": {"text": "actions"}}],
                }
            ],
        }
    ]
    assert "\nacions:" in spec.read_text(encoding="utf-8")


def test_a_package_is_fixed_in_its_own_layout(run: Run, here: Path) -> None:
    path = here / "orders/apiDefinition.swagger.json"
    path.parent.mkdir()
    path.write_bytes(PACKAGE.encode())
    run("validate", "orders", "--fix")
    required = PACKAGE.replace(
        '"x-ms-summary": "Order"}', '"x-ms-summary": "Order", "x-ms-url-encoding": "single", "required": true}'
    )
    assert path.read_text(encoding="utf-8") == required.replace("Ordr", "Order")


def test_only_selected_rules_are_fixed(run: Run, here: Path) -> None:
    path = here / "orders/apiDefinition.swagger.json"
    path.parent.mkdir()
    path.write_bytes(PACKAGE.encode())
    run("validate", "orders", "--fix", "--select", "SchemaReferenceNotFound")
    assert path.read_text(encoding="utf-8") == PACKAGE.replace("Ordr", "Order")


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_nothing_is_written_through_a_link(run: Run, here: Path, spec: Path) -> None:
    changed(spec, "actions:", "acions:")
    elsewhere = here / "elsewhere.yaml"
    spec.rename(elsewhere)
    spec.symlink_to(elsewhere)
    before = elsewhere.read_bytes()
    result = run("validate", "specs/orders.yaml", "--fix")
    assert result.exit_code == 2
    assert "is a link, and the tool doesn't write through links" in result.stderr
    assert elsewhere.read_bytes() == before


def test_the_value_of_a_variable_is_never_written(run: Run, flawed: Path) -> None:
    flawed.write_bytes(FLAWED.replace("Ordr", "${NAME}").encode())
    run("validate", "specs", "--fix", "--var", "NAME=Ordr")
    assert flawed.read_text(encoding="utf-8") == MENDED.replace("response: Order", "response: ${NAME}")


def test_a_secret_is_in_no_edit_and_no_diff(run: Run, flawed: Path) -> None:
    secret = "sk_" + "live_4eC39HqLyjWDarjtT1zdp7dc"
    changed(flawed, "Returns order #1 of a customer.", f"Returns order #1 with {secret} here.")
    for options in (("--fix", "--diff"), ("--format", "sarif"), ("--fix", "--format", "json")):
        assert secret not in run("validate", "specs", *options).output


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--diff",), "'--diff' shows what '--fix' changes"),
        (("--fix", "--diff", "--format", "json"), "'--diff' prints a diff, and no report"),
        (("--fix", "--limits"), "'--limits' and '--fix' can't be combined"),
    ],
)
def test_options_that_exclude_each_other(run: Run, spec: Path, options: tuple[str, ...], message: str) -> None:
    result = run("validate", "specs", *options)
    assert (result.exit_code, message in result.stderr) == (2, True)
    assert spec.read_text(encoding="utf-8") == SPEC
