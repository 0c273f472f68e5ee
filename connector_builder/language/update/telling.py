"""Says what an update brought, and where the spec and the API changed the same value differently."""

from collections.abc import Iterable, Iterator
from typing import Any

from connector_builder.findings import Finding, Place, Pointer
from connector_builder.findings.wording import counted
from connector_builder.language.update.alignment import Documents
from connector_builder.language.update.editing import Editing
from connector_builder.language.update.parts import PATHS, SCHEMAS, Part
from connector_builder.language.update.rules import UPDATE_CONFLICT, UPDATED
from connector_builder.language.update.target import Target
from connector_builder.package import DEFINITION, PROPERTIES, Package, Reading
from connector_builder.platform.data.differences import differences

_NAMED = 4
_TOP = "the connector"
_STAYS = "what the spec says stays: to take what the API says, change it here"


def tell(editing: Editing, target: Target, reading: Reading, own: Documents) -> list[Finding]:
    """Returns the notes and warnings about an update, at their places in the updated spec."""
    package = reading.package
    assert package is not None
    whole = Place.whole(reading.texts[0])
    findings = [_note(part, package, whole, own, target) for part in editing.parts]
    findings += _top_notes(package, own, target)
    for document, pointers in ((DEFINITION, target.conflicts), (PROPERTIES, target.conflicts_in_properties)):
        places = package.locate(document, pointers)
        documents = {DEFINITION: target.documents.definition, PROPERTIES: target.documents.properties}
        for at in pointers:
            message = f"{_named(documents[document], at)} changed in the API and here, in different ways"
            findings.append(UPDATE_CONFLICT.at(places[at], message, help=_STAYS))
    return findings


def _note(part: Part, package: Package, whole: Place, own: Documents, target: Target) -> Finding:
    what = "schema" if SCHEMAS in (part.section, part.to) else "operation"
    if not part.now:
        named = part.name or _place_of(part.was)
        return UPDATED.at(whole, f"the {what} '{named}' was removed: the API doesn't have it any more")
    place = package.locate(DEFINITION, [part.now])[part.now]
    name = part.new_name or _place_of(part.now)
    if not part.was:
        return UPDATED.at(place, f"the {what} '{name}' was added")
    before, after = _by_names(_at(own.definition, part.was)), _by_names(_at(target.documents.definition, part.now))
    changed = [_step_names(after if _is_in(after, at) else before, at) for at in differences(before, after, ordered=())]
    if part.was != part.now:
        old, new = (_place_of(at) for at in (part.was, part.now))
        changed.insert(0, f"'{old}' is '{new}' now")
    return UPDATED.at(place, f"the {what} '{name}' was changed: {_listed(changed)}")


def _by_names(value: Any) -> Any:
    """Returns an operation with its parameters by their names, so that one more isn't a difference of all of them."""
    listed = value.get("parameters") if isinstance(value, dict) else None
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        return value
    return {**value, "parameters": {str(one.get("name") or one.get("$ref")): one for one in listed}}


def _place_of(at: Pointer) -> str:
    return f"{str(at[2]).upper()} {at[1]}" if at[0] == PATHS else str(at[1])


def _top_notes(package: Package, own: Documents, target: Target) -> Iterator[Finding]:
    """Yields a note for each value of the connector that isn't part of an operation or schema."""
    for document, before, after in (
        (DEFINITION, _rest(own.definition), _rest(target.documents.definition)),
        (PROPERTIES, own.properties, target.documents.properties),
    ):
        pointers = list(differences(before, after, ordered=()))
        places = package.locate(document, pointers)
        for at in pointers:
            yield UPDATED.at(places[at], f"{_named(after if _is_in(after, at) else before, at)} was changed")


def _rest(definition: dict[str, Any]) -> dict[str, Any]:
    return {key: part for key, part in definition.items() if key not in (PATHS, "definitions")}


def _named(document: Any, at: Pointer) -> str:
    """Names a value: `'description' of 'GET /pets'`, `'name' in 'properties' of 'Pet'`."""
    if at[:1] == (PATHS,) and len(at) > 3:
        return f"{_step_names(_at(document, at[:3]), at[3:])} of '{_place_of(at[:3])}'"
    if at[:1] == ("definitions",) and len(at) > 2:
        return f"{_step_names(_at(document, at[:2]), at[2:])} of the schema '{at[1]}'"
    if at[:1] == (PATHS,) and len(at) == 3:
        return f"'{_place_of(at)}'"
    return f"'{'.'.join(map(str, at))}'" if at else _TOP


def _step_names(value: Any, at: Pointer) -> str:
    """Names the way to a value, with the names of parameters instead of their numbers; without what says nothing."""
    names: list[str] = []
    item: Any = None
    for step in at:
        item = _at(value, (step,)) if _is_in(value, (step,)) else None
        if isinstance(step, int):
            given = item.get("name") if isinstance(item, dict) else None
            names.append(str(given) if given is not None else str(item) if isinstance(item, str) else str(step))
        elif step not in ("properties", "schema") or step == at[-1]:
            names.append(str(step))
        value = item
    return f"'{'.'.join(names)}'" if names else _TOP


def _listed(changed: Iterable[str]) -> str:
    """Returns the first names of a list, and how many more there are."""
    names = list(dict.fromkeys(changed))
    more = len(names) - _NAMED
    shown = names if more <= 1 else names[:_NAMED]
    return ", ".join(shown) + (f" and {counted(more, 'more value')}" if more > 1 else "")


def _at(value: Any, at: Pointer) -> Any:
    for step in at:
        value = value[step]
    return value


def _is_in(value: Any, at: Pointer) -> bool:
    """Checks whether a value has a part at a pointer."""
    try:
        _at(value, at)
    except (LookupError, TypeError):
        return False
    return True
