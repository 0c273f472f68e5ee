"""The top level of real connectors: nothing lost, and little in the platform's own words."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from connector_builder.language.decompile.choices.operations import media_types_of
from connector_builder.language.decompile.connector.connector import top_sections
from connector_builder.package import Package
from connector_builder.package.read import read_package
from connector_builder.package.secrets import without_secrets
from connector_builder.platform.swagger.operations import VERBS
from tests.support.corpus import PARTS, connectors, needs_corpus
from tests.support.imports.top_level import build
from tests.support.once import once, run_folder

pytestmark = [needs_corpus, pytest.mark.no_cover]
_ELSEWHERE = ("paths", "definitions", "parameters", "responses", "swagger")
_EMPTY_IS_NONE = ("securityDefinitions", "security", "tags", "consumes", "produces")


def packages(part: int) -> Iterator[Package]:
    for folder in connectors(part):
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


def in_the_platforms_words(part: int, factory: pytest.TempPathFactory) -> dict[str, bool]:
    """A part of the corpus, taken there and back once a run: by name, whether its top level is partly in the platform's words."""

    def take() -> dict[str, bool]:
        return {package.name: _plain(package) for package in packages(part)}

    found: dict[str, bool] = once(run_folder(factory), f"top-{part}", take)
    return found


def _plain(package: Package) -> bool:
    spec = top_sections(package.definition, package.properties, script=False, polling=())
    # Which media types there are for all operations is a default, which is chosen elsewhere.
    defaults = {"defaults": {"mediaTypes": media_types_of(package.definition)}}
    again = build({"connector": None, **spec, **defaults, "actions": operations(package.definition)})
    assert top(again.definition) == top(package.definition), package.name
    if package.properties is not None:
        wanted, made = without_secrets(package.properties), again.properties
        assert json.dumps(made, sort_keys=True) == json.dumps(wanted, sort_keys=True), package.name
        assert json.dumps(top_sections(again.definition, made, script=False, polling=())) == json.dumps(spec)
    over = dict(spec.get("properties") or {})
    over.pop("scriptOperations", None)  # the script itself is left out here
    return bool(over) or spec.get("auth") == {"type": "raw"}


@pytest.mark.parametrize("part", PARTS)
def test_nothing_is_lost(part: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert in_the_platforms_words(part, tmp_path_factory)


def test_little_stands_in_the_platforms_words(tmp_path_factory: pytest.TempPathFactory) -> None:
    found = {name: plain for part in PARTS for name, plain in in_the_platforms_words(part, tmp_path_factory).items()}
    plain = [name for name, is_plain in found.items() if is_plain]
    assert len(plain) <= len(found) / 25, plain
