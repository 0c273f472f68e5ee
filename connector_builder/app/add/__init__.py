"""Adds one operation to a spec: from a request, a command of curl or PowerShell, or one call of a recording."""

from codecs import BOM_UTF8
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from connector_builder.app.add.action import added
from connector_builder.app.add.calls import Request, as_flows, calls_of, on_server, one_operation
from connector_builder.app.import_.update import spec_at
from connector_builder.checks.engine import Checked, Checks, examine
from connector_builder.findings import Severity
from connector_builder.findings.diagnostic import Locator
from connector_builder.language import MAIN, Variables, compile_folder
from connector_builder.language.load import folder_of
from connector_builder.language.rules import SECRET_IN_SPEC
from connector_builder.language.update import NotUpdatable
from connector_builder.language.update.adding import Spec
from connector_builder.output.specs import update_files
from connector_builder.package import Reading
from connector_builder.source.files import MAX_DOCUMENT
from connector_builder.source.folder import Folder, Over
from connector_builder.sources.captures.reading import without_lines
from connector_builder.sources.origin import Original

__all__ = ["Added", "Request", "add", "outcome_of"]
Entries = dict[str, Any]


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
    parsed, calls = calls_of(request)
    done, findings = Added(path), list(parsed.findings)
    try:
        there = Spec(folder, main)
        original = Original(without_lines(parsed))
        wanted = on_server(as_flows(one_operation(calls, request), there, original, request), there)
        name, asked, contents = added(there, wanted, request, original, main)
        done = replace(done, name=name, request=asked)
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
