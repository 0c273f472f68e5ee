"""Packages that multiply what they say: each case makes one of any size, whose parts repeat one another."""

import json
from collections.abc import Callable
from typing import Any

Parts = dict[str, Any]
Make = Callable[[int], tuple[Parts, Parts]]
"""Makes a definition and what apiProperties say under `properties`, of a size."""


def _names(count: int, name: str = "name") -> list[str]:
    return [f"{name}{number}" for number in range(count)]


def _reference(section: str, name: str) -> Parts:
    return {"$ref": f"#/{section}/{name}"}


def _operation(number: int, **said: Any) -> Parts:
    responses = {"200": {"description": "It worked.", "schema": {"type": "string"}}}
    return {"operationId": f"Tide{number}", "summary": f"Tide {number}", "responses": responses, **said}


def _answered(number: int, name: str) -> Parts:
    answer = {"description": "It worked.", "schema": _reference("definitions", name)}
    return _operation(number, responses={"200": answer})


def _sent(number: int, name: str) -> Parts:
    body = {"name": "body", "in": "body", "schema": _reference("definitions", name)}
    return _operation(number, parameters=[body])


def _definition(operations: list[Parts], **sections: Any) -> Parts:
    info = {"title": "Tides", "version": "1.0", "description": "Shows tides."}
    paths = {f"/tides/{number}": {"post": one} for number, one in enumerate(operations)}
    return {"swagger": "2.0", "info": info, "host": "a.example", "schemes": ["https"], "paths": paths, **sections}


def _fields(names: list[str], **said: Any) -> Parts:
    return {"type": "object", "properties": {name: {"type": "string"} for name in names}, **said}


def _query(name: str, **said: Any) -> Parts:
    return {"name": name, "in": "query", "type": "string", **said}


def _policy(number: int, operations: list[str]) -> Parts:
    named = {"x-ms-apimTemplate-operationName": operations, "x-ms-apimTemplateParameter.name": f"X-{number}"}
    return {"templateId": "setheader", "title": "Header", "parameters": named}


def _chain(count: int, link: Callable[[int], Parts]) -> Parts:
    return {f"Tide{number}": link(number) for number in range(count)} | {f"Tide{count}": _fields(["place"])}


CASES: dict[str, Make] = {
    "operations": lambda n: (_definition([_operation(number) for number in range(n)]), {}),
    "shared parameter with choices": lambda n: (
        _definition(
            [_operation(number, parameters=[_reference("parameters", "place")]) for number in range(n)],
            parameters={"place": _query("place", enum=_names(n), **{"x-ms-summary": "Place"})},
        ),
        {},
    ),
    "shared parameters": lambda n: (
        _definition(
            [_operation(one, parameters=[_reference("parameters", f"name{one}")]) for one in range(n)],
            parameters={name: _query(name) for name in _names(n)},
        ),
        {},
    ),
    "shared responses": lambda n: (
        _definition(
            [_operation(one, responses={"200": _reference("responses", f"name{one}")}) for one in range(n)],
            responses={name: {"description": "It worked."} for name in _names(n)},
        ),
        {},
    ),
    "equal parameters": lambda n: (_definition([_operation(0, parameters=[_query("place")] * n)]), {}),
    "text of a field": lambda n: (
        _definition(
            [_answered(number, "Tide") for number in range(n)],
            definitions={
                "Tide": {"type": "object", "properties": {"a": {"type": "string", "description": "tide " * 50 * n}}}
            },
        ),
        {},
    ),
    "name around fields": lambda n: (
        _definition(
            [_answered(number, "Tide") for number in range(n)],
            definitions={
                "Tide": {"type": "object", "properties": {"tide" * 50 * n: _fields(_names(n), title="tide " * 50 * n)}}
            },
        ),
        {},
    ),
    "fields of a body": lambda n: (
        _definition([_sent(number, "Tide") for number in range(n)], definitions={"Tide": _fields(_names(n))}),
        {},
    ),
    "chain of schemas": lambda n: (
        _definition(
            [_answered(number, f"Tide{number}") for number in range(n)],
            definitions=_chain(
                n, lambda one: {"type": "object", "properties": {"a": _reference("definitions", f"Tide{one + 1}")}}
            ),
        ),
        {},
    ),
    "chain of allOf": lambda n: (
        _definition(
            [_sent(number, f"Tide{number}") for number in range(n)],
            definitions=_chain(
                n, lambda one: {"allOf": [_reference("definitions", f"Tide{one + 1}"), _fields([f"a{one}"])]}
            ),
        ),
        {},
    ),
    "media types": lambda n: (
        _definition([_operation(number) for number in range(n)], produces=_names(n, "application/tide")),
        {},
    ),
    "equal ids": lambda n: (_definition([_operation(0) for _ in range(n)]), {}),
    "policies": lambda n: (
        _definition([_operation(number) for number in range(n)]),
        {"policyTemplateInstances": [_policy(number, [f"Tide{number}"]) for number in range(n)]},
    ),
}
"""Every case by name."""


def contents(made: tuple[Parts, Parts], *, changed: bool = False) -> dict[str, bytes]:
    """Returns the files of a package by name; with `changed`, one whose texts are numbers and that breaks what uses it."""
    definition, properties = made
    said = json.dumps(definition)
    said = said.replace('"string"', '"integer"') if changed else said
    rest = {"properties": {"connectionParameters": {}, **properties}}
    return {"apiDefinition.swagger.json": said.encode(), "apiProperties.json": json.dumps(rest).encode()}
