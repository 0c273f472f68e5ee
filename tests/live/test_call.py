"""`call`, against stand-ins of the services."""

import json
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from connector_builder.live.http import Session
from tests.live.stand_ins.entra import APP, CLIENT, SECRET, TENANT, Entra
from tests.live.stand_ins.flows import ENVIRONMENT, FAILED, FLOW, Flows
from tests.live.stand_ins.program import Program
from tests.live.stand_ins.server import Server
from tests.live.test_deploy import interrupted
from tests.support.programs.stand_in import Reply, Request

SPECS = Path(__file__).parents[2] / "specs"
MANAGEMENT = "power-automate-management"
AS_APP = {"AZURE_TENANT_ID": TENANT, "AZURE_CLIENT_ID": APP, "AZURE_CLIENT_SECRET": SECRET}
PORTAL = f"https://make.powerautomate.com/environments/{ENVIRONMENT}/flows/{FLOW}/details?v3=false"
KEY = "planted-key-8f1d1b52"
SPEC = """\
connector:
  title: Contoso Orders
  description: Lists the orders of a Contoso shop.
  server: https://api.contoso.example/v1
auth: {type: apiKey, header: X-Shop-Key}
actions:
  ListOrders:
    request: GET /orders?$top
    description: Lists the orders.
    response:
      sample: samples/list-orders.json   # recorded once
      fields: {"[].id": The number of the order.}
  GetOrder:
    request: GET /orders/{order}
    description: Returns an order.
    response: {fields: {id: string, state: int, kind: {type: string, enum: [a, b]}}}
  CreateOrder:
    request: POST /orders
    description: Creates an order.
    body: {fields: {customer.name!: string, "lines[].sku": string, urgent: bool}}
    response: {status: 201, fields: {id: string}}
  SendPhoto:
    request: POST /photos
    description: Sends a photo.
    form: {photo!: file, title: string}
    responses: {204: It is there.}
"""


class Shop(Server):
    """A service with an API key."""

    def __init__(self) -> None:
        super().__init__(route=self.route)

    def route(self, request: Request) -> Reply:
        if request.headers.get("x-shop-key") != KEY:
            return Reply.of({"error": {"code": "Unauthorized", "message": "The key is wrong."}}, 401)
        match request.method, request.path:
            case "GET", "/v1/orders":
                return Reply.of(
                    [{"id": "1", "mail": "planted.person@fabrikam.com", "access_token": "a8Jk2mQ9x7Lp4Zt1vW3yplanted"}]
                )
            case "GET", "/v1/orders/1":
                return Reply.of({"id": "1", "state": "open", "kind": "c", "more": [], "echo": f"the key is {KEY}"})
            case "GET", "/v1/orders/a%2Fb":
                return Reply(404, b"<html>Not here</html>", "text/html")
            case "POST", "/v1/orders":
                return Reply.of({"id": "2"}, 201)
            case "POST", "/v1/photos":
                return Reply(204)
            case _:
                return Reply(400)


@pytest.fixture
def shop() -> Iterator[Shop]:
    with Shop() as shop:
        yield shop


@pytest.fixture
def program(tmp_path: Path) -> Program:
    (tmp_path / "orders" / "samples").mkdir(parents=True)
    (tmp_path / "orders" / "connector.yaml").write_text(SPEC, encoding="utf-8", newline="\n")
    (tmp_path / "orders" / "samples" / "list-orders.json").write_text(
        '[\n  {"id": "1"}\n]\n', encoding="utf-8", newline="\n"
    )
    return Program(tmp_path, CB_CONNECTION_API_KEY=KEY)


def at(shop: Server) -> tuple[str, str]:
    return "--server", shop.url


def test_an_answer_against_its_schema_field_by_field(program: Program, shop: Shop) -> None:
    done = program("call", "orders", "GetOrder", "order=1", *at(shop))
    assert done.returncode == 1
    assert json.loads(done.stdout) == {
        "id": "1",
        "state": "open",
        "kind": "c",
        "more": [],
        "echo": "the key is REDACTED",
    }
    lines = done.stderr.splitlines()
    assert lines[0].startswith("200 OK, ")
    assert lines[1:] == [
        "  content-type: application/json",
        "  more: the answer has a list, the schema lacks the field",
        "  echo: the answer has a text, the schema lacks the field",
        "  state: the answer has a text, the schema says integer",
        "  kind: the answer has a value that the 'enum' lacks: 'c'",
        "what looks like a secret is hidden; --show-secrets shows what the service answered",
    ]
    assert program("call", "orders", "GetOrder", "order=1", *at(shop), "--fail-on", "never", "-q").stderr == ""


def test_an_answer_for_programs(program: Program, shop: Shop) -> None:
    done = program("call", "orders", "ListOrders", "$top=5", *at(shop), "--format", "json")
    data = json.loads(done.stdout)
    del data["seconds"]
    assert data == {
        "request": {"method": "GET", "url": f"{shop.url}/v1/orders?$top=5"},
        "status": 200,
        "headers": {"content-type": "application/json"},
        "body": [{"id": "1", "mail": "planted.person@fabrikam.com", "access_token": "REDACTED"}],
        "pages": 1,
        "described": True,
        "differences": [
            {"field": "[].mail", "message": "the answer has a text, the schema lacks the field", "kind": "unknown", "times": 1},
            {"field": "[].access_token", "message": "the answer has a text, the schema lacks the field", "kind": "unknown", "times": 1},
        ],
        "policies_not_applied": [],
    }  # fmt: skip
    assert done.returncode == 0
    assert program("call", "orders", "ListOrders", *at(shop), "--fail-on", "warning").returncode == 1


def test_what_is_wrong_is_said_before_anything_is_sent(program: Program, shop: Shop) -> None:
    done = program("call", "orders", "CreateOrder", "customer.nam=A", "urgent=maybe", "--yes", *at(shop))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "orders/connector.yaml:20:5: error: 'customer' has no field 'nam'",
        "help: did you mean 'name'?",
        "orders/connector.yaml:20:5: error: 'urgent' must be true or false, not 'maybe'",
        "nothing was sent",
    ]
    assert shop.requests == []


@pytest.mark.parametrize(
    ("arguments", "message", "help_"),
    [
        (("GetOrdr",), "there is no operation 'GetOrdr'", "did you mean 'GetOrder'?"),
        (("GetOrder", "order=..", "--dry-run"), "'order' can't be '..', which leads to another path", None),
        (("GetOrder", "order"), "'order' isn't a value", "write it like name=value"),
        (("GetOrder", "order=1", "--auth", "key"), "the connector has no way to sign in called 'key'", None),
        (("CreateOrder", "customer.name=A"), "POST may change something, and nobody is there to be asked", "add --yes"),
        (("GetOrder", "order=1", "--record"), "--record asks before it writes, and nobody is there to be asked", "add --yes, or --diff"),
        (("GetOrder", "order=1", "--server", "ftp://x"), "'--server ftp://x' isn't a server", None),
        (("GetOrder", "order=1", "--from-url", "https://x.example"), "'https://x.example' shows no flow", None),
        (("GetOrder", "order=1", "--each", "no.json"), "--each names a file that doesn't exist: 'no.json'", None),
    ],
)  # fmt: skip
def test_misuse(program: Program, arguments: tuple[str, ...], message: str, help_: str | None) -> None:
    done = program("call", "orders", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    lines = done.stderr.splitlines()
    assert lines[0].endswith(f"error: {message}")
    assert help_ is None or lines[1] == f"help: {help_}"


def test_a_spec_that_does_not_build_sends_nothing(program: Program, shop: Shop) -> None:
    path = program.folder / "orders" / "connector.yaml"
    path.write_text(SPEC.replace("request: GET /orders/{order}", "requst: GET /orders/{order}"), encoding="utf-8")
    done = program("call", "orders", "ListOrders", *at(shop))
    assert (done.returncode, shop.requests) == (2, [])
    assert "nothing was sent: 'orders' doesn't build" in done.stderr


def test_a_body_of_fields_and_a_form_with_a_file(program: Program, shop: Shop) -> None:
    done = program("call", "orders", "CreateOrder", "customer.name=Ann", "lines[0].sku=A", "--yes", *at(shop))
    assert (done.returncode, json.loads(done.stdout)) == (0, {"id": "2"})
    assert shop.requests[0].json() == {"customer": {"name": "Ann"}, "lines": [{"sku": "A"}]}
    (program.folder / "cat.png").write_bytes(b"\x89PNG\r\n\x00")
    done = program("call", "orders", "SendPhoto", "photo=@cat.png", "title=Cat", "--yes", *at(shop))
    assert (done.returncode, done.stdout) == (0, "")
    assert b'name="photo"; filename="cat.png"' in shop.requests[1].body
    assert b"\x89PNG\r\n\x00\r\n--" in shop.requests[1].body
    done = program(
        "call", "orders", "CreateOrder", "--body", "-", "--yes", *at(shop), stdin='{"customer": {"name": "Bo"}}'
    )
    assert done.returncode == 0
    assert shop.requests[2].body == b'{"customer": {"name": "Bo"}}'


def test_a_dry_run_shows_the_exact_request_and_sends_none(program: Program, shop: Shop) -> None:
    done = program("call", "orders", "GetOrder", "order=a/b c", "--dry-run", CB_CONNECTION_API_KEY="")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == "GET https://api.contoso.example/v1/orders/a%2Fb%20c"
    assert sorted(line for line in lines[1:] if line and not line.startswith("User-Agent")) == [
        "Accept: application/json",
        "X-Shop-Key: <api_key>",
    ]


def test_refusals_have_their_exit_statuses(program: Program, shop: Shop) -> None:
    done = program("call", "orders", "GetOrder", "order=1", *at(shop), CB_CONNECTION_API_KEY="planted-wrong-key-1")
    assert done.returncode == 4
    assert "The key is wrong." in done.stderr
    assert "help: check the variable CB_CONNECTION_API_KEY" in done.stderr
    assert "planted-wrong-key-1" not in done.stdout + done.stderr
    done = program("call", "orders", "GetOrder", "order=a/b", *at(shop))
    assert (done.returncode, done.stdout) == (5, "<html>Not here</html>")
    assert "the connector doesn't describe the status 404; --record adds it" in done.stderr
    done = program("call", "orders", "GetOrder", "order=1", *at(shop), CB_CONNECTION_API_KEY="")
    assert done.returncode == 2
    assert "set the variable CB_CONNECTION_API_KEY" in done.stderr
    assert program("call", "orders", "GetOrder", "order=1", "--server", "http://example.com").returncode == 5


def test_the_key_from_standard_input(program: Program, shop: Shop) -> None:
    done = program(
        "call", "orders", "GetOrder", "order=1", "--secret-stdin", *at(shop), stdin=f"{KEY}\n", CB_CONNECTION_API_KEY=""
    )
    assert done.returncode == 1
    assert shop.requests[0].headers["x-shop-key"] == KEY


def test_record_replaces_the_sample_and_keeps_the_spec(program: Program, shop: Shop) -> None:
    before = program.files()
    done = program("call", "orders", "ListOrders", "--record", "--diff", *at(shop))
    assert (done.returncode, program.files()) == (0, before)
    assert '+    "mail": "person1@contoso.example",' in done.stderr
    done = program("call", "orders", "ListOrders", "--record", "--yes", *at(shop))
    assert done.returncode == 0
    assert "recorded ListOrders 200: orders/samples/list-orders.json" in done.stderr
    after = program.files()
    assert json.loads(after["orders/samples/list-orders.json"]) == [
        {"id": "1", "mail": "person1@contoso.example", "access_token": "REDACTED"}
    ]
    assert after["orders/connector.yaml"] == SPEC.encode()
    done = program("call", "orders", "ListOrders", "--record", "--yes", *at(shop))
    assert "the sample of ListOrders 200 is up to date" in done.stderr
    done = program("call", "orders", "ListOrders", "--record", "--yes", "--keep-values", *at(shop))
    kept = json.loads(program.files()["orders/samples/list-orders.json"])
    assert kept == [{"id": "1", "mail": "planted.person@fabrikam.com", "access_token": "REDACTED"}]


def test_what_was_sent_is_in_no_sample_and_no_output_in_whatever_notation(program: Program) -> None:
    """The key looks like no secret, the field's name says nothing, and the service escapes as .NET and PHP do."""
    key = "simple+word/é"
    body = rb'{"id": "1", "note": "it is simple\u002Bword\/\u00E9", "said": "{\"k\": \"simple\\u002bword/\\u00e9\"}"}'
    files: dict[str, bytes] = {}
    for more in (("--record", "--yes", "--keep-values"), ("--show-secrets", "--verbose"), ("--format", "json")):
        with Server(Reply(200, body)) as server:
            done = program("call", "orders", "GetOrder", "order=1", *at(server), *more, CB_CONNECTION_API_KEY=key)
        files = {name: one for name, one in program.files().items() if name.startswith("orders/")}
        text = done.stdout + done.stderr + "".join(one.decode() for one in files.values())
        assert (done.returncode, "simple" in text, "it is REDACTED" in text) == (0, False, True)
    assert json.loads(files["orders/samples/get-order.json"]) == {
        "id": "1",
        "note": "it is REDACTED",
        "said": '{"k": "REDACTED"}',
    }


GATE = """\
connector: {title: Gate, description: Opens a gate., server: https://gate.contoso.example}
auth: {type: apiKey, header: X-Gate-Key}
actions:
  Open:
    request: POST /open?pin
    description: Opens the gate.
    parameters: {pin: {type: string, format: password, required: true, description: The code of the gate.}}
    body: {fields: {phrase!: {type: string, format: password}, door: string}}
    response: {fields: {id: string}}
"""


def test_what_a_service_repeats_is_no_secret_of_the_call(program: Program) -> None:
    """The key as the name of a field, and what the definition calls a password: of one call, and of each of a list."""
    (program.folder / "gate.yaml").write_text(GATE, encoding="utf-8", newline="\n")
    items = [{"pin": f"planted pin {one}", "phrase": f"planted phrase {one}"} for one in range(3)]
    (program.folder / "items.json").write_text(json.dumps(items), encoding="utf-8")

    def answer(request: Request) -> Reply:
        said = f"no: {request.query['pin']}, {request.json()['phrase']}"
        if request.json().get("door") == "front":
            return Reply.of({request.headers["x-gate-key"]: said, "id": [{request.query["pin"]: 1}]})
        return Reply.of({"error": {"code": "Denied", "message": said}}, 403)

    each = ("pin={pin}", "phrase={phrase}", "--each", "items.json", "--done", "done.txt")
    one = ("pin=planted pin", "phrase=planted phrase", "door=front")
    with Server(route=answer) as server:
        for words in (each, one):
            for more in ((), ("--verbose",), ("--format", "json")):
                done = program("call", "gate.yaml", "Open", *words, "--yes", *at(server), *more)
                text = done.stdout + done.stderr
                assert (done.returncode, "planted" in text) == (5 if words == each else 1, False)
                assert "REDACTED" in text or not more


def test_an_answer_that_is_no_json_is_not_recorded(program: Program, shop: Shop) -> None:
    done = program("call", "orders", "GetOrder", "order=a/b", "--record", "--yes", *at(shop))
    assert done.returncode == 2
    assert "the answer is text/html, and only JSON becomes a sample" in done.stderr


# The cookbook: resubmit all failed runs of the last day


@pytest.fixture
def entra() -> Iterator[Entra]:
    with Entra() as entra:
        yield entra


@pytest.fixture
def flows(entra: Entra) -> Iterator[Flows]:
    with Flows(entra.issued) as flows:
        yield flows


@pytest.fixture
def management(tmp_path: Path, entra: Entra, flows: Flows) -> Program:
    shutil.copytree(SPECS / MANAGEMENT, tmp_path / "specs" / MANAGEMENT)
    return Program(tmp_path, **entra.variables(), CB_URL_FLOW=flows.url, **AS_APP)


def cookbook() -> list[tuple[str, ...]]:
    """Returns the two commands of the cookbook, for the flow and the time of the stand-in."""
    text = (Path(__file__).parents[2] / "docs" / "cookbook.md").read_text(encoding="utf-8")
    block = text.partition("## Two commands: resubmit all failed runs")[2].split("```")[1]
    lines = [line for line in block.splitlines() if line]
    return [tuple(PORTAL if part == "ADDRESS" else part for part in shlex.split(line)[1:]) for line in lines]


LIST, ASKED = cookbook()
AGAIN = (*ASKED[:-2], "--yes")


def test_resubmit_all_failed_runs_in_two_commands(management: Program, flows: Flows) -> None:
    assert FAILED in LIST[3]
    listed = management(*LIST)
    assert (listed.returncode, listed.stdout) == (0, "")
    assert listed.stderr.startswith("200 OK, ")
    assert "3 pages with 5 items" in listed.stderr.splitlines()[0]
    assert [line for line in listed.stderr.splitlines() if "startedBy" in line] == [
        "  value[].properties.startedBy: the answer has an object, the schema lacks the field (5 times)"
    ]
    assert len(json.loads((management.folder / "failed.json").read_bytes())) == 5
    assert management(*ASKED).returncode == 2

    flows.broken = {flows.runs[3]["name"]}
    done = management(*AGAIN, "--jobs", "2", "--rate", "1000/s")
    assert (done.returncode, done.stdout) == (5, "4 done, 1 failed, of 5\n")
    assert "item 4: failed: 127.0.0.1" in done.stderr
    assert "TriggerDisabled" in done.stderr
    assert sorted(flows.resubmitted) == sorted(one["name"] for one in flows.runs if one["name"] not in flows.broken)

    flows.broken, flows.resubmitted = set(), []
    done = management(*AGAIN)
    assert (done.returncode, done.stdout) == (0, "1 done, 4 done before, of 5\n")
    assert flows.resubmitted == [flows.runs[3]["name"]]
    assert management(*AGAIN).stdout == "5 done before, of 5\n"
    assert len(flows.resubmitted) == 1


def test_a_list_on_standard_input_and_a_dry_run(management: Program, flows: Flows) -> None:
    stdin = "".join(f"{json.dumps(one)}\n" for one in flows.runs[:2])
    again = ["-" if part == "failed.json" else part for part in AGAIN]
    done = management(*again, "--dry-run", "--format", "json", stdin=stdin)
    assert [one["url"].rpartition("/histories/")[2] for one in json.loads(done.stdout)["requests"]] == [
        f"{one['name']}/resubmit?api-version=2016-11-01" for one in flows.runs[:2]
    ]
    assert flows.requests == []
    done = management(*again, "--done", "mine.done", stdin=stdin)
    assert (done.returncode, done.stdout) == (0, "2 done, of 2\n")
    assert (management.folder / "mine.done").read_bytes().count(b"\n") == 2
    bad = management(*again, stdin='{"name": "1"}\n')
    assert (bad.returncode, bad.stderr.splitlines()[0]) == (
        2, "error: item 1: the item has no 'properties.trigger.name', which 'trigger' is to be",
    )  # fmt: skip


def test_a_refused_sign_in_ends_the_run(management: Program, flows: Flows) -> None:
    (management.folder / "failed.json").write_text(json.dumps(flows.runs), encoding="utf-8")
    done = management(*AGAIN, AZURE_CLIENT_SECRET="planted-wrong-secret")
    assert (done.returncode, done.stdout) == (4, "1 failed, 4 not sent, of 5\n")
    assert flows.requests == []


def test_an_error_of_the_service_names_its_explanation(management: Program) -> None:
    done = management("call", f"specs/{MANAGEMENT}", "GetFlow", "environment=wrong", f"flow={FLOW}")
    assert done.returncode == 5
    assert json.loads(done.stdout)["error"]["code"] == "EnvironmentAccessDenied"
    assert "you have no access to the environment" in done.stderr


def test_the_client_of_the_spec_signs_in_with_the_browser(management: Program, flows: Flows, entra: Entra) -> None:
    nobody = dict.fromkeys(AS_APP, "")
    call = ("call", f"specs/{MANAGEMENT}", "ListFlowRuns", f"filter={FAILED}", "--from-url", PORTAL, "-q")
    done = management.with_browser().process(*call, "--var", f"FLOW_CLIENT_ID={CLIENT}", "--tenant", TENANT, **nobody)
    assert (done.returncode, len(json.loads(done.stdout)["value"])) == (0, 2)
    assert [one["client_id"] for one in entra.codes.values()] == []
    assert flows.requests[0].headers["authorization"] == f"Bearer {entra.issued[0]}"


def test_a_token_for_another_service_is_not_sent(management: Program, flows: Flows) -> None:
    from tests.live.stand_ins.entra import jwt

    token = jwt(aud="https://apihub.azure.com", planted="planted-claim")
    done = management(*LIST[:-2], CB_CONNECTION_TOKEN=token)
    assert (done.returncode, flows.requests) == (4, [])
    assert "the token in CB_CONNECTION_TOKEN is for 'https://apihub.azure.com', not for" in done.stderr


@pytest.mark.parametrize(("expires", "sent"), [(1, 0), (4_000_000_000, 1), ("soon", 1)])
def test_a_token_whose_time_is_over_is_not_sent(management: Program, flows: Flows, expires: object, sent: int) -> None:
    from tests.live.stand_ins.entra import jwt

    token = jwt(aud="https://service.flow.microsoft.com/", exp=expires)
    done = management(*LIST[:-2], CB_CONNECTION_TOKEN=token)
    assert (done.returncode, len(flows.requests)) == (4, sent)
    expected = [] if sent else ["error: the token in CB_CONNECTION_TOKEN has expired: 1970-01-01T00:00:01Z"]
    assert [line for line in done.stderr.splitlines() if "expired:" in line] == expected


def test_nothing_secret_is_in_any_output_or_file(management: Program, flows: Flows, entra: Entra) -> None:
    outputs = []
    for arguments in (LIST[:-2], (*LIST[:-3], "-v", "--format", "json"), (*LIST[:-3], "--record", "--yes", "-v")):
        done = management(*arguments)
        outputs.append(done.stdout + done.stderr)
    (management.folder / "failed.json").write_text(json.dumps([{"name": one["name"], "properties": {"trigger": {"name": "manual"}}} for one in flows.runs]), encoding="utf-8")  # fmt: skip
    done = management.process(*AGAIN, "-v", "--format", "json")
    outputs.append(done.stdout + done.stderr)
    assert len(flows.resubmitted) == 5
    kept = {name: content for name, content in management.files().items() if name != "failed.json"}
    secrets = [SECRET, *entra.issued, "planted-signature"]
    assert len(secrets) > 2
    for secret in secrets:
        assert [text for text in outputs if secret in text] == []
        assert [name for name, content in kept.items() if secret.encode() in content] == []
    recorded = kept[f"specs/{MANAGEMENT}/samples/list-flow-runs.json"]
    for private in (b"planted", b"fabrikam", ENVIRONMENT.encode(), flows.runs[0]["name"].encode()):
        assert private not in recorded


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("GetOrder", "order=1"), ""),
        (("CreateOrder", "customer.name=x", "--yes"), "stopped while 'CreateOrder' was on its way: the service may have done it\n"),
    ],
)  # fmt: skip
def test_ctrl_c_says_what_the_service_may_have_done(
    program: Program, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.setattr(Session, "send", interrupted)
    done = program("call", "orders", *words, CB_CONNECTION_API_KEY=KEY)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", said)
