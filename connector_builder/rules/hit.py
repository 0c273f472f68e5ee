"""A rule's defect with the rule and the document."""

from typing import NamedTuple

from connector_builder.findings import Defect, Pointer, Related, Rule


class Hit(NamedTuple):
    """A rule's defect in one document of the package."""

    rule: Rule
    document: str
    defect: Defect[Pointer]

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
