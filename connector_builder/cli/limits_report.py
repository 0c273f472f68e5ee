"""The lines in which `validate --limits` shows how much of the platform's limits each connector uses."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from connector_builder.report import Outcome
from connector_builder.report.escape import terminal

if TYPE_CHECKING:
    from connector_builder.checks.nearness import Measure


def limit_lines(targets: Sequence[Outcome], limits: Sequence[Sequence["Measure"]]) -> Iterator[str]:
    """Yields a heading for each target, and a line for each limit, such as `   12 of     256    5 %  operations of a connector`."""
    for target, measures in zip(targets, limits, strict=True):
        if measures:
            yield f"limits of {terminal(target.name)}:"
        for one in measures:
            yield f"{one.used:>11,} of {one.limit.most:>9,} {one.percent:>4} %  {one.limit.what}"


def limits_for_programs(targets: Sequence[Outcome], limits: Sequence[Sequence["Measure"]]) -> list[dict[str, Any]]:
    """Returns the same for programs."""
    return [
        {
            "target": target.name,
            "limits": [
                {"what": one.limit.what, "used": one.used, "most": one.limit.most, "source": one.limit.source}
                for one in measures
            ],
        }
        for target, measures in zip(targets, limits, strict=True)
    ]
