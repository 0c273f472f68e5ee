"""Every golden case of the language, backwards: what it builds is imported, and builds the same."""

from pathlib import Path

import pytest

from connector_builder.language import Variables, compile_spec
from tests.support.import_one import built, import_whole, package_of
from tests.support.language_cases import Case, read_cases

FOLDER = Path(__file__).parents[1] / "language/cases"
CASES = [case for path in sorted(FOLDER.glob("*.md")) for case in read_cases(path)]


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id) for case in CASES])
def test_what_a_case_builds_is_imported_without_loss(case: Case, tmp_path: Path) -> None:
    variables = Variables(**{"given": {}, "file": {}, "environment": {}, **case.variables})
    package = compile_spec(case.write(tmp_path / "test"), variables).package
    if package is None:
        pytest.skip("it builds nothing")
    package = package_of(package.definition, package.properties, package.script)
    imported = import_whole(package)
    again = built(imported)
    assert import_whole(package_of(again.definition, again.properties, package.script)).files == imported.files
