"""Updates of operations whose failures the spec says once, in `defaults.responses`."""

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from connector_builder.language import MAIN, Variables, compile_folder
from connector_builder.language.decompile import import_package
from connector_builder.language.update import update_spec
from connector_builder.source.folder import InMemory
from tests.support.imports.import_one import package_of

Definition = dict[str, Any]
VERBS = ("get", "put", "delete", "post")


def failure(code: str | None) -> dict[str, Any]:
    found: dict[str, Any] = {"description": "The request isn't valid.", "schema": {"$ref": "#/definitions/Failure"}}
    return found if code is None else {**found, "examples": {"application/json": {"code": code}}}


def api(*codes: str | None) -> Definition:
    """An API whose operations fail with these codes in their examples."""
    item = {
        verb: {
            "operationId": f"{verb.title()}Order",
            "summary": f"{verb.title()} order",
            "responses": {"200": {"description": "OK"}, "400": failure(code)},
        }
        for verb, code in zip(VERBS, codes, strict=False)
    }
    definitions = {"Failure": {"type": "object", "properties": {"code": {"type": "string"}}}}
    info = {"title": "Orders", "description": "Keeps orders.", "version": "1.0"}
    return {
        "swagger": "2.0",
        "info": info,
        "host": "api.orders.example",
        "paths": {"/orders": item},
        "definitions": definitions,
    }


def added(definition: Definition) -> None:
    definition["paths"]["/orders/new"] = {"post": {**definition["paths"]["/orders"]["put"], "operationId": "AddOrder"}}


def other_examples(definition: Definition) -> None:
    for one in definition["paths"]["/orders"].values():
        one["responses"]["400"]["examples"] = {"application/json": {"code": "other"}}


def other_description(definition: Definition) -> None:
    for one in definition["paths"]["/orders"].values():
        one["responses"]["400"]["description"] = "The order isn't valid."


def removed(definition: Definition) -> None:
    del definition["paths"]["/orders"]["put"]


@pytest.mark.parametrize("change", [added, other_examples, other_description, removed])
@pytest.mark.parametrize(
    "codes",
    [(None, "one", None, None), ("one", "one", "one", "one"), ("one", "two", "two"), (None, None, None, None)],
    ids=["one-example", "same-examples", "own-examples", "no-examples"],
)
def test_the_spec_builds_the_changed_failures(
    codes: tuple[str | None, ...], change: Callable[[Definition], None]
) -> None:
    before = api(*codes)
    after = deepcopy(before)
    change(after)
    files = import_package(package_of(before)).files
    updated = update_spec(InMemory(Path("imported"), files), MAIN, package_of(before), package_of(after))
    folder = InMemory(Path("imported"), {**files, **updated.files})
    built = compile_folder(folder, MAIN, Variables()).package
    assert built is not None
    assert built.definition["paths"] == after["paths"]
