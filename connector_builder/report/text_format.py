"""Reports a run for people: place, severity, message, the line with carets, the cure."""

from collections.abc import Iterator

from connector_builder.findings import Severity
from connector_builder.findings.diagnostic import Diagnostic, Location
from connector_builder.report.escape import file_name, terminal
from connector_builder.report.run import Run
from connector_builder.report.snippet import snippet

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}
_INDENT = "     "


class Style:
    """Adds colours to parts of the report; returns texts unchanged if colour is off."""

    def __init__(self, colour: bool) -> None:
        self._colour = colour

    def bold(self, text: str) -> str:
        return self._wrapped("1", text)

    def faint(self, text: str) -> str:
        return self._wrapped("2", text)

    def severity(self, severity: Severity, text: str) -> str:
        return self._wrapped(f"1;{_COLOURS[severity]}", text)

    def _wrapped(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self._colour and text else text


def text_report(run: Run) -> str:
    """Every diagnostic with a blank line after it, what the run says of itself and, unless it is brief, the summary."""
    style = Style(run.colour)
    lines = [line for diagnostic in run.diagnostics for line in (*_lines(diagnostic, style), "")]
    return "".join(f"{line}\n" for line in (*lines, *run.said, *(() if run.brief else (str(run.summary),))))


def _lines(diagnostic: Diagnostic, style: Style) -> Iterator[str]:
    severity = style.severity(diagnostic.severity, f"{diagnostic.severity}:")
    rule = style.faint(f"[{diagnostic.rule}]")
    yield f"{style.bold(_place(diagnostic.location))}: {severity} {terminal(diagnostic.message)}{_more(diagnostic)} {rule}"
    yield from _source(diagnostic.location, style, diagnostic.severity)
    for message in diagnostic.also:
        yield f"{_INDENT}also: {terminal(message)}"
    if diagnostic.help:
        yield f"{_INDENT}{style.bold('help:')} {terminal(diagnostic.help)}"
    for related in diagnostic.related:
        yield f"{_INDENT}{_place(related.at)}: {terminal(related.message)}"
        yield from _source(related.at, style, Severity.NOTE)


def _place(at: Location) -> str:
    return f"{file_name(at.file)}:{at.line}:{at.column}"


def _source(at: Location, style: Style, severity: Severity) -> Iterator[str]:
    lines = snippet(at)
    if lines:
        source, carets = lines
        margin, marks = carets[: carets.index("|") + 1], carets[carets.index("|") + 1 :]
        yield source
        yield margin + style.severity(severity, marks)


def _more(diagnostic: Diagnostic) -> str:
    alike = diagnostic.count - 1 - len(diagnostic.also)
    where = " here" if diagnostic.places == 1 else ""
    return f" (and {alike} more{where})" if alike > 0 else ""
