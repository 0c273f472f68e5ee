"""Updates a spec from a source that was imported before: reads both and the base, merges, and writes all or nothing."""

import os
from codecs import BOM_UTF8
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

from connector_builder.app.import_.base import Base, last_import
from connector_builder.app.import_.given import Given
from connector_builder.app.import_.of_solution import changed_in_solution
from connector_builder.app.shared.misuse import Misuse
from connector_builder.app.shared.targets import absolute, is_spec_folder, put_in_order
from connector_builder.checks.engine import Checked, Checks, examine
from connector_builder.findings import Finding, Place, Severity, Text
from connector_builder.language import MAIN
from connector_builder.language.decompile import NotImportable, NotProven
from connector_builder.language.load import SUFFIXES, folder_of, is_spec, spec_path
from connector_builder.language.rules import SECRET_IN_SPEC
from connector_builder.language.update import NotUpdatable, Updated, update_spec
from connector_builder.language.update.rules import NOT_UPDATABLE, UPDATE_CONFLICT, UPDATED
from connector_builder.output.bases import base_bytes
from connector_builder.output.record import hash_of
from connector_builder.output.specs import update_files
from connector_builder.package import ICON, SCRIPT, Package, Reading
from connector_builder.platform.data.plain import items, text
from connector_builder.platform.swagger.operations import operations
from connector_builder.render.files import has_drawn_icon
from connector_builder.source.files import MAX_DOCUMENT
from connector_builder.source.folder import Folder
from connector_builder.sources.captures.joining import joined, moved
from connector_builder.sources.choosing import ALL, Wishes
from connector_builder.sources.kinds import RECORDINGS
from connector_builder.sources.losses import CALL_LEFT_OUT
from connector_builder.sources.source import Source, read_source

_AGAIN = "to replace the spec by what SOURCE says, import it with --force and without --update"


@dataclass(frozen=True, slots=True)
class Refreshed:
    """The result of an update. `spec` is the path of the spec, `updated` says whether it is up to date now.

    `files` are the changed files of the spec by name, relative to the folder that it is in, each with its content before
    and after; None where there is none. `found` counts the findings of `validate` in the spec.
    """

    source: Source
    spec: Path
    updated: bool = False
    files: dict[str, tuple[bytes | None, bytes | None]] = field(default_factory=dict)
    notes: int = 0
    conflicts: int = 0
    operations: int = 0
    found: Counter[Severity] = field(default_factory=Counter)
    defect: tuple[str, str] | None = None


def update(
    source: Source,
    spec: Path,
    checks: Checks,
    *,
    base: Path | None = None,
    repair: bool = False,
    write: bool = True,
    wishes: Wishes = ALL,
) -> tuple[Refreshed, Checked]:
    """Brings what changed in a source since the last import into a spec; without `write`, only finds out what that is.

    `base` is the source of the last import, where nothing beside the spec records it. Returns the result, and the
    findings in the source and about the update. Raises Misuse and OutputError.
    """
    path = spec_at(spec, "update")
    folder, main = folder_of(path)
    known = last_import(path, base, wishes)
    reading = _read(source, known, wishes, repair=repair)
    findings, done = list(reading.findings), Refreshed(source, path)
    if known.package is None:
        findings = [*known.findings, *findings]
    elif reading.package is not None:
        try:
            done, more = _updated(done, folder, main, known, reading.package, checks, write=write)
            findings += more
        except NotUpdatable as error:
            findings += error.findings
        except NotImportable as error:
            findings.append(error.finding)
        except NotProven as error:
            details = "\n".join(error.pointers)
            done = replace(done, defect=(f"the source can't be written as a spec: {error}", details))
    return done, examine(Reading(None, findings), Checks(), is_spec=True)


def _read(source: Source, known: Base, wishes: Wishes, *, repair: bool) -> Reading:
    """Reads a source. A recording is joined to the last import: it shows a part of the API, and removes nothing."""
    if source.kind not in RECORDINGS or known.package is None:
        return read_source(source, repair=repair, wishes=wishes)
    base = known.package.definition
    host = text(base.get("host"))
    scheme = text(next(iter(items(base.get("schemes"))), "https"))
    if wishes.server is None:
        wishes = replace(wishes, server=f"{scheme}://{host}", host=host.lower())
    reading = read_source(source, repair=repair, wishes=wishes)
    package = reading.package
    if package is None:
        return reading
    place = Place(Text(source.path, ""))
    if text(package.definition.get("host")).lower() != host.lower():
        message = f"the server of the last import is '{host}'"
        return Reading(None, [*reading.findings, NOT_UPDATABLE.at(place, message, help="name that by --server")])
    join = joined(base, package.definition)
    reading.findings += [
        CALL_LEFT_OUT.at(place, f"'{path}' isn't below the server's '{base['basePath']}': it is left out")
        for path in join.elsewhere
    ]
    package.sampled = moved(package.sampled, join, base)
    package.definition, package.properties = join.definition, known.package.properties
    return reading


def source_for(spec: Path, given: Given, base: Path | None) -> Source:
    """Returns the source that updates a spec: the only one, or the connector of a solution that the spec was imported from.

    Raises Misuse if neither is known.
    """
    sources = given.sources
    if len(sources) == 1 and not given.several:
        return sources[0]
    if base is None and sources and all(one.part for one in sources):
        known = last_import(spec_at(spec, "update")).package
        name = "" if known is None else text(known.solution.get("connectorName"))
        found = [one for one in sources if one.part == name]
        if len(found) == 1:
            return found[0]
    message = "--update takes one SOURCE for one SPEC"
    raise Misuse(message, "name the package or document that SPEC was imported from, of an unpacked solution one file")


def spec_at(path: Path, to: str) -> Path:
    """Returns the path of an existing spec: for `orders` and `orders.yaml` that of the folder or file.

    `to` is what is done to it, in a message. Raises Misuse if there is none.
    """
    whole = spec_path(Path(os.path.normpath(path)))
    whole = whole if whole.name not in ("", "..") else absolute(whole)
    put_in_order(whole)
    other = [whole.with_suffix("")] if whole.suffix.lower() in SUFFIXES else []
    for one in (whole, *other, *(whole.with_name(whole.name + suffix) for suffix in SUFFIXES)):
        if is_spec_folder(one) if one.is_dir() else is_spec(one):
            return one
    help_ = {"update": "leave out --update to import it for the first time"}.get(to, "'import' and 'init' make one")
    raise Misuse(f"there is no spec '{path.as_posix()}' to {to}", help_)


def _updated(
    done: Refreshed, folder: Folder, main: str, base: Base, new: Package, checks: Checks, *, write: bool
) -> tuple[Refreshed, list[Finding]]:
    """Updates the spec, and writes it with the record of the import. Raises NotUpdatable, and what an import raises."""
    assert base.package is not None
    _same_api(base.package, new, done)
    record = base_bytes(_continued(new, base.package), base.hashes)
    updated = update_spec(folder, main, base.package, new)
    secrets = [finding for finding in updated.reading.findings if finding.rule is SECRET_IN_SPEC]
    if secrets:
        raise NotUpdatable(secrets)
    contents: dict[str, bytes] = dict(updated.files)
    findings = [*updated.findings, *_beside(folder, base, new, updated, contents)]
    if updated.reading.package is not None:
        whole = Place.whole(updated.reading.texts[0])
        findings += changed_in_solution(base.package, new, updated.reading.package, whole)
    below = f"{done.spec.name}/" if main == MAIN and done.spec.is_dir() else ""
    files = {below + name: _change(folder, name, contents.get(name)) for name in (*contents, *sorted(updated.gone))}
    if write:
        prefix = f"{base.folder.name}/" if base.folder == done.spec else ""
        written = {name: content for name, (_, content) in files.items() if content is not None}
        gone = [name for name, (_, content) in files.items() if content is None]
        _write(done.spec.parent, {**written, prefix + base.name: record}, gone)
    checked = examine(updated.reading, checks, is_spec=True)
    done = replace(
        done,
        updated=True,
        files=files,
        notes=sum(finding.rule is UPDATED for finding in findings),
        conflicts=sum(finding.rule is UPDATE_CONFLICT for finding in findings),
        operations=updated.operations,
        found=Counter(diagnostic.severity for diagnostic in checked.diagnostics),
    )
    return done, findings


def _change(folder: Folder, name: str, after: bytes | None) -> tuple[bytes | None, bytes | None]:
    """Returns the content of a file before and after; a byte order mark stays."""
    before = folder.read(name, MAX_DOCUMENT)
    if not isinstance(before, bytes):
        return None, after
    marked = after is not None and before.startswith(BOM_UTF8) and not after.startswith(BOM_UTF8)
    return before, BOM_UTF8 + after if marked and after is not None else after


def _write(folder: Path, files: dict[str, bytes], gone: list[str]) -> None:
    """Writes the files that differ from those in the folder."""
    changed = {name: content for name, content in files.items() if not _holds(folder / name, content)}
    if changed or gone:
        update_files(folder, changed, gone)


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() == content
    except OSError:
        return False


def _continued(new: Package, base: Package) -> Package:
    """Returns the new package for the record, with the parts of the base of which a definition alone says nothing."""
    return new if new.properties is not None else replace(new, properties=base.properties)


def _same_api(base: Package, new: Package, done: Refreshed) -> None:
    """Raises NotUpdatable if a source has nothing in common with the last import, so that all would be removed."""
    before, after = (
        {name for one in operations(package.definition) for name in (one.pointer, one.value.get("operationId"))}
        - {None}
        for package in (base, new)
    )
    if before and after and before.isdisjoint(after):
        place = Place(Text(done.source.path, ""))
        message = "this has no operation of the last import, so it seems to be another API"
        raise NotUpdatable([NOT_UPDATABLE.at(place, message, help=_AGAIN)])


def _beside(folder: Folder, base: Base, new: Package, updated: Updated, contents: dict[str, bytes]) -> list[Finding]:
    """Brings custom code and icon of the source into `contents`, where the owner didn't change them."""
    findings = []
    package = updated.reading.package
    for name, content in ((SCRIPT, new.script), (ICON, new.icon)):
        was = (base.hashes or {}).get(name)
        if content is None or hash_of(content) == was or package is None or (name == ICON and has_drawn_icon(new)):
            continue
        own = package.script if name == SCRIPT else package.icon
        there = folder.read(name, MAX_DOCUMENT) if own is not None else None
        place = Place(Text(folder.path / name, ""))
        if own == content:
            continue
        if own is not None and own == there and hash_of(own) == was:
            contents[name] = content
            findings.append(UPDATED.at(place, f"'{name}' was changed"))
        else:
            message = (
                f"'{name}' isn't the one of the source, and the spec's stays"
                if own
                else f"the source has '{name}', and the spec has none"
            )
            findings.append(UPDATE_CONFLICT.at(place, message, help="copy it from the source if you want it"))
    return findings
