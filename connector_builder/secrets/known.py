"""The secrets that this process has got: tokens, passwords, addresses with a signature.

They have no shape of their own, so `hide` remembers each when it arrives, and `masked` finds it in any text. There is one
set for the process, because a traceback can show a text of any part of the program.
"""

import base64
import re
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from connector_builder.secrets.texts import REDACTED, mask

_LEAST = 4
_known: dict[str, re.Pattern[str] | None] = {}
"""Each secret, with a pattern if it has characters that some notation escapes."""
_passing: Counter[str] = Counter()
"""How many blocks hide each secret now."""
_temporary: set[str] = set()
"""Those that nobody hides once the blocks have ended."""
_lock = threading.Lock()
_AS_IT_IS = re.compile(r"[A-Za-z0-9._~-]*")
_NAMED = {"&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "apos"}
_LETTERS = {"\n": "n", "\r": "r", "\t": "t"}


def hide(value: str) -> str:
    """Remembers a secret, and returns it. Also its Base64 is a secret, and each in the notation of any text."""
    if len(value) >= _LEAST:
        for one in _forms(value):
            if one not in _known:
                plain = _AS_IT_IS.fullmatch(one) is not None
                _known[one] = None if plain else re.compile("".join(map(_written, one)))
    return value


@contextmanager
def hidden(values: Iterable[str]) -> Iterator[None]:
    """Remembers secrets while the block runs; those that were known before stay known. Threads may hide the same one."""
    mine = tuple(values)
    with _lock:
        for one in mine:
            _passing[one] += 1
            if one not in _known:
                _temporary.add(one)
                hide(one)
    try:
        yield
    finally:
        with _lock:
            for one in mine:
                _passing[one] -= 1
                if not _passing[one] and one in _temporary:
                    _temporary.discard(one)
                    for each in _forms(one):
                        _known.pop(each, None)


def _forms(value: str) -> tuple[str, ...]:
    """Returns a secret and its Base64, with and without padding."""
    encoded = base64.b64encode(value.encode()).decode()
    return value, encoded, encoded.rstrip("=")


def _written(character: str) -> str:
    """Returns a pattern for a character: as it is, or as JSON, addresses and HTML write it, and texts inside such texts.

    Services differ in what they escape: PHP writes `\\/` in JSON, and .NET `\\u002B` for a plus.
    """
    if _AS_IT_IS.fullmatch(character):
        return re.escape(character)
    units = character.encode("utf-16-be", "surrogatepass").hex()
    forms = [
        rf"\\*{re.escape(character)}",
        "".join(rf"\\+u(?i:{units[at : at + 4]})" for at in range(0, len(units), 4)),
        "".join(f"%(?:25)*(?i:{byte:02x})" for byte in character.encode("utf-8", "surrogatepass")),
        f"&#(?:0*{ord(character)}|[xX]0*(?i:{ord(character):x}));",
    ]
    if character in _NAMED:
        forms.append(f"&{_NAMED[character]};")
    if character in _LETTERS:
        forms.append(rf"\\+{_LETTERS[character]}")
    if character == " ":
        forms.append(r"\+")
    if character == "\\":
        forms[0] = r"\\+"
    return f"(?:{'|'.join(forms)})"


def masked(text: str) -> str:
    """Returns a text with REDACTED in place of each secret: of those that are known, and of all that look like one."""
    return mask(without_known(text))


def without_known(text: str) -> str:
    """Returns a text with REDACTED in place of each secret that is known."""
    for value, pattern in sorted(_known.items(), key=lambda one: len(one[0]), reverse=True):
        text = text.replace(value, REDACTED) if pattern is None else pattern.sub(REDACTED, text)
    return text


def data_without_known(data: Any) -> Any:
    """Returns JSON whose texts and keys have REDACTED in place of each secret that is known."""
    if isinstance(data, str):
        return without_known(data)
    if isinstance(data, list):
        return [data_without_known(one) for one in data]
    if isinstance(data, dict):
        return {without_known(key): data_without_known(one) for key, one in data.items()}
    return data


def forget() -> None:
    """Forgets all secrets, for tests."""
    _known.clear()
    _passing.clear()
    _temporary.clear()
