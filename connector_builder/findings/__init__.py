"""Findings: what every package reports about the author's text.

A finding has a rule, a place, a message and maybe a fix.
"""

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
