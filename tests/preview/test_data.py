"""What the page gets of a connector."""

import copy
import json
import threading
from collections.abc import Iterable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector_builder.app.preview.watched import stamps
from connector_builder.findings import Place, Pointer
from connector_builder.serving import Request
from tests.support.hostile.random_trees import Grower
from tests.support.pages.previews import KINDS, PROPERTIES, SPEC, asked, hostile, package, site, spec
from tests.support.properties import examples


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_operations_are_those_of_the_designers_list(here: Path) -> None:
    data = asked(site(package(here / "kinds")), "/connector", connector="0")
    assert [one["id"] for one in data["operations"][: data["offered"]]] == ["SendKinds", "Upload", "WhenNews", "GetOld"]
    assert [one["id"] for one in data["operations"][data["offered"] :]] == ["ListBuyers", "ListFolders", "GetFields"]
    assert (data["title"], data["version"], data["color"], data["source"]) == ("Every Kind", "1.2", "#7a3b9d", "kinds")
    assert data["operations"][3]["deprecated"] is True
    assert [one["label"] for one in data["connection"]["ways"][0]["fields"]] == ["API key", "Region"]


def test_an_older_revision_is_not_in_the_designers_list(here: Path) -> None:
    definition = copy.deepcopy(KINDS)
    paths = definition["paths"]
    paths["/old"]["get"]["deprecated"] = False
    for path, verb, revision in (("/upload", "post", 2), ("/old", "get", 1)):
        paths[path][verb]["x-ms-api-annotation"] = {"family": "Files", "revision": revision}
    data = asked(site(package(here / "kinds", definition)), "/connector", connector="0")
    assert [one["id"] for one in data["operations"][: data["offered"]]] == ["SendKinds", "Upload", "WhenNews"]
    assert data["operations"][3]["id"] == "GetOld"


@pytest.mark.parametrize("color", ["red", "#12", "#zzzzzz", "#123456;", ""])
def test_a_brand_colour_that_is_none_is_left_out(here: Path, color: str) -> None:
    properties = {"properties": {**PROPERTIES["properties"], "iconBrandColor": color}}
    assert asked(site(package(here / "kinds", KINDS, properties)), "/connector", connector="0")["color"] == ""


def test_findings_are_at_their_operation_and_their_field(here: Path) -> None:
    of = site(package(here / "kinds"))
    data = asked(of, "/connector", connector="0")
    rules = [one["rule"] for one in data["findings"]]
    assert [rules[at] for at in data["operations"][0]["findings"]] == ["InternalPropertyWithDefaultOptional"]
    assert [rules[at] for at in data["operations"][2]["findings"]] == ["PollingPolicyMissing"]
    detail = asked(of, "/operation", connector="0", operation="0")
    assert [(rules[at], key) for at, key in detail["found"]] == [
        ("InternalPropertyWithDefaultOptional", "header.$.trace")
    ]


def test_a_finding_in_a_shared_schema_is_at_each_operation_that_uses_it(here: Path) -> None:
    definition = copy.deepcopy(KINDS)
    definition["definitions"]["Order"]["properties"]["state"]["x-ms-visibility"] = "hidden"
    of = site(package(here / "kinds", definition))
    data = asked(of, "/connector", connector="0")
    at = next(at for at, one in enumerate(data["findings"]) if "hidden" in one["message"])
    using = [one["id"] for one in data["operations"] if at in one.get("findings", [])]
    assert using == ["SendKinds", "WhenNews"]
    detail = asked(of, "/operation", connector="0", operation="2")
    assert dict(detail["found"])[at] == "body.$.[*].state"


def test_dynamic_fields_get_what_the_samples_have(here: Path) -> None:
    provided = asked(site(package(here / "kinds")), "/operation", connector="0", operation="0")["provided"]
    assert provided["query.$.buyer"]["options"] == [{"text": "Ada", "value": "b1"}, {"text": "Bob", "value": "b2"}]
    assert provided["query.$.file"]["options"] == [{"text": "Alpha", "value": "/a"}]
    assert [(one["label"], one["key"]) for one in provided["body.$.more"]["fields"]] == [("Color", "body.$.color")]
    assert len(provided) == 3


def origin(detail: dict[str, Any], key: str) -> dict[str, tuple[str, str, str]]:
    """What is said of a field: the value of each fact, how it is written, and its line."""
    places = {"": ("", "", detail["origins"][key][0])}
    return places | {name: (value, how, at) for name, value, how, at in detail["origins"][key][1:]}


def test_each_field_shows_where_it_is_written_and_what_was_derived(here: Path) -> None:
    detail = asked(site(spec(here / "specs")), "/operation", connector="0", operation="1")
    assert detail["id"] == "GetOrder"
    assert detail["files"] == ["specs/orders.yaml"]
    assert origin(detail, "path.$.orderId") == {
        "": ("", "", "0:24:18"),
        "Label": ("Order ID", "derived", "0:24:18"),
        "Hint": ("The number of the order.", "written", "0:24:27"),
        "Type": ("string", "derived", "0:24:27"),
        "Required": ("true", "derived", "0:24:18"),
    }
    assert detail["lines"]["0:24"] == "parameters: {orderId: The number of the order.}"


def test_an_operation_shows_it_too(here: Path) -> None:
    of = site(spec(here / "specs", SPEC.replace("    summary: Get one order\n", "")))
    at, *facts = asked(of, "/operation", connector="0", operation="1")["origin"]
    assert at == "0:20:3"
    assert facts == [
        ["ID", "GetOrder", "written", "0:20:3"],
        ["Title", "Get order", "derived", "0:20:3"],
        ["Hint", "Returns one order.", "written", "0:22:18"],
    ]


def test_a_choice_with_names_is_said_in_other_words(here: Path) -> None:
    detail = asked(site(spec(here / "specs")), "/operation", connector="0", operation="0")
    assert detail["id"] == "ListOrders"
    said = origin(detail, "query.$.state")
    assert said["Choices"][:2] == ("open, done", "written")
    assert [one["text"] for one in detail["inputs"][0]["options"]] == ["Still open", "Done"]


def test_the_readme_says_the_same_of_the_operation(here: Path) -> None:
    readme = asked(site(spec(here / "specs")), "/operation", connector="0", operation="1")["readme"]
    assert (readme["title"], readme["kind"], readme["key"]) == ("Get one order", "Action", "GetOrder")
    assert [(one["label"], one["description"]) for one in readme["fields"]] == [
        ("Order ID", "The number of the order.")
    ]


def test_the_redirect_to_register(here: Path) -> None:
    [way] = asked(site(spec(here / "specs")), "/connector", connector="0")["connection"]["ways"]
    assert way["button"] == "Sign in"
    assert way["redirect"] == "https://global.consent.azure-apim.net/redirect"


@pytest.mark.parametrize("path", ["/x", "/connector", "/operation", "//", "/../secret"])
def test_there_is_nothing_else(here: Path, path: str) -> None:
    assert site(spec(here / "specs")).answer(Request(path, {})).status == 404


@pytest.mark.parametrize(("connector", "operation"), [("1", "0"), ("0", "2"), ("-1", "0"), ("0", "-1"), ("0", "x")])
def test_numbers_of_what_isnt_there(here: Path, connector: str, operation: str) -> None:
    query = {"connector": connector, "operation": operation}
    assert site(spec(here / "specs")).answer(Request("/operation", query)).status == 404


def test_the_page_runs_only_its_own_script_and_contains_no_markup_of_the_spec(here: Path) -> None:
    answer = site(package(here / "kinds", hostile(KINDS))).answer(Request("/", {}))
    assert isinstance(answer.content, bytes)
    text = answer.content.decode("utf-8")
    assert text.count("<script") == 2
    assert "<img" not in text
    assert "onerror" in text  # as data
    policy = dict(answer.headers)["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    assert policy.split("; ")[3:] == [
        "img-src data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
        "frame-ancestors 'none'",
    ]


def test_a_page_without_a_server_asks_for_nothing_and_names_no_folder_of_its_machine(here: Path) -> None:
    text = site(spec(here / "specs"), link="vscode://file{path}:{line}:{column}").html().decode("utf-8")
    assert "connect-src &#39;none&#39;" in text
    assert here.as_posix() not in text
    assert "vscode:" not in text
    assert text == site(spec(here / "specs")).html().decode("utf-8")


def test_secrets_are_masked(here: Path) -> None:
    definition = copy.deepcopy(KINDS)
    secret = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"
    definition["paths"]["/kinds/{id}"]["post"]["parameters"][0]["description"] = f"Such as {secret}"
    of = site(package(here / "kinds", definition))
    content = of.answer(Request("/", {})).content
    assert isinstance(content, bytes)
    assert secret.encode() not in content
    assert secret.encode() not in of.html()


def test_one_search_finds_the_places_of_all_operations(here: Path) -> None:
    [source] = site(package(here / "kinds"))._sources.all
    connector = source.connector
    found: list[int] = []
    assert connector._package is not None
    locate = connector._package.locate

    def counted(document: str, pointers: Iterable[Pointer]) -> dict[Pointer, Place]:
        found.append(1)
        return locate(document, pointers)

    connector._package.locate = counted
    assert len(connector.details()) == 7
    assert found == [1]


def test_a_spec_that_goes_and_comes_back(here: Path) -> None:
    path = spec(here / "specs")
    [source] = site(path)._sources.all
    source.overview()
    path.unlink()
    assert source.refresh()
    assert [one["id"] for one in source.overview()["operations"]] == ["ListOrders", "GetOrder"]
    assert source.overview()["failure"].startswith("The files can't be read")
    spec(here / "specs")
    assert source.refresh()
    assert "failure" not in source.overview()


# Changes


def test_a_change_of_any_file_that_was_read_is_noticed(here: Path) -> None:
    folder = here / "specs/orders"
    (folder / "actions").mkdir(parents=True)
    (folder / "connector.yaml").write_text(SPEC.split("actions:")[0], encoding="utf-8")
    (folder / "actions/orders.yaml").write_text("ListOrders: GET /orders\n", encoding="utf-8")
    [source] = site(folder)._sources.all
    assert [one["id"] for one in source.overview()["operations"]] == ["ListOrders"]
    assert not source.refresh()
    (folder / "actions/more.yaml").write_text("GetOrder: GET /orders/{id}\n", encoding="utf-8")
    assert source.refresh()
    assert [one["id"] for one in source.overview()["operations"]] == ["GetOrder", "ListOrders"]
    (folder / "actions/orders.yaml").write_text("ListAllOrders: GET /orders\n", encoding="utf-8")
    assert source.refresh()
    assert [one["id"] for one in source.overview()["operations"]] == ["GetOrder", "ListAllOrders"]
    assert not source.refresh()
    assert source.version == 3


def test_a_sample_that_appears_is_noticed(here: Path) -> None:
    path = spec(here / "specs", SPEC.replace("{fields: {id: The number of the order.}}", "{sample: samples/a.json}"))
    [source] = site(path)._sources.all
    assert [one["severity"] for one in source.overview()["findings"]] == ["error"]
    (here / "specs/samples").mkdir()
    (here / "specs/samples/a.json").write_text('{"id": "17"}', encoding="utf-8")
    assert source.refresh()
    assert source.overview()["findings"] == []


def test_what_nobody_looked_at_is_not_read(here: Path) -> None:
    first, second = spec(here / "a"), spec(here / "b")
    of = site(first, second)
    asked(of, "/connector", connector="1")
    assert of._sources.versions() == [0, 1]
    first.write_text("", encoding="utf-8")
    assert not of._sources.all[0].refresh()


def test_a_broken_operation_is_left_out_and_the_rest_is_shown(here: Path) -> None:
    data = asked(
        site(spec(here / "specs", SPEC.replace("GET /orders/{", "GTE /orders/{"))), "/connector", connector="0"
    )
    assert data["leftOut"] == ["GetOrder"]
    assert [one["id"] for one in data["operations"]] == ["ListOrders"]
    assert [(one["severity"], one["at"]) for one in data["findings"]] == [("error", "0:21:14")]


def test_the_worst_findings_are_kept(here: Path) -> None:
    definition = copy.deepcopy(KINDS)
    one = {"x-ms-visibility": "internal", "in": "query", "type": "string", "default": "a"}
    definition["paths"]["/old"]["get"]["parameters"] = [{**one, "name": f"p{number}"} for number in range(1_100)]
    definition["paths"]["/upload"]["post"]["x-ms-visibility"] = "hidden"
    data = asked(site(package(here / "kinds", definition)), "/connector", connector="0")
    assert (len(data["findings"]), data["findings"][0]["severity"]) == (1_000, "error")
    assert data["more"] > 0


def test_while_a_file_cant_be_read_the_page_keeps_what_it_said_before(here: Path) -> None:
    path = spec(here / "specs")
    [source] = site(path)._sources.all
    source.overview()
    path.write_text("connector: {\n", encoding="utf-8")
    assert source.refresh()
    data = source.overview()
    assert data["failure"] == "The files can't be read as they are now. This is what they said before."
    assert [one["rule"] for one in data["findings"]] == ["SyntaxNotValid"]
    assert [one["id"] for one in data["operations"]] == ["ListOrders", "GetOrder"]
    assert source.detail(0)["found"] == []
    spec(here / "specs")
    assert source.refresh()
    assert "failure" not in source.overview()


def test_a_file_that_never_could_be_read_shows_its_findings(here: Path) -> None:
    of = site(spec(here / "specs", "connector: {\n"))
    data = asked(of, "/connector", connector="0")
    assert (data["readable"], data["operations"]) == (False, [])
    assert [one["rule"] for one in data["findings"]] == ["SyntaxNotValid"]
    assert of.answer(Request("/", {})).status == 200
    assert b"SyntaxNotValid" in of.html()


def test_the_page_hears_of_a_change(here: Path) -> None:
    path = spec(here / "specs")
    of = site(path)
    asked(of, "/connector", connector="0")
    events = of.answer(Request("/events", {})).content
    assert not isinstance(events, bytes)
    stream = iter(events)
    assert next(stream) == b"retry: 500\ndata: [1]\n\n"
    stop = threading.Event()
    watcher = threading.Thread(target=of._sources.watch, args=(stop, 0.01))
    watcher.start()
    path.write_text(SPEC + "# more\n", encoding="utf-8")
    try:
        assert next(stream) == b"data: [2]\n\n"
    finally:
        stop.set()
        watcher.join()


def test_the_stamps_of_files_folders_and_nothing(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"123")
    found = stamps([tmp_path, tmp_path / "a", tmp_path / "b"])
    assert found[tmp_path] == ("a",)
    assert found[tmp_path / "a"] == ((tmp_path / "a").stat().st_mtime_ns, 3)
    assert found[tmp_path / "b"] is None


@pytest.mark.no_cover  # tracing doubles the time; other tests reach the same
@examples(25)
@given(st.integers(0, 2**32))
def test_random_packages_are_shown_as_far_as_they_go(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    folder = tmp_path_factory.mktemp("random")
    grower = Grower(Random(seed))
    [source] = site(package(folder, grower.document("document"), grower.document("properties file")))._sources.all
    data = source.overview()
    details = [source.detail(index) for index in range(len(data["operations"]))]
    json.dumps([data, details], allow_nan=False)


def test_schemas_in_a_circle_and_wrong_types_are_shown(here: Path) -> None:
    definition = copy.deepcopy(KINDS)
    definition["definitions"]["Order"]["properties"]["parent"] = {"$ref": "#/definitions/Order"}
    definition["paths"]["/old"]["get"]["parameters"] = [7, {"name": 3, "in": "body", "schema": {"$ref": "#/x"}}]
    definition["paths"]["/odd"] = {"get": {"operationId": ["x"], "responses": 7, "x-ms-trigger": {}}}
    of = site(package(here / "kinds", definition, [1]))
    data = asked(of, "/connector", connector="0")
    for index in range(len(data["operations"])):
        asked(of, "/operation", connector="0", operation=str(index))
    assert of.html()
