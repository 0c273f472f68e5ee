"""Finds secrets in a spec: in its texts, in its data, and in the package, which also contains values of variables."""

from collections.abc import Callable, Iterable
from typing import Any

from connector_builder.cancellation import raise_if_cancelled
from connector_builder.findings import Finding, Place, Pointer, Text
from connector_builder.language.reuse import Reuse
from connector_builder.language.rules import SECRET_IN_SPEC
from connector_builder.package import Package
from connector_builder.secrets import Found, find, secrets_in
from connector_builder.source.document import MAX_FINDINGS
from connector_builder.source.node import Node

Locate = Callable[[Iterable[Pointer]], dict[Pointer, Place]]
"""Plain data, and a function that finds the places of its parts in the author's text."""

_CURE = "remove it: people enter it when they create a connection; in a sample write REDACTED"


class SecretFinder:
    """Collects the secrets in the parts of one spec. Skips a secret if another finding already has its place."""

    def __init__(self, findings: Iterable[Finding] = (), reuse: Reuse | None = None) -> None:
        self._reuse = reuse
        self.findings: list[Finding] = []
        self._said: dict[int, list[tuple[int, int]]] = {}
        self._values: set[str] = set()
        for finding in findings:
            if finding.rule is SECRET_IN_SPEC:
                self._note(finding.place)

    def text(self, text: Text) -> None:
        """Finds secrets in the text of a file, even if the file is too broken to be read."""
        found = secrets_in(text.content) if self._reuse is None else self._reuse.secrets_in(text.content)
        for one in found:
            self._values.add(text.content[one.start : one.end])
            self._add(Place(text, one.start, one.end), one.message, one.query)

    def file(self, root: Node) -> None:
        """Finds secrets in the data of a file of the spec."""
        found = find(root.value) if self._reuse is None else self._reuse.found(root.text.content, root.value)
        self._found(found, lambda pointers: {one: root.locate(one) for one in pointers})

    def tree(self, tree: Any, locate: Locate, *, built: bool = False) -> None:
        """Finds secrets in the data of a sample, or in what is `built` of a spec: there, only those that no file shows."""
        raise_if_cancelled()
        found = find(tree)
        if built:
            found = [one for one in found if not self._values.issuperset(one.values)]
        self._found(found, locate)

    def _found(self, found: list[Found], locate: Locate) -> None:
        self._values.update(value for one in found for value in one.values)
        places = locate([one.pointer for one in found]) if found else {}
        for one in found:
            place = places[one.pointer]
            place.text.hide(place.start, place.end)
            place.text.known.update(one.values)
            self._add(place, one.message, one.query)

    def package(self, package: Package) -> None:
        """Finds secrets in the documents, the settings and the samples of a package."""
        for name, document in package.documents.items():
            self.tree(document, lambda pointers, name=name: package.locate(name, pointers), built=True)  # type: ignore[misc]
        whole = package.locate("", [()])[()]
        self.tree(package.settings, lambda pointers: dict.fromkeys(pointers, whole), built=True)
        for sample in package.samples:
            self.tree(sample.value, lambda pointers: dict.fromkeys(pointers, whole), built=True)

    def _add(self, place: Place, message: str, query: str | None) -> None:
        if self._is_said(place) or len(self.findings) >= MAX_FINDINGS:
            return
        self._note(place)
        help_ = _CURE if query is None else _in_query(query)
        self.findings.append(SECRET_IN_SPEC.at(place, message, help=help_))

    def _is_said(self, place: Place) -> bool:
        spans = self._said.get(id(place.text), ())
        if place.start == place.end == 0:  # a part that has no place of its own
            return any(self._said.values())
        return any(start <= place.end and place.start <= end for start, end in spans)

    def _note(self, place: Place) -> None:
        self._said.setdefault(id(place.text), []).append((place.start, place.end))


def _in_query(name: str) -> str:
    return f"write REDACTED in a sample; in a request line write '?{name}!' so that the flow provides it"
