"""The kind `openapi3`: one document of OpenAPI 3.0, 3.1 or 3.2, in JSON or YAML."""

import re
from pathlib import Path

from connector_builder.package import Reading
from connector_builder.sources.choosing import Candidate
from connector_builder.sources.documents import Converted, Parsed, parse
from connector_builder.sources.input import Input
from connector_builder.sources.limits import MAX_BYTES
from connector_builder.sources.reading import read_document

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

    def parse(self, given: Input) -> Parsed:
        """Reads a document, with the files that it refers to. One that isn't a file has none."""
        from connector_builder.sources.openapi3.anchors import by_place
        from connector_builder.sources.openapi3.bundle import bundled

        parsed = parse(given.path, repair=given.repair, content=given.content, limit=MAX_BYTES["openapi3"])
        if not parsed.readable:
            return parsed
        return by_place(bundled(parsed, repair=given.repair) if given.content is None else parsed)

    def candidates(self, given: Input) -> list[Candidate]:
        from connector_builder.sources.openapi3.convert import candidates

        return candidates(given.parsed or self.parse(given))

    def read(self, given: Input) -> Reading:
        from connector_builder.sources.openapi3.convert import convert

        def converted(parsed: Parsed) -> Converted:
            return convert(parsed, given.wishes)

        return read_document(given, given.parsed or self.parse(given), converted)


READER = _OpenApi3()
