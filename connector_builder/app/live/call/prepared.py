"""Reads the connector of a call, and builds its requests. Everything is checked here, before anything is sent."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from connector_builder.app.live.specs import one
from connector_builder.app.shared.misuse import Misuse
from connector_builder.app.shared.targets import Target
from connector_builder.findings.diagnostic import Locator
from connector_builder.language import Variables
from connector_builder.package import DEFINITION, Package
from connector_builder.platform.data.plain import mapping, text
from connector_builder.platform.requests import (
    Given,
    Problem,
    RawBody,
    Refused,
    Request,
    find_operation,
    inputs_of,
    request_of,
)
from connector_builder.platform.requests.connection import Connection, choose, connections_of
from connector_builder.platform.services.portal import parts_of, values_for
from connector_builder.platform.swagger.operations import Operation
from connector_builder.platform.swagger.references import References
from connector_builder.secrets.known import masked
from connector_builder.source.files import MAX_DOCUMENT

MAX_BODY = 100 * 1024 * 1024
"""The largest file that is sent."""
SAFE = ("GET", "HEAD", "OPTIONS")
"""The verbs that change nothing, so that nobody is asked (RFC 9110, 9.2.1)."""
_TEMPLATE = re.compile(r"\{([^{}]+)\}")


class Told(NamedTuple):
    """A problem for a person: the place in the spec (empty if it has none), the message, and what to do."""

    place: str
    message: str
    help: str | None = None

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


class NotSent(Misuse):
    """Nothing is sent, for reasons that are all there."""

    def __init__(self, told: Sequence[Told]) -> None:
        super().__init__(str(told[0]), told[0].help)
        self.told = list(told)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person wants to call, with which values.

    `values` are the values as written, `name=text`. `auth` names a way to sign in, `from_url` is an address of the portal.
    """

    spec: Path
    operation: str
    values: tuple[str, ...] = ()
    body: RawBody | None = None
    auth: str | None = None
    from_url: str | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A connector, one of its operations, and a way to sign in."""

    target: Target
    package: Package
    operation: Operation
    connection: Connection
    given: tuple[Given, ...]
    body: RawBody | None
    references: References
    variables: Variables = field(repr=False)

    @property
    def id(self) -> str:
        return str(self.operation.value.get("operationId"))

    @property
    def is_safe(self) -> bool:
        """Checks whether the operation changes nothing."""
        return self.operation.verb.upper() in SAFE

    def request(self, item: Any = None) -> Request:
        """Returns the request, with the fields of an item in the values. Raises NotSent."""
        problems: list[Problem] = []
        given = [_filled(one, item, problems) for one in self.given] if item is not None else self.given
        if problems:
            raise self._not_sent(problems)
        try:
            return request_of(self.package.definition, self.operation, given, read_file, self.body)
        except Refused as refused:
            raise self._not_sent(refused.problems) from None

    def _not_sent(self, problems: Sequence[Problem]) -> NotSent:
        return _not_sent(self.package, problems)


def prepare(wanted: Wanted, variables: Variables) -> Prepared:
    """Reads a connector, and finds the operation and the way to sign in. Raises NotSent and Misuse."""
    target, package, _ = one(wanted.spec, variables)
    try:
        operation = find_operation(package.definition, wanted.operation)
    except Refused as refused:
        raise _not_sent(package, refused.problems) from None
    chosen = choose(connections_of(package.definition, package.properties), wanted.auth)
    if isinstance(chosen, Problem):
        raise _not_sent(package, [chosen])
    references = References(package.definition)
    given = [_given(value) for value in wanted.values]
    if wanted.from_url is not None:
        given = [*_from_url(wanted.from_url, operation, given, references), *given]
    return Prepared(target, package, operation, chosen, tuple(given), wanted.body, references, variables)


def _at(place: Any, message: str, help_: str | None) -> Told:
    line, column = place.text.position(place.start)
    return Told(f"{Locator(Path.cwd()).name(place.text.path)}:{line}:{column}", masked(message), help_)


def _not_sent(package: Package, problems: Sequence[Problem]) -> NotSent:
    """Returns problems with their places in the author's text."""
    pointers = [problem.pointer for problem in problems if problem.pointer is not None]
    places = package.places(DEFINITION, pointers)
    told = []
    for problem in problems:
        help_ = problem.help and masked(problem.help)
        if problem.pointer is None:
            told.append(Told("", masked(problem.message), help_))
        else:
            told.append(_at(places[problem.pointer], problem.message, help_))
    return NotSent(told)


def _given(value: str) -> Given:
    name, equals, said = value.partition("=")
    if not equals or not name:
        raise Misuse(f"'{masked(value)}' isn't a value", "write it like name=value")
    return Given(name, said)


def _from_url(address: str, operation: Operation, given: Sequence[Given], references: References) -> list[Given]:
    """Returns the values that an address of the portal has for inputs without one. Raises Misuse."""
    parts = parts_of(address)
    if "environments" not in parts and "flows" not in parts:
        raise Misuse(
            f"'{masked(address)}' shows no flow",
            "open the flow in the portal, and copy the address: https://make.powerautomate.com/environments/…/flows/…",
        )
    inputs = {each.name for each in inputs_of(operation, references) if each.place == "path"}
    there = {one.name.removeprefix("path:") for one in given}
    found = values_for(operation.path, parts)
    return [Given(f"path:{name}", value) for name, value in found.items() if name in inputs and name not in there]


def read_file(name: str) -> bytes:
    """Returns the content of a file that a value names. Raises ValueError with the reason if it can't be read."""
    path = Path(name)
    try:
        if not path.is_file():
            raise ValueError(f"names a file that doesn't exist: '{name}'")
        with path.open("rb") as file:
            content = file.read(MAX_BODY + 1)
    except OSError as error:
        raise ValueError(f"names a file that can't be read: {error.strerror}") from error
    if len(content) > MAX_BODY:
        raise ValueError(f"names a file larger than {MAX_BODY // (1024 * 1024)} MB")
    return content


def read_body(name: str, media: str, stdin: Any) -> RawBody:
    """Returns the body of `--body FILE`, or of standard input for `-`. Raises Misuse."""
    if name == "-":
        return RawBody(stdin(MAX_DOCUMENT), media)
    try:
        return RawBody(read_file(name), media)
    except ValueError as reason:
        raise Misuse(f"--body {reason}") from None


def fields_of(given: Sequence[Given]) -> list[str]:
    """Returns the fields of an item that values name in braces: `run={name}` names `name`."""
    return [
        match[1] for one in given for match in _TEMPLATE.finditer(one.text) if not one.text.lstrip().startswith('{"')
    ]


def _filled(given: Given, item: Any, problems: list[Problem]) -> Given:
    """Returns a value with the fields of an item in place of their names in braces."""
    if given.text.lstrip().startswith(('{"', "@")):
        return given

    def field_of(match: re.Match[str]) -> str:
        value = value_at(item, match[1])
        if value is None:
            problems.append(Problem(f"the item has no '{match[1]}', which '{given.name}' is to be", None))
        return value or ""

    return given._replace(text=_TEMPLATE.sub(field_of, given.text))


def value_at(item: Any, path: str) -> str | None:
    """Returns a field of an item as text: `properties.trigger.name`; None if there is none. A name with dots wins over a way.

    `{.}` is the item itself.
    """
    value = item
    if isinstance(item, Mapping) and path in item:
        value = item[path]
    elif path != ".":
        for step in path.split("."):
            value = value.get(step) if isinstance(value, Mapping) else None
    if value is None:
        return None
    import json

    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def title_of(package: Package) -> str:
    """Returns the title of a connector."""
    return text(mapping(package.definition.get("info")).get("title")) or package.name
