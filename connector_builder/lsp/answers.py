"""Turns findings and repairs into the words of the protocol."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from lsprotocol import types

from connector_builder.app.shared.targets import absolute
from connector_builder.checks.catalogue import NAMED
from connector_builder.findings import Severity
from connector_builder.findings.diagnostic import Diagnostic, Location, Replacement
from connector_builder.lsp.buffers import Buffers
from connector_builder.lsp.positions import Lines, Point, Span

SOURCE = "connector-builder"
_ADDRESS = re.compile(r"^Source: .*?(https://[^\s)>,;]+[^\s)>,;.])", re.MULTILINE)
_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.NOTE: types.DiagnosticSeverity.Information,
}


def path_of(uri: str) -> Path | None:
    """Returns the absolute path of a `file:` address; None for any other: an unsaved file, a file inside an archive."""
    try:
        parts = urlsplit(uri)
        if parts.scheme != "file":
            return None
        name = url2pathname(parts.path) if not parts.netloc else f"//{parts.netloc}{url2pathname(parts.path)}"
        return absolute(Path(name)) if "\0" not in unquote(name) else None
    except (ValueError, OSError):
        return None


class Answers:
    """What the server answers to one question about the files of an editor.

    `names` are the addresses that the editor itself uses. `opened` keeps the open files by lines, for the next question.
    """

    def __init__(
        self, buffers: Buffers, unit: str, names: Mapping[Path, str], opened: dict[Path, Lines] | None = None
    ) -> None:
        self._buffers = buffers
        self._unit = unit
        self._names = names
        self._opened = {} if opened is None else opened
        self._lines: dict[Path, Lines] = {}

    def uri(self, path: Path) -> str:
        return self._names.get(path) or path.as_uri()

    def lines(self, path: Path) -> Lines:
        """Returns a file by lines; an empty one if it can't be read."""
        if path not in self._lines:
            text = self._buffers.text(path) or ""
            known = self._opened.get(path)
            self._lines[path] = known if known is not None and known.text == text else Lines(text, self._unit)
            if path in self._buffers.texts:
                self._opened[path] = self._lines[path]
            else:
                self._opened.pop(path, None)
        return self._lines[path]

    def range(self, path: Path, start: int, end: int) -> types.Range:
        """Returns the range between two offsets in a file."""
        return as_range(self.lines(path).between(start, end))

    def location(self, path: Path, start: int, end: int) -> types.Location:
        return types.Location(self.uri(path), self.range(path, start, end))

    def diagnostics(self, found: Sequence[Diagnostic]) -> list[types.Diagnostic]:
        return [self.diagnostic(one) for one in found]

    def diagnostic(self, one: Diagnostic) -> types.Diagnostic:
        """Returns a finding: its help follows the message, since the protocol has no place for it."""
        more = [*one.also, *([f"help: {one.help}"] if one.help else [])]
        related = [types.DiagnosticRelatedInformation(self._located(each.at), each.message) for each in one.related]
        return types.Diagnostic(
            range=self._span(one.location),
            message="\n".join([one.message, *more]),
            severity=_SEVERITIES[one.severity],
            code=one.rule,
            code_description=_source_of(one.rule),
            source=SOURCE,
            related_information=related or None,
            tags=_tags(one.rule) or None,
        )

    def workspace_edit(self, edits: Mapping[Path, Sequence[Replacement]]) -> types.WorkspaceEdit:
        changes = {
            self.uri(path): [types.TextEdit(self._span(edit.at, path), edit.new) for edit in each]
            for path, each in edits.items()
        }
        return types.WorkspaceEdit(changes=changes)

    def _located(self, at: Location) -> types.Location:
        path = Path(at.file).absolute()
        return types.Location(self.uri(path), self._span(at))

    def _span(self, at: Location, path: Path | None = None) -> types.Range:
        lines = self.lines(path or Path(at.file).absolute())
        return as_range(lines.span((at.line, at.column), (at.end_line, at.end_column)))


def as_range(span: Span) -> types.Range:
    return types.Range(types.Position(*span.start), types.Position(*span.end))


def as_point(position: types.Position) -> Point:
    return Point(max(position.line, 0), max(position.character, 0))


def _source_of(rule: str) -> types.CodeDescription | None:
    """Returns the address of what the platform's documentation says about a rule."""
    address = _ADDRESS.search(NAMED[rule].doc) if rule in NAMED else None
    return None if address is None else types.CodeDescription(address[1])


def _tags(rule: str) -> list[types.DiagnosticTag]:
    if rule.endswith("Unused"):
        return [types.DiagnosticTag.Unnecessary]
    return [types.DiagnosticTag.Deprecated] if rule in ("OperationDeprecated", "DeprecatedHidden") else []
