import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from connector_builder.cli.commands.init import SIGN_INS, TEMPLATES
from connector_builder.output.staging import Staging
from connector_builder.render.templates import template_folder

Run = Callable[..., Result]


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_starter_builds_and_validates_as_it_is(run: Run, here: Path, template: str) -> None:
    assert run("init", "specs/mine", "--template", template).exit_code == 0
    report = run("build", "--format", "json", "--target", "upload")
    assert (report.exit_code, found(report)) == (0, ["PlaceholderLeft"] * PLACEHOLDERS.get(template, 1))
    for path in ("specs", "output"):
        report = run("validate", path, "--no-certification", "--format", "json")
        assert (report.exit_code, found(report)) == (0, ["PlaceholderLeft"] * PLACEHOLDERS.get(template, 1))
        submitted = run("validate", path, "--certification", "--format", "json")
        asked = ["CertificationPropertyMissing"] * 2 + ASKED.get(template, ["PublisherMissing"])
        expected = [*asked, *["PlaceholderLeft"] * PLACEHOLDERS.get(template, 1)]
        assert (submitted.exit_code, sorted(found(submitted))) == (1, sorted(expected))


def found(report: Result) -> list[str]:
    return [finding["rule"] for finding in json.loads(report.stdout)["findings"]]


# What certification asks of every submission, and only an author knows.
ASKED = {"minimal": ["BrandColorNotCertifiable", "PublisherMissing"]}
# Beside the server.
PLACEHOLDERS = {"aad": 3, "oauth2": 4, "multiAuth": 4}


def test_the_values_of_a_project(run: Run, here: Path) -> None:
    values = (
        "--title",
        'Notes: "a" ${b}',
        "--server",
        "https://api.fabrikam.example/v2",
        "--client-id",
        "2f6f35c8-2b1c-4b6e-9c3a-6a9f5d1b7e42",
    )
    assert run("init", "specs/mine", "--auth", "aad", *values).exit_code == 0
    report = run("build", "--format", "json")
    assert (report.exit_code, found(report)) == (0, ["PlaceholderLeft"])  # of the resource
    definition = json.loads((here / "output/mine/apiDefinition.swagger.json").read_text(encoding="utf-8"))
    assert definition["info"]["title"] == 'Notes: "a" ${b}'
    assert (definition["host"], definition["basePath"]) == ("api.fabrikam.example", "/v2")
    properties = json.loads((here / "output/mine/apiProperties.json").read_text(encoding="utf-8"))
    assert (
        properties["properties"]["connectionParameters"]["token"]["oAuthSettings"]["clientId"]
        == "2f6f35c8-2b1c-4b6e-9c3a-6a9f5d1b7e42"
    )
    starter = (template_folder() / "init/aad/connector.yaml").read_text(encoding="utf-8").splitlines()
    mine = (here / "specs/mine/connector.yaml").read_text(encoding="utf-8").splitlines()
    assert sum(one != other for one, other in zip(starter, mine, strict=True)) == 3


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--title", " "], "'--title' is empty"),
        (["--server", "api.fabrikam.example"], "'--server' isn't the address of a service"),
        (["--server", "ftp://api.fabrikam.example"], "'--server' isn't the address of a service"),
        (["--server", "https://[1"], "'--server' isn't the address of a service"),
        (["--server", "https://x #y"], "'--server' isn't the address of a service"),
        (["--server", "https://me:hunter2@x"], "'--server' has a user name or a query in it"),
        (["--server", "https://x?code=hunter2"], "'--server' has a user name or a query in it"),
        (["--client-id", "a"], "the starter 'minimal' has no client ID"),
        (["--auth", "oauth2", "--client-id", "a}b"], "'--client-id' isn't a client ID"),
        (["--auth", "aad", "--template", "oauth2"], "'--auth' and '--template' both choose the starter"),
    ],
)
def test_values_that_cannot_be(run: Run, here: Path, options: list[str], message: str) -> None:
    result = run("init", "mine", *options)
    assert (result.exit_code, result.stderr.splitlines()[0]) == (2, f"error: {message}")
    assert "hunter2" not in result.output
    assert not (here / "mine").exists()


@pytest.mark.parametrize(("auth", "starter"), SIGN_INS.items())
def test_a_way_to_sign_in_chooses_the_starter(run: Run, here: Path, auth: str, starter: str) -> None:
    assert run("init", "a", "--auth", auth).exit_code == run("init", "b", "--template", starter).exit_code == 0
    assert (here / "a/connector.yaml").read_bytes() == (here / "b/connector.yaml").read_bytes()


@pytest.mark.parametrize("template", TEMPLATES)
def test_help_says_of_a_starter_what_it_says_of_itself(run: Run, template: str) -> None:
    line = TEMPLATES[template]
    spec = template_folder() / "init" / template / "connector.yaml"
    assert spec.read_text(encoding="utf-8").splitlines()[0] == f"# {line}"
    assert f"  {template:<11}{line}\n" in run("init", "--help").stdout


# What a starter is there to show, by the place in the definition (d) or the properties (p) where it shows.
SHOWN: dict[str, tuple[str, list[str | int], object]] = {
    "minimal": ("d", ["securityDefinitions"], None),
    "apiKey": ("d", ["securityDefinitions", "api_key", "type"], "apiKey"),
    "basic": ("d", ["securityDefinitions", "basic_auth", "type"], "basic"),
    "aad": ("p", ["connectionParameters", "token", "oAuthSettings", "identityProvider"], "aad"),
    "oauth2": ("p", ["connectionParameters", "token", "oAuthSettings", "identityProvider"], "oauth2"),
    "multiAuth": ("p", ["connectionParameterSets", "values", 1, "name"], "account"),
    "gateway": ("p", ["capabilities"], ["gateway"]),
    "webhook": ("d", ["paths", "/hooks", "post", "x-ms-trigger"], "single"),
    "polling": ("p", ["policyTemplateInstances", 0, "templateId"], "pollingtrigger"),
    "script": ("p", ["scriptOperations"], ["ListRates"]),
    "mcp": ("d", ["paths", "/mcp", "post", "x-ms-agentic-protocol"], "mcp-streamable-1.0"),
}


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_starter_shows_what_it_is_for(run: Run, here: Path, template: str) -> None:
    run("init", "specs/mine", "--template", template)
    run("build")
    file, steps, expected = SHOWN[template]
    names = {"d": "apiDefinition.swagger.json", "p": "apiProperties.json"}
    value = json.loads((here / "output/mine" / names[file]).read_text(encoding="utf-8"))
    value = value if file == "d" else value["properties"]
    for step in steps:
        value = value.get(step) if isinstance(value, dict) else value[step]
    assert value == expected


def test_there_is_no_other_template() -> None:
    # Scripts name them: one may be added, none renamed or removed.
    assert list(TEMPLATES) == list(SHOWN)
    folder = template_folder() / "init"
    assert sorted(path.name for path in folder.iterdir()) == sorted(TEMPLATES)


def test_what_it_says(run: Run, here: Path) -> None:
    result = run("init", "my-connector")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "wrote my-connector/connector.yaml\n"
        "wrote my-connector/samples/list-orders.json\n"
        "next: connector-builder build my-connector\n"
    )
    assert run("init", "quiet", "--quiet").output == ""
    assert run("init", "my Orders").stdout.splitlines()[-2:] == [
        "its package will be called my-orders",
        'next: connector-builder build "my Orders"',
    ]
    for path in (here / "my-connector").rglob("*.*"):
        assert b"\r" not in path.read_bytes()


def test_nothing_is_overwritten(run: Run, here: Path) -> None:
    (here / "mine/samples").mkdir(parents=True)
    (here / "mine/samples/list-orders.json").write_text("mine", encoding="utf-8")
    result = run("init", "mine")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        f"error: '{Path('mine/samples/list-orders.json')}' is there already, and nothing is overwritten\n"
        "help: name another directory\n"
    )
    assert not (here / "mine/connector.yaml").exists()
    assert (here / "mine/samples/list-orders.json").read_text(encoding="utf-8") == "mine"


def test_a_folder_that_is_there_keeps_what_it_holds(run: Run, here: Path) -> None:
    (here / "notes.txt").write_text("mine", encoding="utf-8")
    assert run("init", ".").exit_code == 0
    assert (here / "connector.yaml").exists()
    assert (here / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_a_file_where_the_folder_should_be(run: Run, here: Path) -> None:
    (here / "mine").write_text("mine", encoding="utf-8")
    result = run("init", "mine")
    assert result.exit_code == 2
    assert result.stderr == "error: 'mine' is a file, but must be a folder\nhelp: name another directory\n"


def test_what_a_killed_init_left_is_undone_by_the_next(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(self: Staging) -> None:
        raise SystemExit(9)

    with monkeypatch.context() as patch:
        patch.setattr(Staging, "_move", killed)
        patch.setattr(Staging, "_undo", lambda self, error: None)
        patch.setattr(Staging, "discard", lambda self: None)
        run("init", "mine")
    assert [path.name for path in (here / "mine").iterdir()] == [".connector-builder"]
    assert run("init", "mine").exit_code == 0
    assert sorted(path.name for path in (here / "mine").iterdir()) == ["connector.yaml", "samples"]


def test_case_of_a_template_does_not_count(run: Run) -> None:
    assert run("init", "a", "--template", "apikey").exit_code == 0
    result = run("init", "b", "--template", "saml")
    assert result.exit_code == 2
    assert "'saml' is not one of 'minimal', 'apikey', 'basic', 'aad'" in result.stderr


class TestFrom:
    CURL = "curl https://api.contoso.example/v1/orders/17 -H 'X-Api-Key: PLANTED'"

    def test_a_first_connector_in_one_command(self, run: Run, here: Path) -> None:
        result = run("init", "specs/orders", "--from", self.CURL, "--title", "My Orders")
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout.splitlines()[-1] == "next: connector-builder build specs/orders"
        text = (here / "specs/orders/connector.yaml").read_text(encoding="utf-8")
        assert ("title: My Orders" in text, "GET /orders/{orderId}" in text, "PLANTED" in text) == (True, True, False)
        assert run("build").exit_code == 0

    def test_a_file_and_a_server(self, run: Run, here: Path) -> None:
        (here / "calls.http").write_text("GET {{host}}/v1/orders\n", encoding="utf-8")
        assert run("init", "orders", "--from", "calls.http", "--server", "https://b.example").exit_code == 0
        assert "server: https://b.example" in (here / "orders/connector.yaml").read_text(encoding="utf-8")

    def test_what_cannot_be_imported(self, run: Run, here: Path) -> None:
        (here / "a.json").write_text("{}", encoding="utf-8")
        assert (run("init", "orders", "--from", "a.json").exit_code, (here / "orders").exists()) == (1, False)

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["x", "--auth", "aad"], "'--auth' is for a starter, and --from makes the spec of a source"),
            (["x", "--template", "aad"], "'--template' is for a starter, and --from makes the spec of a source"),
            (["x", "--client-id", "a"], "'--client-id' is for a starter, and --from makes the spec of a source"),
            (["x", "--title", " "], "'--title' is empty"),
            (["x", "--server", "b.example"], "'b.example' isn't the address of a server"),
            (["x.yaml"], "'x.yaml' is the name of a file"),
            (["there"], "'there' is there already, and nothing is overwritten"),
            (["file"], "'file.yaml' is there already, and nothing is overwritten"),
        ],
    )
    def test_misuse(self, run: Run, here: Path, arguments: list[str], message: str) -> None:
        (here / "there").mkdir()
        (here / "file.yaml").write_text("", encoding="utf-8")
        result = run("init", *arguments, "--from", self.CURL)
        assert (result.exit_code, result.stderr.splitlines()[0]) == (2, f"error: {message}")
        assert sorted(path.name for path in here.iterdir()) == [".git", "file.yaml", "there"]
