"""The path and the query of a request line."""

import re
from collections.abc import Iterable
from urllib.parse import quote

from connector_builder.language.decompile.model import Unsayable
from connector_builder.language.decompile.parameter_entries import Use

_IN_PATH = re.compile(r"\{([^{}]*)\}")
_SAFE = "!$'()*,-./:;?@[]_~"
"""Signs that stand for themselves in the query of a request line; letters, digits and all beyond ASCII do too."""


def path_names(path: str) -> list[str]:
    """The parameters of a path in their order. Raises Unsayable for what no request line can hold."""
    names = _IN_PATH.findall(path)
    rest = _IN_PATH.sub("", path)
    if "{" in rest or "}" in rest or "" in names or len(set(names)) < len(names) or not path.startswith("/"):
        raise Unsayable("path")
    if re.search(r"\s|[?#]", rest) or any("?" in n or "#" in n for n in names):
        raise Unsayable("path")
    return names


def query_of(uses: Iterable[Use]) -> str:
    """The query of a request line, with its `?`."""
    parts = []
    for use in uses:
        if use.place != "query":
            continue
        name = _quoted(use.name)
        if use.constant is not None:
            parts.append(f"{name}={_quoted(use.constant, further='=')}")
        else:
            parts.append(f"{name}!" if use.required else name)
    return "?" + "&".join(parts) if parts else ""


def _quoted(text: str, further: str = "") -> str:
    """A text in a query: only what means something there, blanks and control characters are escaped."""
    if text.isascii() and text.isalnum():
        return text
    return "".join(
        character if ord(character) > 0xA0 and not character.isspace() else quote(character, safe=_SAFE + further)
        for character in text
    )
