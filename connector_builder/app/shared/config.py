"""Reads settings from a file: `[tool.connector-builder]` in pyproject.toml, or connector-builder.yaml."""

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from connector_builder.app.shared.misuse import Misuse
from connector_builder.patterns import regex

FAIL_ON = ("error", "warning", "never")
BUILD_TARGETS = ("upload", "certification")

PYPROJECT = "pyproject.toml"
OWN = "connector-builder.yaml"
_MISNAMED = "connector-builder.yml"
_TABLE = "connector-builder"
MAX_STEPS = 100
"""The most parts that a dotted key in TOML may have: `tomllib` takes quadratic time for them."""
_LONG_KEY = regex(rf"""(?:[\w"'-]++[ \t]*+\.[ \t]*+){{{MAX_STEPS}}}""")


class Excuse(NamedTuple):
    """Findings that don't count: of a rule, in files and at pointers that fit patterns; None for all. It has a reason."""

    rule: str
    reason: str
    file: str | None = None
    pointer: str | None = None


class Settings(NamedTuple):
    """What a configuration says; None where it says nothing. The command line wins over all of it. `file` is where it is."""

    format: str | None = None
    select: tuple[str, ...] | None = None
    ignore: tuple[str | Excuse, ...] | None = None
    baseline: Path | None = None
    fail_on: str | None = None
    certification: bool | None = None
    vars_file: Path | None = None
    jobs: int | None = None
    output: Path | None = None
    target: str | None = None
    minify: bool | None = None
    file: Path | None = None

    @property
    def ignored(self) -> tuple[str, ...]:
        """The rules whose findings are ignored everywhere."""
        return tuple(one for one in self.ignore or () if isinstance(one, str))

    @property
    def excuses(self) -> tuple[Excuse, ...]:
        """The findings that are ignored in places."""
        return tuple(one for one in self.ignore or () if isinstance(one, Excuse))


Reader = Callable[[Any, Path], Any]
"""Turns a value and the configuration's folder into a setting. Raises ValueError with what it expected."""


def read_settings(start: Path, formats: Iterable[str]) -> Settings:
    """Returns the settings of the nearest configuration, from `start` up to the root of the repository.

    `formats` are the names that `format` may have.

    Raises Misuse for a file that can't be read, a file whose name is nearly right, an unknown key, and a value that
    isn't allowed.
    """
    for folder in (start, *start.parents):
        _check_name(folder / _MISNAMED)
        found = [(path, table) for path in (folder / OWN, folder / PYPROJECT) if (table := _table(path)) is not None]
        if len(found) > 1:
            raise Misuse(f"'{OWN}' and '{PYPROJECT}' in '{folder}' both configure", "keep one of them")
        if found:
            return _settings(*found[0], {"format": _one_of(*formats), **_READERS})
        if os.path.exists(folder / ".git"):  # noqa: PTH110 - before Python 3.14 Path.exists raises where it may not look
            break
    return Settings()


def _check_name(path: Path) -> None:
    """Raises Misuse if a file has nearly the configuration's name, so that its author may take it for one.

    A spec may have that name.
    """
    if os.path.isfile(path):  # noqa: PTH113
        from connector_builder.language.load import is_spec

        if not is_spec(path):
            raise Misuse(f"'{path}' isn't read: the configuration is called '{OWN}'", f"rename it to '{OWN}'")


def _table(path: Path) -> Mapping[str, Any] | None:
    """Returns the settings in a file; None if there is no such file, or it contains none."""
    from connector_builder.findings import Finding
    from connector_builder.source.files import read_text

    if not os.path.isfile(path):  # noqa: PTH113
        return None
    text = read_text(path)
    if isinstance(text, Finding):
        raise Misuse(f"'{path}': {text.message}", text.help)
    return _from_toml(path, text.content) if path.name == PYPROJECT else _from_yaml(path, text)


def _from_toml(path: Path, content: str) -> Mapping[str, Any] | None:
    import tomllib

    if _TABLE not in content:
        return None
    if _LONG_KEY.search(content):
        raise Misuse(f"'{path}' can't be read: a key of more than {MAX_STEPS} parts")
    try:
        table = tomllib.loads(content).get("tool", {}).get(_TABLE)
    except (tomllib.TOMLDecodeError, AttributeError, RecursionError) as error:
        raise Misuse(f"'{path}' can't be read: {error}") from error
    if table is not None and not isinstance(table, dict):
        raise Misuse(f"'{path}': 'tool.{_TABLE}' must be a table")
    return table


def _from_yaml(path: Path, text: Any) -> Mapping[str, Any]:
    from connector_builder.source.yaml_reader import read_yaml

    document = read_yaml(text)
    for finding in document.findings:
        line, column = text.position(finding.place.start)
        raise Misuse(f"{path}:{line}:{column}: {finding.message}", finding.help)
    value = document.root.value if document.root is not None else None
    if value is not None and not isinstance(value, dict):
        raise Misuse(f"'{path}' must be a mapping: 'key: value' lines")
    return value or {}


def _settings(path: Path, table: Mapping[str, Any], readers: Mapping[str, Reader]) -> Settings:
    from connector_builder.source.suggest import suggest

    values = {}
    for key, value in table.items():
        reader = readers.get(key)
        if reader is None:
            cure = suggest(key, readers) or f"expected one of {', '.join(readers)}"
            raise Misuse(f"'{path}': unknown key '{key}'", cure)
        try:
            values[key.replace("-", "_")] = reader(value, path.parent)
        except ValueError as error:
            raise Misuse(f"'{path}': '{key}' must be {error}") from error
    return Settings(**values, file=path)


def _one_of(*words: str) -> Reader:
    def read(value: Any, _folder: Path) -> str:
        if value not in words:
            raise ValueError(f"one of {', '.join(words)}")
        return str(value)

    return read


def _flag(value: Any, _folder: Path) -> bool:
    if not isinstance(value, bool):
        raise ValueError("true or false")
    return value


def _count(value: Any, _folder: Path) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ValueError("a whole number from 1")
    return value


def _names(value: Any, _folder: Path) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise ValueError("a list of rule names")
    return tuple(value)


def _ignored(value: Any, _folder: Path) -> tuple[str | Excuse, ...]:
    if not isinstance(value, list):
        raise ValueError(_IGNORED)
    return tuple(one if isinstance(one, str) else _excuse(one) for one in value)


def _excuse(value: Any) -> Excuse:
    if not isinstance(value, dict) or not all(isinstance(part, str) and part for part in value.values()):
        raise ValueError(_IGNORED)
    if not {"rule", "reason"} <= value.keys() <= set(Excuse._fields):
        raise ValueError(_IGNORED)
    if value.get("pointer", "/")[0] not in "/*":
        raise ValueError("a list in which a pointer begins with '/', such as /paths/**/parameters/*")
    return Excuse(**value)


def _below(value: Any, folder: Path) -> Path:
    """Reads a path inside the configuration's folder: a file from a stranger must not reach out of it."""
    from connector_builder.findings import Finding, Place, Text
    from connector_builder.source.files import inside

    if not isinstance(value, str):
        raise ValueError("a path, as text")
    path = inside(folder, value, Place.whole(Text(folder, "")))
    if isinstance(path, Finding):
        raise ValueError("a path inside the folder of the configuration")
    return path


_IGNORED = "a list of rule names, and of mappings with rule and reason, and maybe file and pointer"
_READERS: dict[str, Reader] = {
    "select": _names,
    "ignore": _ignored,
    "baseline": _below,
    "fail-on": _one_of(*FAIL_ON),
    "certification": _flag,
    "vars-file": _below,
    "jobs": _count,
    "output": _below,
    "target": _one_of(*BUILD_TARGETS),
    "minify": _flag,
}
assert {key.replace("-", "_") for key in _READERS} == {*Settings._fields} - {"format", "file"}
