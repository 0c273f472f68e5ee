"""What `pull` does: downloads connectors, and imports them, or writes them as packages."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from connector_builder.app.import_ import Options, find_sources, import_all
from connector_builder.app.import_.update import Refreshed, update
from connector_builder.app.live.connection import Asked, connected
from connector_builder.app.live.deploy import dataverse_of
from connector_builder.app.live.downloads import Download, from_dataverse, from_power_apps
from connector_builder.app.live.environments import find_environment, is_application
from connector_builder.app.shared.misuse import Misuse
from connector_builder.app.shared.targets import is_spec_folder
from connector_builder.checks.engine import Checks
from connector_builder.findings import Severity
from connector_builder.findings.diagnostic import Diagnostic
from connector_builder.findings.wording import counted
from connector_builder.live.dataverse import Dataverse
from connector_builder.live.power_apps import PowerApps, title_of
from connector_builder.numbering import Numbers
from connector_builder.output import safe_slug
from connector_builder.platform.data.plain import text
from connector_builder.source.suggest import suggest

ALL = "<the id of each connector>"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to download: the names or ids of connectors, none for all, and the road, None for the one that suits who signs in."""

    environment: str
    names: Sequence[str]
    road: str | None


class Pulled(NamedTuple):
    """What became of a connector: the path that was written, None if nothing was; what happened; and why not, or what to do."""

    title: str
    path: Path | None
    did: str
    reasons: tuple[str, ...] = ()


def download(wanted: Wanted, asked: Asked) -> list[Download]:
    """Downloads connectors. Raises Misuse for a name that doesn't exist, and LiveError."""
    with connected(asked) as connection:
        environment = find_environment(connection, wanted.environment)
        as_row = wanted.road == "dataverse" or (
            wanted.road is None and (is_application(connection) or not environment.id)
        )
        dry = asked.dry is not None
        if as_row:
            service = dataverse_of(connection, environment)
            known = {str(row["connectorid"]): text(row.get("displayname")) for row in service.connectors()}
            chosen = _chosen(known, wanted.names, dry=dry)
            return [from_dataverse(service, one) for one in chosen] if not dry else _shown(service, chosen)
        if not environment.id:
            raise Misuse("Power Apps takes the id or the name of an environment, not the address of its Dataverse")
        apps = PowerApps(connection.http, connection.cloud, environment.id)
        known = {str(one["name"]): title_of(one) for one in apps.connectors()}
        chosen = _chosen(known, wanted.names, dry=dry)
        return [from_power_apps(apps, one) for one in chosen] if not dry else _shown(apps, chosen)


def _shown(service: Dataverse | PowerApps, chosen: Sequence[str]) -> list[Download]:
    """Asks for each connector in a dry run; nothing comes of it."""
    for one in chosen:
        service.connector(one)
    return []


def _chosen(known: dict[str, str], names: Sequence[str], *, dry: bool) -> list[str]:
    """Returns the ids of the connectors with these names or ids. Raises Misuse for an unknown name, or one of several."""
    if dry:
        return list(names) or [ALL]
    if not names:
        return sorted(known, key=lambda one: (known[one].casefold(), one))
    chosen = []
    for name in names:
        found = [one for one, title in known.items() if name == one] or [
            one for one, title in known.items() if title.casefold() == name.casefold()
        ]
        if not found:
            help_ = (
                suggest(name, list(known.values()))
                or (None if known else "the environment has no custom connector")
                or f"there {'is' if len(known) == 1 else 'are'} {counted(len(known), 'custom connector')}: pull without a name takes all"
            )
            raise Misuse(f"there is no connector '{name}'", help_)
        if len(found) > 1:
            raise Misuse(f"{len(found)} connectors are called '{name}'", f"name one by its id: {', '.join(found)}")
        chosen += found
    return list(dict.fromkeys(chosen))


def write_packages(downloads: Sequence[Download], output: Path, agree: Callable[[str], bool]) -> Iterator[Pulled]:
    """Writes connectors as packages, each into a folder of its own. `agree` is asked before a file changes. Raises Misuse."""
    for name, one in _named(downloads):
        folder = output / name
        try:
            changed = [
                file
                for file, content in one.files.items()
                if (folder / file).exists() and (folder / file).read_bytes() != content
            ]
            if changed and not agree(f"'{folder.as_posix()}' has another {', '.join(changed)}: replace?"):
                yield Pulled(one.title, None, "kept")
                continue
            folder.mkdir(parents=True, exist_ok=True)
            for file, content in one.files.items():
                (folder / file).write_bytes(content)
        except OSError as error:
            raise Misuse(f"'{folder}' can't be written: {error.strerror}") from error
        yield Pulled(one.title, folder, "downloaded")


def import_downloads(
    downloads: Sequence[Download], output: Path, checks: Checks, agree: Callable[[Refreshed], bool]
) -> Iterator[Pulled]:
    """Imports connectors as specs. For one that exists, `agree` is asked with what would change. Raises Misuse and OutputError."""
    with tempfile.TemporaryDirectory(prefix="connector-builder-") as below:
        for name, one in _named(downloads):
            package = Path(below) / name
            package.mkdir()
            for file, content in one.files.items():
                (package / file).write_bytes(content)
            spec = _existing(output, name)
            yield (
                _updated(one, package, spec, checks, agree)
                if spec
                else _imported(one, package, output / f"{name}.yaml", checks)
            )


def _existing(output: Path, name: str) -> Path | None:
    file = output / f"{name}.yaml"
    return file if file.exists() else output / name if is_spec_folder(output / name) else None


def _imported(one: Download, package: Path, spec: Path, checks: Checks) -> Pulled:
    sources, _ = find_sources([package])
    spec.parent.mkdir(parents=True, exist_ok=True)
    result = import_all(sources, spec, Options(checks=checks), several=False, jobs=1)
    done = result.done[0]
    if done.spec is None:
        return Pulled(one.title, None, "not imported", _reasons(result.diagnostics))
    return Pulled(one.title, done.spec, "imported")


def _updated(one: Download, package: Path, spec: Path, checks: Checks, agree: Callable[[Refreshed], bool]) -> Pulled:
    sources, _ = find_sources([package])
    try:
        planned, checked = update(sources[0], spec, checks, write=False)
    except Misuse as error:
        return Pulled(
            one.title,
            None,
            "not updated",
            (error.message, "pull it with --raw, and import it with --update --base OLD"),
        )
    if not planned.updated:
        return Pulled(one.title, None, "not updated", _reasons(checked.diagnostics))
    if not planned.files:
        return Pulled(one.title, spec, "unchanged")
    if not agree(planned):
        return Pulled(one.title, None, "kept")
    update(sources[0], spec, checks)
    return Pulled(one.title, spec, "updated")


def _reasons(diagnostics: Sequence[Diagnostic]) -> tuple[str, ...]:
    return tuple(one.defect.message for one in diagnostics if one.severity is Severity.ERROR)


def _named(downloads: Sequence[Download]) -> Iterator[tuple[str, Download]]:
    """Yields connectors with a name for each: of two that are alike, the second gets a number."""
    numbers, taken = Numbers("-"), set[str]()
    for one in downloads:
        name = numbers.free(safe_slug(one.title or one.id), taken)
        taken.add(name)
        yield name, one
