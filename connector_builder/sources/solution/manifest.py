"""Reads the manifest of a solution: its names, its version and its publisher, and what else it contains."""

import re
from typing import Any

from connector_builder.platform.solutions.names import CONNECTOR, OPTIONS, PREFIX, UNIQUE_NAME, VARIABLE, VERSION
from connector_builder.sources.solution.model import Document, Read, Said
from connector_builder.sources.solution.xml import Element

_PLACES = {
    "name": ("UniqueName",),
    "title": ("LocalizedNames",),
    "description": ("Descriptions",),
    "version": ("Version",),
    "prefix": ("Publisher", "CustomizationPrefix"),
}
"""The elements that contain what `connector.solution` says, by its keys."""
_OF_PUBLISHER = {
    "descriptions": "a description", "emailaddress": "an email address", "supportingwebsiteurl": "a website",
    "addresses": "addresses",
}  # fmt: skip
"""What a publisher says that `connector.solution` has no key for: its elements, and what they are."""


def read_manifest(read: Read, document: Document) -> None:
    """Notes what the manifest says that a spec can say, and what it says beside that."""
    manifest = document.root.first("SolutionManifest") or document.root
    publisher = manifest.first("Publisher")

    def kept(into: dict[str, Any], key: str, value: str, form: re.Pattern[str] | None = None) -> None:
        if value and (form is None or form.fullmatch(value)):
            into[key] = value
        elif value:
            where = document.place(*_PLACES[key], of=manifest)
            read.said.append(Said(where, f"'{value[:80]}' can't be the {key} of a solution, and isn't imported"))

    kept(read.facts, "name", manifest.said("UniqueName"), UNIQUE_NAME)
    kept(read.facts, "title", _localized(manifest, "LocalizedNames", "LocalizedName"))
    kept(read.facts, "description", _localized(manifest, "Descriptions", "Description"))
    kept(read.facts, "version", manifest.said("Version"), VERSION)
    if publisher is not None:
        own: dict[str, Any] = {}
        kept(read.facts, "prefix", publisher.said("CustomizationPrefix"), PREFIX)
        kept(own, "name", publisher.said("UniqueName"), UNIQUE_NAME)
        kept(own, "title", _localized(publisher, "LocalizedNames", "LocalizedName"))
        option = publisher.said("CustomizationOptionValuePrefix")
        if option.isdecimal() and OPTIONS[0] <= int(option[:9]) <= OPTIONS[1]:
            own["optionPrefix"] = int(option)
        if own:
            read.facts["publisher"] = own
        read.said += _unsaid_of_publisher(document, manifest, publisher)
    read.said += _unsaid(document, manifest)
    managed = manifest.said("Managed")
    read.managed = int(managed) if managed in ("0", "1", "2") else None
    others = {
        one.attributes.get("type", "?")
        for one in manifest.all("RootComponents", "RootComponent")
        if one.attributes.get("type") not in (str(CONNECTOR), str(VARIABLE))
    }
    if others:
        kinds = ", ".join(sorted(others))
        where = document.place("RootComponents", of=manifest)
        read.said.append(Said(where, f"the solution has other components (types {kinds}), which aren't imported"))


def _unsaid(document: Document, manifest: Element) -> list[Said]:
    """Returns what isn't imported of the solution itself: texts in further languages, and what it requires of others."""
    found = [
        (parts, f"the solution has its {what} in several languages: one is imported")
        for parts, part, what in (
            ("LocalizedNames", "LocalizedName", "title"),
            ("Descriptions", "Description", "description"),
        )
        if len(manifest.all(parts, part)) > 1
    ]
    if manifest.all("MissingDependencies", "MissingDependency"):
        found.append(("MissingDependencies", "the solution requires parts of other solutions, which a spec can't say"))
    return [Said(document.place(name, of=manifest), message) for name, message in found]


def _unsaid_of_publisher(document: Document, manifest: Element, publisher: Element) -> list[Said]:
    """Returns what isn't imported of the publisher: each part that has anything in it, and names in further languages."""
    found = [
        (one.name, _OF_PUBLISHER[one.name.lower()])
        for one in publisher.children
        if one.name.lower() in _OF_PUBLISHER and not one.is_empty(but="addressnumber")
    ]
    if len(publisher.all("LocalizedNames", "LocalizedName")) > 1:
        found.append(("LocalizedNames", "a name in several languages"))
    message = "the publisher has {}, which a spec can't say and which isn't imported"
    return [Said(document.place("Publisher", name, of=manifest), message.format(what)) for name, what in found]


def _localized(element: Element, *path: str) -> str:
    found = element.first(*path)
    return "" if found is None else found.attributes.get("description", "").strip()
