"""Merges the samples of one operation, and masks what no spec should have: secrets, and people."""

import re
from collections.abc import Iterable
from functools import partial
from typing import Any

from connector_builder.secrets import REDACTED, is_secret, is_sure, secrets_in, without
from connector_builder.secrets.values import looks_random

MAX_ITEMS = 5
"""The most items of a list that are kept: they are merged to one where they are objects."""
MAX_TEXT = 200
"""The most characters of a text that are kept."""
_SECRET_KEY = re.compile(
    r"pass(?:word|wd)?|secret|token|api[-_]?key|credential|auth(?:orization)?$|cookie|session|^sig$|signature|private[-_]?key|"
    r"(?:primary|secondary|access|account|master|shared|signing|encryption)[-_]?key$|connection[-_]?string|refresh|^otp$|^pin$|cvv|card[-_]?number|iban|^ssn$",
    re.IGNORECASE,
)
_COUNT = re.compile(r"tokens(?:$|[_-]|[A-Z])|token[_-]?(?:count|limit|usage|budget)", re.IGNORECASE)
_PERSON_KEYS = (
    (re.compile(r"e[-_]?mail|^upn$|user[-_]?principal[-_]?name", re.IGNORECASE), "person{}@contoso.example"),
    (re.compile(r"phone|mobile|^fax", re.IGNORECASE), "+1 555 01{:02}"),
    (re.compile(r"^(?:first|given)[-_]?name$", re.IGNORECASE), "First{}"),
    (re.compile(r"^(?:last|sur|family)[-_]?name$|^surname$", re.IGNORECASE), "Last{}"),
    (re.compile(r"^(?:display|full|user|owner|author|creator|customer|contact)[-_]?name$", re.IGNORECASE), "Person {}"),
    (re.compile(r"street|^address(?:[-_]?line)?\d?$", re.IGNORECASE), "{} Main Street"),
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"\+\d[\d ()/-]{7,17}")
_JWT = re.compile(r"eyJ[\w-]{5,}\.eyJ")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_GUID = re.compile(r"\b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\b")
_INVENTED_GUID = "00000000-0000-4000-8000-{:012}"
_WORD = re.compile(r"(?<![\w-])[A-Za-z0-9_-]{12,}(?![\w-])")
_KEPT = re.compile(r"\A\d{4}-\d\d-\d\dT?|00000000-0000-4000-8000-")
"""What looks like an id, but is a time, or an id that is invented already."""
_TIME = re.compile(r"\d{4}-\d\d-\d\d(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?")
_ID_AS_NAME = re.compile(r"[A-Za-z0-9]{20,}")
"""The name of a field that is an id, if it looks like one: shorter ones, and those of several words, are names."""


_PERSON_VALUES = (
    ("@", _EMAIL, _PERSON_KEYS[0][1]),
    ("-", _GUID, _INVENTED_GUID),
    ("+", _PHONE, _PERSON_KEYS[1][1]),
)
"""A character that each shape of a value has, the shape, and what is written instead."""


class Masks:
    """Replaces secrets and people in samples. The same value is always replaced by the same."""

    def __init__(self, *, keep: bool = False) -> None:
        self._keep = keep
        self._people: dict[str, str] = {}

    def masked(self, value: Any, key: str = "", below: str = "") -> Any:
        """Returns a sample without secrets and, unless values are kept, with invented people and ids.

        `below` is the name of a secret that the value is a part of.
        """
        if isinstance(value, dict):
            below = below or (key if _names_secret(key) else "")
            return {self._name(name): self.masked(part, name, below) for name, part in value.items()}
        if isinstance(value, list):
            if len(value) == 2 and isinstance(value[0], str) and _names_secret(value[0]):
                return [value[0], self.masked(value[1], value[0])]
            return [self.masked(part, key, below) for part in value]
        if (_names_secret(key) and not _is_count(key, value)) or (below and not _is_harmless(value, below)):
            return _instead(value)
        if not isinstance(value, str):
            return value
        if is_secret(key, value) or _JWT.search(value) or secrets_in(value):
            return REDACTED
        if _ADDRESS.match(value):
            value = value.partition("?")[0]  # a query may have a token under any name
        return self._person(value[: 2 * MAX_TEXT], key)[:MAX_TEXT]

    def _name(self, name: str) -> str:
        """Returns the name of a field, which may be an id."""
        return name if self._keep or not _ID_AS_NAME.fullmatch(name) else self._id(name)

    def _person(self, value: str, key: str) -> str:
        if self._keep or not value:
            return value
        for pattern, instead in _PERSON_KEYS:
            if pattern.search(key):
                return self._invented(value, instead)
        for mark, pattern, instead in _PERSON_VALUES:
            if mark in value:  # most values have none, and a pattern looks at every character
                value = pattern.sub(partial(self._instead_of, instead), value)
        return _WORD.sub(lambda match: self._id(match[0]), self._elsewhere(value))

    def _elsewhere(self, value: str) -> str:
        """Returns a text without what shows whose service it is."""
        return value

    def _id(self, word: str) -> str:
        """Returns an invented id of the same shape for a word that looks like an id: digits and letters without a meaning."""
        digits = sum(character.isdigit() for character in word)
        if digits < 4 or not (word.isdigit() or looks_random(word)) or _KEPT.search(word):
            return word
        known = self._people.get(word)
        if known is None:
            known = self._people[word] = _shaped(word, str(len(self._people) + 1))
        return known

    def _instead_of(self, instead: str, match: re.Match[str]) -> str:
        return self._invented(match[0], instead)

    def _invented(self, value: str, instead: str) -> str:
        return self._people.setdefault(value, instead.format(len(self._people) + 1))


def _names_secret(key: str) -> bool:
    return _SECRET_KEY.search(key) is not None or is_sure(key)


def _is_harmless(value: Any, below: str) -> bool:
    """Checks whether a part of what is named like a secret may stay: a state, a time, a number of tokens."""
    if isinstance(value, str):
        return _TIME.fullmatch(value) is not None
    return isinstance(value, bool) or value is None or _is_count(below, value)


def _shaped(word: str, number: str) -> str:
    """Returns a word with each digit as 0 and each letter as a, with a number in its last digits."""
    plain = [("0" if one.isdigit() else "A" if one.isupper() else "a" if one.isalpha() else one) for one in word]
    places = [index for index, one in enumerate(word) if one.isdigit()][-len(number) :]
    for index, digit in zip(reversed(places), reversed(number), strict=False):
        plain[index] = digit
    return "".join(plain)


def _is_count(key: str, value: Any) -> bool:
    """Checks whether a value is a number of tokens, as services of language models count them: `max_tokens`."""
    return isinstance(value, int | float) and _COUNT.search(key) is not None


def _instead(value: Any) -> Any:
    """Returns what is written instead of a secret, of the same type."""
    if isinstance(value, bool):
        return False
    return 0 if isinstance(value, int | float) else REDACTED if isinstance(value, str) else value


def merged(samples: Iterable[Any]) -> Any:
    """Returns one sample with everything that some samples have. Of different values the first that isn't null counts.

    An integer and a decimal become a decimal; the items of lists become one list.
    """
    found: Any = None
    for sample in samples:
        found = _both(found, sample)
    return found


def _both(one: Any, other: Any) -> Any:
    if isinstance(one, dict) and isinstance(other, dict):
        return {key: _both(one.get(key), other.get(key)) for key in {**one, **other}}
    if isinstance(one, list) and isinstance(other, list):
        items = [*one, *other]
        if items and all(isinstance(item, dict) for item in items):
            return [merged(items)]
        return items[:MAX_ITEMS]
    if one is None or (one == [] and isinstance(other, list)):
        return _shortened(other)
    number = isinstance(one, int) and not isinstance(one, bool) and isinstance(other, float)
    return other if number else one


def _shortened(sample: Any) -> Any:
    """Returns a sample whose lists of objects have one item, with everything that some items have."""
    if isinstance(sample, dict):
        return {key: _shortened(part) for key, part in sample.items()}
    if isinstance(sample, list):
        if sample and all(isinstance(item, dict) for item in sample):
            return [merged(sample)]
        return [_shortened(item) for item in sample[:MAX_ITEMS]]
    return sample


def safe(sample: Any, masks: Masks) -> Any:
    """Returns a sample as it may be written."""
    return without(masks.masked(sample))[0]
