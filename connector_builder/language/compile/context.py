"""The state that the parts of the compiler share: the spec's tables, the defaults, the findings, the origins."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from connector_builder.cancellation import raise_if_cancelled
from connector_builder.findings import Finding, Fix, Place, Pointer, Related, Rule, Text
from connector_builder.language.compile.budget import Budget
from connector_builder.language.derived import Conventions
from connector_builder.language.mending import meant
from connector_builder.language.rules import SCHEMA_TOO_LARGE, SECRET_IN_SPEC
from connector_builder.language.tagging import PathTags
from connector_builder.package import Origins, Sample
from connector_builder.source.document import MAX_NODES
from connector_builder.source.folder import Folder
from connector_builder.source.node import Node
from connector_builder.source.suggest import Suggestions

if TYPE_CHECKING:
    from connector_builder.language.secrets import Locate

OPERATIONS = ("actions", "triggers")
"""The tables of operations."""

Entries = dict[str, Node]
"""The author's mapping, or several merged mappings, by key."""


MAX_LEVELS = 80
"""The deepest nesting of schemas. JSON is read to 200 levels, of which an object takes two."""
MAX_SCHEMAS = 50_000
"""The most schemas of a connector, repetitions by `inline` included. The largest published one has 60,000 parts."""


@dataclass(frozen=True, slots=True)
class AuthorSample:
    """A sample's value, and a function that finds its parts in the author's text; `node` is set for one in the spec."""

    value: Any
    locate: Callable[[Iterable[Pointer]], dict[Pointer, Place]]
    node: Node | None = None


@dataclass(slots=True)
class Defaults(Conventions):
    """The `defaults` of a spec: the conventions for derived parts, and the author's parts for many operations."""

    body_consumes: Node | None = None
    responses: Entries = field(default_factory=dict)
    operation: Entries = field(default_factory=dict)

    @classmethod
    def read(cls, entries: Entries) -> "Defaults":
        """Makes the defaults from the checked entries of `defaults`."""
        body = entries["body"].entries if "body" in entries else {}
        defaults = cls(
            label=value(entries, "label", "summary"),
            parameter_label=value(entries, "parameterLabel", "summary"),
            label_case=value(entries, "labelCase", "title"),
            summary_case=value(entries, "summaryCase", "sentence"),
            media_types=value(entries, "mediaTypes", "json"),
            description=value(entries, "description", "none"),
            parameter_description=value(entries, "parameterDescription", "none"),
            optional_absent=value(entries, "optional") == "absent",
            twins=value(entries, "twins", True),
            body_name=value(body, "name", "body"),
            body_required=body["required"].value if "required" in body else True,
            body_consumes=body.get("consumes"),
            containers=value(entries, "containerLabel") != "none",
            odata=value(entries, "odata", True),
            parameter_order=tuple(value(entries, "parameterOrder", ())),
            operation_description=value(entries, "operationDescription", "none"),
            responses=entries["responses"].entries if "responses" in entries else {},
            operation=entries["operation"].entries if "operation" in entries else {},
        )
        if "urlEncoding" in entries:
            defaults.url_encoding = entries["urlEncoding"].value
        return defaults


def value(entries: Entries, key: str, without: Any = None) -> Any:
    """Returns the value of a key; `without` if it is absent or null."""
    node = entries.get(key)
    return without if node is None or node.value is None else node.value


def is_given(entries: Entries, key: str) -> bool:
    """Checks whether the author wrote a key whose value is `true` or a mapping, even an empty one."""
    found = value(entries, key)
    return found is not None and found is not False


@dataclass(slots=True)
class Context:
    """The state of one compilation. `broken` contains, by table, the names of parts that the shape check left out.

    `parts` caches the parts that references can name, by table. `trees` contains the files of samples. `untemplated`
    contains the parameters without an entry at the top level, each with its place. `references` are the uses that are a
    reference to a shared parameter: its key, and the name, place and mark of the use. `sample_parts` is the number of parts
    that the remaining sample files in YAML may have. `labelled` and `shown` contain the
    identities of parts with a derived label, and of parts whose visibility is null.
    """

    folder: Folder
    root: Node
    broken: dict[str, set[str]]
    defaults: Defaults
    origins: Origins = field(default_factory=Origins)
    findings: list[Finding] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    trees: "list[tuple[Any, Locate]]" = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)
    labelled: set[int] = field(default_factory=set)
    shown: set[int] = field(default_factory=set)
    used_templates: set[str] = field(default_factory=set)
    unbraced: set[str] = field(default_factory=set)
    untemplated: dict[str, Node] = field(default_factory=dict)
    used_fields: set[str] = field(default_factory=set)
    used_enums: set[str] = field(default_factory=set)
    used_calls: set[tuple[str, str]] = field(default_factory=set)
    path_tags: PathTags | None = None
    inlining: list[str] = field(default_factory=list)
    suggestions: Suggestions = field(default_factory=Suggestions)
    budget: Budget = field(default_factory=Budget)
    schemas: int = 0
    levels: int = 0
    too_large: bool = False
    parts: dict[str, Entries] = field(default_factory=dict)
    shared_parameters: dict[str, Any] = field(default_factory=dict)
    references: set[tuple[str, str, str, bool]] = field(default_factory=set)
    sample_files: "dict[str, list[AuthorSample]]" = field(default_factory=dict)
    authored: dict[int, tuple[Any, Node]] = field(default_factory=dict)
    sample_parts: int = MAX_NODES
    in_samples: "list[tuple[AuthorSample, Pointer, Finding]]" = field(default_factory=list)
    sample_checks: "list[tuple[dict[str, Any], list[AuthorSample]]]" = field(default_factory=list)

    def table(self, name: str) -> Entries:
        """Returns a table of the top level, such as `schemas`, by its name."""
        node = self.root.entries.get(name)
        return node.entries if node is not None else {}

    def is_broken(self, table: str, name: str) -> bool:
        """Checks whether a table contains a name whose part was left out."""
        return name in self.broken.get(table, ())

    def is_left_out(self, operation: str) -> bool:
        """Checks whether an operation was left out. References to it then need no finding of their own."""
        return any(self.is_broken(table, operation) for table in OPERATIONS)

    def leave_out(self, operation: Node) -> None:
        """Notes that an operation can't be compiled, by its name and its id, since others may refer to either."""
        given = operation.entries.get("operationId")
        names = {operation.key, None if given is None else given.value}
        self.broken.setdefault(OPERATIONS[0], set()).update(name for name in names if isinstance(name, str))

    def read_bytes(self, node: Node, limit: int) -> bytes | Finding:
        """Reads the file that a text names, relative to the spec. Returns a finding if it can't be read."""
        return self.folder.read(node.value, limit, node.place)

    def left_out(self, written: Node) -> frozenset[str]:
        """Returns the names and ids of all operations that were left out.

        `written` is the spec before the shape check.
        """
        for node in (written.entries[table] for table in OPERATIONS if table in written.entries):
            for name in node.entries.keys() & self.broken.get(node.key or "", set()):
                self.leave_out(node.entries[name])
        return frozenset(name for table in OPERATIONS for name in self.broken.get(table, ()))

    @contextmanager
    def nested(self, node: Node, levels: int = 1) -> Iterator[bool]:
        """Enters a schema inside another one. Yields False, and reports it once, if the nesting is too deep."""
        raise_if_cancelled()
        self.schemas += 1
        self.levels += levels
        fits = self.levels <= MAX_LEVELS and self.schemas <= MAX_SCHEMAS
        if not fits and not self.too_large:
            self.too_large = True
            much = f"{MAX_LEVELS} levels of nesting" if self.levels > MAX_LEVELS else f"{MAX_SCHEMAS:,} schemas"
            self.report(SCHEMA_TOO_LARGE, node, f"more than {much}", help="give a part a schema of its own", key=True)
        yield fits
        self.levels -= levels

    def report(
        self,
        rule: Rule,
        node: Node,
        message: str,
        *,
        help: str | None = None,
        key: bool = False,
        first: Node | None = None,
        fix: Fix | None = None,
    ) -> None:
        """Adds a finding at a node, or at its key; `first` is the earlier use of a name.

        By default, the fix is what `help` says in words, where that is one word for another.
        """
        self.budget.part(None, node)
        related = (Related(first.key_place, "first given here"),) if first is not None else ()
        place = node.key_place if key else node.place
        fix = fix or meant(node, help, self.suggestions, key=key)
        self.findings.append(rule.at(place, message, help=help, related=related, fix=fix))

    def report_secret(self, node: Node, message: str, cure: str, secret: str | None = None) -> None:
        """Reports a secret in a scalar, by default the whole scalar. The message never shows the secret."""
        place = node.place
        at = -1 if secret is None else node.text.content.find(secret, place.start, place.end)
        if at >= 0 and secret is not None:
            place = Place(node.text, at, at + len(secret))
        node.text.hide(place.start, place.end)
        self.findings.append(SECRET_IN_SPEC.at(place, message, help=cure))

    def put(self, out: dict[str, Any], key: str, item: Any, node: Node, *, at_key: bool = False) -> None:
        """Writes an entry of the built document, and notes the part of the spec that it came from."""
        self.budget.part(item, node)
        out[key] = item
        self.origins.note(out, key, node.key_place if at_key else node.place)
        if item is node.value and isinstance(item, dict | list):
            self.trace(node)

    def note_written(self, node: Node) -> None:
        """Notes that a mapping or list is written unchanged."""
        if not isinstance(node.marks, tuple):
            self.origins.note_written(node.value, node.text, node.marks.start)

    def trace(self, node: Node) -> None:
        """Notes the place of every part of a value that is written unchanged."""
        parts = node.entries.values() if node.is_mapping else node.items
        self.note_written(node)
        for key, part in enumerate(parts):
            self.budget.part(part.value, part)
            self.origins.note(node.value, part.key if node.is_mapping and part.key is not None else key, part.place)
            if part.is_mapping or part.is_list:
                self.trace(part)
