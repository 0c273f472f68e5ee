"""What `validate` and `build` do with files of all kinds, and with standard input."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from connector_builder.cli import program
from tests.support.cli_specs import SPEC

Run = Callable[..., Result]

YAML = """\
swagger: "2.0"
info: {title: Orders, description: Lists orders., version: "1.0"}
host: api.contoso.example
basePath: /v1
schemes: [https]
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {}
"""
NO_RESPONSE = "9:7: error: this operation has no response [OperationMustHaveResponse]"
PROPERTIES = '{"properties": {"connectionParameters": {}, "iconBrandColor": "#007ee5", "capabilities": []}}'


def put(here: Path, name: str, content: str) -> None:
    path = here / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8", newline="\n")


def as_json(text: str) -> str:
    import yaml

    return json.dumps(yaml.safe_load(text))


def findings(result: Result) -> list[str]:
    found = json.loads(result.stdout)["findings"]
    return [f"{one['file']}:{one['line']}:{one['column']} {one['rule']} {one.get('pointer', '')}" for one in found]


def test_swagger_in_yaml_is_checked_like_json_at_its_own_places(run: Run, here: Path) -> None:
    put(here, "orders.yml", YAML)
    put(here, "orders.json", as_json(YAML))
    in_yaml, in_json = (findings(run("validate", name, "--format", "json")) for name in ("orders.yml", "orders.json"))
    assert in_yaml == ["orders.yml:10:7 OperationMustHaveResponse /paths/~1orders/get/responses"]
    assert [one.split(" ", 1)[1] for one in in_json] == [one.split(" ", 1)[1] for one in in_yaml]


def test_broken_yaml_of_swagger_is_told(run: Run, here: Path) -> None:
    put(here, "orders.yaml", YAML.replace("paths:", "host: again\npaths:"))
    found = findings(run("validate", "orders.yaml", "--format", "json"))
    assert found[0] == "orders.yaml:6:1 KeyDuplicated "


def test_swagger_in_yaml_is_no_spec(run: Run, here: Path) -> None:
    put(here, "orders.yml", YAML)
    result = run("build", "orders.yml")
    assert (result.exit_code, result.stderr) == (
        2,
        (
            "error: 'orders.yml' is Swagger or OpenAPI, it isn't a spec\n"
            "help: 'connector-builder import orders.yml -o orders.spec.yaml' makes a spec of it\n"
        ),
    )


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.json", '{"openapi": "3.0.1", "paths": {}}', "1:13: error: this is OpenAPI 3.0.1, not Swagger 2.0"),
        ("a.yaml", "openapi: 3.1.0\npaths: {}\n", "1:10: error: this is OpenAPI 3.1.0, not Swagger 2.0"),
        ("a.json", '{"swaggerVersion": "1.2"}', "1:20: error: this is Swagger 1.2, not 2.0"),
        ("a.json", '{"log": {"entries": []}}', "1:2: error: this is a HAR file, what a browser recorded"),
        ("a.json", '{"info": {"_postman_id": "1"}, "item": []}', "1:2: error: this is a Postman collection"),
    ],
)
def test_another_kind_of_document_is_one_finding(run: Run, here: Path, name: str, content: str, message: str) -> None:
    put(here, name, content)
    result = run("validate", name)
    assert result.stdout.splitlines()[0] == f"{name}:{message} [DocumentNotSwagger]"
    assert result.stdout.endswith("\n\n1 error in 1 file\n")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("a.har", "'a.har' is a HAR file, what a browser recorded: it can't be checked"),
        ("a.http", "'a.http' is a file of HTTP requests: it can't be checked"),
        ("a.txt", "'a.txt' is neither a spec nor part of a package"),
    ],
)
def test_a_file_that_cannot_be_checked(run: Run, here: Path, name: str, message: str) -> None:
    put(here, name, "x")
    result = run("validate", name)
    assert (result.exit_code, result.stderr.splitlines()[0]) == (2, f"error: {message}")


def test_the_definitions_of_an_unpacked_solution(run: Run, here: Path) -> None:
    for name in ("Connectors/new_orders", "Connectors/new_runs"):
        put(here, f"solution/{name}_openapidefinition.json", as_json(YAML))
        put(here, f"solution/{name}_connectionparameters.json", "{}")
    put(here, "solution/Other/Solution.json", "{}")
    found = findings(run("validate", "solution", "--format", "json"))
    assert [one.split(":")[0] for one in found] == [
        "solution/Connectors/new_orders_openapidefinition.json",
        "solution/Connectors/new_runs_openapidefinition.json",
    ]
    assert findings(run("validate", "solution/Connectors/new_runs_connectionparameters.json", "--format", "json")) == [
        found[1]
    ]


def test_a_package_whose_settings_name_its_files(run: Run, here: Path) -> None:
    put(here, "all/pkg/mine.json", as_json(YAML))
    put(here, "all/pkg/props.json", PROPERTIES)
    put(here, "all/pkg/settings.json", '{"apiDefinition": "mine.json", "apiProperties": "props.json"}')
    for path in ("all", "all/pkg", "all/pkg/props.json", "all/pkg/mine.json"):
        found = findings(run("validate", path, "--format", "json"))
        assert [one.split(":")[0] for one in found if "OperationMustHaveResponse" in one] == ["all/pkg/mine.json"]


def held(content: str, *arguments: str) -> Result:
    return CliRunner().invoke(program, ["validate", "-", *arguments, "--format", "json"], input=content)


def test_standard_input_without_a_name(here: Path) -> None:
    assert findings(held(YAML)) == ["stdin.yaml:10:7 OperationMustHaveResponse /paths/~1orders/get/responses"]
    assert findings(held(as_json(YAML)))[0].startswith("stdin.json:1:")
    assert findings(held(SPEC.replace("request:", "reqest:")))[0] == "stdin.yaml:8:5 KeyUnknown "


def test_standard_input_with_the_name_of_a_file(run: Run, spec: Path) -> None:
    assert findings(held(SPEC.replace("request:", "reqest:"), "--stdin-filename", "specs/orders.yaml")) == [
        "specs/orders.yaml:8:5 KeyUnknown "
    ]
    assert run("validate", "specs").stdout == "no problems in 1 file\n"
    assert findings(held(SPEC, "--stdin-filename", "specs/new.yaml")) == []


def test_standard_input_is_a_part_of_a_spec(here: Path) -> None:
    head, actions = SPEC.split("actions:\n")
    put(here, "specs/orders/connector.yaml", head)
    put(here, "specs/orders/actions/orders.yaml", "ListOrders: {}\n")
    name = "specs/orders/actions/orders.yaml"
    good = "\n".join(line[2:] for line in actions.splitlines())
    assert findings(held(good, "--stdin-filename", name)) == []
    assert findings(held(good.replace("request:", "reqest:"), "--stdin-filename", name)) == [f"{name}:2:3 KeyUnknown "]


def test_standard_input_is_a_file_of_a_package(here: Path) -> None:
    put(here, "pkg/apiDefinition.swagger.json", "{")
    put(here, "pkg/apiProperties.json", PROPERTIES)
    found = findings(held(as_json(YAML), "--stdin-filename", "pkg/apiDefinition.swagger.json"))
    assert [one.split()[1] for one in found] == ["OperationMustHaveResponse"]
    broken = held("{", "--stdin-filename", "pkg/apiProperties.json")
    assert [one.split()[1] for one in findings(broken)] == ["SyntaxNotValid", "SyntaxNotValid"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("-", "specs"), "error: standard input is checked by itself\n"),
        (("specs", "--stdin-filename", "x.yaml"), "error: '--stdin-filename' is a name for standard input\n"),
    ],
)
def test_standard_input_is_alone(run: Run, spec: Path, arguments: tuple[str, ...], message: str) -> None:
    result = run("validate", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(message)
