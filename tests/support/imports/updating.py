"""A small API and the spec that its owner made of it, to be updated from changed copies of the API."""

import difflib
from collections.abc import Callable, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

from connector_builder.findings import Finding
from connector_builder.language import MAIN
from connector_builder.language.update import Updated, update_spec
from connector_builder.source.folder import InMemory
from tests.support.imports.import_one import package_of

Definition = dict[str, Any]
Change = Callable[[Definition], object]

API: Definition = {
    "swagger": "2.0",
    "info": {"title": "Pets", "description": "Keeps pets.", "version": "1.0"},
    "host": "api.pets.example",
    "basePath": "/v1",
    "schemes": ["https"],
    "paths": {
        "/pets": {
            "get": {
                "operationId": "ListPets",
                "summary": "List pets",
                "description": "Lists pets.",
                "parameters": [
                    {"name": "limit", "in": "query", "type": "integer", "required": False, "description": "How many."},
                    {"name": "kind", "in": "query", "type": "string", "required": False, "enum": ["cat", "dog"]},
                ],
                "responses": {
                    "200": {"description": "OK", "schema": {"type": "array", "items": {"$ref": "#/definitions/Pet"}}}
                },
            },
            "post": {
                "operationId": "CreatePet",
                "summary": "Create pet",
                "description": "Creates a pet.",
                "parameters": [
                    {
                        "name": "body",
                        "in": "body",
                        "required": True,
                        "schema": {
                            "type": "object",
                            "required": ["name"],
                            "properties": {"name": {"type": "string"}, "born": {"type": "string", "format": "date"}},
                        },
                    }
                ],
                "responses": {"201": {"description": "Created", "schema": {"$ref": "#/definitions/Pet"}}},
            },
        },
        "/pets/{id}": {
            "delete": {
                "operationId": "DeletePet",
                "summary": "Delete pet",
                "parameters": [
                    {"name": "id", "in": "path", "type": "string", "required": True, "x-ms-url-encoding": "single"}
                ],
                "responses": {"204": {"description": "No content"}},
            }
        },
    },
    "definitions": {
        "Pet": {
            "type": "object",
            "properties": {
                "id": {"type": "string", "description": "Its id."},
                "name": {"type": "string"},
                "owner": {"$ref": "#/definitions/Owner"},
            },
        },
        "Owner": {"type": "object", "properties": {"name": {"type": "string"}, "mail": {"type": "string"}}},
    },
}

SPEC = """\
# Pets, as we like them.
connector: {title: Pets, description: Keeps pets., version: "1.0", server: https://api.pets.example/v1}
defaults: {label: none, parameterLabel: none}
consumes: null
produces: null

actions:
  # Deleting comes first: people ask for it.
  DeletePet:
    request: DELETE /pets/{id}
    visibility: advanced  # not for everyone
    response: {status: 204, description: No content}

  ListPets:
    request: GET /pets?limit&kind
    summary: Show all pets
    description: Lists pets.
    parameters:
      limit: {type: integer, description: How many., summary: Most}
      kind:
        enum: [cat, dog]  # others are rare
    response: [Pet]

  CreatePet:
    request: POST /pets
    description: Creates a pet, and tells its owner.
    body:
      fields:
        name!: string
        born: date
    response: {status: 201, $ref: Pet}

schemas:
  # What the API knows of a pet.
  Pet:
    fields:
      id: {type: string, description: Its id., visibility: internal}
      name: string
      owner: Owner
  Owner: {fields: {name: string, mail: string}}
"""
"""What the owner made of the import of `API`: other texts, labels, visibility, order, comments."""


def changed(*changes: Change) -> Definition:
    """Returns a copy of the API with changes."""
    api = deepcopy(API)
    for change in changes:
        change(api)
    return api


def updated(new: Definition, own: Mapping[str, str] | str = SPEC, base: Definition = API) -> Updated:
    """Updates a spec in memory."""
    files = {MAIN: own} if isinstance(own, str) else own
    folder = InMemory(Path("pets"), {name: text.encode() for name, text in files.items()})
    return update_spec(folder, MAIN, package_of(deepcopy(base)), package_of(deepcopy(new)))


def diff(result: Updated) -> list[str]:
    """Returns the lines that an update removed and added, with the name of each file but the main one before them."""
    lines: list[str] = []
    for name in sorted(result.before):
        before, after = (one.get(name, b"").decode().splitlines() for one in (result.before, result.files))
        if before != after and name != MAIN:
            lines.append(name)
        lines += [line for line in list(difflib.unified_diff(before, after, n=0, lineterm=""))[2:] if line[:2] != "@@"]
    return lines


def told(findings: list[Finding]) -> list[str]:
    """Returns findings as `rule line: message`."""
    return [f"{one.rule.name} {_line(one)}: {one.message}" for one in findings]


def _line(finding: Finding) -> int:
    return finding.place.text.content.count("\n", 0, finding.place.start) + 1
