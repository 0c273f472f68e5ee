"""What real connectors are read as, and mended where they are broken: from a few of those that lie in a public repository.

CONNECTOR_CORPUS names a folder with a folder for each connector; tests/rules/test_second_opinion_agrees.py tells how to get it.
"""

import os
from pathlib import Path

import pytest

from connector_builder.sources.kinds import Kind, Source, read_source

CORPUS = os.environ.get("CONNECTOR_CORPUS")
pytestmark = pytest.mark.skipif(not CORPUS, reason="CONNECTOR_CORPUS names no folder of connectors")
BROKEN = {
    "certified-docusigndemo": "1635:12 a comma that nothing follows was removed",
    "certified-shopranos": "22:4 a missing '}' was added at the end",
    "independent-publisher-accuweather": "8:28 a missing comma was added",
    "independent-publisher-stabilityai": "15:25 a missing ']' was added",
    "independent-publisher-xsoar": "9:44 a missing comma was added",
}


def packages() -> list[Source]:
    return [Source(path, Kind.PACKAGE) for path in sorted(Path(CORPUS or "").iterdir()) if path.is_dir()]


def test_all_are_read_but_the_broken() -> None:
    unread = [reading for reading in map(read_source, packages()) if reading.package is None]
    assert len(unread) <= len(BROKEN)
    for reading in unread:
        assert [(finding.rule.name, finding.help) for finding in reading.findings] == [
            ("SyntaxNotValid", "--repair mends this")
        ]


@pytest.mark.parametrize("name", BROKEN)
def test_the_broken_are_mended(name: str) -> None:
    folder = Path(CORPUS or "") / name
    if not folder.is_dir():
        pytest.skip(f"{name} isn't there")
    reading = read_source(Source(folder, Kind.PACKAGE), repair=True)
    assert reading.package is not None
    mended = [finding for finding in reading.findings if finding.rule.name == "Mended"]
    lines = [
        "{}:{} {}".format(*finding.place.text.position(finding.place.start), finding.message) for finding in mended
    ]
    assert lines == [BROKEN[name]]
