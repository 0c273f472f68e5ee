"""Rates, as people write them: `5/s`, `100/m`, `1000/h`."""

from typing import NamedTuple

from connector_builder.app.shared.misuse import Misuse

_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600}
_FASTEST = 10_000


class Rate(NamedTuple):
    """So many in so many seconds."""

    number: float
    seconds: int

    @property
    def per_second(self) -> float:
        return self.number / self.seconds


def rate_of(text: str) -> Rate:
    """Returns the rate of `5`, `5/s`, `100/m` or `1000/h`. Raises Misuse."""
    number, _, unit = text.partition("/")
    seconds = _SECONDS.get(unit.strip())
    try:
        rate = Rate(float(number), seconds or 0)
        if 0 < rate.per_second < _FASTEST:
            return rate
    except (ValueError, ZeroDivisionError):
        pass
    raise Misuse(f"'--rate {text}' isn't a rate", "write it like 5/s or 100/m")
