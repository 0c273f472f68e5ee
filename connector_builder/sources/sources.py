"""What is imported: the package of a folder, or one Swagger document, read into plain data with places."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from connector_builder.findings import Finding, Place, Pointer, Rule, Severity, Text
from connector_builder.language.decompile.rules import NOT_IMPORTABLE
from connector_builder.language.secrets import find_secrets
from connector_builder.package import DEFINITION, ICON, PROPERTIES, SCRIPT, SETTINGS, Package, Reading
from connector_builder.package.files import find_files
from connector_builder.package.read import MAX_ICON, MAX_SCRIPT
from connector_builder.package.secrets import secrets_left_out, without_secrets
from connector_builder.source.document import MAX_FINDINGS
from connector_builder.source.files import read_bytes
from connector_builder.sources.documents import Parsed, parse
from connector_builder.sources.kinds import beside_properties, definition_refused, properties_refused
from connector_builder.sources.redaction import REDACTED, redacted
from connector_builder.sources.rules import PART_LEFT_OUT, SECRET_KEPT, SECRET_LEFT_OUT

_CLIENTS = "give it to paconn by --secret, or type it into the portal"


class Kind(StrEnum):
    """What a source is taken for; the words of `--from`."""

    PACKAGE = "package"
    SWAGGER = "swagger"


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """One thing to import: the folder of a package, or a Swagger document by itself."""

    path: Path
    kind: Kind

    def __str__(self) -> str:
        return self.path.as_posix()


def read_source(source: Source, *, repair: bool = False) -> Reading:
    """The package that a source is; there is none where it can't be imported, and a finding says why.

    Secrets are left out of it. What doesn't keep it from being imported is a warning or a note, whatever else it is elsewhere.
    """
    files = find_files(source.path) if source.kind is Kind.PACKAGE else {DEFINITION: source.path}
    files = files or {}
    reader = _Reader(repair)
    definition = reader.definition(files.get(DEFINITION), source.path)
    properties = reader.properties(files.get(PROPERTIES))
    reading = Reading(None, reader.findings)
    if not reader.failed and definition is not None:
        reading.package = reader.package(source, definition, properties, files)
    return reading


class _Reader:
    """Reads the files of one source, and notes what is wrong with them."""

    def __init__(self, repair: bool) -> None:
        self.repair = repair
        self.findings: list[Finding] = []
        self.documents: dict[str, Parsed] = {}

    @property
    def failed(self) -> bool:
        return any(finding.rule.severity is Severity.ERROR for finding in self.findings)

    def definition(self, path: Path | None, source: Path) -> dict[str, Any] | None:
        """The Swagger document, without secrets; None where it can't be imported."""
        if path is None:
            cure = f"put {DEFINITION} there"
            self.findings.append(
                NOT_IMPORTABLE.at(Place(Text(source, "")), "there is no definition in this folder", help=cure)
            )
            return None
        parsed = self._parse(path)
        if not parsed.readable:
            return None
        refused = definition_refused(parsed)
        self.findings += refused
        if refused:
            return None
        self.documents[DEFINITION] = parsed
        definition: dict[str, Any] = self._without_secrets(parsed, parsed.data)
        if definition["swagger"] != "2.0":
            definition = {**definition, "swagger": "2.0"}  # a number, as YAML has it without quotes
        return definition

    def properties(self, path: Path | None) -> dict[str, Any] | None:
        """apiProperties, without secrets; None where there are none."""
        parsed = self._parse(path) if path is not None else None
        if parsed is None or not parsed.readable:
            return None
        refused = properties_refused(parsed)
        self.findings += refused
        if refused:
            return None
        self.documents[PROPERTIES] = parsed
        self.findings += beside_properties(parsed)
        properties = {"properties": parsed.data["properties"]}
        self._tell_secrets(
            parsed, [(at, "a client secret isn't imported") for at in secrets_left_out(properties)], _CLIENTS
        )
        without: dict[str, Any] = self._without_secrets(parsed, without_secrets(properties))
        return without

    def package(
        self, source: Source, definition: dict[str, Any], properties: dict[str, Any] | None, files: dict[str, Path]
    ) -> Package:
        """The package, with what lies beside the two documents; a broken one of that isn't imported, and that is a warning."""
        documents = self.documents

        def locate(document: str, pointers: Iterable[Pointer]) -> dict[Pointer, Place]:
            if document in documents:
                return documents[document].places(pointers)
            return dict.fromkeys(pointers, Place(Text(source.path, "")))

        name = source.path.resolve().name if source.kind is Kind.PACKAGE else source.path.stem
        package = Package(name, source.path, definition, properties, locate)
        package.settings = self._settings(files.get(SETTINGS))
        package.icon, package.icon_place = self._beside(files.get(ICON), MAX_ICON)
        package.script, _ = self._beside(files.get(SCRIPT), MAX_SCRIPT)
        return package

    def _parse(self, path: Path) -> Parsed:
        parsed = _parsed(path, repair=self.repair)
        self.findings += parsed.findings
        return parsed

    def _without_secrets(self, parsed: Parsed, data: Any) -> Any:
        without, found = redacted(data)
        left_out = [(one.pointer, f"{one.message}: {REDACTED} is imported instead") for one in found if not one.kept]
        self._tell_secrets(parsed, left_out)
        kept = [(one.pointer, f"{one.message}, and stands in a text or an example") for one in found if one.kept]
        self._tell_secrets(
            parsed, kept, f"write {REDACTED} in the spec, if it isn't one that was published", SECRET_KEPT
        )
        return without

    def _tell_secrets(
        self, parsed: Parsed, found: list[tuple[Pointer, str]], cure: str | None = None, rule: Rule = SECRET_LEFT_OUT
    ) -> None:
        found = found[:MAX_FINDINGS]
        places = parsed.places(pointer for pointer, _ in found)
        for pointer, message in found:
            place = places[pointer]
            place.text.hide(place.start, place.end)
            self.findings.append(rule.at(place, message, help=cure))

    def _settings(self, path: Path | None) -> dict[str, Any]:
        if path is None:
            return {}
        parsed = _parsed(path, repair=self.repair)
        if isinstance(parsed.data, dict):
            return parsed.data
        place = parsed.findings[0].place if parsed.findings else Place(Text(path, ""))
        self.findings.append(PART_LEFT_OUT.at(place, f"'{path.name}' can't be read, and isn't imported"))
        return {}

    def _beside(self, path: Path | None, limit: int) -> tuple[bytes | None, Place | None]:
        if path is None:
            return None, None
        place = Place(Text(path, ""))
        content = read_bytes(path, limit)
        if isinstance(content, Finding):
            self.findings.append(PART_LEFT_OUT.at(place, f"{content.message}: it isn't imported", help=content.help))
            return None, None
        return content, place


def _parsed(path: Path, *, repair: bool) -> Parsed:
    """A file's data; no report shows from now on the secrets in what it says of the file."""
    parsed = parse(path, repair=repair)
    texts = [finding.place.text for finding in parsed.findings]
    if parsed.text is not None:
        texts.append(parsed.text)
    for text in {id(text): text for text in texts}.values():
        for _ in find_secrets(text):
            pass
    return parsed
