"""Chooses operations of a source: by tag, id, path and verb."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from connector_builder.platform.limits import OPERATIONS
from connector_builder.platform.swagger.operations import VERBS

_VERB = re.compile(r"([A-Za-z]+)\s+(\S.*)")
MAX_PATTERN = 500
"""The most characters of a pattern: the cost of a match grows with the square."""
_DEEPEST = 4
"""The most segments of paths that groups are made of."""
_SHOWN = 12
"""The most groups that a refusal lists."""


class Candidate(NamedTuple):
    """An operation that can be chosen. `usual` is False for one that is only chosen by name, such as a deprecated one."""

    verb: str
    path: str
    id: str
    tags: tuple[str, ...] = ()
    usual: bool = True


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user asked for: the operations to take and to leave out, and the server.

    `keep_values` keeps the values of people in samples, but no secret. `origin` is the address of the document, which a
    server without a host is relative to. `values` are those of a Postman environment.
    `flows` turns operations of Logic Apps into those of Power Automate. `host` is the only server whose calls are read. `only` are verbs and paths: nothing else is taken. `title` is the connector's; else `about` is added to the source's. `part` is the name of the one to read of several in a source. A pattern is `tag:Orders`, `id:List*`, a path such as `/orders/**`, or a path with its verb, `GET /orders/{id}`.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    server: str | None = None
    keep_values: bool = False
    origin: str | None = None
    values: tuple[tuple[str, str], ...] = ()
    flows: bool = False
    host: str | None = None
    only: frozenset[tuple[str, str]] | None = None
    title: str | None = None
    about: str | None = None
    part: str = ""


ALL = Wishes()
"""Nothing asked for."""


@dataclass(slots=True)
class Chosen:
    """The operations that were chosen, by index, or why none was: a message and its cure."""

    indices: list[int] = field(default_factory=list)
    refused: str = ""
    cure: str | None = None


def choose(each: Sequence[Candidate], wishes: Wishes) -> Chosen:
    """Chooses operations. Refuses a pattern that matches none, and more operations than a connector may have."""
    for pattern in (*wishes.include, *wishes.exclude):
        if not any(matches(pattern, one) for one in each):
            return Chosen(refused=f"no operation matches '{pattern[:MAX_PATTERN]}'", cure=_near(pattern, each))
    wanted = wanted_of(each, wishes)
    if len(wanted) > OPERATIONS.most:
        message = f"{len(wanted)} operations are more than the {OPERATIONS.most} that a connector may have"
        return Chosen(refused=message, cure=_ways([each[index] for index in wanted]))
    if not each:
        return Chosen(refused="there is no operation to import")
    if not wanted:
        return Chosen(refused="no operation is left", cure="choose some by --include, such as --include 'GET /**'")
    return Chosen(wanted)


def wanted_of(each: Sequence[Candidate], wishes: Wishes) -> list[int]:
    """Returns the indices of the operations that the user asked for, however many they are."""
    return [
        index
        for index, one in enumerate(each)
        if (wishes.only is None or (one.verb, one.path) in wishes.only)
        and (any(matches(pattern, one) for pattern in wishes.include) if wishes.include else one.usual)
        and not any(matches(pattern, one) for pattern in wishes.exclude)
    ]


def _ways(each: Iterable[Candidate]) -> str:
    """Returns how to choose: the tags with their counts, or the beginnings of the paths if there are no tags."""
    every = list(each)
    groups = Counter(f"tag:{tag}" for one in every for tag in one.tags[:1])
    for length in range(1, _DEEPEST + 1) if not groups else ():
        groups = Counter("/".join(one.path.split("/")[: length + 1]) + "/**" for one in every)
        if max(groups.values()) <= OPERATIONS.most:
            break
    said = ", ".join(f"--include '{group}' ({count})" for group, count in groups.most_common(_SHOWN))
    return f"choose some: {said}"


def _near(pattern: str, each: Sequence[Candidate]) -> str:
    from connector_builder.source.suggest import suggest  # which imports difflib: --help needs it not

    kind, _, rest = pattern.partition(":")
    if kind == "tag":
        return suggest(rest, {tag for one in each for tag in one.tags}) or "--list shows all operations with their tags"
    if kind == "id":
        return suggest(rest, {one.id for one in each}) or "--list shows all operations with their ids"
    return (
        suggest(pattern.rpartition(" ")[2], {one.path for one in each})
        or "write tag:…, id:…, a path, or a verb and a path"
    )


def matches(pattern: str, one: Candidate) -> bool:
    """Checks whether a pattern names an operation."""
    kind, colon, rest = pattern.partition(":")
    if colon and kind == "tag":
        return any(_like(rest, tag) for tag in one.tags)
    if colon and kind == "id":
        return _like(rest, one.id)
    with_verb = _VERB.fullmatch(pattern)
    if with_verb is not None and with_verb[1].lower() in (*VERBS, "trace"):
        return one.verb == with_verb[1].lower() and _like(with_verb[2], one.path, path=True)
    return _like(pattern, one.path, path=True)


def _like(pattern: str, text: str, *, path: bool = False) -> bool:
    """Matches `*` for any characters, in a path those of a segment, and `**` for any segments."""
    if len(pattern) > MAX_PATTERN:
        return False
    if path and pattern.endswith("/**") and text == pattern[:-3]:
        return True
    return _matched(pattern if path else pattern.replace("**", "*"), text, path=path)


def _matched(pattern: str, text: str, *, path: bool) -> bool:
    """Matches by remembering which beginnings of the pattern fit so far: patterns from input are never run."""
    parts = re.findall(r"\*\*|\*|[^*]", pattern)
    fits = {0}
    for index, part in enumerate(parts):
        if part.startswith("*") and index in fits:
            fits.add(index + 1)
    for character in text:
        after: set[int] = set()
        for index in fits:
            if index == len(parts):
                continue
            part = parts[index]
            if part == "**" or (part == "*" and not (path and character == "/")):
                after.add(index)
            elif part == character:
                after.add(index + 1)
        for index in range(len(parts)):
            if parts[index].startswith("*") and index in after:
                after.add(index + 1)
        fits = after
    return len(parts) in fits
