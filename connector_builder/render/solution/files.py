"""Lays out a solution: the entries of its zip, or the files of its folder, as the platform's own tools do.

Source: https://learn.microsoft.com/en-us/power-platform/alm/solution-packager-tool, and exported solutions.
"""

from typing import Any

from connector_builder.package import definition_bytes, json_bytes
from connector_builder.render.solution.model import Connector, Solution
from connector_builder.render.solution.xml import (
    DECLARATION,
    connector_element,
    content_types,
    customizations,
    solution_xml,
    variable_xml,
)

_BOM = b"\xef\xbb\xbf"
_SUFFIXES = ("xml", "json", "csx", "Png")
UNMANAGED, MANAGED, EITHER = 0, 1, 2


def solution_zip(solution: Solution) -> dict[str, bytes]:
    """Returns the entries of a solution's zip by name, in the order of an export."""
    contents, elements = _connectors(solution, "Connector", minify=True, alone=False)
    variables = _variables(solution, "")
    managed = MANAGED if solution.managed else UNMANAGED
    entries = {
        "customizations.xml": customizations(elements.values()).encode(),
        "solution.xml": solution_xml(solution, managed).encode(),
        **contents,
        **variables,
    }
    used = {name.rpartition(".")[2] for name in entries}
    types = content_types(one for one in _SUFFIXES if one in used)
    return {**entries, "[Content_Types].xml": _BOM + types.encode()}


def solution_folder(solution: Solution) -> dict[str, bytes]:
    """Returns the files of an unpacked solution by name, as `pac solution unpack` lays them out."""
    contents, elements = _connectors(solution, "Connectors", minify=False, alone=True)
    files = {f"Connectors/{name}.xml": _document("\n".join(element)) for name, element in elements.items()}
    return {
        **files,
        **contents,
        "Other/Customizations.xml": _document(customizations(())),
        "Other/Solution.xml": _document(solution_xml(solution, EITHER)),
        **_variables(solution, "\n"),
    }


def _document(text: str) -> bytes:
    return f"{DECLARATION}\n{text}\n".encode()


def _connectors(
    solution: Solution, folder: str, *, minify: bool, alone: bool
) -> tuple[dict[str, bytes], dict[str, list[str]]]:
    """Returns the files of all connectors, and the lines of their `<Connector>` elements by name."""
    contents: dict[str, bytes] = {}
    elements: dict[str, list[str]] = {}
    for one in solution.connectors:
        parts = _parts(one, minify=minify)
        row = one.identity.row
        elements[row] = connector_element(
            one, {element: f"{row}_{name}" for element, (name, _) in parts.items()}, alone=alone
        )
        contents |= {f"{folder}/{row}_{name}": content for name, content in parts.values()}
    return contents, elements


def _parts(connector: Connector, *, minify: bool) -> dict[str, tuple[str, bytes]]:
    """Returns the files of a connector by element: the end of the name, and the content.

    A connector without policies has no file for them: certification refuses an empty one (5000.1.1.16).
    """
    properties = connector.properties

    def json_of(value: Any) -> bytes:
        return _trimmed(json_bytes(value, minify=minify), minify)

    definition = definition_bytes(connector.definition, minify=minify)
    parts = {"openapidefinition": ("openapidefinition.json", _trimmed(definition, minify))}
    parts["connectionparameters"] = (
        "connectionparameters.json",
        json_of(properties.get("connectionParameters") or {}),
    )
    for element, key in (
        ("connectionparametersets", "connectionParameterSets"),
        ("policytemplateinstances", "policyTemplateInstances"),
    ):
        if properties.get(key):
            parts[element] = (f"{element}.json", json_of(properties[key]))
    if connector.script is not None:
        parts["customcodeblobcontent"] = ("customcodeblobcontent.csx", connector.script)
    if connector.icon is not None:
        parts["iconblob"] = ("iconblob.Png", connector.icon)
    return parts


def _trimmed(content: bytes, minify: bool) -> bytes:
    return content.rstrip(b"\n") if minify else content


def _variables(solution: Solution, end: str) -> dict[str, bytes]:
    return {
        f"environmentvariabledefinitions/{name}/environmentvariabledefinition.xml": f"{variable_xml(name, one)}{end}".encode()
        for name, one in solution.variables.items()
    }
