"""Servers: one becomes the connector's address, and what differs for single operations goes into their paths."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from connector_builder.findings import Pointer
from connector_builder.platform.data.plain import items, mapping
from connector_builder.platform.hosts import without_user
from connector_builder.sources import losses
from connector_builder.sources.origin import Original

_VARIABLE = re.compile(r"\{([^{}]*)\}")
_TRIAL = re.compile(
    r"sandbox|staging|localhost|127\.0\.0\.1|(?<![a-z])(?:stage|test|testing|dev|demo|uat|mock|example)(?![a-z])",
    re.IGNORECASE,
)
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?")
_CURE = "name it: --server https://api.contoso.example/v1"


class Address(NamedTuple):
    """The address of a server: `https`, `api.contoso.example`, `/v1`; the path is empty rather than `/`."""

    scheme: str
    host: str
    path: str


class Servers:
    """The servers of a document. `given` is the address that the user named instead, `origin` that of the document."""

    def __init__(self, original: Original, given: str | None = None, origin: str | None = None) -> None:
        self._original = original
        self._origin = origin
        self.given = address(given) if given else None
        self.root = self.given or self._chosen(original.data, ()) or self._agreed()

    @property
    def path(self) -> str:
        """Returns the path of a server that has no host: `/v1`."""
        url, _ = self._filled(mapping(next(iter(items(self._original.data.get("servers"))), None)))
        known = address(urljoin("https://api.contoso.example", url))
        return known.path if known is not None else ""

    def _absolute(self, url: str) -> Address | None:
        """Returns the address of a server, which may be relative to that of the document."""
        known = address(url)
        return address(urljoin(self._origin, url)) if known is None and self._origin is not None else known

    def _chosen(self, owner: Mapping[str, Any], at: Pointer, *, tell: bool = True) -> Address | None:
        """Returns the first absolute https server that isn't for trials, else the first absolute one."""
        found, unusable = [], []
        for index, server in enumerate(items(owner.get("servers"))):
            place = (*at, "servers", index)
            url, variables = self._filled(mapping(server))
            known = self._absolute(url)
            if known is not None:
                found.append((known, place, url, variables))
            elif url:
                unusable.append(url)
        if not found:
            return None
        best = min(found, key=lambda one: (one[0].scheme != "https", len({*_TRIAL.findall(one[2].lower())}), one[1]))
        if tell:
            self._tell(best[1], best[2], [*(url for known, _, url, _ in found if known != best[0]), *unusable], best[3])
        return best[0]

    def _tell(self, at: Pointer, url: str, others: list[str], variables: list[str]) -> None:
        if others:
            self._original.tell(
                losses.SERVER_CHOSEN,
                at,
                f"{url} is the server, not {', '.join(others[:3])}",
                "name another by --server",
            )
        if variables:
            cure = "let people choose: write a connection parameter, and the policy setHost"
            self._original.tell(
                losses.SERVER_VARIABLE, at, f"the server has its default for {', '.join(variables)}", cure
            )
        if url.lower().startswith("http:"):
            self._original.tell(
                losses.SERVER_NOT_ENCRYPTED,
                at,
                f"{url} isn't encrypted",
                "name the https address by --server, if there is one",
            )

    @staticmethod
    def _filled(server: Mapping[str, Any]) -> tuple[str, list[str]]:
        """Returns the address with the defaults of its variables, and their names."""
        url, variables = server.get("url"), mapping(server.get("variables"))
        if not isinstance(url, str):
            return "", []
        names = _VARIABLE.findall(url)

        def default(match: re.Match[str]) -> str:
            known = mapping(variables.get(match[1]))
            value = known.get("default", next(iter(items(known.get("enum"))), ""))
            return str(value)

        return _VARIABLE.sub(default, url.strip()), names

    def _agreed(self) -> Address | None:
        """Returns the server that the paths name, if the document names none and all agree on one host."""
        found: dict[Address, Pointer] = {}
        for path, item in mapping(self._original.data.get("paths")).items():
            known = self._chosen(mapping(item), ("paths", path), tell=False)
            if known is not None:
                found.setdefault(known, ("paths", path, "servers", 0))
        hosts = {(one.scheme, one.host) for one in found}
        if len(hosts) == 1:
            scheme, host = hosts.pop()
            common = next(iter(found)).path if len(found) == 1 else ""
            return Address(scheme, host, common)
        if not found and self._origin is not None:
            return address(urljoin(self._origin, "/"))
        if not found:
            servers = items(self._original.data.get("servers"))
            at: Pointer = ("servers", 0) if servers else ()
            said = "the server has no host" if servers else "there is no server"
            self._original.tell(losses.SERVER_MISSING, at, f"{said}: the spec has an example", _CURE)
        return None

    def before(self, owner: Mapping[str, Any], at: Pointer) -> tuple[str, Address | None]:
        """Returns what comes before a path that has servers of its own, and its server if that has another host."""
        if self.given is not None or "servers" not in owner:
            return "", None
        known = self._chosen(owner, at, tell=False)
        root = self.root
        if known is None or root is None or known == root:
            return "", None
        if known.host == root.host:
            if known.path.startswith(root.path):
                return known.path[len(root.path) :], None
            return "", known
        return "", known


def address(url: str) -> Address | None:
    """Returns the parts of an absolute http or https address; None for any other text."""
    try:
        parts = urlsplit(url.strip())
        host = without_user(parts.netloc)
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not _HOST.fullmatch(host):
        return None
    return Address(parts.scheme.lower(), host.lower(), parts.path.rstrip("/"))
