"""Secrets that only a name beside them or above them shows: no command that shows a connector in other words prints or writes one."""

import base64
import json
import re
import zlib
from pathlib import Path
from typing import Any

import pytest

from tests.support.hostile.hostile_cli import Outcome, run
from tests.support.hostile.plants import MARK, written

pytestmark = pytest.mark.no_cover  # other tests reach the same


class Plants:
    """Gives each secret a number of its own."""

    def __init__(self) -> None:
        self.planted = 0

    def __call__(self, form: str = "{}") -> str:
        self.planted += 1
        return form.format(f"hunter2X{self.planted:03}bXq81vTz")


def response(new: Plants) -> dict[str, Any]:
    sample = {
        "height": 1,
        "session": {"client_secret": new(), "list": [{"apiKey": new()}]},
        "link": new("a.example/?sig={}"),
    }
    properties = {
        "height": {"type": "number", "x-ms-summary": "Height"},
        "password": {"type": "string", "default": new(), "x-ms-summary": "Password"},
        "place": {"type": "string", "default": new("Bearer {}"), "enum": [new("Bearer {}"), "b"]},
    }
    return {
        "description": "Fine.",
        "schema": {"type": "object", "properties": properties},
        "examples": {"application/json": sample},
    }


def definition(new: Plants) -> dict[str, Any]:
    """Returns a definition with secrets in parameters, bodies, answers and samples, and where a text is cut."""
    parameters = [
        {"name": "X-Api-Key", "in": "header", "type": "string", "default": new(), "x-ms-summary": "Key"},
        {"name": "code", "in": "query", "type": "string", "default": new(), "x-ms-summary": "Code"},
        {
            "name": "place",
            "in": "query",
            "type": "string",
            "description": f"{'long ' * 28}{new('https://user:{}@a.example')}",
        },
    ]
    body = {"type": "object", "properties": {"client_secret": {"type": "string", "default": new(), "title": "Secret"}}}
    return {
        "swagger": "2.0",
        "info": {"title": new("Tides sk_live_{}"), "version": new("Bearer {}"), "description": new("Tells the tides, password={}")},
        "host": "tides.example",
        "basePath": "/",
        "schemes": ["https"],
        "consumes": ["application/json"],
        "produces": ["application/json"],
        "paths": {
            "/tides": {
                "get": {
                    "operationId": "GetTides", "summary": "Get tides", "description": new("Gets Bearer {}"), "tags": [new("sk_live_{}")],
                    "parameters": parameters, "responses": {"200": response(new)},
                },
                "put": {
                    "operationId": "PutTides", "summary": "Put tides", "description": "Puts the tides.",
                    "parameters": [{"name": "body", "in": "body", "schema": body}], "responses": {"200": response(new)},
                },
            }
        },
    }  # fmt: skip


def package(folder: Path, definition: dict[str, Any]) -> None:
    folder.mkdir()
    (folder / "apiDefinition.swagger.json").write_text(written(definition), encoding="utf-8", newline="\n")
    properties = {"properties": {"connectionParameters": {}, "iconBrandColor": "#123456", "capabilities": []}}
    (folder / "apiProperties.json").write_text(written(properties), encoding="utf-8", newline="\n")


def leaks(text: str) -> list[str]:
    for packed in re.findall(r'"packed":"([^"]+)"', text):
        text += zlib.decompress(base64.b64decode(packed)).decode()
    return [line for line in text.splitlines() if MARK in line.lower()]


SHOWN = {
    "view": ["view", "p"],
    "view as JSON": ["view", "p", "--format", "json"],
    "docs": ["docs", "p", "-o", "docs", "--format", "markdown", "--format", "html", "--jobs", "1"],
    "preview": ["preview", "p", "--html", "p.html"],
    "list": ["import", "p", "--list"],
    "list as JSON": ["import", "p", "--list", "--format", "json"],
    "explain": ["explain", "AADSTS700016", "AADSTS50011", "--spec", "p"],
    "register": ["register", "p"],
    "diff": ["diff", "p", "q", "--suggest"],
    "diff as JSON": ["diff", "p", "q", "--suggest", "--format", "json"],
    "diff as Markdown": ["diff", "q", "p", "--suggest", "--format", "markdown"],
    "limits": ["validate", "p", "--limits", "--jobs", "1"],
}


@pytest.fixture
def packages(here: Path) -> Plants:
    """Writes two versions of a package, the second with what breaks flows."""
    new = Plants()
    made = definition(new)
    package(here / "p", made)
    for verb in ("get", "put"):
        operation = made["paths"]["/tides"][verb]
        del operation["responses"]["200"]["schema"]["properties"]["height"]
        operation["parameters"][0]["required"] = True
    package(here / "q", made)
    return new


@pytest.mark.parametrize("name", SHOWN)
def test_nothing_shows_a_secret(packages: Plants, here: Path, name: str) -> None:
    assert packages.planted == 21
    before = {path for path in here.rglob("*") if path.is_file()}
    outcome: Outcome = run(*SHOWN[name])
    assert outcome.status in (0, 1)
    assert leaks(outcome.out) + leaks(outcome.err) == []
    for path in here.rglob("*"):
        if path.is_file() and path not in before:
            assert (path.name, leaks(path.read_text(encoding="utf-8", errors="replace"))) == (path.name, [])


SPEC = """connector: {title: Tides, description: Tells the tides., server: https://tides.example}
actions:
  GetTide:
    request: GET /tides?%s
    description: Gets the tide.
    parameters:
      api_key: {default: REDACTED}
"""


def test_a_difference_shows_no_secret(here: Path) -> None:
    spec, built = here / "tides.yaml", here / "output/tides/apiDefinition.swagger.json"
    spec.write_text(SPEC % "place&api_key", encoding="utf-8", newline="\n")
    assert run("build", "tides.yaml", "-q").status == 0
    there = json.loads(built.read_text(encoding="utf-8"))
    [key] = [one for one in there["paths"]["/tides"]["get"]["parameters"] if one["name"] == "api_key"]
    key["default"] = "hunter2X001bXq81vTz"  # somebody wrote it there since
    built.write_text(json.dumps(there, indent=2) + "\n", encoding="utf-8", newline="\n")
    outcome = run("build", "tides.yaml", "--check")
    assert outcome.status == 1
    defaults = [line.replace(" ", "") for line in outcome.out.splitlines() if '"default"' in line]
    assert defaults == ['-"default":"*******************",', '+"default":"REDACTED",']
    assert leaks(outcome.out) == []
    spec.write_text(
        SPEC % "place&api_key&wind" + "# \n# client_secret: hunter2X002bXq81vTz\n", encoding="utf-8", newline="\n"
    )
    added = run("add", "tides.yaml", "GET https://tides.example/winds", "--diff")
    assert leaks(added.out) == []
