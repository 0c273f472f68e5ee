"""Replaces `${NAME}`, `${NAME:-default}` and `${environment:acme_Name}` in values."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from connector_builder.patterns import regex
from connector_builder.platform.solutions.environment_variables import expression

_VARIABLE = regex(r"\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}|\$\{environment:([A-Za-z0-9_]+)\}")
ENVIRONMENT = "${environment:"
"""The beginning of a variable of Power Platform's environment: the package contains an expression instead of a value."""
PREFIX = "CONNECTOR_"
_QUOTED = regex(r"(?<!\w)'.*?'(?!\w)", re.DOTALL)
"""A quotation in a message; the apostrophe of `isn't` doesn't begin one."""
LEAST_ANYWHERE = 4


class Variables(NamedTuple):
    """The sources of values, in order of precedence: the command line, a file, the environment.

    From the environment, only `CONNECTOR_<NAME>` is ever read, so that a spec from a stranger can't copy the machine's
    secrets into a package.
    """

    given: Mapping[str, str] = {}
    file: Mapping[str, str] = {}
    environment: Mapping[str, str] = {}

    def get(self, name: str) -> str | None:
        """Returns the value of a variable; None if nothing sets it."""
        for values, key in ((self.given, name), (self.file, name), (self.environment, PREFIX + name)):
            if key in values:
                return values[key]
        return None

    def mask(self, message: str) -> str:
        """Replaces the values of variables in a message with their names, because a value may be a secret.

        Messages quote the author's text, so only quotations are searched; numbers are not quoted.
        """
        for value, name in self._values():
            if len(value) >= LEAST_ANYWHERE and ("'" in value or value.isdigit()):
                message = message.replace(value, f"${{{name}}}")
            elif len(value) >= LEAST_ANYWHERE and value in message:
                message = _QUOTED.sub(lambda match: match.group().replace(value, f"${{{name}}}"), message)  # noqa: B023
            elif value in message:  # so short that it is a part of many words
                message = message.replace(f"'{value}'", f"'${{{name}}}'")
        return message

    def _values(self) -> list[tuple[str, str]]:
        """Returns every value that isn't empty with its name, the longest first."""
        environment = {
            key.removeprefix(PREFIX): value for key, value in self.environment.items() if key.startswith(PREFIX)
        }
        named = [
            (value, name) for values in (self.given, self.file, environment) for name, value in values.items() if value
        ]
        return sorted(named, key=lambda one: -len(one[0]))

    def substitute(self, text: str) -> tuple[str, list[str]]:
        """Returns the text with its variables replaced, and the names of those without value and default."""
        missing: list[str] = []

        def value(match: re.Match[str]) -> str:
            if match.group(3) is not None:
                return expression(match.group(3))
            if match.group(1) is None:
                return "${"
            found = self.get(match.group(1))
            if found is None:
                found = match.group(2)
            if found is None:
                missing.append(match.group(1))
                return ""
            return found

        # No variable begins after the last brace. Looking for the end of each that seems to begin there takes quadratic
        # time.
        end = text.rfind("}") + 1
        return _VARIABLE.sub(value, text[:end]) + text[end:].replace("$${", "${"), missing


def variables_in(trees: Iterable[Any]) -> frozenset[str]:
    """Returns the names of the variables in the texts of plain data, such as `HOST` for `{"server": "https://${HOST}"}`.

    It looks at parts too that the shape check leaves out, so that a broken part doesn't make its variables unknown.
    """
    names: set[str] = set()
    waiting, seen = list(trees), set()
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            if "${" in value:
                names.update(match[1] for match in _VARIABLE.finditer(value[: value.rfind("}") + 1]) if match[1])
        elif isinstance(value, dict | list) and id(value) not in seen:
            seen.add(id(value))
            waiting += value.values() if isinstance(value, dict) else value
    return frozenset(names)


def variables_as_written(trees: Iterable[Any]) -> dict[str, str]:
    """Returns the variables in the texts of plain data by name, each as it is first written, such as `${HOST:-a.example}`."""
    written: dict[str, str] = {}
    waiting = list(trees)
    while waiting:
        value = waiting.pop()
        if isinstance(value, str) and "${" in value:
            for match in _VARIABLE.finditer(value[: value.rfind("}") + 1]):
                if match[1]:
                    written.setdefault(match[1], match[0])
        elif isinstance(value, dict | list):
            waiting += value.values() if isinstance(value, dict) else value
    return written


def whole_variable(written: str) -> str:
    """Returns the name of the variable that a scalar consists of, as it is written; empty where it is anything else."""
    match = _VARIABLE.fullmatch(written.strip("\"'"))
    return (match[1] or "") if match else ""
