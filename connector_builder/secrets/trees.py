"""Finds secrets in plain data: JSON, or the content of YAML."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from connector_builder.numbering import Numbers
from connector_builder.secrets.names import Use, is_likely, is_sure, may_name_secret
from connector_builder.secrets.texts import REDACTED, mask, message_of, secrets_by_text
from connector_builder.secrets.values import is_secret, looks_random

Pointer = tuple[str | int, ...]

_VALUES = ("default", "example", "x-example", "const", "value", "testValue", "x-ms-test-value", "x-ms-examples")
"""Keys of a schema or parameter that contain a value of it."""
_PAIRS = (("name", "value"), ("key", "value"), ("x-ms-apimTemplateParameter.name", "x-ms-apimTemplateParameter.value"))
"""Pairs of keys: that of a name, and that of the value with this name."""
_HELD = frozenset((*_VALUES, *(key for _, key in _PAIRS)))
_USES = {"header": Use.HEADER, "query": Use.QUERY}
_SECURE = "securestring"
_NAMES_ONLY = frozenset(
    {"scopes", "x-ms-dynamic-values", "x-ms-dynamic-list", "x-ms-dynamic-schema", "x-ms-dynamic-properties"}
)
"""Keys of mappings whose values, or those of the mappings in them, are descriptions or names of other parts."""
_DESCRIBED = frozenset(
    {"connection", "connectionParameters", "fields", "parameters", "properties", "schemas", "definitions"}
)
"""Keys of mappings whose keys are names that an author describes.

In a spec a word describes them: a type, a schema, a label.
"""
_SOME_DIGITS = 6
_CONTAINERS = (dict, list)
_PARTS = (dict, list, tuple)


class Found(NamedTuple):
    """A secret in a tree: the place, a message, and the text to write instead.

    `of_key` says that the key itself contains it.
    """

    pointer: Pointer
    message: str
    instead: str
    values: tuple[str, ...]
    of_key: bool = False
    query: str | None = None


def find(tree: Any) -> list[Found]:
    """Returns the secrets of a tree, each part once."""
    found: dict[tuple[Pointer, bool], Found] = {}
    search = _Search(tree)
    search.within(tree, (), None)
    for one in search.found:
        found.setdefault((one.pointer, one.of_key), one)
    return list(found.values())


def without(tree: Any) -> tuple[Any, list[Found]]:
    """Returns a copy of a tree with its secrets replaced, and the secrets; the tree itself if it has none."""
    found = find(tree)
    if not found:
        return tree, found
    values = {one.pointer: one.instead for one in found if not one.of_key}
    keys = {one.pointer: one.instead for one in found if one.of_key}
    return _copy(tree, (), values, keys), found


def mask_all(value: Any) -> Any:
    """Returns plain data with every secret in its texts masked; the data itself if they have none. Searches equal texts once."""
    masked = {text: mask(text) for text in secrets_by_text(_texts(value)[1])}
    return _masked(value, masked) if masked else value


def _masked(value: Any, masked: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return masked.get(value, value)
    if isinstance(value, dict):
        return {_masked(key, masked): _masked(part, masked) for key, part in value.items()}
    return [_masked(part, masked) for part in value] if isinstance(value, list | tuple) else value


class _Search:
    """One walk over a tree. It searches equal texts once, and collects what it finds, some parts twice."""

    def __init__(self, tree: Any) -> None:
        self.found: list[Found] = []
        keys, texts = _texts(tree)
        self._secrets = secrets_by_text(texts)
        self._asked = _HELD.union(filter(may_name_secret, keys))
        """The keys beside which values may be secrets. Most mappings have none of them."""

    def within(self, part: Any, at: Pointer, name: str | None) -> None:
        """Searches a part. `name` is the nearest key whose name says that values are secrets."""
        if isinstance(part, str):
            self._text(part, at, of_key=False)
        elif isinstance(part, list):
            for index, item in enumerate(part):
                if item in self._secrets if isinstance(item, str) else isinstance(item, _CONTAINERS):
                    self.within(item, (*at, index), None)
        elif isinstance(part, dict):
            if not self._asked.isdisjoint(part):
                self.found += _named(part, at, name)
            self._mapping(part, at)

    def _mapping(self, part: dict[Any, Any], at: Pointer) -> None:
        for key, value in part.items():
            deeper = isinstance(value, _CONTAINERS)
            if not (deeper or self._secrets) or not isinstance(key, str):
                continue
            if key in self._secrets:
                self._text(key, (*at, key), of_key=True)
            if deeper or (isinstance(value, str) and value in self._secrets):
                self.within(value, (*at, key), key if key in self._asked and _is_name(key, value) else None)

    def _text(self, text: str, at: Pointer, *, of_key: bool) -> None:
        secrets = self._secrets.get(text)
        if secrets:
            values = tuple(text[one.start : one.end] for one in secrets)
            self.found.append(Found(at, secrets[0].message, mask(text), values, of_key, secrets[0].query))


def _texts(tree: Any) -> tuple[set[str], set[str]]:
    """Returns the different keys of a tree, and its different texts, keys and values."""
    names: set[Any] = set()
    texts: set[str] = set()
    waiting: list[Any] = [[tree]]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            names.update(part)
            part = part.values()
        for value in part:
            if isinstance(value, str):
                texts.add(value)
            elif isinstance(value, _PARTS):
                waiting.append(value)
    keys = {name for name in names if isinstance(name, str)}
    return keys, texts | keys


def _is_name(key: str, value: Any) -> bool:
    if not isinstance(value, dict) or not may_name_secret(key):
        return False
    return is_sure(key) or is_likely(key) or is_likely(key, Use.HEADER)


def _named(part: dict[Any, Any], at: Pointer, name: str | None) -> Iterator[Found]:
    """Yields the values of a mapping that are secrets because of the names beside them."""
    described = bool(at) and (at[-1] in _DESCRIBED or not _NAMES_ONLY.isdisjoint(at[-2:]))
    use = Use.HEADER if at and at[-1] == "headers" else Use.KEY
    for key in part:
        if not isinstance(key, str) or not may_name_secret(key):
            continue
        value = part[key]
        if not described or looks_random(str(value)):
            yield from _of(key, value, (*at, key), use)
    if not _HELD.isdisjoint(part):
        for one, key, use in _pairs(part, name):
            yield from _of(one, part[key], (*at, key), use)


def _pairs(part: dict[Any, Any], name: str | None) -> Iterator[tuple[str, str, Use]]:
    """Yields the names of a mapping's values: those in other values of the mapping, and `name`."""
    for named, key in _PAIRS:
        if isinstance(part.get(named), str) and key in part:
            uses = (Use.HEADER, Use.KEY) if named.startswith("x-ms-") else (Use.KEY, Use.HEADER)
            yield from ((part[named], key, use) for use in uses)
    names = [(name, Use.KEY)] if name is not None else []
    if isinstance(part.get("name"), str):
        names.append((part["name"], _USES.get(str(part.get("in")), Use.KEY)))
    if part.get("type") == _SECURE:
        names.append(("secret", Use.KEY))
    yield from ((one, key, use) for one, use in names for key in _VALUES if key in part)


def _of(name: str, value: Any, at: Pointer, use: Use) -> Iterator[Found]:
    """Yields the value with a name if it is a secret; for a list, its items."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            if isinstance(item, str):
                yield from _of(name, item, (*at, index), use)
        return
    if (
        isinstance(value, int)
        and not isinstance(value, bool)
        and len(str(abs(value))) >= _SOME_DIGITS
        and is_sure(name, use)
    ):
        yield Found(at, message_of(name, use), REDACTED, (str(value),))
    elif isinstance(value, str) and is_secret(name, value, use):
        yield Found(at, message_of(name, use), REDACTED, (value,))


def _copy(part: Any, at: Pointer, values: Mapping[Pointer, str], keys: Mapping[Pointer, str]) -> Any:
    if at in values:
        return values[at]
    if isinstance(part, list):
        return [_copy(item, (*at, index), values, keys) for index, item in enumerate(part)]
    if not isinstance(part, dict):
        return part
    out: dict[str, Any] = {}
    taken, numbers = dict.fromkeys(part) if keys else {}, Numbers()
    for key, value in part.items():
        name = keys.get((*at, key))
        if name is not None:  # two keys may differ only in their secrets
            name = numbers.free(name, taken)
            taken[name] = None
        out[key if name is None else name] = _copy(value, (*at, key), values, keys)
    return out
