"""The top level of real connectors: nothing lost, and little in the platform's own words.

CONNECTOR_CORPUS names a folder with a folder for each connector.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from connector_builder.language.decompile.connector import top_sections
from connector_builder.package import Package
from connector_builder.package.read import read_package
from connector_builder.package.secrets import without_secrets
from connector_builder.platform.operations import VERBS
from tests.support.top_level import build

CORPUS = os.environ.get("CONNECTOR_CORPUS")
pytestmark = pytest.mark.skipif(not CORPUS, reason="CONNECTOR_CORPUS names no folder of connectors")
_ELSEWHERE = ("paths", "definitions", "parameters", "responses", "swagger")
_EMPTY_IS_NONE = ("securityDefinitions", "security", "tags", "consumes", "produces")


def connectors() -> Iterator[Package]:
    for folder in sorted(Path(CORPUS or "").iterdir()):
        package = read_package(folder).package
        if package is not None and isinstance(package.definition, dict):
            yield package


def operations(definition: dict[str, Any]) -> dict[str, Any]:
    """Operations of the same ids, which return pages by the same names."""
    out: dict[str, Any] = {}
    for item in definition["paths"].values():
        for verb, one in item.items():
            if verb in VERBS and isinstance(one, dict) and "operationId" in one:
                pages = {"pageable": name} if (name := (one.get("x-ms-pageable") or {}).get("nextLinkName")) else {}
                out[one["operationId"]] = {"request": f"GET /x{len(out)}", **pages}
    return out


def top(definition: dict[str, Any]) -> str:
    parts = {key: part for key, part in definition.items() if key not in _ELSEWHERE}
    return json.dumps({key: part for key, part in parts.items() if part or key not in _EMPTY_IS_NONE}, sort_keys=True)


def test_nothing_is_lost_and_little_stands_in_the_platforms_words() -> None:
    count, plain = 0, []
    for package in connectors():
        spec = top_sections(package.definition, package.properties, script=False, polling=())
        again = build({"connector": None, **spec, "actions": operations(package.definition)})
        assert top(again.definition) == top(package.definition), package.name
        if package.properties is not None:
            wanted, made = without_secrets(package.properties), again.properties
            assert json.dumps(made, sort_keys=True) == json.dumps(wanted, sort_keys=True), package.name
            assert json.dumps(top_sections(again.definition, made, script=False, polling=())) == json.dumps(spec)
        count += 1
        over = dict(spec.get("properties") or {})
        over.pop("scriptOperations", None)  # the script itself is left out here
        if over or spec.get("auth") == {"type": "raw"}:
            plain.append(package.name)
    assert count
    assert len(plain) <= count / 25, plain
