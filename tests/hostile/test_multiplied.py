"""Input that multiplies what it says: work grows with the input, and what it may become is bounded. No test reads the clock."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from connector_builder.app.preview.connector import Connector as Previewed
from connector_builder.app.successors import successors
from connector_builder.checks.changes import examine_changes
from connector_builder.checks.engine import Checks, examine
from connector_builder.findings.diagnostic import Locator
from connector_builder.language import MAIN, Variables, compile_folder
from connector_builder.language.compile import budget
from connector_builder.language.decompile import NotImportable, import_package
from connector_builder.language.tables.forms import Form
from connector_builder.language.tables.top import OBJECTS, form
from connector_builder.mock.connector import Connector as Mocked
from connector_builder.package import Package, Reading
from connector_builder.package.read import absolute, read_package
from connector_builder.platform.view.build import view_of
from connector_builder.platform.view.reference import facts_of, reference_of
from connector_builder.render.reference.page import page_of
from connector_builder.source import suggest
from connector_builder.source.folder import InMemory
from tests.support.growth import calls
from tests.support.hostile import multiplied_packages
from tests.support.hostile.multiplied import CASES, Files, actions, names, spec

pytestmark = pytest.mark.no_cover  # tracing doubles the time of what is large; other tests reach the same

SMALL, FACTOR = 24, 4
PARTS = 500
"""So few parts that both sizes of a case that multiplies come to the limit."""


@pytest.fixture(autouse=True)
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "MAX_PARTS", PARTS)
    monkeypatch.setattr(budget, "MAX_CHARACTERS", 50_000)
    monkeypatch.setattr(budget, "MAX_STEPS", 5_000)
    monkeypatch.setattr(suggest, "MAX_SUGGESTIONS", 3)


def write(folder: Path, files: Files) -> dict[str, bytes]:
    """The files as a folder in memory has them; those that it reads itself are written."""
    for name, content in files.items():
        if name != MAIN:
            (folder / name).write_text(content, encoding="utf-8", newline="\n")
    return {name: content.encode() for name, content in files.items()}


def work(folder: Path, files: Files) -> int:
    """The calls that reading, building and checking a spec takes."""
    contents = write(folder, files)
    return calls(lambda: examine(compile_folder(InMemory(folder, contents), MAIN, Variables()), Checks(), is_spec=True))


@cache
def work_of_any_spec() -> int:
    """The calls that the smallest spec takes, the second time: the first imports modules."""
    smallest = spec({"actions": actions(1)})
    return [work(Path(), smallest) for _ in range(2)][1]


def rules_of(folder: Path, files: Files) -> list[str]:
    """The rules of the errors that compiling a spec finds."""
    reading = compile_folder(InMemory(folder, write(folder, files)), MAIN, Variables())
    return [finding.rule.name for finding in reading.findings if finding.rule.fixed]


def growth(folder: Path, make: Any, size: int = SMALL) -> float:
    """How many times as many calls four times the size takes, beyond what any spec takes."""
    least = work_of_any_spec()
    small, large = work(folder, make(size)), work(folder, make(size * FACTOR))
    return (large - least) / max(small - least, least)


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", CASES)
def test_work_grows_with_the_spec(tmp_path: Path, name: str) -> None:
    assert growth(tmp_path, CASES[name].make) < 1.8 * FACTOR


def lists(found: Form, key: str, *, deep: int = 4) -> Iterator[tuple[tuple[str, ...], Form]]:
    """The ways, by keys of objects, to every list and every mapping of names in a form."""
    if found.items or found.names:
        yield (key,), found
    if found.object and deep:
        for inner in OBJECTS[found.object].keys.values():
            for way, below in lists(form(inner.form), inner.name, deep=deep - 1):
                yield (key, *way), below


def many(found: Form, count: int) -> Any:
    """So many items, or names with a value, of the first kind that the form takes there."""
    inner = form(found.items or found.names or "")
    values: list[Any] = [inner.words[0]] * count if inner.words else names(count)
    if inner.number and not inner.text:
        values = list(range(count))
    if inner.object and not inner.text:
        values = [{}] * count
    return values if found.items else dict(zip(names(count), values, strict=True))


def put(way: tuple[str, ...], value: Any) -> dict[str, Any]:
    """The mapping that has a value at the end of a way."""
    for key in reversed(way):
        value = {key: value}
    return dict(value)


PLACES = ("operation", "schema", "parameter", "spec")
"""What repeats: an operation, a schema and a parameter that many name; the top level, once."""
LISTS = {
    f"{place}: {'.'.join(way)}": (place, way, found)
    for place in PLACES
    for key in OBJECTS[place].keys.values()
    for way, found in lists(form(key.form), key.name, deep=2)
}


def repeated(place: str, way: tuple[str, ...], found: Form, count: int) -> Files:
    """A list of so many items in a place that so many others repeat: by alias, by template, by name."""
    part = put(way, many(found, count))
    if place == "operation":
        return spec({"actions": {name: {"request": line, **part} for name, line in actions(count // 20).items()}})
    if place == "schema":
        schemas = {"Tide": {"inline": True, **part}}
        answers = {name: {"request": line, "response": "Tide"} for name, line in actions(count).items()}
        return spec({"schemas": schemas, "actions": answers})
    if place == "parameter":
        return spec({"parameters": {"place": part}, "actions": actions(count, "GET /tides/{number}?place")})
    return spec({"actions": actions(count), **part})


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", LISTS)
def test_every_list_of_the_language(tmp_path: Path, name: str) -> None:
    place, way, found = LISTS[name]
    # In an operation a list is written out for each operation, in the spec itself. So few operations as half the size has would show nothing.
    bound, size = (FACTOR**2, SMALL) if place == "operation" else (FACTOR, SMALL // 2)
    assert growth(tmp_path, lambda size: repeated(place, way, found, size), size) < 1.8 * bound


def test_what_is_too_much_is_one_finding_with_its_place_and_cure(tmp_path: Path) -> None:
    files = CASES["enum of a template"].make(100)
    reading = compile_folder(InMemory(tmp_path, write(tmp_path, files)), MAIN, Variables())
    [finding] = reading.findings
    assert finding.rule.name == "SpecTooLarge"
    assert finding.message == "this makes the spec larger than 500 parts"
    assert finding.help == ("repeated parts count each time: move them into a shared part, or split the connector")
    assert finding.place.text.content[finding.place.start : finding.place.end].startswith('"name')
    assert reading.package is None


def read_made(folder: Path, size: int, name: str, *, changed: bool = False) -> tuple[Reading, Package]:
    """The package of a case as it is read, from memory."""
    made = multiplied_packages.contents(multiplied_packages.CASES[name](size), changed=changed)
    reading = read_package(folder, {absolute(folder / name): content for name, content in made.items()})
    assert reading.package is not None
    return reading, reading.package


def imports(_reading: Reading, package: Package, _changed: Reading) -> None:
    with suppress(NotImportable):  # what becomes larger than a spec may be
        import_package(package)


def documents(_reading: Reading, package: Package, _changed: Reading) -> None:
    view = view_of(package.definition, package.properties)
    facts = facts_of(package.definition, package.properties)
    page_of(view, facts, reference_of(package.definition, view.operations), {})


def compares(reading: Reading, _package: Package, changed: Reading) -> None:
    successors(reading, changed, examine_changes(reading, changed, Checks()))


def previews(reading: Reading, _package: Package, _changed: Reading) -> None:
    checked = examine(reading, Checks(), is_spec=False)
    Previewed("tides", reading, checked.diagnostics, Locator(Path.cwd()), {}).details()


COMMANDS: dict[str, Callable[[Reading, Package, Reading], object]] = {
    "import": imports,
    "docs": documents,
    "diff --suggest": compares,
    "preview": previews,
    "mock": lambda _reading, package, _changed: Mocked(package),
    "validate --format sarif": lambda reading, _, __: examine(reading, Checks(fixes=True), is_spec=False),
}
"""What the commands do with a package, beside reading and writing."""
LIMITS = {
    "language.compile.budget.MAX_PARTS": 10_000,
    "language.compile.samples.examples.MAX_TOTAL": 60,
    "platform.view.fields.MAX_ALL": 60,
    "rules.changes.side.MAX_COMPARED": 60,
    "checks.corrections.MOST_READ": 5_000,
    "app.preview.connector.MAX_PLACED": 60,
    "app.successors.MAX_SUCCESSORS": 2,
}
"""Limits so small that both sizes come to them."""


@pytest.mark.exhaustive
@pytest.mark.parametrize("command", COMMANDS)
def test_work_of_a_command_grows_with_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    for limit, value in LIMITS.items():
        monkeypatch.setattr(f"connector_builder.{limit}", value)

    def taken(size: int, name: str) -> int:
        reading, package = read_made(tmp_path, size, name)
        changed, _ = read_made(tmp_path, size, name, changed=True)
        return calls(lambda: COMMANDS[command](reading, package, changed))

    least = [taken(1, "operations") for _ in range(2)][1]  # the first imports modules
    grown = {
        name: (taken(6 * FACTOR, name) - least) / max(taken(6, name) - least, least)
        for name in multiplied_packages.CASES
    }
    assert {name: growth for name, growth in grown.items() if growth >= 1.8 * FACTOR} == {}


@pytest.mark.parametrize(
    "name",
    ["default headers", "default query", "text of a template", "sample of a schema", "updateNextLink", "no callback"],
)
def test_what_multiplies_is_too_much(tmp_path: Path, name: str) -> None:
    assert rules_of(tmp_path, CASES[name].make(400))[-1:] == ["SpecTooLarge"]
