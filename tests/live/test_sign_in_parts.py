"""Parts of signing in, by themselves."""

import base64
import json
from pathlib import Path

import pytest

from connector_builder.live.clouds import CLOUDS
from connector_builder.live.errors import SignInRefused, WronglyAsked
from connector_builder.live.sign_in import Method, Wish, choose
from connector_builder.live.sign_in.cache import open_cache
from connector_builder.live.sign_in.claims import claims_of
from connector_builder.live.sign_in.home import Record, home, read_record, write_record
from connector_builder.live.sign_in.methods import has_browser

TENANT = "0f0f0f0f-1111-4222-8333-444444444444"
APP = "c0ffee00-3333-4444-8555-777777777777"
NAMED = {"AZURE_TENANT_ID": TENANT, "AZURE_CLIENT_ID": APP}


def token(payload: object) -> str:
    return f"a.{base64.urlsafe_b64encode(json.dumps(payload).encode()).decode().rstrip('=')}.c"


def no_az(_: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("environment", "method"),
    [
        (NAMED | {"AZURE_FEDERATED_TOKEN_FILE": "x", "AZURE_CLIENT_SECRET": "y"}, Method.FEDERATED),
        (NAMED | {"ACTIONS_ID_TOKEN_REQUEST_URL": "x", "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "y"}, Method.FEDERATED),
        (NAMED | {"ACTIONS_ID_TOKEN_REQUEST_URL": "x", "AZURE_CLIENT_SECRET": "y"}, Method.SECRET),
        (NAMED | {"POWER_PLATFORM_CLIENT_SECRET": "y", "AZURE_CLIENT_CERTIFICATE_PATH": "z"}, Method.SECRET),
        (NAMED | {"AZURE_CLIENT_CERTIFICATE_PATH": "z"}, Method.CERTIFICATE),
        ({"AZURE_CLIENT_ID": APP, "AZURE_CLIENT_SECRET": "y"}, Method.DEVICE),
        ({"AZURE_CLIENT_ID": APP, "BROWSER": "x"}, Method.BROWSER),
        ({"AZURE_CLIENT_ID": APP, "SSH_TTY": "x", "DISPLAY": ":0"}, Method.DEVICE),
    ],
)
def test_the_method_is_chosen_by_what_is_there(
    environment: dict[str, str], method: Method, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(
        "connector_builder.live.sign_in.methods.has_browser", lambda one: has_browser(one, system="linux")
    )
    assert choose(Wish(), None, environment, az=no_az).method is method


def test_the_azure_cli_comes_before_a_browser() -> None:
    asked: list[str] = []

    def az(audience: str) -> bool:
        asked.append(audience)
        return True

    chosen = choose(Wish(cloud="gcc"), None, {"BROWSER": "x"}, az=az)
    assert (chosen.method, asked, chosen.client_id) == (Method.AZ, ["https://gov.service.powerapps.us/"], "")


def test_an_earlier_login_counts_unless_another_method_is_named() -> None:
    record = Record("gcc-high", "device", TENANT, APP, "file")
    chosen = choose(Wish(), record, {"AZURE_TENANT_ID": "other.example"})
    assert (chosen.cloud.name, chosen.method, chosen.tenant, chosen.client_id, chosen.storage) == (
        "gcc-high",
        Method.DEVICE,
        TENANT,
        APP,
        "file",
    )
    chosen = choose(Wish(method="secret"), record, NAMED)
    assert (chosen.cloud, chosen.method, chosen.storage) == (CLOUDS["public"], Method.SECRET, None)


def test_a_client_of_microsoft_is_used_only_if_named() -> None:
    chosen = choose(Wish(method="device", client_id="azure-cli"), None, {})
    assert (chosen.client_id, chosen.tenant) == ("04b07795-8ddb-461a-bbee-02f9e1bf7b46", "organizations")
    with pytest.raises(SignInRefused):
        choose(Wish(method="device"), None, {})


@pytest.mark.parametrize(
    ("system", "environment", "there"),
    [
        ("win32", {}, True),
        ("darwin", {}, True),
        ("darwin", {"SSH_CONNECTION": "x"}, False),
        ("linux", {}, False),
        ("linux", {"WAYLAND_DISPLAY": "x"}, True),
        ("linux", {"SSH_TTY": "x", "BROWSER": "y"}, True),
    ],
)
def test_where_a_browser_can_be_opened(system: str, environment: dict[str, str], there: bool) -> None:
    assert has_browser(environment, system=system) is there


def test_the_home_of_each_system() -> None:
    assert home({"CB_HOME": "x"}, system="win32") == Path("x")
    assert home({"LOCALAPPDATA": "x"}, system="win32") == Path("x/connector-builder")
    assert home({}, system="darwin") == Path.home() / "Library/Application Support/connector-builder"
    assert home({"XDG_CONFIG_HOME": "x"}, system="linux") == Path("x/connector-builder")
    assert home({}, system="linux") == Path.home() / ".config/connector-builder"


@pytest.mark.parametrize("content", ["", "[]", "{", '{"cloud": 1}', '{"cloud": "public"}', "[" * 100_000])
def test_a_record_that_cannot_be_read_is_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "sign-in.json").write_text(content, encoding="utf-8")
    assert read_record(tmp_path) is None


def test_a_record_of_a_later_version(tmp_path: Path) -> None:
    (tmp_path / "sign-in.json").write_text('{"cloud": "dod", "method": "az", "new": "x"}', encoding="utf-8")
    assert read_record(tmp_path) == Record("dod", "az")


def test_a_home_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(WronglyAsked) as raised:
        write_record(tmp_path / "file", Record("public", "az"))
    assert raised.value.help == "name another folder in the variable CB_HOME"
    with pytest.raises(WronglyAsked):
        open_cache(tmp_path / "file", "file")


@pytest.mark.parametrize("text", ["", "a.b", "a.%%.c", "a.AAAA.c", token([]), "a.b.c.d", token("x")])
def test_what_is_no_token(text: str) -> None:
    assert claims_of(text) is None


@pytest.mark.parametrize(
    ("seconds", "time"),
    [(1791208991, "2026-10-05T14:03:11Z"), ("x", ""), (None, ""), (10**30, ""), (True, "1970-01-01T00:00:01Z")],
)
def test_when_a_token_expires(seconds: object, time: str) -> None:
    claims = claims_of(token({"exp": seconds, "scp": "A B", "roles": ["C"], "azp": "app", "idtyp": "app", "upn": "x"}))
    assert claims is not None
    assert (claims.expires, claims.scopes, claims.application, claims.user) == (time, ("A", "B", "C"), "app", "")
