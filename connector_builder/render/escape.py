"""Escapes text from input for Markdown, so that it stays text and never becomes structure."""

import re

_SPECIAL = re.compile(
    r"""[\\`*_\[\]<>&#|~$]       # wherever they stand
    | :(?=//) | (?<=www)\.      # addresses that GitHub makes links of
    | ^[-+=:] | ^\d+(?=[.)])    # what begins a list, a heading or a container
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}  # some Markdown readers don't accept a backslash before these
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_ADDRESS = re.compile(r"https://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/?=&%+-]*)?")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class Markdown(str):
    """Text that is already Markdown."""

    __slots__ = ()


def markdown(text: object) -> Markdown:
    """Returns a text as a line of Markdown that shows it unchanged: no HTML, link, heading, list, table or line break.

    `Markdown` stays as it is. White space becomes a single space. Control characters, marks that change the direction
    of writing, and halves of surrogate pairs become U+FFFD.
    """
    if isinstance(text, Markdown):
        return text
    line = visible(" ".join(str(text).split()))
    return Markdown(_SPECIAL.sub(_escape, line))


def visible(text: str) -> str:
    """Returns a text with U+FFFD for control characters, marks that change the direction of writing, and halves of surrogate pairs."""
    return _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text)


def link(address: str) -> Markdown:
    """Returns a web address as a link that shows its target; as mere text if it isn't a plain https address."""
    return Markdown(f"<{address}>") if _ADDRESS.fullmatch(address) else markdown(address)


def name(text: str) -> Markdown:
    """A name as it stands between backticks, where backslashes would show; as escaped text where it isn't a plain name."""
    return Markdown(text) if _NAME.fullmatch(text) else markdown(text)


def _escape(match: re.Match[str]) -> str:
    text = match.group()
    return f"{text}\\" if text.isdecimal() else _ENTITIES.get(text, f"\\{text}")
