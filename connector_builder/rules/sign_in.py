"""Finds what apiProperties.json says about connections: their parameters, and who uses each."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from connector_builder.findings import Pointer
from connector_builder.package.model import PROPERTIES
from connector_builder.patterns import regex
from connector_builder.platform.api_properties import INDEPENDENT, INDEPENDENT_COLOR, OAUTH, TYPED_IN
from connector_builder.platform.auth.kinds import OF_TOKEN
from connector_builder.platform.data.plain import items, mapping, text
from connector_builder.rules.context import Context, once

MAX_TEXTS = 20_000
"""The most parts of policies that are searched for expressions."""
_NAMED = regex(r"@\{?\w{1,40}\(\s*'([^']*)'")
"""Whatever the function is called: a misspelt one says what is meant."""


class OAuth(NamedTuple):
    """The settings of a sign-in by OAuth, with their place in apiProperties.json."""

    pointer: Pointer
    settings: dict[str, Any]

    @property
    def provider(self) -> str:
        """Returns the identity provider in small letters."""
        return text(self.settings.get("identityProvider")).lower()

    @property
    def custom(self) -> dict[str, tuple[str, str]]:
        """Returns the custom parameters with a text, by name in small letters: the name as written, and the text."""
        return {
            name.lower(): (name, value)
            for name, one in mapping(self.settings.get("customParameters")).items()
            if isinstance(value := mapping(one).get("value"), str)
        }

    def at(self, name: str) -> Pointer:
        """Returns the place of a custom parameter's value."""
        return (*self.pointer, "customParameters", name, "value")


def properties(context: Context) -> dict[str, Any]:
    """Returns the content of `properties`; nothing if there is no apiProperties.json."""
    return mapping(mapping(context.package.properties).get("properties"))


@once
def tables(context: Context) -> list[tuple[Pointer, dict[str, Any]]]:
    """The tables of connection parameters with their places: the connector's own, and those of each set."""
    inner = properties(context)
    found: list[tuple[Pointer, dict[str, Any]]] = [
        (("properties", "connectionParameters"), mapping(inner.get("connectionParameters")))
    ]
    sets = items(mapping(inner.get("connectionParameterSets")).get("values"))
    for index, one in enumerate(sets):
        pointer = ("properties", "connectionParameterSets", "values", index, "parameters")
        found.append((pointer, mapping(mapping(one).get("parameters"))))
    return found


@once
def parameters(context: Context) -> dict[str, dict[str, Any]]:
    """The connection parameters by name, those of sets among them; of two with one name the first."""
    found: dict[str, dict[str, Any]] = {}
    for _, table in tables(context):
        for name, one in table.items():
            found.setdefault(name, mapping(one))
    return found


@once
def sign_ins(context: Context) -> list[OAuth]:
    """The settings of every sign-in by OAuth."""
    return [
        OAuth((*pointer, name, "oAuthSettings"), one["oAuthSettings"])
        for pointer, table in tables(context)
        for name, one in table.items()
        if mapping(one).get("type") == OAUTH and isinstance(mapping(one).get("oAuthSettings"), dict)
    ]


@once
def own_places(context: Context) -> list[str]:
    """The names that templates of a sign-in may use: those of parameters `token:…`, without `token:`."""
    return [name.removeprefix(OF_TOKEN) for name in parameters(context) if name.startswith(OF_TOKEN)]


@once
def named_in_policies(context: Context) -> frozenset[str]:
    """The connection parameters that policies name, in small letters."""
    policies = properties(context).get("policyTemplateInstances")
    return frozenset(name.lower() for one in texts_in(policies) for name in _NAMED.findall(one))


def texts_in(value: Any) -> Iterator[str]:
    """Yields the texts in a value, the first twenty thousand parts of it."""
    waiting, seen = [value], 0
    while waiting and seen < MAX_TEXTS:
        part, seen = waiting.pop(), seen + 1
        if isinstance(part, str):
            yield part
        elif isinstance(part, dict):
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part


def types_in(table: dict[str, Any]) -> set[str]:
    """Returns the types of a table's parameters."""
    return {text(mapping(one).get("type")) for one in table.values()}


@once
def typed_in(context: Context) -> list[str]:
    """The names of the parameters that people type in, but not those of a sign-in by OAuth."""
    return [name for name, one in parameters(context).items() if text(one.get("type")) in TYPED_IN and ":" not in name]


def is_independent(context: Context) -> bool:
    """Checks whether a connector is an independent publisher's: its title says so, or its colour."""
    info = mapping(mapping(context.package.definition).get("info"))
    return text(info.get("title")).endswith(INDEPENDENT) or brand_color(context) == INDEPENDENT_COLOR


def brand_color(context: Context) -> str:
    """Returns the brand colour in small letters; empty if there is none."""
    return text(properties(context).get("iconBrandColor")).lower()


def has_properties(context: Context) -> bool:
    """Checks whether there is a readable apiProperties.json: without one, nothing is known to be missing from it."""
    return isinstance(mapping(context.package.properties).get("properties"), dict) and PROPERTIES in (
        context.package.documents
    )
