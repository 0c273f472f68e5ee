"""Every golden case of the language, backwards: what it builds is imported, and builds the same.

case_lines.txt has the lines of the spec that each is imported to, so that none grows; `--update` writes it anew (with `-n 0`).
"""

import json
from pathlib import Path

import pytest

from connector_builder.language import Variables, compile_spec
from connector_builder.language.decompile import import_package
from connector_builder.package import Package
from tests.support.imports.import_one import import_and_build, package_of
from tests.support.language_cases import Case, read_cases

FOLDER = Path(__file__).parents[1] / "language/cases"
CASES = [case for path in sorted(FOLDER.glob("*.md")) for case in read_cases(path)]
LINES = Path(__file__).with_name("case_lines.txt")


def expected() -> dict[str, int]:
    """The lines of the specs by case, and at last those of all."""
    rows = LINES.read_text(encoding="utf-8").splitlines()
    return {name: int(lines) for lines, _, name in (row.strip().partition(" ") for row in rows)}


EXPECTED = expected()


def package_from(case: Case, folder: Path) -> Package | None:
    """The package that a case builds; None if it builds none."""
    variables = Variables(**{"given": {}, "file": {}, "environment": {}, **case.variables})
    package = compile_spec(case.write(folder / "test"), variables).package
    return None if package is None else package_of(package.definition, package.properties, package.script)


def as_read(package: Package) -> str:
    """All that the importer gets, in the order that it gets it; the script is the same."""
    return json.dumps([package.definition, package.properties])


def lines_of(files: dict[str, bytes]) -> int:
    return sum(content.count(b"\n") for name, content in files.items() if name.endswith(".yaml"))


@pytest.mark.exhaustive
@pytest.mark.parametrize("case", [pytest.param(case, id=case.id) for case in CASES])
def test_what_a_case_builds_is_imported_without_loss(case: Case, tmp_path: Path) -> None:
    package = package_from(case, tmp_path)
    if package is None:
        assert case.id not in EXPECTED
        pytest.skip("it builds nothing")
    imported, again = import_and_build(package)
    if as_read(again) != as_read(package):  # else the importer gets what it got
        assert import_package(package_of(again.definition, again.properties, package.script)).files == imported.files
    assert lines_of(imported.files) == EXPECTED[case.id]


def test_the_lines_of_all_cases(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    if request.config.getoption("--update"):
        packages = ((package_from(case, tmp_path / str(number)), case.id) for number, case in enumerate(CASES))
        counted = [(lines_of(import_package(package).files), name) for package, name in packages if package is not None]
        rows = [f"{lines:4} {name}\n" for lines, name in counted]
        whole = "".join([*rows, f"{sum(lines for lines, _ in counted)} lines in all\n"])
        LINES.write_bytes(whole.encode())
    *cases, whole_count = expected().items()
    assert whole_count == ("lines in all", sum(lines for _, lines in cases))
    assert {name for name, _ in cases} <= {case.id for case in CASES}
