"""How long the specs are that the language's golden cases are imported to: case_lines.txt, which `--update` writes anew."""

from collections.abc import Callable
from pathlib import Path

from connector_builder.language import Variables, compile_spec
from connector_builder.language.decompile import import_package
from tests.support.import_one import package_of
from tests.support.language_cases import Case, read_cases

CASES = Path(__file__).parents[1] / "language/cases"
LINES = Path(__file__).with_name("case_lines.txt")


def test_the_specs_of_golden_cases_are_as_long_as_they_were(
    golden: Callable[[Path, bytes], None], tmp_path: Path
) -> None:
    cases = [case for path in sorted(CASES.glob("*.md")) for case in read_cases(path)]
    counted = [(_lines(case, tmp_path / str(index)), case.id) for index, case in enumerate(cases)]
    rows = [f"{lines:4} {name}\n" for lines, name in counted if lines]
    golden(LINES, "".join([*rows, f"{sum(lines for lines, _ in counted)} lines in all\n"]).encode())


def _lines(case: Case, folder: Path) -> int:
    """Counts the lines of the spec's YAML; 0 where the case builds no package."""
    variables = Variables(**{"given": {}, "file": {}, "environment": {}, **case.variables})
    package = compile_spec(case.write(folder / "test"), variables).package
    if package is None:
        return 0
    files = import_package(package_of(package.definition, package.properties, package.script)).files
    return sum(content.count(b"\n") for name, content in files.items() if name.endswith(".yaml"))
