"""Builds specs into packages in an output folder: compiles, checks, renders and writes.

A run writes all packages or none.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from connector_builder.app.renamed import Orphan, dropped, inherited, moved, orphans
from connector_builder.app.shared.misuse import Misuse
from connector_builder.app.shared.processes import each
from connector_builder.app.shared.read import read
from connector_builder.app.shared.targets import Job, Target
from connector_builder.app.shared.variables import refuse_unused
from connector_builder.app.shared.written import secrets_written
from connector_builder.app.slugs import jobs_of
from connector_builder.checks.accepted import Met
from connector_builder.checks.engine import Checked, Checks, examine, fails
from connector_builder.findings import Finding, Place, Text
from connector_builder.language import Variables
from connector_builder.language.rules import SECRET_IN_SPEC
from connector_builder.output import Difference, OutputError, Written, compare, safe_names, write
from connector_builder.output import read as read_output
from connector_builder.package import SETTINGS, Package, Reading
from connector_builder.platform.swagger.operations import operations
from connector_builder.render.files import PackageFiles, package_files
from connector_builder.render.files import Target as Audience


class Options(NamedTuple):
    """How to build: where to, with which variables and checks, for whom, and what stops it.

    `all_specs` says that the targets are all specs of the project, so that each name of a variables file should be in one.
    """

    output: Path
    variables: Variables
    checks: Checks
    fail_on: str = "error"
    audience: Audience = "upload"
    minify: bool = False
    all_specs: bool = False


class Built(NamedTuple):
    """What was built from a spec, without the contents of its files.

    `title` is in quotes. `continues` is the slug of the removed package whose settings this one took over.
    """

    slug: str
    title: str
    operations: int
    notes: tuple[str, ...] = ()
    continues: str | None = None


@dataclass(slots=True)
class Result:
    """What a run did. If `failed`, findings stopped it and it wrote nothing.

    `left_out` are specs that couldn't be built although no finding stopped the run; their packages stay as they were.
    `notes` are about the run as a whole. `mets` are what of the accepted findings each spec has.
    """

    checked: Checked = field(default_factory=lambda: Checked([], files=0))
    built: list[Built] = field(default_factory=list)
    left_out: list[Job] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    failed: bool = False
    written: Written = field(default_factory=Written)
    differences: list[Difference] = field(default_factory=list)
    mets: list[Met] = field(default_factory=list)


class _Stopped(Exception):  # noqa: N818 - not an error: it makes `write` stop with nothing changed
    pass


def build(
    targets: Sequence[Target],
    options: Options,
    *,
    whole: bool = False,
    force: bool = False,
    check: bool = False,
    jobs: int | None = None,
    step: Callable[[str], object] = str,
) -> Result:
    """Builds specs into packages. With `check`, compares what it would write with what is there instead.

    With `whole`, packages whose spec is gone are removed; with `force`, foreign files in the way are replaced. `step` is
    called with the name of each spec that is done. Raises Misuse, also for a variable that no spec uses, OutputError and Crash.
    """
    result = Result()
    work = jobs_of(targets)
    gone = orphans(options.output, {job.slug for job in work}) if whole else []
    packages = _packages(work, options, gone, result, jobs, step)
    with suppress(_Stopped):
        if check:
            result.differences = compare(options.output, packages, whole=whole)
        else:
            result.written = write(options.output, packages, whole=whole, force=force)
        continued = {built.continues for built in result.built}
        result.notes += [dropped(one) for one in gone if one.slug not in continued]
    diagnostics = sorted(result.checked.diagnostics, key=lambda diagnostic: diagnostic.sort_key)
    result.checked = Checked(diagnostics, result.checked.files)
    return result


def _packages(
    jobs: Sequence[Job],
    options: Options,
    gone: Sequence[Orphan],
    result: Result,
    processes: int | None,
    step: Callable[[str], object],
) -> Iterator[tuple[str, dict[str, bytes] | None]]:
    """Yields the packages one by one. `write` stages each on the disk, so a thousand take no more memory than ten.

    After the first package that fails, it yields no more, but still checks the rest, so that one run shows everything.
    """
    taken: set[str] = set()
    used: list[frozenset[str] | None] = []
    work = each(partial(_build, options, gone), jobs, jobs=processes)
    for job, (checked, built, contents) in zip(jobs, work, strict=True):
        if built is not None and built.continues in taken:  # another package of the same title continues it
            checked, built, contents = _build(options, (), job)
        used.append(checked.variables)
        result.checked.diagnostics.extend(checked.diagnostics)
        result.checked = Checked(result.checked.diagnostics, result.checked.files + checked.files)
        result.mets.append(checked.met)
        result.failed |= fails(checked.diagnostics, options.fail_on)
        step(str(job))
        if not result.failed:
            if built is not None:
                result.built.append(built)
                if built.continues is not None:
                    taken.add(built.continues)
            else:
                result.left_out.append(job)
            yield job.slug, contents
    refuse_unused(options.variables, used, all_specs=options.all_specs)
    if result.failed:
        result.built.clear()
        raise _Stopped


def _build(options: Options, gone: Sequence[Orphan], job: Job) -> tuple[Checked, Built | None, dict[str, bytes] | None]:
    """Checks and builds one spec.

    Returns its diagnostics and, if nothing stops it, a summary and the contents of its files.

    Without contents the package in the output folder stays as it is: the spec can't be compiled, and `fail_on` allows
    that.
    """
    reading = read(job.target, options.variables)
    checked = examine(reading, options.checks, is_spec=True, build=True)
    package = reading.package
    if package is None or fails(checked.diagnostics, options.fail_on) or _has_secret(checked):
        return checked, None, None
    heir, files = _files(package, job, options, gone)
    refused = [files] if isinstance(files, Finding) else secrets_written(package, files.contents)
    if isinstance(files, Finding) or refused:
        more = examine(Reading(None, refused), options.checks, is_spec=True)
        both = [*checked.diagnostics, *more.diagnostics]
        return checked._replace(diagnostics=both, files=checked.files + 1), None, None
    title, notes = reading.mask(f"'{_title(package)}'"), tuple(map(reading.mask, files.notes))
    if heir is not None:
        notes = (*notes, moved(heir))
    built = Built(job.slug, title, _operations(package), notes, heir.slug if heir is not None else None)
    return checked, built, files.contents


def _has_secret(checked: Checked) -> bool:
    """Checks whether a secret was found: a secret stops the build whatever `fail_on` is."""
    return any(diagnostic.rule == SECRET_IN_SPEC.name for diagnostic in checked.diagnostics)


def _files(
    package: Package, job: Job, options: Options, gone: Sequence[Orphan]
) -> tuple[Orphan | None, PackageFiles | Finding]:
    """Returns the files of a package, and the removed package that it continues.

    Returns a finding instead of files if the existing settings.json can't be read. Raises Misuse if the output folder
    can't be.
    """
    try:
        settings = read_output(options.output, job.slug, SETTINGS)
    except OutputError as error:
        raise Misuse(error.message, error.help) from error
    heir = inherited(_title(package), gone) if settings is None else None
    if heir is not None:
        settings = heir.settings
    files = package_files(
        package, target=options.audience, minify=options.minify, existing_settings=settings, name_files=safe_names
    )
    if isinstance(files, PackageFiles):
        return heir, files
    there = Text(options.output / job.slug / SETTINGS, files.place.text.content)
    return None, files.placed(Place(there, files.place.start, files.place.end))


def _title(package: Package) -> str:
    info: Any = package.definition.get("info")
    title = info.get("title") if isinstance(info, dict) else None
    return title if isinstance(title, str) else package.name


def _operations(package: Package) -> int:
    return sum(1 for _ in operations(package.definition))
