"""Masks an answer of a real service before it becomes a sample: what a recording masks, and ids, hosts and addresses."""

import ipaddress
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from connector_builder.secrets.values import looks_random
from connector_builder.sources.captures.samples import Masks, merged, safe

_IP = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])")
_WORD = re.compile(r"(?<![\w-])[A-Za-z0-9_-]{12,}(?![\w-])")
_KEPT = re.compile(r"\A\d{4}-\d\d-\d\dT?|00000000-0000-4000-8000-")
"""What looks like an id, but is a time, or an id that is invented already."""
_URL = re.compile(r"\b(https?|wss?)://([^/\s?#\"'<>]+)", re.IGNORECASE)


class AnswerMasks(Masks):
    """Replaces in answers what belongs to one tenant or one person. The same value is always replaced by the same.

    `hosts` are the servers of the connector, whose names stay.
    """

    def __init__(self, hosts: Iterable[str] = (), *, keep: bool = False) -> None:
        super().__init__(keep=keep)
        self._hosts = {_domain(host) for host in hosts}

    def _person(self, value: str, key: str) -> str:
        masked = super()._person(value, key)
        if self._keep or not value:
            return masked
        masked = _URL.sub(lambda match: f"{match[1]}://{self._host(match[2])}", masked)
        masked = _IP.sub(lambda match: self._ip(match[0]), masked)
        return _WORD.sub(lambda match: self._id(match[0]), masked)

    def _host(self, host: str) -> str:
        try:
            name = urlsplit(f"//{host}").hostname or host
        except ValueError:
            name = host
        kept = name.endswith(".example") or _domain(name) in self._hosts
        return host if kept else self._invented(name.lower(), "server{}.contoso.example")

    def _ip(self, text: str) -> str:
        try:
            ipaddress.ip_address(text)
        except ValueError:
            return text
        return self._invented(text, "192.0.2.{}")

    def _id(self, word: str) -> str:
        """Returns an invented id of the same shape for a word that looks like an id: digits and letters without a meaning."""
        digits = sum(character.isdigit() for character in word)
        if digits < 4 or not (word.isdigit() or looks_random(word)) or _KEPT.search(word):
            return word
        known = self._people.get(word)
        if known is None:
            number = str(len(self._people) + 1)
            known = self._people[word] = _shaped(word, number)
        return known


def _shaped(word: str, number: str) -> str:
    """Returns a word with each digit as 0 and each letter as a, with a number in its last digits."""
    plain = [("0" if one.isdigit() else "A" if one.isupper() else "a" if one.isalpha() else one) for one in word]
    places = [index for index, one in enumerate(word) if one.isdigit()][-len(number) :]
    for index, digit in zip(reversed(places), reversed(number), strict=False):
        plain[index] = digit
    return "".join(plain)


def _domain(host: str) -> str:
    """Returns the last two names of a host: `microsoft.com`."""
    return ".".join(host.lower().partition(":")[0].split(".")[-2:])


def sample_of(answer: Any, masks: AnswerMasks) -> Any:
    """Returns the sample that an answer becomes: masked, and with one item, which has all fields, for a list of objects."""
    return safe(merged([answer]), masks)
