"""The package: a connector as the platform knows it, built from a spec or read from a folder."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from connector_builder.findings import Edit, Finding, Place, Pointer, Text, TextEdit
from connector_builder.package.origins import Written

DEFINITION = "apiDefinition.swagger.json"
PROPERTIES = "apiProperties.json"
SETTINGS = "settings.json"
ICON = "icon.png"
SCRIPT = "script.csx"
README = "README.md"

FILES = "files"
"""The name that stands for the files of a package, `Package.files`, instead of for a document."""
HOUSE = ".connector-builder"
"""The folder in an output folder that contains the records of builds, and during a run the lock and staged files."""

Locate = Callable[[str, Iterable[Pointer]], dict[Pointer, Place]]
"""Turns a document's name and pointers into places in the author's text: for each pointer the nearest known place."""

FindWritten = Callable[[str, Pointer], Written | None]
"""Turns a document's name and a pointer into the same part of the author's text; None if the part is derived."""


Amend = Callable[[str, tuple[Edit, ...]], tuple[TextEdit, ...]]
"""Turns edits of a document into edits of the author's text that says the same in other words; none if that isn't certain."""


def _nowhere(_document: str, _pointer: Pointer) -> None:
    return None


def _as_it_is(_document: str, _edits: tuple[Edit, ...]) -> tuple[TextEdit, ...]:
    return ()


class Sample(NamedTuple):
    """A sample of a response, with its operation and status."""

    operation: str
    status: str
    value: Any


@dataclass(slots=True)
class Package:
    """The platform's files as plain data.

    `definition` is the Swagger 2.0 document, `properties` all of apiProperties.json (`{"properties": {...}}`),
    `settings` the content of settings.json before the file on disk is merged in. In a package from a folder,
    `definition` and `properties` may be any JSON value, or None if the file doesn't exist.

    `locate` finds the author's text for pointers into `documents`. `written` finds text that may be edited, for parts
    that the author wrote as they are in the document, and `amend` edits text that says it in another form. `source` is the file or folder that a person would open.
    `sampled` maps schemas of the definition to the samples that they were inferred from, if a source had any.

    `nulls` names the documents whose whole content is null.
    `given_settings` is the folder's settings.json, any JSON value; None if there is none. `sizes` are the sizes in
    bytes of a folder's files, by their default names. `missing` are the keys of settings.json that name a file that doesn't
    exist. `complete` says that what isn't here doesn't exist: a single file of a package isn't complete. `contents` are the
    texts of `script` and `readme`, for places in them. `icon` is the author's; with `draws_icon`, one is drawn from
    title and brand colour; `without_icon` says that the source has none. `in_solution` says that it is a connector of a solution, which has no place for `publisher`. `solution` is what the author says of the connector in a
    solution (`platform/solutions/names.py` derives the rest), and `environment_variables` are the definitions of the platform's variables by name:
    `{"acme_Host": {"type": "string", "title": "Host", "default": "api.acme.example"}}`. `client_variable` is the variable of a spec that contains the id of the OAuth client.
    `known_issues` are the author's sentences for the README.
    """

    name: str
    source: Path
    definition: Any
    properties: Any
    locate: Locate
    settings: dict[str, Any] = field(default_factory=dict)
    samples: list[Sample] = field(default_factory=list)
    sampled: Mapping[Pointer, Any] = field(default_factory=dict)
    nulls: frozenset[str] = frozenset()
    given_settings: Any = None
    sizes: dict[str, int] = field(default_factory=dict)
    icon: bytes | None = None
    draws_icon: bool = False
    icon_place: Place | None = None
    script: bytes | None = None
    script_place: Place | None = None
    readme: bytes | None = None
    contents: dict[str, Text] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    complete: bool = False
    client_variable: str = ""
    known_issues: tuple[str, ...] = ()
    without_icon: bool = False
    in_solution: bool = False
    solution: dict[str, Any] = field(default_factory=dict)
    environment_variables: dict[str, dict[str, Any]] = field(default_factory=dict)
    written: FindWritten = _nowhere
    amend: Amend = _as_it_is

    @property
    def documents(self) -> dict[str, Any]:
        """Returns the JSON documents of the package by file name."""
        settings = self.given_settings if self.given_settings is not None else self.settings or None
        all_ = {DEFINITION: self.definition, PROPERTIES: self.properties, SETTINGS: settings}
        return {name: data for name, data in all_.items() if data is not None or name in self.nulls}

    @property
    def files(self) -> dict[str, dict[str, int]]:
        """Returns the files of the package by their default names, with `size` if known: `{"icon.png": {"size": 96}}`.

        For a spec, these are the files that it describes or names, not those that `build` renders from it.
        """
        contents = {ICON: self.icon, SCRIPT: self.script}
        sizes = self.sizes | {name: len(content) for name, content in contents.items() if content is not None}
        return {name: {"size": sizes[name]} if name in sizes else {} for name in {**self.documents, **sizes}}

    def places(self, document: str, pointers: Iterable[Pointer]) -> dict[Pointer, Place]:
        """Returns the places of pointers into a document.

        With FILES as the document, these are the files, or parts of their texts: `("script.csx", 120, 134)`.
        """
        if document != FILES:
            return self.locate(document, pointers)
        return {pointer: self._part(pointer) for pointer in pointers}

    def _part(self, pointer: Pointer) -> Place:
        name = str(pointer[0]) if pointer else ""
        text = self.contents.get(name)
        match pointer:
            case (_, int(start), int(end)) if text is not None:
                return Place(text, start, end)
        return Place.whole(text) if text is not None and name == README else self._file(name)

    def _file(self, name: str) -> Place:
        known = {ICON: self.icon_place, SCRIPT: self.script_place}.get(name)
        if known is not None:
            return known
        return self.locate(name, [()])[()] if name in self.documents else Place(Text(self.source / name, ""))


@dataclass(slots=True)
class Reading:
    """The result of reading a folder or compiling a spec: the package, as far as it can be read, and the findings.

    `package` is None if there is nothing to check. `texts` are the author's files, which may contain ignore comments.
    `mask` removes the values of variables from a message. `left_out` names the operations of a spec that are broken,
    and so aren't in the package. `variables` are the names of the variables in a spec; None if not all of it was read.
    """

    package: Package | None
    findings: list[Finding] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    mask: Callable[[str], str] = str
    left_out: frozenset[str] = frozenset()
    variables: frozenset[str] | None = frozenset()
