"""How much of the platform's limits a connector uses. The limits are in `limits.py`."""

from collections.abc import Callable, Iterator
from typing import Any

from connector_builder.platform.swagger.schemas import directly_in


def schemas_in(schema: dict[str, Any], resolved: Callable[[Any], Any], most: int) -> int:
    """Counts the schemas in a schema, as far as `most + 1`. A reference back to a schema around it counts once.

    Not `walk`, which visits each schema once: here a schema counts every time that it is written out.
    """
    count = 0
    way: list[Iterator[Any]] = [iter((schema,))]
    around: dict[int, None] = {}
    while way and count <= most:
        part = next(way[-1], None)
        if part is None:
            way.pop()
            if around:
                around.popitem()
            continue
        count += 1
        whole = resolved(part)
        if isinstance(whole, dict) and id(whole) not in around:
            around[id(whole)] = None
            way.append(iter(directly_in(whole)))
    return count
