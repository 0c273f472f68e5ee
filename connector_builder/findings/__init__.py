"""What every part says about the author's text: a rule, a place, a message."""

from connector_builder.findings.model import Finding, Place, Pointer, Related, Rule, Scope, Severity, Text

__all__ = ["Finding", "Place", "Pointer", "Related", "Rule", "Scope", "Severity", "Text"]
