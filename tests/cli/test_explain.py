"""`explain`: codes, whole answers, values of a spec, and no secret of an answer."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from connector_builder.cli import program
from connector_builder.cli.commands.explain import explain
from connector_builder.platform.service_errors import EXPLANATIONS

Run = Callable[..., Result]
CLIENT = "c0ffee00-3333-4444-8555-666666666666"
SPEC = f"""\
connector: {{title: Contoso Runs, description: Lists the runs of Contoso., server: "https://api.flow.contoso.example"}}
auth:
  type: aad
  clientId: ${{CLIENT_ID:-{CLIENT}}}
  tenant: contoso.example
  resource: https://service.flow.microsoft.com/
  scopes: [Flows.Read.All]
settings: {{environment: 0f0f0f0f-1111-4222-8333-444444444444}}
actions:
  ListRuns: {{request: GET /runs, description: Lists the runs., response: {{"value[].name": string}}}}
"""
KEY = "OAUTH" + "9d8s7f6g5h4j3k2l1q0w"
JWT = "eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJodHRwczovL2dyYXBoIn0.c2lnbmF0dXJl"


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def spec(here: Path) -> Path:
    path = here / "runs.yaml"
    path.write_text(SPEC, encoding="utf-8", newline="\n")
    return path


@pytest.fixture
def piped(here: Path) -> Run:
    """Runs the command in `here` with a text on standard input."""

    def invoke(given: str | bytes, *arguments: str) -> Result:
        return CliRunner().invoke(program, ["explain", "-", *arguments], input=given, prog_name="connector-builder")

    return invoke


def said(result: Result) -> list[str]:
    """The sentences about the spec."""
    found: list[str] = json.loads(result.stdout)["explanations"][0]["spec"]
    return found


def test_a_code(run: Run) -> None:
    result = run("explain", "aadsts50194")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "AADSTS50194: an application of one tenant is used with `common`\n"
        "  The application is registered for one tenant, so a sign-in without a tenant can't use it.\n"
        "  Usual causes:\n"
        "    The tenant of the sign-in is `common`.\n"
        "  What to do:\n"
        "    1. Write the id of the tenant instead of `common`.\n"
        "    2. Or make the application multitenant, if users of other tenants sign in.\n"
        "  More:\n"
        "    https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes\n"
        "    https://login.microsoftonline.com/error?code=50194\n"
    )


def test_names_in_the_portal_are_quoted(run: Run) -> None:
    assert "under 'Authentication'" in run("explain", "50011").stdout
    assert "*" not in "".join(
        one["cures"][0] for one in json.loads(run("explain", "--format", "json").stdout)["explanations"]
    )


def test_several_codes_and_an_unknown_one(run: Run) -> None:
    result = run("explain", "AADSTS65001", "AADSTS123456", "EnvironmentAccesDenied", "--format", "json")
    assert result.exit_code == 1
    data = json.loads(result.stdout)
    assert [one["code"] for one in data["explanations"]] == ["AADSTS65001"]
    assert data["unknown"] == [
        {
            "code": "AADSTS123456",
            "help": "Microsoft's page for the sign-in may know it: https://login.microsoftonline.com/error?code=123456",
        },
        {"code": "EnvironmentAccesDenied", "help": "did you mean 'EnvironmentAccessDenied'?"},
    ]


def test_an_unknown_code_is_an_error_for_people(run: Run) -> None:
    result = run("explain", "EnvironmentAccesDenied")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "error: nothing is known of 'EnvironmentAccesDenied'\nhelp: did you mean 'EnvironmentAccessDenied'?\n"
    )


def test_all_codes(run: Run) -> None:
    result = run("explain")
    assert result.exit_code == 0
    assert sorted(line.split()[0] for line in result.stdout.splitlines() if line.startswith("  ")) == sorted(
        one.code for one in EXPLANATIONS
    )
    assert len(json.loads(run("explain", "--format", "json").stdout)["explanations"]) == len(EXPLANATIONS)


@pytest.mark.parametrize("words", [["explain", "-"], ["explain"]], ids=["asked for", "piped in"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_an_answer_on_standard_input(here: Path, encoding: str, words: list[str]) -> None:
    body = '{"error":"invalid_grant","error_description":"AADSTS65001: x"}'.encode(encoding)
    result = CliRunner().invoke(program, [*words, "--format", "json"], input=body)
    assert result.exit_code == 0
    assert [one["code"] for one in json.loads(result.stdout)["explanations"]] == ["AADSTS65001", "invalid_grant"]


@pytest.mark.parametrize("stdin", ["closed", "empty", "blank", "a terminal"])
def test_without_an_answer_on_standard_input_all_codes_are_listed(
    here: Path, stdin: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    streams = {"closed": None, "empty": StringIO(), "blank": StringIO("\n"), "a terminal": Terminal("AADSTS65001")}
    with CliRunner().isolation() as (out, _, _):
        monkeypatch.setattr("sys.stdin", streams[stdin])
        assert explain.main([], standalone_mode=False) == 0
        assert out.getvalue().startswith(b"Sign-in:\n")


def test_a_code_leaves_standard_input_alone(here: Path) -> None:
    result = CliRunner().invoke(program, ["explain", "AADSTS50011", "--format", "json"], input="AADSTS65001")
    assert [one["code"] for one in json.loads(result.stdout)["explanations"]] == ["AADSTS50011"]


@pytest.mark.parametrize("body", ["", "hi", "\x00\xff", "<html></html>"])
def test_an_answer_without_a_code(piped: Run, body: str) -> None:
    result = piped(body)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "error: there is no code of an error in this text\nhelp: 'connector-builder explain' lists all codes\n"
    )


def test_an_address_may_be_an_argument(run: Run) -> None:
    address = "http://localhost/?error=access_denied&error_description=AADSTS65004%3a+declined&state=x"
    data = json.loads(run("explain", address, "--format", "json").stdout)
    assert [one["code"] for one in data["explanations"]] == ["AADSTS65004", "access_denied"]


@pytest.mark.parametrize(
    "body",
    [
        f'{{"error":{{"code":"{KEY}","message":"AADSTS65001 {JWT}"}},"access_token":"{JWT}"}}',
        f"https://localhost/?code={KEY}&error={KEY}&error_description=AADSTS65001+{JWT}&sig={KEY}",
        f"AADSTS50011: The redirect URI 'https://localhost/?sig={KEY}&code={KEY}' specified Authorization: Bearer {JWT}",
        f"AADSTS500011: The resource principal named https://u:{KEY}@contoso.example was not found",
        f"EnvironmentAccessDenied: Access to the environment '{JWT}' is denied. Error Code: '{KEY}'",
    ],
)
@pytest.mark.parametrize("format", ["text", "json"])
def test_no_secret_of_an_answer_is_printed(piped: Run, spec: Path, body: str, format: str) -> None:
    result = piped(body, "--spec", str(spec), "--format", format)
    assert result.stdout
    assert KEY not in result.output
    assert JWT not in result.output
    assert JWT.split(".")[1] not in result.output


@pytest.mark.parametrize("code", [KEY, JWT])
def test_what_may_be_a_secret_is_not_repeated(run: Run, code: str) -> None:
    result = run("explain", code)
    assert result.exit_code == 1
    assert code not in result.output
    assert "this code, which may be a secret" in result.stderr


def test_the_audience_beside_the_resource(piped: Run, spec: Path) -> None:
    body = (
        "The received access token has been obtained from wrong audience or resource 'https://service.flow.microsoft.com'. "
        "It should exactly match (including forward slash) with one of the allowed audiences "
        "'https://service.powerapps.com/','https://service.flow.microsoft.com'."
    )
    assert said(piped(body, "--spec", str(spec), "--format", "json"))[:4] == [
        "Your resource is 'https://service.flow.microsoft.com/', which is Flow Service.",
        "The token's audience is 'https://service.flow.microsoft.com'.",
        "The service accepts 'https://service.powerapps.com/' or 'https://service.flow.microsoft.com'.",
        "Your resource isn't one of them: it differs from 'https://service.flow.microsoft.com' in the slash at the end.",
    ]


def test_the_client_of_a_message_beside_that_of_the_spec(piped: Run, spec: Path) -> None:
    body = "AADSTS700016: Application with identifier '11111111-aaaa-4bbb-8ccc-222222222222' was not found in the directory"
    assert said(piped(body, "--spec", str(spec), "--format", "json")) == [
        f"Your client id is '{CLIENT}'.",
        "The message is about the client id '11111111-aaaa-4bbb-8ccc-222222222222', which is another one.",
        "Your tenant is 'contoso.example': users of other tenants can't sign in.",
        f"An administrator consents at https://login.microsoftonline.com/contoso.example/adminconsent?client_id={CLIENT}.",
    ]


def test_the_redirect_of_a_message(piped: Run, spec: Path) -> None:
    own = "https://global.consent.azure-apim.net/redirect/contoso-5fruns"
    body = f"AADSTS50011: The redirect URI '{own}' specified in the request does not match the redirect URIs"
    assert said(piped(body, "--spec", str(spec), "--format", "json"))[0] == (
        f"The sign-in came from '{own}': register exactly this one, which is this connector's own."
    )


def test_the_environment_of_the_spec(run: Run, spec: Path) -> None:
    result = run("explain", "EnvironmentAccessDenied", "--spec", str(spec), "--format", "json")
    environment = "0f0f0f0f-1111-4222-8333-444444444444"
    assert said(result) == [
        f"Your settings name the environment '{environment}'.",
        f"If '{environment}' is the id of your tenant, you mean the default environment: 'Default-{environment}'.",
    ]


def test_a_variable_of_the_spec(run: Run, spec: Path) -> None:
    other = "22222222-aaaa-4bbb-8ccc-222222222222"
    result = run("explain", "7000215", "--spec", str(spec), "--var", f"CLIENT_ID={other}", "--format", "json")
    assert said(result) == [f"Your client id is '{other}'."]


def test_ways_to_sign_in_are_told_apart(run: Run, here: Path) -> None:
    text = SPEC.split("auth:")[0] + (
        "auth:\n  title: How\n  sets:\n"
        "    - {name: one, title: First, type: oauth2, clientId: a-client, authorizationUrl: https://a.example/token, tokenUrl: https://a.example/token}\n"
        "    - {name: two, title: Second, type: github, clientId: Iv1.abcdef}\n"
        "    - {name: three, title: Third, type: apiKey, header: X-Key}\n" + "actions:" + SPEC.split("actions:")[1]
    )
    (here / "sets.yaml").write_text(text, encoding="utf-8", newline="\n")
    assert said(run("explain", "900561", "--spec", "sets.yaml", "--format", "json")) == [
        "'First': Your authorization URL is 'https://a.example/token': it ends as the other of the two should.",
        "'First': Your token URL is 'https://a.example/token'.",
        "'Second': Your authorization URL is 'https://github.com/login/oauth/authorize'.",
        "'Second': Your token URL is 'https://github.com/login/oauth/access_token'.",
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("65001", "--spec", "none.yaml"), "there is no file or folder 'none.yaml'"),
        (("--spec", "runs.yaml"), "'--spec' belongs to a code"),
        (("65001", "--var", "A=b"), "variables belong to a spec"),
        (("65001", "--spec", "runs.yaml", "--var", "CLIENT=b"), "no spec of this run uses the variable 'CLIENT'"),
        (("65001", "--spec", "broken.yaml"), "'broken.yaml' can't be read"),
    ],
)
def test_misuse(run: Run, spec: Path, here: Path, arguments: tuple[str, ...], message: str) -> None:
    (here / "broken.yaml").write_text("connector: [\n", encoding="utf-8", newline="\n")
    result = run("explain", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
