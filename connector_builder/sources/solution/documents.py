"""The documents of a connector in a solution, as those of a package: the definition, and apiProperties put together of their parts."""

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from connector_builder.findings import Finding, Place, Pointer, Text
from connector_builder.platform.auth.kinds import GATEWAY
from connector_builder.platform.data.plain import items, mapping
from connector_builder.platform.solutions.names import belonging, with_redirects, without_environment
from connector_builder.platform.swagger.operations import operations
from connector_builder.source.files import decode
from connector_builder.source.json_reader import read_json
from connector_builder.sources.documents import Locate, Parsed
from connector_builder.sources.solution.model import Entry, Read, Said
from connector_builder.sources.solution_places import OPERATIONS, PARAMETERS, POLICIES, SETS

_KEYS = {PARAMETERS: "connectionParameters", SETS: "connectionParameterSets", POLICIES: "policyTemplateInstances"}

_BLANK = b"\xef\xbb\xbf \t\r\n"


Parse = Callable[[Path, bytes], Parsed]
"""Reads the content of a file with a name: as an import does, or as a check does."""


def parsed_file(read: Read, entry: Entry, kind: str, parse: Parse) -> Parsed:
    """Reads a JSON file of a connector. Raises Refused for one that can't be unpacked."""
    name = entry.files[kind]
    content = read.archive.read(name)
    if not content.strip(_BLANK):
        return Parsed(read.archive.shown(name), readable=True)
    return parse(read.archive.shown(name), content)


def strictly(path: Path, content: bytes) -> Parsed:
    """Reads JSON for a check: with all findings, and nothing mended."""
    text = decode(path, content)
    if isinstance(text, Finding):
        return Parsed(path, findings=[text])
    document = read_json(text)
    return Parsed(path, document.data, document.readable, list(document.findings), text, document.locate)


class Properties(NamedTuple):
    """The apiProperties of a connector, with places in the files of their parts, and the texts of these by their keys."""

    parsed: Parsed
    texts: dict[str, Text]


def properties_of(read: Read, entry: Entry, definition: Any, parse: Parse, *, exported: bool) -> Properties:
    """Returns apiProperties of a connector. The findings say what can't be read.

    With `exported`, they are as the solution has them; else as a package has them, without what belongs to one environment.
    """
    parts = {key: parsed_file(read, entry, kind, parse) for kind, key in _KEYS.items() if kind in entry.files}
    findings = [finding for one in parts.values() for finding in one.findings]
    broken = next((one for one in parts.values() if not one.readable), None)
    if broken is not None:
        return Properties(Parsed(broken.path, findings=findings), {})
    inner: dict[str, Any] = {"connectionParameters": {}}
    inner |= {key: one.data for key, one in parts.items() if one.data or (exported and one.data is not None)}
    if entry.values.get("iconbrandcolor"):
        inner["iconBrandColor"] = entry.values["iconbrandcolor"]
    inner["capabilities"] = ["gateway"] if GATEWAY in mapping(inner["connectionParameters"]) else []
    listed = _operations(entry)
    if listed is not None:
        inner["scriptOperations"] = listed if exported or not _all(listed, definition) else []
    if not exported:
        inner = _of_no_environment(entry, inner)
    texts = {key: one.text for key, one in parts.items() if one.text is not None}
    text = next(iter(texts.values()), None)
    return Properties(Parsed(entry.path, {"properties": inner}, True, findings, text, _locate(entry, parts)), texts)


def _of_no_environment(entry: Entry, inner: dict[str, Any]) -> dict[str, Any]:
    for key in belonging(inner):
        message = f"'{key}' belongs to one environment, and isn't imported"
        entry.said.append(Said(entry.place(), message, "the platform makes it anew in each environment"))
    return with_redirects(without_environment(inner))


def _locate(entry: Entry, parts: Mapping[str, Parsed]) -> Locate:
    """Returns a function that finds a pointer into apiProperties in the file of its part, else where the connector is."""
    around = entry.place()

    def locate(pointers: Iterable[Pointer]) -> dict[Pointer, Place]:
        found: dict[Pointer, Place] = {}
        for pointer in pointers:
            part = parts.get(str(pointer[1])) if len(pointer) > 1 else None
            found[pointer] = around if part is None else part.places([pointer[2:]])[pointer[2:]]
        return found

    return locate


def titled(entry: Entry, parsed: Parsed) -> tuple[Parsed, list[Said]]:
    """Returns a definition with the title and the description that the solution has, and what it replaced."""
    info = mapping(mapping(parsed.data).get("info"))
    said = []
    changed: dict[str, Any] = {}
    for key, element, word in (("title", "displayname", "title"), ("description", "description", "description")):
        value = entry.values.get(element, "")
        if value and value != info.get(key):
            changed[key] = value
            if info.get(key):
                message = f"the {word} of the definition isn't imported: people see that of the solution"
                said.append(Said(entry.place(element), message))
    if not changed or not isinstance(parsed.data, dict):
        return parsed, []
    return parsed.built({**parsed.data, "info": {**info, **changed}}, {(): ()}), said


def shown(read: Read, entry: Entry, kind: str) -> Path:
    """Returns the path of a file of a connector for people."""
    return read.archive.shown(entry.files[kind]) if kind in entry.files else entry.path


def _operations(entry: Entry) -> list[Any] | None:
    """Returns the operations that custom code runs for; None if the solution lists none."""
    text = entry.values.get(OPERATIONS, "")
    if not text:
        return None
    try:
        listed = json.loads(text)
    except (ValueError, RecursionError):
        entry.said.append(
            Said(entry.place(OPERATIONS), f"'scriptoperations' of '{entry.name}' isn't a list, and isn't imported")
        )
        return None
    return items(listed) or None


def _all(listed: list[Any], definition: Any) -> bool:
    """Checks whether these are all operations, in their order: then the code runs for every one."""
    return listed == [one.value.get("operationId") for one in operations(definition)]
