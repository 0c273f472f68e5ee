"""Signing in with a certificate."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.stand_ins.credential import Credential, make_credential
from tests.live.stand_ins.entra import APP, TENANT, Entra
from tests.live.stand_ins.program import Program

PASSWORD = "planted-password"
SIGNED_IN = f"signed in: the application {APP}, by certificate, cloud public\n"


@pytest.fixture(scope="module")
def credential() -> Credential:
    return make_credential()


@pytest.fixture
def entra(credential: Credential) -> Iterator[Entra]:
    with Entra() as entra:
        entra.credential = credential
        yield entra


@pytest.fixture
def program(tmp_path: Path, entra: Entra) -> Program:
    return Program(tmp_path, **entra.variables(), AZURE_TENANT_ID=TENANT, AZURE_CLIENT_ID=APP)


@pytest.mark.parametrize("password", [None, PASSWORD])
def test_pem(program: Program, tmp_path: Path, credential: Credential, password: str | None) -> None:
    (tmp_path / "app.pem").write_bytes(credential.pem(password))
    own = {"AZURE_CLIENT_CERTIFICATE_PASSWORD": password} if password else {}
    done = program("login", "--verbose", AZURE_CLIENT_CERTIFICATE_PATH=str(tmp_path / "app.pem"), **own)
    assert (done.returncode, done.stdout) == (0, SIGNED_IN)
    assert "planted" not in done.stderr
    assert "PRIVATE KEY" not in done.stderr


def test_pfx(program: Program, tmp_path: Path, credential: Credential) -> None:
    (tmp_path / "app.pfx").write_bytes(credential.pfx(PASSWORD))
    named = {"AZURE_CLIENT_CERTIFICATE_PATH": str(tmp_path / "app.pfx")}
    done = program("login", **named, AZURE_CLIENT_CERTIFICATE_PASSWORD=PASSWORD)
    assert (done.returncode, done.stdout, done.stderr) == (0, SIGNED_IN, "")
    done = program("login", **named, AZURE_CLIENT_CERTIFICATE_PASSWORD="planted-wrong")
    assert (done.returncode, done.stderr.splitlines()[0]) == (
        4,
        "error: the certificate that AZURE_CLIENT_CERTIFICATE_PATH names can't be read",
    )


def test_another_key(program: Program, tmp_path: Path) -> None:
    (tmp_path / "app.pem").write_bytes(make_credential().pem())
    done = program("login", AZURE_CLIENT_CERTIFICATE_PATH=str(tmp_path / "app.pem"))
    assert (done.returncode, done.stderr.splitlines()[0].partition("AADSTS")[2].partition(":")[0]) == (4, "700027")


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "the file that AZURE_CLIENT_CERTIFICATE_PATH names has no certificate"),
        (b"\x00\x01", "the certificate that AZURE_CLIENT_CERTIFICATE_PATH names can't be read"),
        (b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "the certificate that AZURE_CLIENT_CERTIFICATE_PATH names can't be read"),
        (None, "the certificate that AZURE_CLIENT_CERTIFICATE_PATH names can't be read: No such file or directory"),
    ],
)  # fmt: skip
def test_what_cannot_be_read(program: Program, tmp_path: Path, content: bytes | None, error: str) -> None:
    if content is not None:
        (tmp_path / "app").write_bytes(content)
    done = program("login", AZURE_CLIENT_CERTIFICATE_PATH=str(tmp_path / "app"))
    assert (done.returncode, done.stdout, done.stderr.splitlines()[0]) == (4, "", f"error: {error}")
