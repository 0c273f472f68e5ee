"""The result of an update, and the exception for a spec that can't be updated."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from connector_builder.findings import Finding
from connector_builder.package import Reading


class NotUpdatable(Exception):  # noqa: N818 - the name says what happened
    """A spec that can't be updated; `findings` contain the reasons."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(findings[0].message if findings else "")
        self.findings = list(findings)


@dataclass(slots=True)
class Updated:
    """An updated spec. `files` are the contents of the files that change, `gone` the files that go; both by name.

    `before` are the contents of those files before. `reading` is the result of compiling the updated spec, and
    `findings` are conflicts, and notes about what was brought. `operations` counts all operations.
    """

    files: dict[str, bytes]
    gone: frozenset[str]
    before: dict[str, bytes]
    reading: Reading
    operations: int = 0
    findings: list[Finding] = field(default_factory=list)
