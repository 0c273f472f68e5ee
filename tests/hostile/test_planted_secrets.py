"""Secrets at every nested key of the language and of a package's documents: no command prints or writes one.

Each secret has a line of its own, so that what is reported can be compared exactly. In CI each place gets two of
the kinds of secret when what isn't free is spared, and two when nothing is; by default one, and with `--hypothesis-profile thorough` all.
"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from connector_builder.language.tables.top import OBJECTS
from connector_builder.platform import api_properties
from connector_builder.report import FORMATS
from tests.support.hostile.hostile_cli import Outcome, build, import_, run
from tests.support.hostile.plants import KINDS, MARK, Planter, escaped, lines_with_secrets, written
from tests.support.properties import every

pytestmark = pytest.mark.no_cover  # tracing doubles the time of what is large; other tests reach the same

Change = Callable[[str], str]
WAYS: dict[str, tuple[bool, Change]] = {
    "spared": (False, str), "spared, escaped": (False, escaped), "all": (True, str), "all, escaped": (True, escaped),
}  # fmt: skip
ALL = [(first, way) for way in WAYS for first in range(KINDS)]
SOME = [(8, "spared, escaped"), (20, "all"), (0, "spared"), (16, "all, escaped")][: 4 if every() == 1 else 2]
CASES = pytest.mark.parametrize(("first", "way"), ALL if settings().max_examples > 100 else SOME)


REPORTS = [word for form in FORMATS for word in ("--report", f"{form}=reports/{form}")]
"""Each format as a file of the same run: what a run finds doesn't depend on how it is shown."""


@pytest.fixture(autouse=True)
def reports(here: Path) -> Path:
    (here / "reports").mkdir()
    return here / "reports"


def leaks(outcome: Outcome) -> list[str]:
    return [line for line in (outcome.out + outcome.err).splitlines() if MARK in line.lower()]


def leaks_of_reports(reports: Path) -> list[str]:
    texts = {form: (reports / form).read_text(encoding="utf-8") for form in FORMATS}
    assert min(map(len, texts.values())) > 1000
    return [f"{form}: {line}" for form, text in texts.items() for line in text.splitlines() if MARK in line.lower()]


def files_with_secrets(folder: Path) -> list[str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if MARK in path.read_bytes().decode("utf-8", "replace").lower()]


def reported(outcome: Outcome, rule: str, file: str) -> list[int]:
    """The lines of a file that a rule reports, one for each finding."""
    found = json.loads(outcome.out)["findings"]
    return sorted(one["line"] for one in found if one["rule"] == rule and Path(one["file"]).name == file)


@CASES
def test_in_a_spec(first: int, way: str, here: Path, reports: Path) -> None:
    everywhere, change = WAYS[way]
    text = change(written(Planter(first, everywhere=everywhere).spec()))
    (here / "spec.yaml").write_text(text, encoding="utf-8", newline="\n")
    built = build(here / "spec.yaml", here / "output", "--format", "json", *REPORTS)
    validated = run("validate", "spec.yaml")
    for outcome in (built, validated):
        assert outcome.status == 1
        assert leaks(outcome) == []
    assert leaks_of_reports(reports) == []
    assert reported(built, "SecretInSpec", "spec.yaml") == lines_with_secrets(text)
    assert not (here / "output").exists()


@CASES
def test_in_a_package(first: int, way: str, here: Path, reports: Path) -> None:
    everywhere, change = WAYS[way]
    planter = Planter(first, everywhere=everywhere)
    texts = {
        "apiDefinition.swagger.json": change(written(planter.definition())),
        "apiProperties.json": change(written(planter.properties())),
        "settings.json": change(written(planter.settings())),
    }
    (here / "p").mkdir()
    for name, text in texts.items():
        (here / "p" / name).write_text(text, encoding="utf-8", newline="\n")
    validated = run("validate", "p", "--format", "json", *REPORTS)
    imported = import_(here / "p", here / "specs/a", "--format", "json")
    others = [
        import_(here / "p", here / "specs/b", "--repair"),
        import_(here / "p/apiDefinition.swagger.json", here / "specs/c", "--from", "swagger"),
    ]
    for outcome in (validated, imported, *others):
        assert leaks(outcome) == []
    assert leaks_of_reports(reports) == []
    assert [outcome.status for outcome in (imported, *others)] == [int(everywhere)] * 3
    assert (here / "specs").exists() != everywhere
    assert files_with_secrets(here / "specs") == []
    for name, text in texts.items():
        assert reported(validated, "SecretInPackage", name) == lines_with_secrets(text)
        if not everywhere:
            assert reported(imported, "SecretLeftOut", name) == lines_with_secrets(text)


def test_every_object_of_the_language_is_planted() -> None:
    planter = Planter()
    planter.spec()
    assert planter.done == set(OBJECTS)


def test_every_object_of_apiproperties_is_planted() -> None:
    planter = Planter()
    planter.properties()
    assert planter.done >= set(api_properties.TABLE)


def test_hundreds_of_places_are_planted() -> None:
    makers: list[Callable[[Planter], object]] = [Planter.spec, Planter.definition, Planter.properties]
    counted = [len(lines_with_secrets(written(make(Planter(everywhere=True))))) for make in makers]
    assert [count // 100 for count in counted] == [8, 5, 0]
