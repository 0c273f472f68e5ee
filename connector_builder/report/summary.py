"""Counts files and findings."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from connector_builder.findings import Severity
from connector_builder.findings.diagnostic import Diagnostic
from connector_builder.findings.wording import counted


class Summary(NamedTuple):
    """The number of files read, and of diagnostics of each severity."""

    files: int
    errors: int
    warnings: int
    notes: int

    def __str__(self) -> str:
        """Returns a text such as `1 error and 2 warnings in 3 files`."""
        counts = ((self.errors, "error"), (self.warnings, "warning"), (self.notes, "note"))
        parts = [counted(number, word) for number, word in counts if number]
        said = ", ".join(parts[:-1]) + " and " + parts[-1] if len(parts) > 1 else "".join(parts) or "no problems"
        return f"{said} in {counted(self.files, 'file')}"


def summarise(diagnostics: Iterable[Diagnostic], files: int) -> Summary:
    """Counts the diagnostics that came from `files` files."""
    by = Counter(diagnostic.severity for diagnostic in diagnostics)
    return Summary(files, by[Severity.ERROR], by[Severity.WARNING], by[Severity.NOTE])
