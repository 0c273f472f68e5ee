"""Puts connectors together into one solution: one name, one publisher, one version, and the variables of all."""

from collections.abc import Callable, Sequence
from typing import Any

from connector_builder.app.pack.built import BuiltConnector
from connector_builder.app.shared.misuse import Misuse
from connector_builder.language.derived import variable_title
from connector_builder.platform.solutions.environment_variables import SECRET, variables_in
from connector_builder.platform.solutions.names import NEW, UNIQUE_NAME, Identity, Publisher
from connector_builder.render.solution.model import Connector, Solution


def solution_of(built: Sequence[BuiltConnector], *, name: str | None, managed: bool) -> tuple[Solution, list[str]]:
    """Returns the solution with these connectors, and notes for people. `name` is its unique name, None for that of the specs.

    Raises Misuse for connectors that contradict each other, or have the same name or id.
    """
    if name is not None and not UNIQUE_NAME.fullmatch(name):
        raise Misuse(f"'{name}' can't name a solution", "write letters, digits and '_'")
    connectors = tuple(sorted((one.connector() for one in built), key=lambda one: one.identity.row))
    _refuse_same(built)
    variables, notes = _variables(built, connectors)
    identity = _identity(built, name)
    solution = Solution(identity, connectors, variables, managed)
    if identity.publisher.prefix == NEW:
        notes.append("the publisher isn't known: write connector.publisher, or connector.solution.publisher")
    return solution, notes


def _identity(built: Sequence[BuiltConnector], name: str | None) -> Identity:
    """Returns the names of the solution: each as a spec says it, else as it is derived from every connector."""
    first = built[0].identity
    unique = name or _one(built, "name", lambda one: one.name, "name it: --name NAME")
    alone = len(built) == 1
    title = first.title if alone else _said(built, "title", lambda one: one.title) or unique
    version = _said(built, "version", lambda one: one.version) or max(
        (one.identity.version for one in built), key=lambda version: [int(part) for part in version.split(".")]
    )
    publisher: Publisher = _one(
        built,
        "publisher",
        lambda one: one.publisher,
        "write connector.solution.publisher in one of the specs",
        "prefix",
    )
    described = first.description if alone else _said(built, "description", lambda one: one.description) or ""
    return Identity(unique, title, described, version, publisher, first.row, first.id)


def _said(built: Sequence[BuiltConnector], key: str, value: Callable[[Identity], Any], *further: str) -> Any:
    """Returns what the specs say at a key of `connector.solution`, None if none says anything. Raises Misuse if two differ."""
    said = [one for one in built if any(name in one.given for name in (key, *further))]
    for one in said:
        if value(one.identity) != value(said[0].identity):
            message = f"'{said[0].target}' and '{one.target}' differ in '{key}' of 'connector.solution'"
            raise Misuse(message, "a solution has one: write the same in both, or in one of them")
    return value(said[0].identity) if said else None


def _one(built: Sequence[BuiltConnector], key: str, value: Callable[[Identity], Any], cure: str, *further: str) -> Any:
    """Returns what the specs say, or what is derived from all alike. Raises Misuse if they differ."""
    said = _said(built, key, value, *further)
    if said is not None:
        return said
    derived = {value(one.identity) for one in built}
    if len(derived) > 1:
        raise Misuse(f"nothing says the {key} of the solution with {len(built)} connectors", cure)
    return derived.pop()


def _refuse_same(built: Sequence[BuiltConnector]) -> None:
    """Raises Misuse for two connectors with one name or id, also in another case: their files would be the same."""
    taken: dict[str, BuiltConnector] = {}
    for one in built:
        for what in (one.identity.row.lower(), one.identity.id):
            other = taken.setdefault(what, one)
            if other is not one:
                message = f"'{other.target}' and '{one.target}' are both '{what}' in the solution"
                raise Misuse(message, "write connector.solution.connectorName and connectorId in one of them")


def _variables(
    built: Sequence[BuiltConnector], connectors: Sequence[Connector]
) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """Returns the definitions of the variables that connectors use, sorted, and notes about them."""
    defined: dict[str, tuple[BuiltConnector, dict[str, Any]]] = {}
    for one in built:
        for name, variable in one.package.environment_variables.items():
            other, known = defined.setdefault(name, (one, variable))
            if known != variable:
                message = f"'{other.target}' and '{one.target}' define the environment variable '{name}' differently"
                raise Misuse(message, "define it in one of them")
    used = sorted({name for one in connectors for name in variables_in([one.definition, one.properties])})
    notes = [
        f"the environment variable '{name}' has no definition in 'environmentVariables': it is a text without a default"
        for name in used
        if name not in defined
    ]
    plain = {name: {"type": "string", "title": variable_title(name)} for name in used}
    variables = {name: defined[name][1] if name in defined else plain[name] for name in used}
    for name, variable in variables.items():
        if variable["type"] == SECRET:
            notes.append(
                f"the secret of '{name}' stays in Azure Key Vault: give Dataverse and the makers the role "
                "'Key Vault Secrets User' there"
            )
    return _without_clashes(variables), notes


def _without_clashes(variables: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Returns variables unchanged. Raises Misuse for two names that differ in case alone: they'd be one folder."""
    by_lower: dict[str, str] = {}
    for name in variables:
        other = by_lower.setdefault(name.lower(), name)
        if other != name:
            raise Misuse(f"the environment variables '{other}' and '{name}' differ in case alone", "use one name")
    return variables
