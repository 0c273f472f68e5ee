"""The three connectors of docs/import-examples.md: what is imported is what is committed, and builds what was imported."""

import json
import re
from pathlib import Path

import pytest

from connector_builder.app.import_ import Options, find_sources, import_all
from connector_builder.app.shared.read import check
from connector_builder.app.shared.targets import Kind, Target
from connector_builder.checks.engine import Checks
from connector_builder.findings import Severity
from connector_builder.language import Variables, compile_spec
from tests.support.imports.without_loss import exact

DOCS = Path(__file__).parents[2] / "docs"
EXAMPLES = sorted(path.name for path in (DOCS / "import-examples").iterdir())
FRESH = """the import writes another spec: if it is the better one, take it by
connector-builder import docs/import-examples/{0}/package -o docs/import-examples/{0}/spec.yaml --force
python docs/make.py"""


def files(folder: Path) -> dict[str, bytes]:
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def spec_of(name: str) -> Path:
    folder = DOCS / "import-examples" / name / "spec"
    return folder if folder.is_dir() else folder.with_suffix(".yaml")


def test_there_are_three_and_the_page_shows_each_whole_and_in_parts() -> None:
    assert EXAMPLES == ["helpdesk", "parcels", "records"]
    shown = re.findall(r"<!-- import-examples/(\S+?)(:.+)? -->\n", (DOCS / "import-examples.md").read_text("utf-8"))
    for name in EXAMPLES:
        main = spec_of(name) / "connector.yaml" if spec_of(name).is_dir() else spec_of(name)
        assert (main.relative_to(DOCS / "import-examples").as_posix(), "") in shown
        parts = {file for file, first in shown if first and file.startswith(name)}
        assert parts >= {f"{name}/package/apiDefinition.swagger.json"}


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_is_imported_is_what_is_committed(name: str, tmp_path: Path) -> None:
    sources, several = find_sources([DOCS / "import-examples" / name / "package"])
    result = import_all(sources, tmp_path / "spec.yaml", Options(), several=several, jobs=1)
    assert (result.diagnostics, [done.plain for done in result.done]) == ([], [()])
    committed = files(DOCS / "import-examples" / name)
    written = {key: content for key, content in files(tmp_path).items() if not key.startswith(".connector-builder")}
    assert written == {key: content for key, content in committed.items() if key.startswith("spec")}, FRESH.format(name)
    (done,) = result.done
    assert done.lines < done.lines_before / 4


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_is_committed_builds_the_package(name: str) -> None:
    package = DOCS / "import-examples" / name / "package"
    built = compile_spec(spec_of(name), Variables()).package
    assert built is not None
    definition, properties = (
        json.loads((package / file).read_text("utf-8")) for file in ("apiDefinition.swagger.json", "apiProperties.json")
    )
    assert exact(built.definition, built.properties) == exact(definition, properties)
    script = package / "script.csx"
    assert built.script == (script.read_bytes() if script.exists() else None)
    settings = package / "settings.json"
    given = json.loads(settings.read_text("utf-8")) if settings.exists() else {}
    assert built.settings == {key: given[key] for key in ("connectorId", "environment") if key in given}


def test_what_the_pages_say_of_an_import_is_so(tmp_path: Path) -> None:
    sources, several = find_sources([DOCS.parent / "output/github-issues"])
    (done,) = import_all(sources, tmp_path / "github.yaml", Options(), several=several, jobs=1).done
    said = f"{done.operations} operations, {done.lines_before} lines of JSON became {done.lines} "
    assert f"imported output/github-issues to specs/github.yaml: {said}" in (DOCS / "import.md").read_text("utf-8")
    assert "\nconnector-builder import output/github-issues -o" in (DOCS.parent / "README.md").read_text("utf-8")


@pytest.mark.parametrize("name", EXAMPLES)
def test_it_is_a_connector_without_an_error(name: str) -> None:
    checked = check(Target(spec_of(name), Kind.SPEC), Variables(), Checks())
    assert [f"{found.rule}: {found.message}" for found in checked.diagnostics if found.severity is Severity.ERROR] == []
