"""What pages of HTML require that carry all that they need, and in which no text from input becomes markup."""

import base64
import hashlib
import html
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from connector_builder.render.escape import visible

_WEB = re.compile(r"https?://[^\s\"'<>\\^`{|}\x00-\x20\x7f-\x9f]{1,2000}", re.IGNORECASE)
_MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,255}")
_PNG = b"\x89PNG\r\n\x1a\n"
MAX_ICON = 200_000
"""The most bytes of an icon that a page carries."""


def shown(value: Any) -> Any:
    """Returns a value as it is printed: white space becomes a single space, control characters and marks of direction U+FFFD."""
    return visible(" ".join(value.split())) if type(value) is str else value


def preformatted(line: str) -> str:
    """Returns a line as HTML, for places where white space counts."""
    return html.escape(visible(line), quote=False)


def address(text: str) -> str:
    """Returns what a link may lead to: a web address, or `mailto:` and an address of mail; nothing for any other text."""
    if _WEB.fullmatch(text):
        return text
    return f"mailto:{text}" if _MAIL.fullmatch(text) else ""


def policy(style: str, script: str = "") -> str:
    """Returns the content security policy of a page that has this style and this script, and loads nothing.

    The texts are those between the tags, to the letter. Source: https://www.w3.org/TR/CSP3/.
    """
    parts = [
        "default-src 'none'",
        f"style-src '{hash_of(style)}'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    if script:
        parts.insert(2, f"script-src '{hash_of(script)}'")
    return "; ".join(parts)


def data_address(icon: bytes | None) -> str:
    """Returns an icon as an address that contains it; nothing if it is missing, too large, or no PNG."""
    if icon is None or len(icon) > MAX_ICON or not icon.startswith(_PNG):
        return ""
    return f"data:image/png;base64,{base64.b64encode(icon).decode('ascii')}"


class Anchors:
    """Gives headings their anchors as GitHub does: lower case, `-` for a space, no punctuation, a number for one that is there already.

    Each heading of a page must be given, in the order of the page. Source: https://github.com/Flet/github-slugger.
    """

    def __init__(self, headings: Iterable[str] = ()) -> None:
        self._uses: dict[str, int] = {}
        for heading in headings:
            self.of(heading)

    def of(self, heading: str) -> str:
        """Returns the anchor of the next heading."""
        base = "".join(map(_letter, " ".join(heading.split()).lower()))
        anchor = base
        while anchor in self._uses:
            self._uses[base] += 1
            anchor = f"{base}-{self._uses[base]}"
        self._uses[anchor] = 0
        return anchor


def _letter(letter: str) -> str:
    if letter == " ":
        return "-"
    kept = letter.isalnum() or letter in "-_" or unicodedata.category(letter) in ("Mn", "Mc", "Pc")
    return letter if kept else ""


def hash_of(text: str) -> str:
    """Returns the hash by which a policy allows a style or a script."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"
