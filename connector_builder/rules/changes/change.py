"""A kind of change, and a change."""

from typing import NamedTuple

from connector_builder.findings import Pointer, Rule, Scope, Severity
from connector_builder.findings.verdict import Verdict, Verdicts

SEVERITIES = {Verdict.BREAKING: Severity.ERROR, Verdict.RISKY: Severity.WARNING, Verdict.SAFE: Severity.NOTE}
_LETTERS = {"B": Verdict.BREAKING, "R": Verdict.RISKY, "S": Verdict.SAFE, "-": None}
KEEP = "keep it, and add '{id}_V2'"
"""The cure for most changes that break: Microsoft's guidance is to add an operation, and to deprecate the old one.

Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/operational-versioning
"""


def verdicts(letters: str) -> Verdicts:
    """Returns the verdicts for flows, triggers, Logic Apps and apps: `BRS-` is breaking, risky, safe, and not concerned."""
    return Verdicts(*(_LETTERS[letter] for letter in letters))


class Kind(NamedTuple):
    """A kind of change: its rule, what happens to an existing flow or app, and the cure."""

    rule: Rule
    happens: str
    cure: str

    @property
    def name(self) -> str:
        return self.rule.name


class Change(NamedTuple):
    """A change of one part of a connector.

    `what` is the part, such as `the input 'customer'`, and `said` what became of it. `operations` are the ids of the operations that it
    reaches; a trigger is in `triggers` as well. `old` and `new` are its pointers in `document` of both packages, None where it doesn't
    exist. `value_path` is the place in the form of Microsoft's own check.
    """

    kind: Kind
    what: str
    said: str
    verdicts: Verdicts
    document: str
    old: Pointer | None
    new: Pointer | None
    operations: tuple[str, ...] = ()
    value_path: str = ""

    @property
    def message(self) -> str:
        """Returns what changed, where, and the verdicts."""
        return f"{self.what}{_of(self.operations)} {self.said}: {self.verdicts}"

    @property
    def help(self) -> str:
        """Returns what happens to what people have built, and the cure."""
        id_ = self.operations[0] if self.operations else ""
        return "; ".join(part.replace("{id}", id_) for part in (self.kind.happens, self.kind.cure) if part)


def _of(operations: tuple[str, ...]) -> str:
    if not operations:
        return ""
    if len(operations) == 1:
        return f" of '{operations[0]}'"
    named = ", ".join(f"'{one}'" for one in operations[:3])
    return f" of {len(operations)} operations ({named}{', …' if len(operations) > 3 else ''})"


def kind(
    name: str,
    letters: str,
    summary: str,
    *,
    happens: str,
    cure: str = "",
    old: str,
    new: str,
    found: str,
    good: str,
    good_old: str = "",
    sentence: str = "",
) -> Kind:
    """Makes a kind of change, whose docs have a pair of specs with the change (`old`, `new`) and one without it (`good`).

    `letters` are the verdicts of the table, see `verdicts`. `found` is the finding: its place and its message. `sentence` is what
    Microsoft's own check says.
    """
    usual = verdicts(letters)
    cured = f" {_sentence(cure)}" if cure else ""
    doc = "\n\n".join(
        (
            summary,
            f"{_sentence(happens)}{cured}".replace("'{id}_V2'", "an operation with the ending `_V2`"),
            _example("bad change", old, "bad", new) + f"\nFinding: {found}",
            _example("good change", good_old or old, "good", good),
        )
    )
    rule = Rule(name, SEVERITIES[usual.worst()], Scope.COMPATIBILITY, doc, verdicts=usual, sentence=sentence)
    return Kind(rule, happens, cure)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _example(first: str, old: str, second: str, new: str) -> str:
    return f"```yaml {first} file=old.yaml\n{old.strip()}\n```\n```yaml {second} file=new.yaml\n{new.strip()}\n```"
