"""Reads the address of a flow in the portal: the environment, the flow and the run that it shows."""

import re
from collections.abc import Mapping
from itertools import pairwise
from urllib.parse import unquote, urlsplit

_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]{0,200}")


def parts_of(address: str) -> dict[str, str]:
    """Returns the parts of a portal's address by the words before them: `{"environments": …, "flows": …, "runs": …}`.

    The portal has had several forms: `…/environments/E/flows/F/details`, `…/environments/E/solutions/S/flows/F`, and the
    same behind `#/`. Returns an empty mapping for what has none.
    """
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return {}
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return {}
    segments = [unquote(one) for one in f"{parts.path}/{parts.fragment.partition('?')[0]}".split("/") if one]
    found: dict[str, str] = {}
    for word, value in pairwise(segments):
        name = {"environment": "environments", "flow": "flows", "run": "runs"}.get(word.lower(), word.lower())
        if name in ("environments", "flows", "runs") and _PART.fullmatch(value) and value not in ("new", "shared"):
            found.setdefault(name, value)
    return found


def values_for(path: str, parts: Mapping[str, str]) -> dict[str, str]:
    """Returns the values of the parameters of a path, by the literal part before each or by their own names.

    `/environments/{environment}/flows/{anyFlow}` takes both.
    """
    found: dict[str, str] = {}
    segments = path.split("/")
    for before, segment in pairwise(segments):
        name = segment[1:-1] if segment.startswith("{") and segment.endswith("}") else ""
        value = parts.get(before.lower()) or parts.get(f"{name.lower()}s")
        if name and value:
            found[name] = value
    return found
