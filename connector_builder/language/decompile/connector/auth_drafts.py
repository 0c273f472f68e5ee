"""Lists the possible meanings of a package for each kind of authentication, with the alternatives of every key."""

from collections.abc import Iterator
from typing import Any

from connector_builder.language.decompile.connector.connection import described
from connector_builder.language.decompile.connector.oauth_drafts import MOST, Choices, definition_options, oauth_drafts
from connector_builder.language.decompile.connector.source import Source, mappings
from connector_builder.language.decompile.connector.trial import ABSENT, Draft, made_by
from connector_builder.platform.auth.kinds import AUTH_TYPE, PASSWORD, USERNAME
from connector_builder.platform.data.plain import mapping


def drafts(source: Source) -> Iterator[Choices]:
    """Yields all possible meanings of a package, except that it has no authentication."""
    definitions = list(mappings(source.definitions).items())[:MOST]
    parameters = mappings(source.parameters)
    for name, definition in definitions:
        if definition.get("type") == "apiKey":
            yield from _api_key(name, definition, parameters, source)
        elif definition.get("type") == "basic":
            yield with_password("basic", parameters, definition=definition_options(name, definition))
    if not definitions:
        yield with_password("basic", parameters, definition=[None])
    if AUTH_TYPE in parameters:
        yield with_password("windows", parameters)
    host = source.definition.get("host")
    yield from oauth_drafts(definitions, parameters, bare=source.properties is None, host=host)


def _api_key(name: str, definition: Draft, parameters: dict[str, Draft], source: Source) -> Iterator[Choices]:
    place = definition.get("in")
    if place not in ("header", "query"):
        return
    base: Choices = {"type": ["apiKey"], place: [definition.get("name")]}
    named = {"definition": definition_options(name, definition)}
    for key in list(parameters)[:MOST]:
        said = {"name": key, **described(parameters[key], _customary(base, "parameter"))}
        yield {**base, "scheme": [ABSENT, *_schemes(source)], "parameter": [ABSENT, said], **named}
    yield {**base, "parameter": [ABSENT if source.properties is None else None], **named}


def _schemes(source: Source) -> Iterator[str]:
    """Yields the word before the key if the first policy sets a header or a query parameter to a word and a key."""
    first = mapping(source.policies[0]) if source.policies else {}
    for value in mapping(first.get("parameters")).values():
        if isinstance(value, str) and " @connectionParameters(" in value:
            yield value.partition(" @connectionParameters(")[0]


def with_password(kind: str, parameters: dict[str, Draft], **further: list[Any]) -> Choices:
    """Returns the alternatives of a sign-in with a user name and a password."""
    out: Choices = {"type": [kind]}
    for key in (USERNAME, PASSWORD):
        found = parameters.get(key)
        customary = _customary({"type": [kind]}, key)
        out[key] = [ABSENT, None if found is None else described(found, customary)]
    return {**out, **further}


def _customary(base: Choices, key: str) -> dict[str, Any]:
    """Returns the compiler's default for a parameter."""
    made = made_by({"auth": {word: options[-1] for word, options in base.items()}}).parameters
    return made.get(key) or next(iter(made.values()), {})
