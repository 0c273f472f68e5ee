"""The kind `package`: a folder with the platform's files, as paconn and the portal write them."""

import os
from functools import partial
from pathlib import Path

from connector_builder.package import DEFINITION, Reading
from connector_builder.package.files import find_files
from connector_builder.sources.choosing import Candidate
from connector_builder.sources.documents import Parsed, parse
from connector_builder.sources.input import Input
from connector_builder.sources.reading import read_files
from connector_builder.sources.subset import candidates, chosen_only


class _Package:
    described = "a package"
    mark = f"a package has an {DEFINITION}, or a settings.json that names another"
    suffixes = ()

    def in_folder(self, folder: Path) -> Path | None:
        return None if find_files(folder) is None else folder

    def of_file(self, file: Path) -> Path | None:
        files = find_files(Path(_absolute(file)).parent) or {}
        return file.parent if any(_absolute(one) == _absolute(file) for one in files.values()) else None

    def recognises(self, content: bytes) -> bool:
        return False

    def parse(self, given: Input) -> Parsed:
        """Reads the definition."""
        definition = (find_files(given.path) or {}).get(DEFINITION)
        return Parsed(given.path) if definition is None else parse(definition, repair=given.repair)

    def candidates(self, given: Input) -> list[Candidate]:
        return candidates((given.parsed or self.parse(given)).data)

    def read(self, given: Input) -> Reading:
        convert = partial(chosen_only, wishes=given.wishes)
        path, files = given.path, find_files(given.path) or {}
        name = path.resolve().name
        return read_files(path, files, name, repair=given.repair, convert=convert, parsed=given.parsed)


def _absolute(path: Path) -> str:
    return os.path.normcase(os.path.normpath(path.absolute()))


READER = _Package()
