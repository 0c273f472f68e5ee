"""The decisions of one import for the whole connector, which every part of it follows."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from connector_builder.language.compile.context import Defaults
from connector_builder.language.tagging import PathTags

Entries = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sampled:
    """A sample that a schema was inferred from, and its file if the spec doesn't contain it."""

    value: dict[str, Any] | list[Any]
    file: str


class Seen(NamedTuple):
    """A field that was written: its name, its schema, and its keys besides texts and type; None if it contains others."""

    name: str
    schema: Entries
    keys: Entries | None


@dataclass(slots=True)
class Style:
    """The defaults, the names of the connector's schemas, and the parts that the top level contains once for many.

    `repeated` has the name of an inline schema by the identity of each schema that it replaces, `inline` one of those
    schemas by name.

    `fields` and `parameters` are the top level's templates by name. `headers` are the headers that every request has,
    by name: each as it is written, with its description.

    `callbacks` are the fields that receive the address of a webhook, by their identity. `seen` are all fields that were
    written; they show what fields have in common. With `plain`, only forms without derived parts are used.

    `responses` is `defaults.responses` by status. `common` are the statuses that every operation has besides its own.
    `operation` is the rest of `defaults.operation`. `alike` contains the parts of `defaults.responses` besides
    descriptions, in Swagger. `samples` are the samples that a source inferred schemas from, by the identity of each
    schema. `calls` are the keys of `dynamicValues` and `dynamicSchema` that the top level has, by key and operation.
    `enums` and `trees` are the names of the top level's enums and trees, by their forms as text. `path_tags` are the tags in `operation` if they depend on the path.
    `shared` are the keys of Swagger's shared parameters, by their identity, their place and `plain`: any number of operations may use one.
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
    seen: list[Seen] = field(default_factory=list)
    calls: dict[tuple[str, Any], Entries] = field(default_factory=dict)
    enums: dict[str, str] = field(default_factory=dict)
    trees: dict[str, str] = field(default_factory=dict)
    path_tags: PathTags | None = None
    shared: dict[tuple[int, str, bool], Entries] = field(default_factory=dict)
    plain: bool = False
