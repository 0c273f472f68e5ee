"""What changed about how people sign in."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from connector_builder.findings import Pointer
from connector_builder.findings.wording import quoted
from connector_builder.package.model import PROPERTIES
from connector_builder.platform.api_properties import OAUTH, SECRET
from connector_builder.platform.data.differences import same
from connector_builder.platform.data.plain import items, mapping, text
from connector_builder.rules.changes.collecting import Collected
from connector_builder.rules.changes.kinds import connection as kinds
from connector_builder.rules.changes.kinds import operations as operation_kinds
from connector_builder.rules.changes.side import Side


class _Way(NamedTuple):
    """A way to sign in: its name among several, its kind, and its parameters with their pointer."""

    name: str
    kind: str
    parameters: dict[str, Any]
    pointer: Pointer


def compare_connection(old: Side, new: Side, found: Collected) -> None:
    """Compares the ways to sign in, and the connection parameters of each."""
    _keys(old, new, found)
    before, after = _ways(old), _ways(new)
    others = {way.name: way for way in after}
    for way in before:
        other = others.pop(way.name, None)
        if other is None:
            if len(before) == 1 and len(after) > 1 and any(one.kind == way.kind for one in after):
                continue  # one way became one of several
            what, said = f"the way to sign in{_called(way)}", "was removed"
            found.add(kinds.SIGN_IN_CHANGED, what, said, old=way.pointer, document=PROPERTIES)
        elif way.kind != other.kind:
            what, said = (
                f"the way to sign in{_called(way)}",
                f"is {quoted(other.kind)} instead of {quoted(way.kind)} now",
            )
            found.add(kinds.SIGN_IN_CHANGED, what, said, old=way.pointer, new=other.pointer, document=PROPERTIES)
        else:
            _parameters(way, other, found)
    for way in others.values():
        if before and not any(one.name == way.name for one in before) and len(after) > 1:
            what, said = f"the way to sign in{_called(way)}", "is new"
            found.add(kinds.SIGN_IN_CHANGED, what, said, new=way.pointer, document=PROPERTIES, letters="SSSS")


def _key_places(side: Side) -> dict[str, tuple[str, str]]:
    """Returns where the keys of a definition are sent, by the names of their security definitions: `("header", "X-Key")`."""
    schemes = mapping(side.definition.get("securityDefinitions"))
    keys = {name: mapping(one) for name, one in schemes.items() if mapping(one).get("type") == "apiKey"}
    return {name: (text(one.get("in")), text(one.get("name"))) for name, one in keys.items()}


def _keys(old: Side, new: Side, found: Collected) -> None:
    before, after = _key_places(old), _key_places(new)
    for name, place in before.items():
        other = after.get(name, place)
        if other != place:
            said = f"is in the {other[0]} {quoted(other[1])} instead of the {place[0]} {quoted(place[1])} now"
            at: Pointer = ("securityDefinitions", name)
            found.add(kinds.KEY_MOVED, "the key", said, old=at, new=at, letters="RRRR")


def _called(way: _Way) -> str:
    return f" {quoted(way.name)}" if way.name else ""


def _ways(side: Side) -> list[_Way]:
    sets = items(mapping(side.properties.get("connectionParameterSets")).get("values"))
    at: Pointer = ("properties", "connectionParameterSets", "values")
    if sets:
        ways = [
            (text(mapping(one).get("name")), mapping(mapping(one).get("parameters")), (*at, index))
            for index, one in enumerate(sets)
        ]
        return [
            _Way(name, _kind(parameters, {}), parameters, (*place, "parameters")) for name, parameters, place in ways
        ]
    parameters = mapping(side.properties.get("connectionParameters"))
    return [_Way("", _kind(parameters, side.definition), parameters, ("properties", "connectionParameters"))]


def _kind(parameters: Mapping[str, Any], definition: Mapping[str, Any]) -> str:
    """Returns the kind of a way to sign in: what the definition says, or what its parameters show."""
    if any(mapping(one).get("type") == OAUTH for one in parameters.values()):
        return "oauth2"
    named = {text(mapping(one).get("type")) for one in mapping(definition.get("securityDefinitions")).values()}
    if named:
        return " and ".join(sorted(named))
    secrets = [name for name, one in parameters.items() if mapping(one).get("type") == SECRET]
    return "secret" if secrets else "none"


def _parameters(old: _Way, new: _Way, found: Collected) -> None:
    renamed = _renamed(old.parameters, new.parameters)
    for name, one in old.parameters.items():
        at, other = (*old.pointer, name), new.parameters.get(name)
        what = f"the connection parameter {quoted(name)}"
        if name in renamed:
            said, place = f"is called {quoted(renamed[name])} now", (*new.pointer, renamed[name])
            found.add(kinds.PARAMETER_CHANGED, what, said, old=at, new=place, document=PROPERTIES)
        elif other is None:
            found.add(kinds.PARAMETER_CHANGED, what, "was removed", old=at, document=PROPERTIES)
        elif mapping(one).get("type") != mapping(other).get("type"):
            said = f"has the type {quoted(text(mapping(other).get('type')))} now"
            found.add(kinds.PARAMETER_CHANGED, what, said, old=at, new=(*new.pointer, name), document=PROPERTIES)
        else:
            _parameter(mapping(one), mapping(other), what, at, (*new.pointer, name), found)
    for name, other in new.parameters.items():
        if name not in old.parameters and name not in renamed.values():
            required = _is_required(mapping(other))
            said = "is new and required" if required else "is new"
            letters = "RRRR" if required else "SSSS"
            what, at = f"the connection parameter {quoted(name)}", (*new.pointer, name)
            found.add(kinds.PARAMETER_ADDED, what, said, new=at, document=PROPERTIES, letters=letters)


def _renamed(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, str]:
    """Returns the new name of a parameter that has another one, if it is the only one of its type that is gone and new."""
    gone = [name for name in old if name not in new]
    added = [name for name in new if name not in old]
    if len(gone) != 1 or len(added) != 1 or mapping(old[gone[0]]).get("type") != mapping(new[added[0]]).get("type"):
        return {}
    return {gone[0]: added[0]}


def _is_required(parameter: Mapping[str, Any]) -> bool:
    if parameter.get("type") == OAUTH:
        return True
    constraints = mapping(mapping(parameter.get("uiDefinition")).get("constraints"))
    return str(constraints.get("required")).lower() == "true"


def _parameter(
    old: Mapping[str, Any], new: Mapping[str, Any], what: str, at: Pointer, new_at: Pointer, found: Collected
) -> None:
    before, after = mapping(old.get("oAuthSettings")), mapping(new.get("oAuthSettings"))
    if not same(before, after):
        _oauth(before, after, (*at, "oAuthSettings"), (*new_at, "oAuthSettings"), found)
    constraints = [mapping(mapping(one.get("uiDefinition")).get("constraints")) for one in (old, new)]
    if _is_required(new) and not _is_required(old):
        found.add(
            kinds.PARAMETER_ADDED, what, "is required now", old=at, new=new_at, document=PROPERTIES, letters="RRRR"
        )
    shown = [{**mapping(one.get("uiDefinition")), "constraints": None} for one in (old, new)]
    if not same(*shown):
        found.add(operation_kinds.TEXT_CHANGED, what, "has other texts now", old=at, new=new_at, document=PROPERTIES)
    elif not same(old.get("allowedValues"), new.get("allowedValues")) or not same(
        constraints[0].get("allowedValues"), constraints[1].get("allowedValues")
    ):
        found.add(
            kinds.PARAMETER_CHANGED,
            what,
            "has other choices now",
            old=at,
            new=new_at,
            document=PROPERTIES,
            letters="RRRR",
        )


def _oauth(old: Mapping[str, Any], new: Mapping[str, Any], at: Pointer, new_at: Pointer, found: Collected) -> None:
    what = "the sign-in by OAuth"
    place: dict[str, Any] = {"document": PROPERTIES}
    before, after = text(old.get("identityProvider")), text(new.get("identityProvider"))
    if before.lower() != after.lower():
        said = f"has the identity provider {quoted(after)} instead of {quoted(before)} now"
        key = "identityProvider"
        found.add(kinds.PROVIDER_CHANGED, what, said, old=(*at, key), new=(*new_at, key), **place, letters="BBBB")
        return
    scopes, others = ([one for one in items(side.get("scopes")) if isinstance(one, str)] for side in (old, new))
    removed, added = [one for one in scopes if one not in others], [one for one in others if one not in scopes]
    if added:
        said = f"asks for the scope {', '.join(map(quoted, added[:5]))} too"
        found.add(kinds.OAUTH_CHANGED, what, said, old=(*at, "scopes"), new=(*new_at, "scopes"), **place)
    if removed:
        said = f"doesn't ask for the scope {', '.join(map(quoted, removed[:5]))} any more"
        found.add(
            kinds.PROVIDER_CHANGED, what, said, old=(*at, "scopes"), new=(*new_at, "scopes"), **place, letters="SSSS"
        )
    keys = ("clientId", "customParameters", "properties", "redirectMode", "additionalParameters")
    changed = [key for key in keys if not same(old.get(key), new.get(key))]
    # A solution has no redirect URL: each environment gives a connector its own.
    if "redirectUrl" in old and "redirectUrl" in new and old["redirectUrl"] != new["redirectUrl"]:
        changed.append("redirectUrl")
    for key in changed:
        found.add(kinds.OAUTH_CHANGED, what, f"has another '{key}' now", old=(*at, key), new=(*new_at, key), **place)
