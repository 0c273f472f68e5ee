"""Checks a package: one walk, many rules, each yielding pointers and messages. Knows no files, lines or YAML."""

from collections.abc import Iterator
from functools import cache
from types import MappingProxyType

from connector_builder.findings import Rule
from connector_builder.package.model import DEFINITION, FILES, PROPERTIES, SETTINGS, Package
from connector_builder.rules.consequences import without_consequences
from connector_builder.rules.context import Context
from connector_builder.rules.hit import Hit
from connector_builder.rules.registry import CHECKS, SHAPES
from connector_builder.rules.walk import Plans, Walk

__all__ = ["NAMES", "RULES", "Hit", "check"]

NAMES = MappingProxyType({check.rule.name: check.rule for check in CHECKS[::-1]})
"""The rules by name. A rule precedes its milder cases, so its own severity counts."""

RULES: tuple[Rule, ...] = tuple(NAMES[name] for name in dict.fromkeys(check.rule.name for check in CHECKS))
"""Every rule for packages, in order."""

_ROOTS = {DEFINITION: "any document", PROPERTIES: "properties file", SETTINGS: "any settings"}


def check(package: Package, *, certification: bool = False, consequences: bool = False) -> Iterator[Hit]:
    """Yields the hits in a package, document by document, each in its order. The documents may be any JSON.

    Only with `certification` it runs the rules that ask of a submission what others needn't have. With `consequences` it
    also yields what only follows from another hit.

    The hits about files come last, sorted by the files' names; their document is FILES.
    """
    context = Context(package)
    hits: list[Hit] = []
    for name, data in package.documents.items():
        hits += Walk(_plans(certification), name, context).over(data, _ROOTS[name])
    hits += Walk(_plans(certification), FILES, context).over(package.files, "package")
    yield from hits if consequences else without_consequences(hits)


@cache
def _plans(certification: bool) -> Plans:
    return Plans([one for one in CHECKS if certification or not one.rule.only_certification], SHAPES)
