"""Makes the path and the query of a request line."""

import re
from collections.abc import Iterable
from itertools import takewhile
from urllib.parse import quote

from connector_builder.language.decompile.decisions import Entries
from connector_builder.language.decompile.model import Unsayable
from connector_builder.language.decompile.operations.parameter_entries import Use
from connector_builder.source.yaml_writer import Block

_IN_PATH = re.compile(r"\{([^{}]*)\}")
_SAFE = "!$'()*,-./:;?@[]_~"
"""Characters that a query contains unescaped, besides letters, digits and everything beyond ASCII."""


def path_names(path: str) -> list[str]:
    """Returns the parameters of a path in their order. Raises Unsayable for a path that no request line can contain."""
    names = _IN_PATH.findall(path)
    rest = _IN_PATH.sub("", path)
    if "{" in rest or "}" in rest or "" in names or len(set(names)) < len(names) or not path.startswith("/"):
        raise Unsayable("path")
    if re.search(r"\s|[?#]", rest) or any("?" in n or "#" in n for n in names):
        raise Unsayable("path")
    return names


MAX_LINE = 110
"""The most characters of a request line; the parameters of a longer one are written under `query`."""


def request_entries(verb: str, path: str, uses: Iterable[Use]) -> Entries:
    """Returns `request`, and `query` if the line would be too long.

    `query` is {} if the line describes its parameters, and a list if it can't.
    """
    in_query = [use for use in uses if use.place == "query"]
    parts = [_written(use) for use in in_query]
    short = f"{verb.upper()} {path}"
    line = f"{short}?{'&'.join(parts)}" if parts else short
    if len(parts) < 2 or len(line) <= MAX_LINE:
        return {"request": line}
    constants = len(list(takewhile(lambda use: use.constant is not None, in_query)))
    listed = any(
        use.constant is not None or "=" in use.name for use in in_query[constants:]
    )  # in a mapping, `=` is a fault
    if constants == len(parts) or listed:
        return {"request": short, "query": parts}
    return {"request": f"{short}?{'&'.join(parts[:constants])}" if constants else short, "query": Block()}


def _written(use: Use) -> str:
    """Returns a query parameter as a request line contains it."""
    name = _quoted(use.name)
    if name.startswith("?"):
        name = f"%3F{name[1:]}"
    if use.constant is not None:
        return f"{name}={_quoted(use.constant, further='=')}"
    return f"{name}!" if use.required else name


def _quoted(text: str, further: str = "") -> str:
    """Escapes a text for a query: only characters with a meaning there, blanks and control characters."""
    if text.isascii() and text.isalnum():
        return text
    return "".join(
        character if ord(character) > 0xA0 and not character.isspace() else quote(character, safe=_SAFE + further)
        for character in text
    )
