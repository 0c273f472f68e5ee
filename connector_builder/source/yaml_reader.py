"""Reads YAML as plain data with places."""

import re
from typing import Any

from connector_builder.findings import Place, Text
from connector_builder.patterns import regex
from connector_builder.source.document import MAX_NODES, Document
from connector_builder.source.rules import SYNTAX_NOT_VALID

MAX_DIRECTIVES = 100
"""The most lines that begin with `%TAG`: libyaml compares each with all before it."""
_NOT_YAML = regex("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""PyYAML's own pattern, character by character: `re` takes long to compile such a class, and so it does that once for both."""
_DIRECTIVE = regex("^%TAG", re.MULTILINE)


def read_yaml(text: Text, loader: type[Any] | None = None, *, parts: int = MAX_NODES, slips: bool = False) -> Document:
    """Returns the one document of a YAML text, of at most so many parts. Raises nothing, whatever the text.

    With `slips`, what YAML allows and an author of a spec hardly means is found too: a text that a comma or ` #` ends, and
    typographic quotes.
    """
    bad = _NOT_YAML.search(text.content)
    if bad:
        place = Place(text, bad.start(), bad.end())
        message = f"the character U+{ord(bad.group()):04X} isn't allowed in YAML"
        help_ = f'write it as "\\u{ord(bad.group()):04X}" in double quotes, or remove it'
        return Document(text, None, [SYNTAX_NOT_VALID.at(place, message, help=help_)])
    if text.content.count("%TAG") > MAX_DIRECTIVES and len(_DIRECTIVE.findall(text.content)) > MAX_DIRECTIVES:
        return Document(
            text,
            None,
            [SYNTAX_NOT_VALID.at(Place.whole(text), "YAML tags (!) aren't supported", help="remove the %TAG lines")],
        )
    # A run that reads only JSON starts a sixth faster without PyYAML.
    from connector_builder.source.yaml_builder import Builder

    return Builder(text, parts, slips, loader).read()
