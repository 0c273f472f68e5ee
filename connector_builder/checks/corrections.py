"""The corrections of diagnostics: the fixes of their findings as edits of the author's files."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from connector_builder.checks.fixes import Trees, is_json, text_edits
from connector_builder.findings import Finding, Text, TextEdit
from connector_builder.findings.diagnostic import Correction, Diagnostic, Locator
from connector_builder.package.model import Package, Reading
from connector_builder.secrets import secrets_in

MOST_READ = 2_000_000
"""The most characters that are read to prove the fixes of one target."""
_FAST = 10
"""A fix of JSON reads the data of a text, so many times as fast as the places in it, which are read once."""
_SLOW = 4
"""A fix of a spec compiles it, which takes so many times as long as reading it."""


class Corrections:
    """Makes corrections for one target. `mask` removes the values of variables from a text, `texts` are its files."""

    def __init__(self, package: Package | None, mask: Callable[[str], str], texts: Sequence[Text] = ()) -> None:
        self._package = package
        self._mask = mask
        self._spec = sum(len(text.content) for text in texts if not is_json(text))
        self._trees = Trees()
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
        if finding.fix is None:
            return ()
        cost = self._cost(finding)
        if cost > self._left:
            return ()
        self._left -= cost
        return text_edits(finding, self._package, self._trees)

    def _cost(self, finding: Finding) -> int:
        """Returns about how many characters are read to prove the fix of a finding, whether it can be made or not."""
        if finding.fix is None or all(isinstance(edit, TextEdit) for edit in finding.fix.edits):
            return 0
        text = finding.place.text
        if not is_json(text):
            return _SLOW * max(self._spec, len(text.content))
        return len(text.content) // _FAST + (0 if self._trees.has(text) else len(text.content))


class OnDemand:
    """The corrections of one target's diagnostics, each made when someone asks for it.

    A correction of a spec is proven by compiling the spec. An editor shows diagnostics after every pause, and asks for the
    correction of one of them now and then.
    """

    def __init__(self) -> None:
        self.package: Package | None = None
        self._corrections = Corrections(None, str)
        self._noted: dict[int, tuple[Diagnostic, Sequence[Finding], Locator]] = {}
        self._made: dict[int, Diagnostic] = {}

    def read(self, reading: Reading) -> None:
        """Notes the reading that the diagnostics will be about."""
        self.package = reading.package
        self._corrections = Corrections(reading.package, reading.mask, reading.texts)

    def note(self, diagnostic: Diagnostic, group: Sequence[Finding], locator: Locator) -> None:
        """Notes the findings that a diagnostic stands for."""
        self._noted[id(diagnostic)] = (diagnostic, group, locator)

    def corrected(self, diagnostic: Diagnostic) -> Diagnostic:
        """Returns a diagnostic that was noted with its correction, if there is one."""
        known = self._noted.get(id(diagnostic))
        if known is None:
            return diagnostic
        if id(diagnostic) not in self._made:
            self._made[id(diagnostic)] = replace(diagnostic, correction=self._corrections.of(*known[1:]))
        return self._made[id(diagnostic)]

    def may_correct(self, diagnostic: Diagnostic) -> bool:
        """Checks whether a diagnostic can have a correction, as far as that is known without making it."""
        made = self._made.get(id(diagnostic))
        if made is not None:
            return made.correction is not None
        known = self._noted.get(id(diagnostic))
        return known is not None and all(finding.fix is not None for finding in known[1])
