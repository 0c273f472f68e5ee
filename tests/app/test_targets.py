import os
from pathlib import Path

import pytest

from connector_builder.app.shared import targets
from connector_builder.app.shared.misuse import Misuse
from connector_builder.app.shared.targets import Kind, Target, find_specs, find_targets
from connector_builder.language.load import is_spec

SPEC = "connector:\n  title: Runs\n"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def put(name: str, content: str | bytes = "{}") -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def found(*names: str) -> list[str]:
    return [f"{target.kind} {target}" for target in find_targets([Path(name) for name in names])]


def test_what_a_path_stands_for() -> None:
    put("specs/runs.yaml", SPEC)
    put("specs/flows/connector.yaml", SPEC)
    put("specs/flows/actions/get.yaml", "connector: GET /connector")
    put("specs/flows/samples/flow.json")
    put("output/runs/apiDefinition.swagger.json")
    put("output/runs/samples/Get.200.json")
    put("output/runs/README.md")
    put("swagger.json")
    assert found("specs/runs.yaml") == ["spec specs/runs.yaml"]
    assert found("specs/flows") == ["spec specs/flows"]
    assert found("specs/flows/connector.yaml") == ["spec specs/flows"]
    assert found("specs/flows/actions/get.yaml") == ["spec specs/flows"]
    assert found("specs/flows/samples/flow.json") == ["spec specs/flows"]
    assert found("output/runs") == ["package output/runs"]
    assert found("output/runs/apiDefinition.swagger.json") == ["package output/runs"]
    assert found("output/runs/samples/Get.200.json") == ["package output/runs"]
    assert found("output/runs/README.md") == ["package output/runs"]
    assert found("swagger.json") == ["definition swagger.json"]


def test_properties_alone_make_a_package() -> None:
    put("one/apiProperties.json")
    assert found("one") == ["package one"]


def test_many_files_of_one_whole_are_one_target() -> None:
    put("flows/connector.yaml", SPEC)
    put("flows/samples/a.json")
    whole = str(Path("flows").absolute())
    assert found("flows/samples/a.json", "flows/connector.yaml", "flows", "./flows", whole) == ["spec flows"]


def test_a_file_named_from_inside_its_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    put("flows/connector.yaml", SPEC)
    put("flows/samples/a.json")
    monkeypatch.chdir("flows")
    assert found("connector.yaml", "samples/a.json", ".") == ["spec ."]
    monkeypatch.chdir("samples")
    assert found("a.json") == ["spec .."]


def test_a_spec_beside_or_below_a_package_stands_for_itself() -> None:
    put("apiDefinition.swagger.json")
    put("runs.yaml", SPEC)
    put("specs/flows.yaml", SPEC)
    put("specs/notes.json")
    assert found("runs.yaml", "specs/flows.yaml") == ["spec runs.yaml", "spec specs/flows.yaml"]
    assert found("specs/notes.json") == ["package ."]


def test_a_definition_beside_a_package_or_a_spec_stands_for_itself() -> None:
    swagger = '{"swagger": "2.0"}'
    for name in (
        "pkg/apiDefinition.swagger.json",
        "pkg/next.json",
        "pkg/drafts/next.swagger.json",
        "pkg/samples/A.200.json",
    ):
        put(name, swagger)
    put("pkg/answer.json", '{"value": 1}')
    assert found("pkg/next.json") == ["definition pkg/next.json"]
    assert found("pkg/drafts/next.swagger.json") == ["definition pkg/drafts/next.swagger.json"]
    assert found("pkg/samples/A.200.json", "pkg/answer.json", "pkg/apiDefinition.swagger.json") == ["package pkg"]
    put("spec/connector.yaml", SPEC)
    put("spec/alone.swagger.json", "{")
    put("spec/notes/alone.json", '{"openapi": "3.0.1"}')
    put("spec/samples/swagger.json", swagger)
    assert found("spec/alone.swagger.json", "spec/notes/alone.json") == [
        "definition spec/alone.swagger.json",
        "definition spec/notes/alone.json",
    ]
    assert found("spec/samples/swagger.json") == ["spec spec"]


def test_the_definition_that_settings_name_belongs_to_the_package() -> None:
    put("pkg/apiProperties.json")
    put("pkg/mine.json", '{"swagger": "2.0"}')
    put("pkg/other.json", '{"swagger": "2.0"}')
    put("pkg/settings.json", '{"apiDefinition": "mine.json"}')
    assert found("pkg/mine.json") == ["package pkg"]
    assert found("pkg/other.json") == ["definition pkg/other.json"]


def test_a_spec_in_any_folder_below_a_spec_that_is_not_its_section() -> None:
    put("connector.yaml", SPEC)
    put("more/runs.yaml", SPEC)
    put("more/runs.txt", SPEC)
    assert found("more/runs.yaml") == ["spec more/runs.yaml"]
    assert found("more/runs.txt") == ["spec ."]


def test_a_walk_skips_what_nobody_wrote_and_takes_folders_whole() -> None:
    put("a/runs.yaml", SPEC)
    put("a/other.yaml", "services: {}\n")
    put("a/deep/er/flows/connector.yaml", SPEC)
    put("a/deep/er/flows/inner.yaml", SPEC)
    put("b/one/apiDefinition.swagger.json")
    put("b/one/inner/apiDefinition.swagger.json")
    put("b/two.json")
    for hidden in (".git", ".venv", ".hidden", "node_modules"):
        put(f"{hidden}/runs.yaml", SPEC)
    assert found(".") == ["spec a/deep/er/flows", "spec a/runs.yaml", "package b/one"]


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_walk_follows_no_links_but_a_named_one_is_taken() -> None:
    put("real/runs.yaml", SPEC)
    put("walked/own.yaml", SPEC)
    Path("walked/folder").symlink_to(Path("real").absolute())
    Path("walked/file.yaml").symlink_to(Path("real/runs.yaml").absolute())
    Path("walked/loop").symlink_to(Path("walked").absolute())
    assert found("walked") == ["spec walked/own.yaml"]
    assert found("walked/folder") == ["spec walked/folder/runs.yaml"]
    assert found("walked/file.yaml") == ["spec walked/file.yaml"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("connector:\n", True),
        ("# a comment\n\nconnector: {title: A}\n", True),
        ('"connector": {}\n', True),
        ("{connector: {title: A}}\n", True),
        ("  connector: {}\n  auth: {}\n", True),
        ("auth: {}\rconnector: {}\r", True),
        ("connector: [broken\n  x: 'y\n", True),
        ("auth: {}\r\nconnector:\r\n  title: A\r\n", True),
        ("\ufeffconnector: {}\n", True),
        ("connectors: {}\n", False),
        ("actions:\n  connector: GET /\n", False),
        ("text: |\n  connector: x\n", False),
        ("- connector: x\n", False),
        ("connector:8080\n", False),
        ("{connector: [broken\n", False),
        ("", False),
    ],
)
def test_what_makes_a_yaml_file_a_spec(content: str, expected: bool) -> None:
    assert is_spec(put("x.yaml", content)) is expected


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig", "latin-1"])
def test_a_spec_in_a_wrong_encoding_counts_so_that_it_is_reported(encoding: str) -> None:
    assert is_spec(put("x.yaml", "connector:\n  title: é\n".encode(encoding)))


def test_a_named_yaml_file_is_a_spec_whatever_it_holds() -> None:
    put("runs.yaml", "conector: {}\n")
    assert found("runs.yaml") == ["spec runs.yaml"]


def test_records_and_configuration_stand_for_nothing() -> None:
    put("output/.connector-builder/runs.json")
    put("connector-builder.yaml")
    assert found("output/.connector-builder/runs.json", "connector-builder.yaml") == []


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("nowhere", "there is no file or folder 'nowhere'"),
        ("no\0where", "there is no file or folder 'no\0where'"),
        ("empty", "'empty' contains neither a spec nor a package"),
        ("empty/notes.txt", "'empty/notes.txt' is neither a spec nor part of a package"),
    ],
)
def test_misuse(path: str, message: str) -> None:
    put("empty/notes.txt")
    with pytest.raises(Misuse) as caught:
        find_targets([Path(path)])
    assert caught.value.message == message.replace("/", os.sep if os.name == "nt" else "/")


def test_a_path_that_is_nearly_right() -> None:
    put("specs/orders.yaml", SPEC)
    with pytest.raises(Misuse) as caught:
        find_targets([Path("specs/ordres.yaml")])
    assert caught.value.help == "did you mean 'orders.yaml'?"
    with pytest.raises(Misuse) as caught:
        find_targets([Path("spec/orders.yaml")])
    assert caught.value.help is None


def test_a_walk_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        put(f"many/{number}.txt")
    monkeypatch.setattr(targets, "MAX_ENTRIES", 3)
    with pytest.raises(Misuse, match="'many' contains more than 3 files"):
        find_targets([Path("many")])


def test_specs_only() -> None:
    put("all/runs.yaml", SPEC)
    put("all/one/apiDefinition.swagger.json")
    assert find_specs([Path("all"), Path("all/runs.yaml")]) == [Target(Path("all/runs.yaml"), Kind.SPEC)]
    with pytest.raises(Misuse) as caught:
        find_specs([Path("all/one")])
    assert (caught.value.message, caught.value.help) == (
        f"'{Path('all/one')}' is a built package, not a spec",
        "'validate' checks packages",
    )
