"""The kind `openapi3`: one document of OpenAPI 3.0, 3.1 or 3.2, in JSON or YAML."""

import re
from pathlib import Path

from connector_builder.package import DEFINITION, Reading
from connector_builder.sources.choosing import ALL, Candidate, Wishes
from connector_builder.sources.documents import Converted, Parsed, parse
from connector_builder.sources.limits import MAX_BYTES
from connector_builder.sources.reading import read_files

_VERSION = re.compile(rb"""(?<![\w-])["']?openapi["']?[ \t]*:[ \t]*["']?3(?:\.[0-9]|["'\s])""")


class _OpenApi3:
    described = "an OpenAPI 3 document"
    mark = "it is a JSON or YAML file with 'openapi' and 'paths' at its top"
    suffixes = (".json", ".yaml", ".yml")

    def in_folder(self, folder: Path) -> Path | None:
        return None

    def of_file(self, file: Path) -> Path | None:
        return file

    def recognises(self, content: bytes) -> bool:
        return b"openapi" in content and _VERSION.search(content) is not None

    def parse(self, path: Path, *, repair: bool, content: bytes | None = None) -> Parsed:
        """Reads a document, with the files that it refers to. One that isn't a file has none."""
        from connector_builder.sources.openapi3.anchors import by_place
        from connector_builder.sources.openapi3.bundle import bundled

        parsed = parse(path, repair=repair, content=content, limit=MAX_BYTES["openapi3"])
        if not parsed.readable:
            return parsed
        return by_place(bundled(parsed, repair=repair) if content is None else parsed)

    def candidates(
        self,
        path: Path,
        *,
        repair: bool,
        wishes: Wishes = ALL,
        content: bytes | None = None,
        parsed: Parsed | None = None,
    ) -> list[Candidate]:
        from connector_builder.sources.openapi3.convert import candidates

        return candidates(parsed or self.parse(path, repair=repair, content=content))

    def read(
        self,
        path: Path,
        *,
        repair: bool,
        wishes: Wishes = ALL,
        content: bytes | None = None,
        parsed: Parsed | None = None,
    ) -> Reading:
        from connector_builder.sources.openapi3.convert import convert

        def converted(parsed: Parsed) -> Converted:
            return convert(parsed, wishes)

        def parsed_file(file: Path) -> Parsed:
            return parsed or self.parse(file, repair=repair, content=content)

        return read_files(path, {DEFINITION: path}, path.stem, repair=repair, convert=converted, parse=parsed_file)


READER = _OpenApi3()
