"""Masks an answer of a real service before it becomes a sample: what a recording masks, and hosts and addresses."""

import ipaddress
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from connector_builder.sources.captures.samples import Masks, merged, safe

_IP = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])")
_URL = re.compile(r"\b(https?|wss?)://([^/\s?#\"'<>]+)", re.IGNORECASE)


class AnswerMasks(Masks):
    """Replaces in answers what belongs to one tenant or one person. The same value is always replaced by the same.

    `hosts` are the servers of the connector, whose names stay.
    """

    def __init__(self, hosts: Iterable[str] = (), *, keep: bool = False) -> None:
        super().__init__(keep=keep)
        self._hosts = {_domain(host) for host in hosts}

    def _elsewhere(self, value: str) -> str:
        value = _URL.sub(lambda match: f"{match[1]}://{self._host(match[2])}", value)
        return _IP.sub(lambda match: self._ip(match[0]), value)

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


def _domain(host: str) -> str:
    """Returns the last two names of a host: `microsoft.com`."""
    return ".".join(host.lower().partition(":")[0].split(".")[-2:])


def sample_of(answer: Any, masks: AnswerMasks) -> Any:
    """Returns the sample that an answer becomes: masked, and with one item, which has all fields, for a list of objects."""
    return safe(merged([answer]), masks)
