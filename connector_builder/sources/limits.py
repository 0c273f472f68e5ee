"""How large the files of each kind of source may be.

A recording is large because it has the same few calls many times, and a document of another format because it describes
more than a connector may have: both become small, so they may be larger than what the platform reads.
"""

from collections.abc import Mapping

from connector_builder.source.files import MAX_DOCUMENT

MAX_DESCRIPTION = 32 * 1024 * 1024
"""The most bytes of a document that describes an API, in one file or in several. GitHub's has 13 MB."""
MAX_RECORDING = 64 * 1024 * 1024
"""The most bytes of a recording in JSON."""

MAX_BYTES: Mapping[str, int] = {
    "package": MAX_DOCUMENT,
    "solution": MAX_DOCUMENT,
    "openapi3": MAX_DESCRIPTION,
    "postman": MAX_DESCRIPTION,
    "har": MAX_RECORDING,
    "curl": MAX_DOCUMENT,
    "http": MAX_DOCUMENT,
    "swagger": MAX_DESCRIPTION,
}
"""The most bytes of a file of each kind, by the kind's name. YAML has the limit of every document: it takes 70 times as long."""

LARGEST = max(MAX_BYTES.values())
"""The most bytes of what may be of any kind."""
