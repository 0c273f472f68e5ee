"""Real connectors that are broken are mended. `tests/decompile` reads all the others."""

from pathlib import Path

import pytest

from connector_builder.sources.kinds import Kind
from connector_builder.sources.source import Source, read_source
from tests.support.corpus import CORPUS, needs_corpus

pytestmark = [needs_corpus, pytest.mark.no_cover]
BROKEN = {
    "certified-docusigndemo": "1635:12 a comma that nothing follows was removed",
    "certified-shopranos": "22:4 a missing '}' was added at the end",
    "independent-publisher-accuweather": "8:28 a missing comma was added",
    "independent-publisher-stabilityai": "15:25 a missing ']' was added",
    "independent-publisher-xsoar": "9:44 a missing comma was added",
}


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
