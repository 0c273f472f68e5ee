"""Finds the keys of a parameter that differ from the top level's template."""

from connector_builder.language.compile.schemas.forms import WHAT
from connector_builder.language.decompile.decisions import Entries, Style
from connector_builder.language.decompile.entries import ordered
from connector_builder.language.decompile.operations.parameter_entries import Use
from connector_builder.language.derived import shared_key
from connector_builder.platform.data.differences import same

_REMOVABLE = frozenset({"description", "visibility", "enum", "format", "urlEncoding", "required", "collectionFormat"})
"""Keys for which null only means that nothing is written."""


def removable(key: str) -> bool:
    """Checks whether null at a key of a field means that nothing is written, and isn't a value."""
    return key not in ("default", "example") and not key.startswith("x-")


def said_over(style: Style, use: Use) -> Entries:
    """Returns an operation's keys for a parameter, without those in the top level's template."""
    template = style.parameters.get(use.name)
    shared = None if template is None else shared_key(use.name, template.get("shared"))
    if use.shared is not None:
        return {} if use.shared == shared and use.place != "other" else {"$ref": use.shared}
    if template is None or (use.place == "other" and template):
        return use.entries if template is None else {"inherit": False, **use.entries}
    if shared is not None:  # else an equal parameter would become a reference
        return {"inherit": False, **use.entries}
    return over(use.entries, template, style)


def over(wanted: Entries, template: Entries, style: Style) -> Entries:
    """Returns the fewest keys over a template; all keys without inheritance if a few can't express it."""
    said = {
        key: value
        for key, value in wanted.items()
        if key not in template or not same(template[key], value, in_order=True)
    }
    left = {key for key in template if key not in wanted}
    if WHAT & said.keys() - {"format"}:
        # A type in the operation replaces all keys of the template that define the type.
        said.update({key: wanted[key] for key in WHAT & wanted.keys()})
        left -= WHAT
    derived = {"description"} if style.defaults.parameter_description != "none" else set()
    if "type" in left or not left <= _REMOVABLE - derived:  # null would take the derived description away too
        return {"inherit": False, **wanted}
    return ordered({**said, **dict.fromkeys(left)})
