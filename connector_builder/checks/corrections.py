"""The corrections of diagnostics: the fixes of their findings as edits of the author's files."""

from collections.abc import Callable, Sequence

from connector_builder.checks.fixes import text_edits
from connector_builder.findings import Finding, TextEdit
from connector_builder.findings.diagnostic import Correction, Locator
from connector_builder.package.model import Package
from connector_builder.secrets import secrets_in

MOST_READ = 2_000_000
"""The most characters that are read to prove the fixes of one target: each reads its text twice."""


class Corrections:
    """Makes corrections for one target. `mask` removes the values of variables from a text."""

    def __init__(self, package: Package | None, mask: Callable[[str], str]) -> None:
        self._package = package
        self._mask = mask
        self._left = MOST_READ
        self._secrets: dict[int, set[str]] = {}

    def of(self, group: Sequence[Finding], locator: Locator) -> Correction | None:
        """Returns what mends all findings of a group; None if one of them has no certain fix.

        An edit that writes the value of a variable isn't one: the value may be a secret. Nor is one that repeats a secret
        of the text, because reports contain what edits write.
        """
        edits: dict[tuple[int, int, int, str], TextEdit] = {}
        for finding in group:
            found = self._edits(finding)
            if not found or any(self._shows(edit) for edit in found):
                return None
            edits |= {(id(edit.place.text), edit.place.start, edit.place.end, edit.new): edit for edit in found}
        fix = group[0].fix
        return Correction(fix.title, tuple(map(locator.replacement, edits.values()))) if fix is not None else None

    def _shows(self, edit: TextEdit) -> bool:
        text = edit.place.text
        if id(text) not in self._secrets:
            self._secrets[id(text)] = text.secrets
        if self._mask(edit.new) != edit.new or secrets_in(edit.new):  # also one that the text spells with escapes
            return True
        return any(secret in edit.new for secret in self._secrets[id(text)])

    def _edits(self, finding: Finding) -> tuple[TextEdit, ...]:
        if finding.fix is None or self._left <= 0:
            return ()
        edits = text_edits(finding, self._package)
        self._left -= sum(len(edit.place.text.content) for edit in edits)
        return edits
