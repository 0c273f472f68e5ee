"""The platform's limits, each number with its source.

The limits of the tool itself (what it reads, walks and prints before it stops) are beside the code that applies them;
docs/hostile-input.md lists those. Limits for the length of texts are in `texts.py`.
"""

from typing import NamedTuple

_FAQ = "https://learn.microsoft.com/en-us/connectors/custom-connectors/faq"
_SUBMISSION = "https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-submission"
_CODE = "https://learn.microsoft.com/en-us/connectors/custom-connectors/write-code"
_STORED = "https://learn.microsoft.com/en-us/power-apps/developer/data-platform/reference/entities/connector"

_MEGABYTE = 1024 * 1024


class Limit(NamedTuple):
    """The largest number of something that the platform accepts, and the least if there is one."""

    what: str
    most: int
    source: str
    least: int = 0


OPERATIONS = Limit("operations of a connector", 256, _FAQ)
SCHEMAS = Limit(
    "schemas of a body, a response or a definition, with those that it refers to",
    512,
    "https://github.com/microsoft/PowerPlatformConnectors/issues/1088",
)
SCHEMAS_OF_OPERATION = Limit("schemas of an operation", 16_384, _FAQ)
SCHEMAS_OF_ALL = Limit("schemas of all operations", 256 * 16_384, _FAQ)
DEFINITION = Limit("bytes of a definition", _MEGABYTE, _FAQ)
STORED = Limit("characters of a definition, and of each part of its properties, in a solution", 500_000, _STORED)
SCRIPT = Limit("bytes of the custom code", _MEGABYTE, _CODE)
ICON = Limit("bytes of an icon", _MEGABYTE, _SUBMISSION)
ICON_SIDE = Limit("pixels of an icon's side, for certification", 230, _SUBMISSION, least=100)
CATEGORIES = Limit("categories of a connector, for certification", 2, _SUBMISSION)
GATEWAY_REQUEST = Limit("bytes of a request through an on-premises data gateway", 3_182_218, _FAQ)

OPERATION_ID = 80
"""The most characters of an operation's id. Microsoft has a limit, but doesn't publish it; no published id has more."""
DEPTH = 30
"""The most schemas inside one another. Microsoft has a limit, but doesn't publish it; published ones have at most 15."""

LIMITS = (
    OPERATIONS,
    SCHEMAS,
    SCHEMAS_OF_OPERATION,
    SCHEMAS_OF_ALL,
    DEFINITION,
    STORED,
    SCRIPT,
    ICON,
    ICON_SIDE,
    CATEGORIES,
    GATEWAY_REQUEST,
)
