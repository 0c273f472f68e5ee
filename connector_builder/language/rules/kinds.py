"""Makes the two usual kinds of rule of the language."""

from connector_builder.findings import Rule, Scope, Severity


def language_error(name: str, doc: str, *, fixable: bool = False) -> Rule:
    """Makes a rule for parts that can't be compiled: an error that no comment and no option ignores."""
    return Rule(name, Severity.ERROR, Scope.LANGUAGE, doc, fixed=True, fixable=fixable)


def language_warning(name: str, doc: str, *, fixable: bool = False) -> Rule:
    """Makes a rule for parts that compile, but probably not as the author meant."""
    return Rule(name, Severity.WARNING, Scope.LANGUAGE, doc, fixable=fixable)
