"""Adds one operation to a spec: from a request, a curl command, or one call of a recording."""

import json
import re
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from connector_builder.app.import_.find import find_sources
from connector_builder.app.import_.update import spec_at
from connector_builder.app.shared.misuse import Misuse
from connector_builder.checks.engine import Checked, Checks, examine
from connector_builder.findings import Finding, Severity, Text
from connector_builder.findings.diagnostic import Locator
from connector_builder.language import MAIN, Variables, compile_folder
from connector_builder.language.load import folder_of
from connector_builder.language.rules import SECRET_IN_SPEC
from connector_builder.language.update import NotUpdatable
from connector_builder.language.update.adding import Spec
from connector_builder.output.specs import update_files
from connector_builder.package import Reading
from connector_builder.platform.data.plain import mapping
from connector_builder.platform.services.logic_apps import BASE, flow_operation
from connector_builder.platform.swagger.operations import operations
from connector_builder.source.files import MAX_DOCUMENT, read_text
from connector_builder.source.folder import Folder, Over
from connector_builder.source.yaml_writer import flow
from connector_builder.sources.captures.actions import Actions, Group
from connector_builder.sources.captures.call import Answer, Body, Call, parse_url
from connector_builder.sources.captures.fitting import fitted, schema_of
from connector_builder.sources.captures.flows import flow_call
from connector_builder.sources.captures.noise import reason_against
from connector_builder.sources.captures.reading import parsed_text, without_lines
from connector_builder.sources.captures.recording import Recording
from connector_builder.sources.captures.samples import Masks
from connector_builder.sources.captures.signin import SignIn
from connector_builder.sources.choosing import Candidate, matches
from connector_builder.sources.documents import Parsed
from connector_builder.sources.input import Input
from connector_builder.sources.logic_apps import tell
from connector_builder.sources.names import Named, operation_ids
from connector_builder.sources.origin import Original

Entries = dict[str, Any]
_REQUEST = re.compile(r"(?:(GET|HEAD|POST|PUT|PATCH|DELETE)\s+)?((?:https?://|/)\S*)", re.IGNORECASE)
_CURL = re.compile(r"\s*(?:\$\s+)?curl(?:\.exe)?\s", re.IGNORECASE)
_ID = re.compile(r"[A-Za-z]\w{0,79}")
_INLINE = 300
"""The most characters of a sample in the file of an action; a longer one has a file, if the spec is a folder."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to add: a request line, a curl command, or a file of recorded calls with the patterns that choose one of them.

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


@dataclass(frozen=True, slots=True)
class Added:
    """The result. `name` is that of the new action, and `request` its verb and path; both are empty if nothing was added.

    `files` are the changed files by name, relative to the folder that the spec is in, with their contents before and after.
    """

    spec: Path
    name: str = ""
    request: str = ""
    files: dict[str, tuple[bytes | None, bytes]] = field(default_factory=dict)
    found: Counter[Severity] = field(default_factory=Counter)


def add(spec: Path, request: Request, checks: Checks, *, write: bool = True) -> tuple[Added, Checked]:
    """Adds an operation to a spec; without `write`, only finds out how. Everything else in the spec stays to the byte.

    Raises Misuse for a request that can't be understood, and OutputError.
    """
    path = spec_at(spec, "add to")
    folder, main = folder_of(path)
    parsed, calls = _calls(request)
    done, findings = Added(path), list(parsed.findings)
    try:
        there = Spec(folder, main)
        original = Original(without_lines(parsed))
        wanted = _as_flows(_one(calls, request), there, original, request)
        done, contents = _added(done, there, _on_server(wanted, there), request, original, main)
        findings += original.findings()
        reading = compile_folder(Over(contents, folder), main, Variables())
        secrets = [finding for finding in reading.findings if finding.rule is SECRET_IN_SPEC]
        if secrets:
            raise NotUpdatable(secrets)
        done = _changed(done, folder, main, contents)
        if write:
            update_files(path.parent, {name: after for name, (_, after) in done.files.items()}, ())
        checked = examine(reading, checks, is_spec=True)
        done = replace(done, found=Counter(one.severity for one in checked.diagnostics))
    except NotUpdatable as error:
        done, findings = Added(path), [*findings, *error.findings]
    return done, examine(Reading(None, findings), Checks(), is_spec=True)


def _calls(request: Request) -> tuple[Parsed, Sequence[Call]]:
    """Returns the calls that the user names, and the text that they are in. Raises Misuse."""
    from connector_builder.sources.captures import curl, shell_words

    said = request.said
    if (said is None) == (request.curl is None):
        raise Misuse(
            "there is no request to add" if said is None else "--curl and REQUEST are two requests", "name one"
        )
    command = request.curl if said is None else said if _CURL.match(said) else None
    if command is not None:
        command = command if _CURL.match(command) else f"curl {command}"
        commands = list(shell_words.commands(command))
        parsed = parsed_text(Text(Path("curl"), command), lambda _: [(one.start, one.end) for one in commands])
        return parsed, [call for index, one in enumerate(commands) for call in curl.calls_of(one, index)]
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
        help_ = "name a HAR file, a Postman collection, a file of curl commands or a .http file"
        raise Misuse(f"'{path.as_posix()}' isn't a recording of calls", help_)
    return reader.recorded(Input(sources[0].path))


def _one(calls: Sequence[Call], request: Request) -> list[Call]:
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


def _on_server(calls: list[Call], spec: Spec) -> list[Call]:
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


def _as_flows(calls: list[Call], spec: Spec, original: Original, request: Request) -> list[Call]:
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


def _added(
    done: Added, spec: Spec, calls: list[Call], request: Request, original: Original, main: str
) -> tuple[Added, dict[str, bytes]]:
    """Returns the result, and the contents of the files that change. Raises NotUpdatable and Misuse."""
    definition = spec.package.definition
    path = fitted(calls[0].segments, [one.path for one in operations(definition)])
    path += "/" if calls[0].trailing and path != "/" else ""
    verb = calls[0].verb
    for one in operations(definition):
        if one.verb == verb and _shape(one.path) == _shape(path):
            named = one.value.get("operationId")
            raise Misuse(f"the spec has {verb.upper()} {path} already: '{named}'", "change it there")
    calls = [_with_files(call, request) for call in calls]
    sign_in = SignIn(calls)
    action = Actions(original, sign_in, Masks(keep=request.keep_values)).written(Group(verb, path, calls), "")
    name = _name(spec, path, verb, calls, request)
    form = {key: part for key, part in action.action.items() if key != "summary"}
    summary = request.summary or action.action.get("summary", "")
    if summary and summary != name:  # an id says the same by itself
        form["summary"] = summary
    built = spec.built(name, {"request": form["request"]})
    _without_known(form, built, spec)
    files = _samples(form, name, spec, action.answer, folder=main == MAIN)
    contents = spec.with_action(name, form, files)
    return replace(done, name=name, request=f"{verb.upper()} {path}"), contents


def _shape(path: str) -> str:
    return re.sub(r"\{[^{}]*\}", "{}", path)


def _with_files(call: Call, request: Request) -> Call:
    """Returns a call with the body and the answer that the user has as files. Raises Misuse."""
    if request.body is not None:
        call = call._replace(body=Body("application/json", _json(request.body)))
    if request.response is not None:
        status = 201 if any(one.status == 201 for one in call.answers) else 200
        call = call._replace(answers=(Answer(status, "application/json", _json(request.response)),))
    return call


def _json(path: Path) -> Any:
    text = read_text(path)
    if isinstance(text, Finding):
        raise Misuse(f"'{path.as_posix()}' can't be read: {text.message}", text.help)
    from connector_builder.sources.captures.call import json_of

    value = json_of(text.content)
    if not isinstance(value, dict | list):
        raise Misuse(f"'{path.as_posix()}' is no JSON object or array", "save what the API answered as it is")
    return value


def _name(spec: Spec, path: str, verb: str, calls: Sequence[Call], request: Request) -> str:
    """Returns the name of the new action. Raises Misuse if the user's is taken, or is none."""
    taken = spec.names
    if request.id is not None:
        if not _ID.fullmatch(request.id):
            raise Misuse(f"'{request.id}' can't be the id of an operation", "write it like GetOrder")
        if request.id in taken:
            raise Misuse(f"the spec has an operation '{request.id}' already", "choose another --id")
        return request.id
    given = request.summary or calls[0].summary or None
    given = given if given and "/" not in given and len(given) <= 60 else None
    name = operation_ids([Named(path, verb, given, "")])[0]
    free, number = name, 2
    while free in taken:
        free, number = f"{name}{number}", number + 1
    return free


def _without_known(form: Entries, built: Entries, spec: Spec) -> None:
    """Leaves out the queries and headers that the spec's defaults add, and those by which its users sign in."""
    known = {(one.get("in"), str(one.get("name")).lower()): one for one in built.get("parameters", ()) if "name" in one}
    shared = mapping(spec.package.definition.get("parameters"))
    for one in built.get("parameters", ()):
        target = mapping(shared.get(str(one.get("$ref")).rpartition("/")[2]))
        known |= {(target.get("in"), str(target.get("name")).lower()): target} if target else {}
    schemes = mapping(spec.package.definition.get("securityDefinitions")).values()
    keys = {(one.get("in"), str(one.get("name")).lower()) for one in schemes if isinstance(one, dict)}
    for section, where in (("query", "query"), ("headers", "header")):
        entries = mapping(form.get(section))
        left = {}
        for name, said in entries.items():
            default = said.get("default") if isinstance(said, dict) else None
            there = known.get((where, name.lower()))
            same = there is not None and default in (None, there.get("default"))
            if not same and (where, name.lower()) not in keys:
                left[name] = "string" if said == {"type": "string"} else said
        form.pop(section, None)
        if left:
            form[section] = left
    _as_described(form, spec)


def _as_described(form: Entries, spec: Spec) -> None:
    """Writes the queries that the spec describes once for all operations into the request line, without a type."""
    query: Entries = form.get("query", {})
    own = [
        name
        for name, said in query.items()
        if name in spec.parameters and isinstance(said, str | dict) and "default" not in said
    ]
    plain = [name for name in own if re.fullmatch(r"\$?[A-Za-z][\w.-]*", name)]
    if plain:
        form["request"] += "?" + "&".join(plain)
        rest = {name: said for name, said in query.items() if name not in plain}
        form.pop("query")
        form |= {"query": rest} if rest else {}


def _samples(form: Entries, name: str, spec: Spec, answer: Any, *, folder: bool) -> dict[str, bytes]:
    """Writes the answer as one of the spec's schemas if it is one; else, if it is long, as a file. Returns that file."""
    files: dict[str, bytes] = {}
    definitions = mapping(spec.package.definition.get("definitions"))
    response = form.get("response")
    if isinstance(response, dict) and "sample" in response:
        item = answer[0] if isinstance(answer, list) and answer else answer
        schema = schema_of(item, definitions, spec.schemas)
        if schema is not None:
            del response["sample"]
            response["type"] = [schema] if isinstance(answer, list) else schema
            form["response"] = response["type"] if len(response) == 1 else _with_schema(response, answer)
    for key, ending in (("body", "request"), ("response", "")):
        part = form.get(key)
        if folder and isinstance(part, dict) and "sample" in part and len(flow(part["sample"])) > _INLINE:
            words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower().replace("_", "-")
            file = f"samples/{words}{'-' + ending if ending else ''}.json"
            files[file] = (json.dumps(part["sample"], indent=2, ensure_ascii=False) + "\n").encode()
            part["sample"] = file
    return files


def _with_schema(response: Entries, answer: Any) -> Entries:
    """Returns a response that has a status beside its schema."""
    schema = response.pop("type")
    return (
        {**response, "items": schema[0], "type": "array"} if isinstance(answer, list) else {**response, "$ref": schema}
    )


def _changed(done: Added, folder: Folder, main: str, contents: dict[str, bytes]) -> Added:
    below = f"{done.spec.name}/" if main == MAIN and done.spec.is_dir() else ""
    files: dict[str, tuple[bytes | None, bytes]] = {}
    for name, after in contents.items():
        before = folder.read(name, MAX_DOCUMENT)
        if not isinstance(before, bytes):
            files[below + name] = (None, after)
            continue
        marked = before.startswith(BOM_UTF8) and not after.startswith(BOM_UTF8)
        files[below + name] = (before, BOM_UTF8 + after if marked else after)
    return replace(done, files=files)


def outcome_of(done: Added, *, written: bool) -> Entries:
    """Returns the result for programs."""
    name = Locator(Path.cwd()).name
    if not done.name:
        return {"spec": name(done.spec)}
    files = [name(done.spec.parent / file) for file in done.files]
    return {"spec": name(done.spec), "id": done.name, "request": done.request, "files": files, "written": written}
