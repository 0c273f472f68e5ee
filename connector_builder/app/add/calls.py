"""Finds the calls that a user names: a request line, a command of curl or PowerShell, or calls in a recording."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from connector_builder.app.import_.find import find_sources
from connector_builder.app.import_.given import as_command, is_command
from connector_builder.app.shared.misuse import Misuse
from connector_builder.findings import Text
from connector_builder.language.update.adding import Spec
from connector_builder.platform.services.logic_apps import BASE, flow_operation
from connector_builder.sources.captures.call import Call, parse_url
from connector_builder.sources.captures.flows import flow_call
from connector_builder.sources.captures.noise import reason_against
from connector_builder.sources.captures.reading import parsed_text
from connector_builder.sources.captures.recording import Recording
from connector_builder.sources.choosing import Candidate, matches
from connector_builder.sources.documents import Parsed
from connector_builder.sources.input import Input
from connector_builder.sources.logic_apps import tell
from connector_builder.sources.origin import Original

_REQUEST = re.compile(r"(?:(GET|HEAD|POST|PUT|PATCH|DELETE)\s+)?((?:https?://|/)\S*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Request:
    """What to add: a request line, a command of curl or PowerShell, or a file of recorded calls with the patterns that choose one of them.

    `id` and `summary` are the operation's. `response` and `body` are files that contain JSON. `flows` says that the request is one
    of Logic Apps, and is to become one of Power Automate.
    """

    said: str | None = None
    curl: str | None = None
    include: tuple[str, ...] = ()
    id: str | None = None
    summary: str | None = None
    response: Path | None = None
    body: Path | None = None
    keep_values: bool = False
    flows: bool = False


def calls_of(request: Request) -> tuple[Parsed, Sequence[Call]]:
    """Returns the calls that the user names, and the text that they are in. Raises Misuse."""
    from connector_builder.sources.captures.commands import calls_in, commands

    said = request.said
    said = said if said is None or said.strip() else None
    if (said is None) == (request.curl is None):
        raise Misuse(
            "there is no request to add" if said is None else "--curl and REQUEST are two requests", "name one"
        )
    command = as_command(request.curl or "") if said is None else said if is_command(said) else None
    if command is not None:
        parsed = parsed_text(Text(Path("curl"), command), lambda text: [(one.start, one.end) for one in commands(text)])
        return parsed, [call for call in calls_in(command) if call.host]
    assert said is not None
    line = _REQUEST.fullmatch(said.strip())
    if line is not None and not (line[1] is None and said.startswith("/") and Path(said).is_file()):
        parsed = parsed_text(Text(Path("request"), said), lambda text: [(0, len(text))])
        url = parse_url(line[2] if not line[2].startswith("/") else f"https://server.invalid{line[2]}")
        if url is None or not url.host:
            raise Misuse("the address has no server", "write it like 'GET https://api.contoso.example/orders/17'")
        host = "" if line[2].startswith("/") else url.host
        return parsed, [_call((line[1] or "GET").lower(), url._replace(host=host))]
    return _recorded(Path(said))


def _call(verb: str, url: Any) -> Call:
    return Call(verb, url.scheme, url.host, url.segments, url.query, {}, (0,), trailing=url.trailing)


def _recorded(path: Path) -> tuple[Parsed, Sequence[Call]]:
    """Returns the calls of a file. Raises Misuse if it isn't a recording."""
    if not path.exists():
        help_ = "write it like 'GET https://api.contoso.example/orders/17', or name a HAR file"
        raise Misuse(f"'{path.as_posix()}' is neither a request nor a file", help_)
    sources, several = find_sources([path])
    reader = sources[0].kind.reader
    if several or not isinstance(reader, Recording):
        help_ = "name a HAR file, a Postman collection, a file of curl or PowerShell commands or a .http file"
        raise Misuse(f"'{path.as_posix()}' isn't a recording of calls", help_)
    return reader.recorded(Input(sources[0].path))


def one_operation(calls: Sequence[Call], request: Request) -> list[Call]:
    """Returns the calls of the one operation that is chosen: all of one verb and path. Raises Misuse."""
    kept = [call for call in calls if request.said is None or reason_against(call) is None] or list(calls)
    if request.include:
        kept = [one for one in kept if any(matches(pattern, _candidate(one)) for pattern in request.include)]
        if not kept:
            raise Misuse(f"no call matches '{request.include[0]}'", "write a path, or a verb and a path")
    if not kept:
        raise Misuse("there is no request to add")
    paths = {(call.verb, call.host, call.segments) for call in kept}
    if len(paths) > 1:
        shown = ", ".join(f"--include '{call.verb.upper()} {call.path}'" for call in kept[:5])
        raise Misuse(f"{len(paths)} operations are there, and one is added at a time", f"choose one: {shown}")
    return kept


def _candidate(call: Call) -> Candidate:
    return Candidate(call.verb, call.path, call.summary, (call.tag,) if call.tag else ())


def on_server(calls: list[Call], spec: Spec) -> list[Call]:
    """Returns calls with their paths below the server of a spec. Raises Misuse for another server."""
    definition = spec.package.definition
    host, base = str(definition.get("host", "")).lower(), str(definition.get("basePath", ""))
    above = tuple(one for one in base.split("/") if one)
    call = calls[0]
    if not call.host or "{" in call.host:
        return calls
    fixed = re.fullmatch(r"[a-z0-9.-]+(?::\d+)?", host) is not None and not re.search(r"variablex*\d+x", host)
    if fixed and call.host != host:
        raise Misuse(f"'{call.host}' isn't the server of this spec, which is '{host}'", "a connector calls one server")
    if call.segments[: len(above)] != above:
        raise Misuse(f"'{call.path}' isn't below the server's '{base}'", "change 'server' in the spec first")
    return [one._replace(segments=one.segments[len(above) :]) for one in calls]


def as_flows(calls: list[Call], spec: Spec, original: Original, request: Request) -> list[Call]:
    """Returns calls of Logic Apps as those of Power Automate, if the spec is a connector for it or the user says so.

    Raises Misuse for an operation that doesn't exist there.
    """
    base = str(spec.package.definition.get("basePath", "")).strip("/")
    if not request.flows and base.lower() != "/".join(BASE).lower():
        return calls
    found = []
    for call in calls:
        matched = flow_operation(call.verb, call.segments)
        if matched is None and request.flows:
            raise Misuse(f"'{call.path}' isn't an operation of Azure Logic Apps", "leave out --as")
        if matched is None:
            found.append(call)
        elif tell(original, matched, call.at):
            new = flow_call(call, matched)
            found.append(new._replace(host="", segments=new.segments[len(BASE) :]))  # any cloud's server
        else:
            twin = matched.twin
            raise Misuse(f"Power Automate has no '{twin.verb.upper()} {twin.path}'", twin.note or None)
    return found
