"""Says what an update doesn't bring of a solution: its names and its environment variables, which the spec's author decides."""

from collections.abc import Iterator, Mapping

from connector_builder.findings import Finding, Place
from connector_builder.language.decompile.connector.solution import named
from connector_builder.language.update.rules import UPDATE_CONFLICT
from connector_builder.package import Package

_HELP = "change connector.solution or environmentVariables by hand if you want it"


def changed_in_solution(base: Package, new: Package, own: Package, place: Place) -> Iterator[Finding]:
    """Yields a finding for what changed in the solution since the last import, and is otherwise in the spec.

    Nothing if either isn't known: a record of an earlier version has no names, and a package alone none either.
    """
    if not base.solution or not new.solution:
        return
    was, there, here = (_names(one) for one in (base, new, own))
    said = [f"'{key}' is '{there[key][:80]}'" for key in there if was[key] != there[key] != here[key]]
    before, after = base.environment_variables, new.environment_variables
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name) != own.environment_variables.get(name):
            what = "gone" if name not in after else "new" if name not in before else "another"
            said.append(f"the environment variable '{name}' is {what}")
    if said:
        yield UPDATE_CONFLICT.at(place, f"the solution changed, and the spec stays: {', '.join(said)}", help=_HELP)


def _names(package: Package) -> Mapping[str, str]:
    """Returns the names of a connector in its solution by the keys of the language, the derived ones too."""
    names = named(package.solution, package.definition, package.properties)
    return {
        "name": names.name,
        "title": names.title,
        "description": names.description,
        "version": names.version,
        "prefix": names.publisher.prefix,
        "publisher": names.publisher.title,
        "connectorName": names.row,
        "connectorId": names.id,
    }
