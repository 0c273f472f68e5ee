"""Invents values for schemas from a seed: the same seed gives the same values. `example` otherwise makes one that never varies."""

import base64
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

_WORDS = (
    "amber", "birch", "cedar", "delta", "ember", "flint", "grove", "harbor", "iris", "juniper", "kite", "lagoon", "maple", "north",
    "opal", "pine", "quartz", "river", "slate", "tulip", "umber", "violet", "willow", "zephyr",
)  # fmt: skip
_FIRST = datetime(2026, 1, 1, tzinfo=UTC)
_MINUTES = 365 * 24 * 60
_LONGEST = 10_000
_SPAN = 1_000
_MOST_ITEMS = 3


class Inventor:
    """Makes values up. It meets types, formats and limits, but not patterns, and takes a bound that contradicts another."""

    def __init__(self, seed: str | int) -> None:
        self._random = Random(seed)  # noqa: S311 - values for tests, no secrets

    def pick(self, values: list[Any]) -> Any:
        """Returns one of several values."""
        return self._random.choice(values)

    def boolean(self) -> bool:
        return self._random.random() < 0.5

    def count(self, least: int, most: int | None) -> int:
        """Returns how many items a list gets."""
        least = max(least, 1)
        return self._random.randint(least, max(least, _MOST_ITEMS if most is None else min(most, _MOST_ITEMS)))

    def text(self, schema: dict[str, Any]) -> str:
        """Returns a text of a schema's format and length."""
        made = self._of_format(str(schema.get("format")))
        if made is not None:
            return made
        least, most = _bound(schema.get("minLength")), _bound(schema.get("maxLength"))
        text = " ".join(self._random.choices(_WORDS, k=2))
        while least is not None and len(text) < min(least, _LONGEST):
            text += f" {self._random.choice(_WORDS)}"
        return text if most is None else text[: int(max(most, least or 0, 0))]

    def _of_format(self, name: str) -> str | None:
        word = self._random.choice(_WORDS)
        moment = _FIRST + timedelta(minutes=self._random.randrange(_MINUTES))
        made = {
            "date-time": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "date-no-tz": moment.strftime("%Y-%m-%dT%H:%M:%S"),
            "date": moment.strftime("%Y-%m-%d"),
            "uuid": str(UUID(int=self._random.getrandbits(128), version=4)),
            "uri": f"https://contoso.example/{word}",
            "email": f"{word}@contoso.example",
            "byte": base64.b64encode(word.encode()).decode("ascii"),
            "html": f"<p>{word}</p>",
        }
        return made.get(name)

    def number(self, schema: dict[str, Any], *, whole: bool) -> int | float:
        """Returns a number between the bounds of a schema."""
        low, high = _bound(schema.get("minimum")), _bound(schema.get("maximum"))
        strict_low, strict_high = schema.get("exclusiveMinimum") is True, schema.get("exclusiveMaximum") is True
        if low is None:
            low, strict_low = (1 if high is None else high - _SPAN), False
        if high is None:
            high, strict_high = low + _SPAN, False
        step = _bound(schema.get("multipleOf"))
        if step is not None and step > 0:
            first = -int(-(low + (step if strict_low else 0)) // step)
            last = int((high - (step if strict_high else 0)) // step)
            made = self._random.randint(first, max(first, last)) * step
            return int(made) if whole else made
        if whole:
            first = -int(-low // 1) + (1 if strict_low and low == int(low) else 0)
            last = int(high // 1) - (1 if strict_high and high == int(high) else 0)
            return self._random.randint(first, max(first, last))
        return low + (high - low) * self._random.choice((0.25, 0.5, 0.75))


def _bound(value: Any) -> int | float | None:
    """Returns a bound of a schema; None for what isn't a number, or so large that arithmetic fails."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return value if is_number and abs(value) < 2**63 else None
