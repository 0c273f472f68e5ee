"""Secrets in each mapping of the language and of both documents of a package: no command prints or writes one."""

import json
from pathlib import Path
from typing import Any

import pytest

from connector_builder.language import json_schema
from tests.support.hostile_cli import CONNECTOR, build, import_, run

KEY = "hunter2-5bXq81vTz0"
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJodW50ZXIyIn0.hunter2-5bXq81vTz0"
PLANTS: tuple[tuple[str, str], ...] = (
    *((name, KEY) for name in ("client_secret", "clientSecret", "client-secret", "CLIENT SECRET", "password", "accessToken", "x-api-key")),
    *(("x-note", text) for text in (
        JWT, f"Bearer {KEY}", f"https://user:{KEY}@a.example", f"https://a.example/?sig={KEY}", f"https://a.example/?%73ig={KEY}",
        f"see https://a.example/?x=1&client_secret={KEY}.", f"Server=a;Password={KEY};", f"-----BEGIN PRIVATE KEY-----\n{KEY}",
    )),
)  # fmt: skip
SCHEMA = json_schema()
KEYS = sorted(SCHEMA["properties"].keys() - {"connector"})


def written(folder: Path) -> str:
    return "\n".join(path.read_bytes().decode("utf-8", "replace") for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("key", KEYS)
def test_a_spec(key: str, here: Path) -> None:
    name, secret = PLANTS[KEYS.index(key) % len(PLANTS)]
    text = json.dumps({key: {name: secret, "a": {name: secret}}})[1:-1] + "\n"
    (here / "spec.yaml").write_text(f"{text}{CONNECTOR}", encoding="utf-8", newline="\n")
    for options in ((), ("--format", "json", "--fail-on", "never")):
        outcome = build(here / "spec.yaml", here / "output", *options)
        assert KEY not in outcome.out + outcome.err
    assert KEY not in written(here / "output")


def package(name: str, secret: str) -> tuple[dict[str, Any], dict[str, Any]]:
    note = {name: secret}
    answer = {
        "description": "OK",
        "schema": {"type": "object", "example": note, "x-a": note},
        "examples": {"application/json": note},
    }
    operation = {
        "operationId": "A",
        "summary": "A",
        "description": f"A {secret}",
        "responses": {"200": answer},
        "x-a": note,
    }
    info = {"title": "T", "version": "1.0", "description": secret, "contact": {"url": secret, **note}}
    definition = {"swagger": "2.0", "info": info, "host": "a.example", "paths": {"/a": {"get": operation}}, "x-a": note}
    return definition, {
        "properties": {"iconBrandColor": "#000000", "capabilities": [], "connectionParameters": {"a": note}, **note}
    }


@pytest.mark.parametrize(("name", "secret"), PLANTS)
def test_a_package(name: str, secret: str, here: Path) -> None:
    definition, properties = package(name, secret if name == "x-note" else f"Bearer {secret}")
    folder = here / "p"
    folder.mkdir()
    (folder / "apiDefinition.swagger.json").write_text(json.dumps(definition), encoding="utf-8")
    (folder / "apiProperties.json").write_text(json.dumps(properties), encoding="utf-8")
    (folder / "settings.json").write_text(json.dumps({"environment": "e", name: secret}), encoding="utf-8")
    outcomes = [import_(folder, here / "s"), run("validate", folder), run("validate", folder, "--format", "json")]
    assert outcomes[0].status in (0, 1)
    assert KEY not in "".join(one.out + one.err for one in outcomes)
    assert not (here / "s").exists() or KEY not in written(here / "s")
