"""Writes the reference pages of connectors: all of a run, or none."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import NamedTuple

from connector_builder.app.shared.misuse import Misuse
from connector_builder.app.shared.processes import each
from connector_builder.app.shared.read import read
from connector_builder.app.shared.targets import Job, Target, absolute
from connector_builder.app.shared.variables import refuse_unused
from connector_builder.findings import Severity
from connector_builder.language import Variables
from connector_builder.output import Difference, Written, safe_slug
from connector_builder.output.pages import compare_pages, write_pages
from connector_builder.package import Package
from connector_builder.package.secrets import spared
from connector_builder.platform.view.build import view_of
from connector_builder.platform.view.reference import facts_of, reference_of
from connector_builder.render.reference.page import Page, page_of
from connector_builder.render.reference.writing import Entry, index, written
from connector_builder.render.web import data_address


class Options(NamedTuple):
    """How to write pages: where to, with which variables, in which formats. `all_specs` says that the targets are all specs of the project."""

    folder: Path
    variables: Variables
    formats: tuple[str, ...]
    all_specs: bool = False


class Made(NamedTuple):
    """The page of a connector: its files and its row of the index; without both, it can't be read. `broken` says that it has errors."""

    files: Mapping[str, bytes]
    entry: Entry | None
    broken: bool
    variables: frozenset[str] | None


@dataclass(slots=True)
class Result:
    """What a run did. If `unread` names connectors that can't be read, it wrote nothing. `broken` are those with errors."""

    entries: list[Entry] = field(default_factory=list)
    unread: list[Job] = field(default_factory=list)
    broken: list[Job] = field(default_factory=list)
    written: Written = field(default_factory=Written)
    differences: list[Difference] = field(default_factory=list)


class _Stopped(Exception):  # noqa: N818 - not an error: it makes the writer stop with nothing changed
    pass


def write_docs(
    targets: Sequence[Target],
    options: Options,
    *,
    whole: bool = False,
    force: bool = False,
    check: bool = False,
    jobs: int | None = None,
    step: Callable[[str], object] = str,
) -> Result:
    """Writes the pages of connectors, and an index if there are several. With `check`, compares them with what is there instead.

    With `whole`, it removes the pages of connectors that are gone; with `force`, it replaces foreign files. `step` is called with the name of
    each connector that is done. Raises Misuse, also for a variable that no spec uses, OutputError and Crash.
    """
    result = Result()
    pages = _pages(_jobs(targets), options, result, jobs, step)
    try:
        if check:
            result.differences = compare_pages(options.folder, pages, whole=whole)
        else:
            result.written = write_pages(options.folder, pages, whole=whole, force=force)
    except _Stopped:
        result.entries.clear()
    return result


def _jobs(targets: Sequence[Target]) -> list[Job]:
    """Returns the targets with the folders of their pages. Raises Misuse if two have the same."""
    by_slug: dict[str, Target] = {}
    for target in targets:
        path = absolute(target.path)
        slug = safe_slug(path.name if path.is_dir() else path.stem)
        if slug in by_slug:
            raise Misuse(f"'{by_slug[slug]}' and '{target}' would both have their page in '{slug}'", "name one of them")
        by_slug[slug] = target
    return [Job(target, slug) for slug, target in by_slug.items()]


def _pages(
    jobs: Sequence[Job], options: Options, result: Result, processes: int | None, step: Callable[[str], object]
) -> Iterator[tuple[str, bytes]]:
    """Yields the pages one by one, the index last. After the first connector that can't be read, it only reads the rest."""
    used: list[frozenset[str] | None] = []
    work = each(partial(_made, options), jobs, jobs=processes)
    for job, made in zip(jobs, work, strict=True):
        used.append(made.variables)
        step(str(job))
        if made.entry is None:
            result.unread.append(job)
            continue
        if made.broken:
            result.broken.append(job)
        result.entries.append(made.entry)
        if not result.unread:
            yield from ((f"{job.slug}/{name}", content) for name, content in made.files.items())
    refuse_unused(options.variables, used, all_specs=options.all_specs)
    if result.unread:
        raise _Stopped
    if len(jobs) > 1:
        yield from index(result.entries, options.formats).items()


def _made(options: Options, job: Job) -> Made:
    reading = read(job.target, options.variables)
    broken = any(one.rule.severity is Severity.ERROR for one in reading.findings)
    if reading.package is None:
        return Made({}, None, broken, reading.variables)
    page = page_for(reading.package)
    entry = Entry(job.slug, page.title, page.description, page.version, len(page.actions), len(page.triggers))
    return Made(written(page, options.formats), entry, broken, reading.variables)


def page_for(package: Package) -> Page:
    """Returns the page of a package. No secret in it is on the page."""
    package = spared(package)
    samples = {(one.operation, one.status): one.value for one in package.samples}
    view = view_of(package.definition, package.properties)
    reference = reference_of(package.definition, view.operations)
    facts, icon = facts_of(package.definition, package.properties), data_address(package.icon)
    return page_of(view, facts, reference, samples, name=package.name, icon=icon, known_issues=package.known_issues)
