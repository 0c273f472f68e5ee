"""`validate` reports the secrets of a package, and shows none of them."""

import json
from pathlib import Path
from typing import Any

from connector_builder.checks.engine import Checks, examine
from connector_builder.findings.diagnostic import Diagnostic
from connector_builder.package.read import read_package

DEFINITION = {"swagger": "2.0", "info": {"title": "T", "version": "1.0"}, "host": "a.example", "paths": {}}
LONG = "q7w8e9" * 30


def checked(folder: Path, definition: Any, script: str | None = None) -> list[Diagnostic]:
    (folder / "apiDefinition.swagger.json").write_text(json.dumps(definition), encoding="utf-8")
    if script is not None:
        (folder / "script.csx").write_text(script, encoding="utf-8", newline="\n")
    return examine(read_package(folder), Checks(), is_spec=False).diagnostics


def secrets(diagnostics: list[Diagnostic]) -> list[tuple[str, int, int, str]]:
    found = [one for one in diagnostics if one.rule == "SecretInPackage"]
    return [(Path(one.location.file).name, one.location.line, one.location.column, one.message) for one in found]


def test_a_place_is_reported_once(tmp_path: Path) -> None:
    found = checked(tmp_path, {**DEFINITION, "x-a": {"client_secret": "Bearer a1b2c3d4e5f6 and ghp_" + "a1" * 15}})
    assert secrets(found) == [("apiDefinition.swagger.json", 1, 121, "'client_secret' is a secret")]
    assert "a1b2c3" not in str(found)


def test_a_script_is_searched(tmp_path: Path) -> None:
    found = checked(tmp_path, DEFINITION, 'var a = 1;\nvar key = "sk_live_a1b2c3d4e5";\n')
    assert secrets(found) == [("script.csx", 2, 12, "a key of Stripe stands in a text")]
    assert "a1b2c3" not in str(found)


def test_no_secret_is_begun_where_a_message_is_cut_off(tmp_path: Path) -> None:
    found = checked(tmp_path, {**DEFINITION, "schemes": ["https", f"see {LONG}"], "x-a": {"password": LONG}})
    (message,) = [one.message for one in found if "'see" in one.message]
    assert "q7w8e" not in message


def test_of_a_thousand_secrets_nothing_that_is_quoted_is_shown(tmp_path: Path) -> None:
    many = [{"password": f"it's 'a' secret{number}"} for number in range(1001)]
    found = checked(tmp_path, {**DEFINITION, "schemes": ["it's 'a' secret7"], "x-a": many})
    assert len(secrets(found)) == 1000
    assert "secret7" not in str([one.message for one in found])
