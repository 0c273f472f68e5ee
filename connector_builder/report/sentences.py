"""The words of a diagnostic, as formats without a place of their own for each part show them."""

from connector_builder.findings.diagnostic import Diagnostic


def sentences(diagnostic: Diagnostic) -> list[str]:
    """Returns the message, what else was found at this place, and the cure, each unescaped."""
    alike = diagnostic.count - 1 - len(diagnostic.also)
    more = f" (and {alike} more here)" if alike > 0 else ""
    said = [diagnostic.message + more, *(f"also: {message}" for message in diagnostic.also)]
    return [*said, f"help: {diagnostic.help}"] if diagnostic.help else said


def place(diagnostic: Diagnostic) -> str:
    """Returns a text such as `specs/orders.yaml:8:5`, unescaped."""
    at = diagnostic.location
    return f"{at.file}:{at.line}:{at.column}"


def worst_first(diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """Returns errors before warnings before notes, in their order: some readers show only the first."""
    return sorted(diagnostics, key=lambda diagnostic: -diagnostic.severity)


def is_whole_file(diagnostic: Diagnostic) -> bool:
    """Checks whether a diagnostic is about its file as a whole."""
    at = diagnostic.location
    return not at.source and at[1:5] == (1, 1, 1, 1)
