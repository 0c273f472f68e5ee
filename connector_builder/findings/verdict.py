"""What a change means for those who have built on a connector."""

from enum import IntEnum
from typing import NamedTuple


class Verdict(IntEnum):
    """What a change does to what people have built; a larger value is worse."""

    SAFE = 1
    RISKY = 2
    BREAKING = 3

    def __str__(self) -> str:
        return self.name.lower()


class Verdicts(NamedTuple):
    """The verdict for each consumer; None for one that the changed part doesn't concern.

    `flows` are actions of Power Automate, `triggers` what starts flows, `logicapps` are Logic Apps and old flows, `apps` are canvas apps.
    """

    flows: Verdict | None
    triggers: Verdict | None
    logicapps: Verdict | None
    apps: Verdict | None

    def worst(self, consumer: str = "") -> Verdict:
        """Returns the worst verdict, or that for one consumer; safe if it isn't concerned."""
        found = [getattr(self, consumer)] if consumer else [*self]
        return max((one for one in found if one is not None), default=Verdict.SAFE)

    def merged(self, other: "Verdicts") -> "Verdicts":
        """Returns the worse verdict of two for each consumer."""
        pairs = zip(self, other, strict=True)
        return Verdicts(*(max((one for one in pair if one is not None), default=None) for pair in pairs))

    def __str__(self) -> str:
        """Returns a text such as `breaking for flows and apps, risky for Logic Apps`."""
        said = []
        for verdict in (Verdict.BREAKING, Verdict.RISKY):
            names = [NAMES[key] for key, one in self._asdict().items() if one is verdict]
            if names:
                listed = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
                said.append(f"{verdict} for {listed}")
        return ", ".join(said) or str(Verdict.SAFE)

    def plain(self) -> dict[str, str]:
        """Returns the verdicts by consumer, for programs."""
        return {key: str(one) for key, one in self._asdict().items() if one is not None}


NAMES = {"flows": "flows", "triggers": "triggers", "logicapps": "Logic Apps", "apps": "apps"}
"""The consumers, with their names for people."""
CONSUMERS = tuple(NAMES)
