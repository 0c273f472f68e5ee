"""The result of an import, and the exceptions for parts that the language can't express."""

from dataclasses import dataclass, field

from connector_builder.findings import Finding
from connector_builder.package import Reading

MAX_FILE = 60 * 1024
"""The most bytes of a spec in one file. A larger one is a folder, so that a review shows the changed operations."""


class Unsayable(Exception):  # noqa: N818 - it is no error: a longer form is tried
    """A part that this form of the language can't express. The importer tries the next longer form."""


class NotProven(Exception):  # noqa: N818 - the name says what happened
    """The spec doesn't compile to the package that was read: a defect of the importer.

    `pointers` lead to the parts that differ.
    """

    def __init__(self, pointers: list[str]) -> None:
        super().__init__(", ".join(pointers[:5]))
        self.pointers = pointers


class NotImportable(Exception):  # noqa: N818 - the name says what happened
    """A package that no spec can express; `finding` contains the reason and the cure."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


@dataclass(slots=True)
class Imported:
    """A spec that is ready to be written.

    `files` are its contents by name, relative to the spec's folder and with `/`. If `connector.yaml` is the only file,
    the spec may be a single file of any name. `plain` contains the JSON pointers of the parts that are plain Swagger.
    `lines` and `lines_before` count the lines of the YAML, and of the package's JSON with an indentation of two spaces.
    `reading` is the result of compiling the files.
    """

    files: dict[str, bytes]
    operations: int
    lines: int
    lines_before: int
    reading: Reading
    plain: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
