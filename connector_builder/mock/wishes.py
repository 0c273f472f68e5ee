"""What a client wishes for an answer: `Prefer: code=404`, as for Prism, or the same as `?__code=404`."""

import re
from contextlib import suppress
from typing import NamedTuple

from connector_builder.mock.forms import NoForm, pairs
from connector_builder.mock.messages import Answer, Incoming, problem

_PART = re.compile(r'\s*([A-Za-z_-]{1,20})\s*=\s*(?:"([^"]*)"|([^,;\s]*))')
_CODE = re.compile(r"[2-5]\d\d")


class Wish(NamedTuple):
    """The status (0 for the usual one), the name of an example, and whether the values are invented."""

    code: int = 0
    example: str = ""
    dynamic: bool = False


_NONE, _DYNAMIC = Wish(), Wish(dynamic=True)


def wish_of(request: Incoming, *, dynamic: bool = False) -> Wish | Answer:
    """Returns what a request wishes; an error for a status that isn't one. `dynamic` is what counts without a wish."""
    prefer = request.headers.get("prefer", "")
    if not prefer and "__" not in request.target:
        return _DYNAMIC if dynamic else _NONE
    said = {name.lower(): quoted or bare for name, quoted, bare in _PART.findall(prefer)}
    with suppress(NoForm):
        said |= {name[2:]: value for name, value in pairs(request.query) if name.startswith("__")}
    code = said.get("code", "")
    if code and not _CODE.fullmatch(code):
        detail = f"'{code[:20]}' isn't a status from 200 to 599"
        return problem(400, "INVALID_PREFER", "The wished status isn't one", detail)
    wanted = said.get("dynamic", "")
    return Wish(int(code or 0), said.get("example", ""), wanted.lower() == "true" if wanted else dynamic)
