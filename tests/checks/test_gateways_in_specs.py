"""What a gateway can't do is told where the spec asks for it."""

from pathlib import Path

import pytest

from connector_builder.app.shared.read import check
from connector_builder.app.shared.targets import Kind, Target
from connector_builder.checks.engine import Certification, Checks
from connector_builder.language import Variables

CONNECTOR = "connector: {title: Orders, description: Reads orders., server: https://api.contoso.example}\n"
ACTIONS = "actions: {ListOrders: GET /orders}\n"
HOST = "connection: {host: The host.}\npolicies:\n  - setHost: {url: \"https://@connectionParameters('host')\"}\n"
AAD = "auth: {type: aad, clientId: 2f6f35c8-2b1c-4b6e-9c3a-6a9f5d1b7e42, resource: https://a.example}\n"


def _found(folder: Path, content: str) -> list[tuple[str, str, int, int]]:
    spec = folder / "orders.yaml"
    spec.write_text(content + ACTIONS + CONNECTOR, encoding="utf-8")
    diagnostics = check(Target(spec, Kind.SPEC), Variables(), Checks(certification=Certification.HIDDEN)).diagnostics
    return [(one.rule, one.message, one.location.line, one.location.column) for one in diagnostics]


@pytest.mark.parametrize("auth", ["", "auth: {type: basic}\n", "auth: {type: windows}\n"])
def test_a_gateway_signs_in(tmp_path: Path, auth: str) -> None:
    assert _found(tmp_path, f"gateway: true\n{auth}") == []


def test_a_gateway_knows_neither_keys_nor_oauth(tmp_path: Path) -> None:
    rule = "GatewayAuthenticationNotSupported"
    key = "gateway: true\nauth: {type: apiKey, header: X-Key}\n"
    assert _found(tmp_path, key) == [(rule, "a gateway can't sign in with an API key", 1, 10)]
    assert _found(tmp_path, f"gateway: true\n{AAD}") == [(rule, "a gateway can't sign in by OAuth", 1, 10)]


def test_a_gateway_knows_no_policy_for_the_host(tmp_path: Path) -> None:
    message = "a gateway doesn't know the policy 'dynamichosturl'"
    assert _found(tmp_path, f"gateway: true\n{HOST}") == [("PolicyNotSupportedByGateway", message, 4, 5)]
    assert _found(tmp_path, HOST) == []
