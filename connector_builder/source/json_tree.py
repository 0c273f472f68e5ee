"""Reads JSON as a tree with the place of every key and value.

The JSON reader only looks up places, and is far faster.
"""

import json

from connector_builder.findings import Text
from connector_builder.source.json_reader import Tokens, read_json, tokens
from connector_builder.source.node import MappingMarks, Marks, Node, SequenceMarks


def read_json_tree(text: Text) -> Node | None:
    """Returns the tree of a JSON text; None if it can't be read, or contains a key twice: only one can have a place."""
    document = read_json(text)
    if not document.readable or document.findings:
        return None
    words = tokens(text)
    return Node(document.data, text, _marks(words, *next(words)))


def _marks(words: Tokens, word: str, start: int, end: int) -> Marks:
    if word == "{":
        mapping = MappingMarks(start, {}, {})
        for name, begins, ends in words:
            if name == "}":
                mapping.end = ends
                break
            if name != ",":
                key = json.loads(name)
                next(words)  # the colon
                mapping.keys[key] = (begins, ends)
                mapping.values[key] = _marks(words, *next(words))
        return mapping
    if word == "[":
        sequence = SequenceMarks(start, [])
        for item, begins, ends in words:
            if item == "]":
                sequence.end = ends
                break
            if item != ",":
                sequence.items.append(_marks(words, item, begins, ends))
        return sequence
    return start, end
