"""The secrets that this process has got: tokens, passwords, addresses with a signature.

They have no shape of their own, so `hide` remembers each when it arrives, and `masked` finds it in any text. There is one
set for the process, because a traceback can show a text of any part of the program.
"""

import base64
import json
from urllib.parse import quote, quote_plus

from connector_builder.secrets.texts import REDACTED, mask

_LEAST = 4
_known: set[str] = set()


def hide(value: str) -> str:
    """Remembers a secret, and returns it. Also the forms in which it is sent are secrets."""
    if len(value) >= _LEAST:
        encoded = base64.b64encode(value.encode()).decode()
        in_json = (json.dumps(value, ensure_ascii=ascii_only)[1:-1] for ascii_only in (True, False))
        _known.update({value, quote(value, safe=""), quote_plus(value), encoded, encoded.rstrip("="), *in_json})
    return value


def masked(text: str) -> str:
    """Returns a text with REDACTED in place of each secret: of those that are known, and of all that look like one."""
    return mask(without_known(text))


def without_known(text: str) -> str:
    """Returns a text with REDACTED in place of each secret that is known."""
    for value in sorted(_known, key=len, reverse=True):
        if value in text:
            text = text.replace(value, REDACTED)
    return text


def forget() -> None:
    """Forgets all secrets, for tests."""
    _known.clear()
