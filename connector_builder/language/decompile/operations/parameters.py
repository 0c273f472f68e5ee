"""Reads an operation's parameters, and where each is written: request line, `headers`, `form`, `parameters`, `body`."""

from collections import Counter
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any

from connector_builder import secrets
from connector_builder.language.decompile.decisions import Entries, Style
from connector_builder.language.decompile.model import Unsayable
from connector_builder.language.decompile.operations.parameter_entries import Use, parameter_entries
from connector_builder.language.decompile.operations.request_lines import path_names
from connector_builder.language.derived import is_hidden, place_rank
from connector_builder.platform.swagger.references import name_in


@dataclass(slots=True)
class Parameters:
    """The parameters of an operation as an author writes them, with the body still in Swagger.

    `places` are their names and places in the package's order, `in_path` the names in the path. `plain` is the
    unchanged list if no other form can express it.
    """

    uses: list[Use] = field(default_factory=list)
    body: Entries | None = None
    places: list[tuple[str, str]] = field(default_factory=list)
    in_path: list[str] = field(default_factory=list)
    plain: list[Any] | None = None


@dataclass(slots=True)
class Around:
    """The parts around an operation: the definition, Swagger's shared parameters, the path item's, its notification.

    `polling` is the trigger's `polling` from its policy. `read` are the operation's parameters if they are already
    read.
    """

    definition: Entries
    parameters: Entries
    item: list[Any] = field(default_factory=list)
    notification: Any = None
    polling: Any = None
    read: Parameters | None = None


def read_parameters(style: Style, path: str, swagger: Entries, around: Around) -> Parameters:
    """Reads the parameters of an operation, without those of its path item. Raises Unsayable."""
    listed = swagger.get("parameters", [])
    if not isinstance(listed, list):
        raise Unsayable("parameters")
    in_path = path_names(path)
    form = "consumes" in swagger  # `form` always writes it
    known = frozenset(in_path)
    read = Parameters(in_path=in_path)
    names: set[tuple[str, str]] = set()
    places = read.places
    has_body = False
    for one in listed:
        key, parameter = _resolved(one, around.parameters)
        name, place = parameter.get("name"), parameter.get("in")
        if not isinstance(name, str) or not isinstance(place, str) or (name, place) in names:
            raise Unsayable("parameters")
        if place == "body" and has_body:
            raise Unsayable("two bodies")
        has_body = has_body or place == "body"
        names.add((name, place))
        places.append((name, place))
        if place == "body" and key is not None:
            read.uses.append(Use(name, parameter, "other", {}, shared=key))
        elif place == "body":
            read.body = parameter
        else:
            where = _where(name, place, known, form=form)
            read.uses.append(_use(style, name, where, parameter, key))
    missing = [name for name in in_path if (name, "path") not in names]
    above = {one["name"] for one in around.item if isinstance(one, dict) and isinstance(one.get("name"), str)}
    if not above.issuperset(missing):
        raise Unsayable("a path parameter that isn't described")
    return read


def _resolved(one: Any, shared: dict[str, Any]) -> tuple[str | None, Entries]:
    """Returns a parameter, and the key by which Swagger shares it. Raises Unsayable."""
    if not isinstance(one, dict):
        raise Unsayable("parameters")
    if "$ref" not in one:
        return None, one
    name = name_in("parameters", one["$ref"])
    target = shared.get(name) if name is not None else None
    if len(one) > 1 or not isinstance(target, dict) or "$ref" in target:
        raise Unsayable("$ref")
    return name, target


def _where(name: str, place: str, in_path: Collection[str], *, form: bool) -> str:
    """Returns the place where a parameter is written."""
    where = {"path": "path", "query": "query", "header": "header", "formData": "form"}.get(place)
    if where is None or (where == "path" and name not in in_path) or name.endswith("!") or not name:
        return "other"
    if where == "query" and ("{" in name or "}" in name):
        return "other"
    return "other" if where == "form" and not form else where


def _use(style: Style, name: str, where: str, parameter: Entries, key: str | None) -> Use:
    required = where != "path" and parameter.get("required") is True
    constant = _constant(name, where, parameter) if key is None else None
    use = Use(name, parameter, where, {}, required, constant, key)
    known = (id(parameter), where, style.plain)
    if known in style.shared:
        use.entries = style.shared[known]
        return use
    try:
        use.entries = parameter_entries(style, use)
        if key is not None:
            style.shared[known] = use.entries
    except Unsayable:
        if key is None:
            raise
        use.place = "other"  # a reference is enough, whatever it refers to
    return use


def _constant(name: str, where: str, parameter: Entries) -> str | None:
    """Returns the text of a hidden parameter that always has one value; None for other parameters."""
    value = parameter.get("default")
    if where not in ("query", "header") or parameter.get("required") is not True or not isinstance(value, str):
        return None
    if not is_hidden(parameter) or parameter.get("type") != "string" or "enum" in parameter:
        return None
    if "format" in parameter:
        return None
    if where == "query":
        return None if not value or secrets.is_secret(name, value, secrets.Use.QUERY) or "\n" in value else value
    return None if secrets.is_secret(name, value, secrets.Use.HEADER) else value


def order_of_parameters(style: Style, read: Parameters, common: Sequence[str]) -> list[str]:
    """Returns the names that must be listed to give the package's order; empty if it is the usual order.

    `common` are the headers that every operation has: they come before its own.
    """
    places = read.places
    by_place: dict[str, list[tuple[str, str]]] = {where: [] for where in ("path", "query", "header", "form", "other")}
    for use in read.uses:
        by_place[use.place].append((use.name, use.swagger["in"]))
    in_path = {name: index for index, name in enumerate(read.in_path)}
    by_place["path"].sort(key=lambda one: in_path[one[0]])
    in_common = {name: index for index, name in enumerate(common)}
    by_place["header"].sort(key=lambda one: in_common.get(one[0], len(common)))
    usual = [one for where in by_place.values() for one in where]
    if read.body is not None:
        usual.append(next(one for one in places if one[1] == "body"))
    usual.sort(key=lambda one: place_rank(style.defaults, one[1]))
    names = Counter(name for name, _ in places)
    first = places[: named_first(places, usual)]
    return [name if names[name] == 1 else f"{name} in {place}" for name, place in first]


def named_first(wanted: Sequence[Hashable], usual: Sequence[Hashable]) -> int:
    """Counts how many of `wanted` must be listed so that the rest, in the usual order, are in their places."""
    position = {one: index for index, one in enumerate(usual)}
    places = [position[one] for one in wanted]
    return max((index for index in range(1, len(places)) if places[index - 1] > places[index]), default=0)
