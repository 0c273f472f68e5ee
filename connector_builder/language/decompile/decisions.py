"""What one import has decided for the whole connector, and every part of it follows."""

from dataclasses import dataclass, field
from typing import Any

from connector_builder.language.compile.context import Defaults
from connector_builder.language.compile.labels import label

Entries = dict[str, Any]
CONTAINERS = ("object", "array")
"""The types of what holds other fields."""


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

    def field_labels(self, name: str, schema: Entries, *, internal: bool) -> dict[str, str]:
        """The labels that are derived for a field, by their Swagger keys."""
        labelled = self.defaults.containers or schema.get("type") not in CONTAINERS
        derived = labelled and not internal and self.defaults.label != "none"
        text = label(name, self.defaults.label_case) if derived else None
        if text is None:
            return {}
        keys = {"summary": ("x-ms-summary",), "title": ("title",), "both": ("x-ms-summary", "title")}
        return dict.fromkeys(keys[self.defaults.label], text)

    def parameter_label(self, name: str, *, internal: bool) -> dict[str, str]:
        """The label that is derived for a parameter."""
        derived = self.defaults.parameter_label == "summary" and not internal
        text = label(name, self.defaults.label_case) if derived else None
        return {} if text is None else {"x-ms-summary": text}
