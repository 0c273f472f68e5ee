"""What one import has decided for the whole connector, and every part of it follows."""

from dataclasses import dataclass, field
from typing import Any

from connector_builder.language.compile.context import Defaults

Entries = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sampled:
    """A sample that a schema was inferred from, and the file that it is in where the spec doesn't hold it itself."""

    value: dict[str, Any] | list[Any]
    file: str


@dataclass(slots=True)
class Style:
    """The defaults, the names that the connector's schemas have, and what stands once at the top level.

    `repeated` gives the name of an inline schema by the identity of each schema that it stands for, `inline` one
    of them by name.
    `fields` and `parameters` are the top level's templates by name, `headers` those that every request has, by name: as they are
    written, and what is said of them. `callbacks` are the fields that receive the address of
    a webhook, by their identity; `seen` are all fields that were written, which tells what they have in common. With `plain` only forms are used in which nothing is derived.
    `responses` is what `defaults.responses` says by status, `common` the statuses that every operation has beside its own,
    `operation` what else `defaults.operation` says, `alike` what `defaults.responses` says beside descriptions, in Swagger.
    `samples` are what a source inferred schemas from, by the identity of each schema.
    """

    defaults: Defaults = field(default_factory=Defaults)
    schemas: frozenset[str] = frozenset()
    responses: Entries = field(default_factory=dict)
    shared_responses: frozenset[str] = frozenset()
    common: list[str] = field(default_factory=list)
    operation: Entries = field(default_factory=dict)
    alike: dict[str, Entries] = field(default_factory=dict)
    repeated: dict[int, str] = field(default_factory=dict)
    inline: dict[str, Entries] = field(default_factory=dict)
    fields: dict[str, Entries] = field(default_factory=dict)
    parameters: dict[str, Entries] = field(default_factory=dict)
    headers: dict[str, tuple[str, Any]] = field(default_factory=dict)
    samples: dict[int, Sampled] = field(default_factory=dict)
    callbacks: dict[int, Entries] = field(default_factory=dict)
    seen: list[tuple[str, Entries]] = field(default_factory=list)
    plain: bool = False
