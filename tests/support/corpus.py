"""Real connectors, if there are any: CONNECTOR_CORPUS names a folder that contains a folder for each.

They are those of https://github.com/microsoft/PowerPlatformConnectors (MIT). Clone it, and copy the folders with an
apiDefinition.swagger.json below `certified-connectors`, `independent-publisher-connectors` and `custom-connectors` into
one folder.
"""

import os
from pathlib import Path

import pytest
from hypothesis import settings

CORPUS = os.environ.get("CONNECTOR_CORPUS")
SOURCES = os.environ.get("CONNECTOR_SOURCES")
"""Published documents of other formats: a folder that contains the folders openapi3, postman, har and curl."""
PARTS = range(8)
"""The parts of the corpus for tests over all of it, so that workers share them."""
ONE_IN = 1 if settings().max_examples >= 1000 else 3
"""With `--hypothesis-profile thorough` the parts have all connectors, by default every third."""

needs_corpus = pytest.mark.skipif(
    not CORPUS, reason="CONNECTOR_CORPUS names no folder of connectors: see tests/support/corpus.py"
)

needs_sources = pytest.mark.skipif(
    not SOURCES, reason="CONNECTOR_SOURCES names no folder of documents: see tests/support/corpus.py"
)


def connectors(part: int | None = None) -> list[Path]:
    """Returns the folders of all connectors by name, or those of a part."""
    folders = sorted(path for path in Path(CORPUS or "").iterdir() if path.is_dir())
    return folders if part is None else folders[part * ONE_IN :: len(PARTS) * ONE_IN]
