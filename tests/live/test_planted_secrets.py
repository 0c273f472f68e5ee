"""Services that repeat everything that they got, in every place of an answer: no secret of it comes out anywhere."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.stand_ins.entra import APP, CLIENT, SECRET, TENANT, Entra
from tests.live.stand_ins.power_platform import SIGNATURE, Platform
from tests.live.stand_ins.program import Done, Program
from tests.live.stand_ins.server import Answers
from tests.live.test_deploy import AAD, ON
from tests.support.programs.stand_in import Reply, Request

OAUTH = "Zx9~planted-oauth.secret_of-the-connector"
AS_APP = {"AZURE_TENANT_ID": TENANT, "AZURE_CLIENT_ID": APP, "AZURE_CLIENT_SECRET": SECRET}


class Echo(Platform):
    """Answers requests that match `echo` with an error that repeats the request; `form` says in which place of the answer."""

    echo, form = "", "message"

    def route(self, request: Request) -> Answers:
        if not self.echo or self.echo not in request.line:
            return super().route(request)
        said = f"{request.headers} {request.body.decode('utf-8', 'replace')} {request.query} {self.url}/storage?{SIGNATURE}"
        match self.form:
            case "message":
                return Reply.of({"error": {"code": "BadRequest", "message": said}}, 400)
            case "code":
                return Reply.of({"error": {"code": said, "message": "x"}}, 403)
            case "html":
                return Reply(403, f"<html><body>{said}</body></html>".encode(), "text/html")
            case "text" if request.method == "PUT":
                return super().route(request)
            case "text":
                return Reply.of(said)
            case "header":
                plain = said.encode("ascii", "replace").decode().replace("\n", " ").replace("\r", " ")
                return Reply(
                    302, headers={"Location": f"https://evil.example/{plain[:2000]}", "Set-Cookie": f"a={plain[:500]}"}
                )
            case _:
                raise AssertionError(self.form)


@pytest.fixture
def entra() -> Iterator[Entra]:
    with Entra() as entra:
        yield entra


@pytest.fixture
def platform(entra: Entra) -> Iterator[Echo]:
    with Echo(entra.issued) as platform:
        yield platform


@pytest.fixture
def program(tmp_path: Path, entra: Entra, platform: Echo) -> Program:
    (tmp_path / "parcel.yaml").write_text(AAD, encoding="utf-8")
    return Program(tmp_path, **entra.variables(), **platform.variables(), CB_OAUTH_SECRET=OAUTH)


def leaks(program: Program, entra: Entra, done: Done) -> list[str]:
    """Returns the secrets that a run wrote: to its streams, and to files but the cache of tokens."""
    files = {name: one for name, one in program.files().items() if name != "home/tokens.json"}
    text = done.stdout + done.stderr + "".join(one.decode("utf-8", "replace") for one in files.values())
    signatures = [token.rpartition(".")[2] for token in entra.issued]
    coded = [base64.b64encode(one.encode()).decode() for one in (OAUTH, SECRET)]
    secrets = [OAUTH, SECRET, "planted", SIGNATURE.partition("sig=")[2], *entra.issued, *signatures, *coded]
    return [one for one in secrets if one in text or json.dumps(one)[1:-1] in text]


LIST, FILES = "/environments", "/storage/"
READ, MAKE = "GET /providers/Microsoft.PowerApps/apis", "POST /providers/Microsoft.PowerApps/apis"


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("echo", "form"),
    [
        *((one, "code") for one in (LIST, READ, MAKE, "validateApiSwagger", "generateResourceStorage", FILES)),
        *((MAKE, form) for form in ("message", "html", "header")),
        *(("validateApiSwagger", form) for form in ("message", "text")),
        *((FILES, form) for form in ("message", "text", "header")),
    ],
)
def test_a_person(program: Program, entra: Entra, platform: Echo, echo: str, form: str) -> None:
    program.with_browser()
    assert program("login", "--client-id", CLIENT, "--store", "file").returncode == 0
    platform.echo, platform.form = echo, form
    for arguments in (("deploy", "parcel.yaml", *ON, "--format", "json"), ("pull", "-e", "Acme Dev")):
        assert leaks(program, entra, program(*arguments, "--verbose")) == []


@pytest.mark.parametrize(
    ("echo", "form"),
    [
        ("/solutions", "code"),
        ("POST /api/data/v9.2/connectors", "message"),
        ("POST /api/data/v9.2/connectors", "header"),
    ],
)
def test_an_application(program: Program, entra: Entra, platform: Echo, echo: str, form: str) -> None:
    platform.as_application = True
    platform.echo, platform.form = echo, form
    done = program("deploy", "parcel.yaml", *ON, "--solution", "AcmeParcel", "--verbose", **AS_APP)
    assert leaks(program, entra, done) == []
