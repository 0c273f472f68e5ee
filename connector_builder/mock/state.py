"""Keeps what clients create, change and delete (`--stateful`): `POST /orders`, then `GET /orders/1001`.

A path that ends with a parameter is an item, and the path before it its list. At first, a list has the items of its sample.
"""

from typing import Any, NamedTuple
from urllib.parse import quote, unquote
from uuid import UUID

from connector_builder.mock.endpoints import Endpoint, Response
from connector_builder.mock.pages import items_of
from connector_builder.platform.data.plain import ABSENT
from connector_builder.platform.requests.values import Shape, differences
from connector_builder.platform.swagger.references import References
from connector_builder.platform.swagger.schemas import Property

MAX_ITEMS = 10_000
FIRST = 1_001
"""The first number that a new item gets as its id."""
_USUAL = ("id", "name", "key", "number", "code", "uuid", "guid")


class Role(NamedTuple):
    """What an operation does to which items: the template of the list, and the parameter that is the id (empty for the list)."""

    template: str
    parameter: str


class Kept(NamedTuple):
    """What state says of a request: the value of the answer (ABSENT for the usual one), or why there is none."""

    value: Any = ABSENT
    location: str = ""
    status: int = 0
    why: str = ""


class _Items:
    """The items of one list. With `is_open`, ids that nobody knows exist too: nothing says which do."""

    def __init__(self) -> None:
        self.values: dict[str, dict[str, Any]] = {}
        self.deleted: set[str] = set()
        self.is_open = True


class State:
    """The items of a connector by the path of their list. `usual` returns the usual value of an operation."""

    def __init__(self, endpoints: list[Endpoint], usual: Any, references: References) -> None:
        self._usual, self._references = usual, references
        self._lists: dict[str, _Items] = {}
        self._next, self._count = FIRST, 0
        self._by_path: dict[tuple[str, str], Endpoint] = {
            (one.operation.path, one.operation.verb): one for one in endpoints
        }
        parents: dict[str, str] = {}
        for one in endpoints:
            head, _, last = one.operation.path.rpartition("/")
            if last.startswith("{") and last.endswith("}") and last.count("{") == 1:
                parents.setdefault(head, last[1:-1])
        self._parents = parents

    def role(self, endpoint: Endpoint) -> Role | None:
        """Returns what an operation does to items; None for one that state doesn't concern."""
        path, verb = endpoint.operation.path, endpoint.operation.verb
        if path in self._parents and verb in ("get", "post") and endpoint.kind == "action":
            return Role(path, "")
        head, _, last = path.rpartition("/")
        if self._parents.get(head) == last[1:-1] and last.startswith("{") and verb in ("get", "put", "patch", "delete"):
            return Role(head, last[1:-1])
        return None

    def handle(self, endpoint: Endpoint, path: str, values: dict[str, str], body: Any) -> Kept | None:
        """Returns what state says of a request; None if it says nothing."""
        role, verb = self.role(endpoint), endpoint.operation.verb
        if role is None:
            return None
        place = unquote(path) if not role.parameter else unquote(path.rpartition("/")[0])
        kept = self._list(place, role)
        if not role.parameter:
            return (
                self._listed(endpoint, kept, role) if verb == "get" else self._created(endpoint, kept, role, body, path)
            )
        identity = values.get(role.parameter, "")
        known = kept.values.get(identity)
        if known is None and (identity in kept.deleted or not kept.is_open) and verb != "put":
            return Kept(status=404, why=f"there is no '{identity[:60]}'")
        if verb == "get":
            return Kept() if known is None else Kept(self._answer(endpoint, known))
        if verb == "delete":
            self._count -= kept.values.pop(identity, None) is not None
            kept.deleted.add(identity)
            return Kept()
        return self._changed(endpoint, kept, role, identity, body)

    def _changed(self, endpoint: Endpoint, kept: _Items, role: Role, identity: str, body: Any) -> Kept:
        known = kept.values.get(identity, {})
        given = body if isinstance(body, dict) else {}
        value = given if endpoint.operation.verb == "put" else _patched(known, given)
        field = self._field(role)
        if field is not None:
            value = {**value, field: known.get(field, self._typed(role, identity))}
        return self._put(endpoint, kept, identity, value)

    def _put(self, endpoint: Endpoint, kept: _Items, identity: str, value: dict[str, Any], location: str = "") -> Kept:
        if identity not in kept.values:
            if self._count >= MAX_ITEMS:
                return Kept(status=507, why=f"the mock keeps {MAX_ITEMS} items: POST /__mock/reset forgets them")
            self._count += 1
        kept.deleted.discard(identity)
        kept.values[identity] = value
        return Kept(self._answer(endpoint, value), location)

    def _created(self, endpoint: Endpoint, kept: _Items, role: Role, body: Any, path: str) -> Kept:
        given = dict(body) if isinstance(body, dict) else {}
        field = self._field(role)
        identity = given.get(field) if field is not None else None
        if isinstance(identity, bool) or not isinstance(identity, str | int) or identity == "":
            identity = self._new(role)
            if field is not None:
                given[field] = identity
        location = f"{path.rstrip('/')}/{quote(str(identity), safe='')}"
        return self._put(endpoint, kept, str(identity), given, location)

    def _listed(self, endpoint: Endpoint, kept: _Items, role: Role) -> Kept:
        path, response = endpoint.items_at, endpoint.success
        if path is None or response is None:
            return Kept()
        samples = items_of(self._usual(endpoint), path)
        sample: Any = samples[0] if samples else {}
        schema: Any = response.schema
        for step in path:
            schema = Shape(schema, self._references).properties[step].schema
        schema = Shape(schema, self._references).items
        return Kept([self._projected(schema, sample, one) for one in kept.values.values()])

    def _answer(self, endpoint: Endpoint, value: dict[str, Any]) -> Any:
        """Returns a kept item as the answer of an operation."""
        response: Response | None = endpoint.success
        if response is None or "schema" not in response.value:
            return ABSENT
        return self._projected(response.schema, self._usual(endpoint), value)

    def _projected(self, schema: Any, sample: Any, value: dict[str, Any]) -> Any:
        """Returns a sample with those fields of a kept item that its schema has."""
        if not isinstance(sample, dict):
            return sample
        shape = Shape(schema, self._references)
        known, further = shape.properties, shape.further
        made = dict(sample)
        for name, one in value.items():
            part = known[name].schema if name in known else further
            if part is not ABSENT and next(iter(differences(one, part, self._references)), None) is None:
                made[name] = one
        return made

    def _list(self, place: str, role: Role) -> _Items:
        """Returns the items of a list, at first those of its sample, and of the sample of one item."""
        if place in self._lists:
            return self._lists[place]
        kept = self._lists[place] = _Items()
        field = self._field(role)
        listing = self._by_path.get((role.template, "get"))
        path = listing.items_at if listing is not None and listing.kind == "action" else None
        found = items_of(self._usual(listing), path) if listing is not None and path is not None else None
        for one in found or ():
            identity = one.get(field) if isinstance(one, dict) and field is not None else None
            if isinstance(identity, str | int) and self._count < MAX_ITEMS:
                kept.values[str(identity)] = one
                self._count += 1
        kept.is_open = not kept.values
        return kept

    def _item(self, role: Role) -> dict[str, Property]:
        """Returns the fields of an item: those that the operation for one returns, else the one that creates it."""
        for verb, path in (("get", f"{role.template}/{{{self._parents[role.template]}}}"), ("post", role.template)):
            endpoint = self._by_path.get((path, verb))
            if endpoint is not None and endpoint.success is not None:
                known = Shape(endpoint.success.schema, self._references).properties
                if known:
                    return dict(known)
        return {}

    def _field(self, role: Role) -> str | None:
        """Returns the field of an item that is its id: one that is named like the parameter, else `id`, `name` and others."""
        known, parameter = self._item(role), self._parents[role.template]
        names = {_bare(name): name for name in known}
        for name in (parameter, f"{parameter}id", f"{parameter}name", *_USUAL):
            found = names.get(_bare(name))
            if found is not None and Shape(known[found].schema, self._references).type in ("string", "integer"):
                return found
        return None

    def _schema_of_id(self, role: Role) -> Shape:
        field = self._field(role)
        return Shape(self._item(role)[field].schema if field is not None else {}, self._references)

    def _typed(self, role: Role, identity: str) -> str | int:
        is_number = self._schema_of_id(role).type == "integer" and identity.isascii() and identity.isdigit()
        return int(identity) if is_number and len(identity) < 19 else identity

    def _new(self, role: Role) -> str | int:
        """Returns the id of a new item, of the type that the schema says."""
        number = self._next
        self._next += 1
        shape = self._schema_of_id(role)
        if shape.said("format") == "uuid":
            return str(UUID(int=number, version=4))
        return number if shape.type == "integer" else str(number)

    def clear(self) -> None:
        self._lists.clear()
        self._next, self._count = FIRST, 0


def _bare(name: str) -> str:
    return name.lower().replace("_", "").replace("-", "")


def _patched(value: dict[str, Any], patch: dict[str, Any]) -> dict[str, Any]:
    """Returns a value after a JSON Merge Patch (RFC 7396). A patch is no deeper than what `json` reads."""
    made = {key: one for key, one in value.items() if patch.get(key, ABSENT) is not None}
    for key, one in patch.items():
        if isinstance(one, dict):
            old = made.get(key)
            made[key] = _patched(old if isinstance(old, dict) else {}, one)
        elif one is not None:
            made[key] = one
    return made
