"""`import --split-by tag`: a spec for each tag, and each builds."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from connector_builder.sources.documents import Parsed, parse

Run = Callable[..., Result]


def document(*operations: tuple[str, list[str], dict[str, Any]]) -> str:
    paths: dict[str, Any] = {}
    for path, tags, more in operations:
        name = "get" + path.strip("/").replace("/", " ").title().replace(" ", "")
        answer = {
            "description": "OK",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/One"}}},
        }
        operation = {"operationId": name, "tags": tags, "responses": {"200": answer}, **more}
        paths[path] = {"get": {key: value for key, value in operation.items() if value}}
    one = {"type": "object", "properties": {"id": {"type": "string"}}}
    head = {"openapi": "3.0.3", "info": {"title": "Contoso", "version": "1"}, "servers": [{"url": "https://a.example"}]}
    return json.dumps({**head, "paths": paths, "components": {"schemas": {"One": one}}})


def requests(path: Path) -> list[str]:
    return [line.split("GET ")[1] for line in path.read_text(encoding="utf-8").splitlines() if "GET " in line]


def test_a_spec_for_each_tag(run: Run, here: Path) -> None:
    text = document(
        ("/orders", ["Orders"], {}),
        ("/items", ["Items of an order, in detail"], {}),
        ("/both", ["Orders", "Items of an order, in detail"], {}),
        ("/old", ["Orders"], {"deprecated": True}),
        ("/ancient", ["Ancient"], {"deprecated": True}),
        ("/ping", [], {}),
    )
    (here / "shop.json").write_text(text, encoding="utf-8")
    result = run("import", "shop.json", "--split-by", "tag", "-o", "specs", "--format", "json")
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    assert [one["spec"] for one in report["imports"]] == [
        "specs/orders.yaml",
        "specs/items-of-an-order-in-detail.yaml",
        "specs/shop.yaml",
    ]
    found = {path.stem: requests(path) for path in (here / "specs").glob("*.yaml")}
    assert found == {
        "orders": ["/orders", "/both"],
        "items-of-an-order-in-detail": ["/items"],
        "shop": ["/ping"],
    }
    titles = {
        path.stem: path.read_text(encoding="utf-8").split("title: ")[1].split(",")[0]
        for path in (here / "specs").glob("*.yaml")
    }
    assert titles == {
        "orders": "Contoso Orders",
        "items-of-an-order-in-detail": '"Items of an order',
        "shop": "Contoso",
    }
    assert [one["message"] for one in report["findings"] if one["rule"] == "OperationNotChosen"] == [
        "'getOld' is deprecated: it is left out"
    ]
    assert run("build", "specs", "--fail-on", "never").exit_code == 0


@pytest.mark.parametrize("format", ["openapi", "postman"])
def test_the_source_is_read_once(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch, format: str) -> None:
    text = document(*((f"/p{index}", [f"T{index}"], {}) for index in range(5)))
    if format == "postman":
        item = {"name": "Get", "request": {"method": "GET", "url": "https://a.example/p"}}
        schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
        folders = [
            {"name": f"T{index}", "item": [json.loads(json.dumps(item).replace("/p", f"/p{index}"))]}
            for index in range(5)
        ]
        text = json.dumps({"info": {"name": "Shop", "schema": schema}, "item": folders})
    (here / "shop.json").write_text(text, encoding="utf-8")
    read = []

    def counted(*arguments: Any, **options: Any) -> Parsed:
        read.append(arguments)
        return parse(*arguments, **options)

    for module in ("openapi3", "captures.recording"):
        monkeypatch.setattr(f"connector_builder.sources.{module}.parse", counted)
    assert run("import", "shop.json", "--split-by", "tag", "-o", "specs").exit_code == 0
    assert (len(read), len([*(here / "specs").glob("*.yaml")])) == (1, 5)


def test_a_choice_comes_first(run: Run, here: Path) -> None:
    (here / "shop.json").write_text(document(("/a", ["A"], {}), ("/b", ["B"], {})), encoding="utf-8")
    assert run("import", "shop.json", "--split-by", "tag", "--exclude", "tag:A", "-o", "specs").exit_code == 0
    assert [path.name for path in (here / "specs").glob("*.yaml")] == ["b.yaml"]


def test_folders_of_a_collection(run: Run, here: Path) -> None:
    item = {"name": "Get", "request": {"method": "GET", "url": "https://a.example/orders"}}
    schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
    folders = [
        {"name": "Orders", "item": [item]},
        {"name": "Notes", "item": [json.loads(json.dumps(item).replace("orders", "notes"))]},
    ]
    (here / "shop.json").write_text(
        json.dumps({"info": {"name": "Shop", "schema": schema}, "item": folders}), encoding="utf-8"
    )
    assert run("import", "shop.json", "--split-by", "tag", "-o", "specs").exit_code == 0
    assert {path.stem: requests(path) for path in (here / "specs").glob("*.yaml")} == {
        "orders": ["/orders"],
        "notes": ["/notes"],
    }


@pytest.mark.parametrize(
    ("tags", "arguments", "message", "cure"),
    [
        (["a b", "A-B"], [], "the tag 'a b' and the tag 'A-B' would both be the spec 'a-b'",
         "import the operations of one after the other: --include 'tag:…'"),
        (["shop", ""], [], "the tag 'shop' and what has no tag would both be the spec 'shop'",
         "import the operations of one after the other: --include 'tag:…'"),
        (["", ""], [], "no operation of 'shop.json' has a tag", "leave out --split-by"),
        (["a", "b"], ["shop.json"], "--split-by takes one SOURCE", "import one after the other"),
        (["a", "b"], ["-o", "x.yaml"], "'x.yaml' is one spec, and there may be several", "name a folder for them: -o x"),
        (["a", "b"], ["--list"], "--split-by and --list don't go together", "leave out one of them; --list shows the tags"),
        (["a", "b"], ["--update"], "--split-by and --update don't go together", "leave out one of them; --list shows the tags"),
    ],
)  # fmt: skip
def test_misuse(run: Run, here: Path, tags: list[str], arguments: list[str], message: str, cure: str) -> None:
    text = document(*((f"/p{index}", [tag] if tag else [], {}) for index, tag in enumerate(tags)))
    (here / "shop.json").write_text(text, encoding="utf-8")
    if arguments == ["shop.json"]:
        (here / "more.json").write_text(text, encoding="utf-8")
        arguments = ["more.json"]
    result = run("import", "shop.json", "--split-by", "tag", "-o", "specs", *arguments)
    assert (result.exit_code, result.stderr) == (2, f"error: {message}\nhelp: {cure}\n")
    assert not (here / "specs").exists()


def test_a_tag_with_too_many_operations_is_told(run: Run, here: Path) -> None:
    many: list[tuple[str, list[str], dict[str, Any]]] = [(f"/many/p{index}", ["Many"], {}) for index in range(257)]
    (here / "shop.json").write_text(document(*many, ("/few", ["Few"], {})), encoding="utf-8")
    result = run("import", "shop.json", "--split-by", "tag", "-o", "specs", "--jobs", "1")
    assert (result.exit_code, [path.name for path in (here / "specs").glob("*.yaml")]) == (1, ["few.yaml"])
    assert "257 operations are more than the 256 that a connector may have" in result.stdout
