"""What `docs/editor.md` promises, tried with the server that VS Code's YAML extension runs."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.ci import not_installed
from tests.support.pages.editor_page import PAGE, SPEC, blocks
from tests.support.programs.language_server import Editor, NotInstalledError, editing, install

pytestmark = pytest.mark.installs

SCHEMA = "connector.schema.json"
PARTS = {f"{part}.schema.json": part for part in ("actions", "triggers", "schemas")}
MODELINE = f"# yaml-language-server: $schema={SCHEMA}\n"


@pytest.fixture(scope="session")
def command(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The server, kept in pytest's cache. In CI it has to be there."""
    cache: pytest.Cache | None = getattr(request.config, "cache", None)  # pytest can run without
    try:
        return install(tmp_path_factory.mktemp("server") if cache is None else cache.mkdir("language-server"))
    except NotInstalledError as error:
        not_installed(error)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the schemas of the page in it, as `connector-builder schema` prints them."""
    folder = tmp_path_factory.mktemp("editor")
    program = [sys.executable, "-m", "connector_builder", "schema"]
    for name, options in {SCHEMA: [], **{name: ["--part", part] for name, part in PARTS.items()}}.items():
        printed = subprocess.run([*program, *options], check=True, capture_output=True, timeout=60)
        (folder / name).write_bytes(printed.stdout)
    return folder


@pytest.fixture(scope="module")
def editor(command: list[str], folder: Path) -> Iterator[Editor]:
    """An editor with the settings of the page, and without a look at the store of schemas on the web."""
    settings = {
        "yaml": {
            "schemas": {
                (folder / SCHEMA).as_uri(): ["specs/*.yaml", "specs/*/connector.yaml"],
                **{(folder / name).as_uri(): [f"specs/*/{part}/*.yaml"] for name, part in PARTS.items()},
            },
            "schemaStore": {"enable": False},
            "kubernetesCRDStore": {"enable": False},
            "completion": True,
            "validate": True,
            "hover": True,
        }
    }
    with editing(command, folder, settings) as editor:
        yield editor


def told(diagnostics: list[dict[str, Any]]) -> list[tuple[int, str]]:
    """Lines from 1, as people count."""
    return [(one["range"]["start"]["line"] + 1, one["message"]) for one in diagnostics]


def test_a_good_spec_is_not_underlined(editor: Editor, folder: Path) -> None:
    assert told(editor.diagnostics(folder / "specs/good.yaml", SPEC)) == []


@pytest.mark.parametrize("first", ["", MODELINE], ids=["settings", "modeline"])
def test_a_wrong_key_is_underlined_at_its_line(editor: Editor, folder: Path, first: str) -> None:
    path = folder / ("other/by-line.yaml" if first else "specs/by-settings.yaml")
    text = first.replace(SCHEMA, f"../{SCHEMA}") + SPEC + "    visibilty: important\n"
    assert told(editor.diagnostics(path, text)) == [(len(text.splitlines()), "Property visibilty is not allowed.")]


def test_a_wrong_value_and_a_key_that_is_missing_are_underlined(editor: Editor, folder: Path) -> None:
    text = SPEC.replace("  title: Contoso Orders\n", "") + "    visibility: hidden\n"
    found = told(editor.diagnostics(folder / "specs/mine/connector.yaml", text))
    assert [line for line, _ in found] == [1, 9]
    assert found[0][1] == 'Missing property "title".'
    assert found[1][1].startswith('Value is not accepted. Valid values: "important", "advanced", "internal", "none"')


def test_a_file_of_actions_is_checked_by_a_part_of_the_schema(editor: Editor, folder: Path) -> None:
    text = "ListOrders:\n  request: GET /orders\n  visibilty: important\n"
    found = told(editor.diagnostics(folder / "specs/mine/actions/orders.yaml", text))
    assert found == [(3, "Property visibilty is not allowed.")]


def test_a_file_of_schemas_is_checked_by_a_part_of_the_schema(editor: Editor, folder: Path) -> None:
    text = "Order:\n  fields:\n    id!: uuid\n  feilds: {}\n"
    found = told(editor.diagnostics(folder / "specs/mine/schemas/orders.yaml", text))
    assert found == [(4, "Property feilds is not allowed.")]


def test_a_good_file_of_triggers_is_not_underlined(editor: Editor, folder: Path) -> None:
    text = "WhenOrdered:\n  request: POST /hooks\n  webhook: {callback: url}\nWhenPaid: GET /paid\n"
    assert told(editor.diagnostics(folder / "specs/mine/triggers/orders.yaml", text)) == []


def test_keys_of_an_operation_are_completed_in_a_file_of_actions(editor: Editor, folder: Path) -> None:
    path = folder / "specs/mine/actions/more.yaml"
    editor.diagnostics(path, "ListOrders:\n  request: GET /orders\n  \n")
    found = editor.completion(path, 2, 2)
    assert {"visibility", "parameters", "response"} <= set(found)
    assert "connector" not in found


def test_keys_of_the_top_level_are_completed(editor: Editor, folder: Path) -> None:
    path = folder / "specs/top.yaml"
    editor.diagnostics(path, SPEC + "\n")
    found = editor.completion(path, len(SPEC.splitlines()), 0)
    assert found["auth"]["documentation"] == "How a connection signs in. Without it: none."
    assert {"defaults", "parameters", "fields", "triggers", "policies", "schemas"} <= set(found)
    assert "connector" not in found  # it is there already


def test_keys_of_an_operation_are_completed(editor: Editor, folder: Path) -> None:
    path = folder / "specs/operation.yaml"
    editor.diagnostics(path, SPEC + "    \n")
    found = editor.completion(path, len(SPEC.splitlines()), 4)
    assert {"visibility", "parameters", "body", "response", "responses", "pageable", "deprecated"} <= set(found)
    assert "server" not in found


def test_values_are_completed(editor: Editor, folder: Path) -> None:
    path = folder / "specs/value.yaml"
    text = SPEC + "    visibility: \n"
    editor.diagnostics(path, text)
    found = editor.completion(path, len(SPEC.splitlines()), len("    visibility: "))
    assert set(found) - {"null"} == {"important", "advanced", "internal", "none"}


def test_hovering_tells_what_a_key_means(editor: Editor, folder: Path) -> None:
    path = folder / "specs/hover.yaml"
    editor.diagnostics(path, SPEC)
    assert "What the operation does, in a full sentence." in editor.hover(path, 8, 6)


def test_the_settings_of_the_page_are_those_that_are_tried(editor: Editor, folder: Path) -> None:
    single, whole = (json.loads(block)["yaml.schemas"] for block in blocks("json")[:2])
    tried = editor.settings["yaml"]["schemas"]
    assert {(folder / name).as_uri(): files for name, files in whole.items()} == tried
    assert single == {f"./{SCHEMA}": whole[f"./{SCHEMA}"]}
    printed = [f"connector-builder schema --part {part} > {name}" for name, part in PARTS.items()]
    assert "\n".join(printed) in PAGE.read_text(encoding="utf-8")
    assert blocks("yaml") == [MODELINE.replace(SCHEMA, f"../{SCHEMA}")]
