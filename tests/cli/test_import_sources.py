"""Sources of an import that are no files: curl commands, standard input, addresses; and the files of its report."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import connector_builder.app.import_.given as given
from connector_builder.app.import_.fetch import Fetched
from connector_builder.app.shared.misuse import Unreachable
from connector_builder.cli import program

Run = Callable[..., Result]
CURL = "curl https://api.contoso.example/v1/orders/17 -H 'Authorization: Bearer PLANTED' -H 'X-Mark: PLANTED'"
OPENAPI = """\
openapi: 3.0.3
info: {title: Orders, description: Reads orders., version: '1'}
servers: [{url: /v2}]
paths:
  /orders/{id}:
    get:
      operationId: getOrder
      summary: Get an order
      description: Gets it.
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'200': {description: OK, links: {next: {operationId: getOrder}}}}
"""
HAR = {
    "log": {
        "entries": [
            {
                "request": {"method": "GET", "url": "https://api.contoso.example/v1/orders/17?top=1", "headers": []},
                "response": {"status": 200, "content": {"mimeType": "application/json", "text": '{"id": 17}'}},
            }
        ]
    }
}
POSTMAN = {
    "info": {"name": "Orders", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
    "item": [
        {"name": "Get order", "request": {"method": "GET", "url": "https://api.contoso.example/v1/orders/{{id}}"}}
    ],
}
SWAGGER = {
    "swagger": "2.0",
    "info": {"title": "Orders", "version": "1"},
    "paths": {"/orders": {"get": {"operationId": "ListOrders", "responses": {"200": {"description": "OK"}}}}},
}


def piped(content: str, *arguments: str) -> Result:
    return CliRunner().invoke(program, list(arguments), input=content, prog_name="connector-builder")


def requests(path: Path) -> list[str]:
    """The request lines of a spec."""
    lines = path.read_text(encoding="utf-8").splitlines()
    verbs = ("GET ", "POST ", "DELETE ")
    return [line.split(": ", 1)[1] for line in lines if line.strip() and line.split(": ", 1)[-1].startswith(verbs)]


@pytest.mark.parametrize("arguments", [["--curl", CURL], ["--curl", CURL.removeprefix("curl ")], [CURL]])
def test_a_curl_command(run: Run, here: Path, arguments: list[str]) -> None:
    result = run("import", *arguments, "-o", "orders.yaml")
    assert (result.exit_code, result.stderr) == (0, "")
    text = (here / "orders.yaml").read_text(encoding="utf-8")
    assert requests(here / "orders.yaml") == ["GET /orders/{orderId}"]
    assert ("title: Contoso," in text, "auth: {type: apiKey, header: Authorization, scheme: Bearer}\n" in text) == (
        True,
        True,
    )
    assert "PLANTED" not in text + result.output
    assert result.output.splitlines()[0].startswith("imported curl to orders.yaml: 1 operation, ")
    assert run("build", "orders.yaml", "--fail-on", "never").exit_code == 0


def test_several_curl_commands_are_one_source(run: Run, here: Path) -> None:
    more = "https://api.contoso.example/v1/orders -d '{\"total\": 5}'"
    assert run("import", "--curl", CURL, "--curl", more, "-o", "orders.yaml").exit_code == 0
    assert requests(here / "orders.yaml") == ["GET /orders/{orderId}", "POST /orders"]


@pytest.mark.parametrize(
    ("content", "kind", "expected"),
    [
        (f"# Get it\n{CURL}\n", "curl", "GET /orders/{orderId}"),
        (OPENAPI, "openapi3", "GET /v2/orders/{id}"),
        (json.dumps(HAR), "har", "GET /orders/{orderId}?top=int"),
        (json.dumps(POSTMAN), "postman", "GET /orders/{id}"),
        (json.dumps(SWAGGER), "swagger", "GET /orders"),
        ("GET https://api.contoso.example/v1/orders/17\n", "http", "GET /orders/{orderId}"),
    ],
)
def test_standard_input_of_every_kind(here: Path, content: str, kind: str, expected: str) -> None:
    result = piped(content, "import", "-", "-o", "orders.yaml", "--format", "json")
    report = json.loads(result.stdout)
    assert result.exit_code == 0, report
    assert [one["source"] for one in report["imports"]] == ["stdin"]
    text = (here / "orders.yaml").read_text(encoding="utf-8")
    assert expected.removeprefix("GET /v2").removeprefix("GET ").partition("?")[0] in text
    named = piped(content, "import", "-", "-o", "again.yaml", "--from", kind)
    assert (named.exit_code, (here / "again.yaml").read_text(encoding="utf-8")) == (0, text)


def test_the_operations_of_standard_input(here: Path) -> None:
    assert piped(OPENAPI, "import", "-", "--list").stdout == "GET /orders/{id}  # getOrder\n"


@pytest.mark.parametrize(
    ("arguments", "message", "cure"),
    [
        ([], "there is no source", "name a file, a folder or an address, '-' for standard input, or --curl"),
        (["-", "-"], "standard input is named twice", "name it once"),
        (["--curl", "curl x", "--from", "har"], "a command isn't a HAR file", "leave out --from har"),
        (["-", "--from", "package"], "'stdin' isn't a package, which is a folder", "name the folder"),
        (["a.yaml", "--curl", CURL], "'orders.yaml' is one spec, and there may be several", "name a folder for them: -o orders"),
        (["curl.txt"], "there is no file or folder 'curl.txt'", None),
        (["a.yaml", "--report", "notes"], "the format of the report 'notes' isn't clear",
         ("name it like IMPORT.md, or write --report markdown=FILE; the formats are "
          "text, json, sarif, github, azure, gitlab, junit, markdown")),
        (["a.yaml", "--report", "no/IMPORT.md"], "there is no folder 'no' for the report", "make it first"),
        (["a.yaml", "--report", "a.md", "--report", "json=a.md"], "two reports would be written to 'a.md'", "give each a file of its own"),
    ],
)  # fmt: skip
def test_misuse(here: Path, arguments: list[str], message: str, cure: str | None) -> None:
    (here / "a.yaml").write_text(OPENAPI, encoding="utf-8")
    result = piped("", "import", *arguments, "-o", "orders.yaml")
    expected = [f"error: {message}", *([f"help: {cure}"] if cure else [])]
    assert (result.exit_code, result.stderr.splitlines()) == (2, expected)
    assert not (here / "orders.yaml").exists()


def test_empty_standard_input(here: Path) -> None:
    result = piped("", "import", "-", "-o", "orders.yaml")
    assert (result.exit_code, result.stdout.splitlines()[0]) == (
        1,
        "stdin:1:1: error: the file is empty [NotImportable]",
    )


class TestAddress:
    def test_what_was_fetched_is_said(self, run: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        answer = Fetched("https://api.contoso.example/docs/openapi.yaml", Path("openapi.yaml"), OPENAPI.encode())
        monkeypatch.setattr(given, "_fetched", lambda _: answer)
        result = run("import", "https://api.contoso.example/docs/openapi.yaml?key=PLANTED", "-o", "orders.yaml")
        assert result.exit_code == 0, result.output
        lines = result.stdout.splitlines()
        assert f"fetched https://api.contoso.example/docs/openapi.yaml: {len(OPENAPI)} bytes" in lines
        assert "server: https://api.contoso.example/v2}" in (here / "orders.yaml").read_text(encoding="utf-8")
        assert "PLANTED" not in result.output
        report = json.loads(run("import", "https://api.contoso.example/x", "-o", "b.yaml", "--format", "json").stdout)
        assert report["fetched"] == [{"address": answer.address, "bytes": len(OPENAPI)}]

    def test_swagger_without_a_host_is_on_its_server(
        self, run: Run, here: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        answer = Fetched("https://api.contoso.example/swagger.json", Path("swagger.json"), json.dumps(SWAGGER).encode())
        monkeypatch.setattr(given, "_fetched", lambda _: answer)
        assert run("import", "https://api.contoso.example/swagger.json", "-o", "orders.yaml").exit_code == 0
        assert "server: https://api.contoso.example}" in (here / "orders.yaml").read_text(encoding="utf-8")

    def test_a_document_from_the_network_reads_no_file(
        self, run: Run, here: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (here / "part.yaml").write_text("description: PLANTED\n", encoding="utf-8")
        text = OPENAPI.replace("schema: {type: string}", "schema: {$ref: 'part.yaml'}")
        monkeypatch.setattr(
            given, "_fetched", lambda _: Fetched("https://x.example/a.yaml", Path("a.yaml"), text.encode())
        )
        result = run("import", "https://x.example/a.yaml", "-o", "orders.yaml", "--format", "json")
        rules = [one["rule"] for one in json.loads(result.stdout)["findings"]]
        assert (
            "SourceReferenceNotFound" in rules,
            "PLANTED" in (here / "orders.yaml").read_text(encoding="utf-8"),
        ) == (
            True,
            False,
        )

    @pytest.mark.parametrize("format", ["text", "json"])
    def test_a_refusal_is_a_finding(self, run: Run, monkeypatch: pytest.MonkeyPatch, format: str) -> None:
        def refuse(_: str) -> Fetched:
            raise Unreachable("https://x.example/a.yaml answered 404 Not Found", "check the address")

        monkeypatch.setattr(given, "_fetched", refuse)
        result = run("import", "https://x.example/a.yaml", "-o", "a.yaml", "--format", format)
        message = "https://x.example/a.yaml answered 404 Not Found"
        if format == "json":
            assert [one["message"] for one in json.loads(result.stdout)["findings"]] == [message]
        else:
            assert result.stdout.splitlines()[0] == f"document:1:1: error: {message} [NotImportable]"
        assert (result.exit_code, result.stderr) == (5, "")


def test_the_report_beside_the_spec(run: Run, here: Path) -> None:
    (here / "a.yaml").write_text(OPENAPI, encoding="utf-8")
    result = run("import", "a.yaml", "-o", "specs/orders", "--report", "specs/orders/IMPORT.md", "--report", "all.json")
    assert result.exit_code == 0, result.output
    report = json.loads((here / "all.json").read_text(encoding="utf-8"))
    assert [one["rule"] for one in report["findings"]] == ["ServerMissing", "LinkLeftOut"]
    assert (here / "specs/orders/IMPORT.md").read_text(encoding="utf-8") == (
        "# What the import changed\n\n"
        "- a.yaml (openapi3) became `specs/orders`\n\n"
        "## Lost\n\n"
        "The connector can't do this.\n\n"
        "### LinkLeftOut: once\n\n"
        "| Place | What |\n| --- | --- |\n"
        "| a.yaml:11:52 | the link 'next' isn't kept<br>help: let people pick a value by dynamicValues |\n\n"
        "### ServerMissing: once\n\n"
        "| Place | What |\n| --- | --- |\n"
        "| a.yaml:3:11 | the server has no host: the spec has an example<br>help: name it: --server https&#58;//api.contoso.example/v1 |\n"
    )
    assert run("build", "specs/orders", "--fail-on", "never").exit_code == 0


def test_no_report_without_its_folder(run: Run, here: Path) -> None:
    (here / "a.json").write_text('{"openapi": "3.0.0", "paths": []}', encoding="utf-8")
    result = run("import", "a.json", "-o", "specs/orders", "--report", "specs/orders/IMPORT.md")
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (1, "not written: specs/orders/IMPORT.md")
    assert not (here / "specs").exists()


def environment(*values: Mapping[str, object]) -> str:
    return json.dumps({"id": "1", "name": "Test", "values": list(values), "_postman_variable_scope": "environment"})


class TestEnvironment:
    URL = "{{base}}/{{version}}/tenants/{{tenant}}/orders?key={{key}}"

    @pytest.fixture(autouse=True)
    def collection(self, here: Path) -> None:
        item = {"name": "List orders", "request": {"method": "GET", "url": self.URL}}
        (here / "orders.json").write_text(json.dumps({**POSTMAN, "item": [item]}), encoding="utf-8")

    @pytest.mark.parametrize(
        ("values", "server", "path", "rules"),
        [
            ([{"key": "base", "value": "https://{{host}}/api/"}, {"key": "host", "value": "a.example"},
              {"key": "version", "value": "v2"}, {"key": "tenant", "value": "north"}],
             "https://a.example/api/v2", "/tenants/{tenant}/orders", []),
            ([{"key": "base", "value": "https://a.example"}], "https://a.example", "/{version}/tenants/{tenant}/orders", ["VariableWithoutValue"]),
            ([{"key": "base", "value": "https://a.example"}, {"key": "version", "value": "PLANTED", "type": "secret"}],
             "https://a.example", "/{version}/tenants/{tenant}/orders", ["VariableWithoutValue"]),
            ([{"key": "base", "value": "https://a.example"}, {"key": "version", "value": "PLANTED", "enabled": False}],
             "https://a.example", "/{version}/tenants/{tenant}/orders", ["VariableWithoutValue"]),
            ([{"key": "base", "value": "https://me:PLANTED@a.example"}, {"key": "version", "value": "v2"}],
             "https://api.contoso.example/v2", "/tenants/{tenant}/orders", ["ServerMissing"]),
            ([{"key": "base", "value": "https://a.example"}, {"key": "version", "value": "17"}],
             "https://a.example", "/{version}/tenants/{tenant}/orders", []),
            ([{"key": "base", "value": "https://a.example"}, {"key": "version", "value": "v1/{{version}}"}],
             "https://a.example", "/{version}/tenants/{tenant}/orders", []),
        ],
    )  # fmt: skip
    def test_values_fill_the_server(
        self, run: Run, here: Path, values: list[dict[str, object]], server: str, path: str, rules: list[str]
    ) -> None:
        secret: dict[str, object] = {"key": "key", "value": "PLANTED"}
        (here / "env.json").write_text(environment(*values, secret), encoding="utf-8")
        result = run("import", "orders.json", "-o", "a.yaml", "--environment", "env.json", "--format", "json")
        assert [one["rule"] for one in json.loads(result.stdout)["findings"]] == rules
        text = (here / "a.yaml").read_text(encoding="utf-8")
        assert (f"server: {server}}}" in text, f" GET {path}\n" in text) == (True, True), text
        assert "PLANTED" not in text + result.output

    @pytest.mark.parametrize(
        ("content", "source", "message", "cure"),
        [
            ("{", "orders.json", "'env.json' can't be read: a '}' is missing at the end", None),
            ("[]", "orders.json", "'env.json' isn't an environment of Postman", "export it from Postman: it has 'values' at its top"),
            (None, "orders.json", "'env.json' can't be read: there is no file 'env.json'", None),
            (environment(), "a.curl", "--environment is for a Postman collection", "leave it out, or name a collection"),
        ],
    )  # fmt: skip
    def test_misuse(
        self, run: Run, here: Path, content: str | None, source: str, message: str, cure: str | None
    ) -> None:
        (here / "a.curl").write_text(CURL, encoding="utf-8")
        if content is not None:
            (here / "env.json").write_text(content, encoding="utf-8")
        result = run("import", source, "-o", "a.yaml", "--environment", "env.json")
        assert (result.exit_code, result.stderr.splitlines()[0]) == (2, f"error: {message}")
        assert cure is None or result.stderr.splitlines()[1:] == [f"help: {cure}"]
