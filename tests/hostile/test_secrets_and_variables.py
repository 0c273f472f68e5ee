"""What must not leak: secrets that stand in specs and samples, and what a spec from elsewhere would like to read."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.hostile.hostile_cli import CONNECTOR, Outcome, build, place, validate

pytestmark = pytest.mark.no_cover  # tracing doubles the time of what is large; other tests reach the same

Refused = Callable[..., list[str]]
Write = Callable[..., None]
SECRET = "hunter2-5bXq81vTz0"
OAUTH = "clientId: a, authorizationUrl: https://a.example.com, tokenUrl: https://a.example.com"
CLIENT = "a client secret doesn't belong in a spec"


def everything(here: Path, *outcomes: Outcome) -> str:
    """All that was printed and written, but for the inputs themselves."""
    output = [path.read_bytes().decode("utf-8", "replace") for path in (here / "output").rglob("*") if path.is_file()]
    return "\n".join([*(outcome.out + outcome.err for outcome in outcomes), *output])


# What is found, and where: `@` is the secret itself.
CLIENT_SECRETS = {
    "of oauth2": (f"auth: {{type: oauth2, {OAUTH}, clientSecret: {SECRET}}}", f"@ SecretInSpec {CLIENT}"),
    "in a line of its own": (f"auth:\n  clientSecret: {SECRET}\n  type: none", f"@ SecretInSpec {CLIENT}"),
    "without a type": (f"auth: {{clientSecret: {SECRET}}}", f"@ SecretInSpec {CLIENT}"),
    "of the wrong kind": (f"auth:\n  type: none\n  clientSecret: [{SECRET}]", "3:3 ValueTypeNotValid 'clientSecret' must be a text, not a list"),
    "of the wrong name": (f"auth:\n  type: none\n  clientsecret: {SECRET}", "3:3 KeyUnknown unknown key 'clientsecret' in 'auth'"),
    "in settings": (f"settings:\n  clientSecret: {SECRET}", "2:17 SecretInSpec 'clientSecret' doesn't belong in a spec"),
    "in properties": (f"properties:\n  connectionParameters:\n    token:\n      type: oauthSetting\n      oAuthSettings: {{identityProvider: a, clientSecret: {SECRET}}}", f"@ SecretInSpec {CLIENT}"),
    "in a line that can't be read": (f"auth:\n  clientSecret: {SECRET}: x", f"2:{17 + len(SECRET)} SyntaxNotValid a colon isn't expected here"),
}  # fmt: skip


@pytest.mark.parametrize("where", CLIENT_SECRETS)
def test_a_client_secret_is_an_error_and_is_never_shown(where: str, here: Path, write: Write, refused: Refused) -> None:
    spec, expected = CLIENT_SECRETS[where]
    spec += "\nactions: {A: GET /a}\n" + CONNECTOR
    assert f"spec.yaml:{expected.replace('@', place(spec, SECRET))}" in refused(spec)
    runs = [run(here / "spec.yaml", *options) for run in (_build, validate) for options in ((), ("--format", "json"))]
    runs.append(build(here / "spec.yaml", here / "output", "--fail-on", "never"))
    assert SECRET not in everything(here, *runs)


def _build(spec: Path, *options: str) -> Outcome:
    return build(spec, spec.parent / "output", *options)


@pytest.mark.parametrize("name", ["sig", "code", "access_token", "subscription-key", "SIG", "Access_Token"])
def test_a_request_line_with_a_secret_is_refused(name: str, here: Path, refused: Refused) -> None:
    spec = f"actions:\n  A: GET https://api.example.com/a?x=1&{name}={SECRET}&y=2\n"
    assert refused(spec + CONNECTOR) == [
        f"spec.yaml:{place(spec, SECRET)} SecretInSpec the query parameter '{name}' contains a secret"
    ]
    assert SECRET not in everything(here, _build(here / "spec.yaml"))


ADDRESS = f"https://x.example.com/a?sv=1&sig={SECRET}&x=1"
ELSEWHERE = {
    "description": f'actions:\n  A: {{request: GET /a, description: "See {ADDRESS}."}}\n',
    "sample": f"actions:\n  A: {{request: GET /a, response: {{sample: {{url: '{ADDRESS}'}}}}}}\n",
    "default": f"actions:\n  A: {{request: GET /a, response: {{fields: {{url: {{default: '{ADDRESS}'}}}}}}}}\n",
    "enum": f"actions:\n  A: {{request: GET /a?b, parameters: {{b: {{enum: ['{ADDRESS}', b], default: c}}}}}}\n",
    "path": f"paths:\n  '/a?sig={SECRET}': {{get: {{operationId: A, responses: {{200: {{description: OK}}}}}}}}\n",
    "server": f"x-a: '{ADDRESS}'\n",
    "fragment": f"actions:\n  A: GET /a?sig={SECRET}#x\n",
    "small verb": f"actions:\n  A: get /a?sig={SECRET}\n",
    "unknown verb": f"actions:\n  A: FETCH /a?sig={SECRET}\n",
    "another server": f"actions:\n  A: GET {ADDRESS}\n",
    "unknown schema": f"actions:\n  A: {{request: GET /a, response: '{ADDRESS}'}}\n",
    "file": f"actions:\n  A: {{request: GET /a, response: {{sample: '{ADDRESS}'}}}}\n",
    "comment": f"actions: {{A: GET /a}}\n# {ADDRESS}\n",
    "broken line": f"actions:\n  A: {{request: GET /a?sig={SECRET}\n",
}


@pytest.mark.parametrize("where", ELSEWHERE)
def test_an_address_with_a_secret_is_found_wherever_it_stands(where: str, here: Path, refused: Refused) -> None:
    found = refused(ELSEWHERE[where] + CONNECTOR)
    secrets = [one for one in found if one.endswith("SecretInSpec the query parameter 'sig' contains a secret")]
    assert len(secrets) == 1
    runs = [run(here / "spec.yaml", *options) for run in (_build, validate) for options in ((), ("--format", "json"))]
    assert SECRET not in everything(here, *runs)


def test_an_address_with_a_secret_in_a_sample_file_is_found(here: Path, refused: Refused) -> None:
    spec = "actions: {A: {request: GET /a, response: {sample: s.json}}}\n" + CONNECTOR
    assert refused(spec, {"s.json": f'{{"a": 1,\n "url": "{ADDRESS}"}}'}) == [
        "s.json:2:43 SecretInSpec the query parameter 'sig' contains a secret"
    ]
    assert SECRET not in everything(here, _build(here / "spec.yaml"))


@pytest.mark.parametrize("value", ["REDACTED", "redacted", "xxx", "***", "...", "{sig}", ""])
def test_what_stands_for_a_secret_is_none(value: str, built: Refused) -> None:
    sample = f"{{url: 'https://x.example.com/a?sig={value}'}}"
    assert built(f"actions:\n  A: {{request: GET /a, response: {{sample: {sample}}}}}\n{CONNECTOR}") == []


def test_of_the_environment_only_what_is_meant_for_connectors_is_read(
    refused: Refused, built: Refused, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MACHINE_SECRET", SECRET)
    monkeypatch.setenv("CONNECTOR_GREETING", "Good morning")
    spec = "actions: {{A: {{request: GET /a, description: '{}'}}}}\n" + CONNECTOR.replace("{", "{{").replace("}", "}}")
    names = ("HOME", "PATH", "MACHINE_SECRET", "CONNECTOR_GREETING")
    greedy = spec.format(" ".join(f"${{{name}}}" for name in names))
    assert refused(greedy) == [
        f"spec.yaml:{place(greedy, f'${{{name}}}')} VariableNotSet the variable '{name}' isn't set" for name in names
    ]
    assert built(spec.format("${GREETING}")) == []
    written = everything(here)
    assert "Good morning" in written
    assert SECRET not in written


def test_a_variable_in_a_variable_is_text(here: Path, built: Refused, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MACHINE_SECRET", SECRET)
    monkeypatch.setenv("CONNECTOR_A", "${MACHINE_SECRET} ${B}")
    assert built("actions: {A: {request: GET /a, description: '${A}'}}\n" + CONNECTOR) == []
    written = everything(here)
    assert "${MACHINE_SECRET} ${B}" in written
    assert SECRET not in written
