"""Authentication: of all ways to say it, the one that leaves least to be said in the platform's own words."""

from collections.abc import Iterator
from typing import Any

from connector_builder.importers.auth_drafts import drafts
from connector_builder.importers.connection import PLAIN, entry
from connector_builder.importers.difference import patch, same, size
from connector_builder.importers.source import Source, mapping
from connector_builder.importers.trial import Draft, context, shortest
from connector_builder.spec.compile.auth import compile_auth
from connector_builder.spec.compile.auth_table import Auth

_IMPOSSIBLE = 1_000_000


class SignIn:
    """Finds `auth`, `connection` and `gateway` of a package."""

    def __init__(self, source: Source) -> None:
        self.source = source
        parameters = source.parameters
        self.entries = {name: entry(name, part) for name, part in parameters.items() if isinstance(part, dict)}

    def best(self) -> Draft:
        """The three keys, those of them that are needed."""
        found = [self._finished(draft) for draft in self._auths()]
        return min(found, key=lambda draft: self._total(draft))

    def _auths(self) -> Iterator[Any]:
        yield None
        for choices in drafts(self.source):
            yield shortest(choices, lambda auth: self._left(compiled({"auth": auth})))
        yield {"type": "raw"}

    def _finished(self, auth: Any) -> Draft:
        """A draft of `auth` with what must stand beside it."""
        draft: Draft = {} if auth is None else {"auth": auth}
        made = compiled(draft)
        listed = {name: self.entries[name].said for name in self.source.parameters if self._restated(made, name)}
        if "gateway" in listed and self._gateway(draft):
            del listed["gateway"]
            draft["gateway"] = True
        if listed:
            draft["connection"] = listed
        return draft

    def _gateway(self, draft: Draft) -> bool:
        made = compiled({**draft, "gateway": True})
        return same(made.parameters.get("gateway"), self.source.parameters["gateway"])

    def _restated(self, made: Auth, name: str) -> bool:
        """Whether a parameter is given under `connection`: what differs much from what `auth` makes is said anew."""
        if name not in self.entries:
            return False
        if name not in made.parameters:
            return True
        return self.entries[name].cost < PLAIN * size(
            patch(mapping(made.parameters[name]), self.source.parameters[name])
        )

    def _total(self, draft: Draft) -> int:
        return size(draft) + self._left(compiled(draft))

    def _left(self, made: Auth) -> int:
        """How much stays to be said beside `auth`."""
        source = self.source
        if made.policies and not _begins(source.policies, made.policies):
            return _IMPOSSIBLE
        left = PLAIN * size(patch(made.definitions, source.definitions))
        left += 0 if same(made.security, source.security) else 1
        if source.properties is None:
            return left
        for name in source.parameters.keys() | made.parameters.keys():
            left += self._left_of(made.parameters, name)
        sets = mapping(source.properties.get("connectionParameterSets"))
        return left + PLAIN * size(patch(made.sets or {}, sets))

    def _left_of(self, made: dict[str, Any], name: str) -> int:
        want = self.source.parameters.get(name)
        if name not in self.entries:
            return PLAIN * (1 + size(want))
        anew = self.entries[name].cost
        return min(anew, PLAIN * size(patch(made[name], mapping(want)))) if name in made else anew


def _begins(policies: list[Any], with_: list[Any]) -> bool:
    return len(policies) >= len(with_) and all(map(same, policies, with_))


def compiled(draft: Draft) -> Auth:
    """What the compiler makes of `auth`, `connection` and `gateway`."""
    return compile_auth(context(draft))
