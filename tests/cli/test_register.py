"""`register`: the documents for a spec, and what is said where there is no application to register."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from connector_builder.app.register import FORMS

Run = Callable[..., Result]
HEAD = (
    "connector: {title: Contoso Runs, description: Lists the runs of Contoso., server: https://api.contoso.example}\n"
)
TAIL = "actions:\n  ListRuns: {request: GET /runs, description: Lists the runs., response: {value: string}}\n"
AAD = "{type: aad, clientId: '${ID:-00000000-0000-0000-0000-000000000000}', tenant: contoso.example, resource: https://service.flow.microsoft.com/, scopes: [Flows.Read.All]}"
SHARED = "https://global.consent.azure-apim.net/redirect"
CLIENT = "c0ffee00-3333-4444-8555-666666666666"
SETS = (
    "{title: How, sets: [{name: one, title: First, " + AAD[1:] + ", {name: two, title: Second, " + AAD[1:]
    + ", {name: key, title: With a key, type: apiKey, header: X-Key}]}"
)  # fmt: skip


def write(here: Path, auth: str) -> None:
    (here / "runs.yaml").write_text(f"{HEAD}auth: {auth}\n{TAIL}", encoding="utf-8", newline="\n")


@pytest.fixture
def aad(here: Path) -> Path:
    write(here, AAD)
    return here / "runs.yaml"


def test_the_table(run: Run, aad: Path) -> None:
    result = run("register", str(aad))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "App registration: Contoso Runs connector\n"
        "1. https://entra.microsoft.com: App registrations. If there is none of this name yet: New registration\n"
        "   Name:                     Contoso Runs connector\n"
        "   Supported account types:  accounts in this organizational directory only (AzureADMyOrg)\n"
        "2. Authentication\n"
        f"   Platform Web, redirect URI:                  {SHARED}\n"
        "   Once the connector is deployed, add the redirect URI on its Security tab. It is another one in each environment:\n"
        "   connector-builder register SPEC --after-deploy REDIRECT\n"
        "3. API permissions, Add a permission, Delegated permissions\n"
        "   Flow Service: Flows.Read.All  7df0a125-d3be-4c96-aa54-591f83ff541c e45c5562-459d-4d1b-8148-83eb1b6dcf83\n"
        "4. Consent: users can allow most permissions when they sign in. An administrator allows all for everybody:\n"
        "   https://login.microsoftonline.com/contoso.example/adminconsent?client_id=CLIENT_ID\n"
        "5. Certificates & secrets, New client secret\n"
        "   Copy its value at once. It belongs on the connector's Security tab, or behind --secret of paconn, and in no file.\n"
        "6. Overview: write the application (client) ID into the spec as clientId\n"
    )


@pytest.mark.parametrize("form", FORMS)
def test_every_form(run: Run, aad: Path, form: str) -> None:
    result = run("register", str(aad), "--as", form, "--var", f"ID={CLIENT}")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "e45c5562-459d-4d1b-8148-83eb1b6dcf83" in result.stdout
    assert SHARED in result.stdout


def test_a_package_can_be_registered_too(run: Run, aad: Path) -> None:
    assert run("build", str(aad), "-o", "out", "-q").exit_code == 0
    assert run("register", "out/runs", "--as", "az").stdout == run("register", str(aad), "--as", "az").stdout


def test_what_a_document_leaves_open_is_said_beside_it(run: Run, here: Path) -> None:
    write(here, AAD.replace("scopes: [Flows.Read.All]", "onBehalfOf: true"))
    result = run("register", "runs.yaml", "--as", "terraform")
    assert result.exit_code == 0
    assert result.stderr == (
        "note: The spec doesn't say which permissions of Flow Service it requires: add --permission API/NAME.\n"
    )
    for form in ("graph", "az", "bicep", "terraform"):
        assert "access_as_user" in run("register", "runs.yaml", "--as", form).stdout
    assert "Expose an API" in run("register", "runs.yaml").stdout


def test_the_shell_of_the_script(run: Run, aad: Path) -> None:
    assert run("register", str(aad), "--as", "az", "--shell", "bash").stdout.startswith("#!/usr/bin/env bash\n")
    assert "$ErrorActionPreference = 'Stop'" in run("register", str(aad), "--as", "az", "--shell", "powershell").stdout


def test_after_a_deployment(run: Run, aad: Path) -> None:
    own = f"{SHARED}/contoso-5fruns"
    result = run("register", str(aad), "--as", "graph", "--after-deploy", own, "--var", f"ID={CLIENT}")
    requests = json.loads(result.stdout)["requests"]
    assert requests[1] == {
        "method": "PATCH",
        "url": f"https://graph.microsoft.com/v1.0/applications(appId='{CLIENT}')",
        "body": {"web": {"redirectUris": [SHARED, own]}},
    }


def test_each_way_to_sign_in_has_its_steps(run: Run, here: Path) -> None:
    write(here, SETS)
    lines = run("register", "runs.yaml").stdout.splitlines()
    assert [line for line in lines if line and not line.startswith((" ", "1", "2", "3", "4", "5", "6"))] == [
        "First:",
        "App registration: Contoso Runs connector",
        "Second:",
        "App registration: Contoso Runs connector",
        "Contoso Runs (With a key): there is nothing to register, the provider of the service gives out the key.",
    ]
    assert run("register", "runs.yaml", "--as", "az", "--set", "first").exit_code == 0


@pytest.mark.parametrize(
    ("auth", "lines"),
    [
        ("{type: none}", ["Contoso Runs: there is nothing to register, the connector has no sign-in."]),
        (
            "{type: basic}",
            ["Contoso Runs: there is nothing to register, the provider of the service gives out the user name and the password."],
        ),
        (
            "{type: oauth2, clientId: contoso, authorizationUrl: https://a.example/authorize, tokenUrl: https://a.example/token, scopes: [read, write]}",
            [
                "Contoso Runs: register an application with the provider",
                f"1. Redirect URL:  {SHARED}",
                "   Once the connector is deployed, add the redirect URL on its Security tab. It is another one in each environment.",
                "2. Scopes:        read write",
                "   Authorization URL: https://a.example/authorize",
                "   Token URL:         https://a.example/token",
                "3. Write the client ID into the spec as clientId. The client secret belongs on the connector's Security tab, in no file.",
            ],
        ),
    ],
)  # fmt: skip
def test_what_to_register_elsewhere(run: Run, here: Path, auth: str, lines: list[str]) -> None:
    write(here, auth)
    result = run("register", "runs.yaml")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == lines
    refused = run("register", "runs.yaml", "--as", "az")
    assert refused.exit_code == 2
    assert refused.stderr == (
        "error: no application in Microsoft Entra ID belongs to 'Contoso Runs'\n"
        "help: 'register SPEC' alone says what to register instead\n"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--as", "az"), "'Contoso Runs' has several ways to sign in"),
        (("--set", "Frist"), "there is no way to sign in called 'Frist'\nhelp: did you mean 'First'?"),
        (("--set", "first", "--permission", "Flow Servise/User"), "did you mean 'Flow Service'?"),
        (("--set", "first", "--after-deploy", "http://x"), "'http://x' isn't the redirect URI of a connector"),
        (("--var", "NAME=x"), "no spec of this run uses the variable 'NAME'"),
    ],
)
def test_misuse(run: Run, here: Path, arguments: tuple[str, ...], message: str) -> None:
    write(here, SETS)
    result = run("register", "runs.yaml", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


def test_a_spec_that_does_not_build_is_not_registered(run: Run, here: Path) -> None:
    write(here, AAD.replace("resource:", "resorce:"))
    result = run("register", "runs.yaml", "--as", "az")
    assert result.exit_code == 1
    assert "unknown key 'resorce'" in result.stdout
    assert "az ad app" not in result.stdout
