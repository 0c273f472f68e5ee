"""Reports a run for people: place, severity, message, the line with carets, the cure."""

from collections import Counter
from collections.abc import Iterator

from connector_builder.findings import Severity
from connector_builder.findings.diagnostic import Diagnostic, Location
from connector_builder.report.escape import file_name, terminal
from connector_builder.report.run import Run
from connector_builder.report.snippet import snippet
from connector_builder.report.style import Style

_INDENT = "     "
MOST_ALIKE = 3
"""The most findings of one rule in one file that are shown; --verbose shows all."""


def text_report(run: Run) -> str:
    """Every diagnostic with a blank line after it, what the run says of itself and, unless it is brief, the summary.

    Of a rule with many findings in one file, it shows the first three and counts the rest, unless the run is verbose.
    """
    style = Style(run.colour)
    lines = [line for diagnostic, rest in _shown(run) for line in (*_lines(diagnostic, style), *_rest(rest), "")]
    return "".join(f"{line}\n" for line in (*lines, *run.said, *(() if run.brief else (str(run.summary),))))


def _shown(run: Run) -> Iterator[tuple[Diagnostic, int]]:
    """Yields the diagnostics to show, each with how many alike follow that aren't shown."""
    alike = Counter((diagnostic.location.file, diagnostic.rule) for diagnostic in run.diagnostics)
    seen: Counter[tuple[str, str]] = Counter()
    for diagnostic in run.diagnostics:
        key = diagnostic.location.file, diagnostic.rule
        seen[key] += 1
        if run.verbose or seen[key] <= MOST_ALIKE:
            last = not run.verbose and seen[key] == MOST_ALIKE
            yield diagnostic, alike[key] - MOST_ALIKE if last else 0


def _rest(count: int) -> Iterator[str]:
    if count:
        yield f"{_INDENT}and {count} more; --verbose shows all"


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
