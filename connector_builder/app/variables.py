"""Reads the values of a spec's variables from the command line, a file and the environment.

No message contains a value.
"""

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from connector_builder.app.misuse import Misuse
from connector_builder.findings import Finding
from connector_builder.language import Variables
from connector_builder.source.files import read_text
from connector_builder.source.yaml_reader import read_yaml

_PREFIX = "CONNECTOR_"
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_QUOTE = "write one 'NAME: value' a line, and quote what isn't a plain word"
_FORM = "write --var NAME=VALUE, such as --var HOST=api.contoso.example"


class AnyCase(dict[str, str]):
    """The environment of Windows: names ignore case, and Python shows them in capitals."""

    def __contains__(self, name: object) -> bool:
        return super().__contains__(str(name).upper())

    def __getitem__(self, name: str) -> str:
        return super().__getitem__(name.upper())


def read_variables(
    given: Iterable[str], file: Path | None, environment: Mapping[str, str], *, windows: bool = os.name == "nt"
) -> Variables:
    """Returns the variables of a run. `given` contains `NAME=VALUE` texts; `file` is a YAML mapping.

    Raises Misuse for a variable or a file that can't be read.
    """
    own = {name: value for name, value in environment.items() if name.upper().startswith(_PREFIX)}
    return Variables(
        dict(map(_pair, given)),
        _from_file(file) if file is not None else {},
        AnyCase({name.upper(): value for name, value in own.items()}) if windows else own,
    )


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not _NAME.fullmatch(name):
        raise Misuse("'--var' takes a name, '=', and a value; names have letters, digits and '_'", _FORM)
    return name, value


def _from_file(path: Path) -> dict[str, str]:
    text = read_text(path)
    if isinstance(text, Finding):
        raise Misuse(f"the variables in '{path}' can't be read: {text.message}", text.help)
    document = read_yaml(text)
    for finding in document.findings:
        line, column = text.position(finding.place.start)
        raise Misuse(f"{path}:{line}:{column}: the variables can't be read: {_first_line(finding)}", _QUOTE)
    root = document.root
    if root is None or root.value is None:
        return {}
    if not root.is_mapping:
        raise Misuse(f"'{path}' must be a mapping: 'NAME: value' lines")
    values = {}
    for name, node in root.entries.items():
        if not _NAME.fullmatch(name) or node.is_mapping or node.is_list:
            line, column = text.position(node.key_place.start)
            raise Misuse(f"{path}:{line}:{column}: '{name}' must be the name of a variable with one text behind it")
        # The text as written: 1.10 isn't a number here.
        values[name] = node.value if isinstance(node.value, str) else "" if node.value is None else str(node.raw())
    return values


def _first_line(finding: Finding) -> str:
    """Returns the summary of the rule, because the finding's own message and help may quote a value."""
    summary = finding.rule.summary.rstrip(".")
    return summary[0].lower() + summary[1:]
