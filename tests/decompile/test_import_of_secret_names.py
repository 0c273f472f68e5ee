"""Fields that are named like secrets: their descriptions are no secrets, and a spec that contains them isn't refused."""

from typing import Any

import pytest

from connector_builder.findings import Text
from connector_builder.language.decompile import import_package
from connector_builder.language.rules import SECRET_IN_SPEC
from connector_builder.source.yaml_reader import read_yaml
from tests.support.imports.import_one import PATH, built, package_of


def api(description: str) -> dict[str, Any]:
    fields = {"id": {"type": "integer"}, "user_password": {"type": "string", "description": description}}
    answer = {"description": "OK", "schema": {"type": "object", "properties": fields}}
    return {
        "swagger": "2.0",
        "info": {"title": "Orders", "description": "Keeps orders.", "version": "1.0"},
        "host": "api.orders.example",
        "paths": {"/users": {"get": {"operationId": "GetUser", "summary": "Get user", "responses": {"200": answer}}}},
    }


@pytest.mark.parametrize(
    ("description", "above"),
    [
        ("The password of the user.", False),
        ("Is .", False),
        ("The password, at least 8 characters.", True),
        ("Must match [a-z]+ 3 times", True),
    ],
)
def test_fields_has_them_where_they_would_read_as_secrets(description: str, above: bool) -> None:
    before = package_of(api(description))
    imported = import_package(before)
    assert not [finding for finding in imported.reading.findings if finding.rule is SECRET_IN_SPEC]
    assert built(imported).definition == before.definition
    root = read_yaml(Text(PATH, imported.files["connector.yaml"].decode())).root
    assert root is not None
    response = root.entries["actions"].entries["GetUser"].entries["response"]
    assert ("fields" in response.entries) is above
