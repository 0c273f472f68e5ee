"""What is on the reference page of a connector, in the order of Microsoft's own pages.

Source: the pages below https://learn.microsoft.com/en-us/connectors/connector-reference/. They are generated, and so have one layout. What an app
shares is `allowSharing` in the metadata of published connectors.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from connector_builder.platform.data.plain import first_text
from connector_builder.platform.view.model import ConnectionField, Operation, View
from connector_builder.platform.view.reference import Definition, Described, Facts, Reference, Returns, input_rows
from connector_builder.render.rows import Line, line_of, said_of, sentences
from connector_builder.render.web import Anchors

CALLS = 500
"""The calls of a connection in a minute (https://learn.microsoft.com/en-us/connectors/custom-connectors/faq)."""
MAX_LINES = 120
MAX_LINE = 500
DEFAULT_WAY = "Default"
ISSUES, CONNECTION, THROTTLING, ACTIONS, TRIGGERS, DEFINITIONS = (
    "Known Issues and Limitations",
    "Creating a connection",
    "Throttling Limits",
    "Actions",
    "Triggers",
    "Definitions",
)
_PARAMETERS, _RETURNS, _SAMPLE = "Parameters", "Returns", "Sample"
_PLAIN = "Parameters for creating connection."
_STRUCK = " [DEPRECATED]"


class Way(NamedTuple):
    """A way to create a connection. `id` is set if there are several."""

    name: str
    id: str
    description: str
    shared: bool
    fields: tuple[Line, ...]
    anchor: str


class Answer(NamedTuple):
    """What an operation returns: fields that are only known later (`dynamic`), a definition, a plain type, or rows."""

    description: str
    dynamic: bool
    type: str
    definition: str
    anchor: str
    rows: tuple[Line, ...]
    headers: tuple[Line, ...]


class Entry(NamedTuple):
    """An action or a trigger. `replacement` are the title and the anchor of the operation to use instead of a deprecated one."""

    title: str
    anchor: str
    id: str
    description: str
    deprecated: bool
    replacement: tuple[str, str]
    parameters: tuple[Line, ...]
    returns: Answer | None
    sample: tuple[str, ...]


class Table(NamedTuple):
    """A definition. `basic` says that it is a type without fields."""

    name: str
    anchor: str
    description: str
    rows: tuple[Line, ...]
    basic: bool = False
    full: bool = False


class Page(NamedTuple):
    """A connector's page. `icon` is its icon as an address; empty if it has none."""

    title: str
    anchor: str
    description: str
    version: str
    services: tuple[str, ...]
    contact: tuple[tuple[str, str], ...]
    metadata: tuple[tuple[str, str], ...]
    known_issues: tuple[str, ...]
    ways: tuple[Way, ...]
    calls: int
    actions: tuple[Entry, ...]
    triggers: tuple[Entry, ...]
    definitions: tuple[Table, ...]
    anchors: Mapping[str, str]
    icon: str = ""


def page_of(
    view: View,
    facts: Facts,
    reference: Reference,
    samples: Mapping[tuple[str, str], Any],
    *,
    name: str = "",
    icon: str = "",
    known_issues: tuple[str, ...] = (),
) -> Page:
    """Returns the page of a connector. `samples` are answers by operation id and status, `name` replaces a missing title, `icon` is an address.

    `known_issues` are the author's sentences, in the place of the text that Microsoft's pages take from the publisher.
    """
    title = first_text(view.title, name)
    anchors, made = Anchors(), dict[str, str]()
    made[title] = anchors.of(title)
    kinds = _kinds(view)
    if known_issues:
        made[ISSUES] = anchors.of(ISSUES)
    made[CONNECTION] = anchors.of(CONNECTION)
    ways = tuple(_ways(view, facts, anchors))
    made[THROTTLING] = anchors.of(THROTTLING)
    entries: dict[str, list[Entry]] = {}
    for kind, operations in kinds.items():
        if operations:
            made[kind] = anchors.of(kind)
        entries[kind] = [_entry(one, reference, samples, anchors) for one in operations]
    basics = _basics(reference)
    if reference.definitions or basics:
        made[DEFINITIONS] = anchors.of(DEFINITIONS)
    tables = [*(_table(one, anchors) for one in reference.definitions), *(_basic(one, anchors) for one in basics)]
    links = {table.name: table.anchor for table in reversed(tables)}
    titles = {entry.id: (entry.title, entry.anchor) for kind in entries.values() for entry in kind if entry.id}
    actions, triggers = (
        tuple(_linked(entry, links, titles) for entry in entries[kind]) for kind in (ACTIONS, TRIGGERS)
    )
    return Page(
        title,
        made[title],
        view.description,
        view.version,
        tuple(_services(view)),
        facts.contact,
        tuple(_metadata(facts)),
        known_issues,
        ways,
        CALLS,
        actions,
        triggers,
        tuple(table._replace(rows=_with_anchors(table.rows, links)) for table in tables),
        made,
        icon,
    )


def _kinds(view: View) -> dict[str, list[Operation]]:
    """Returns actions and triggers, each sorted by title."""
    ordered = sorted(view.operations, key=lambda one: (one.title.casefold(), one.title, one.id))
    return {
        ACTIONS: [one for one in ordered if one.trigger is None],
        TRIGGERS: [one for one in ordered if one.trigger is not None],
    }


def _services(view: View) -> Iterator[str]:
    yield from ("Copilot Studio", "Logic Apps")
    if any(one.app.supported for one in view.operations):
        yield "Power Apps"
    yield "Power Automate"


def _metadata(facts: Facts) -> Iterator[tuple[str, str]]:
    if facts.publisher:
        yield "Publisher", facts.publisher
    yield from facts.metadata


def _ways(view: View, facts: Facts, anchors: Anchors) -> Iterator[Way]:
    several = len(view.connection.ways) > 1
    for one in view.connection.ways:
        name = one.display_name or DEFAULT_WAY
        fields = tuple(map(_connection_line, one.fields))
        yield Way(
            name,
            one.name if several else "",
            one.description or _PLAIN,
            one.name in facts.shared,
            fields,
            anchors.of(name),
        )


def _connection_line(field: ConnectionField) -> Line:
    hints = dict.fromkeys(filter(None, (field.placeholder, field.tooltip)))
    choices = [(one.text, one.value) for one in field.options]
    return Line(field.label, field.key, field.required, field.type, sentences(*hints, *said_of(None, choices)))


def _entry(one: Operation, reference: Reference, samples: Mapping[tuple[str, str], Any], anchors: Anchors) -> Entry:
    described = reference.operations.get((one.verb, one.path), Described(None))
    struck = one.deprecated and "deprecated" not in one.title.lower()
    title = f"{one.title}{_STRUCK}" if struck else one.title
    anchor = anchors.of(title)
    parameters = tuple(map(line_of, input_rows(one.inputs)))
    returns = _answer(described.returns, one)
    found = samples.get((one.id, one.response), described.example)
    sample = () if found is None else sample_lines(found)
    for heading, there in ((_PARAMETERS, parameters), (_RETURNS, returns), (_SAMPLE, sample)):
        if there:
            anchors.of(heading)
    replacement = (described.replacement, "")
    return Entry(title, anchor, one.id, one.description, one.deprecated, replacement, parameters, returns, sample)


def _answer(returns: Returns | None, one: Operation) -> Answer | None:
    if returns is None:
        return None
    split = one.trigger.split_on if one.trigger else ""
    each = f"Each item of '{split}' starts a run." if split else ""
    rows, headers = tuple(map(line_of, returns.rows)), tuple(map(line_of, returns.headers))
    kind = returns.type
    if returns.definition and kind.startswith("array of"):
        kind = "array of"
    return Answer(sentences(returns.description, each), returns.dynamic, kind, returns.definition, "", rows, headers)


def _basics(reference: Reference) -> list[str]:
    """Returns the types that answers without fields have, sorted."""
    answers = (one.returns for one in reference.operations.values() if one.returns is not None)
    plain = {one.type for one in answers if one.type and not (one.definition or one.rows or one.dynamic)}
    return sorted(kind for kind in plain if kind != "any")


def _table(one: Definition, anchors: Anchors) -> Table:
    return Table(one.name, anchors.of(one.name), one.description, tuple(map(line_of, one.rows)), full=one.full)


def _basic(kind: str, anchors: Anchors) -> Table:
    is_type = kind == "object" or kind.startswith("array")
    said = f"This is the type '{kind}'." if is_type else f"This is the basic data type '{kind}'."
    return Table(kind, anchors.of(kind), said, (), basic=True)


def _linked(entry: Entry, links: Mapping[str, str], titles: Mapping[str, tuple[str, str]]) -> Entry:
    """Returns an entry with the anchors of what it names."""
    replacement = titles.get(entry.replacement[0], entry.replacement)
    returns = entry.returns
    if returns is not None:
        plain = not (returns.definition or returns.rows or returns.dynamic)
        anchor = links.get(returns.definition or (returns.type if plain else ""), "")
        returns = returns._replace(anchor=anchor, rows=_with_anchors(returns.rows, links))
    return entry._replace(replacement=replacement, returns=returns)


def _with_anchors(rows: Sequence[Line], links: Mapping[str, str]) -> tuple[Line, ...]:
    return tuple(row._replace(anchor=links.get(row.definition, "")) if row.definition else row for row in rows)


def sample_lines(value: Any) -> tuple[str, ...]:
    """Returns a sample as lines of JSON; a long one ends with `…`."""
    lines = json.dumps(value, ensure_ascii=False, indent=2).split("\n")
    cut = [line if len(line) <= MAX_LINE else f"{line[:MAX_LINE]}…" for line in lines[:MAX_LINES]]
    return (*cut, "…") if len(lines) > MAX_LINES else tuple(cut)
