"""Secrets in what is imported: a spec is committed, so they don't come along."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from connector_builder.findings import Pointer
from connector_builder.language.secrets import is_secret, is_secret_header, mask_secrets
from connector_builder.platform.policy_templates import PARAMETER

REDACTED = "REDACTED"
_ADDRESS = "an address carries a secret"
_EXAMPLES = frozenset({"example", "examples"})
_TEXTS = frozenset({"description", "summary", "title", "x-ms-summary"})
_NAME, _VALUE = f"{PARAMETER}name", f"{PARAMETER}value"


class Secret(NamedTuple):
    """Where a secret is, and what is to be said of it; `kept` says that it comes along."""

    pointer: Pointer
    message: str
    kept: bool = False


def redacted(value: Any) -> tuple[Any, list[Secret]]:
    """The same JSON with REDACTED in place of secrets, and what was found.

    They are those that the compiler finds in a spec: in addresses, wherever they stand; and as the constant value of a header or
    query parameter, be it the default of a parameter or what a policy sets. What is redacted is a copy. Examples are kept as they
    are, and in texts for people what only may be a secret: they document, and an import loses nothing of what was published.
    """
    found: list[Secret] = []
    return _redacted(value, (), found), found


def _redacted(value: Any, at: Pointer, found: list[Secret]) -> Any:
    if isinstance(value, str):
        return _text(value, at, found)
    if isinstance(value, list):
        return [_redacted(part, (*at, index), found) for index, part in enumerate(value)]
    if not isinstance(value, dict):
        return value
    out: dict[str, Any] = {}
    for key, part in value.items():
        name = mask_secrets(key) if _EXAMPLES.isdisjoint(at) else key
        if name != key:
            found.append(Secret((*at, key), _ADDRESS))
            name = _free(name, value, out)
        out[name] = _redacted(part, (*at, key), found)
    for key, message in _constants(value):
        found.append(Secret((*at, key), message))
        out[key] = REDACTED
    return out


def _text(value: str, at: Pointer, found: list[Secret]) -> str:
    """A text without its secrets, but for those that are kept."""
    masked = mask_secrets(value)
    if masked == value:
        return value
    left = masked
    if not _EXAMPLES.isdisjoint(at):
        left = value
    elif at and at[-1] in _TEXTS:
        left = mask_secrets(value, sure=True)
    if left != value:
        found.append(Secret(at, _ADDRESS))
    if left != masked:
        found.append(Secret(at, _ADDRESS, kept=True))
    return left


def _free(name: str, *taken: dict[str, Any]) -> str:
    """Two paths may differ in their secrets alone."""
    free, number = name, 2
    while any(free in names for names in taken):
        free, number = f"{name}{number}", number + 1
    return free


def _constants(part: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The key of a constant header or query parameter that is a secret."""
    for key, name, place in (("default", part.get("name"), part.get("in")), (_VALUE, part.get(_NAME), None)):
        constant = part.get(key)
        if not isinstance(name, str) or not isinstance(constant, str):
            continue
        if place in ("header", None) and is_secret_header(name, constant):
            yield key, f"the header '{name}' carries a secret"
        elif place in ("query", None) and is_secret(name, constant):
            yield key, f"the query parameter '{name}' carries a secret"
