"""Shows connectors as people see them."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from connector_builder.app.shared.misuse import Misuse
from connector_builder.app.shared.read import read
from connector_builder.app.shared.targets import Target
from connector_builder.app.shared.variables import refuse_unused
from connector_builder.findings import Finding, Severity
from connector_builder.findings.diagnostic import Locator
from connector_builder.language import Variables
from connector_builder.package.secrets import spared
from connector_builder.platform.view.build import view_of
from connector_builder.platform.view.model import as_json
from connector_builder.secrets import mask_all
from connector_builder.source.suggest import suggest

MAX_NAMES = 1_000


class Seen(NamedTuple):
    """A connector as people see it, as plain data without secrets; None if it can't be read. `errors` are why.

    `variables` are those that the spec uses; None if that isn't known.
    """

    target: Target
    view: dict[str, Any] | None
    errors: tuple[Finding, ...]
    variables: frozenset[str] | None


def views(targets: Sequence[Target], variables: Variables, locator: Locator, *, only: str = "") -> list[Seen]:
    """Returns what people see of each target; with `only`, just the operation with this id.

    Raises Misuse if no target has that operation, and for a variable that none of them uses.
    """
    seen = [_seen(target, variables, locator, only) for target in targets]
    refuse_unused(variables, [one.variables for one in seen], all_specs=False)
    if only and not any(_operations(one) for one in seen):
        names = islice((name for target in targets for name in _names(target, variables)), MAX_NAMES)
        raise Misuse(f"there is no operation '{only}'", suggest(only, names) or "'view' without --operation shows all")
    return seen


def _seen(target: Target, variables: Variables, locator: Locator, only: str) -> Seen:
    reading = read(target, variables)
    errors = tuple(one for one in reading.findings if one.rule.severity is Severity.ERROR)
    package = reading.package
    if package is None:
        return Seen(target, None, errors, reading.variables)
    package = spared(package)
    view = as_json(view_of(package.definition, package.properties, only=only))
    return Seen(target, mask_all({"source": locator.name(target.path), **view}), errors, reading.variables)


def _operations(seen: Seen) -> list[Any]:
    return [] if seen.view is None else [*seen.view["operations"], *seen.view["hidden"]]


def _names(target: Target, variables: Variables) -> Iterator[str]:
    package = read(target, variables).package
    if package is not None:
        view = view_of(package.definition)
        yield from (one.id for one in (*view.operations, *view.hidden))
