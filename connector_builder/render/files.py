"""Renders all files of a package."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Literal, NamedTuple

from connector_builder.findings import Finding
from connector_builder.package import (
    DEFINITION,
    ICON,
    PROPERTIES,
    README,
    SCRIPT,
    SETTINGS,
    Package,
    definition_bytes,
    json_bytes,
    properties_bytes,
)
from connector_builder.platform.data.plain import mapping, text
from connector_builder.render.access import inner_properties
from connector_builder.render.icon.draw import BYTES as ICON_BYTES
from connector_builder.render.icon.draw import draw_icon
from connector_builder.render.readme import readme
from connector_builder.render.settings import merge_settings

Target = Literal["upload", "certification"]

NameFiles = Callable[[Iterable[str]], Mapping[str, str]]
"""Turns names from input into names that every file system accepts, no two the same."""


class PackageFiles(NamedTuple):
    """The contents of files by name, with `/` between folder and name, and notes for the user."""

    contents: dict[str, bytes]
    notes: tuple[str, ...]


def package_files(
    package: Package, *, target: Target, minify: bool, existing_settings: bytes | None, name_files: NameFiles
) -> PackageFiles | Finding:
    """Returns the files of a package; a finding if the existing settings.json can't be read.

    Doesn't change the package.

    For `upload`, `stackOwner` is left out: paconn's create and update fail on it
    (https://learn.microsoft.com/en-us/connectors/custom-connectors/paconn-cli, known limitations).
    """
    if target == "upload":
        package = replace(package, properties=_without_stack_owner(package.properties))
    contents = _documents(package, minify)
    icon = _icon(package)
    if icon is not None:
        contents[ICON] = icon
    if package.script is not None:
        contents[SCRIPT] = _line_ends(package.script)
    keys = {"apiProperties": PROPERTIES, "apiDefinition": DEFINITION, "icon": ICON, "script": SCRIPT}
    settings = merge_settings(
        package.settings, existing_settings, {key: name for key, name in keys.items() if name in contents}
    )
    if isinstance(settings, Finding):
        return settings
    contents[SETTINGS] = settings.content
    contents |= _samples(package, name_files)
    contents[README] = readme(package)
    return PackageFiles(contents, settings.notes)


def _documents(package: Package, minify: bool) -> dict[str, bytes]:
    contents: dict[str, bytes] = {}
    if package.definition is not None:
        contents[DEFINITION] = definition_bytes(package.definition, minify=minify)
    if package.properties is not None:
        contents[PROPERTIES] = properties_bytes(package.properties, minify=minify)
    return contents


def _icon(package: Package) -> bytes | None:
    return package.icon if package.icon is not None or not package.draws_icon else drawn_icon(package)


def drawn_icon(package: Package) -> bytes:
    """Returns the icon that is drawn for a package without its own."""
    info = mapping(mapping(package.definition).get("info"))
    return draw_icon(text(info.get("title")), text(inner_properties(package).get("iconBrandColor")))


def has_drawn_icon(package: Package) -> bool:
    """Checks whether a package's icon is the one that is drawn for it. Mostly the size shows that, without drawing."""
    return package.icon is not None and len(package.icon) == ICON_BYTES and package.icon == drawn_icon(package)


def _samples(package: Package, name_files: NameFiles) -> dict[str, bytes]:
    samples = {f"{sample.operation}.{sample.status}": sample.value for sample in package.samples}
    names = name_files(samples)
    return {f"samples/{names[name]}.json": json_bytes(value) for name, value in samples.items()}


def _without_stack_owner(document: Any) -> Any:
    if not isinstance(document, dict) or not isinstance(document.get("properties"), dict):
        return document
    inner = {key: value for key, value in document["properties"].items() if key != "stackOwner"}
    return {**document, "properties": inner}


def _line_ends(script: bytes) -> bytes:
    """Returns a script with `\\n` as line ends, like all built files; unchanged if it isn't UTF-8."""
    try:
        script.decode("utf-8")
    except UnicodeDecodeError:
        return script
    return script.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
