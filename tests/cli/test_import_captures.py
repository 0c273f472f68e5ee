"""`import --update` with a recording: it adds and widens, removes nothing, and the order of recordings doesn't matter."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Run = Callable[..., Result]
AT = "https://api.contoso.example/v1"
Call = tuple[str, str, Any, Any]


def har(*calls: Call) -> str:
    entries = []
    for verb, path, body, answer in calls:
        request: dict[str, Any] = {
            "method": verb,
            "url": AT + path,
            "headers": [{"name": "Authorization", "value": "Bearer PLANTED"}],
        }
        if body is not None:
            request["postData"] = {"mimeType": "application/json", "text": json.dumps(body)}
        content = {"mimeType": "application/json", "text": json.dumps(answer)}
        entries.append({"request": request, "response": {"status": 200, "content": content}})
    return json.dumps({"log": {"entries": entries}})


FIRST: tuple[Call, ...] = (
    ("GET", "/orders?top=5", None, [{"id": 1, "state": "open"}]),
    ("GET", "/orders/17?api-version=1", None, {"id": 17, "total": 5, "lines": [{"sku": "a"}]}),
    ("POST", "/orders", {"total": 5}, {"id": 1}),
)
SECOND: tuple[Call, ...] = (
    ("GET", "/orders?top=ten&skip=5", None, [{"id": 1, "note": "x"}]),
    (
        "GET",
        "/orders/18?api-version=1",
        None,
        {"id": 18, "total": 5.5, "lines": [{"count": 1}], "owner": {"name": "a"}},
    ),
    ("GET", "/people/7", None, {"name": "b"}),
    ("DELETE", "/orders/17", None, {}),
)


def built(run: Run, here: Path, name: str) -> dict[str, Any]:
    result = run("build", f"{name}.yaml", "-o", f"out-{name}", "--fail-on", "never")
    assert result.exit_code == 0, result.output
    return dict(json.loads((here / f"out-{name}/{name}/apiDefinition.swagger.json").read_text(encoding="utf-8")))


def without_order(value: Any) -> Any:
    """Data without the order of parameters; that of keys doesn't count in comparisons."""
    if isinstance(value, dict):
        return {key: without_order(part) for key, part in value.items() if key != "title"}
    if isinstance(value, list):
        return sorted((without_order(part) for part in value), key=lambda part: json.dumps(part, sort_keys=True))
    return value


@pytest.fixture
def recordings(here: Path) -> Path:
    (here / "first.har").write_text(har(*FIRST), encoding="utf-8")
    (here / "second.har").write_text(har(*SECOND), encoding="utf-8")
    (here / "both.har").write_text(har(*FIRST, *SECOND), encoding="utf-8")
    return here


def imported(run: Run, name: str, *files: str) -> None:
    first, *others = files
    assert run("import", first, "-o", f"{name}.yaml").exit_code == 0
    for file in others:
        result = run("import", file, "--update", "-o", f"{name}.yaml")
        assert result.exit_code == 0, result.output
        assert "PLANTED" not in result.output


def test_the_order_of_recordings_does_not_matter(run: Run, recordings: Path) -> None:
    imported(run, "a", "first.har", "second.har")
    imported(run, "b", "second.har", "first.har")
    imported(run, "c", "both.har")
    a, b, c = (without_order(built(run, recordings, name)["paths"]) for name in ("a", "b", "c"))
    assert a == b
    assert a == c


def test_what_a_second_recording_changes(run: Run, recordings: Path) -> None:
    imported(run, "a", "first.har", "second.har")
    definition = built(run, recordings, "a")
    found = {path: sorted(item) for path, item in definition["paths"].items()}
    assert found == {
        "/orders": ["get", "post"],
        "/orders/{orderId}": ["delete", "get"],
        "/people/{personId}": ["get"],
    }
    listed = definition["paths"]["/orders"]["get"]
    queries = {one["name"]: one["type"] for one in listed["parameters"]}
    assert queries == {"top": "string", "skip": "integer"}
    fields = listed["responses"]["200"]["schema"]["items"]["properties"]
    assert sorted(fields) == ["id", "note", "state"]
    order = definition["paths"]["/orders/{orderId}"]["get"]["responses"]["200"]["schema"]["properties"]
    assert {name: one["type"] for name, one in order.items()} == {
        "id": "integer",
        "total": "number",
        "lines": "array",
        "owner": "object",
    }
    assert sorted(order["lines"]["items"]["properties"]) == ["count", "sku"]


def test_the_same_recording_again_changes_nothing(run: Run, recordings: Path) -> None:
    imported(run, "a", "first.har")
    before = (recordings / "a.yaml").read_bytes()
    for _ in range(2):
        imported_again = run("import", "first.har", "--update", "-o", "a.yaml", "--format", "json")
        assert imported_again.exit_code == 0
        assert (recordings / "a.yaml").read_bytes() == before


def test_the_owners_words_stay(run: Run, recordings: Path) -> None:
    imported(run, "a", "first.har")
    path = recordings / "a.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("ListOrders:", "AllOrders:   # all of them").replace("GetOrder:", "ReadOrder:")
    path.write_text(f"# Mine.\n{text}".replace("/orders/{orderId}", "/orders/{id}"), encoding="utf-8")
    assert run("import", "second.har", "--update", "-o", "a.yaml").exit_code == 0
    after = path.read_text(encoding="utf-8")
    assert (after.startswith("# Mine.\n"), "AllOrders:   # all of them" in after, "ListOrders" in after) == (
        True,
        True,
        False,
    )
    read = after.partition("  ReadOrder:")[2].partition("\n\n")[0]
    assert ("request: GET /orders/{id}?" in read, "order:" in read, "owner" in read) == (True, False, True)


def test_a_new_operation_has_its_sample(run: Run, recordings: Path) -> None:
    imported(run, "a", "first.har")
    assert run("import", "second.har", "--update", "-o", "a.yaml").exit_code == 0
    after = (recordings / "a.yaml").read_text(encoding="utf-8")
    assert after.partition("  GetPerson:")[2].rstrip() == (
        "\n    request: GET /people/{personId}\n    response: {sample: {name: b}}"
    )


def test_an_answer_that_is_recorded_replaces_one_that_a_command_lacks(run: Run, recordings: Path) -> None:
    (recordings / "a.curl").write_text(f"curl {AT}/orders --json '{{}}'\n", encoding="utf-8")
    imported(run, "a", "a.curl")
    created = json.loads(har(("POST", "/orders", {"total": 5}, {"id": 1})))
    created["log"]["entries"][0]["response"]["status"] = 201
    (recordings / "b.har").write_text(json.dumps(created), encoding="utf-8")
    assert run("import", "b.har", "--update", "-o", "a.yaml").exit_code == 0
    assert [*built(run, recordings, "a")["paths"]["/orders"]["post"]["responses"]] == ["201"]


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("more.curl", f"curl {AT}/people/7\n"),
        ("more.http", f"GET {AT}/people/7\n"),
    ],
)
def test_other_recordings(run: Run, recordings: Path, file: str, content: str) -> None:
    (recordings / file).write_text(content, encoding="utf-8")
    imported(run, "a", "first.har", file)
    definition = built(run, recordings, "a")
    assert sorted(len(item) for item in definition["paths"].values()) == [1, 1, 2]


@pytest.mark.parametrize(
    "arguments", [["--curl", f"curl {AT}/people/7"], ["--curl", f"irm {AT}/people/7"], [f"$r = irm '{AT}/people/7'"]]
)
def test_a_command_as_an_argument(run: Run, recordings: Path, arguments: list[str]) -> None:
    imported(run, "a", "first.har")
    assert run("import", *arguments, "--update", "-o", "a.yaml").exit_code == 0
    assert len(built(run, recordings, "a")["paths"]) == 3


def test_another_server_is_refused(run: Run, recordings: Path) -> None:
    imported(run, "a", "first.har")
    (recordings / "b.curl").write_text("curl https://b.example/v1/orders\n", encoding="utf-8")
    result = run("import", "b.curl", "--update", "-o", "a.yaml")
    assert (result.exit_code, result.stdout.splitlines()[0]) == (
        1,
        "b.curl:1:1: error: no call is one of the last import's server, 'api.contoso.example' [NotImportable]",
    )
    named = run("import", "b.curl", "--update", "-o", "a.yaml", "--server", "https://b.example")
    assert (named.exit_code, named.stdout.splitlines()[0]) == (
        1,
        "b.curl:1:1: error: the server of the last import is 'api.contoso.example' [NotUpdatable]",
    )
    assert (
        run("import", "b.curl", "--update", "-o", "a.yaml", "--server", "https://api.contoso.example/v1").exit_code == 0
    )


def test_a_path_outside_the_base_path_is_told(run: Run, recordings: Path) -> None:
    imported(run, "a", "first.har")
    (recordings / "b.curl").write_text(
        f"curl {AT}/people/7\ncurl https://api.contoso.example/v2/orders\n", encoding="utf-8"
    )
    result = run("import", "b.curl", "--update", "-o", "a.yaml", "--format", "json")
    messages = [one["message"] for one in json.loads(result.stdout)["findings"] if one["rule"] == "CallLeftOut"]
    assert messages == ["'/v2/orders' isn't below the server's '/v1': it is left out"]


def test_a_value_of_a_guessed_variable(run: Run, here: Path) -> None:
    first = har(*(("GET", f"/shops/{name}/orders", None, []) for name in ("north", "south", "west")))
    (here / "first.har").write_text(first, encoding="utf-8")
    second = har(("GET", "/shops/east/orders", None, []), ("POST", "/shops/east/orders", {"a": 1}, {"b": 1}))
    (here / "second.har").write_text(second, encoding="utf-8")
    imported(run, "a", "first.har", "second.har")
    paths: Mapping[str, Any] = built(run, here, "a")["paths"]
    assert {path: list(item) for path, item in paths.items()} == {"/shops/{shopId}/orders": ["get", "post"]}
    assert [one["name"] for one in paths["/shops/{shopId}/orders"]["post"]["parameters"]] == ["shopId", "body"]


class TestSeveralRecordings:
    """Recordings that are named one by one become one spec."""

    def test_their_order_does_not_matter(self, run: Run, recordings: Path) -> None:
        specs = []
        for index, files in enumerate([("first.har", "second.har"), ("second.har", "first.har")]):
            result = run("import", *files, "-o", f"s{index}.yaml")
            assert result.exit_code == 0, result.output
            specs.append((recordings / f"s{index}.yaml").read_bytes())
        assert specs[0] == specs[1]
        assert b"PLANTED" not in specs[0]

    def test_they_are_what_one_recording_of_all_is(self, run: Run, recordings: Path) -> None:
        assert run("import", "both.har", "-o", "both.yaml").exit_code == 0
        assert run("import", "first.har", "second.har", "-o", "two.yaml").exit_code == 0
        one, two = (built(run, recordings, name) for name in ("both", "two"))
        assert two["info"]["title"] == "Contoso"  # the server's name: no file is more than another
        assert {**one, "info": None} == {**two, "info": None}

    def test_other_formats_and_the_list(self, run: Run, recordings: Path) -> None:
        (recordings / "more.curl").write_text(f"curl -X PATCH {AT}/orders/17 --json '{{\"a\": 1}}'", encoding="utf-8")
        result = run("import", "first.har", "more.curl", "--curl", f"curl {AT}/ping", "--list")
        assert [line.partition("  #")[0].strip() for line in result.stdout.splitlines()] == [
            "GET /orders",
            "POST /orders",
            "GET /orders/{orderId}",
            "PATCH /orders/{orderId}",
            "GET /ping",
        ]

    def test_an_update_takes_several(self, run: Run, recordings: Path) -> None:
        assert run("import", "first.har", "-o", "a.yaml").exit_code == 0
        assert run("import", "second.har", "first.har", "--update", "-o", "a.yaml").exit_code == 0
        assert [*built(run, recordings, "a")["paths"]] == ["/orders", "/orders/{orderId}", "/people/{personId}"]

    def test_a_broken_one_is_named(self, run: Run, recordings: Path) -> None:
        (recordings / "second.har").write_text('{"log": {"entries": [', encoding="utf-8")
        result = run("import", "first.har", "second.har", "-o", "a.yaml")
        assert (result.exit_code, (recordings / "a.yaml").exists()) == (1, False)
        assert "second.har:1:" in result.output

    def test_places_are_in_their_own_files(self, run: Run, recordings: Path) -> None:
        (recordings / "third.har").write_text(har(("OPTIONS", "/orders", None, {})), encoding="utf-8")
        result = run("import", "first.har", "third.har", "-o", "a.yaml")
        assert "imported first.har and 1 more to a.yaml" in result.output
        assert "third.har:1:22: note: a browser's question before the call" in result.output

    def test_a_folder_of_them_is_one_spec_for_each(self, run: Run, recordings: Path) -> None:
        result = run("import", ".", "-o", "specs", "--from", "har")
        assert result.exit_code == 0, result.output
        assert sorted(path.name for path in (recordings / "specs").glob("*.yaml")) == [
            "both.yaml",
            "first.yaml",
            "second.yaml",
        ]
