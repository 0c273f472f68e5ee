"""Builds one connector in memory, with the checks and the files of `build`."""

import json
from dataclasses import dataclass
from typing import Any

from connector_builder.app.shared.misuse import Misuse
from connector_builder.app.shared.read import read
from connector_builder.app.shared.targets import Kind, Target
from connector_builder.app.shared.written import secrets_written
from connector_builder.checks.engine import Checked, Checks, examine, fails
from connector_builder.findings import Finding
from connector_builder.language import Variables
from connector_builder.language.rules import SECRET_IN_SPEC
from connector_builder.output import safe_names
from connector_builder.package import DEFINITION, ICON, PROPERTIES, SCRIPT, Package, Reading
from connector_builder.platform.data.plain import items, mapping, text
from connector_builder.platform.solutions.names import Identity, identity, without_environment
from connector_builder.platform.swagger.operations import operations
from connector_builder.render.files import package_files
from connector_builder.render.solution.model import Connector


@dataclass(frozen=True, slots=True)
class Lacking:
    """A connector that can't be built; the findings say why."""

    checked: Checked


@dataclass(frozen=True, slots=True)
class BuiltConnector:
    """A connector with its package and the files that `build` makes of it.

    `given` is what its author says of the solution, `identity` that and what is derived for it alone.
    """

    target: Target
    checked: Checked
    package: Package
    contents: dict[str, bytes]
    title: str
    given: dict[str, Any]
    identity: Identity

    def connector(self) -> Connector:
        """Returns the connector as a solution contains it."""
        definition = json.loads(self.contents[DEFINITION])
        properties = _inner(self.contents)
        script = self.contents.get(SCRIPT)
        return Connector(
            self.identity,
            self.title,
            text(mapping(definition.get("info")).get("description")),
            definition,
            without_environment(properties),
            self.contents.get(ICON),
            script,
            _scripted(definition, properties) if script is not None else (),
        )


def build_one(target: Target, variables: Variables, checks: Checks, fail_on: str) -> BuiltConnector | Lacking:
    """Builds a spec or a package. Raises Misuse for a target that isn't a whole connector, and one without a title."""
    if target.kind not in (Kind.SPEC, Kind.PACKAGE):
        cure = "name a spec, or the folder of a package; 'import' makes a spec of it"
        raise Misuse(f"'{target}' is a {target.kind}, which can't be packed", cure)
    is_spec = target.kind is Kind.SPEC
    reading = read(target, variables)
    checked = examine(reading, checks, is_spec=is_spec, build=True)
    package = reading.package
    secret = any(diagnostic.rule == SECRET_IN_SPEC.name for diagnostic in checked.diagnostics)
    if package is None or fails(checked.diagnostics, fail_on) or secret or not isinstance(package.definition, dict):
        return Lacking(checked)
    files = package_files(package, target="certification", minify=False, existing_settings=None, name_files=safe_names)
    assert not isinstance(files, Finding)  # there is no settings.json that it could be about
    refused = secrets_written(package, files.contents)
    if refused:
        more = examine(Reading(None, refused), checks, is_spec=is_spec)
        return Lacking(checked._replace(diagnostics=[*checked.diagnostics, *more.diagnostics]))
    info = mapping(package.definition.get("info"))
    title = text(info.get("title"))
    if not title:
        raise Misuse(f"'{target}' has no title", "a connector in a solution is named after it")
    published = text(_inner(files.contents).get("publisher"))
    given = package.solution
    own = identity(given, title, text(info.get("version")), published)
    return BuiltConnector(target, checked, package, files.contents, title, given, own)


def _inner(contents: dict[str, bytes]) -> dict[str, Any]:
    return mapping(json.loads(contents[PROPERTIES]).get("properties")) if PROPERTIES in contents else {}


def _scripted(definition: Any, properties: dict[str, Any]) -> tuple[str, ...]:
    """Returns the operations that custom code runs for: those that are listed, else all."""
    listed = [one for one in items(properties.get("scriptOperations")) if isinstance(one, str)]
    every = (one.value.get("operationId") for one in operations(definition))
    return tuple(listed or (one for one in every if isinstance(one, str)))
