"""Which requests the mock takes, and what it says of the others."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from connector_builder.mock.messages import PROBLEM, Answer, Incoming
from connector_builder.mock.service import Fire, Service
from tests.support.mock_spec import request

Serve = Callable[..., Service]


def answer(service: Service, one: Incoming) -> Answer:
    found = service.handle(one)
    assert not isinstance(found, Fire)
    return found


def content(found: Answer) -> Any:
    return json.loads(found.body)


def test_a_request_that_fits_gets_the_sample(serve: Serve) -> None:
    found = answer(serve(), request("GET", "/v1/orders/7"))
    assert (found.status, found.media, content(found)) == (
        200,
        "application/json",
        {"id": 7, "title": "Chairs", "state": "open"},
    )


def test_a_request_without_a_key_is_401(serve: Serve) -> None:
    unsigned = Incoming("GET", "/v1/orders/7", {"host": "localhost"})
    found = answer(serve(), unsigned)
    assert (found.status, found.media, dict(found.headers)) == (401, PROBLEM, {"WWW-Authenticate": "ApiKey"})
    assert content(found)["detail"] == "the request has no header 'X-Api-Key'"
    assert answer(serve(signs_in=False), unsigned).status == 200


@pytest.mark.parametrize(
    ("target", "violation"),
    [
        ("/v1/orders?limit=ten", (["query", "limit"], "type", "'limit' must be a whole number, not 'ten'")),
        ("/v1/orders?limit=51", (["query", "limit"], "limit", "'limit' must be at most 50, not 51")),
        ("/v1/orders?state=lost", (["query", "state"], "enum", "'state' must be one of 'open', 'closed', not 'lost'")),
        ("/v1/orders/seven", (["path", "order"], "type", "'order' must be a whole number, not 'seven'")),
    ],
)
def test_a_wrong_parameter_is_400(serve: Serve, target: str, violation: tuple[list[str], str, str]) -> None:
    found = answer(serve(), request("GET", target))
    location, code, message = violation
    assert found.status == 400
    assert content(found)["validation"] == [
        {"location": location, "severity": "Error", "code": code, "message": message}
    ]
    assert answer(serve(validates=False), request("GET", target)).status == 200


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        (b"{}", [(["body", "title"], "required")]),
        (b'{"title": 5, "state": "lost", "placed": "soon"}', [(["body", "title"], "type"), (["body", "state"], "enum"), (["body", "placed"], "format")]),
        (b"[]", [(["body"], "type")]),
        (b"{", [(["body"], "format")]),
        (b"", [(["body"], "required")]),
        (b'{"title": NaN}', [(["body"], "format")]),
        (b"[" * 100_000, [(["body"], "format")]),
        (b'{"title": "Chairs", "further": 1}', None),
    ],
)  # fmt: skip
def test_a_wrong_body_is_400(serve: Serve, body: bytes, codes: list[Any] | None) -> None:
    found = answer(serve(), request("POST", "/v1/orders", body))
    if codes is None:
        assert (found.status, found.notes) == (201, ("the schema has no field 'further'",))
        return
    assert found.status == 400
    assert [(one["location"], one["code"]) for one in content(found)["validation"]] == codes


def test_a_body_of_another_media_type_is_415(serve: Serve) -> None:
    found = answer(serve(), request("POST", "/v1/orders", b"<a/>", content_type="application/xml"))
    assert (found.status, content(found)["type"]) == (415, "urn:connector-builder:mock:INVALID_CONTENT_TYPE")


@pytest.mark.parametrize(
    ("method", "target", "status", "said"),
    [
        ("GET", "/v1/order", 404, "no operation has the path '/v1/order': did you mean 'GET /v1/orders'?"),
        ("GET", "/orders", 404, "no operation has the path '/orders': paths begin with '/v1/'"),
        ("PUT", "/v1/orders", 405, "this path has no PUT: it has GET, OPTIONS, POST"),
        ("GET", "/v1/../../etc/passwd", 404, "no operation has the path '/v1/../../etc/passwd': GET /__mock lists all"),
        ("GET", "/v1/orders/..%2f..%2fetc", 400, "the request doesn't fit the definition of 'GetOrder'"),
    ],
)
def test_another_path_or_verb_is_told_with_the_nearest(
    serve: Serve, method: str, target: str, status: int, said: str
) -> None:
    found = answer(serve(), request(method, target))
    assert (found.status, content(found)["detail"]) == (status, said)


def test_an_unknown_query_parameter_is_only_noted(serve: Serve) -> None:
    found = answer(serve(), request("GET", "/v1/orders?sort=up"))
    assert (found.status, found.notes) == (200, ("the operation has no query parameter 'sort'",))


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "", "evil.example:80", "127.0.0.1@evil.example"]
)
def test_another_host_is_refused(serve: Serve, host: str) -> None:
    assert answer(serve(), request("GET", "/v1/orders", host=host)).status == 421


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:4010", "[::1]:4010", "127.9.9.9"])
def test_this_machine_is_answered(serve: Serve, host: str) -> None:
    assert answer(serve(), request("GET", "/v1/orders", host=host)).status == 200


def test_pages_of_other_hosts_call_the_api_and_not_the_control(serve: Serve) -> None:
    found = answer(serve(), request("GET", "/v1/orders", origin="https://evil.example"))
    assert dict(found.headers)["Access-Control-Allow-Origin"] == "*"
    ahead = {
        "origin": "https://page.example",
        "access_control_request_method": "PATCH",
        "access_control_request_headers": "x-api-key",
    }
    found = answer(serve(), request("OPTIONS", "/v1/orders/7", **ahead))
    assert (found.status, dict(found.headers)["Access-Control-Allow-Headers"]) == (204, "x-api-key")
    for method, path in (("POST", "/__mock/reset"), ("GET", "/__mock/log"), ("POST", "/__mock/fire/WhenOrderArrives")):
        assert answer(serve(), request(method, path, origin="https://evil.example")).status == 403


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("application/json;odata=none", 200),
        ("text/csv, */*;q=0.1", 200),
        ("application/*", 200),
        ("text/csv", 406),
        ("*/*, application/json;q=0", 406),
    ],
)
def test_an_answer_that_the_client_does_not_take_is_406(serve: Serve, accept: str, status: int) -> None:
    def ask(method: str = "GET", **options: bool) -> Answer:
        found = serve(**options).handle(request(method, "/v1/orders/7", accept=accept))
        assert isinstance(found, Answer)
        return found

    found = ask()
    assert found.status == status
    if status == 406:
        detail = f"'GetOrder' can't answer with '{accept}': it has application/json"
        assert json.loads(found.body)["detail"] == detail
        assert ask(validates=False).status == 200
    assert ask("DELETE").status == 204
