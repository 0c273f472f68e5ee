"""What an import gives, and how a part says that the language has no short form for it."""

from dataclasses import dataclass, field

from connector_builder.findings import Finding
from connector_builder.package import Reading

MAX_FILE = 60 * 1024
"""Bytes of a spec in one file; a larger one is a folder, so that a review shows which operations changed."""


class Unsayable(Exception):  # noqa: N818 - it is no error: a longer form is tried
    """A part that this form of the language can't say; the next longer one is tried."""


class NotProven(Exception):  # noqa: N818 - the name says what happened
    """What was written doesn't compile to the package that was read: a defect of the importer.

    `pointers` lead to the parts that differ.
    """

    def __init__(self, pointers: list[str]) -> None:
        super().__init__(", ".join(pointers[:5]))
        self.pointers = pointers


class NotImportable(Exception):  # noqa: N818 - the name says what happened
    """A package that no spec can hold; `finding` says why, and what to do."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


@dataclass(slots=True)
class Imported:
    """A spec, ready to be written.

    `files` are its contents by name, relative to the spec's folder and with `/`; where there is only `connector.yaml` the
    spec may be a single file of any name. `plain` names the parts that stand as plain Swagger, as JSON pointers.
    `lines` and `lines_before` count the YAML, and the package's JSON as it is written with two spaces.
    `reading` is what they compile to.
    """

    files: dict[str, bytes]
    operations: int
    lines: int
    lines_before: int
    reading: Reading
    plain: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
