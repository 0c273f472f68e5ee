"""Keys that are one level too high or too low."""

from typing import Any

from connector_builder.platform.shapes import Shape
from connector_builder.rules.node import Node


def belongs(node: Node) -> str | None:
    """Returns where an unknown key belongs: in a part beside it, or in one around it; None where neither knows it.

    `publisher` beside `properties` belongs in 'properties', `securityDefinitions` in a path at the top level.
    """
    owner = node.owner
    places = [f"in '{name}'" for name, shape in owner.shape.keys.items() if _knows(node, shape, _part(owner, name))][:1]
    above = owner.parent
    while above is not None:
        if node.key in above.shape.keys:
            places.append("at the top level" if above.parent is None else f"in the {above.kind} around it")
            break
        above = above.parent
    return f"it belongs {' or '.join(places)}" if places else None


def _part(owner: Node, name: str) -> Any:
    return owner.value.get(name) if isinstance(owner.value, dict) else None


def _knows(node: Node, shape: Shape, inner: Any) -> bool:
    return isinstance(inner, dict) and node.key in shape.of(inner).keys
