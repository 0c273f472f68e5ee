"""The forms of a registration, exactly, and texts that stay texts in each of them."""

import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connector_builder.render.registration import (
    Registration,
    bash_script,
    bicep_file,
    graph_requests,
    powershell_script,
    table_lines,
    terraform_file,
)
from connector_builder.render.registration.model import clean
from tests.render.registration.registrations import ALL, DEPLOYED, EVERYTHING, LOGIN, PLAIN, TEXTS

GOLDEN = Path(__file__).parent / "golden"
FORMS: dict[str, Callable[[Registration], str]] = {
    "txt": lambda one: "".join(f"{line}\n" for line in table_lines(one)),
    "sh": bash_script,
    "ps1": powershell_script,
    "json": lambda one: json.dumps(graph_requests(one), indent=2) + "\n",
    "bicep": bicep_file,
    "tf": terraform_file,
}
NAMES = [(name, form) for name in ALL for form in FORMS]


@pytest.mark.parametrize(("name", "form"), NAMES)
def test_exact_text(name: str, form: str, golden: Callable[[Path, bytes], None]) -> None:
    golden(GOLDEN / f"{name}.{form}", FORMS[form](ALL[name]).encode())


def test_every_golden_file_is_of_a_form() -> None:
    assert sorted(path.name for path in GOLDEN.iterdir()) == sorted(f"{name}.{form}" for name, form in NAMES)


@pytest.mark.parametrize(("name", "form"), NAMES)
def test_layout(name: str, form: str) -> None:
    text = FORMS[form](ALL[name])
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert not re.search(r"[ \t]$|\r|\n\n\n", text, re.MULTILINE)
    assert form != "ps1" or text.isascii()


def body(requests: list[dict[str, Any]], address: str) -> Any:
    """The body of the one request to an address that isn't a GET."""
    (found,) = [one for one in requests if one["method"] != "GET" and one["url"].endswith(address)]
    return found["body"]


def test_the_body_of_the_application() -> None:
    assert body(graph_requests(PLAIN), "/applications") == {
        "displayName": "Parcel Tracker connector",
        "signInAudience": "AzureADMyOrg",
        "web": {"redirectUris": ["https://global.consent.azure-apim.net/redirect"]},
        "requiredResourceAccess": [
            {
                "resourceAppId": "7df0a125-d3be-4c96-aa54-591f83ff541c",
                "resourceAccess": [
                    {"id": "e45c5562-459d-4d1b-8148-83eb1b6dcf83", "type": "Scope"},
                    {"id": "30b2d850-00c3-4802-b7ae-ece9af9de5c6", "type": "Scope"},
                ],
            }
        ],
    }
    login = body(graph_requests(LOGIN), "/applications")
    assert login["publicClient"] == {"redirectUris": ["http://localhost"]}
    assert login["isFallbackPublicClient"] is True
    assert "web" not in login


def test_requests_after_a_deployment() -> None:
    requests = graph_requests(DEPLOYED)
    assert [one["method"] for one in requests] == ["GET", "PATCH", "POST"]
    assert all("/applications(appId='c0ffee00-3333-4444-8555-666666666666')" in one["url"] for one in requests)
    assert requests[2]["body"] == {
        "name": "power-platform-connector-a7d8873e",
        "issuer": "https://login.microsoftonline.com/0f0f0f0f-1111-4222-8333-444444444444/v2.0",
        "subject": "/eid1/c/pub/t/Ab/a/Cd/europe-002_x",
        "audiences": ["api://AzureADTokenExchange"],
        "description": "Subject of the deployed connector",
    }


def test_consent_and_secret_only_if_asked_for() -> None:
    assert "addPassword" not in json.dumps(graph_requests(PLAIN))
    assert "oauth2PermissionGrants" not in json.dumps(graph_requests(PLAIN))
    for script in (bash_script, powershell_script):
        assert "credential reset" not in script(PLAIN)
        assert "admin-consent" not in script(PLAIN)
        assert "credential reset" in script(EVERYTHING)
        assert "admin-consent" in script(EVERYTHING)
    grants = [one["body"] for one in graph_requests(EVERYTHING) if one["url"].endswith("oauth2PermissionGrants")]
    assert [one["scope"] for one in grants] == ["Flows.Read.All User", "Mail.Read", "Orders.Read"]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("form", FORMS)
def test_a_name_changes_only_the_texts(text: str, form: str) -> None:
    name = clean(f"a {text} b")
    mine, plain = FORMS[form](PLAIN._replace(name=name)), FORMS[form](PLAIN._replace(name="name"))
    assert len(mine.splitlines()) == len(plain.splitlines())
    changed = [new for new, old in zip(mine.splitlines(), plain.splitlines(), strict=True) if new != old]
    assert 1 <= len(changed) <= 3
    for line in changed:
        assert READERS[form](line, name), line


def of_json(line: str, name: str) -> bool:
    """Whether a line of JSON is a key with a text that says the name, and nothing else."""
    found = json.loads("{" + line.strip().rstrip(",") + "}")
    return set(found) <= {"displayName", "url"} and any(
        name in str(value) or name.replace("'", "''") in str(value) for value in found.values()
    )


def of_shell(line: str, name: str) -> bool:
    if line.startswith("  "):
        return of_json(line, name)
    words = shlex.split(line.removeprefix("app_id=$(").removesuffix(")"))
    quoted = name.replace("'", "''")
    return words == [
        *["az", "ad", "app", "list", "--filter"],
        f"displayName eq '{quoted}'",
        *["--query", "[0].appId", "--output", "tsv"],
    ]


def of_powershell(line: str, name: str) -> bool:
    if line.startswith("  "):
        return of_json(line, name)
    literal = re.fullmatch(r"\$name = '((?:[^'\u2018\u2019\u201a\u201b]|'')*)'( \| ConvertFrom-Json)?", line)
    if literal is None:  # whether an application is looked for by a first word
        return line.startswith("$app = Get-Az @('ad', 'app', 'list', ")
    said = literal[1].replace("''", "'")
    return (json.loads(said) if literal[2] else said) == name


def of_bicep(line: str, name: str) -> bool:
    if line.startswith("  uniqueName: "):
        return re.fullmatch(r"  uniqueName: '[a-z0-9-]+'", line) is not None
    literal = re.fullmatch(r"  displayName: '((?:[^'\\$]|\\.|\$(?!\{))*)'", line)
    return literal is not None and re.sub(r"\\(.)", r"\1", literal[1]) == name


def of_hcl(line: str, name: str) -> bool:
    literal = re.fullmatch(r'  display_name     = ("(?:[^"\\$%]|\\.|\$\$\{|%%\{|[$%](?!\{))*")', line)
    return literal is not None and json.loads(literal[1]).replace("$${", "${").replace("%%{", "%{") == name


READERS: dict[str, Callable[[str, str], bool]] = {
    "txt": lambda line, name: line.endswith(name),
    "sh": of_shell,
    "ps1": of_powershell,
    "json": of_json,
    "bicep": of_bicep,
    "tf": of_hcl,
}
