"""The kind `swagger`: one Swagger 2.0 document in JSON or YAML."""

import re
from pathlib import Path

from connector_builder.package import DEFINITION, Reading
from connector_builder.package.files import find_files
from connector_builder.sources.choosing import Candidate, Wishes
from connector_builder.sources.documents import Converted, Parsed, parse
from connector_builder.sources.input import Input
from connector_builder.sources.limits import MAX_BYTES
from connector_builder.sources.reading import read_document
from connector_builder.sources.solution.beside import left_out_beside
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
        return b"swagger" in content and _VERSION.search(content) is not None and _PATHS.search(content) is not None

    def parse(self, given: Input) -> Parsed:
        return parse(given.path, repair=given.repair, content=given.content, limit=MAX_BYTES["swagger"])

    def candidates(self, given: Input) -> list[Candidate]:
        parsed = given.parsed or self.parse(given)
        return candidates(_with_flows(parsed).definition.data if given.wishes.flows else parsed.data)

    def read(self, given: Input) -> Reading:
        def convert(parsed: Parsed) -> Converted:
            return _flows(parsed, given.wishes) if given.wishes.flows else chosen_only(parsed, given.wishes)

        reading = read_document(given, given.parsed or self.parse(given), convert)
        reading.findings += left_out_beside(given.path) if given.content is None else []
        return reading


def _with_flows(parsed: Parsed) -> Converted:
    from connector_builder.sources.logic_apps import with_flows

    return with_flows(parsed) if isinstance(parsed.data, dict) else Converted(parsed)


def _flows(parsed: Parsed, wishes: Wishes) -> Converted:
    """Returns the chosen operations of Azure's Logic Apps as a package of Power Automate."""
    from connector_builder.sources.logic_apps import frame

    made = _with_flows(parsed)
    chosen = chosen_only(made.definition, wishes)
    if not chosen.definition.readable:
        chosen.findings = [*made.findings, *chosen.findings]
        return chosen
    definition, properties = frame(chosen.definition.data)
    built = chosen.definition.built(definition, {(): ()})
    return Converted(built, parsed.built(properties, {}), findings=made.findings)


READER = _Swagger()
