"""`token`, against a stand-in for Microsoft Entra ID."""

import base64
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.live.stand_ins.entra import APP, CLIENT, SECRET, TENANT, Entra
from tests.live.stand_ins.program import Program

SPEC = """connector:
  title: Contoso Orders
  description: Reads the orders of Contoso.
  server: https://orders.contoso.example/v1
auth: {type: aad, clientId: "${CLIENT_ID:-your-client-id}", tenant: TENANT, resource: "https://orders.contoso.example/", scopes: [Orders.Read]}
actions:
  ListOrders: GET /orders
""".replace("TENANT", TENANT)
OTHER = SPEC.partition("auth:")[0] + "auth: {type: oauth2, clientId: abc, authorizationUrl: https://id.contoso.example/authorize, tokenUrl: https://id.contoso.example/token, refreshUrl: https://id.contoso.example/token, scopes: [read, write]}\nactions:\n  ListOrders: GET /orders\n"  # fmt: skip
KEY = SPEC.partition("auth:")[0] + "auth: {type: apiKey, header: X-Key}\nactions:\n  ListOrders: GET /orders\n"
SCOPE = "https://orders.contoso.example//Orders.Read"


@pytest.fixture
def entra() -> Iterator[Entra]:
    with Entra() as entra:
        yield entra


@pytest.fixture
def program(tmp_path: Path, entra: Entra) -> Program:
    (tmp_path / "orders.yaml").write_text(SPEC, encoding="utf-8")
    (tmp_path / "other.yaml").write_text(OTHER, encoding="utf-8")
    (tmp_path / "key.yaml").write_text(KEY, encoding="utf-8")
    return Program(tmp_path, **entra.variables())


def test_a_token_for_the_spec_itself(program: Program, entra: Entra) -> None:
    done = program.with_browser()("token", "orders.yaml", "--var", f"CLIENT_ID={CLIENT}")
    assert (done.returncode, done.stdout) == (0, f"{entra.issued[0]}\n")
    asked = next(one for one in entra.requests if one.path.endswith("/authorize"))
    assert asked.path == f"/{TENANT}/oauth2/v2.0/authorize"
    assert sorted(asked.query["scope"].split()) == [SCOPE, "offline_access", "openid", "profile"]
    assert asked.query["client_id"] == CLIENT


def test_all_scopes_of_the_spec(program: Program, entra: Entra) -> None:
    """Those that msal adds by itself may be among them."""
    (program.folder / "orders.yaml").write_text(
        SPEC.replace("[Orders.Read]", "[Orders.Read, Orders.Write, offline_access]"), encoding="utf-8"
    )
    done = program.with_browser()("token", "orders.yaml", "--var", f"CLIENT_ID={CLIENT}")
    assert done.returncode == 0
    asked = next(one for one in entra.requests if one.path.endswith("/authorize"))
    own = [SCOPE, "https://orders.contoso.example//Orders.Write"]
    assert sorted(asked.query["scope"].split()) == [*own, "offline_access", "openid", "profile"]


@pytest.mark.parametrize(
    ("command", "name", "help_"),
    [
        (("token", "orders.yaml"), "CLIENT_DI", "did you mean 'CLIENT_ID'?"),
        (("token", "orders.yaml", "--show"), "HOST", "the variables of the specs are 'CLIENT_ID'"),
        (("call", "orders.yaml", "ListOrders"), "CLIENT_DI", "did you mean 'CLIENT_ID'?"),
        (("deploy", "orders.yaml", "-e", "Acme Dev"), "CLIENT_DI", "did you mean 'CLIENT_ID'?"),
    ],
)
def test_a_variable_that_the_spec_does_not_have(
    program: Program, entra: Entra, command: tuple[str, ...], name: str, help_: str
) -> None:
    done = program(*command, "--var", f"{name}=planted")
    assert (done.returncode, done.stderr.splitlines(), entra.requests) == (
        2,
        [f"error: no spec of this run uses the variable '{name}'", f"help: {help_}"],
        [],
    )


def test_a_token_for_an_application(program: Program, entra: Entra) -> None:
    done = program(
        "token", "orders.yaml", "--method", "secret", "--client-id", APP, "--format", "json", AZURE_CLIENT_SECRET=SECRET
    )
    assert (done.returncode, done.stderr) == (0, "")
    data = json.loads(done.stdout)
    assert (data["access_token"], data["audience"], data["application"]) == (
        entra.issued[0],
        "https://orders.contoso.example/",
        APP,
    )
    form = entra.form(entra.requests[-1])
    assert form["scope"] == "https://orders.contoso.example//.default"


def test_the_requests(program: Program, entra: Entra) -> None:
    done = program("token", "orders.yaml", "--show", "--format", "json", "--var", f"CLIENT_ID={CLIENT}")
    assert (done.returncode, done.stderr, entra.requests) == (0, "", [])
    code, implicit = json.loads(done.stdout)["flows"]
    first, second = code["steps"]
    address, query = (
        urlsplit(first["url"]),
        {name: value[0] for name, value in parse_qs(urlsplit(first["url"]).query).items()},
    )
    form = second["form"]
    digest = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).decode().rstrip("=")
    assert address._replace(query="").geturl() == f"https://login.microsoftonline.com/{TENANT}/oauth2/v2.0/authorize"
    assert query == {
        "response_type": "code",
        "client_id": CLIENT,
        "redirect_uri": "http://localhost",
        "scope": SCOPE,
        "state": query["state"],
        "code_challenge": digest,
        "code_challenge_method": "S256",
    }
    assert second["url"] == f"https://login.microsoftonline.com/{TENANT}/oauth2/v2.0/token"
    assert form == {
        "grant_type": "authorization_code",
        "client_id": CLIENT,
        "code": "<the code>",
        "redirect_uri": "http://localhost",
        "code_verifier": form["code_verifier"],
        "scope": SCOPE,
    }
    assert len(form["code_verifier"]) == 64
    query = {name: value[0] for name, value in parse_qs(urlsplit(implicit["steps"][0]["url"]).query).items()}
    assert (query["response_type"], sorted(query)) == (
        "token",
        ["client_id", "nonce", "redirect_uri", "response_type", "scope", "state"],
    )
    assert implicit["remark"].startswith("Microsoft advises against it: ")


def test_the_requests_as_lines(program: Program) -> None:
    lines = program("token", "other.yaml", "--show", "--redirect", "https://a.example/cb").stdout.splitlines()
    assert [line.partition(":")[0] for line in lines if line.startswith("#")] == [
        "# authorization code with PKCE",
        "# 1. open in a browser, sign in, and copy 'code' from the address at which the browser ends",
        "# 2. POST, with Content-Type",
        "# implicit",
        "# 1. open in a browser, sign in, and copy 'access_token' from the address",
    ]
    assert lines[2].startswith(
        "https://id.contoso.example/authorize?response_type=code&client_id=abc&redirect_uri=https%3A%2F%2Fa.example%2Fcb&scope=read+write&"
    )
    assert lines[4:9] == ["https://id.contoso.example/token", "grant_type=authorization_code", "client_id=abc", "code=<the code>", "redirect_uri=https://a.example/cb"]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "status", "error"),
    [
        (["key.yaml"], 2, "this connector doesn't sign in by OAuth, so there is no token"),
        (["other.yaml"], 2, "this connector doesn't sign in by Microsoft Entra ID"),
        (["orders.yaml"], 4, "the spec names no client"),
        (["orders.yaml", "--auth", "x"], 2, "there is no way 'x' to sign in"),
        (["."], 2, "'.' contains 3 connectors, and the command takes one"),
        (["orders.yaml", "--method", "secret"], 4, "the application has no id"),
    ],
)
def test_what_can_go_wrong(program: Program, entra: Entra, arguments: list[str], status: int, error: str) -> None:
    done = program("token", *arguments)
    assert (done.returncode, done.stdout, done.stderr.splitlines()[0]) == (status, "", f"error: {error}")
    assert entra.requests == []


def test_a_spec_that_does_not_build(program: Program, entra: Entra) -> None:
    (program.folder / "orders.yaml").write_text(SPEC.replace("ListOrders: GET", "ListOrders: GTE"), encoding="utf-8")
    done = program("token", "orders.yaml")
    assert (done.returncode, entra.requests) == (2, [])
    assert done.stderr.startswith("error: nothing was sent: 'orders.yaml' doesn't build: orders.yaml:")
