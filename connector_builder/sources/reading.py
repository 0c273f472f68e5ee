"""Reads the files of a package as plain data with places: the platform's files, or other files through a converter."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from connector_builder.findings import Finding, Place, Pointer, Severity, Text
from connector_builder.language.decompile.rules import NOT_IMPORTABLE
from connector_builder.package import DEFINITION, ICON, PROPERTIES, SCRIPT, SETTINGS, Package, Reading
from connector_builder.package.read import MAX_ICON, MAX_SCRIPT
from connector_builder.package.secrets import secrets_left_out, without_secrets
from connector_builder.platform.auth.kinds import entra_address
from connector_builder.platform.data.plain import mapping
from connector_builder.secrets import REDACTED, mask, secrets_in, without
from connector_builder.source.document import MAX_FINDINGS
from connector_builder.source.files import read_bytes
from connector_builder.sources.documents import Converted, Parsed, parse
from connector_builder.sources.input import Input
from connector_builder.sources.refusals import beside_properties, corrected_top, definition_refused, properties_refused
from connector_builder.sources.rules import PART_LEFT_OUT, SECRET_LEFT_OUT, SIGN_IN_GUESSED

_INSTEAD = f": {REDACTED} is imported instead"
_GUESSED = "correct 'auth' in the spec, or import the folder that has the apiProperties.json too"
_AGAIN = "correct it and import again to keep it"
_CLIENTS = "pass it to paconn with --secret, or enter it in the portal"


Convert = Callable[[Parsed], Converted]
"""Turns a file's data into a Swagger document, and maybe apiProperties and samples, with places in the file."""


def read_files(
    source: Path,
    files: Mapping[str, Path],
    name: str,
    *,
    repair: bool,
    convert: Convert = Converted,
    parsed: Parsed | None = None,
    held: Mapping[Path, bytes] = MappingProxyType({}),
) -> Reading:
    """Reads the files of a package, by their default names. If that isn't possible, the result has no package.

    `source` is the path that a person would open. `convert` makes Swagger 2.0 from the file of the definition if it has
    another format, and `parsed` is its data, if it is read already. `held` are contents of files that aren't on the disk.
    Secrets are left out. Findings that don't prevent the import are warnings or notes, even if they are errors elsewhere.
    """
    reader = _Reader(repair, held)
    converted = reader.converted(files.get(DEFINITION), parsed, source, convert)
    definition = reader.definition(converted)
    given = converted.properties if converted is not None else None
    properties = reader.properties(files.get(PROPERTIES), given)
    reading = Reading(None, reader.findings)
    if not reader.failed and converted is not None and definition is not None:
        reader.tell_guesses(definition, properties)
        reading.package = reader.package(source, name, definition, properties, files)
        reading.package.sampled = reader.sampled(converted)
    return reading


def read_document(given: Input, parsed: Parsed, convert: Convert) -> Reading:
    """Reads a source that is one document, whose data is `parsed`, as `read_files` does."""
    path = given.path
    return read_files(path, {DEFINITION: path}, path.stem, repair=given.repair, convert=convert, parsed=parsed)


class _Reader:
    """Reads the files of one source, and collects the findings."""

    def __init__(self, repair: bool, held: Mapping[Path, bytes]) -> None:
        self.repair = repair
        self._held = held
        self.findings: list[Finding] = []
        self.documents: dict[str, Parsed] = {}

    @property
    def failed(self) -> bool:
        return any(finding.rule.severity is Severity.ERROR for finding in self.findings)

    def converted(self, path: Path | None, known: Parsed | None, source: Path, convert: Convert) -> Converted | None:
        """Returns the definition as Swagger; None if it can't be read or converted."""
        if path is None:
            cure = f"put {DEFINITION} there"
            self.findings.append(
                NOT_IMPORTABLE.at(Place(Text(source, "")), "there is no definition in this folder", help=cure)
            )
            return None
        parsed = self._noted(known or parse(path, repair=self.repair))
        if not parsed.readable:
            return None
        converted = convert(parsed)
        self.findings += converted.findings
        return converted if converted.definition.readable else None

    def definition(self, converted: Converted | None) -> dict[str, Any] | None:
        """Returns the Swagger document without secrets; None if it can't be imported."""
        if converted is None:
            return None
        parsed, corrected = corrected_top(converted.definition)
        refused = definition_refused(parsed)
        self.findings += refused or corrected
        if refused:
            return None
        self.documents[DEFINITION] = parsed
        definition: dict[str, Any] = self._without_secrets(parsed, parsed.data)
        if definition["swagger"] != "2.0":
            definition = {**definition, "swagger": "2.0"}  # a number, as in YAML without quotes
        return definition

    def properties(self, path: Path | None, given: Parsed | None) -> dict[str, Any] | None:
        """Returns apiProperties without secrets, from a converter or a file; None if there are none."""
        parsed = self._noted(parse(path, repair=self.repair)) if path is not None and given is None else given
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
        rest: dict[str, Any] = self._without_secrets(parsed, without_secrets(properties))
        return rest

    def tell_guesses(self, definition: dict[str, Any], properties: dict[str, Any] | None) -> None:
        """Notes that a definition alone doesn't say all about signing in by OAuth."""
        if properties is not None:
            return
        parsed = self.documents[DEFINITION]
        for name, one in mapping(definition.get("securityDefinitions")).items():
            if mapping(one).get("type") == "oauth2":
                at = ("securityDefinitions", name)
                place = parsed.places([at])[at]
                kind, keys = ("aad", "'clientId' and 'resource'") if entra_address(one) else ("oauth2", "'clientId'")
                message = f"'{name}' is imported as '{kind}', and {keys} {'are' if kind == 'aad' else 'is'} guessed"
                self.findings.append(SIGN_IN_GUESSED.at(place, message, help=_GUESSED))
                return

    def package(
        self,
        source: Path,
        name: str,
        definition: dict[str, Any],
        properties: dict[str, Any] | None,
        files: Mapping[str, Path],
    ) -> Package:
        """Returns the package with the other files. One of those that is broken isn't imported, which is a warning."""
        documents = self.documents

        def locate(document: str, pointers: Iterable[Pointer]) -> dict[Pointer, Place]:
            if document in documents:
                return documents[document].places(pointers)
            return dict.fromkeys(pointers, Place(Text(source, "")))

        package = Package(name, source, definition, properties, locate)
        package.settings = self._settings(files.get(SETTINGS))
        package.icon, package.icon_place = self._beside(files.get(ICON), MAX_ICON)
        script, package.script_place = self._beside(files.get(SCRIPT), MAX_SCRIPT)
        package.script = self._script(script, package.script_place)
        return package

    def sampled(self, converted: Converted) -> dict[Pointer, Any]:
        """Returns the samples that schemas were inferred from, without secrets."""
        sampled: dict[Pointer, Any] = {}
        for at, sample in converted.sampled.items():
            sampled[at], found = without(sample)
            left_out = [(at, f"in the sample {one.message}{_INSTEAD}") for one in found]
            self._tell_secrets(converted.definition, left_out)
        return sampled

    def _noted(self, parsed: Parsed) -> Parsed:
        self.findings += parsed.findings
        return parsed

    def _without_secrets(self, parsed: Parsed, data: Any) -> Any:
        rest, found = without(data)
        self._tell_secrets(parsed, [(one.pointer, one.message + _INSTEAD) for one in found])
        if parsed.text is not None:
            parsed.text.known.update(value for one in found for value in one.values)
        return rest

    def _tell_secrets(self, parsed: Parsed, found: list[tuple[Pointer, str]], cure: str | None = None) -> None:
        if not found:
            return  # a look-up of no places reads the whole text too
        found = found[:MAX_FINDINGS]
        places = parsed.places(pointer for pointer, _ in found)
        for pointer, message in found:
            place = places[pointer]
            place.text.hide(place.start, place.end)
            self.findings.append(SECRET_LEFT_OUT.at(place, message, help=cure))

    def _settings(self, path: Path | None) -> dict[str, Any]:
        if path is None:
            return {}
        parsed = parse(path, repair=self.repair)
        if isinstance(parsed.data, dict):
            settings: dict[str, Any] = self._without_secrets(parsed, parsed.data)
            return settings
        place = parsed.findings[0].place if parsed.findings else Place(Text(path, ""))
        self.findings.append(PART_LEFT_OUT.at(place, f"'{path.name}' can't be read, and isn't imported", help=_AGAIN))
        return {}

    def _script(self, script: bytes | None, place: Place | None) -> bytes | None:
        """Returns a script without secrets. One that isn't UTF-8 stays as it is, unless it contains secrets."""
        if script is None or place is None:
            return script
        text = script.decode("utf-8", "replace")
        secrets = secrets_in(text)[:MAX_FINDINGS]
        self.findings += [SECRET_LEFT_OUT.at(place, one.message + _INSTEAD) for one in secrets]
        return mask(text).encode() if secrets else script

    def _beside(self, path: Path | None, limit: int) -> tuple[bytes | None, Place | None]:
        if path is None:
            return None, None
        place = Place(Text(path, ""))
        content = self._held[path] if path in self._held else read_bytes(path, limit)
        if isinstance(content, Finding):
            self.findings.append(
                PART_LEFT_OUT.at(place, f"{content.message}: it isn't imported", help=content.help or _AGAIN)
            )
            return None, None
        return content, place
