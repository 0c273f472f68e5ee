"""Keeps the aliases of an edited YAML text alive: an anchor that an edit took away moves to its first alias."""

import re

from connector_builder.findings import Text
from connector_builder.source.yaml_reader import read_yaml
from connector_builder.source.yaml_writer import flow

MAX_MOVES = 100
"""The most anchors that move in one text: each reads the text once."""
_ALIAS = re.compile(r"\*([^\s\[\]{},]+)")
_ASKED = "anchored value"


def with_anchors(before: Text, after: str) -> str:
    """Returns an edited text in which each alias has its anchor.

    `{id: *param}` becomes `{id: &param {summary: Id}}` if the text `before` has the anchor `&param` and `after` doesn't. A
    text whose aliases can't be mended so comes back as it is.
    """
    if "*" not in after:
        return after
    mended = after
    for _ in range(MAX_MOVES):
        document = read_yaml(Text(before.path, mended))
        alias = _ALIAS.match(mended, document.findings[0].place.start) if document.findings else None
        if alias is None:
            return mended if document.root is not None else after
        asked = read_yaml(Text(before.path, f"{before.content.rstrip()}\n{_ASKED}: *{alias[1]}\n"))
        if asked.root is None or _ASKED not in asked.root.entries:
            return after
        value = asked.root.entries[_ASKED].value
        mended = f"{mended[: alias.start()]}&{alias[1]} {flow(value)}{mended[alias.end() :]}"
    return after
