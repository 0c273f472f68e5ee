"""Environment variables of Power Platform: how a connector names one, and what its definition says.

Sources: https://learn.microsoft.com/en-us/connectors/custom-connectors/environment-variables,
https://learn.microsoft.com/en-us/power-apps/maker/data-platform/environmentvariables, and exported solutions.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from connector_builder.patterns import regex

_BEGIN = "@environmentVariables("
EXPRESSION = regex(r"@environmentVariables\((?:\"([^\"()]+)\"|'([^'()]+)')\)")
"""What a connector writes for the value of a variable. The platform puts the value in when the connector is saved or imported."""
SCHEMA_NAME = regex(r"[a-z][a-z0-9]{1,7}_[A-Za-z0-9_]{1,90}")
"""The name of a variable: the publisher's prefix, an underscore, and a name."""
SECRET = "secret"  # noqa: S105 - the name of a type
TYPES: Mapping[str, int] = MappingProxyType(
    {
        "string": 100_000_000,
        "number": 100_000_001,
        "boolean": 100_000_002,
        "json": 100_000_003,
        "dataSource": 100_000_004,
        SECRET: 100_000_005,
    }
)
"""The numbers of the types of variables in Dataverse."""
BY_NUMBER: Mapping[int, str] = MappingProxyType({number: name for name, number in TYPES.items()})


def expression(name: str) -> str:
    """Returns what a connector writes for the value of a variable."""
    return f'@environmentVariables("{name}")'


def is_expression(text: Any) -> bool:
    """Checks whether a value is the value of a variable, and nothing else."""
    return isinstance(text, str) and EXPRESSION.fullmatch(text) is not None


def variables_in(value: Any) -> Iterator[str]:
    """Yields the names of the variables in the texts of plain data, in its order and with repeats."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            if _BEGIN in part:  # few texts are compared with a pattern
                yield from (one[1] or one[2] for one in EXPRESSION.finditer(part))
        elif isinstance(part, dict):
            waiting += reversed(part.values())
        elif isinstance(part, list):
            waiting += reversed(part)
