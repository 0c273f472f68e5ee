"""The model of what people see. `as_json` turns any part of it into plain data."""

from typing import Any, NamedTuple

from connector_builder.platform.view.card import Input, Option


class Output(NamedTuple):
    """A token of the dynamic content that later steps can use. `early` says that it is among the first six."""

    key: str
    token: str
    hint: str
    type: str
    format: str
    in_array_of: str = ""
    is_header: bool = False
    advanced: bool = False
    early: bool = False


class Trigger(NamedTuple):
    """How a trigger runs: `poll`, `webhook` or `notification`, for each item or for all.

    `split_on` is the path of the array whose items start a run each; empty if the run gets the whole answer. `recurrence` are the fields for how often it polls.
    """

    kind: str
    batch: bool
    split_on: str = ""
    hint: str = ""
    recurrence: tuple[str, ...] = ()


class Argument(NamedTuple):
    """A parameter of a function in Power Apps."""

    name: str
    type: str
    required: bool
    display_name: str
    tooltip: str


class App(NamedTuple):
    """The function in Power Apps: required arguments by position, optional ones by name in a last record."""

    function: str
    signature: str
    arguments: tuple[Argument, ...]
    returns: str
    supported: bool
    why_not: tuple[str, ...] = ()


class Tool(NamedTuple):
    """The tool of an agent in Copilot Studio: `inputs` are what the model fills in."""

    name: str
    description: str
    inputs: tuple[tuple[str, str], ...]


class Counts(NamedTuple):
    """How readable an operation is: labels that are raw names, tokens with the text of another, tokens of more than 60 characters."""

    inputs: int
    wire_labels: int
    tokens: int
    shared_tokens: int
    long_tokens: int


class Operation(NamedTuple):
    """An action or a trigger as people see it. `response` is the status whose fields they get; empty if none."""

    id: str
    verb: str
    path: str
    title: str
    summary: str
    description: str
    kind: str
    visibility: str
    deprecated: bool
    family: str
    revision: int
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    loops: tuple[str, ...]
    response: str
    trigger: Trigger | None
    app: App
    tool: Tool | None
    notes: tuple[str, ...]
    counts: Counts


class ConnectionField(NamedTuple):
    """A field of the dialog in which people sign in. `type` is the platform's, such as `securestring`."""

    key: str
    label: str
    tooltip: str
    placeholder: str
    required: bool
    editor: str
    options: tuple[Option, ...] = ()
    type: str = ""


class SignIn(NamedTuple):
    """A way to sign in. `oauth` says that a button signs in at a provider."""

    name: str
    display_name: str
    fields: tuple[ConnectionField, ...]
    oauth: bool
    tenant: bool
    text: str
    button: str
    description: str = ""


class Connection(NamedTuple):
    """The connection dialog: its title, and the ways to sign in, which `selector` chooses from if there are several."""

    title: str
    asks_name: bool
    selector: str
    ways: tuple[SignIn, ...]


class View(NamedTuple):
    """A connector as people see it. Operations are in the order of the designer's list; internal ones aren't in it."""

    title: str
    description: str
    version: str
    connection: Connection
    operations: tuple[Operation, ...]
    hidden: tuple[Operation, ...] = ()


def as_json(value: Any) -> Any:
    """Returns a part of the model as plain data, without what is None or an empty text."""
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {key: as_json(part) for key, part in value._asdict().items() if part is not None and part != ""}
    if isinstance(value, tuple):
        return [as_json(part) for part in value]
    return value
