"""Decides whether to send a request again, and when."""

from collections.abc import Mapping
from email.utils import parsedate_to_datetime

ATTEMPTS = 5
"""The most times that a request is sent."""
PATIENCE = 120.0
"""The most seconds to wait for a service that says when it will be ready."""
BUSY = 429
"""The service did nothing yet, so that even what must not happen twice may be sent again."""
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses that may go away: those that Microsoft's Terraform provider for Power Platform sends again."""


def is_passing(status: int, *, may_repeat: bool) -> bool:
    """Checks whether a request with this status may be sent again."""
    return status in PASSING if may_repeat else status == BUSY


def pause(attempt: int, headers: Mapping[str, str]) -> float:
    """Returns the seconds to wait after an attempt, counted from 0: what the service says, else 1, 2, 4, 8."""
    said = _seconds(headers)
    return float(2**attempt) if said is None else said


def _seconds(headers: Mapping[str, str]) -> float | None:
    """Returns the seconds of Retry-After, which is a number or a date. The service's own clock is in its header Date."""
    after = headers.get("retry-after", "").strip()
    if after.isascii() and after.isdigit():
        return float(after)
    try:
        until, now = parsedate_to_datetime(after), parsedate_to_datetime(headers.get("date", ""))
        return max(0.0, (until - now).total_seconds())
    except (ValueError, TypeError):
        return None
