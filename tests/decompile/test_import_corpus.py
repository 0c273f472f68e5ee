"""Real connectors become specs without loss, short and in lines that can be read.

CONNECTOR_CORPUS names a folder with a folder for each connector; tests/rules/test_second_opinion_agrees.py tells how to get it.
"""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pytest

from connector_builder.language.decompile import Imported, import_package
from connector_builder.package import Package
from connector_builder.sources.kinds import Kind, Source, read_source
from tests.support.import_one import built, import_whole, package_of
from tests.support.without_loss import exact, turned

CORPUS = os.environ.get("CONNECTOR_CORPUS")
pytestmark = pytest.mark.skipif(not CORPUS, reason="CONNECTOR_CORPUS names no folder of connectors")
WIDTH = 120


@dataclass(frozen=True)
class Entry:
    """A connector, its spec, and the lines and the characters without blanks of both."""

    package: Package
    imported: Imported
    lines: tuple[int, int]
    characters: tuple[int, int]


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    return list(_entries())


def _entries() -> Iterator[Entry]:
    for folder in sorted(path for path in Path(CORPUS or "").iterdir() if path.is_dir()):
        package = read_source(Source(folder, Kind.PACKAGE)).package
        if package is None:
            continue  # broken JSON; another test tells which
        imported = import_whole(package)
        before = [json.dumps(data, indent=2, ensure_ascii=False) for data in package.documents.values()]
        after = [content.decode() for name, content in imported.files.items() if name.endswith(".yaml")]
        yield Entry(package, imported, (_lines(after), _lines(before)), (_characters(after), _characters(before)))


def _lines(texts: list[str]) -> int:
    """A line over 120 characters counts as several."""
    return sum(max(1, -(-len(line) // WIDTH)) for text in texts for line in text.splitlines())


def _characters(texts: list[str]) -> int:
    return sum(len("".join(text.split())) for text in texts)


def _share(sizes: list[tuple[int, int]]) -> tuple[float, float]:
    """The median of the specs' shares, and that of all together."""
    return median(after / before for after, before in sizes), sum(a for a, _ in sizes) / sum(b for _, b in sizes)


def test_specs_are_short(entries: list[Entry]) -> None:
    middle, total = _share([entry.lines for entry in entries])
    assert middle <= 0.30
    assert total <= 0.32
    assert max(_share([entry.characters for entry in entries])) <= 0.62


def test_plain_swagger_is_rare(entries: list[Entry]) -> None:
    plain = [entry.package.name for entry in entries if entry.imported.plain]
    assert len(plain) * 10 <= len(entries), plain


def test_lines_can_be_read(entries: list[Entry]) -> None:
    """A line goes over the width only for a word that can't be broken, or as a line of a text of several lines."""
    long = [
        f"{entry.package.name}: {line}"
        for entry in entries
        for name, content in entry.imported.files.items()
        if name.endswith(".yaml")
        for line in _own_lines(content.decode())
        if len(line) > WIDTH and max(map(len, _SINGLE_BLANK.split(line))) < WIDTH // 2
    ]
    assert not long, f"{len(long)} lines, such as {long[:5]}"


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


def test_the_order_of_keys_changes_nothing(entries: list[Entry]) -> None:
    for entry in entries[::12]:
        package = package_of(turned(entry.package.definition), entry.package.properties, entry.package.script)
        package.settings, package.icon = entry.package.settings, entry.package.icon
        assert exact(package.definition) == exact(entry.package.definition)
        assert import_package(package).files == entry.imported.files, entry.package.name


def test_what_a_spec_builds_is_imported_as_the_same_spec(entries: list[Entry]) -> None:
    for entry in entries[5::12]:
        package = entry.package
        again = built(entry.imported)
        properties = None if package.properties is None else again.properties
        package = package_of(again.definition, properties, package.script)
        package.settings, package.icon = entry.package.settings, entry.package.icon
        assert import_package(package).files == entry.imported.files, entry.package.name
