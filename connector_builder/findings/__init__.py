"""What every part says about the author's text: a rule, a place, a message, a fix."""

from connector_builder.findings.defect import Defect, Related
from connector_builder.findings.finding import Finding, Rule, Scope, Severity
from connector_builder.findings.fix import Add, Edit, Fix, Remove, Rename, Replace, TextEdit
from connector_builder.findings.place import Place, Pointer, Text

__all__ = [
    "Add",
    "Defect",
    "Edit",
    "Finding",
    "Fix",
    "Place",
    "Pointer",
    "Related",
    "Remove",
    "Rename",
    "Replace",
    "Rule",
    "Scope",
    "Severity",
    "Text",
    "TextEdit",
]
