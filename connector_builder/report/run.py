"""The input of every format: all that a run found and did."""

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any, NamedTuple

from connector_builder.findings import Rule, Severity
from connector_builder.findings.diagnostic import Diagnostic
from connector_builder.report.summary import Summary, summarise


class Outcome(NamedTuple):
    """A target of a run: its name as people know it, its kind, and its result as JSON."""

    name: str
    kind: str
    result: Mapping[str, Any] = {}


class Run(NamedTuple):
    """A run of a command.

    `diagnostics` are sorted and came from `files` files. `targets` were checked, built or imported; if programs need
    their results, `results` is the name for them: `imports`; `further` has more for programs, by name. `said` are lines for people about what was done, escaped
    for a terminal. `rules` are all rules by name. File names are relative to `root`. `colour`, `brief` (no
    summary) and `verbose` (every finding) are for formats that people read. A diagnostic of the severity `fail_on` or a higher one makes the run
    fail; None says that none does. `changes` are files that a build would change, for formats that have nothing else for
    them: those in `always` make the run fail whatever `fail_on` says. `fixed` is what the run has fixed; None if it wasn't to fix anything.
    `markdown` is a report of the command's own as Markdown, which takes the place of the table.
    """

    diagnostics: Sequence[Diagnostic] = ()
    files: int = 0
    targets: Sequence[Outcome] = ()
    results: str | None = None
    said: Sequence[str] = ()
    rules: Mapping[str, Rule] = {}
    version: str = ""
    root: PurePath = PurePath()
    further: Mapping[str, Any] = {}
    colour: bool = False
    brief: bool = False
    verbose: bool = False
    fail_on: Severity | None = Severity.ERROR
    changes: Sequence[Diagnostic] = ()
    fixed: Sequence[Diagnostic] | None = None
    markdown: str = ""
    always: Sequence[Diagnostic] = ()

    def with_changes(self) -> "Run":
        """Returns the run with its changes among the diagnostics."""
        if not self.changes:
            return self
        every = sorted([*self.diagnostics, *self.changes], key=lambda diagnostic: diagnostic.sort_key)
        return self._replace(diagnostics=every, changes=(), brief=False, always=self.changes)

    def with_markdown(self, text: str) -> "Run":
        """Returns the run with a report of its own as Markdown."""
        return self._replace(markdown=text)

    def fails(self, diagnostic: Diagnostic) -> bool:
        """Checks whether a diagnostic makes the run fail."""
        return diagnostic in self.always or (self.fail_on is not None and diagnostic.severity >= self.fail_on)

    @property
    def summary(self) -> Summary:
        return summarise(self.diagnostics, self.files)
