"""A rule's defect with the rule and the document."""

from typing import NamedTuple

from connector_builder.findings import Defect, Pointer, Related, Rule
from connector_builder.rules.rule import Fault


class Hit(NamedTuple):
    """A rule's defect in one document of the package.

    If the walk found it, `fault` is what differs from the table, and `part` is what is missing, unknown or wrong.
    """

    rule: Rule
    document: str
    defect: Defect[Pointer]
    fault: Fault | None = None
    part: Pointer = ()

    @property
    def pointer(self) -> Pointer:
        return self.defect.at

    @property
    def message(self) -> str:
        return self.defect.message

    @property
    def help(self) -> str | None:
        return self.defect.help

    @property
    def related(self) -> tuple[Related[Pointer], ...]:
        return self.defect.related
