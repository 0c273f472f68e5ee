"""Finds and reads the base of a spec: what it was last imported from."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from connector_builder.app.import_.find import find_sources
from connector_builder.app.shared.misuse import Misuse
from connector_builder.findings import Finding, Severity
from connector_builder.language import MAIN
from connector_builder.language.decompile.rules import NOT_IMPORTABLE
from connector_builder.output.bases import SOLUTION, VARIABLES, VERSION, base_name
from connector_builder.output.places import is_file, look
from connector_builder.package import DEFINITION, ICON, SCRIPT, Package, Reading
from connector_builder.platform.data.plain import mapping
from connector_builder.sources.choosing import ALL, Wishes
from connector_builder.sources.documents import Converted, Parsed
from connector_builder.sources.reading import read_files
from connector_builder.sources.source import read_source

_RESTORE = "restore it from version control, or name the Swagger of the last import: --base OLD"


@dataclass(slots=True)
class Base:
    """The last import: its package, None if it can't be read, which `findings` explain.

    `hashes` are those of its files beside the documents, if known. `folder` is the one that the spec is in, and `name`
    the name of the record of the import in it.
    """

    folder: Path
    name: str
    package: Package | None = None
    hashes: dict[str, str] | None = None
    findings: list[Finding] = field(default_factory=list)


def last_import(spec: Path, old: Path | None = None, wishes: Wishes = ALL) -> Base:
    """Returns the base of a spec: its record, or the source `old`. Raises Misuse if there is neither, and OutputError."""
    places = [Base(spec.parent, base_name(spec.name if spec.is_dir() else spec.stem))]
    if spec.is_dir():
        places.append(Base(spec, base_name(Path(MAIN).stem)))
    base = next((one for one in places if is_file(look(one.folder, one.name))), None)
    if old is not None:
        base = base or places[0]
        return _with(base, _old(old, wishes))
    if base is None:
        message = f"'{spec.as_posix()}' has no record of its last import, so what changed since isn't known"
        raise Misuse(message, "name the Swagger or package that it was imported from: --base OLD")
    path = base.folder / base.name
    kept: dict[str, Any] = {}
    reading = read_files(
        path, {DEFINITION: path}, spec.stem, repair=False, convert=lambda parsed: _record(parsed, kept)
    )
    base.hashes = {name: kept[name] for name in (SCRIPT, ICON) if isinstance(kept.get(name), str)}
    if reading.package is not None:
        reading.package.solution = mapping(kept.get(SOLUTION))
        reading.package.environment_variables = mapping(kept.get(VARIABLES))
    return _with(base, reading)


def _with(base: Base, reading: Reading) -> Base:
    base.package = reading.package
    base.findings = [finding for finding in reading.findings if finding.rule.severity is Severity.ERROR]
    return base


def _old(path: Path, wishes: Wishes) -> Reading:
    """Reads the source of the last import. Raises Misuse if the path isn't that of one source."""
    sources, several = find_sources([path])
    if several or len(sources) != 1:
        raise Misuse(f"'{path.as_posix()}' holds more than one source", "name one with --base")
    return read_source(sources[0], wishes=wishes)


def _record(parsed: Parsed, kept: dict[str, Any]) -> Converted:
    """Returns the documents in the record of an import, and notes in `kept` all that it contains."""
    data: Any = parsed.data if isinstance(parsed.data, dict) else {}
    if data.get("version") != VERSION or not isinstance(data.get("definition"), dict):
        place = parsed.places([()])[()]
        broken = Parsed(parsed.path, findings=[])
        return Converted(
            broken, findings=[NOT_IMPORTABLE.at(place, "this isn't the record of an import", help=_RESTORE)]
        )
    kept.update(data)
    definition = parsed.built(data["definition"], {(): ("definition",)})
    given = data.get("properties")
    return Converted(definition, None if given is None else parsed.built(given, {(): ("properties",)}))
