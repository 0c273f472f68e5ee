"""The state of an import: its inputs, the length of the form of each part, and the resulting spec."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from connector_builder.findings import Pointer
from connector_builder.language.decompile.decisions import Entries
from connector_builder.language.decompile.operations.parameters import Around

NORMAL, LONG, PLAIN = 0, 1, 2
Part = tuple[str, ...]
"""A part that gets a longer form as a whole: an operation, a schema, a shared parameter or response."""


@dataclass(slots=True)
class Draft:
    """A spec in the making. `script` and `icon` say that these files exist, `settings` is settings.json.

    `without_icon` says that the connector has none. `solution` and `environment_variables` are those of the package.

    `levels` contains the parts that have a longer form than the shortest, `plain` the parts that are plain Swagger.
    `polling` says that triggers express their own polling policies. `defaults` is the spec's `defaults`, `named` its tables of enums and
    trees. `sampled`
    contains samples by the pointer to the schema that was inferred from each.
    """

    definition: Entries
    properties: Entries | None
    script: bool = False
    icon: bool = False
    settings: Entries = field(default_factory=dict)
    levels: dict[Part, int] = field(default_factory=dict)
    plain: list[str] = field(default_factory=list)
    polling: bool = True
    defaults: Entries = field(default_factory=dict)
    named: dict[str, Entries] = field(default_factory=dict)
    sampled: Mapping[Pointer, Any] = field(default_factory=dict)
    without_icon: bool = False
    solution: Entries = field(default_factory=dict)
    environment_variables: dict[str, Entries] = field(default_factory=dict)

    def level(self, part: Part) -> int:
        """Returns the length of the form of a part."""
        return self.levels.get(part, NORMAL)


@dataclass(slots=True)
class Spec:
    """The tree of a spec without its `order`, and the data for the order and the files.

    `actions` and `triggers` are the names of the operations, `paths` and `tags` belong to these names. `wanted` are all
    paths in the package's order, `samples` the sample files.
    """

    tree: Entries
    actions: list[str]
    triggers: list[str]
    paths: dict[str, str]
    tags: dict[str, str]
    wanted: list[str]
    samples: dict[str, bytes] = field(default_factory=dict)


@dataclass(slots=True)
class Operation:
    """An operation of the package, with a unique name, and the parts around it."""

    name: str
    path: str
    verb: str
    swagger: Entries
    around: Around
