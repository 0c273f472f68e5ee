"""Keys that are one level too high or too low."""

from typing import Any

from connector_builder.findings import Add, Fix, Remove
from connector_builder.platform.data.shapes import Shape
from connector_builder.rules.node import Node


def belongs(node: Node) -> str | None:
    """Returns where an unknown key belongs: in a part beside it, or in one around it; None where neither knows it.

    `publisher` beside `properties` belongs in 'properties', `securityDefinitions` in a path at the top level.
    """
    places = [name for _, name in _places(node)]
    return f"it belongs {' or '.join(places)}" if places else None


def moved(node: Node) -> Fix | None:
    """Returns the fix that moves an unknown key to where it belongs; None where there are several places, or it is taken."""
    places = _places(node)
    if len(places) != 1:
        return None
    part, words = places[0]
    is_near = part.parent in (None, node.owner) or part is node.owner.parent
    if not is_near or not isinstance(part.value, dict) or node.key in part.value:
        return None
    return Fix(f"it belongs {words}", (Add((*part.pointer, node.key), node.value), Remove(node.pointer)))


def _places(node: Node) -> list[tuple[Node, str]]:
    """Returns the parts in which a key is known, each with the words for it: one beside it, and one around it."""
    owner = node.owner
    inner = ((name, shape, _part(owner, name)) for name, shape in owner.shape.keys.items())
    known = (Node(part, shape, owner, name) for name, shape, part in inner if _knows(node, shape, part))
    places = [(part, f"in '{part.key}'") for part in known][:1]
    above = owner.parent
    while above is not None:
        if node.key in above.shape.keys:
            places.append((above, "at the top level" if above.parent is None else f"in the {above.kind} around it"))
            break
        above = above.parent
    return places


def _part(owner: Node, name: str) -> Any:
    return owner.value.get(name) if isinstance(owner.value, dict) else None


def _knows(node: Node, shape: Shape, inner: Any) -> bool:
    return isinstance(inner, dict) and node.key in shape.of(inner).keys
