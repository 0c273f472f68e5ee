"""Makes the entries of connection parameters: differences for those of authentication, names for all others."""

from dataclasses import dataclass
from typing import Any

from connector_builder.language.compile.connector.connection import PLAIN_KEYS
from connector_builder.language.decompile.connector.trial import Draft, made_by, without_needless
from connector_builder.language.decompile.difference import IMPOSSIBLE, distance, size
from connector_builder.language.tables.auth import TEXTS
from connector_builder.platform.data.differences import same
from connector_builder.platform.data.plain import mapping

PLAIN = 4
"""The cost of a line in the platform's own words. A friendly line of the same length is preferred."""
_FLAGS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Entry:
    """A parameter as an entry of the spec's `connection`, and its cost: IMPOSSIBLE if the entry is incomplete."""

    said: Any
    cost: int


def entry(name: str, parameter: dict[str, Any]) -> Entry:
    """Returns the shortest entry of a parameter: a text if it has only a type or a description."""

    def left(draft: Draft) -> int:
        return PLAIN * distance(mapping(_compiled(name, draft)), parameter)

    draft = without_needless(described(parameter, mapping(_compiled(name, {}))), left)
    text = next(iter(draft.values())) if len(draft) == 1 else None
    short = isinstance(text, str) and same(_compiled(name, text), _compiled(name, draft))
    return Entry(text if short else draft, IMPOSSIBLE if left(draft) else 1 + size(draft))


def _compiled(name: str, draft: Any) -> Any:
    """Compiles an entry of `connection`."""
    return made_by({"connection": {name: draft}}).parameters.get(name)


def described(parameter: dict[str, Any], customary: dict[str, Any]) -> Draft:
    """Returns a parameter in all friendly keys; null for each key that it lacks, which removes the customary value."""
    ui = mapping(parameter.get("uiDefinition"))
    constraints = dict(mapping(ui.get("constraints")))
    draft: Draft = {"type": parameter.get("type")}
    draft |= {key: ui.get(name) for key, name in TEXTS.items()}
    for key in ("required", "hidden"):
        flag = constraints.get(key)
        known = isinstance(flag, str) and flag in _FLAGS
        draft[key] = _FLAGS[constraints.pop(key)] if known else None
    if "defaultValue" in parameter:
        draft["default"] = parameter["defaultValue"]
    allowed = _allowed(constraints.get("allowedValues"))
    if allowed is not None:
        draft["allowed"] = allowed
        del constraints["allowedValues"]
    for key in PLAIN_KEYS:
        if key in parameter:
            draft[key] = parameter[key]
    usual = mapping(mapping(customary.get("uiDefinition")).get("constraints"))
    names = dict.fromkeys([*usual, *constraints])  # in the order in which they are built
    draft["constraints"] = {key: constraints.get(key) for key in names if key in constraints or key not in draft}
    return draft


def _allowed(values: Any) -> Any:
    """Returns the values to choose from: a list if each is shown unchanged, else a mapping to the shown texts."""
    if not isinstance(values, list) or not values:
        return None
    pairs = [(one.get("value"), one.get("text")) for one in values if isinstance(one, dict) and len(one) == 2]
    if len(pairs) < len(values):
        return None
    if all(str(value) == text for value, text in pairs):
        return [value for value, _ in pairs]
    if all(isinstance(value, str) and isinstance(text, str) for value, text in pairs):
        return dict(pairs) if len(dict(pairs)) == len(pairs) else None
    return None
