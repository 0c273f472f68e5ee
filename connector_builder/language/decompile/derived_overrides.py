"""What must be said of a parameter where the top level's template says a part of it."""

from connector_builder.language.compile.forms import WHAT
from connector_builder.language.decompile.decisions import Entries, Style
from connector_builder.language.decompile.entries import ordered
from connector_builder.language.decompile.parameter_entries import Use
from connector_builder.platform.differences import same

_REMOVABLE = frozenset({"description", "visibility", "enum", "format", "urlEncoding", "required", "collectionFormat"})
"""Keys whose null means no more than that nothing is written."""


def said_over(style: Style, use: Use) -> Entries:
    """What an operation says of a parameter, where the top level's template says a part of it."""
    template = style.parameters.get(use.name)
    shared = None if template is None else template.get("shared")
    if use.shared is not None:
        return {} if use.shared == shared and use.place != "other" else {"$ref": use.shared}
    if template is None or (use.place == "other" and template):
        return use.entries if template is None else {"inherit": False, **use.entries}
    if shared is not None:  # else what says the same would become a reference
        return {"inherit": False, **use.entries}
    return over(use.entries, template)


def over(wanted: Entries, template: Entries) -> Entries:
    """The least that has to be said over a template; without inheriting where that can't be said."""
    said = {
        key: value
        for key, value in wanted.items()
        if key not in template or not same(template[key], value, in_order=True)
    }
    left = {key for key in template if key not in wanted}
    if WHAT & said.keys() - {"format"}:
        # A type that is said nearer replaces what else says the type.
        said.update({key: wanted[key] for key in WHAT & wanted.keys()})
        left -= WHAT
    if "type" in left or not left <= _REMOVABLE:
        return {"inherit": False, **wanted}
    return ordered({**said, **dict.fromkeys(left)})
