"""Serves the APIs of connectors on this machine, from their samples."""

import errno
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from connector_builder.app.shared.misuse import Misuse
from connector_builder.app.shared.read import read
from connector_builder.app.shared.targets import Target
from connector_builder.app.shared.variables import refuse_unused
from connector_builder.findings import Severity
from connector_builder.language import Variables
from connector_builder.mock.connector import Connector, Options
from connector_builder.mock.server import Holder, Serving, run
from connector_builder.mock.service import Service
from connector_builder.numbering import Numbers
from connector_builder.package.model import DEFINITION, PROPERTIES, Reading
from connector_builder.package.read import absolute
from connector_builder.platform.data.plain import mapping

_TAKEN = (errno.EADDRINUSE, 10048)
_FORBIDDEN = (errno.EACCES, 10013)
_PRIVILEGED = 1024


Stamp = tuple[int, int]
"""When a file was changed, and its size."""


class Served(NamedTuple):
    """A connector that is served: its target, what answers, and how many errors its description has."""

    target: Target
    connector: Connector
    errors: int
    has_script: bool = False
    policies: int = 0
    files: Mapping[Path, "Stamp"] = MappingProxyType({})
    """The files that were read, as they were before."""


def served(targets: Sequence[Target], variables: Variables, options: Options) -> list[Served]:
    """Returns what each target serves. Several have their names before their base paths.

    Raises Misuse for a target that can't be read, for one without an operation, and for a variable that none of them uses.
    """
    found: list[Served] = []
    numbers, names = Numbers("-"), set[str]()
    used: list[frozenset[str] | None] = []
    for target in targets:
        before = _stamps(_main_files(target))
        reading = read(target, variables)
        name = numbers.free(_name(target), names)
        names.add(name)
        prefix = "" if len(targets) == 1 else f"/{name}"
        files = _stamps(absolute(one.path) for one in reading.texts) | before
        found.append(_served(target, reading, prefix, options)._replace(files=files))
        used.append(reading.variables)
    refuse_unused(variables, used, all_specs=False)
    return found


def _served(target: Target, reading: Reading, prefix: str, options: Options) -> Served:
    package = reading.package
    errors = sum(one.rule.severity is Severity.ERROR for one in reading.findings)
    name = target.path.as_posix()
    cure = f"'connector-builder validate {name}' shows what is wrong"
    if package is None or not isinstance(package.definition, dict):
        raise Misuse(f"'{name}' can't be read", cure)
    connector = Connector(package, prefix, options)
    if not connector.routes.count:
        raise Misuse(f"'{name}' has no operation to serve", cure if errors else None)
    policies = mapping(mapping(package.properties).get("properties")).get("policyTemplateInstances")
    count = len(policies) if isinstance(policies, list) else 0
    return Served(target, connector, errors, package.script is not None, count)


def _main_files(target: Target) -> list[Path]:
    """Returns the files of a target that people edit most: a change between reading them and serving isn't missed."""
    path = absolute(target.path)
    return [path / DEFINITION, path / PROPERTIES, *path.glob("*.y*ml")] if path.is_dir() else [path]


class Changes:
    """Reads targets again when one of their files changes. `say` hears of it."""

    def __init__(
        self,
        targets: Sequence[Target],
        variables: Variables,
        options: Options,
        found: Sequence[Served],
        say: Callable[[str], None],
    ) -> None:
        self._read: Callable[[], list[Served]] = lambda: served(targets, variables, options)
        self._say = say
        self._stamps = _all(found)

    def __call__(self) -> list[Connector] | None:
        """Returns the connectors if a file changed and all can be read; else None, and the mock goes on as it was."""
        stamps = _stamps(self._stamps)
        if stamps == self._stamps:
            return None
        self._stamps = stamps
        try:
            found = self._read()
        except Misuse as error:
            self._say(f"a file changed, but {error.message}: the mock goes on as it was")
            return None
        self._stamps = _all(found)
        errors = sum(one.errors for one in found)
        self._say("a file changed: reloaded" + (", with errors" if errors else ""))
        return [one.connector for one in found]


def _all(found: Sequence[Served]) -> dict[Path, Stamp]:
    return {file: stamp for one in found for file, stamp in one.files.items()}


def _stamps(files: Iterable[Path]) -> dict[Path, Stamp]:
    return {file: _stamp(file) for file in files}


def _stamp(file: Path) -> Stamp:
    try:
        found = file.stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)


def _name(target: Target) -> str:
    stem = target.path.resolve().name.partition(".")[0]
    return (
        "".join(letter if letter.isascii() and (letter.isalnum() or letter in "-_") else "-" for letter in stem)
        or "api"
    )


def serve(connectors: Sequence[Connector], serving: Serving, holder: Callable[[Holder], None] | None = None) -> int:
    """Serves connectors until somebody ends it, and returns how many requests came. Raises Misuse if the port can't be used."""
    held = Holder(Service(connectors))
    if holder is not None:
        holder(held)
    try:
        run(held, serving)
    except OSError as error:
        if error.errno in _TAKEN:
            help_ = f"end what uses it, or choose another: --port {serving.port + 1}, or --port 0 for a free one"
            raise Misuse(f"the port {serving.port} is in use", help_) from error
        if error.errno in _FORBIDDEN:
            raise Misuse(f"the port {serving.port} isn't allowed", f"choose one from {_PRIVILEGED} on") from error
        raise Misuse(f"can't serve on port {serving.port}: {error.strerror}") from error
    return held.service.log.count
