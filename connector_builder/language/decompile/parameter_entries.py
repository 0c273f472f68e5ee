"""A parameter as an author writes it: what can't be derived from its name and its place."""

from dataclasses import dataclass
from typing import Any

from connector_builder.language.compile.forms import is_description
from connector_builder.language.decompile.decisions import Entries, Style
from connector_builder.language.decompile.entries import ordered, shortened
from connector_builder.language.decompile.fields import LINE, measure
from connector_builder.language.decompile.model import Unsayable
from connector_builder.language.decompile.schemas import value_entries
from connector_builder.language.decompile.words import derived_word
from connector_builder.language.tables.sugar import PARAMETER

_APART = frozenset({"name", "in", "required", "x-ms-url-encoding"})


@dataclass(slots=True)
class Use:
    """A parameter where an operation has it: what Swagger says of it, and what an author says without a template.

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
    """What an author says of a parameter, where no template says a part of it. Raises Unsayable."""
    parameter = use.swagger
    entries = value_entries(style, PARAMETER, parameter, _APART)
    if use.constant is not None:
        del entries["default"], entries["visibility"]
    _required(style, use, entries)
    _typed(entries, parameter)
    _labelled(style, use, entries)
    _encoded(style, use, entries)
    if use.place == "other":
        entries["in"] = parameter["in"]
    return ordered(entries)


def _required(style: Style, use: Use, entries: Entries) -> None:
    value = use.swagger.get("required", None)
    if "required" in use.swagger and not isinstance(value, bool):
        raise Unsayable("required")
    derived = True if use.required or use.place == "path" else None if style.defaults.optional_absent else False
    if use.place == "other":
        derived = None if style.defaults.optional_absent else False
        derived = True if use.swagger.get("in") == "path" else derived
    if value is not derived:
        entries["required"] = value


def _typed(entries: Entries, parameter: Entries) -> None:
    """Leaves out the type that is derived."""
    derived = "array" if "items" in entries else derived_word(parameter)
    if "type" not in entries:
        entries["type"] = None
    elif entries["type"] == derived and (derived == "string" or not isinstance(entries.get("enum"), dict)):
        del entries["type"]


def _labelled(style: Style, use: Use, entries: Entries) -> None:
    internal = use.swagger.get("x-ms-visibility") == "internal"
    derived = style.parameter_label(use.name, internal=internal or use.constant is not None)
    said = {key: use.swagger[key] for key in ("x-ms-summary",) if key in use.swagger}
    if said == derived:
        entries.pop("summary", None)
    elif not said:
        entries["summary"] = None


def _encoded(style: Style, use: Use, entries: Entries) -> None:
    said = use.swagger.get("x-ms-url-encoding")
    derived = style.defaults.url_encoding if use.swagger.get("in") == "path" else None
    if said == derived:
        return
    if said not in ("single", "double", None):
        entries["x-ms-url-encoding"] = said
    else:
        entries["urlEncoding"] = said


def parameter_form(entries: Entries) -> Any:
    """A parameter's entries in their shortest form."""
    if entries.keys() == {"description"} and isinstance(entries["description"], str):
        text = entries["description"]
        return text if is_description(text) else entries
    if entries.keys() == {"items"}:
        return [entries["items"]]
    form = shortened(entries)
    return entries if isinstance(form, str) and "type" not in entries else form


def cost(entries: Entries) -> int:
    """What saying it costs, in characters and lines."""
    if not entries:
        return 0
    lines, characters = measure(parameter_form(entries))
    return LINE * lines + characters
