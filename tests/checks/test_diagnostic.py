import pickle
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from connector_builder.findings import Defect, Place, Related, Rule, Scope, Severity, Text
from connector_builder.findings.diagnostic import Diagnostic, Location, Locator, display_name

RULE = Rule("SummaryMissing", Severity.WARNING, Scope.PRACTICE, "A summary is missing.")


@pytest.mark.parametrize(
    ("path", "cwd", "shown"),
    [
        (PurePosixPath("/home/ada/specs/x.yaml"), PurePosixPath("/home/ada"), "specs/x.yaml"),
        (PurePosixPath("/other/x.yaml"), PurePosixPath("/home/ada"), "/other/x.yaml"),
        (PurePosixPath("/home/adam/x.yaml"), PurePosixPath("/home/ada"), "/home/adam/x.yaml"),
        (PureWindowsPath("C:\\Work\\specs\\x.yaml"), PureWindowsPath("c:\\work"), "specs/x.yaml"),
        (PureWindowsPath("D:\\specs\\x.yaml"), PureWindowsPath("C:\\work"), "D:/specs/x.yaml"),
        (PureWindowsPath("\\\\server\\share\\x.yaml"), PureWindowsPath("C:\\work"), "//server/share/x.yaml"),
    ],
)
def test_the_names_of_files(path: PurePosixPath, cwd: PurePosixPath, shown: str) -> None:
    assert display_name(path, cwd) == shown


def located(content: str, start: int, end: int) -> Location:
    return Locator(Path("/work")).location(Place(Text(Path("x.yaml"), content), start, end))


def test_a_range_in_code_points() -> None:
    content = "a: 😀\nb: 😀 wrong\n"
    start = content.index("wrong")
    assert located(content, start, start + 5) == Location("x.yaml", 2, 6, 2, 11, "b: 😀 wrong", 1)


def test_a_range_over_lines_and_with_other_line_ends() -> None:
    assert located("a: b\r\nc: 'd\r\n  e'\r\n", 9, 17) == Location("x.yaml", 2, 4, 3, 5, "c: 'd", 1)
    assert located("a\rbc\rd", 2, 4) == Location("x.yaml", 2, 1, 2, 3, "bc", 1)


def test_a_whole_file_and_the_end_of_one() -> None:
    assert located("a: b\n", 0, 0) == Location("x.yaml", 1, 1, 1, 1, "", 1)
    assert located("a: b\n", 5, 6) == Location("x.yaml", 2, 1, 2, 2, "", 1)


def test_of_a_long_line_only_a_part_is_kept() -> None:
    content = "x" * 1000 + "wrong" + "y" * 1000
    assert located(content, 1000, 1005) == Location("x.yaml", 1, 1001, 1, 1006, "x" * 200 + "wrong" + "y" * 395, 801)


def test_a_file_is_named_from_the_current_directory() -> None:
    locator = Locator(Path("/work").absolute())
    assert [locator.name(Path(name)) for name in ("specs/../x.yaml", "./x.yaml", "../out/x.yaml")] == [
        "x.yaml",
        "x.yaml",
        Path("/out/x.yaml").absolute().as_posix(),
    ]


def test_related_places() -> None:
    text = Text(Path("x.yaml"), "a: 1\na: 2\n")
    finding = RULE.at(Place(text, 5, 6), "twice", related=(Related(Place(text, 0, 1), "first here"),))
    assert Locator(Path("/work")).defect(finding.defect) == Defect(
        Location("x.yaml", 2, 1, 2, 2, "a: 2", 1),
        "twice",
        related=(Related(Location("x.yaml", 1, 1, 1, 2, "a: 1", 1), "first here"),),
    )


def test_a_diagnostic_can_be_handed_between_processes() -> None:
    diagnostic = Diagnostic("A", Severity.ERROR, Scope.PLATFORM, Defect(Location("x.yaml"), "m"), also=("n",), count=2)
    assert pickle.loads(pickle.dumps(diagnostic)) == diagnostic
