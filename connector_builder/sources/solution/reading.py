"""Reads a solution in an archive: the zip of an export, the folder of an unpacked one, or a folder of connectors alone."""

import re
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from connector_builder.findings import Place
from connector_builder.platform.solutions.environment_variables import BY_NUMBER, SCHEMA_NAME
from connector_builder.platform.solutions.names import CONNECTOR, GUID, OPTIONS, PREFIX, UNIQUE_NAME, VARIABLE, VERSION
from connector_builder.sources.solution.archive import Archive, Refused
from connector_builder.sources.solution.model import Document, Entry, Read, Said, whole, xml_place
from connector_builder.sources.solution.xml import Element, XmlRefused, read_xml
from connector_builder.sources.solution_places import DEFINITION, FOLDERS, SUFFIXES

_DEFINITION_END = f"_{DEFINITION}.json"
_ROW = re.compile(r"[A-Za-z0-9]+_[A-Za-z0-9_-]+")
_PLACES = {
    "name": ("UniqueName",),
    "title": ("LocalizedNames",),
    "description": ("Descriptions",),
    "version": ("Version",),
    "prefix": ("Publisher", "CustomizationPrefix"),
}
"""The elements that contain what `connector.solution` says, by its keys."""
_VARIABLES = "environmentvariabledefinitions"
_DEFINED = "environmentvariabledefinition.xml"
_VALUES = "environmentvariablevalues.json"
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
        _read_manifest(read, _parse(archive, manifest))
    customizations = archive.named("customizations.xml") or archive.named("other/customizations.xml")
    if customizations is not None:
        _read_customizations(read, customizations)
    _read_documents(read)
    if manifest is None:
        _read_bare(read)
    if not read.connectors:
        raise Refused(archive.path, _nothing(archive, manifest), "name a solution with a custom connector")
    _refuse_same(read)
    _read_variables(read)
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


def _parse(archive: Archive, name: str) -> Document:
    path, content = archive.shown(name), archive.read(name)
    try:
        return Document(path, content, read_xml(content))
    except XmlRefused as error:
        place = xml_place(path, content, error.at)
        raise Refused(path, error.message, "export the solution again", place) from error


def _read_manifest(read: Read, document: Document) -> None:
    manifest = document.root.first("SolutionManifest") or document.root
    publisher = manifest.first("Publisher")

    def kept(into: dict[str, Any], key: str, value: str, form: re.Pattern[str] | None = None) -> None:
        if value and (form is None or form.fullmatch(value)):
            into[key] = value
        elif value:
            where = document.place(*_PLACES[key], of=manifest)
            read.said.append(Said(where, f"'{value[:80]}' can't be the {key} of a solution, and isn't imported"))

    kept(read.facts, "name", manifest.said("UniqueName"), UNIQUE_NAME)
    kept(read.facts, "title", _localized(manifest, "LocalizedNames", "LocalizedName"))
    kept(read.facts, "description", _localized(manifest, "Descriptions", "Description"))
    kept(read.facts, "version", manifest.said("Version"), VERSION)
    if publisher is not None:
        own: dict[str, Any] = {}
        kept(read.facts, "prefix", publisher.said("CustomizationPrefix"), PREFIX)
        kept(own, "name", publisher.said("UniqueName"), UNIQUE_NAME)
        kept(own, "title", _localized(publisher, "LocalizedNames", "LocalizedName"))
        option = publisher.said("CustomizationOptionValuePrefix")
        if option.isdecimal() and OPTIONS[0] <= int(option[:9]) <= OPTIONS[1]:
            own["optionPrefix"] = int(option)
        if own:
            read.facts["publisher"] = own
    managed = manifest.said("Managed")
    read.managed = int(managed) if managed in ("0", "1", "2") else None
    others = {
        one.attributes.get("type", "?")
        for one in manifest.all("RootComponents", "RootComponent")
        if one.attributes.get("type") not in (str(CONNECTOR), str(VARIABLE))
    }
    if others:
        kinds = ", ".join(sorted(others))
        where = document.place("RootComponents", of=manifest)
        read.said.append(Said(where, f"the solution has other components (types {kinds}), which aren't imported"))


def _localized(element: Element, *path: str) -> str:
    found = element.first(*path)
    return "" if found is None else found.attributes.get("description", "").strip()


def _read_customizations(read: Read, name: str) -> None:
    document = _parse(read.archive, name)
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
                document = _parse(read.archive, name)
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
            known = _parse(read.archive, document)
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


def _read_variables(read: Read) -> None:
    for name in read.archive.below(_VARIABLES):
        base = name.rpartition("/")[2].lower()
        shown = read.archive.shown(name)
        if base == _VALUES:
            read.said.append(Said(whole(shown), "the value belongs to one environment, and isn't imported"))
        elif base == _DEFINED:
            root = _parse(read.archive, name).root
            schema = root.attributes.get("schemaname", "")
            if SCHEMA_NAME.fullmatch(schema):
                read.variables[schema] = _variable(root)
            else:
                read.said.append(
                    Said(whole(shown), f"'{schema[:80]}' can't name an environment variable, and isn't imported")
                )
    read.variables = {name: read.variables[name] for name in sorted(read.variables)}


def _variable(root: Element) -> dict[str, Any]:
    number = root.said("type")
    variable: dict[str, Any] = {"type": BY_NUMBER.get(int(number[:9]), "string") if number.isdecimal() else "string"}
    for key, element in (("title", "displayname"), ("description", "description")):
        found = root.first(element)
        if found is not None and found.attributes.get("default", "").strip():
            variable[key] = found.attributes["default"].strip()
    variable.setdefault("title", root.attributes.get("schemaname", ""))
    if root.said("isrequired") == "1":
        variable["required"] = True
    default = root.first("defaultvalue")
    if default is not None and default.text:
        variable["default"] = default.text
    return variable


def guid_of(entry: Entry) -> str:
    """Returns the id of a connector; empty if it isn't one."""
    return entry.id if GUID.fullmatch(entry.id) else ""


def row_of(entry: Entry) -> str:
    """Returns the name of a connector as the language can say it; empty if it can't."""
    return entry.name if _ROW.fullmatch(entry.name) else ""
