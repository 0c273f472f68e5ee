"""Exact texts: what an update of an edited spec changes for each change of its API, and what it says."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from connector_builder.language import MAIN
from connector_builder.language.update import NotUpdatable
from tests.support.imports.updating import SPEC, Definition, changed, diff, told, updated

Entries = dict[str, Any]


def operation(api: Definition, verb: str = "get") -> Entries:
    found: Entries = api["paths"]["/pets"][verb]
    return found


def described(api: Definition) -> None:
    operation(api)["description"] = "Lists all pets."


def described_like_the_owner(api: Definition) -> None:
    operation(api, "post")["description"] = "Creates one pet."


def one_more_parameter(api: Definition) -> None:
    operation(api)["parameters"].append({"name": "offset", "in": "query", "type": "integer", "required": False})


def one_parameter_less(api: Definition) -> None:
    operation(api)["parameters"].pop(0)


def another_type(api: Definition) -> None:
    operation(api)["parameters"][0]["format"] = "int64"


def one_more_value(api: Definition) -> None:
    operation(api)["parameters"][1]["enum"].append("cow")


def one_more_required_field(api: Definition) -> None:
    schema = operation(api, "post")["parameters"][0]["schema"]
    schema["required"].append("kind")
    schema["properties"]["kind"] = {"type": "string"}


def one_more_operation(api: Definition) -> None:
    parameters = [{"name": "id", "in": "path", "type": "string", "required": True, "x-ms-url-encoding": "single"}]
    responses = {"200": {"description": "OK", "schema": {"$ref": "#/definitions/Pet"}}}
    one = {"operationId": "GetPet", "summary": "Get pet", "parameters": parameters, "responses": responses}
    api["paths"]["/pets/{id}"]["get"] = one


def one_operation_less(api: Definition) -> None:
    del api["paths"]["/pets/{id}"]


def two_operations_less(api: Definition) -> None:
    one_operation_less(api)
    del api["paths"]["/pets"]["post"]


def another_path(api: Definition) -> None:
    api["paths"]["/v2/animals"] = api["paths"].pop("/pets")


def another_path_and_id(api: Definition) -> None:
    another_path(api)
    api["paths"]["/v2/animals"]["get"]["operationId"] = "ListAnimals"


def another_id(api: Definition) -> None:
    operation(api)["operationId"] = "Pets_List"


def another_verb(api: Definition) -> None:
    api["paths"]["/pets"]["put"] = api["paths"]["/pets"].pop("post")


def another_name_of_a_schema(api: Definition) -> None:
    renamed = json.loads(json.dumps(api).replace("#/definitions/Pet", "#/definitions/Animal"))
    api.update(renamed)
    api["definitions"]["Animal"] = api["definitions"].pop("Pet")


def one_more_schema(api: Definition) -> None:
    api["definitions"]["Tag"] = {"type": "string"}
    api["definitions"]["Pet"]["properties"]["tag"] = {"$ref": "#/definitions/Tag"}


def one_schema_less(api: Definition) -> None:
    del api["definitions"]["Owner"], api["definitions"]["Pet"]["properties"]["owner"]


def one_field_less(api: Definition) -> None:
    del api["definitions"]["Owner"]["properties"]["mail"]


def another_version(api: Definition) -> None:
    api["basePath"] = "/v2"
    api["info"]["version"] = "2.0"


def a_trigger(api: Definition) -> None:
    operation(api)["x-ms-trigger"] = "batch"


def a_key(api: Definition) -> None:
    api["securityDefinitions"] = {"key": {"type": "apiKey", "name": "X-Key", "in": "header"}}
    api["security"] = [{"key": []}]


def one_more_response(api: Definition) -> None:
    operation(api)["responses"]["404"] = {"description": "Gone."}


def a_strange_parameter(api: Definition) -> None:
    operation(api)["parameters"].append({"name": "a{b", "in": "query", "type": "integer"})


def another_type_of_a_field(api: Definition) -> None:
    api["definitions"]["Pet"]["properties"]["name"]["type"] = "integer"


def all_other_operations(api: Definition) -> None:
    api["paths"] = {
        f"/{name}": {"get": {"operationId": name, "summary": name, "responses": {"200": {"description": "OK"}}}}
        for name in ("A", "B")
    }


def of(text: str, old: str, new: str) -> str:
    """Returns a text in which something stands instead of something else that it has."""
    assert old in text
    return text.replace(old, new)


# Each change of the API, with the lines that the update of SPEC removes and adds, and what it says.
UPDATES: list[tuple[Callable[[Definition], None], list[str], list[str]]] = [
    (
        described,
        [
            "-    description: Lists pets.",
            "+    description: Lists all pets.",
        ],
        [
            "Updated 14: the operation 'ListPets' was changed: 'description'",
        ],
    ),
    (
        described_like_the_owner,
        [],
        [
            "UpdateConflict 26: 'description' of 'POST /pets' changed in the API and here, in different ways",
        ],
    ),
    (
        one_more_parameter,
        [
            "-    request: GET /pets?limit&kind",
            "+    request: GET /pets?limit&kind&offset",
            "+      offset: integer",
        ],
        [
            "Updated 14: the operation 'ListPets' was changed: 'parameters.offset'",
        ],
    ),
    (
        one_parameter_less,
        [
            "-    request: GET /pets?limit&kind",
            "+    request: GET /pets?kind",
            "-      limit: {type: integer, description: How many., summary: Most}",
        ],
        [
            "Updated 14: the operation 'ListPets' was changed: 'parameters.limit'",
        ],
    ),
    (
        another_type,
        [
            "-      limit: {type: integer, description: How many., summary: Most}",
            "+      limit: {type: long, description: How many., summary: Most}",
        ],
        [
            "Updated 14: the operation 'ListPets' was changed: 'parameters.limit.format'",
        ],
    ),
    (
        one_more_value,
        [
            "-        enum: [cat, dog]  # others are rare",
            "+        enum: [cat, dog, cow]  # others are rare",
        ],
        [
            "Updated 14: the operation 'ListPets' was changed: 'parameters.kind.enum'",
        ],
    ),
    (
        one_more_required_field,
        [
            "+        kind!: string",
        ],
        [
            "Updated 24: the operation 'CreatePet' was changed: 'parameters.body.kind', 'parameters.body.required'",
        ],
    ),
    (
        one_more_operation,
        [
            "+",
            "+  GetPet:",
            "+    request: GET /pets/{id}",
            "+    response: Pet",
        ],
        [
            "Updated 14: the operation 'GetPet' was added",
        ],
    ),
    (
        one_operation_less,
        [
            "-  DeletePet:",
            "-    request: DELETE /pets/{id}",
            "-    visibility: advanced  # not for everyone",
            "-    response: {status: 204, description: No content}",
        ],
        [
            "Updated 1: the operation 'DeletePet' was removed: the API doesn't have it any more",
        ],
    ),
    (
        two_operations_less,
        [
            "-  DeletePet:",
            "-    request: DELETE /pets/{id}",
            "-    visibility: advanced  # not for everyone",
            "-    response: {status: 204, description: No content}",
            "-  CreatePet:",
            "-    request: POST /pets",
            "-    description: Creates a pet, and tells its owner.",
            "-    body:",
            "-      fields:",
            "-        name!: string",
            "-        born: date",
            "-    response: {status: 201, $ref: Pet}",
            "-",
        ],
        [
            "Updated 1: the operation 'DeletePet' was removed: the API doesn't have it any more",
            "Updated 1: the operation 'CreatePet' was removed: the API doesn't have it any more",
        ],
    ),
    (
        another_path,
        [
            "-    request: GET /pets?limit&kind",
            "+    request: GET /v2/animals?limit&kind",
            "-    request: POST /pets",
            "+    request: POST /v2/animals",
        ],
        [
            "Updated 14: the operation 'ListPets' was changed: 'GET /pets' is 'GET /v2/animals' now",
            "Updated 24: the operation 'CreatePet' was changed: 'POST /pets' is 'POST /v2/animals' now",
        ],
    ),
    (
        another_path_and_id,
        [
            "-  ListPets:",
            "-    request: GET /pets?limit&kind",
            "-    summary: Show all pets",
            "+  ListAnimals:",
            "+    request: GET /v2/animals?limit&kind",
            "+    summary: List pets",
            "-      limit: {type: integer, description: How many., summary: Most}",
            "-      kind:",
            "-        enum: [cat, dog]  # others are rare",
            "+      limit: {type: integer, description: How many.}",
            "+      kind: {enum: [cat, dog]}",
            "-    request: POST /pets",
            "+    request: POST /v2/animals",
        ],
        [
            "Updated 14: the operation 'ListAnimals' was added",
            "Updated 23: the operation 'CreatePet' was changed: 'POST /pets' is 'POST /v2/animals' now",
            "Updated 1: the operation 'ListPets' was removed: the API doesn't have it any more",
        ],
    ),
    (
        another_id,
        [],
        [],
    ),
    (
        another_verb,
        [
            "-    request: POST /pets",
            "+    request: PUT /pets",
        ],
        [
            "Updated 24: the operation 'CreatePet' was changed: 'POST /pets' is 'PUT /pets' now",
        ],
    ),
    (
        another_name_of_a_schema,
        [
            "-    response: [Pet]",
            "+    response: [Animal]",
            "-    response: {status: 201, $ref: Pet}",
            "+    response: {status: 201, $ref: Animal}",
            "-  Pet:",
            "+  Animal:",
        ],
        [
            "Updated 14: the operation 'ListPets' was changed: 'responses.200.items.$ref'",
            "Updated 24: the operation 'CreatePet' was changed: 'responses.201.$ref'",
            "Updated 35: the schema 'Animal' was changed: 'Pet' is 'Animal' now",
        ],
    ),
    (
        one_more_schema,
        [
            "+      tag: Tag",
            "+  Tag: string",
        ],
        [
            "Updated 35: the schema 'Pet' was changed: 'tag'",
            "Updated 42: the schema 'Tag' was added",
        ],
    ),
    (
        one_schema_less,
        [
            "-      owner: Owner",
            "-  Owner: {fields: {name: string, mail: string}}",
        ],
        [
            "Updated 35: the schema 'Pet' was changed: 'owner'",
            "Updated 1: the schema 'Owner' was removed: the API doesn't have it any more",
        ],
    ),
    (
        one_field_less,
        [
            "-  Owner: {fields: {name: string, mail: string}}",
            "+  Owner: {fields: {name: string}}",
        ],
        [
            "Updated 40: the schema 'Owner' was changed: 'mail'",
        ],
    ),
    (
        another_version,
        [
            '-connector: {title: Pets, description: Keeps pets., version: "1.0", server: https://api.pets.example/v1}',
            '+connector: {title: Pets, description: Keeps pets., version: "2.0", server: https://api.pets.example/v2}',
        ],
        [
            "Updated 2: 'info.version' was changed",
            "Updated 2: 'basePath' was changed",
        ],
    ),
    (
        a_trigger,
        [
            "-  ListPets:",
            "-    request: GET /pets?limit&kind",
            "-    summary: Show all pets",
            "-    description: Lists pets.",
            "-    parameters:",
            "-      limit: {type: integer, description: How many., summary: Most}",
            "-      kind:",
            "-        enum: [cat, dog]  # others are rare",
            "-    response: [Pet]",
            "-",
            "+triggers:",
            "+  ListPets:",
            "+    request: GET /pets?limit&kind",
            "+    summary: Show all pets",
            "+    description: Lists pets.",
            "+    trigger: batch",
            "+    parameters:",
            "+      limit: {type: integer, summary: Most, description: How many.}",
            "+      kind: {enum: [cat, dog]}",
            "+    response: [Pet]",
            "+",
        ],
        [
            "Updated 24: the operation 'ListPets' was changed: 'x-ms-trigger'",
        ],
    ),
    (
        a_key,
        [
            "+",
            "+auth: {type: apiKey, header: X-Key, definition: key}",
        ],
        [
            "Updated 4: 'securityDefinitions' was changed",
            "Updated 4: 'security' was changed",
            "Updated 4: 'properties.connectionParameters.api_key' was changed",
        ],
    ),
    (
        one_more_response,
        [
            "+    responses: {404: Gone.}",
        ],
        [
            "Updated 14: the operation 'ListPets' was changed: 'responses.404'",
        ],
    ),
    (
        a_strange_parameter,
        [
            "+      a{b: {type: integer, required: null, in: query}",
        ],
        [
            "Updated 14: the operation 'ListPets' was changed: 'parameters.a{b'",
        ],
    ),
    (
        another_type_of_a_field,
        [
            "-      name: string",
            "+      name: integer",
        ],
        [
            "Updated 35: the schema 'Pet' was changed: 'name.type'",
        ],
    ),
    (
        all_other_operations,
        [
            "-  # Deleting comes first: people ask for it.",
            "-  DeletePet:",
            "-    request: DELETE /pets/{id}",
            "-    visibility: advanced  # not for everyone",
            "-    response: {status: 204, description: No content}",
            "-",
            "-  ListPets:",
            "-    request: GET /pets?limit&kind",
            "-    summary: Show all pets",
            "-    description: Lists pets.",
            "-    parameters:",
            "-      limit: {type: integer, description: How many., summary: Most}",
            "-      kind:",
            "-        enum: [cat, dog]  # others are rare",
            "-    response: [Pet]",
            "-",
            "-  CreatePet:",
            "-    request: POST /pets",
            "-    description: Creates a pet, and tells its owner.",
            "-    body:",
            "-      fields:",
            "-        name!: string",
            "-        born: date",
            "-    response: {status: 201, $ref: Pet}",
            "+  A: GET /A",
            "+  B: GET /B",
        ],
        [
            "Updated 8: the operation 'A' was added",
            "Updated 9: the operation 'B' was added",
            "Updated 1: the operation 'DeletePet' was removed: the API doesn't have it any more",
            "Updated 1: the operation 'ListPets' was removed: the API doesn't have it any more",
            "Updated 1: the operation 'CreatePet' was removed: the API doesn't have it any more",
        ],
    ),
]


@pytest.mark.parametrize(("change", "lines", "said"), UPDATES, ids=[change.__name__ for change, _, _ in UPDATES])
def test_what_the_api_changed(change: Callable[[Definition], None], lines: list[str], said: list[str]) -> None:
    result = updated(changed(change))
    assert (diff(result), told(result.findings)) == (lines, said)


@pytest.mark.parametrize(
    "change", [change for change, _, _ in UPDATES], ids=[change.__name__ for change, _, _ in UPDATES]
)
def test_a_second_update_changes_nothing(change: Callable[[Definition], None]) -> None:
    new = changed(change)
    text = updated(new).files.get(MAIN, SPEC.encode()).decode()
    again = updated(new, text, base=new)
    assert (again.files, again.gone, again.findings) == ({}, frozenset(), [])


POLICIES = """\
policies:
  - setHeader: {name: X-A, value: b, operations: [DeletePet, ListPets]}
  - setHeader: {name: X-B, value: c, operations: [DeletePet]}

actions:
"""

# What the owner made of the spec, and what the API changed, with the lines and findings as above.
OWNERS: dict[str, tuple[str, Callable[[Definition], object], list[str], list[str]]] = {
    "variables stay variables": (
        of(
            of(SPEC, "https://api.pets.example/v1", '"https://${HOST:-api.pets.example}/v1"'),
            "Show all",
            "Show ${WHAT}",
        ),
        another_version,
        [
            '-connector: {title: Pets, description: Keeps pets., version: "1.0", server: "https://${HOST:-api.pets.example}/v1"}',
            '+connector: {title: Pets, description: Keeps pets., version: "2.0", server: "https://${HOST:-api.pets.example}/v2"}',
        ],
        [
            "Updated 2: 'info.version' was changed",
            "Updated 2: 'basePath' was changed",
        ],
    ),
    "a variable is the owner's value": (
        of(SPEC, "Show all pets", "Show ${WHAT}"),
        lambda api: operation(api).update(summary="Pets"),
        [],
        [
            "UpdateConflict 16: 'summary' of 'GET /pets' changed in the API and here, in different ways",
        ],
    ),
    "a parameter's template stays": (
        of(
            of(SPEC, "      limit: {type: integer, description: How many., summary: Most}\n", ""),
            "actions:\n",
            "parameters:\n  limit: {type: integer, description: How many., summary: Most}\n\nactions:\n",
        ),
        another_type,
        [
            "+      limit: long",
        ],
        [
            "Updated 17: the operation 'ListPets' was changed: 'parameters.limit.format'",
        ],
    ),
    "policies forget an operation that is gone": (
        of(SPEC, "actions:\n", POLICIES),
        one_operation_less,
        [
            "-  - setHeader: {name: X-A, value: b, operations: [DeletePet, ListPets]}",
            "-  - setHeader: {name: X-B, value: c, operations: [DeletePet]}",
            "+  - setHeader: {name: X-A, value: b, operations: ListPets}",
            "-  DeletePet:",
            "-    request: DELETE /pets/{id}",
            "-    visibility: advanced  # not for everyone",
            "-    response: {status: 204, description: No content}",
        ],
        [
            "Updated 1: the operation 'DeletePet' was removed: the API doesn't have it any more",
            "Updated 2: 'properties.policyTemplateInstances' was changed",
        ],
    ),
    "order forgets an operation that is gone": (
        of(SPEC, "actions:\n", "order: [DeletePet, ListPets, /pets*]\nactions:\n"),
        one_operation_less,
        [
            "-order: [DeletePet, ListPets, /pets*]",
            "+order: [ListPets, /pets*]",
            "-  DeletePet:",
            "-    request: DELETE /pets/{id}",
            "-    visibility: advanced  # not for everyone",
            "-    response: {status: 204, description: No content}",
        ],
        [
            "Updated 1: the operation 'DeletePet' was removed: the API doesn't have it any more",
        ],
    ),
    "line ends stay": (
        of(SPEC, "\n", "\r\n"),
        one_more_parameter,
        [
            "-    request: GET /pets?limit&kind",
            "+    request: GET /pets?limit&kind&offset",
            "+      offset: integer",
        ],
        [
            "Updated 14: the operation 'ListPets' was changed: 'parameters.offset'",
        ],
    ),
    "an anchor's part is written anew": (
        of(
            SPEC, "      kind:\n        enum: [cat, dog]  # others are rare\n", "      kind: &kind {enum: [cat, dog]}\n"
        ),
        one_more_value,
        [
            "-      limit: {type: integer, description: How many., summary: Most}",
            "-      kind: &kind {enum: [cat, dog]}",
            "+      limit: {type: integer, summary: Most, description: How many.}",
            "+      kind: {enum: [cat, dog, cow]}",
        ],
        [
            "Updated 14: the operation 'ListPets' was changed: 'parameters.kind.enum'",
        ],
    ),
    "what the owner left out stays out": (
        SPEC.partition("  CreatePet:")[0] + "schemas:" + SPEC.partition("schemas:")[2],
        one_more_required_field,
        [],
        [],
    ),
    "two types": (
        of(SPEC, "      name: string\n      owner", "      name: boolean\n      owner"),
        another_type_of_a_field,
        [],
        [
            "UpdateConflict 38: 'name.type' of the schema 'Pet' changed in the API and here, in different ways",
        ],
    ),
    "a schema that the owner renamed": (
        of(of(of(SPEC, "[Pet]", "[Animal]"), "$ref: Pet", "$ref: Animal"), "  Pet:", "  Animal:"),
        one_more_schema,
        [
            "+      tag: Tag",
            "+  Tag: string",
        ],
        [
            "Updated 35: the schema 'Animal' was changed: 'tag'",
            "Updated 42: the schema 'Tag' was added",
        ],
    ),
    "an operation that the owner renamed": (
        of(SPEC, "  ListPets:", "  ShowPets:"),
        described,
        [
            "-    description: Lists pets.",
            "+    description: Lists all pets.",
        ],
        [
            "Updated 14: the operation 'ShowPets' was changed: 'description'",
        ],
    ),
    "an operation that the owner added": (
        of(SPEC, "  CreatePet:", "  CountPets: GET /pets/count\n\n  CreatePet:"),
        one_operation_less,
        [
            "-  DeletePet:",
            "-    request: DELETE /pets/{id}",
            "-    visibility: advanced  # not for everyone",
            "-    response: {status: 204, description: No content}",
        ],
        [
            "Updated 1: the operation 'DeletePet' was removed: the API doesn't have it any more",
        ],
    ),
    "a path that the owner changed": (
        of(SPEC, "GET /pets?limit", "GET /animals?limit"),
        one_more_parameter,
        [
            "-    request: GET /animals?limit&kind",
            "+    request: GET /animals?limit&kind&offset",
            "+      offset: integer",
        ],
        [
            "Updated 14: the operation 'ListPets' was changed: 'parameters.offset'",
        ],
    ),
    "a sample that the owner wrote": (
        of(SPEC, "response: [Pet]", "response: {sample: [{id: a, name: b}]}"),
        lambda api: operation(api).update(tags=["Pets"]),
        [
            "+    tags: [Pets]",
        ],
        [
            "Updated 14: the operation 'ListPets' was changed: 'tags'",
        ],
    ),
}


@pytest.mark.parametrize("name", OWNERS)
def test_what_the_owner_made_of_it(name: str) -> None:
    own, change, lines, said = OWNERS[name]
    result = updated(changed(change), own)
    assert (diff(result), told(result.findings)) == (lines, said)


FOLDER = {
    MAIN: SPEC.partition("actions:\n")[0] + "order: [DeletePet, ListPets]\n",
    "actions/delete.yaml": 'DeletePet: {request: "DELETE /pets/{id}", response: {status: 204, description: No content}}\n',
    "actions/pets.yaml": """\
# All about pets.
ListPets:
  request: GET /pets?limit&kind
  parameters: {limit: integer, kind: {enum: [cat, dog]}}
  response: [Pet]
""",
    "schemas/all.yaml": """\
Pet:
  fields:
    id: string
    name: string
    owner: Owner
Owner: {fields: {name: string, mail: string}}
""",
}
"""A spec whose owner moved its parts to files."""


def test_a_folder() -> None:
    result = updated(changed(one_more_value, one_more_operation, one_more_schema), FOLDER)
    assert (diff(result), result.gone) == (
        [
            "actions/delete.yaml",
            "+",
            "+GetPet:",
            "+  request: GET /pets/{id}",
            "+  response: Pet",
            "actions/pets.yaml",
            "-  parameters: {limit: integer, kind: {enum: [cat, dog]}}",
            "+  parameters: {limit: integer, kind: {enum: [cat, dog, cow]}}",
            "schemas/all.yaml",
            "+    tag: Tag",
            "+Tag: string",
        ],
        frozenset(),
    )


def test_a_file_that_is_left_empty_goes() -> None:
    result = updated(changed(one_operation_less), FOLDER)
    assert (diff(result), result.gone) == (
        [
            "actions/delete.yaml",
            "-" + FOLDER["actions/delete.yaml"].rstrip(),
            "-order: [DeletePet, ListPets]",
            "+order: [ListPets]",
        ],
        frozenset({"actions/delete.yaml"}),
    )


def test_an_operation_whose_contract_the_owner_changed_stays() -> None:
    own = of(SPEC, "DELETE /pets/{id}", "DELETE /pets/{id}?force:boolean")
    result = updated(changed(one_operation_less), own)
    said = ["UpdateConflict 9: 'DELETE /pets/{id}' changed in the API and here, in different ways"]
    assert (diff(result), told(result.findings)) == ([], said)


def test_plain_swagger() -> None:
    plain = """\
paths:
  /pets/{id}:
    delete:
      operationId: DeletePet
      summary: Delete pet
      parameters:
        - {name: id, in: path, required: true, type: string, x-ms-url-encoding: single}
      responses: {"204": {description: No content}}  # nothing
"""
    head, _, rest = SPEC.partition("  # Deleting")
    own = head + rest[rest.index("  ListPets:") :] + plain

    def change(api: Definition) -> None:
        api["paths"]["/pets/{id}"]["delete"]["responses"]["204"]["description"] = "Gone"
        api["paths"]["/pets/{id}"]["delete"]["tags"] = ["Pets"]

    result = updated(changed(change), own)
    assert diff(result) == [
        "+      tags: [Pets]",
        '-      responses: {"204": {description: No content}}  # nothing',
        '+      responses: {"204": {description: Gone}}  # nothing',
    ]


@pytest.mark.parametrize(
    ("own", "change", "message"),
    [
        (
            "{connector: {title: Pets, version: '1.0', server: 'https://api.pets.example/v1'}, actions: {ListPets: GET /pets}}",
            one_more_operation,
            "what changed can't be written into this spec: the layout of a file",
        ),
        (of(SPEC, "visibility: advanced", "visibility: [1]"), described, "the spec has errors, so nothing is updated"),
        (of(SPEC, "[Pet]", "[Pets]"), described, "the spec has errors, so nothing is updated"),
        ("", described, "the spec has errors, so nothing is updated"),
        ("connector: {", described, "the spec has errors, so nothing is updated"),
    ],
    ids=range(5),
)
def test_what_is_refused(own: str, change: Callable[[Definition], None], message: str) -> None:
    with pytest.raises(NotUpdatable) as caught:
        updated(changed(change), own)
    assert (str(caught.value), caught.value.findings[0].rule.name) == (message, "NotUpdatable")
