"""Turns calls into a package: a spec of them is written, and compiled by the compiler of every spec."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from connector_builder.findings import Pointer
from connector_builder.findings.wording import counted
from connector_builder.language import MAIN, Variables, compile_folder
from connector_builder.language.decompile.rules import NOT_IMPORTABLE
from connector_builder.platform.services.logic_apps import BASE, HOST
from connector_builder.platform.texts import TITLE
from connector_builder.source.folder import InMemory
from connector_builder.source.yaml_writer import write_yaml
from connector_builder.sources import losses
from connector_builder.sources.captures.actions import Actions, Group, Written
from connector_builder.sources.captures.call import Call, parse_url, variable_of
from connector_builder.sources.captures.flows import as_flows
from connector_builder.sources.captures.noise import base_of, most_called, reason_against
from connector_builder.sources.captures.samples import Masks
from connector_builder.sources.captures.signin import SignIn
from connector_builder.sources.captures.templates import templates_of
from connector_builder.sources.choosing import Candidate, Wishes, choose
from connector_builder.sources.documents import Converted, Parsed
from connector_builder.sources.logic_apps import AUTH, DESCRIPTION, SERVER
from connector_builder.sources.logic_apps import TITLE as TITLE_OF_FLOWS
from connector_builder.sources.names import Named, operation_ids
from connector_builder.sources.origin import Original
from connector_builder.sources.spec_text import escaped
from connector_builder.sources.texts import label, plain_text

Entries = dict[str, Any]
_VARIABLE = re.compile(r"\{[^{}]*\}")


def convert(parsed: Parsed, calls: Sequence[Call], wishes: Wishes, *, title: str, description: str = "") -> Converted:
    """Returns the package that calls show, and what was left out or guessed as findings."""
    original = Original(parsed)
    if wishes.flows:
        calls = as_flows(original, calls)
        if wishes.server is None and any(call.host == HOST for call in calls):
            wishes = replace(wishes, server=SERVER)
    kept = _kept(original, calls)
    if not kept:
        reasons = Counter(reason for call in calls if (reason := reason_against(call)) is not None)
        said = ", ".join(f"{reason} ({count})" for reason, count in reasons.most_common(3))
        message = f"there is no call of an API{': ' if said else ''}{said}"
        return _refused(parsed, message, "record the calls that the connector should make")
    if wishes.host is not None:
        kept = [call for call in kept if call.host == wishes.host or "{" in call.host or "$" in call.host]
        if not kept:
            message = f"no call is one of the last import's server, '{wishes.host}'"
            return _refused(parsed, message, "name the server of the calls by --server, if it is the same API")
    server, on_server = _server(original, kept, wishes)
    base = base_of(on_server) if wishes.server is None else ()
    groups = _groups(on_server, len(base))
    names = operation_ids([Named(group.path, group.verb, _given(group), group.calls[0].tag) for group in groups])
    chosen = choose([_candidate(group, name) for group, name in zip(groups, names, strict=True)], wishes)
    if chosen.refused:
        return _refused(parsed, chosen.refused, chosen.cure)
    picked = [(groups[index], names[index]) for index in chosen.indices]
    sign_in = SignIn(call for group, _ in picked for call in group.calls)
    if sign_in.cookie_only:
        original.tell(
            losses.SIGN_IN_LEFT_OUT,
            kept[0].at,
            "this API is used with a browser's session: a connector can't send its cookie",
            "ask its makers for a key, or for OAuth",
        )
    if not wishes.flows:  # there, people always sign in as the flow service wants
        _tell_sign_in(original, sign_in, picked[0][0].calls[0].at)
    _tell_unknown(original, [call for group, _ in picked for call in group.calls])
    actions = Actions(original, sign_in, Masks(keep=wishes.keep_values))
    written = {name: actions.written(group, name) for group, name in picked}
    flows = wishes.flows and any(call.host == HOST for call in kept)
    connector = {"title": TITLE_OF_FLOWS if flows else _title(title or name_of(server))}
    connector["server"] = f"{server}{''.join(f'/{one}' for one in base)}"
    connector["description"] = DESCRIPTION if flows else plain_text(description) or f"{connector['title'].rstrip('.')}."
    spec = {
        "connector": connector,
        "auth": AUTH if flows else sign_in.auth,
        **({} if flows else sign_in.further),
        "actions": {name: one.action for name, one in written.items()},
    }
    return _compiled(original, spec, picked, written)


def _tell_sign_in(original: Original, sign_in: SignIn, at: Pointer) -> None:
    """Tells the keys that calls send beside the sign-in, and the calls that sign in otherwise."""
    for name in sign_in.beside:
        message = f"a key is sent beside the sign-in: a connection parameter and a policy send '{name}'"
        original.tell(losses.SIGN_IN_BESIDE, at, message)
    for name in sign_in.some:
        message = f"some calls send the key '{name}' beside the sign-in: the connector doesn't"
        original.tell(losses.SIGN_IN_LEFT_OUT, at, message)
    for other in sign_in.others:
        message = f"people sign in by {sign_in.name}, not by {other.name}, as {counted(other.calls, 'call')} did"
        original.tell(losses.SIGN_IN_CHOSEN, other.at, message)
    if sign_in.cookies:
        message = (
            f"{counted(len(sign_in.cookies), 'call')} had a cookie in place of the sign-in: a connector sends none"
        )
        original.tell(losses.SIGN_IN_LEFT_OUT, sign_in.cookies[0].at, message)


def _tell_unknown(original: Original, calls: Sequence[Call]) -> None:
    """Tells each variable without a value that a path begins with, once."""
    told: set[str] = set()
    for call in calls:
        for name in call.unknown:
            if name not in told:
                told.add(name)
                original.tell(
                    losses.VARIABLE_WITHOUT_VALUE,
                    call.at,
                    f"'{{{{{name}}}}}' at the beginning of the path has no value: flows fill it in",
                    "name a file with its value by --environment, or name the server with its path by --server",
                )


def candidates(parsed: Parsed, calls: Sequence[Call], wishes: Wishes) -> list[Candidate]:
    """Returns the operations that can be chosen of the most called server."""
    if wishes.flows:
        mapped = as_flows(Original(parsed), calls)
        calls = [one._replace(segments=one.segments[len(BASE) :]) if one.host == HOST else one for one in mapped]
    kept = [call for call in calls if reason_against(call) is None]
    if not kept:
        return []
    host = most_called(kept)[0][1]
    kept = [call for call in kept if call.host == host]
    groups = _groups(kept, len(base_of(kept)))
    names = operation_ids([Named(group.path, group.verb, _given(group), group.calls[0].tag) for group in groups])
    return [_candidate(group, name) for group, name in zip(groups, names, strict=True)]


def _candidate(group: Group, name: str) -> Candidate:
    tag = group.calls[0].tag
    return Candidate(group.verb, group.path, name, (tag,) if tag else ())


def _kept(original: Original, calls: Sequence[Call]) -> list[Call]:
    """Returns the calls of an API, and tells the others by their reasons."""
    kept = []
    for call in calls:
        reason = reason_against(call)
        if reason is None:
            kept.append(call)
        else:
            original.tell(losses.CALL_LEFT_OUT, call.at, f"{reason}: this call is left out")
    return kept


def _server(original: Original, calls: Sequence[Call], wishes: Wishes) -> tuple[str, list[Call]]:
    """Returns the address of the server, and its calls."""
    servers = most_called(calls)
    given = parse_url(wishes.server) if wishes.server else None
    scheme, host = servers[0][:2]
    if given is not None and any(one[1] == given.host for one in servers):
        scheme, host = given.scheme, given.host
    others = [f"{one[1]} ({one[2]})" for one in servers if one[1] != host]
    if others:
        first = next(call.at for call in calls if call.host != host)
        original.tell(
            losses.SERVER_CHOSEN,
            first,
            f"{host} is the server, not {', '.join(others[:5])}",
            "choose another by --server",
        )
    kept = [call for call in calls if call.host == host]
    if given is not None:
        base = tuple(segment for segment in given.segments)
        kept = [
            call._replace(segments=call.segments[len(base) :]) if call.segments[: len(base)] == base else call
            for call in kept
        ]
        return "/".join((f"{given.scheme}://{given.host}", *given.segments)), kept
    if variable_of(host) is not None or "{" in host:
        original.tell(
            losses.SERVER_MISSING,
            kept[0].at,
            f"the server is the variable '{host}': the spec has an example",
            "name it: --server https://api.contoso.example/v1",
        )
        return "https://api.contoso.example", kept
    if scheme == "http":
        original.tell(
            losses.SERVER_NOT_ENCRYPTED,
            kept[0].at,
            f"http://{host} isn't encrypted",
            "name the https address by --server, if there is one",
        )
    return f"{scheme}://{host}", kept


def _groups(calls: Sequence[Call], skip: int) -> list[Group]:
    groups: dict[tuple[str, str], Group] = {}
    for call, template in zip(calls, templates_of(calls, skip), strict=True):
        shape = _VARIABLE.sub("{}", template.path)  # two paths that differ in names alone are one to the platform
        group = groups.setdefault((call.verb, shape), Group(call.verb, template.path))
        group.calls.append(call)
        group.guessed = group.guessed or template.guessed
    return list(groups.values())


def _given(group: Group) -> str | None:
    """Returns a person's name for an operation: a short phrase that isn't an address."""
    summary = next((call.summary for call in group.calls if call.summary), "")
    return summary if summary and "/" not in summary and len(summary) <= 60 else None


def name_of(server: str) -> str:
    """Returns the word of a server's address that names its owner: `contoso` for `https://api.contoso.example/v1`."""
    host = server.partition("://")[2].partition("/")[0].partition(":")[0]
    words = [word for word in host.split(".") if word.lower() not in ("api", "apis", "www", "rest")]
    named = [word for word in words[:-1] if not word.isdigit()]
    return named[-1].capitalize() if named else ""


def _title(title: str) -> str:
    return label(title.replace("_", " ").replace("-", " "), TITLE.most or 30) or "API"


def _refused(parsed: Parsed, message: str, cure: str | None) -> Converted:
    return Converted(Parsed(parsed.path), findings=[NOT_IMPORTABLE.at(parsed.places([()])[()], message, help=cure)])


def _compiled(
    original: Original, spec: Entries, picked: Sequence[tuple[Group, str]], written: dict[str, Written]
) -> Converted:
    """Returns the package of a spec, with the places of the calls and the samples of its schemas."""
    parsed = original.parsed
    reading = compile_folder(InMemory(Path("calls"), {MAIN: write_yaml(escaped(spec)).encode()}), MAIN, Variables())
    package = reading.package
    if package is None:
        return _refused(parsed, "the calls don't make a connector", None)
    origins: dict[Pointer, Pointer] = {}
    sampled: dict[Pointer, Any] = {}
    for group, name in picked:
        at: Pointer = ("paths", group.path, group.verb)
        operation = package.definition["paths"].get(group.path, {}).get(group.verb)
        if operation is None:
            original.tell(
                losses.CALL_LEFT_OUT,
                group.calls[0].at,
                f"{group.verb.upper()} {group.path} can't be written as an operation: it is left out",
            )
            continue
        origins[at] = group.calls[0].at
        one = written[name]
        if one.answer is not None:
            sampled[(*at, "responses", one.status, "schema")] = one.answer
        index = next(
            (index for index, parameter in enumerate(operation.get("parameters", ())) if parameter.get("in") == "body"),
            None,
        )
        if one.body is not None and index is not None:
            sampled[(*at, "parameters", index, "schema")] = one.body
    if not package.definition["paths"]:
        return _refused(parsed, "the calls don't make a connector", None)
    return Converted(
        parsed.built(package.definition, origins), parsed.built(package.properties, {}), sampled, original.findings()
    )
