"""The two kinds of rule that most rules of the language are."""

from connector_builder.findings import Rule, Scope, Severity


def language_error(name: str, doc: str) -> Rule:
    """Makes the rule for what can't be compiled: an error that no comment and no option ignores."""
    return Rule(name, Severity.ERROR, Scope.LANGUAGE, doc, fixed=True)


def language_warning(name: str, doc: str) -> Rule:
    """Makes the rule for what compiles, but probably not as the author meant it."""
    return Rule(name, Severity.WARNING, Scope.LANGUAGE, doc)
