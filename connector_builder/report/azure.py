"""Reports a run as issues of Azure Pipelines.

https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands#logissue-log-an-error-or-warning
"""

from connector_builder.findings import Severity
from connector_builder.findings.diagnostic import Diagnostic
from connector_builder.report.escape import azure_data, azure_property, file_name, terminal
from connector_builder.report.run import Run
from connector_builder.report.sentences import place, sentences, worst_first


def azure_report(run: Run) -> str:
    """One logging command for each error and warning, a line for each note, which Azure has no issues for, and the summary."""
    lines = [*map(_line, worst_first(list(run.diagnostics))), *(() if run.brief else (str(run.summary),))]
    return "".join(f"{line}\n" for line in lines)


def _line(diagnostic: Diagnostic) -> str:
    at = diagnostic.location
    said = "; ".join(sentences(diagnostic))
    if diagnostic.severity is Severity.NOTE:
        return f"{file_name(place(diagnostic))}: {terminal(f'note: {said} [{diagnostic.rule}]')}"
    properties = {
        "type": str(diagnostic.severity),
        "sourcepath": at.file,
        "linenumber": at.line,
        "columnnumber": at.column,
        "code": diagnostic.rule,
    }
    listed = ";".join(f"{key}={azure_property(str(value))}" for key, value in properties.items())
    return f"##vso[task.logissue {listed}]{azure_data(said)}"
