"""Finds the `auth` of a package: the form that leaves the least for the platform's own words."""

from collections.abc import Iterator
from typing import Any

from connector_builder.language.compile.connector.auth_made import Auth
from connector_builder.language.compile.connector.set_overlay import SETS
from connector_builder.language.decompile.connector.auth_drafts import drafts
from connector_builder.language.decompile.connector.auth_sets import sets_draft
from connector_builder.language.decompile.connector.connection import PLAIN, entry
from connector_builder.language.decompile.connector.source import Source, mappings, only
from connector_builder.language.decompile.connector.trial import Draft, made_by, shortest, without_needless
from connector_builder.language.decompile.difference import IMPOSSIBLE, distance, properties_distance, size
from connector_builder.language.decompile.entries import in_order_of
from connector_builder.platform.auth.kinds import GATEWAY
from connector_builder.platform.data.differences import same

_PARAMETERS = "connectionParameters"
_MOST = 200
"""The most connection parameters that get friendly forms. Nobody fills in more; they keep the platform's own words."""
_POLICY = 5
"""The cost of a policy that `auth` doesn't make."""
_CONTRARY = 10
"""The cost of an `auth` without authentication if the connector has a security definition."""


class _Rest:
    """The cost of the parts of a mapping that a draft doesn't make.

    There may be many parts, so only those that are made are compared. `anew` is the cost of a part in friendly words,
    for parts that have such a form.
    """

    def __init__(self, wanted: dict[str, Any], anew: dict[str, int]) -> None:
        self.wanted = wanted
        self.unmade = {name: min(anew.get(name, IMPOSSIBLE), self._over({}, name)) for name in wanted}
        self.total = sum(self.unmade.values())

    def left(self, made: dict[str, Any]) -> int:
        """Returns the cost that remains beside the parts that are made."""
        return self.total + sum(self._over(made, name) - self.unmade.get(name, 0) for name in made)

    def _over(self, made: dict[str, Any], name: str) -> int:
        return PLAIN * distance(only(made, name), only(self.wanted, name))


class SignIn:
    """Finds `auth`, `connection` and `gateway` of a package."""

    def __init__(self, source: Source) -> None:
        self.source = source
        listed = list(mappings(source.parameters).items())[:_MOST]
        self.entries = {name: entry(name, part) for name, part in listed}
        self.definitions = _Rest(source.definitions, {})
        self.parameters = _Rest(source.parameters, {name: one.cost for name, one in self.entries.items()})

    def best(self) -> Draft:
        """Returns those of the three keys that are required."""
        found = [self._finished(draft) for draft in self._auths()]
        best = min(found, key=lambda draft: size(draft) + self._left(made_by(draft)))
        if best.get("auth") is not None:
            best["auth"] = _finest(best["auth"])
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
        """Returns a draft of `auth` with the keys that it requires beside it."""
        draft: Draft = {} if auth is None else {"auth": auth}
        if GATEWAY in self.entries:
            draft = without_needless({**draft, "gateway": True}, lambda one: self._left(made_by(one)))
        made = made_by(draft).parameters
        names = sorted(self.entries, key=lambda name: name not in made)  # in the order in which they are built
        listed = {name: self.entries[name].said for name in names if self._is_said(draft, made, name)}
        return {**draft, "connection": listed} if listed else draft

    def _is_said(self, draft: Draft, made: dict[str, Any], name: str) -> bool:
        """Checks whether an entry under `connection` is shorter, and right even if the parameter is already made."""
        wanted = self.source.parameters[name]
        shorter = self.entries[name].cost < PLAIN * distance(only(made, name), {name: wanted})
        if not shorter or name not in made:
            return shorter
        again = made_by({**draft, "connection": {name: self.entries[name].said}}).parameters
        return same(again.get(name), wanted)

    def _left_of(self, auth: Draft) -> int:
        return self._left(made_by({"auth": auth}))

    def _left(self, made: Auth) -> int:
        """Returns the cost of the parts that `auth` doesn't make."""
        source = self.source
        if made.policies and not _begins(source.policies, made.policies):
            return IMPOSSIBLE
        left = _POLICY * (len(source.policies) - len(made.policies))
        left += self.definitions.left(made.definitions)
        left += _CONTRARY if source.definitions and not made.definitions else 0
        left += 0 if same(made.security, source.security) else 1
        if source.properties is None:
            return left
        sets = {SETS: made.sets} if made.sets is not None else {}
        left += PLAIN * properties_distance(sets, only(source.properties, SETS))
        given = only(source.properties, _PARAMETERS)
        if made.raw and not made.parameters:
            return left + PLAIN * distance({}, given)
        if not isinstance(given.get(_PARAMETERS), dict):
            return left + PLAIN * distance({_PARAMETERS: made.parameters}, given)
        return left + self.parameters.left(made.parameters)


def _finest(auth: Draft) -> Draft:
    """Returns an `auth` in the order of the language. A mapping with only a name becomes the name."""
    out = in_order_of("auth", auth)
    for key in ("definition", "parameter"):
        match out.get(key):
            case {"name": str(name), **rest} if not rest:
                out[key] = name
            case _:
                pass
    first: Draft = {key: out[key] for key in ("name", "title", "description") if key in out}
    if "sets" in out:
        out["sets"] = [_finest(one) for one in out["sets"]]
    return {**first, **out}


def _begins(policies: list[Any], with_: list[Any]) -> bool:
    return len(policies) >= len(with_) and all(map(same, policies, with_))
