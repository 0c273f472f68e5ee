"""Regular expressions: whether the platform can read the pattern of a value."""

import re
import warnings

from connector_builder.findings import Scope, Severity
from connector_builder.findings.wording import quoted
from connector_builder.patterns import regex
from connector_builder.platform.swagger.objects import TYPED
from connector_builder.rules.context import Context
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, rule

MAX_PATTERN = 1000


_HEAVY = regex(r"\(\?[a-zA-Z-]*i")
"""Patterns that ignore case. They aren't compiled: Python takes seconds for a range of characters in one."""


_DOTNET = regex(r"\(\?<(?=[A-Za-z_])|\\[pP]\{\w+\}|\\[zGcek]|\[[^\]]*-\[|\(\?[>(']")
"""Syntax of .NET's patterns that Python's don't have."""


@rule(Severity.WARNING, Scope.PLATFORM, *TYPED, keys="pattern")
def pattern_should_be_valid_regular_expression(node: Node, _: Context) -> Defects:
    """A pattern isn't a regular expression.

    The platform reads patterns as .NET does. Correct the pattern. The tool doesn't check syntax that only .NET has, and
    it never runs a pattern.

    Source: https://spec.openapis.org/oas/v2.0
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"definitions": {"Number": {"type": "string", "pattern": "^[0-9"}}}
    ```
    Finding: /definitions/Number/pattern: '^[0-9' isn't a regular expression: unterminated character set at position 1

    ```json good
    {"definitions": {"Number": {"type": "string", "pattern": "^[0-9]+$"}}}
    ```
    """
    pattern = node.value
    if len(pattern) > MAX_PATTERN or _HEAVY.search(pattern) or _DOTNET.search(pattern):
        return
    try:
        with warnings.catch_warnings(action="ignore"):  # a later Python may read some patterns otherwise
            re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        message = f"{quoted(pattern)} isn't a regular expression: {str(error)[:100]}"
        yield node.says(message, help="correct the pattern, or leave it out; '\\' before a character makes it literal")
