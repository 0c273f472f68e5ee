"""What the mock answers: samples, wishes, pages, state and triggers."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connector_builder.language import Variables, compile_folder
from connector_builder.mock.faults import Faults
from connector_builder.mock.messages import Answer, Incoming
from connector_builder.mock.service import Fire, Service
from connector_builder.package import Package
from connector_builder.platform.requests.values import differences
from connector_builder.platform.swagger.operations import operations
from connector_builder.platform.swagger.references import References
from connector_builder.source.folder import InMemory
from tests.support.mock_spec import request

Serve = Callable[..., Service]


def answer(service: Service, one: Incoming) -> Answer:
    found = service.handle(one)
    assert not isinstance(found, Fire)
    return found


def said(service: Service, method: str, target: str, body: Any = None, **headers: str) -> tuple[int, Any]:
    sent = b"" if body is None else json.dumps(body).encode()
    found = answer(service, request(method, target, sent, **headers))
    return found.status, json.loads(found.body) if found.body else None


@pytest.mark.parametrize("wish", [{"prefer": "code=404"}, {}])
def test_a_wished_status(serve: Serve, wish: dict[str, str]) -> None:
    target = "/v1/orders/7" if wish else "/v1/orders/7?__code=404"
    assert said(serve(), "GET", target, **wish) == (404, {"code": "text", "message": "text"})


def test_too_many_requests_on_demand(serve: Serve) -> None:
    found = answer(serve(), request("GET", "/v1/orders", prefer="code=429"))
    assert (found.status, dict(found.headers)) == (429, {"Retry-After": "10"})
    assert json.loads(found.body)["title"] == "Too Many Requests"


@pytest.mark.parametrize(
    ("prefer", "status", "detail"),
    [
        ("code=201", 404, "'GetOrder' describes no status 201: it has 200, 404"),
        ("code=99", 400, "'99' isn't a status from 200 to 599"),
        ("example=other", 404, "'GetOrder' has no example 'other' for 200: it has sample"),
    ],
)
def test_a_wish_that_cannot_be_met(serve: Serve, prefer: str, status: int, detail: str) -> None:
    found = said(serve(), "GET", "/v1/orders/7", prefer=prefer)
    assert (found[0], found[1]["detail"]) == (status, detail)


def test_a_wished_example(serve: Serve) -> None:
    assert said(serve(dynamic=True), "GET", "/v1/orders/7", prefer="example=sample")[1]["title"] == "Chairs"


def test_invented_answers_come_from_the_seed(serve: Serve) -> None:
    first = said(serve(), "GET", "/v1/orders/7", prefer="dynamic=true")
    assert first == said(serve(dynamic=True), "GET", "/v1/orders/7")
    assert first != said(serve(seed=1), "GET", "/v1/orders/7", prefer="dynamic=true")
    assert first != said(serve(), "GET", "/v1/orders/7")


@pytest.mark.parametrize("prefer", ["", "dynamic=true"])
def test_every_answer_fits_its_schema(serve: Serve, package: Package, prefer: str) -> None:
    references = References(package.definition)
    service = serve(validates=False)
    for one in operations(package.definition):
        found = answer(
            service,
            request(
                one.verb.upper(), f"/v1{one.path.partition('{')[0]}{'7' if '{' in one.path else ''}", prefer=prefer
            ),
        )
        schema = one.value["responses"][str(found.status)].get("schema")
        assert found.operation == one.value["operationId"]
        if schema is not None:
            assert list(differences(json.loads(found.body), schema, references)) == []
        else:
            assert found.body == b""


def test_pages_end(serve: Serve) -> None:
    service, target, pages = serve(pages=3), "/v1/orders?limit=1", []
    while target:
        status, page = said(service, "GET", target)
        assert status == 200
        pages.append(page)
        target = page.get("nextLink", "").removeprefix("http://127.0.0.1:4010")
    assert [one.get("nextLink", "") for one in pages] == [
        "http://127.0.0.1:4010/v1/orders?limit=1&__page=2", "http://127.0.0.1:4010/v1/orders?limit=1&__page=3", ""
    ]  # fmt: skip
    assert pages[0]["value"] == [{"id": 7, "title": "Chairs", "state": "open"}]
    assert pages[1]["value"] != pages[2]["value"]


def test_state_keeps_what_clients_create_change_and_delete(serve: Serve) -> None:
    service = serve(stateful=True, pages=1)
    posted = answer(service, request("POST", "/v1/orders", b'{"title": "Lamps", "state": "closed"}'))
    new = {"id": 1001, "title": "Lamps", "state": "closed"}
    assert (posted.status, json.loads(posted.body), dict(posted.headers)["Location"]) == (
        201,
        new,
        "http://127.0.0.1:4010/v1/orders/1001",
    )
    assert said(service, "GET", "/v1/orders/1001") == (200, new)
    assert said(service, "GET", "/v1/orders")[1]["value"] == [{"id": 7, "title": "Chairs", "state": "open"}, new]
    assert said(service, "PATCH", "/v1/orders/1001", {"state": "open"}) == (200, new | {"state": "open"})
    assert said(service, "GET", "/v1/orders/7")[0] == 200
    assert said(service, "DELETE", "/v1/orders/1001") == (204, None)
    assert said(service, "GET", "/v1/orders/1001") == (404, {"code": "text", "message": "text"})
    assert said(service, "PATCH", "/v1/orders/1001", {})[0] == 404
    assert said(service, "POST", "/__mock/reset") == (204, None)
    assert said(service, "POST", "/v1/orders", {"title": "Beds"})[1]["id"] == 1001


def test_pages_of_kept_items(serve: Serve) -> None:
    service = serve(stateful=True)
    for title in ("A", "B", "C"):
        said(service, "POST", "/v1/orders", {"title": title})
    first, second = (said(service, "GET", f"/v1/orders?__page={page}")[1] for page in (1, 2))
    assert [[one["title"] for one in page["value"]] for page in (first, second)] == [["Chairs", "A"], ["B", "C"]]
    assert (first["nextLink"], second.get("nextLink", "")) == ("http://127.0.0.1:4010/v1/orders?__page=2", "")


def test_without_state_nothing_is_kept(serve: Serve) -> None:
    service = serve()
    said(service, "DELETE", "/v1/orders/7")
    assert said(service, "GET", "/v1/orders/7")[0] == 200


def test_a_webhook_is_called_back_on_this_machine_only(serve: Serve) -> None:
    service = serve()
    locations = []
    for url in (
        "http://127.0.0.1:9/a",
        "http://localhost:9/b",
        "http://10.0.0.1/c",
        "https://127.0.0.1/d",
        "http://127.0.0.1.evil.example/e",
    ):
        found = answer(service, request("POST", "/v1/hooks", json.dumps({"callbackUrl": url}).encode()))
        locations.append(dict(found.headers)["Location"])
    assert locations == [f"http://127.0.0.1:4010/v1/hooks/{number}" for number in (1, 2, 3, 4, 5)]
    fire = service.handle(request("POST", "/__mock/fire/WhenOrderArrives"))
    assert isinstance(fire, Fire)
    assert [one.url for one in fire.deliveries] == ["http://127.0.0.1:9/a", "http://localhost:9/b"]
    assert json.loads(fire.deliveries[0].body).keys() == {"number", "total"}
    assert [url for url, _ in fire.skipped] == [
        "http://10.0.0.1/c",
        "https://127.0.0.1/d",
        "http://127.0.0.1.evil.example/e",
    ]
    assert said(service, "DELETE", "/v1/hooks/1")[0] in (200, 204)
    own = service.handle(request("POST", "/__mock/fire/WhenOrderArrives", b'{"number": "B-1"}'))
    assert isinstance(own, Fire)
    assert [(one.url, one.body) for one in own.deliveries] == [("http://localhost:9/b", b'{"number":"B-1"}')]


def test_an_unknown_trigger_is_told(serve: Serve) -> None:
    assert said(serve(), "POST", "/__mock/fire/WhenOrderArrive")[1]["detail"] == (
        "there is no trigger 'WhenOrderArrive': did you mean 'WhenOrderArrives'?"
    )


def test_a_polling_trigger_gets_new_items_once(serve: Serve) -> None:
    service = serve()
    assert len(said(service, "GET", "/v1/placed")[1]["value"]) == 1
    assert said(service, "GET", "/v1/placed")[1]["value"] == []
    item = {"number": "B-1", "placed": "2026-01-31T09:00:00Z"}
    assert said(service, "POST", "/__mock/fire/WhenOrderIsPlaced", item) == (
        200,
        {"trigger": "WhenOrderIsPlaced", "waiting": 1},
    )
    assert said(service, "POST", "/__mock/fire/WhenOrderIsPlaced")[1]["waiting"] == 2
    items = said(service, "GET", "/v1/placed")[1]["value"]
    assert (items[1], items[0].keys()) == (item, {"number", "placed"})
    assert said(service, "GET", "/v1/placed")[1]["value"] == []


def test_the_log_masks_secrets(serve: Serve) -> None:
    service = serve()
    one = request(
        "POST",
        "/v1/orders?token=abcdef123456",
        b'{"title": "x", "clientSecret": "q8Zr~1kP0aVn3LxT7wYe"}',
        x_api_key="hunter2-key-9",
    )
    entry = service.log.note(one, answer(service, one), 0.001)
    shown = service.log.line(entry) + json.dumps(said(service, "GET", "/__mock/log")[1])
    assert not [secret for secret in ("hunter2", "abcdef123456", "q8Zr") if secret in shown]
    assert "PlaceOrder" in shown


def test_more_requests_than_the_rate_are_429_until_time_has_passed(serve: Serve) -> None:
    now = [100.0]
    service = serve(faults=Faults(2, 60, clock=lambda: now[0]))

    def ask() -> tuple[int, str]:
        found = answer(service, request("GET", "/v1/orders/7"))
        now[0] += 10.5
        return found.status, dict(found.headers).get("Retry-After", "")

    assert [ask() for _ in range(6)] == [(200, ""), (200, ""), (429, "39"), (429, "29"), (429, "18"), (429, "8")]
    assert answer(service, request("POST", "/__mock/reset")).status == 204
    assert ask() == (200, "")


def test_a_share_of_the_requests_fails_the_same_for_the_same_seed(serve: Serve) -> None:
    def statuses(seed: int) -> list[int]:
        service = serve(faults=Faults(failing=0.25, code=503, seed=seed))
        return [answer(service, request("GET", "/v1/orders/7")).status for _ in range(200)]

    first = statuses(1)
    assert set(first) == {200, 503}
    assert 30 < first.count(503) < 70
    assert statuses(1) == first != statuses(2)


LONG = """
connector: {title: Reports, description: Makes reports., server: https://reports.contoso.example}
auth: none
actions:
  Both: {request: POST /both, description: Makes a report., response: {sample: {pages: 3}}, responses: {202: It is being made.}}
  Led: {request: POST /led, description: Makes a report., response: {status: 202, headers: {Location: uri}}}
  Taken: {request: POST /taken, description: Takes a report., response: {status: 202}}
"""


def test_what_takes_long_leads_to_its_result(serve: Serve) -> None:
    read = compile_folder(InMemory(Path(), {"r.yaml": LONG.encode()}), "r.yaml", Variables()).package
    service = serve(read)
    for target, prefer, result in (("/both", "code=202", b'{"pages":3}'), ("/led", "", b"")):
        found = answer(service, request("POST", target, prefer=prefer))
        location = dict(found.headers)["Location"]
        assert (found.status, dict(found.headers)["Retry-After"]) == (202, "10")
        path = "/" + location.split("/", 3)[3]
        looks = [answer(service, request("GET", path)) for _ in range(3)]
        assert [one.status for one in looks] == [202, 200, 200]
        assert looks[1].body == result
    assert dict(answer(service, request("POST", "/taken")).headers) == {"Retry-After": "10"}
    assert answer(service, request("GET", "/__mock/later/9")).status == 404
    assert answer(service, request("POST", "/both")).status == 200
