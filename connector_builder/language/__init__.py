"""The YAML language: compiles a spec to a package."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from connector_builder.findings import Finding, Severity
from connector_builder.language.load import MAIN, Loaded, folder_of, load, spec_path
from connector_builder.language.reuse import Reuse
from connector_builder.language.rules import KEY_MISSING, LANGUAGE_RULES, LANGUAGE_VERSION_UNKNOWN, TEMPLATE_UNUSED
from connector_builder.language.secrets import SecretFinder
from connector_builder.language.variables import Variables, variables_in
from connector_builder.package import Reading
from connector_builder.source.document import MAX_FINDINGS
from connector_builder.source.folder import Folder
from connector_builder.source.rules import KEY_DUPLICATED, NUMBER_NOT_VALID, SYNTAX_NOT_VALID

_UNREAD = (NUMBER_NOT_VALID, SYNTAX_NOT_VALID)
"""Rules that find a value that can't be read."""

if TYPE_CHECKING:
    from connector_builder.language.compile.context import Context

__all__ = [
    "LANGUAGE_RULES",
    "MAIN",
    "Variables",
    "compile_folder",
    "compile_loaded",
    "compile_spec",
    "json_schema",
    "spec_path",
]


def compile_spec(path: Path, variables: Variables) -> Reading:
    """Reads and compiles a spec: a YAML file, a folder with connector.yaml, or that file.

    Reports a broken part and leaves it out of the package, so that one run shows everything. Returns no package only if
    the main file can't be read, or has no `connector`.
    """
    return compile_folder(*folder_of(path), variables)


def compile_folder(folder: Folder, main: str, variables: Variables, reuse: Reuse | None = None) -> Reading:
    """Compiles the spec in a folder, on disk or in memory; `main` is its connector.yaml, or its only file.

    `folder_of` returns both for a path. A finding about a file has a place below the folder's path. `reuse` keeps what
    reading the files took, for the next time.
    """
    return compile_loaded(load(folder, main, reuse), variables)


def compile_loaded(loaded: Loaded, variables: Variables) -> Reading:
    """Compiles the tree of a spec as `compile_folder` does. The compiler changes the tree."""
    # Imports only what a command needs, when it needs it: `--help` doesn't read the compiler.
    from connector_builder.language.compile.budget import TooMuch
    from connector_builder.language.compile.build import build_package
    from connector_builder.language.compile.context import Context, Defaults
    from connector_builder.language.compile.schemas.likes import complete_likes
    from connector_builder.language.shape import Shape
    from connector_builder.language.tables.top import LANGUAGE_VERSION

    if loaded.root is None:
        return _unread(loaded)
    kind = next((key for key in ("openapi", "swagger") if key in loaded.root.entries), None)
    if kind is not None and "connector" not in loaded.root.entries:
        what = "Swagger" if kind == "swagger" else "OpenAPI 3"
        first = "" if kind == "swagger" else "convert it to Swagger 2.0; "
        help_ = f"{first}'connector-builder import {loaded.path.name}' makes a spec of Swagger"
        message = f"this is {what}, not a spec: it has no 'connector'"
        finding = KEY_MISSING.at(loaded.root.entries[kind].key_place, message, help=help_)
        return _unread(loaded, finding)
    version = loaded.root.entries.get("language")
    if version is not None and isinstance(version.value, int) and version.value > LANGUAGE_VERSION:
        message = f"this spec is written in version {version.value} of the language, this tool knows {LANGUAGE_VERSION}"
        finding = LANGUAGE_VERSION_UNKNOWN.at(version.place, message, help="upgrade connector-builder")
        return _unread(loaded, finding)
    shape = Shape(variables)
    root = shape.check(loaded.root)
    defaults = root.entries.get("defaults")
    ctx = Context(loaded.folder, root, shape.broken, Defaults.read(defaults.entries if defaults is not None else {}))
    # Without `connector` there is no package: the rules would only repeat that it is missing.
    package, connector = None, root.entries.get("connector")
    try:
        complete_likes(ctx, shape.likes)
        package = build_package(ctx, loaded.path) if connector is not None and connector.value is not None else None
    except TooMuch as reason:
        ctx.findings.append(reason.finding)
    findings = _once_unread(loaded.findings, [*shape.findings, *ctx.findings])
    secrets = _secrets(loaded, findings, ctx)
    if package is not None:
        secrets.package(package)
    shown = [finding.reworded(variables.mask) for finding in _distinct([*findings, *secrets.findings])]
    left_out = ctx.left_out(loaded.root)
    return Reading(package, shown, [*loaded.texts, *ctx.texts], variables.mask, left_out, _variables(loaded))


def _unread(loaded: Loaded, *findings: Finding) -> Reading:
    """Returns the reading of a spec that isn't compiled. It reports the secrets of the spec too."""
    return Reading(None, [*loaded.findings, *findings, *_secrets(loaded).findings], loaded.texts, variables=None)


def _variables(loaded: Loaded) -> frozenset[str] | None:
    """Returns the names of the variables of a spec; None if a part of its files can't be read."""
    if any(finding.rule.severity is Severity.ERROR for finding in loaded.findings):
        return None
    written = any("${" in text.content for text in loaded.texts)
    return variables_in(root.value for root in loaded.roots) if written else frozenset()


def _secrets(loaded: Loaded, findings: Sequence[Finding] = (), ctx: "Context | None" = None) -> SecretFinder:
    """Finds the secrets in the files of a spec, except those that `findings` report."""
    secrets = SecretFinder(findings, loaded.reuse)
    for text in (*loaded.texts, *(ctx.texts if ctx is not None else ())):
        secrets.text(text)
    for root in loaded.roots:
        secrets.file(root)
    for tree, locate in ctx.trees if ctx is not None else ():
        secrets.tree(tree, locate)
    return secrets


def _once_unread(loaded: list[Finding], compiled: list[Finding]) -> list[Finding]:
    """Returns the findings of a spec without what only follows from a part that can't be read.

    That is what else is found at its place, and what nothing uses: the part may use it.
    """
    findings = [*loaded, *compiled]
    unread = {(id(one.place.text), one.place.start) for one in findings if one.rule in _UNREAD}
    lost = unread or any(one.rule is KEY_DUPLICATED for one in loaded)
    return [
        one
        for one in findings
        if one.rule in _UNREAD
        or not ((lost and one.rule is TEMPLATE_UNUSED) or (id(one.place.text), one.place.start) in unread)
    ]


def _distinct(findings: list[Finding]) -> list[Finding]:
    """Leaves out repeated findings, and limits those of one rule.

    A template or an inlined schema is compiled many times, each time with the same findings.
    """
    seen: dict[tuple[object, ...], Finding] = {}
    counts: Counter[str] = Counter()
    for finding in findings:
        place = finding.place
        key = (finding.rule.name, id(place.text), place.start, place.end, finding.message)
        if key not in seen and counts[finding.rule.name] < MAX_FINDINGS:
            counts[finding.rule.name] += 1
            seen[key] = finding
    return list(seen.values())


def json_schema(part: str | None = None) -> dict[str, Any]:
    """Returns the language's JSON Schema (draft 2020-12) for editors; with `part`, that of a file in that folder."""
    from connector_builder.language.tables.json_schema import make_schema

    return make_schema(part)
