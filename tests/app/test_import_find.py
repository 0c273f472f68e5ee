from pathlib import Path

import pytest

from connector_builder.app.import_.find import find_sources
from connector_builder.app.shared.misuse import Misuse
from connector_builder.sources.kinds import Kind

SWAGGER = '{"swagger": "2.0", "info": {}, "paths": {}}'
FILES = {
    "a/apiDefinition.swagger.json": SWAGGER,
    "a/apiProperties.json": "{}",
    "a/other.swagger.json": SWAGGER,
    "a/below/apiDefinition.swagger.json": SWAGGER,
    "b/deep/settings.json": '{"apiDefinition": "b.json"}',
    "b/deep/b.json": SWAGGER,
    "c/pets.json": '{"paths": {}, "info": {}, "swagger":"2.0"}',
    "c/pets.yaml": "swagger: '2.0'\npaths: {}\n",
    "c/new.yml": "openapi: 3.1.0\npaths: {}\n",
    "c/broken.json": '{"swagger": "2.0", "paths": {,}',
    "c/package.json": '{"dependencies": {"swagger": "2.0.1"}}',
    "c/notes.txt": SWAGGER,
    "c/.hidden/pets.json": SWAGGER,
    "c/node_modules/pets.json": SWAGGER,
    "spec/connector.yaml": "connector: {title: x}\n",
    "empty/x.txt": "",
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, content in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="\n")
    (tmp_path / "c/wide.json").write_bytes(SWAGGER.encode("utf-16"))
    return tmp_path


def found(*paths: str, kind: Kind | None = None) -> tuple[list[str], bool]:
    sources, several = find_sources([Path(path) for path in paths], kind)
    return [f"{source.kind} {source}" for source in sources], several


IN_C = ["c/broken.json", "c/pets.json", "c/pets.yaml", "c/wide.json"]
ALL_IN_C = ["swagger c/broken.json", "openapi3 c/new.yml", *(f"swagger {name}" for name in IN_C[1:])]


def test_a_package_by_its_folder_or_a_file(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in ("a", "a/apiDefinition.swagger.json", "a/apiProperties.json", "a/../a/apiProperties.json"):
        assert found(path) in ((["package a"], False), (["package a/../a"], False))
    assert found("b/deep/b.json") == (["package b/deep"], False)
    assert found("b/deep/settings.json") == (["package b/deep"], False)
    monkeypatch.chdir(here / "a")
    assert found("apiDefinition.swagger.json") == found(".") == (["package ."], False)


def test_a_document_by_itself(here: Path) -> None:
    assert found("a/other.swagger.json") == (["swagger a/other.swagger.json"], False)
    assert found("c/notes.txt") == (["swagger c/notes.txt"], False)
    assert found("c/package.json") == (["swagger c/package.json"], False)


def test_folders_of_many(here: Path) -> None:
    assert found("b") == (["package b/deep"], True)
    assert found("c") == (ALL_IN_C, True)
    everything = ["package a", "package b/deep", *ALL_IN_C]
    assert found(".") == (everything, True)
    assert found("a", "c/pets.json", "a/apiProperties.json", "b") == (
        ["package a", "swagger c/pets.json", "package b/deep"],
        True,
    )


def test_of_a_kind(here: Path) -> None:
    assert found("a", kind=Kind.SWAGGER) == (["swagger a/apiDefinition.swagger.json"], False)
    assert found("a/apiDefinition.swagger.json", kind=Kind.SWAGGER) == (["swagger a/apiDefinition.swagger.json"], False)
    assert found(".", kind=Kind.PACKAGE) == (["package a", "package b/deep"], True)
    sources = ["a/apiDefinition.swagger.json", "b/deep/b.json", *IN_C]
    assert found(".", kind=Kind.SWAGGER) == ([f"swagger {name}" for name in sources], True)


@pytest.mark.parametrize(
    ("path", "kind", "message", "cure"),
    [
        ("nowhere", None, "there is no file or folder 'nowhere'", None),
        ("c/pet.json", None, "there is no file or folder 'c/pet.json'", "did you mean 'pets.json'?"),
        ("spec", None, "'spec' is a spec already", "'connector-builder build' makes a package of it"),
        ("spec/connector.yaml", None, "'spec/connector.yaml' is a spec already", "'connector-builder build' makes a package of it"),
        ("empty", None, "'empty' contains nothing that can be imported", "a package has an apiDefinition.swagger.json, or a settings.json that names another"),
        ("c", Kind.PACKAGE, "'c' contains no package", "a package has an apiDefinition.swagger.json, or a settings.json that names another"),
        ("empty", Kind.SWAGGER, "'empty' contains no Swagger document", "it is a JSON or YAML file with 'swagger' and 'paths' at its top"),
        ("c/pets.json", Kind.PACKAGE, "'c/pets.json' isn't part of a package", "leave out --from package to import it by itself"),
    ],
)  # fmt: skip
def test_misuse(here: Path, path: str, kind: Kind | None, message: str, cure: str | None) -> None:
    with pytest.raises(Misuse) as caught:
        found(path, kind=kind)
    assert (caught.value.message, caught.value.help) == (message, cure)


def test_links_are_not_followed_in_a_walk(here: Path) -> None:
    try:
        (here / "empty/link").symlink_to(here / "a", target_is_directory=True)
        (here / "empty/pets.json").symlink_to(here / "c/pets.json")
    except OSError:
        pytest.skip("this account can't make symbolic links")
    with pytest.raises(Misuse, match="contains nothing"):
        found("empty")
