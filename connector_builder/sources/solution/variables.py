"""Reads the environment variables of a solution, each from the document of its definition."""

from typing import Any

from connector_builder.platform.solutions.environment_variables import BY_NUMBER, SCHEMA_NAME
from connector_builder.sources.solution.model import Document, Read, Said, whole
from connector_builder.sources.solution.parsing import parse
from connector_builder.sources.solution.xml import Element

_VARIABLES = "environmentvariabledefinitions"
_DEFINED = "environmentvariabledefinition.xml"
_VALUES = "environmentvariablevalues.json"
_OF_VARIABLE = frozenset(
    {"defaultvalue", "description", "displayname", "introducedversion", "iscustomizable", "isrequired", "type"}
)
_DEFAULTS = {"secretstore": "0", "ishidden": "0"}
"""Elements of an environment variable that say nothing while they have this text."""


def read_variables(read: Read) -> None:
    for name in read.archive.below(_VARIABLES):
        base = name.rpartition("/")[2].lower()
        shown = read.archive.shown(name)
        if base == _VALUES:
            read.said.append(Said(whole(shown), "the value belongs to one environment, and isn't imported"))
        elif base == _DEFINED:
            document = parse(read.archive, name)
            root = document.root
            schema = root.attributes.get("schemaname", "")
            if SCHEMA_NAME.fullmatch(schema):
                read.variables[schema] = _variable(root)
                read.said += _unsaid_of_variable(document, schema)
            else:
                read.said.append(
                    Said(whole(shown), f"'{schema[:80]}' can't name an environment variable, and isn't imported")
                )
    read.variables = {name: read.variables[name] for name in sorted(read.variables)}


def _variable(root: Element) -> dict[str, Any]:
    number = root.said("type")
    variable: dict[str, Any] = {"type": BY_NUMBER.get(int(number[:9]), "string") if number.isdecimal() else "string"}
    for key, element in (("title", "displayname"), ("description", "description")):
        found = root.first(element)
        if found is not None and found.attributes.get("default", "").strip():
            variable[key] = found.attributes["default"].strip()
    variable.setdefault("title", root.attributes.get("schemaname", ""))
    if root.said("isrequired") == "1":
        variable["required"] = True
    default = root.first("defaultvalue")
    if default is not None and default.text:
        variable["default"] = default.text
    return variable


def _unsaid_of_variable(document: Document, schema: str) -> list[Said]:
    """Returns what isn't imported of an environment variable: elements that a spec has no key for, and further languages."""
    said = []
    for one in document.root.children:
        name = one.name.lower()
        if len(one.all("label")) > 1:
            said.append(
                Said(document.place(one.name), f"'{schema}' has its {name} in several languages: one is imported")
            )
        elif name not in _OF_VARIABLE and not one.is_empty() and one.text.strip() != _DEFAULTS.get(name):
            said.append(
                Said(
                    document.place(one.name),
                    f"'{schema}' has '{one.name}', which a spec can't say and which isn't imported",
                )
            )
    return said
