"""Reports a run as annotations of GitHub Actions.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions. GitHub shows ten annotations of each kind
for a step, and hides the place of those in the log: the worst come first, and the rest are lines for people.
"""

from collections import Counter
from collections.abc import Iterator

from connector_builder.findings import Severity
from connector_builder.findings.diagnostic import Diagnostic
from connector_builder.report.escape import file_name, github_data, github_property, terminal
from connector_builder.report.run import Run
from connector_builder.report.sentences import is_whole_file, place, sentences, worst_first

SHOWN = 10
"""The annotations of one kind that GitHub shows for a step."""
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def github_report(run: Run) -> str:
    """One workflow command for each diagnostic that GitHub shows, a line for each other, and the summary."""
    lines = [*_lines(run), *(() if run.brief else (str(run.summary),))]
    return "".join(f"{line}\n" for line in lines)


def _lines(run: Run) -> Iterator[str]:
    shown: Counter[Severity] = Counter()
    rest = []
    for diagnostic in worst_first(list(run.diagnostics)):
        shown[diagnostic.severity] += 1
        if shown[diagnostic.severity] <= SHOWN:
            yield _command(diagnostic)
        else:
            rest.append(diagnostic)
    for diagnostic in rest:
        said = f"{diagnostic.severity}: {'; '.join(sentences(diagnostic))} [{diagnostic.rule}]"
        yield f"{file_name(place(diagnostic))}: {terminal(said)}"


def _command(diagnostic: Diagnostic) -> str:
    at = diagnostic.location
    properties: dict[str, object] = {"title": diagnostic.rule, "file": at.file, "line": at.line}
    if not is_whole_file(diagnostic):
        properties["endLine"] = at.end_line
        if at.end_line == at.line:  # GitHub ignores columns in several lines
            properties |= {"col": at.column, "endColumn": max(at.end_column - 1, at.column)}
    listed = ",".join(f"{key}={github_property(str(value))}" for key, value in properties.items())
    message = "%0A".join(map(github_data, sentences(diagnostic)))
    return f"::{_COMMANDS[diagnostic.severity]} {listed}::{message}"
