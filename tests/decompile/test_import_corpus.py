"""Real connectors become specs without loss, short and in lines that can be read. `tests/support/corpus.py` says where they come from."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

import pytest

from connector_builder.language.decompile import Imported, import_package
from connector_builder.package import Package
from connector_builder.sources.kinds import Kind
from connector_builder.sources.source import Source, read_source
from tests.support.corpus import ONE_IN, PARTS, connectors, needs_corpus
from tests.support.imports.import_one import built, import_whole, package_of
from tests.support.imports.without_loss import exact, turned
from tests.support.once import once, run_folder

pytestmark = [needs_corpus, pytest.mark.no_cover]
WIDTH = 120
MOST_BROKEN = 5
"""The connectors that can't be read; `tests/sources` repairs them."""
OFTEN = 12
"""One connector of so many is imported twice more, in other ways."""


MOST_LINES = {1: (0.24, 0.22), 2: (0.242, 0.233), 3: (0.24, 0.231)}
"""The contract is for all connectors: the median of the specs' shares of lines, and that of all. A sample is near it."""


@dataclass(frozen=True)
class Entry:
    """A connector and its spec: the lines and the characters without blanks of both, and the lines of the spec that are too long."""

    name: str
    plain: bool
    lines: tuple[int, int]
    characters: tuple[int, int]
    long: list[str]


def imported(part: int, factory: pytest.TempPathFactory) -> list[Entry]:
    """A part of the corpus, imported once a run. What can't be read isn't in it."""
    return [Entry(**entry) for entry in _part(part, factory)["entries"]]


def unread(part: int, factory: pytest.TempPathFactory) -> dict[str, list[list[str]]]:
    """The connectors of a part that can't be read: by name, the rule and the help of each finding."""
    found: dict[str, list[list[str]]] = _part(part, factory)["unread"]
    return found


def _part(part: int, factory: pytest.TempPathFactory) -> dict[str, Any]:
    def make() -> dict[str, Any]:
        broken: dict[str, list[list[str | None]]] = {}
        return {"entries": [asdict(entry) for entry in _entries(part, broken)], "unread": broken}

    found: dict[str, Any] = once(run_folder(factory), f"imported-{part}", make)
    return found


def _entries(part: int, broken: dict[str, list[list[str | None]]]) -> Iterator[Entry]:
    for number, folder in enumerate(connectors(part)):
        reading = read_source(Source(folder, Kind.PACKAGE))
        package = reading.package
        if package is None:
            broken[folder.name] = [[finding.rule.name, finding.help] for finding in reading.findings]
            continue
        spec = import_whole(package)
        if number % OFTEN == 0:
            _keys_in_another_order(package, spec)
        if number % OFTEN == OFTEN // 2:
            _built_and_imported_again(package, spec)
        before = [json.dumps(data, indent=2, ensure_ascii=False) for data in package.documents.values()]
        after = [content.decode() for name, content in spec.files.items() if name.endswith(".yaml")]
        lines, characters = (_lines(after), _lines(before)), (_characters(after), _characters(before))
        yield Entry(package.name, bool(spec.plain), lines, characters, list(_long_lines(after)))


def _keys_in_another_order(package: Package, spec: Imported) -> None:
    """The order of keys changes nothing."""
    other = package_of(turned(package.definition), package.properties, package.script)
    other.settings, other.icon = package.settings, package.icon
    assert exact(other.definition) == exact(package.definition)
    assert import_package(other).files == spec.files, package.name


def _built_and_imported_again(package: Package, spec: Imported) -> None:
    """What a spec builds is imported as the same spec."""
    again = built(spec)
    properties = None if package.properties is None else again.properties
    other = package_of(again.definition, properties, package.script)
    other.settings, other.icon = package.settings, package.icon
    assert import_package(other).files == spec.files, package.name


def _lines(texts: list[str]) -> int:
    """A line over 120 characters counts as several."""
    return sum(max(1, -(-len(line) // WIDTH)) for text in texts for line in text.splitlines())


def _characters(texts: list[str]) -> int:
    return sum(len("".join(text.split())) for text in texts)


def _share(sizes: list[tuple[int, int]]) -> tuple[float, float]:
    """The median of the specs' shares, and that of all together."""
    return median(after / before for after, before in sizes), sum(a for a, _ in sizes) / sum(b for _, b in sizes)


def _long_lines(texts: list[str]) -> Iterator[str]:
    """A line goes over the width only for a word that can't be broken, or as a line of a text of several lines."""
    for line in (line for text in texts for line in _own_lines(text)):
        if len(line) > WIDTH and max(map(len, _SINGLE_BLANK.split(line))) < WIDTH // 2:
            yield line


_SINGLE_BLANK = re.compile(r"(?<=\S) (?=\S)")
_LITERAL = re.compile(r"( *)(?:- )*[^ ].*[:-] \|[-+]?")


def _own_lines(text: str) -> Iterator[str]:
    """The lines but those of literal block scalars, which stand as the author has them."""
    indent = None
    for line in text.splitlines():
        if indent is not None and (not line.strip() or len(line) - len(line.lstrip()) > indent):
            continue
        literal = _LITERAL.fullmatch(line)
        indent = len(literal[1]) if literal else None
        yield line


@pytest.fixture(scope="module")
def entries(tmp_path_factory: pytest.TempPathFactory) -> list[Entry]:
    """The whole corpus."""
    return [entry for part in PARTS for entry in imported(part, tmp_path_factory)]


@pytest.mark.parametrize("part", PARTS)
def test_nothing_is_lost(part: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert imported(part, tmp_path_factory)


def test_all_are_read_but_the_broken(tmp_path_factory: pytest.TempPathFactory) -> None:
    broken = {name: found for part in PARTS for name, found in unread(part, tmp_path_factory).items()}
    assert len(broken) <= MOST_BROKEN
    assert all(found == [["SyntaxNotValid", "--repair mends this"]] for found in broken.values()), broken


def test_specs_are_short(entries: list[Entry]) -> None:
    middle, total = _share([entry.lines for entry in entries])
    most_middle, most_total = MOST_LINES[ONE_IN]
    assert middle <= most_middle
    assert total <= most_total
    assert max(_share([entry.characters for entry in entries])) <= 0.5


def test_plain_swagger_is_rare(entries: list[Entry]) -> None:
    plain = [entry.name for entry in entries if entry.plain]
    assert len(plain) * 10 <= len(entries), plain


def test_lines_can_be_read(entries: list[Entry]) -> None:
    long = [f"{entry.name}: {line}" for entry in entries for line in entry.long]
    assert not long, f"{len(long)} lines, such as {long[:5]}"
