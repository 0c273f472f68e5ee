"""The package: what a connector is on the platform's side, whether built from a spec or read from a folder."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from connector_builder.findings import Finding, Place, Pointer, Text

DEFINITION = "apiDefinition.swagger.json"
PROPERTIES = "apiProperties.json"
SETTINGS = "settings.json"
ICON = "icon.png"
SCRIPT = "script.csx"

HOUSE = ".connector-builder"
"""The folder in an output folder that holds the records of builds, and during a run the lock and what is staged."""

Locate = Callable[[str, Iterable[Pointer]], dict[Pointer, Place]]
"""From a document's name and pointers into it to places in the author's text; it knows the nearest for every pointer."""


@dataclass(slots=True)
class Sample:
    """A sample of a response: the value, and the operation and status that it belongs to."""

    operation: str
    status: str
    value: Any


@dataclass(slots=True)
class Package:
    """The platform's files as plain data.

    `definition` is the Swagger 2.0 document, `properties` the whole of apiProperties.json (`{"properties": {...}}`),
    `settings` what settings.json is to hold before the file on disk is merged in. From a folder, `definition` and
    `properties` may be any JSON value, or None where there is no such file. `locate` leads from any pointer in
    `documents` to the author's text. `source` is the file or folder that a person would open.
    `icon` is the author's; `draws_icon` says that one is to be drawn from title and brand colour.
    """

    name: str
    source: Path
    definition: Any
    properties: Any
    locate: Locate
    settings: dict[str, Any] = field(default_factory=dict)
    samples: list[Sample] = field(default_factory=list)
    icon: bytes | None = None
    draws_icon: bool = False
    icon_place: Place | None = None
    script: bytes | None = None

    @property
    def documents(self) -> dict[str, Any]:
        """The JSON documents that there are, by file name."""
        both = {DEFINITION: self.definition, PROPERTIES: self.properties}
        return {name: data for name, data in both.items() if data is not None}


@dataclass(slots=True)
class Reading:
    """What reading a folder or compiling a spec gives: the package, or what is left of it, and what is wrong.

    `package` is None where there is nothing to check; `texts` are the author's files, in which ignore comments stand.
    `mask` takes what no message may show out of one: the values of variables. `left_out` names the operations of a spec
    that are broken, and so aren't in the package.
    """

    package: Package | None
    findings: list[Finding] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    mask: Callable[[str], str] = str
    left_out: frozenset[str] = frozenset()
