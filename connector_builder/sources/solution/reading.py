"""Reads a solution in an archive: the zip of an export, the folder of an unpacked one, or a folder of connectors alone."""

import re
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from connector_builder.findings import Place
from connector_builder.platform.solutions.names import GUID
from connector_builder.sources.solution.archive import Archive, Refused
from connector_builder.sources.solution.manifest import read_manifest
from connector_builder.sources.solution.model import Document, Entry, Read, Said, whole
from connector_builder.sources.solution.parsing import parse
from connector_builder.sources.solution.variables import read_variables
from connector_builder.sources.solution.xml import Element
from connector_builder.sources.solution_places import DEFINITION, FOLDERS, SUFFIXES

_DEFINITION_END = f"_{DEFINITION}.json"
_ROW = re.compile(r"[A-Za-z0-9]+_[A-Za-z0-9_-]+")
_KNOWN = frozenset(
    {"connectorid", "description", "displayname", "iconbrandcolor", "name", "connectortype", "scriptoperations", "introducedversion",
     "iscustomizable", *SUFFIXES}
)  # fmt: skip


def is_solution(archive: Archive) -> bool:
    """Checks whether an archive has the manifest of a solution, or connectors as an unpacked one has them."""
    return _manifest(archive) is not None or any(_definitions(archive))


def read_solution(archive: Archive) -> Read:
    """Returns the solution in an archive. Raises Refused if it can't be read, or has no connector."""
    read = Read(archive)
    manifest = _manifest(archive)
    if manifest is not None:
        read_manifest(read, parse(archive, manifest))
    customizations = archive.named("customizations.xml") or archive.named("other/customizations.xml")
    if customizations is not None:
        _read_customizations(read, customizations)
    _read_documents(read)
    if manifest is None:
        _read_bare(read)
    if not read.connectors:
        raise Refused(archive.path, _nothing(archive, manifest), "name a solution with a custom connector")
    _refuse_same(read)
    read_variables(read)
    return read


def _nothing(archive: Archive, manifest: str | None) -> str:
    if manifest is not None:
        return "the solution contains no connector"
    inside = next((name for name in archive.names if name.lower().endswith("/solution.xml")), None)
    if inside is not None:
        return f"the solution is in the folder '{inside.rpartition('/')[0]}', not at the top"
    return "there is no solution: it has neither solution.xml nor a connector"


def _manifest(archive: Archive) -> str | None:
    return archive.named("solution.xml") or archive.named("other/solution.xml")


def _read_customizations(read: Read, name: str) -> None:
    document = parse(read.archive, name)
    root = document.root
    read.workflows = _holds(root, "workflows")
    read.flows = [one.said("JsonFileName") for one in root.all("Workflows", "Workflow") if one.said("JsonFileName")]
    read.plugin = _holds(root, "aicopilot_aiplugin") or _holds(root, "aicopilot_aiplugins")
    for one in root.all("Connectors", "Connector"):
        _add(read, one, document)
    if root.all("connectionreferences", "connectionreference"):
        message = "the solution has connection references, which belong to flows and aren't imported"
        read.said.append(Said(document.place("connectionreferences"), message))


def _holds(element: Element, name: str) -> bool:
    """Checks whether an element of this name anywhere in a document has anything in it."""
    waiting = [element]
    while waiting:
        one = waiting.pop()
        if one.name.lower() == name and (one.children or one.attributes or one.text.strip()):
            return True
        waiting += one.children
    return False


def _read_documents(read: Read) -> None:
    """Reads the documents that an unpacked solution has for each connector. A repository may keep the unzipped form beside them."""
    zipped = {one.name.lower() for one in read.connectors}
    for folder in FOLDERS:
        for name in read.archive.below(folder):
            if name.lower().endswith(".xml") and name.count("/") == 1:
                document = parse(read.archive, name)
                if document.root.name.lower() != "connector":
                    continue
                if document.root.said("name").lower() in zipped:
                    message = "customizations.xml has this connector too, and that one is read"
                    read.said.append(Said(document.place(), message))
                else:
                    _add(read, document.root, document)


def _add(read: Read, element: Element, document: Document) -> None:
    values = {one.name.lower(): one.text.strip() for one in element.children}
    name = values.get("name", "")
    if not name:
        message = "a connector has no name"
        raise Refused(document.path, message, "export the solution again", document.place(of=element))
    entry = Entry(name, values, {}, document.path, partial(document.place, of=element))
    if not values.get(DEFINITION):
        help_ = "export the solution again"
        raise Refused(document.path, f"the connector '{name[:80]}' has no '{DEFINITION}'", help_, entry.place())
    for kind in SUFFIXES:
        if values.get(kind):
            _add_file(read, entry, kind, values[kind])
    unknown = [one for one in values if one not in _KNOWN and values[one]]
    if unknown:
        listed = ", ".join(f"'{one}'" for one in unknown)
        where = entry.place(unknown[0])
        entry.said.append(Said(where, f"'{name}' has {listed}, which isn't known and isn't imported"))
    read.connectors.append(entry)


def _add_file(read: Read, entry: Entry, kind: str, said: str) -> None:
    """Notes the file that an element names. Only its name counts: it is in the folder of connectors, wherever the path leads."""
    base = said.replace("\\", "/").rpartition("/")[2]
    found = next((one for folder in FOLDERS if (one := read.archive.named(f"{folder}/{base}"))), None)
    if found is not None:
        entry.files[kind] = found
    elif kind == DEFINITION:
        message = f"the definition of '{entry.name}', '{said}', isn't in the solution"
        raise Refused(entry.path, message, "export it again", entry.place(kind))
    else:
        entry.missing.append(Said(entry.place(kind), f"'{said}' isn't in the solution"))


def _read_bare(read: Read) -> None:
    """Reads connectors that are known by their files alone, without the documents of a solution."""
    there = {one.name.lower() for one in read.connectors}
    for name in _definitions(read.archive):
        row = name.rpartition("/")[2][: -len(_DEFINITION_END)]
        if row.lower() in there:
            continue
        folder = name[: len(name) - len(row) - len(_DEFINITION_END)]
        files = {
            kind: found
            for kind, suffix in SUFFIXES.items()
            if (found := read.archive.named(f"{folder}{row}_{kind}.{suffix}")) is not None
        }
        document = read.archive.named(f"{folder}{row}.xml")
        values: dict[str, str] = {"name": row}
        path = read.archive.shown(name)
        place: Callable[..., Place] = partial(_whole, path)
        if document is not None:
            known = parse(read.archive, document)
            values |= {one.name.lower(): one.text.strip() for one in known.root.children}
            path, place = known.path, known.place
        entry = Entry(row, values, files, path, place)
        if document is None:
            message = f"'{row}.xml' isn't beside the definition, so that colour, title and the operations of custom code aren't known"
            entry.said.append(Said(whole(path), message))
        read.connectors.append(entry)


def _whole(path: Path, *_: str) -> Place:
    return whole(path)


def _definitions(archive: Archive) -> Iterable[str]:
    """Yields the definitions of connectors: in their folder, or at the top of the archive, which is that folder then."""
    for name in archive.names:
        folder, _, base = name.rpartition("/")
        if base.lower().endswith(_DEFINITION_END) and folder.lower() in ("", *FOLDERS):
            yield name


def _refuse_same(read: Read) -> None:
    names: dict[str, str] = {}
    for one in read.connectors:
        other = names.setdefault(one.name.lower(), one.name)
        if other is not one.name:
            raise Refused(
                one.path, f"two connectors are called '{other}' and '{one.name}'", "export the solution again"
            )


def guid_of(entry: Entry) -> str:
    """Returns the id of a connector; empty if it isn't one."""
    return entry.id if GUID.fullmatch(entry.id) else ""


def row_of(entry: Entry) -> str:
    """Returns the name of a connector as the language can say it; empty if it can't."""
    return entry.name if _ROW.fullmatch(entry.name) else ""
