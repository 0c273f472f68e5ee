"""The kind `swagger`: one Swagger 2.0 document in JSON or YAML."""

import re
from functools import partial
from pathlib import Path

from connector_builder.package import DEFINITION, Reading
from connector_builder.package.files import find_files
from connector_builder.sources.choosing import ALL, Candidate, Wishes
from connector_builder.sources.documents import parse
from connector_builder.sources.reading import read_files
from connector_builder.sources.solution import left_out_beside
from connector_builder.sources.subset import candidates, chosen_only

# Any version: one that can't be imported yet is reported, or users who name a folder would miss it.
_VERSION = re.compile(rb"""(?<![\w-])["']?swagger["']?[ \t]*:[ \t]*["']?[12]\.[0-9]""")
_PATHS = re.compile(rb"""(?<![\w-])["']?paths["']?[ \t]*:""")


class _Swagger:
    described = "a Swagger document"
    mark = "it is a JSON or YAML file with 'swagger' and 'paths' at its top"
    suffixes = (".json", ".yaml", ".yml")

    def in_folder(self, folder: Path) -> Path | None:
        return (find_files(folder) or {}).get(DEFINITION)

    def of_file(self, file: Path) -> Path | None:
        return file

    def recognises(self, content: bytes) -> bool:
        return _VERSION.search(content) is not None and _PATHS.search(content) is not None

    def candidates(
        self, path: Path, *, repair: bool, wishes: Wishes = ALL, content: bytes | None = None
    ) -> list[Candidate]:
        return candidates(parse(path, repair=repair, content=content).data)

    def read(self, path: Path, *, repair: bool, wishes: Wishes = ALL, content: bytes | None = None) -> Reading:
        convert = partial(chosen_only, wishes=wishes)
        parsed = partial(parse, repair=repair, content=content)
        reading = read_files(path, {DEFINITION: path}, path.stem, repair=repair, convert=convert, parse=parsed)
        reading.findings += left_out_beside(path) if content is None else []
        return reading


READER = _Swagger()
