"""What is deployed: the files of a package as a build makes them, in memory, with the settings of earlier deployments."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from connector_builder.app.live.specs import Found
from connector_builder.app.shared.misuse import Misuse
from connector_builder.app.shared.targets import Kind, absolute
from connector_builder.app.shared.written import secrets_written
from connector_builder.findings import Finding
from connector_builder.output import read as read_output
from connector_builder.output import safe_names, safe_slug
from connector_builder.output.replacing import WriteError, replace_files
from connector_builder.package import DEFINITION, ICON, PROPERTIES, SCRIPT, SETTINGS, json_bytes
from connector_builder.platform.api_properties import OAUTH
from connector_builder.platform.data.plain import items, mapping, text
from connector_builder.platform.swagger.operations import operations
from connector_builder.render.files import package_files
from connector_builder.secrets.known import hide

SECRET = "CB_OAUTH_SECRET"  # noqa: S105 - the name of a variable
"""The variable with the client secret of a connector; with `_` and its name in capitals, that of one of several."""


@dataclass(frozen=True, slots=True)
class Deployable:
    """A connector to deploy. `properties` are those inside apiProperties.json. `settings` are those of settings.json, and `place` is its path.

    `given` is what the spec says at `connector.solution`: the names and ids that `pack` uses too.
    """

    slug: str
    title: str
    definition: dict[str, Any]
    properties: dict[str, Any]
    icon: bytes | None
    script: bytes | None
    settings: dict[str, Any]
    place: Path
    given: dict[str, Any] = field(default_factory=dict)

    @property
    def description(self) -> str:
        """The description that people see."""
        return text(mapping(self.definition.get("info")).get("description"))

    @property
    def server(self) -> str:
        """The address of the API behind the connector."""
        scheme = next(iter(map(str, items(self.definition.get("schemes")))), "https")
        return f"{scheme}://{self.definition.get('host', '')}{self.definition.get('basePath', '')}"

    @property
    def operations(self) -> dict[str, Any]:
        """The operations by id."""
        return operations_of(self.definition)

    def with_secret(self, environment: Mapping[str, str]) -> tuple[dict[str, Any], bool]:
        """Returns the properties with the client secret of the environment in each sign-in, and whether there is one."""
        own = f"{SECRET}_{self.slug.upper().replace('-', '_')}"
        secret = environment.get(own) or environment.get(SECRET)
        if not secret or not self.signs_in:
            return self.properties, False
        copy: dict[str, Any] = json.loads(json.dumps(self.properties))
        for setting in _settings(copy):
            setting["clientSecret"] = hide(secret)
        return copy, True

    @property
    def signs_in(self) -> bool:
        """Whether people sign in by OAuth."""
        return bool(_settings(self.properties))


def deployable(found: Found, output: Path) -> Deployable:
    """Returns what to deploy of a spec or a package. `output` is the folder of builds. Raises Misuse."""
    if found.target.kind is Kind.SOLUTION:
        raise Misuse(f"nothing was sent: '{found.target}' is a solution", "import it first, and deploy the spec")
    package, path = found.package, absolute(found.target.path)
    is_spec = found.target.kind is Kind.SPEC
    slug = safe_slug(path.name if path.is_dir() else path.stem)
    folder = output / slug if is_spec else path
    settings = read_output(output, slug, SETTINGS) if is_spec else _bytes(folder / SETTINGS)
    files = package_files(package, target="upload", minify=False, existing_settings=settings, name_files=safe_names)
    if isinstance(files, Finding):
        raise Misuse(f"'{folder / SETTINGS}' can't be read: {files.message}", files.help)
    if any(secrets_written(package, files.contents)):
        raise Misuse(
            f"nothing was sent: '{found.target}' contains a secret", f"connector-builder validate {found.target}"
        )
    definition = json.loads(files.contents[DEFINITION])
    properties = json.loads(files.contents[PROPERTIES]) if PROPERTIES in files.contents else {}
    title = text(mapping(definition.get("info")).get("title"))
    if not title:
        raise Misuse(f"nothing was sent: '{found.target}' has no title")
    inner = dict(mapping(properties.get("properties")))
    own = json.loads(files.contents[SETTINGS])
    icon, script = files.contents.get(ICON), files.contents.get(SCRIPT)
    place = folder / SETTINGS
    return Deployable(slug, title, definition, inner, icon, script, own, place, package.solution)


def keep_settings(one: Deployable, **values: str) -> bool:
    """Writes what a deployment learned into settings.json, as paconn does; returns whether that folder exists."""
    if not one.place.parent.is_dir():
        return False
    content = json_bytes({**one.settings, **{name: value for name, value in values.items() if value}})
    try:
        replace_files({one.place: content})
    except WriteError as error:
        raise Misuse(f"the connector is deployed, but '{one.place}' can't be written: {error.reason}") from error
    return True


def operations_of(definition: Any) -> dict[str, Any]:
    """Returns the operations of a definition by id: what each says, and where it is."""
    return {
        str(one.value["operationId"]): (one.verb, one.path, one.value)
        for one in operations(definition)
        if one.value.get("operationId")
    }


def _settings(properties: dict[str, Any]) -> list[dict[str, Any]]:
    """Returns the settings of OAuth in all ways to sign in."""
    sets = items(mapping(properties.get("connectionParameterSets")).get("values"))
    ways = [properties.get("connectionParameters"), *(mapping(one).get("parameters") for one in sets)]
    parts = [part for way in ways for part in mapping(way).values() if isinstance(part, dict)]
    named = [part for part in parts if text(part.get("type")).lower() == OAUTH.lower()]
    return [part["oAuthSettings"] for part in named if isinstance(part.get("oAuthSettings"), dict)]


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Misuse(f"'{path}' can't be read: {error.strerror}") from error
