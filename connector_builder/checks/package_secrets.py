"""Reports the secrets in a package's own files, and hides them in their texts."""

from collections.abc import Iterable, Iterator
from itertools import islice

from connector_builder.findings import Finding, Place, Text
from connector_builder.package.model import Package
from connector_builder.package.rules import SECRET_IN_PACKAGE
from connector_builder.secrets import find, secrets_in
from connector_builder.source.document import MAX_FINDINGS

_CURE = "remove it: paconn takes a client secret by --secret; in an example write REDACTED"


def package_secrets(package: Package) -> list[Finding]:
    """Returns a finding for each secret in the documents and the script of a package.

    It hides all of them, also those that only the data shows, such as one behind a key with escapes.
    """
    found = [*_in_documents(package), *_in_script(package)]
    return list(islice(found, MAX_FINDINGS))


def _in_documents(package: Package) -> Iterator[Finding]:
    for name, document in package.documents.items():
        found = find(document)
        places = package.locate(name, [one.pointer for one in found]) if found else {}
        for one in found:
            place = places[one.pointer]
            place.text.hide(place.start, place.end)
            place.text.known.update(one.values)
            yield SECRET_IN_PACKAGE.at(place, one.message, help=_CURE)


def _in_script(package: Package) -> Iterable[Finding]:
    if package.script is None or package.script_place is None:
        return
    text = Text(package.script_place.text.path, package.script.decode("utf-8", "replace"))
    for one in secrets_in(text.content):
        yield SECRET_IN_PACKAGE.at(
            Place(text, one.start, one.end), one.message, help="let a connection parameter carry it"
        )
