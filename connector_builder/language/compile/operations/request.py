"""Reads request lines: a verb, and a path below the server or a whole address."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import unquote_plus

from connector_builder.platform.swagger.operations import VERBS
from connector_builder.secrets import Use, is_secret, message_of
from connector_builder.source.node import Node
from connector_builder.source.suggest import suggest

_VERBS = tuple(verb.upper() for verb in VERBS)
_WHOLE = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)(.*)\Z", re.DOTALL)
_DOUBLED = re.compile(r"\{\{\s*([^{}\s]+)\s*\}\}")
_PARAMETER = re.compile(r"\{([^{}]*)\}")
_UNBRACED = re.compile(r"/(:([A-Za-z_]\w*)|<([A-Za-z_]\w*)>)")


class QueryPart(NamedTuple):
    """A query parameter: optional, required, or a constant with its text.

    `item` is its node in a list under `query`, `entry` the one that describes it in a mapping there; None for one of a
    request line.
    """

    name: str
    required: bool = False
    constant: str | None = None
    item: Node | None = None
    entry: Node | None = None


@dataclass(slots=True)
class Request:
    """The parts of a request line; its path is below the server."""

    verb: str
    path: str
    path_parameters: list[str] = field(default_factory=list)
    query: list[QueryPart] = field(default_factory=list)


class RequestError(ValueError):
    """A fault of a request line, and the cure."""

    def __init__(self, message: str, cure: str) -> None:
        super().__init__(message)
        self.cure = cure


def parse_request(line: str, server: str = "") -> Request:
    """Reads a request line. A whole address must begin with `server`: scheme, host and base path.

    White space around `?` and `&` is ignored, so that a line can be folded before them. Raises RequestError.
    """
    verb, _, target = line.partition(" ")
    if verb not in _VERBS:
        if verb.upper() in _VERBS:
            raise RequestError(f"'{verb}' must be in capitals", f"write '{verb.upper()}{line[len(verb) :]}'")
        cure = suggest(verb, _VERBS) or (
            f"write 'GET {line[:80]}', or another verb" if line.startswith("/") else f"use one of {', '.join(_VERBS)}"
        )
        raise RequestError(f"'{line[:80]}' doesn't begin with a verb", cure)
    target = target.strip()
    if not target:
        raise RequestError("the path is missing", f"write '{verb} /path'")
    if "#" in target:
        raise RequestError("a request has no fragment '#'", "remove the '#' and what follows, or write %23")
    target = _below(target, server)
    path, mark, query = target.partition("?")
    path = path.rstrip() if mark else path
    if not path.startswith("/"):
        raise RequestError(f"the path '{path[:80]}' doesn't begin with '/'", f"write '{verb} /{path}'")
    _check_path(path)
    request = Request(verb, path, _path_parameters(path))
    request.query = parse_query(query)
    return request


def _check_path(path: str) -> None:
    outside = _PARAMETER.sub("", path)
    if found := re.search(r"&([\w$.-]+=.{0,60})", outside):
        raise RequestError(f"'&{found[1]}' is in the path", f"write '?{found[1]}': the query begins with '?'")
    if re.search(r"\s", outside):
        raise RequestError("a space in the path", "remove it: the query begins with '?'; in a path write %20")


def unbraced_parameters(path: str) -> list[tuple[str, str]]:
    """Returns what looks like a parameter of other tools, with its name: `:order` and `<order>` in a path. Here they are text."""
    found = _UNBRACED.findall(_PARAMETER.sub("{}", path))
    return [(written, colon or pointed) for written, colon, pointed in found]


def _below(target: str, server: str) -> str:
    """Returns the part of a whole address after the server; a path is returned unchanged."""
    match = _WHOLE.match(target)
    if not match:
        return target
    scheme, host, rest = match.groups()
    wanted = _WHOLE.match(server)
    own_scheme, own_host, base = wanted.groups() if wanted else ("https", "", "")
    if (scheme.lower(), host.lower()) != (own_scheme.lower(), own_host.lower()):
        message = f"the address is on '{scheme}://{host}', the connector on '{own_scheme}://{own_host}'"
        raise RequestError(message, "a connector has one server: write the path below it")
    base = base.rstrip("/")
    path = rest.partition("?")[0]
    if path != base and not path.startswith(base + "/"):
        raise RequestError(f"the address isn't below the server '{server}'", "write the path below it")
    rest = rest[len(base) :]
    return rest if rest.startswith("/") else "/" + rest


def _path_parameters(path: str) -> list[str]:
    names: dict[str, None] = {}
    if doubled := _DOUBLED.search(path):
        raise RequestError(f"'{doubled[0]}' has two braces on each side", f"write {{{doubled[1]}}}")
    for match in _PARAMETER.finditer(path):
        name = match.group(1)
        if not name:
            raise RequestError("'{}' has no name", "name the parameter: {flow}")
        if name != name.strip():
            raise RequestError(f"'{match[0]}' has a blank beside the name", f"write {{{name.strip()}}}")
        if name in names:
            raise RequestError(f"the path parameter '{name}' is given twice", "use two different names")
        names[name] = None
    rest = _PARAMETER.sub("", path)
    if "{" in rest or "}" in rest:
        raise RequestError("a brace in the path has no partner", "write {name}, or %7B and %7D for braces")
    return list(names)


def parse_query(query: str) -> list[QueryPart]:
    """Reads the parameters of a query, as a request line has it after its `?`. Raises RequestError."""
    parts: list[QueryPart] = []
    names: set[str] = set()
    for part in (each.strip() for each in query.split("&")):
        if not part:
            continue
        written, equals, text = part.partition("=")
        if written.startswith("?"):
            raise RequestError("a second '?' in the query", f"write '&{part[1:80]}': '?' only begins the query")
        written, text = written.rstrip(), text.lstrip()
        name = unquote_plus(written)
        required = not equals and name.endswith("!")
        name = name.removesuffix("!") if required else name
        if not name:
            raise RequestError(f"'{part[:80]}' has no name", "write name=value")
        if "{" in name or "}" in name:
            raise RequestError(f"a brace in the query parameter '{name[:80]}'", "write name={any} or just name")
        if name in names:
            raise RequestError(f"the query parameter '{name}' is given twice", "give it once")
        names.add(name)
        parts.append(_query_part(name, required, equals, text))
    return parts


def _query_part(name: str, required: bool, equals: str, text: str) -> QueryPart:
    whole = _PARAMETER.fullmatch(text)
    if not equals or not text or whole:
        return QueryPart(name, required)
    if text == "!":
        raise RequestError(f"'{name}=!' is a constant '!'", f"write {name}! for a required parameter, or {name}=%21")
    constant = unquote_plus(text)
    if "{" in text or "}" in text:
        raise RequestError(
            f"a brace in the value of '{name}'", f"write {name}={{any}} for a parameter, %7B and %7D for braces"
        )
    if is_secret(name, constant, Use.QUERY):
        cure = (
            f"remove it, and write auth: {{type: apiKey, query: {name}}}: people enter it when they create a connection"
        )
        raise SecretError(message_of(name, Use.QUERY), cure, text)
    return QueryPart(name, True, constant)


class SecretError(RequestError):
    """A secret in a request line. The message doesn't show it; `secret` is the secret as written."""

    def __init__(self, message: str, cure: str, secret: str) -> None:
        super().__init__(message, cure)
        self.secret = secret
