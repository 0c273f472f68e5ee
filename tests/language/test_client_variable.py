"""The variable that a spec's client id is."""

from pathlib import Path

import pytest

from connector_builder.language import MAIN, Variables, compile_folder
from connector_builder.source.folder import InMemory

AUTH = "auth: {type: aad, resource: https://a.example/, clientId: %s}"
SETS = "auth: {sets: [{name: key, type: apiKey, header: X}, {name: me, type: github, clientId: %s}]}"


@pytest.mark.parametrize("auth", [AUTH, SETS])
@pytest.mark.parametrize(
    ("written", "variable"),
    [('"${A_B:-x}"', "A_B"), ("'${A}'", "A"), ('"${A}-x"', ""), ("abc", ""), ('"$${A}"', "")],
)
def test_the_variable_of_a_client_id(auth: str, written: str, variable: str) -> None:
    spec = f"connector: {{title: A, server: https://a.example}}\n{auth % written}\nactions: {{A: GET /a}}\n"
    reading = compile_folder(InMemory(Path("spec"), {MAIN: spec.encode()}), MAIN, Variables({"A": "1"}))
    assert reading.package is not None
    assert reading.package.client_variable == variable
