"""What is wrong with a text that isn't YAML, in words for people: the mistake that was probably made, at its line."""

from typing import Any

from connector_builder.findings import Finding, Place, Related, Text
from connector_builder.patterns import regex
from connector_builder.source.rules import SYNTAX_NOT_VALID
from connector_builder.source.yaml_slips import slip_of

# What libyaml and PyYAML say, and what a person understands. In order: the first that is found in the problem.
_WORDS = (
    ("mapping values are not allowed", "a colon isn't expected here", "quote a text that contains ': ', or check the indentation"),
    ("could not find expected ':'", "a key without its colon", "write 'key: value', or quote the text"),
    ("did not find expected key", "this line doesn't fit the mapping around it", "check its indentation and the quotes before it"),
    ("did not find expected '-' indicator", "this line doesn't fit the list around it", "begin each item with '- ', all at the same column"),
    ("while parsing a block collection", "this line doesn't fit the list around it", "begin each item with '- ', all at the same column"),
    ("while parsing a block mapping", "this line doesn't fit the mapping around it", "check its indentation and the quotes before it"),
    ("expected <block end>", "this line doesn't fit the lines around it", "check its indentation and the quotes before it"),
    ("found unexpected end of stream", "this quote is never closed", "add the closing quote, or use the other kind of quotes"),
    ("did not find expected ',' or", "a comma or a closing bracket is missing", "in flow style, quote keys and texts that contain []{},"),
    ("expected ',' or", "a comma or a closing bracket is missing", "in flow style, quote keys and texts that contain []{},"),
    ("did not find expected node content", "a value is missing here", "in flow style, quote keys and texts that contain []{},"),
    ("while parsing a flow node", "a value is missing here", "in flow style, quote keys and texts that contain []{},"),
    ("found unknown escape character", "an escape that YAML doesn't know", "double the backslash, or use single quotes"),
    ("block sequence entries are not allowed", "a list can't begin here", "put the first '- ' on a line of its own"),
    ("found undefined tag handle", "YAML tags (!) aren't supported", "quote a text that begins with '!'"),
    ("while scanning a tag", "YAML tags (!) aren't supported", "quote a text that begins with '!'"),
    ("while scanning a directive", "a line can't begin with '%' here", "quote it if it is text"),
    ("while scanning an anchor", "an anchor '&' without a name", "quote it if it is text"),
    ("while scanning an alias", "an alias '*' without a name", "quote it if it is text"),
    ("found a tab character", "YAML allows only spaces here, not a tab", "indent with spaces"),
    ("while scanning a block scalar", "nothing may follow here", "begin the text on the next line, indented"),
    ("hexdecimal number", "an escape that isn't complete", "write \\x with two, \\u with four or \\U with eight digits"),
    ("document start>", "the document ends before this", "one file holds one document: remove the '...'"),
    ("invalid Unicode character escape", "an escape for half of a surrogate pair", "write the character itself, or \\U and eight digits"),
)  # fmt: skip
_PARTS = (
    ("quoted", "the text"),
    ("scalar", "the text"),
    ("mapping", "the mapping"),
    ("sequence", "the list"),
    ("collection", "the list"),
    ("key", "the key"),
)


_AT_MOST_A_KEY = regex(r"\s*(?:- +)*[\w$.!\"'-]{0,60}")


def syntax_error(text: Text, error: Any) -> Finding:
    """The terse words of libyaml, reworded; the place is where it stopped, and where the surrounding part began.

    Where the mistake is a common one, the finding is about that instead, at its own line.
    """
    slip = slip_of(text, error)
    if slip is not None:
        return slip
    unclosed = "unexpected end of stream" in (error.problem or "") and error.context_mark is not None
    # A quote that is never closed is wrong where it begins: the end of the file tells nothing.
    mark = error.context_mark if unclosed else error.problem_mark or error.context_mark
    start = min(mark.index, len(text.content)) if mark else 0
    said = f"{error.context or ''} {error.problem or ''}"
    message, cure = next(
        ((message, cure) for words, message, cure in _WORDS if words in said),
        (f"this isn't YAML: {said.strip()}", None),
    )
    character = text.content[start : start + 1]
    if "cannot start any token" in said:
        message, cure = _cannot_start(character)
    elif "closing bracket is missing" in message and (end := _end_above(text, start)) is not None:
        start = end
    elif "closing bracket is missing" in message and text.content[:start].rstrip()[-1:] in ("]", "}", '"', "'"):
        message, cure = "a comma is missing here", "write one before this, or quote the text"
    elif character in ("]", "}") and "flow" not in said:
        message, cure = "a closing bracket without an opening one", "remove it, or quote the text"
    related: tuple[Related[Place], ...] = ()
    apart = error.context_mark and error.problem_mark and error.context_mark.index != error.problem_mark.index
    if apart and error.context_mark and not unclosed:
        begun = error.context_mark.index
        what = next((name for word, name in _PARTS if word in (error.context or "")), "the part")
        related = (Related(Place(text, begun, begun + 1), f"{what} began here"),)
    return SYNTAX_NOT_VALID.at(Place(text, start, start + 1), message, help=cure, related=related)


def _end_above(text: Text, start: int) -> int | None:
    """Returns the last character above the line of an offset; None unless it is there behind at most a key."""
    above, newline, begun = text.content[:start].rpartition("\n")
    if not newline or not above.strip() or not _AT_MOST_A_KEY.fullmatch(begun):
        return None
    return len(above.rstrip()) - 1


def _cannot_start(character: str) -> tuple[str, str]:
    if character == "\t":
        return "YAML allows only spaces here, not a tab", "indent with spaces"
    return f"a text can't begin with '{character}'", "quote it"
