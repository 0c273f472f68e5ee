"""The fields of a card as people see them. They are apart from the rest of the model because rules look at them in every run."""

from typing import Any, NamedTuple


class Option(NamedTuple):
    """A choice of a drop-down."""

    text: str
    value: Any


class Dynamic(NamedTuple):
    """What another operation provides: the `values` of a drop-down, a `tree` to pick from, or the `schema` of the fields.

    `depends_on` are the wire names of the inputs that it needs first.
    """

    kind: str
    operation_id: str
    depends_on: tuple[str, ...] = ()


class Input(NamedTuple):
    """A field of an action's or a trigger's card.

    `section` is where the new designer shows it, `classic_section` where the classic one does: `shown` or `advanced`. An input
    with `in_array_of` is edited in each item of that array. `items` is the type of an array's items, such as `array of string`.
    """

    key: str
    wire_name: str
    place: str
    full_path: str
    label: str
    hint: str
    required: bool
    visibility: str
    type: str
    format: str
    editor: str
    options: tuple[Option, ...] = ()
    default: Any = None
    dynamic: Dynamic | None = None
    section: str = "shown"
    classic_section: str = "shown"
    in_array_of: str = ""
    items: str = ""
