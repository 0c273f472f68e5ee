"""null at every key of the language: it takes a derived or inherited value away, or is refused. It is never ignored."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from connector_builder.language import Variables, compile_spec
from connector_builder.language.tables.forms import Key
from connector_builder.language.tables.nulls import refuses_null
from connector_builder.language.tables.top import OBJECTS, form

Spec = dict[str, Any]
CONNECTOR: Spec = {"title": "Orders", "server": "https://api.contoso.example"}
OAUTH: Spec = {
    "type": "oauth2",
    "clientId": "abc",
    "authorizationUrl": "https://login.contoso.example/authorize",
    "tokenUrl": "https://login.contoso.example/token",
}
AAD: Spec = {"type": "aad", "clientId": "abc", "resource": "https://orders.contoso.example/"}
BODY: Spec = {"fields": {"callback!": "string"}}
FIELD: Spec = {"type": "datetime", "summary": "A", "required": True, "visibility": "advanced", "description": "An a."}


def operation(**keys: Any) -> Spec:
    return {"actions": {"A": {"request": "POST /a?q", **keys}}}


def webhook(**keys: Any) -> Spec:
    return {"triggers": {"T": {"request": "POST /t", "body": BODY, "webhook": {"callback": "callback", **keys}}}}


def polling(**keys: Any) -> Spec:
    return {"triggers": {"T": {"request": "GET /t?since", "polling": {"state": {"since": "@{utcNow()}"}, **keys}}}}


COMMON: Spec = {"defaults": {"operation": {"produces": ["text/csv"], "consumes": ["text/csv"], "tags": ["T"]}}}
PLACES: dict[str, tuple[Callable[[Spec], Spec], ...]] = {
    "spec": (lambda keys: {"auth": {"type": "basic"}, **keys},),
    "connector": (lambda keys: {"connector": {**CONNECTOR, **keys}},),
    "solution": (lambda keys: {"connector": {**CONNECTOR, "solution": keys}},),
    "solutionPublisher": (lambda keys: {"connector": {**CONNECTOR, "solution": {"publisher": keys}}},),
    "environmentVariable": (lambda keys: {"environmentVariables": {"acme_Host": keys}},),
    "auth": (
        lambda keys: {"auth": {**AAD, **keys}},
        lambda keys: {"auth": {**OAUTH, **keys}},
        lambda keys: {"auth": {**OAUTH, "type": "oauth2generic", **keys}},
    ),
    "authSet": (
        lambda keys: {"auth": {"sets": [{"name": "a", **AAD, **keys}]}},
        lambda keys: {"auth": {"sets": [{"name": "a", **OAUTH, **keys}]}},
        lambda keys: {"auth": {"sets": [{"name": "a", **OAUTH, "type": "oauth2generic", **keys}]}},
    ),
    "connection": (lambda keys: {"connection": {"region": keys}},),
    "connectionParameter": (lambda keys: {"auth": {"type": "apiKey", "header": "X-Key", "parameter": keys}},),
    "redirect": (lambda keys: {"auth": {**OAUTH, "redirect": keys}},),
    "defaults": (lambda keys: {"defaults": keys, "actions": {"A": "PUT /a/{b}"}},),
    "bodyDefault": (lambda keys: {"defaults": {"body": keys}, **operation(body=BODY)},),
    "mcp": (lambda keys: {"mcp": {"request": "POST /mcp", **keys}, **COMMON},),
    "script": (lambda keys: {"script": {"file": "script.csx", **keys}},),
    "settings": (lambda keys: {"settings": keys},),
    "operation": (lambda keys: {**operation(**keys), **COMMON}, lambda keys: operation(form={"f": "file"}, **keys)),
    "unsubscribe": (lambda keys: {**webhook(unsubscribe={"request": "DELETE /t/{id}", **keys}), **COMMON},),
    "webhook": (lambda keys: webhook(**keys),),
    "polling": (lambda keys: polling(**keys),),
    "body": (lambda keys: operation(body={"type": "string", **keys}),),
    "response": (lambda keys: operation(response={"type": "string", **keys}),),
    "sharedResponse": (lambda keys: {"components": {"responses": {"R": {"type": "string", **keys}}}},),
    "schema": (lambda keys: {"fields": {"a": FIELD}, "schemas": {"S": {"fields": {"a": keys}}}},),
    "parameter": (
        lambda keys: operation(parameters={"q": keys}),
        lambda keys: {"parameters": {"q": FIELD}, **operation(parameters={"q": keys})},
    ),
    "template": (lambda keys: {"parameters": {"q": keys}, **operation()},),
    "header": (lambda keys: operation(response={"type": "string", "headers": {"H": keys}}),),
    "component": (lambda keys: {"components": {"parameters": {"P": {"name": "p", "in": "path", **keys}}}},),
    "dynamicValues": (
        lambda keys: operation(parameters={"q": {"dynamicValues": {"operation": "A", "value": "id", **keys}}}),
    ),
    "dynamicSchema": (lambda keys: operation(body={"dynamicSchema": {"operation": "A", **keys}}),),
    "listOperation": (
        lambda keys: {
            "dynamicValues": {"A": {"value": "id", **keys}},
            **operation(parameters={"q": {"dynamicValues": "A"}}),
        },
    ),
    "schemaOperation": (lambda keys: {"dynamicSchema": {"A": keys}, **operation(body={"dynamicSchema": "A"})},),
}
"""The specs with the keys of an object, by its name. A policy has the same place for all of its templates."""


def places(name: str) -> tuple[Callable[[Spec], Spec], ...]:
    if not name.startswith("policy "):
        return PLACES[name]
    needed = {key.name: key.example for key in OBJECTS[name].keys.values() if key.required}
    return (lambda keys: {"policies": [{name.removeprefix("policy "): {**needed, **keys}}]},)


def built(folder: Path, spec: Spec) -> tuple[list[str], str]:
    """Returns the messages and the documents of a spec."""
    path = folder / "spec.yaml"
    path.write_text(yaml.safe_dump({"connector": CONNECTOR, **spec}, sort_keys=False), encoding="utf-8")
    (folder / "script.csx").write_text("public class Script : ScriptBase {}\n", encoding="utf-8")
    reading = compile_spec(path, Variables())
    assert reading.package is not None
    package = reading.package
    documents = [package.definition, package.properties, package.settings]
    return [finding.message for finding in reading.findings], json.dumps(documents, sort_keys=True)


def with_default() -> list[Any]:
    found = []
    for name, item in OBJECTS.items():
        for key in item.keys.values():
            if not key.without or key.without in ("none", "nothing", "nothing is described", "false", "all operations"):
                continue
            found.append(pytest.param(name, key, id=f"{name}.{key.name}"))
    return found


@pytest.mark.exhaustive
@pytest.mark.parametrize(("name", "key"), with_default())
def test_null_takes_a_default_away_or_is_refused(name: str, key: Key, tmp_path: Path) -> None:
    without = [built(tmp_path, place({})) for place in places(name)]
    with_null = [built(tmp_path, place({key.name: None})) for place in places(name)]
    refused = f"'{key.name}' can't be null"
    if refuses_null(key, form(key.form)):
        assert all(refused in messages for messages, _ in with_null)
    elif key.name == "icon":  # a picture is no document
        assert with_null == without
    else:
        assert not any(refused in messages for messages, _ in with_null)
        assert any(documents != before for (_, documents), (_, before) in zip(with_null, without, strict=True))


@pytest.mark.parametrize("key", ["type", "format", "description", "summary", "required", "visibility"])
def test_null_takes_away_what_a_field_inherits(key: str, tmp_path: Path) -> None:
    spec = PLACES["schema"][0]
    _, inherited = built(tmp_path, spec({}))
    assert built(tmp_path, spec({key: None}))[1] != inherited


def test_null_at_items_and_reference_is_none(tmp_path: Path) -> None:
    for name in ("schema", "parameter", "header"):
        for place in PLACES[name]:
            assert built(tmp_path, place({"items": None})) == built(tmp_path, place({}))
            if name != "header":
                assert built(tmp_path, place({"$ref": None})) == built(tmp_path, place({}))
