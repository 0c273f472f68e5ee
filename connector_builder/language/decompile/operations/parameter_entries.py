"""Makes the keys of a parameter that aren't derived from its name and its place."""

from dataclasses import dataclass
from typing import Any

from connector_builder.language.decompile.decisions import Entries, Style
from connector_builder.language.decompile.entries import ordered, shortened
from connector_builder.language.decompile.model import Unsayable
from connector_builder.language.decompile.schemas.fields import LINE, measure
from connector_builder.language.decompile.schemas.schemas import value_entries
from connector_builder.language.decompile.words import leave_out_type
from connector_builder.language.derived import (
    OData,
    is_description,
    is_hidden,
    odata,
    parameter_description,
    parameter_labels,
    parameter_required,
    url_encoding,
)
from connector_builder.language.tables.sugar import PARAMETER

_APART = frozenset({"name", "in", "required", "x-ms-url-encoding"})


@dataclass(slots=True)
class Use:
    """A parameter as an operation uses it: its Swagger, and its keys in the language without a template.

    `place` is where it is written: `path`, `query`, `header`, `form`, `other`. `constant` is its value, if it is one.
    """

    name: str
    swagger: Entries
    place: str
    entries: Entries
    required: bool = False
    constant: str | None = None
    shared: str | None = None


def parameter_entries(style: Style, use: Use) -> Entries:
    """Returns the keys of a parameter without a template. Raises Unsayable."""
    parameter = use.swagger
    entries = value_entries(style, PARAMETER, parameter, _APART)
    if use.constant is not None:
        del entries["default"], entries["visibility"]
    _required(style, use, entries)
    hidden = use.constant is not None or is_hidden(parameter)
    option = odata(style.defaults, use.name, parameter.get("in"), hidden=hidden)
    leave_out_type(entries, parameter, option=option)
    description = parameter_description(style.defaults, parameter, option=option)
    if description is not None:
        if parameter.get("description") == description:
            del entries["description"]
        elif "description" not in parameter:
            entries["description"] = None
    _labelled(style, use, entries, option, hidden=hidden)
    _encoded(style, use, entries)
    if use.place == "other":
        entries["in"] = parameter["in"]
    return ordered(entries)


def _required(style: Style, use: Use, entries: Entries) -> None:
    value = use.swagger.get("required", None)
    if "required" in use.swagger and not isinstance(value, bool):
        raise Unsayable("required")
    marked = use.required and use.place != "other"  # a request line has no other parameters
    if value is not parameter_required(style.defaults, use.swagger.get("in"), marked=marked):
        entries["required"] = value


def _labelled(style: Style, use: Use, entries: Entries, option: OData | None, *, hidden: bool) -> None:
    derived = parameter_labels(style.defaults, use.name, hidden=hidden, option=option)
    said = {key: use.swagger[key] for key in ("x-ms-summary",) if key in use.swagger}
    if said == derived:
        entries.pop("summary", None)
    elif not said:
        entries["summary"] = None


def _encoded(style: Style, use: Use, entries: Entries) -> None:
    said = use.swagger.get("x-ms-url-encoding")
    if said == url_encoding(style.defaults, use.swagger.get("in")):
        return
    if said not in ("single", "double", None):
        entries["x-ms-url-encoding"] = said
    else:
        entries["urlEncoding"] = said


def parameter_form(entries: Entries) -> Any:
    """Returns a parameter's entries in their shortest form."""
    if entries.keys() == {"description"} and isinstance(entries["description"], str):
        text = entries["description"]
        return text if is_description(text) else entries
    if entries.keys() == {"items"}:
        return [entries["items"]]
    form = shortened(entries)
    return entries if isinstance(form, str) and "type" not in entries else form


def cost(entries: Entries) -> int:
    """Returns the cost of entries, in characters and lines."""
    if not entries:
        return 0
    lines, characters = measure(parameter_form(entries))
    return LINE * lines + characters
