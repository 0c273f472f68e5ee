"""Reads plain YAML scalars by the core schema of YAML 1.2 (https://yaml.org/spec/1.2.2/#1032-tag-resolution)."""

import math

from connector_builder.patterns import regex

Scalar = str | int | float | bool | None

_KEYWORDS: dict[str, Scalar] = {
    "": None,
    "~": None,
    **dict.fromkeys(("null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = regex(r"[-+]?[0-9]+\Z")
_BASED = regex(r"0o[0-7]+\Z|0x[0-9a-fA-F]+\Z")
_FLOAT = regex(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_NOT_FINITE = regex(r"[-+]?\.(inf|Inf|INF)\Z|\.(nan|NaN|NAN)\Z")
NUMBER_START = frozenset("-+.0123456789")
"""What an unquoted scalar begins with that may be a number."""
MAX_DIGITS = 4300
"""Python doesn't read longer integers (https://docs.python.org/3/library/stdtypes.html#int-max-str-digits)."""
_TOO_LARGE = 10**MAX_DIGITS


def plain(text: str) -> Scalar:
    """Returns the value of an unquoted scalar. Raises ValueError for a number that JSON can't represent."""
    if text in _KEYWORDS:
        return _KEYWORDS[text]
    if text[0] not in NUMBER_START:
        return text
    return _number(text)


def _number(text: str) -> Scalar:
    if _INTEGER.match(text):
        if len(text) > MAX_DIGITS:
            raise ValueError("a number of so many digits can't be read")
        return int(text)
    if _BASED.match(text):
        if len(text) > MAX_DIGITS:
            raise ValueError("a number of so many digits can't be read")
        based = int(text, 0)
        if based >= _TOO_LARGE:  # it can be read, but not written
            raise ValueError("a number of so many digits can't be read")
        return based
    if _FLOAT.match(text):
        number = float(text)
        if math.isinf(number):
            raise ValueError("this number is too large: JSON has no infinity")
        return number
    if _NOT_FINITE.match(text):
        raise ValueError("JSON has neither infinity nor not-a-number")
    return text
