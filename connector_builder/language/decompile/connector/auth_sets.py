"""Finds several ways to sign in: `auth.sets`, with the nearest draft for each set."""

from collections.abc import Collection, Iterator
from typing import Any

from connector_builder.language.decompile.connector.auth_drafts import drafts, with_password
from connector_builder.language.decompile.connector.connection import PLAIN, entry
from connector_builder.language.decompile.connector.oauth_drafts import Choices
from connector_builder.language.decompile.connector.source import Source, mappings
from connector_builder.language.decompile.connector.trial import ABSENT, Draft, made_by, shortest
from connector_builder.language.decompile.difference import IMPOSSIBLE, distance, size
from connector_builder.platform.auth.kinds import PASSWORD, USERNAME
from connector_builder.platform.data.plain import mapping

_MOST = 20
"""The most ways to sign in that get friendly forms. Nobody chooses from more; they keep the platform's own words."""

_MOST_LINES = 1_000
"""The most lines of all of them: each is compiled for every way to write each of its keys. Those that people write have a tenth of that."""


def sets_draft(source: Source) -> Draft | None:
    """Returns an `auth` with the package's sets; None if it has no sets that the language can express."""
    given = mapping((source.properties or {}).get("connectionParameterSets"))
    values = given.get("values")
    if not isinstance(values, list) or not 0 < len(values) <= _MOST or not all(isinstance(one, dict) for one in values):
        return None
    if size(values) > _MOST_LINES:
        return None
    ui = mapping(given.get("uiDefinition"))
    listed: list[Draft] = []
    for one in values:
        listed.append(_set(one, source, made_by({"auth": {"sets": listed}}).definitions))
    return {"title": ui.get("displayName"), "description": ui.get("description"), "sets": listed}


def _set(wanted: Draft, source: Source, before: Collection[str]) -> Draft:
    """Returns the shortest draft of one set.

    `before` are the security definitions of the sets before it, which stay unchanged.
    """
    own = Source(source.definition, {"connectionParameters": wanted.get("parameters")})
    ui = mapping(wanted.get("uiDefinition"))
    shown: Choices = {
        "name": [wanted.get("name")],
        "title": [ABSENT, ui.get("displayName")],
        "description": [ABSENT, ui.get("description")],
        "allowSharing": [ABSENT, mapping(wanted.get("metadata")).get("allowSharing")],
    }

    def left(draft: Draft) -> int:
        if "type" not in draft:
            return IMPOSSIBLE
        made = made_by({"auth": {"sets": [draft]}})
        values = (made.sets or {}).get("values") or [{}]
        first = _without_schemas(values[0], wanted)
        new = {name: one for name, one in made.definitions.items() if name not in before}
        wrong = sum(distance(one, mapping(source.definitions.get(name))) for name, one in new.items())
        return PLAIN * (distance(first, wanted) + wrong)

    further = {"connection": [ABSENT, lambda draft: _connection(draft, own)]}
    possible = [{"type": ["none"]}, *drafts(own), *_without_definition(own)]
    found = [shortest({**shown, **choices, **further}, left) for choices in possible]
    return min(found, key=lambda draft: left(draft) + size(draft))


def _without_definition(own: Source) -> Iterator[Choices]:
    """Yields `basic` for a set with its two parameters: of several ways to sign in, Swagger often defines only one."""
    if {USERNAME, PASSWORD} <= own.parameters.keys():
        yield with_password("basic", mappings(own.parameters), definition=[None])


def _connection(draft: Draft, own: Source) -> dict[str, Any]:
    """Returns the parameters of a set that its authentication doesn't make."""
    made = made_by({"auth": {key: part for key, part in draft.items() if key != "connection"}}).parameters
    return {name: entry(name, one).said for name, one in mappings(own.parameters).items() if name not in made}


def _without_schemas(made: Draft, wanted: Draft) -> Draft:
    """Returns a set without each `schema` that the compiler adds to a text and the package lacks.

    Otherwise a description would be cheaper in the platform's own words, where its reader doesn't look for it.
    """
    given, parameters = mapping(made.get("parameters")), mapping(wanted.get("parameters"))
    left = dict(given)
    for name, one in mappings(given).items():
        ui = mapping(one.get("uiDefinition"))
        if "schema" in ui and "schema" not in mapping(mapping(parameters.get(name)).get("uiDefinition")):
            left[name] = {**one, "uiDefinition": {key: part for key, part in ui.items() if key != "schema"}}
    return {**made, "parameters": left} if "parameters" in made else made
