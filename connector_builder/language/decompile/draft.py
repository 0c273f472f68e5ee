"""A spec in the making: what it is made of, how long a form each part takes, and what comes out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from connector_builder.findings import Pointer
from connector_builder.language.decompile.decisions import Entries
from connector_builder.language.decompile.parameters import Around

NORMAL, LONG, PLAIN = 0, 1, 2
Part = tuple[str, ...]
"""What falls back to a longer form as a whole: an operation, a schema, a shared parameter or response."""


@dataclass(slots=True)
class Draft:
    """A spec in the making. `script` and `icon` say that there are such files, `settings` is settings.json.

    `levels` says which parts take a longer form than the shortest, `plain` which are plain Swagger.
    `polling` says that triggers say the policies by which they poll. `defaults` is what stands there.
    `sampled` leads from schemas of the definition to the samples that they were inferred from.
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
    sampled: Mapping[Pointer, Any] = field(default_factory=dict)

    def level(self, part: Part) -> int:
        """How long the form of a part is."""
        return self.levels.get(part, NORMAL)


@dataclass(slots=True)
class Spec:
    """The tree of a spec without its `order`, the names of its operations, their paths and tags, all paths as wanted, and its sample files."""

    tree: Entries
    actions: list[str]
    triggers: list[str]
    paths: dict[str, str]
    tags: dict[str, str]
    wanted: list[str]
    samples: dict[str, bytes] = field(default_factory=dict)


@dataclass(slots=True)
class Operation:
    """An operation of the package, with a name that no other has, and what it stands in."""

    name: str
    path: str
    verb: str
    swagger: Entries
    around: Around
