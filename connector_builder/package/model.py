"""The package: what a connector is on the platform's side, whether built from a spec or read from a folder."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from connector_builder.findings import Finding, Place, Pointer, Text
from connector_builder.package.origins import Written

DEFINITION = "apiDefinition.swagger.json"
PROPERTIES = "apiProperties.json"
SETTINGS = "settings.json"
ICON = "icon.png"
SCRIPT = "script.csx"

FILES = "files"
"""What stands for a document's name where the files of a package are meant as such, `Package.files`."""
HOUSE = ".connector-builder"
"""The folder in an output folder that holds the records of builds, and during a run the lock and what is staged."""

Locate = Callable[[str, Iterable[Pointer]], dict[Pointer, Place]]
"""From a document's name and pointers into it to places in the author's text; it knows the nearest for every pointer."""

FindWritten = Callable[[str, Pointer], Written | None]
"""From a document's name and a pointer into it to the author's text that says the same; None where that is derived."""


def _nowhere(_document: str, _pointer: Pointer) -> None:
    return None


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
    `sampled` leads from schemas of the definition to the samples that they were inferred from, if a source had any.
    `given_settings` is settings.json as a folder has it, any JSON value; None where there is none. `sizes` are the sizes in bytes
    of a folder's files, by the names that they have by default.
    `client_variable` is the variable of a spec that holds the id of the OAuth client, if there is one.
    `written` leads to text that may be edited, for what stands there as in the document. `icon` is the author's; `draws_icon` says that one is to be drawn from title and brand colour.
    """

    name: str
    source: Path
    definition: Any
    properties: Any
    locate: Locate
    settings: dict[str, Any] = field(default_factory=dict)
    samples: list[Sample] = field(default_factory=list)
    sampled: Mapping[Pointer, Any] = field(default_factory=dict)
    given_settings: Any = None
    sizes: dict[str, int] = field(default_factory=dict)
    icon: bytes | None = None
    draws_icon: bool = False
    icon_place: Place | None = None
    script: bytes | None = None
    script_place: Place | None = None
    client_variable: str = ""
    written: FindWritten = _nowhere

    @property
    def documents(self) -> dict[str, Any]:
        """The JSON documents that there are, by file name."""
        settings = self.given_settings if self.given_settings is not None else self.settings or None
        all_ = {DEFINITION: self.definition, PROPERTIES: self.properties, SETTINGS: settings}
        return {name: data for name, data in all_.items() if data is not None}

    @property
    def files(self) -> dict[str, dict[str, int]]:
        """The files that there are, by the names that they have by default, each with its `size` where that is known.

        Of a spec they are what it says or names; what `build` renders from that isn't there yet.
        """
        contents = {ICON: self.icon, SCRIPT: self.script}
        sizes = self.sizes | {name: len(content) for name, content in contents.items() if content is not None}
        return {name: {"size": sizes[name]} if name in sizes else {} for name in {**self.documents, **sizes}}

    def places(self, document: str, pointers: Iterable[Pointer]) -> dict[Pointer, Place]:
        """The places of pointers into a document, or, where that is FILES, of the files that they lead to."""
        if document != FILES:
            return self.locate(document, pointers)
        return {pointer: self._file(str(pointer[0]) if pointer else "") for pointer in pointers}

    def _file(self, name: str) -> Place:
        known = {ICON: self.icon_place, SCRIPT: self.script_place}.get(name)
        if known is not None:
            return known
        return self.locate(name, [()])[()] if name in self.documents else Place(Text(self.source / name, ""))


@dataclass(slots=True)
class Reading:
    """What reading a folder or compiling a spec gives: the package, or what is left of it, and what is wrong.

    `package` is None where there is nothing to check; `texts` are the author's files, in which ignore comments stand.
    `mask` takes what no message may show out of one: the values of variables. `left_out` names the operations of a spec
    that are broken, and so aren't in the package. `variables` are the names of the variables in a spec, whether or not
    something sets them; None where the spec couldn't be read as a whole.
    """

    package: Package | None
    findings: list[Finding] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    mask: Callable[[str], str] = str
    left_out: frozenset[str] = frozenset()
    variables: frozenset[str] | None = frozenset()
