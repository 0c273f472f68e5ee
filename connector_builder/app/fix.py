"""Applies the fixes of what is found in a target, and proves each result by checking it again.

Nothing is written here: the changed files are returned, and `output/rewriting.py` writes those of a whole run.
"""

import codecs
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from difflib import unified_diff
from pathlib import Path

from connector_builder.app.shared.read import check, texts
from connector_builder.app.shared.targets import Kind, Target, absolute
from connector_builder.checks.accepted import Accepted
from connector_builder.checks.engine import Change, Checked, Checks
from connector_builder.findings import Text
from connector_builder.findings.diagnostic import Diagnostic, Locator
from connector_builder.language import Variables
from connector_builder.source.files import MAX_DOCUMENT, decode, read_bytes

TRIES = 60
"""The most times that a target is checked to fix it: fixes are tried together, and in halves where one does harm."""
MAX_CHECKED = 2_000_000
"""The most bytes that are checked in all tries together, so that a large target gets fewer, but two at least."""
_NEVER_NEW = frozenset(
    {"SyntaxNotValid", "EncodingNotValid", "KeyDuplicated", "TextCut", "SecretInSpec", "SecretInPackage"}
)
"""What a fix never reveals, so that a finding of these rules comes from the fix itself."""
_UNREAD = "SyntaxNotValid"
_Key = tuple[str, str, str]


def mend(target: Target, variables: Variables, checks: Checks) -> Checked:
    """Checks a target and fixes what can be fixed for certain, in memory. Returns what remains, and the changed files.

    A fix counts if what it mends is gone afterwards and nothing is found that wasn't found before. A broken part of a
    spec is left out, so that the fix of one may reveal what it hid.
    """
    run = _Run(target, variables, checks)
    checked = check(target, variables, run.checks)
    while run.may_try:
        wanted = run.wanted(checked.diagnostics)
        better = run.improved(wanted) if wanted else False
        if not wanted:
            break
        if better:
            checked = check(run.target, variables, run.checks)
    return checked._replace(fixed=tuple(run.fixed), changes=tuple(run.changes()))


@dataclass
class _File:
    """A file of the target: its content on disk, its text as edited so far, and whether a byte order mark begins it."""

    before: bytes
    text: str
    marked: bool

    @property
    def content(self) -> bytes:
        return (codecs.BOM_UTF8 if self.marked else b"") + self.text.encode("utf-8", "surrogatepass")


@dataclass
class _Run:
    """The fixes of one target: the files as edited so far, what is fixed, and what is refused because it does harm."""

    target: Target
    variables: Variables
    given: Checks
    tries: int = 0
    files: dict[Path, _File] = field(default_factory=dict)
    fixed: list[Diagnostic] = field(default_factory=list)
    refused: set[_Key] = field(default_factory=set)
    known: Counter[_Key] | None = None
    lines: dict[_Key, int] = field(default_factory=dict)
    ours: dict[Path, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._most = tries_of(self.target)

    @property
    def may_try(self) -> bool:
        """Checks whether the target may be checked once more."""
        return self.tries < self._most

    @property
    def checks(self) -> Checks:
        return self.given._replace(fixes=True)

    def wanted(self, diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
        """Returns the diagnostics to fix together: their edits don't overlap, and all are in files of the target."""
        taken: dict[Path, list[tuple[int, int]]] = {}
        found = []
        for one in diagnostics:
            if one.correction is None or _key(one) in self.refused or not self._may_edit(one):
                continue
            spans = [(edit.path, edit.start, edit.end) for edit in one.correction.edits]
            if all(_is_free(start, end, taken.get(path, ())) for path, start, end in spans):
                found.append(one)
                for path, start, end in spans:
                    taken.setdefault(path, []).append((start, end))
        return found

    def improved(self, wanted: list[Diagnostic]) -> bool:
        """Applies as many of the fixes as do no harm together; one that does harm by itself is refused."""
        if self.known is None:
            self.known = self._count(self.target)
        while wanted and self.may_try:
            if self._applied(wanted):
                return True
            if len(wanted) == 1:
                self.refused.add(_key(wanted[0]))
                return False
            wanted = wanted[: len(wanted) // 2]
        return False

    def changes(self) -> list[Change]:
        """Returns the files that differ from those on disk."""
        changed = {path: file for path, file in self.files.items() if file.content != file.before}
        if not changed:
            return []
        return [
            Change(path, file.before, file.content, diff)
            for (path, file), diff in zip(changed.items(), self._diffs(changed), strict=True)
        ]

    def _applied(self, wanted: Sequence[Diagnostic]) -> bool:
        self.tries += 1
        files = {path: replace(file) for path, file in self.files.items()}
        edits = {edit for one in wanted if one.correction is not None for edit in one.correction.edits}
        for edit in sorted(edits, key=lambda edit: (str(edit.path), -edit.start, -edit.end)):
            file = files.get(edit.path) or files.setdefault(edit.path, self._read(edit.path))
            file.text = file.text[: edit.start] + edit.new + file.text[edit.end :]
        held = tuple((path, file.content) for path, file in files.items())
        target = self.target._replace(held=held)
        after = self._count(target)
        if not self._is_better(after, wanted):
            return False
        self.target, self.files, self.known = target, files, after
        self.fixed += wanted
        return True

    def _is_better(self, after: Counter[_Key], wanted: Sequence[Diagnostic]) -> bool:
        known = self.known or Counter()
        if any(after[_key(one)] >= known[_key(one)] for one in wanted):
            return False
        mended = {one.rule for one in wanted}
        new = {key for key in after - known if key[1] in mended or _times(after, key) > _times(known, key)}
        if not any(one.fixed for one in wanted):
            return not new
        # Nothing below a broken line was read: a new finding there was hidden, one above it comes from the fix.
        ends = {one.location.file: one.location.line for one in wanted if one.rule == _UNREAD}
        return all(
            rule not in _NEVER_NEW or (file in ends and self.lines[file, rule, message] > ends[file])
            for file, rule, message in new
        )

    def _count(self, target: Target) -> Counter[_Key]:
        """Counts everything in a target, also what the run ignores or a broken part hides: a fix may not break that either."""
        every = self.given._replace(select=frozenset(), ignore=frozenset(), accepted=Accepted())
        checks = every._replace(fixes=False, consequences=True)
        counted: Counter[_Key] = Counter()
        for one in check(target, self.variables, checks).diagnostics:
            counted[_key(one)] += one.count
            self.lines[_key(one)] = one.location.line
        return counted

    def _may_edit(self, one: Diagnostic) -> bool:
        """Checks whether all edits are in the file or the folder that is the target, and the files can be read."""
        return one.correction is not None and all(self._is_ours(edit.path) for edit in one.correction.edits)

    def _is_ours(self, path: Path) -> bool:
        if path not in self.ours:
            root, here = absolute(self.target.path), absolute(path)
            inside = here.is_relative_to(root) if _is_folder(self.target) else here == root
            self.ours[path] = inside and isinstance(read_bytes(here, MAX_DOCUMENT), bytes)
        return self.ours[path]

    def _read(self, path: Path) -> _File:
        content = read_bytes(path, MAX_DOCUMENT)
        assert isinstance(content, bytes)
        text = decode(path, content)
        written = text.content if isinstance(text, Text) else ""
        return _File(content, written, content.startswith(codecs.BOM_UTF8))

    def _diffs(self, changed: dict[Path, _File]) -> list[str]:
        """Returns the difference of each changed file, with asterisks for secrets."""
        before, after = (
            {absolute(text.path): text for text in texts(target, self.variables)}
            for target in (self.target._replace(held=()), self.target)
        )
        name = Locator(Path.cwd()).name
        return [_diff(name(path), *(_shown(one.get(absolute(path))) for one in (before, after))) for path in changed]


def tries_of(target: Target) -> int:
    """Returns how many times a target of this size may be checked to fix it."""
    path = absolute(target.path)
    files = [path] if path.is_file() else [one for one in (*path.glob("*"), *path.glob("*/*")) if one.is_file()]
    return max(2, min(TRIES, MAX_CHECKED // max(sum(one.stat().st_size for one in files), 1)))


def _shown(text: Text | None) -> str:
    return "" if text is None else text.shown(0, len(text.content))


def _diff(name: str, before: str, after: str) -> str:
    lines = unified_diff(_lines(before), _lines(after), f"a/{name}", f"b/{name}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").splitlines(keepends=True)


def _is_free(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    """Checks whether a range touches none that is taken: two edits that meet are applied one after the other."""
    return all(end < begin or start > stop for begin, stop in taken)


def _is_folder(target: Target) -> bool:
    return target.kind is not Kind.DEFINITION and os.path.isdir(target.path)  # noqa: PTH112 - as in `targets`


def _times(counts: Counter[_Key], key: _Key) -> int:
    """Returns how often a rule finds something in a file: a finding that only changes its words isn't a new one."""
    return sum(times for (file, rule, _), times in counts.items() if (file, rule) == key[:2])


def _key(one: Diagnostic) -> _Key:
    return one.location.file, one.rule, one.message
