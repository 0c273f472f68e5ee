"""The kind `swagger`: one Swagger 2.0 document in JSON or YAML."""

import re
from pathlib import Path

from connector_builder.package import DEFINITION, Reading
from connector_builder.package.files import find_files
from connector_builder.sources.choosing import ALL, Candidate, Wishes
from connector_builder.sources.documents import Converted, Parsed, parse
from connector_builder.sources.limits import MAX_BYTES
from connector_builder.sources.reading import read_files
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

    def parse(self, path: Path, *, repair: bool, content: bytes | None = None) -> Parsed:
        return parse(path, repair=repair, content=content, limit=MAX_BYTES["swagger"])

    def candidates(
        self,
        path: Path,
        *,
        repair: bool,
        wishes: Wishes = ALL,
        content: bytes | None = None,
        parsed: Parsed | None = None,
    ) -> list[Candidate]:
        parsed = parsed or self.parse(path, repair=repair, content=content)
        return candidates(_with_flows(parsed).definition.data if wishes.flows else parsed.data)

    def read(
        self,
        path: Path,
        *,
        repair: bool,
        wishes: Wishes = ALL,
        content: bytes | None = None,
        parsed: Parsed | None = None,
    ) -> Reading:
        def convert(parsed: Parsed) -> Converted:
            return _flows(parsed, wishes) if wishes.flows else chosen_only(parsed, wishes)

        def parsed_file(file: Path) -> Parsed:
            return parsed or self.parse(file, repair=repair, content=content)

        reading = read_files(path, {DEFINITION: path}, path.stem, repair=repair, convert=convert, parse=parsed_file)
        reading.findings += left_out_beside(path) if content is None else []
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
