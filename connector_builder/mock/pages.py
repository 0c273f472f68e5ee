"""Splits a list into pages that end: `nextLink` leads back here, and the last page has none."""

import copy
from typing import Any
from urllib.parse import quote, unquote

from connector_builder.mock.endpoints import Endpoint
from connector_builder.mock.messages import Incoming, address
from connector_builder.platform.data.plain import ABSENT
from connector_builder.platform.requests.values import Shape

PAGE = "__page"
MAX_PAGES = 1_000


def page_of(request: Incoming) -> int:
    """Returns the number of the page that a request asks for, from 1 on."""
    for part in request.query.split("&"):
        name, _, value = part.partition("=")
        if unquote(name) == PAGE and value.isascii() and value.isdigit() and len(value) < 5:
            return min(max(int(value), 1), MAX_PAGES)
    return 1


def linked(endpoint: Endpoint, value: Any, request: Incoming, page: int, pages: int) -> Any:
    """Returns an answer with the address of the next page, or without one if this is the last."""
    if not isinstance(value, dict) or endpoint.success is None:
        return value
    name = endpoint.next_link
    changed = {key: one for key, one in value.items() if key != name}
    if page < pages:
        changed[name] = _address(request, page + 1)
        return changed
    known = Shape(endpoint.success.schema, endpoint.references).properties.get(name)
    # An empty address ends the pages too, for a schema that requires the field.
    return changed | {name: ""} if known is not None and known.required else changed


def _address(request: Incoming, page: int) -> str:
    kept = [part for part in request.query.split("&") if part and unquote(part.partition("=")[0]) != PAGE]
    query = "&".join([*kept, f"{PAGE}={page}"])
    return f"{address(request, quote(request.path, safe='/%:@!$&()*+,;=~'))}?{query}"


def items_of(value: Any, path: tuple[str, ...]) -> list[Any] | None:
    """Returns the list at a way through an answer; None if there is none."""
    for step in path:
        value = value.get(step, ABSENT) if isinstance(value, dict) else ABSENT
    return value if isinstance(value, list) else None


def with_items(value: Any, path: tuple[str, ...], items: list[Any]) -> Any:
    """Returns a copy of an answer with other items in its list."""
    if not path:
        return items
    changed = copy.copy(value) if isinstance(value, dict) else {}
    changed[path[0]] = with_items(changed.get(path[0]), path[1:], items)
    return changed
