"""Authentication: of all ways to say it, the one that leaves least to be said in the platform's own words."""

from collections.abc import Iterator
from typing import Any

from connector_builder.importers.auth_drafts import drafts
from connector_builder.importers.auth_sets import sets_draft
from connector_builder.importers.connection import PLAIN, entry
from connector_builder.importers.difference import patch, same, size
from connector_builder.importers.source import Source, mapping, mappings
from connector_builder.importers.trial import Draft, made_by, ordered, shortest, without_needless
from connector_builder.spec.compile.auth_table import Auth

_IMPOSSIBLE = 1_000_000
_CONTRARY = 10
"""What it counts for that a connector with a security definition is said to have no authentication."""


class SignIn:
    """Finds `auth`, `connection` and `gateway` of a package."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.entries = {name: entry(name, part) for name, part in mappings(source.parameters).items()}

    def best(self) -> Draft:
        """The three keys, those of them that are needed."""
        found = [self._finished(draft) for draft in self._auths()]
        best = min(found, key=lambda draft: size(draft) + self._left(made_by(draft)))
        if best.get("auth") is not None:
            best["auth"] = ordered(best["auth"], "auth")
        return best

    def _auths(self) -> Iterator[Draft | None]:
        yield None
        for choices in drafts(self.source):
            yield shortest(choices, self._left_of)
        sets = sets_draft(self.source)
        if sets is not None:
            yield without_needless(sets, self._left_of)
        yield {"type": "raw"}

    def _finished(self, auth: Draft | None) -> Draft:
        """A draft of `auth` with what must stand beside it."""
        draft: Draft = {} if auth is None else {"auth": auth}
        if "gateway" in self.entries:
            draft = without_needless({**draft, "gateway": True}, lambda one: self._left(made_by(one)))
        made = made_by(draft)
        listed = {name: one.said for name, one in self.entries.items() if self._restated(made, name)}
        return {**draft, "connection": listed} if listed else draft

    def _restated(self, made: Auth, name: str) -> bool:
        """Whether a parameter is given under `connection`: what differs much from what `auth` makes is said anew."""
        if name not in made.parameters:
            return True
        over = patch(made.parameters[name], self.source.parameters[name])
        return self.entries[name].cost < PLAIN * size(over)

    def _left_of(self, auth: Draft) -> int:
        return self._left(made_by({"auth": auth}))

    def _left(self, made: Auth) -> int:
        """How much stays to be said beside `auth`."""
        source = self.source
        if made.policies and not _begins(source.policies, made.policies):
            return _IMPOSSIBLE
        left = PLAIN * size(patch(made.definitions, source.definitions))
        left += _CONTRARY if source.definitions and not made.definitions else 0
        left += 0 if same(made.security, source.security) else 1
        if source.properties is None:
            return left
        for name in source.parameters.keys() | made.parameters.keys():
            left += self._of_parameter(made.parameters, name)
        sets = mapping(source.properties.get("connectionParameterSets"))
        return left + PLAIN * size(patch(made.sets or {}, sets))

    def _of_parameter(self, made: dict[str, Any], name: str) -> int:
        want = self.source.parameters.get(name)
        if name in made:
            return PLAIN * (size(patch(made[name], want)) if isinstance(want, dict) else 1 + size(want))
        return self.entries[name].cost if name in self.entries else PLAIN * (1 + size(want))


def _begins(policies: list[Any], with_: list[Any]) -> bool:
    return len(policies) >= len(with_) and all(map(same, policies, with_))
