"""Reads the values of a spec's variables from the command line, a file and the environment.

No message contains a value.
"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from connector_builder.app.shared.misuse import Misuse
from connector_builder.findings import Finding
from connector_builder.language import Variables
from connector_builder.patterns import regex
from connector_builder.source.files import read_text
from connector_builder.source.suggest import is_near, suggest
from connector_builder.source.yaml_reader import read_yaml

_PREFIX = "CONNECTOR_"
_NAME = regex(r"[A-Za-z_][A-Za-z0-9_]*")
_LISTED = 10
_QUOTE = "write 'NAME: value' on each line, and quote values that aren't plain words"
_FORM = "write --var NAME=VALUE, such as --var HOST=api.contoso.example"


class AnyCase(dict[str, str]):
    """The environment of Windows: names ignore case, and Python shows them in capitals."""

    def __contains__(self, name: object) -> bool:
        return super().__contains__(str(name).upper())

    def __getitem__(self, name: str) -> str:
        return super().__getitem__(name.upper())


class FromFile(dict[str, str]):
    """The variables of a file. `places` leads from their names to where they are, such as `test.yaml:3:1`."""

    def __init__(self) -> None:
        super().__init__()
        self.places: dict[str, str] = {}


def read_variables(
    given: Iterable[str], file: Path | None, environment: Mapping[str, str], *, windows: bool = os.name == "nt"
) -> Variables:
    """Returns the variables of a run. `given` contains `NAME=VALUE` texts; `file` is a YAML mapping.

    Raises Misuse for a variable or a file that can't be read.
    """
    own = {name: value for name, value in environment.items() if name.upper().startswith(_PREFIX)}
    return Variables(
        dict(map(_pair, given)),
        _from_file(file) if file is not None else FromFile(),
        AnyCase({name.upper(): value for name, value in own.items()}) if windows else own,
    )


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not _NAME.fullmatch(name):
        raise Misuse("'--var' expects NAME=VALUE; a name consists of letters, digits and '_'", _FORM)
    return name, value


def refuse_unused(variables: Variables, used: Iterable[frozenset[str] | None], *, all_specs: bool) -> None:
    """Raises Misuse for a variable that none of the specs of a run uses; `used` are the variables of each, None where unknown.

    `--var` is for this run. A file may be there for more specs, so its names count if `all_specs` are in the run, or where
    one is a typo: it is near to a variable that nothing sets.
    """
    names: set[str] = set()
    for some in used:
        if some is None:
            return  # the variable may be in what can't be read
        names |= some
    for name in variables.given:
        if name not in names:
            raise Misuse(f"no spec of this run uses the variable '{name}'", _other(name, names))
    unset = sorted(name for name in names if variables.get(name) is None)
    for name in variables.file:
        meant = next((other for other in unset if is_near(name, other)), None)
        if name not in names and (all_specs or meant):
            message = f"no spec of this run uses the variable '{name}'"
            place = variables.file.places.get(name) if isinstance(variables.file, FromFile) else None
            help_ = f"did you mean '{meant}'?" if meant else _other(name, names)
            raise Misuse(f"{place}: {message}" if place else message, help_)


def _other(name: str, names: Iterable[str]) -> str:
    """What to do about a name that isn't used."""
    known = sorted(names)
    if not known:
        return f"the specs have no variables: write ${{{name}}} where its value belongs, or leave it out"
    listed = ", ".join(f"'{one}'" for one in known[:_LISTED]) + (" …" if len(known) > _LISTED else "")
    return suggest(name, known) or f"the variables of the specs are {listed}"


def _from_file(path: Path) -> FromFile:
    text = read_text(path)
    if isinstance(text, Finding):
        raise Misuse(f"the variables in '{path}' can't be read: {text.message}", text.help)
    document = read_yaml(text)
    for finding in document.findings:
        line, column = text.position(finding.place.start)
        raise Misuse(f"{path}:{line}:{column}: the variables can't be read: {_first_line(finding)}", _QUOTE)
    root = document.root
    if root is None or root.value is None:
        return FromFile()
    if not root.is_mapping:
        raise Misuse(f"'{path}' must be a mapping: 'NAME: value' lines")
    values = FromFile()
    for name, node in root.entries.items():
        if not _NAME.fullmatch(name) or node.is_mapping or node.is_list:
            line, column = text.position(node.key_place.start)
            raise Misuse(f"{path}:{line}:{column}: '{name}' must be the name of a variable, with a text as its value")
        line, column = text.position(node.key_place.start)
        values.places[name] = f"{path}:{line}:{column}"
        # The text as written: 1.10 isn't a number here.
        values[name] = node.value if isinstance(node.value, str) else "" if node.value is None else str(node.raw())
    return values


def _first_line(finding: Finding) -> str:
    """Returns the summary of the rule, because the finding's own message and help may quote a value."""
    summary = finding.rule.summary.rstrip(".")
    return summary[0].lower() + summary[1:]
