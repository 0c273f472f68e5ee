"""Reads JSON or YAML as plain data with places. With `repair`, mends what has one sensible reading."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from connector_builder.findings import Finding, Place, Pointer, Severity, Text
from connector_builder.language.decompile.rules import NOT_IMPORTABLE
from connector_builder.source.files import MAX_DOCUMENT, decode, read_bytes, too_large
from connector_builder.source.json_reader import has_more_parts, read_json
from connector_builder.source.rules import FILE_TOO_LARGE, KEY_DUPLICATED, NUMBER_NOT_VALID, TEXT_NOT_VALID
from connector_builder.source.yaml_reader import read_yaml
from connector_builder.sources.repair import Mended, decode_anyway, mend_json, without_controls

CURE = "--repair mends this"
MAX_PARTS = 8_000_000
"""The most parts of a JSON file that is larger than a document, which can't have more. A HAR of 50,000 entries has 5 million."""
_JSON = re.compile(r"[\s\x00]*(?:[\[{]|//|/\*)")
_YAML = re.compile(r"""^["']?(?:swagger|openapi|info|paths)["']?[ \t]*:(?=\s|\Z)""", re.MULTILINE)
_BLANK = re.compile(r"[\s\x00\ufeff]*")
_INSTEAD = {NUMBER_NOT_VALID.name: ": null is imported instead", TEXT_NOT_VALID.name: ": U+FFFD is imported instead"}
"""The value that replaces a part with such a defect."""

Locate = Callable[[Iterable[Pointer]], dict[Pointer, Place]]


@dataclass(slots=True)
class Parsed:
    """The data of a file. If it isn't `readable`, the findings say why; otherwise they are warnings and notes.

    `locate` returns the place of pointers into the data, in the author's file. `text` is the text of that file.
    """

    path: Path
    data: Any = None
    readable: bool = False
    findings: list[Finding] = field(default_factory=list)
    text: Text | None = None
    locate: Locate | None = None

    def places(self, pointers: Iterable[Pointer]) -> dict[Pointer, Place]:
        """Returns places as `locate` does; for a file without data, the file itself."""
        if self.locate is None:
            return dict.fromkeys(pointers, Place(Text(self.path, "")))
        return self.locate(list(pointers))

    def built(self, data: Any, origins: Mapping[Pointer, Pointer]) -> "Parsed":
        """Returns a document built from this one. Its parts have the places of the parts that they were built from.

        `origins` maps pointers into `data` to pointers into this document. A part without an entry comes from the
        origin of the nearest part around it, or from a part inside that origin if the same way leads to one. Example:
        with `{("paths",): ("items",)}`, the origin of `("paths", "/a")` is `("items", "/a")`.
        """

        def locate(pointers: Iterable[Pointer]) -> dict[Pointer, Place]:
            wanted = {pointer: _origin(origins, pointer) for pointer in pointers}
            places = self.places(wanted.values())
            return {pointer: places[origin] for pointer, origin in wanted.items()}

        return Parsed(self.path, data, True, text=self.text, locate=locate)


@dataclass(slots=True)
class Converted:
    """A converter's result: a Swagger document, made by `Parsed.built`, and maybe apiProperties.

    `sampled` maps pointers of the schemas that were inferred from a sample to that sample, which the spec then shows.
    If the definition isn't readable, `findings` say why.
    """

    definition: Parsed
    properties: Parsed | None = None
    sampled: Mapping[Pointer, Any] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def _origin(origins: Mapping[Pointer, Pointer], pointer: Pointer) -> Pointer:
    for length in range(len(pointer), -1, -1):
        if pointer[:length] in origins:
            return (*origins[pointer[:length]], *pointer[length:])
    return ()


def is_document(content: bytes) -> bool:
    """Checks whether the content of a file begins like JSON, or has a key of Swagger or OpenAPI at its top."""
    text = content.decode("utf-8", "replace").lstrip("\ufeff")
    return _JSON.match(text) is not None or _YAML.search(text) is not None


def parse(path: Path, *, repair: bool, content: bytes | None = None, limit: int = MAX_DOCUMENT) -> Parsed:
    """Reads a file of JSON or YAML, or what is `content` in place of it. Raises nothing, whatever that contains.

    Without `repair`, the findings say if `repair` would help. JSON may have `limit` bytes, YAML no more than a document.
    """
    found = read_bytes(path, limit) if content is None else content
    if isinstance(found, Finding):
        return Parsed(path, findings=[found])
    if len(found) > limit:
        return Parsed(path, findings=[too_large(path.name, limit, Place.whole(Text(path, "")))])
    if len(found) > MAX_DOCUMENT:
        return _large(path, found, repair=repair)
    parsed = _parse(path, found, repair=False)
    if parsed.readable:
        return parsed
    mended = _parse(path, found, repair=True)
    if not mended.readable and not mended.findings:
        return parsed
    if repair:
        return mended
    if mended.readable:
        parsed.findings = [finding.saying(help=CURE) for finding in parsed.findings]
    return parsed


def _large(path: Path, content: bytes, *, repair: bool) -> Parsed:
    """Reads a file that is larger than a document: JSON only, which isn't mended, and has no more parts than a document."""
    place = Place.whole(Text(path, ""))
    decoded = decode(path, content)
    if isinstance(decoded, Finding):
        return Parsed(path, findings=[decoded])
    if _is_yaml_text(decoded.content):
        return Parsed(path, findings=[too_large(path.name, MAX_DOCUMENT, place).saying(help="save it as JSON")])
    if has_more_parts(decoded.content, MAX_PARTS):
        message = f"'{path.name}' has more than {MAX_PARTS:,} parts"
        return Parsed(path, findings=[FILE_TOO_LARGE.at(place, message)])
    parsed = _json(decoded, repair=False)
    if repair and not parsed.readable:
        parsed.findings.append(NOT_IMPORTABLE.at(place, f"--repair mends files up to {MAX_DOCUMENT // 2**20} MB"))
    return parsed


def _parse(path: Path, content: bytes, *, repair: bool) -> Parsed:
    """Reads a file.

    With `repair`, skips a text in which nothing can be mended: it was read before, and that takes time.
    """
    decoded = decode(path, content)
    findings: list[Finding] = []
    if isinstance(decoded, Finding):
        anyway = decode_anyway(path, content) if repair else decoded
        if isinstance(anyway, Finding):
            return Parsed(path, findings=[anyway])
        decoded, findings = anyway
    if _BLANK.fullmatch(decoded.content):
        return Parsed(path, findings=[NOT_IMPORTABLE.at(Place(decoded), "the file is empty")])
    if repair and not findings and _is_yaml(decoded) and not without_controls(decoded).edits:
        return Parsed(path)
    parsed = _yaml(decoded, repair=repair) if _is_yaml(decoded) else _json(decoded, repair=repair)
    parsed.findings[:0] = findings
    return parsed


def _is_yaml(text: Text) -> bool:
    like_json = _JSON.match(text.content) is not None
    if text.path.suffix.lower() in (".yaml", ".yml"):
        return not (like_json and read_json(text).readable)
    return _is_yaml_text(text.content)


def _is_yaml_text(content: str) -> bool:
    return _JSON.match(content) is None and _YAML.search(content) is not None


def _json(text: Text, *, repair: bool) -> Parsed:
    mended = mend_json(text) if repair else Mended(text)
    if isinstance(mended, Finding):
        return Parsed(text.path, findings=[mended])
    document = read_json(mended.result)
    return _parsed(mended, document.data, document.findings, document.locate, readable=document.readable)


def _yaml(text: Text, *, repair: bool) -> Parsed:
    mended = without_controls(text) if repair else Mended(text)
    document = read_yaml(mended.result)
    root = document.root
    # A part that isn't read as written, such as a merge key, would be lost.
    readable = root is not None and all(finding.rule.name in _PASSING for finding in document.findings)

    def locate(pointers: Iterable[Pointer]) -> dict[Pointer, Place]:
        assert root is not None
        return {pointer: root.locate(pointer) for pointer in pointers}

    findings = [_first_counts(finding) for finding in document.findings]
    return _parsed(mended, root.value if root is not None else None, findings, locate, readable=readable)


_PASSING = frozenset({KEY_DUPLICATED.name, *_INSTEAD})


def _first_counts(finding: Finding) -> Finding:
    if finding.rule is not KEY_DUPLICATED:
        return finding
    return finding.saying(f"{finding.message}: the first one counts")


def _parsed(mended: Mended, data: Any, findings: list[Finding], locate: Locate, *, readable: bool) -> Parsed:
    """Returns the data of the mended text, with its places in the author's text."""
    found = [mended.moved(finding) for finding in findings]
    if not readable:
        return Parsed(mended.text.path, findings=found)

    def original(pointers: Iterable[Pointer]) -> dict[Pointer, Place]:
        return {pointer: mended.back(place) for pointer, place in locate(pointers).items()}

    return Parsed(mended.text.path, data, True, [*mended.findings(), *map(_passing, found)], mended.text, original)


def _passing(finding: Finding) -> Finding:
    """Turns a finding about something that is imported nevertheless into a warning."""
    rule = finding.rule._replace(severity=min(finding.rule.severity, Severity.WARNING))
    return finding.saying(finding.message + _INSTEAD.get(rule.name, ""))._replace(rule=rule)
