"""Makes an action of calls, as far as the spec doesn't say the same already."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from connector_builder.app.add.calls import Request
from connector_builder.app.shared.misuse import Misuse
from connector_builder.findings import Finding
from connector_builder.language import MAIN
from connector_builder.language.update.adding import Spec
from connector_builder.numbering import Numbers
from connector_builder.platform.data.plain import mapping
from connector_builder.platform.swagger.operations import operations
from connector_builder.source.files import read_text
from connector_builder.source.yaml_writer import flow
from connector_builder.sources.captures.actions import Actions, Group
from connector_builder.sources.captures.call import Answer, Body, Call
from connector_builder.sources.captures.fitting import fitted, schema_of
from connector_builder.sources.captures.samples import Masks
from connector_builder.sources.captures.signin import SignIn
from connector_builder.sources.names import Named, operation_ids
from connector_builder.sources.origin import Original

Entries = dict[str, Any]
_ID = re.compile(r"[A-Za-z]\w{0,79}")
_INLINE = 300
"""The most characters of a sample in the file of an action; a longer one has a file, if the spec is a folder."""


def added(
    spec: Spec, calls: list[Call], request: Request, original: Original, main: str
) -> tuple[str, str, dict[str, bytes]]:
    """Returns the new action's name, its verb and path, and the contents of the files that change.

    Raises NotUpdatable and Misuse.
    """
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
    summary = " ".join((request.summary or action.action.get("summary", "")).split())
    if summary and summary != name:  # an id says the same by itself
        form["summary"] = summary
    built = spec.built(name, {"request": form["request"]})
    _without_known(form, built, spec)
    files = _samples(form, name, spec, action.answer, folder=main == MAIN)
    contents = spec.with_action(name, form, files)
    return name, f"{verb.upper()} {path}", contents


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
    return Numbers().free(name, taken)


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
