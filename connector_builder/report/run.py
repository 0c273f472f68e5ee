"""What every format is a function of: all that a run found and did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any, NamedTuple

from connector_builder.findings import Rule
from connector_builder.findings.diagnostic import Diagnostic
from connector_builder.report.summary import Summary, summarise


class Outcome(NamedTuple):
    """One target of a run: its name as people know it, what it is, and what became of it, as JSON has it."""

    name: str
    kind: str
    result: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Run:
    """A run of a command.

    `diagnostics` are sorted, and came from `files` files. `targets` are what was checked, built or imported; where their
    results are for programs too, `results` names them: `imports`; `further` has what else is for programs, by name. `said` are lines for people about what was done,
    escaped for a terminal. `rules` are all rules by name, `root` is the folder that names of files start from.
    `colour` and `brief`, without a summary, are for formats that people read.
    """

    diagnostics: Sequence[Diagnostic] = ()
    files: int = 0
    targets: Sequence[Outcome] = ()
    results: str | None = None
    said: Sequence[str] = ()
    rules: Mapping[str, Rule] = field(default_factory=dict)
    version: str = ""
    root: PurePath = field(default_factory=PurePath)
    further: Mapping[str, Any] = field(default_factory=dict)
    colour: bool = False
    brief: bool = False

    @property
    def summary(self) -> Summary:
        return summarise(self.diagnostics, self.files)
