"""The record of a package: the names and hashes of the files that builds wrote, committed beside the package.

Builds replace and remove only files in a record. A record may come from a stranger, like any file of a repository, so a
name in it that no build would write makes it invalid.
"""

from collections.abc import Mapping
from pathlib import Path

from connector_builder.findings import Finding
from connector_builder.output.errors import OutputError, guarded
from connector_builder.output.places import content_of
from connector_builder.package import SETTINGS, json_bytes
from connector_builder.package.model import HOUSE
from connector_builder.source.files import decode
from connector_builder.source.json_reader import read_json
from connector_builder.source.names import is_portable, is_slug

Record = dict[str, str | None]
"""File names relative to the package's folder, each with its SHA-256; None for a file that others write too."""

_VERSION = 1
# paconn changes this file, and builds keep its changes. A hash would be out of date without anything being wrong.
_SHARED = frozenset({SETTINGS})


DOCS = f"{HOUSE}/docs"
PAGES = f"{DOCS}/pages.json"
"""The record of the pages of `docs`, apart from those of builds: neither command replaces or removes what the other wrote."""

_AGAIN = {PAGES: "run 'docs'"}


def record_name(slug: str) -> str:
    """Returns the name of a package's record, relative to the output folder."""
    return f"{HOUSE}/{slug}.json"


def is_record_name(name: str) -> bool:
    """Checks whether a name is that of a record."""
    if name == PAGES:
        return True
    house, _, file = name.partition("/")
    return house == HOUSE and file.endswith(".json") and is_slug(file.removesuffix(".json"))


def record_bytes(files: Mapping[str, bytes]) -> bytes:
    """Returns the record of a package with these files."""
    return files_bytes({name: None if name in _SHARED else hash_of(files[name]) for name in files})


def files_bytes(record: Record) -> bytes:
    """Returns a record as it is written."""
    return json_bytes({"version": _VERSION, "files": dict(sorted(record.items()))})


def hash_of(content: bytes) -> str:
    """Returns the hash of a file for a record."""
    import hashlib  # loads OpenSSL, which `validate` goes without

    return hashlib.sha256(content).hexdigest()


def read_record(folder: Path, slug: str) -> Record:
    """Returns the record of a package; an empty one if there is none.

    Raises:
        OutputError: the record can't be read, or isn't a record.
    """
    return read_files(folder, record_name(slug))


def read_files(folder: Path, name: str) -> Record:
    """Returns the record with a name; an empty one if there is none. Raises OutputError as `read_record` does."""
    content = content_of(folder, name)
    if content is None:
        return {}
    data = json_value(folder / name, content)
    files = data.get("files") if isinstance(data, dict) and data.get("version") == _VERSION else None
    if not isinstance(files, dict) or not all(is_portable(file) for file in files):
        raise OutputError(
            f"'{(folder / name).as_posix()}' isn't a record of what builds wrote",
            f"restore it from version control, or delete it and {_AGAIN.get(name, 'build')} with --force",
        )
    return {file: known if isinstance(known, str) else None for file, known in files.items()}


def recorded_slugs(folder: Path) -> list[str]:
    """Returns the slugs of the packages that have a record, sorted. Raises OutputError if the folder can't be read."""
    house = folder / HOUSE
    with guarded(house, "read"):
        names = [path.stem for path in house.iterdir() if path.suffix == ".json"] if house.is_dir() else []
    return sorted(name for name in names if is_slug(name))


def json_value(path: Path, content: bytes) -> object:
    """Returns the value of a JSON file that we wrote; None if it can't be read."""
    text = decode(path, content)
    return None if isinstance(text, Finding) else read_json(text).data
