"""What a deployment will do, and what it did."""

from collections.abc import Iterator
from typing import Any, NamedTuple, Protocol

from connector_builder.app.live.deployable import Deployable
from connector_builder.live.power_apps import Verdict


class Existing(NamedTuple):
    """A connector that is there. `operations` are by id, None if its definition can't be read."""

    id: str
    title: str
    operations: dict[str, Any] | None


class Plan(NamedTuple):
    """A connector to make or to change, and what becomes of its operations: `removed` ones break flows.

    `said` is what the service's own validator says of its definition, line by line; with `refused`, it refuses it.
    """

    one: Deployable
    existing: Existing | None
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    refused: bool = False


class Deployed(NamedTuple):
    """What a deployment did. `id` is the connector's id in Power Apps, `row` in Dataverse. `left` is what a person has to do."""

    plan: Plan
    id: str
    row: str = ""
    redirects: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


class Road(Protocol):
    """A way into an environment. All methods raise LiveError; `find` raises Misuse for two connectors of one name."""

    def find(self, one: Deployable) -> Existing | None:
        """Returns the connector that is there already: by its id, else by its name."""

    def verdict(self, one: Deployable) -> Verdict:
        """Asks the service's own validator; it has nothing to say where the service has none."""

    def put(self, plan: Plan) -> Deployed:
        """Makes or changes a connector."""


def plan_of(one: Deployable, road: Road) -> Plan:
    """Returns the plan for a connector. Raises Misuse and LiveError."""
    plan, verdict = _changes(one, road.find(one)), road.verdict(one)
    return plan._replace(said=verdict.said, refused=verdict.refuses)


def _changes(one: Deployable, existing: Existing | None) -> Plan:
    new = one.operations
    if existing is None or existing.operations is None:
        return Plan(one, existing, added=tuple(new) if existing is None else ())
    old = existing.operations
    return Plan(
        one,
        existing,
        tuple(name for name in old if name not in new),
        tuple(name for name in new if name not in old),
        tuple(name for name in new if name in old and old[name] != new[name]),
    )


def plan_lines(plan: Plan, where: str) -> Iterator[str]:
    """Yields lines for people: what breaks comes first, and what the service's validator warns of last."""
    yield from _change_lines(plan, where)
    if not plan.refused:  # else it is the error that ends the run
        yield from (f"  warning: Power Apps says: {line}" for line in plan.said)


def _change_lines(plan: Plan, where: str) -> Iterator[str]:
    existing = plan.existing
    if existing is None:
        yield f"{plan.one.title}: makes it in {where}, with {len(plan.added)} operation{'' if len(plan.added) == 1 else 's'}"
        return
    yield f"{plan.one.title}: changes {existing.id} in {where}"
    if existing.title and existing.title != plan.one.title:
        yield f"  keeps the name '{existing.title}', which is given once"
    yield from (f"  removes {name}: flows and apps that use it break" for name in plan.removed)
    yield from (f"  changes {name}" for name in plan.changed)
    yield from (f"  adds {name}" for name in plan.added)
    if existing.operations is None:
        yield "  what becomes of its operations is unknown: its definition can't be read"
    elif not (plan.removed or plan.changed or plan.added):
        yield "  its operations stay the same"


def plan_json(plan: Plan) -> dict[str, Any]:
    """Returns a plan as data."""
    return {
        "connector": plan.one.slug,
        "title": plan.one.title,
        "does": "create" if plan.existing is None else "update",
        "id": plan.existing.id if plan.existing else None,
        "removed": list(plan.removed),
        "changed": list(plan.changed),
        "service": {"says": list(plan.said), "refuses": plan.refused},
        "added": list(plan.added),
    }
