"""Imports packages and Swagger documents as specs: reads, imports, proves, checks and writes them."""

import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from connector_builder.app.import_.find import find_sources
from connector_builder.app.import_.place import Job, place
from connector_builder.app.import_.split import split_by_tag
from connector_builder.app.shared.processes import each, where
from connector_builder.app.shared.written import secrets_written
from connector_builder.checks.engine import Checked, Checks, examine
from connector_builder.findings import Finding, Place, Severity, Text
from connector_builder.findings.diagnostic import Diagnostic, Location
from connector_builder.language import MAIN
from connector_builder.language.decompile import NotImportable, NotProven, import_package
from connector_builder.language.decompile.model import MAX_FILE
from connector_builder.language.decompile.rules import NOT_IMPORTABLE
from connector_builder.language.rules import SECRET_IN_SPEC
from connector_builder.output.bases import base_bytes, base_name
from connector_builder.output.specs import in_the_way, refused, write_specs
from connector_builder.package import SCRIPT, Package, Reading
from connector_builder.source.names import is_portable
from connector_builder.sources.choosing import ALL, Wishes
from connector_builder.sources.source import Source, read_source

__all__ = ["Done", "Options", "Result", "find_sources", "import_all"]


@dataclass(frozen=True, slots=True)
class Options:
    """How to import. `checks` are the checks that `validate` would run on the specs; `split` makes a spec of each tag."""

    repair: bool = False
    force: bool = False
    checks: Checks = field(default_factory=Checks)
    wishes: Wishes = ALL
    split: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """The result for one source.

    `spec` is the path of its spec, or None; `kept` are the files that its folder already had.

    `found` counts the findings of `validate` in the spec. `defect` is a line and its details, if our own defect is why
    there is no spec.
    """

    source: Source
    spec: Path | None = None
    files: tuple[str, ...] = ()
    operations: int = 0
    lines: int = 0
    lines_before: int = 0
    plain: tuple[str, ...] = ()
    found: Counter[Severity] = field(default_factory=Counter)
    kept: tuple[str, ...] = ()
    defect: tuple[str, str] | None = None

    @property
    def is_file(self) -> bool:
        """Whether the spec is a single file."""
        return self.spec is not None and self.files == (self.spec.name,)


@dataclass(slots=True)
class Result:
    """What a run did, and what it found in the sources that it read."""

    done: list[Done] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    files: int = 0


def import_all(
    sources: Sequence[Source],
    output: Path,
    options: Options,
    *,
    several: bool,
    jobs: int | None = None,
    step: Callable[[str], object] = str,
) -> Result:
    """Imports sources and writes all their specs or none: one spec to `output`, or, if `several`, all into that folder.

    It leaves out a source that can't be imported. It calls `step` with the name of each source when that is done.
    Raises Misuse, OutputError and Crash.
    """
    if options.split:
        folder, work = split_by_tag(sources, output, options.wishes, repair=options.repair)
    else:
        folder, work = place(sources, output, several=several)
    beside = {job.name for job in work if job.beside}
    there = [] if options.force else in_the_way(folder, (job.name for job in work), beside)
    if there:
        raise refused(there)
    result = Result()
    specs = _specs(work, folder, options, result, jobs, step)
    kept = write_specs(folder, specs, force=options.force, beside=beside)
    names = [(job.name, job.folder) for job in work]
    result.done = [
        replace(done, kept=tuple(kept.get(name, kept.get(whole, ()))))
        for (name, whole), done in zip(names, result.done, strict=True)
    ]
    result.diagnostics.sort(key=lambda diagnostic: diagnostic.sort_key)
    return result


def _specs(
    work: Sequence[Job], folder: Path, options: Options, result: Result, jobs: int | None, step: Callable[[str], object]
) -> Iterator[tuple[str, dict[str, bytes]]]:
    """Yields the specs one by one. `write_specs` stages each on the disk."""
    said: set[tuple[str, Location, str]] = set()
    for job, (checked, done, contents) in zip(
        work, each(partial(_import, options, folder), work, jobs=1 if options.split else jobs), strict=True
    ):
        # What holds for all connectors of a solution is said once.
        fresh = [one for one in checked.diagnostics if (one.rule, one.location, one.message) not in said]
        said.update((one.rule, one.location, one.message) for one in fresh)
        result.diagnostics += fresh
        result.files += checked.files
        result.done.append(done)
        step(str(job))
        if contents is not None:
            yield (job.name if done.is_file else job.folder), contents


def _import(options: Options, folder: Path, job: Job) -> tuple[Checked, Done, dict[str, bytes] | None]:
    """Imports one source.

    Returns its diagnostics, its result, and the contents of its spec's files by path relative to `folder`.
    """
    reading = read_source(job.source, repair=options.repair, wishes=job.wishes or options.wishes)
    findings, done, contents = list(reading.findings), Done(job.source), None
    if reading.package is not None:
        try:
            done, contents, more = _spec(options, folder, job, reading.package)
            findings += more
        except NotImportable as error:
            findings.append(error.finding)
        except NotProven as error:
            done = Done(
                job.source, defect=(f"the spec doesn't build what was read: {error}", "\n".join(error.pointers))
            )
        except MemoryError:
            raise
        except Exception as error:  # one source in a thousand mustn't stop the import of the others
            done = Done(job.source, defect=(where(error), "".join(traceback.format_exception(error))))
    return examine(Reading(None, findings), Checks(), is_spec=True), done, contents


def _spec(options: Options, folder: Path, job: Job, package: Package) -> tuple[Done, dict[str, bytes], list[Finding]]:
    imported = import_package(package)
    if not all(map(is_portable, imported.files)):
        raise ValueError("a file's name that some system doesn't take")
    secrets = [finding for finding in imported.reading.findings if finding.rule is SECRET_IN_SPEC]
    if secrets := secrets or secrets_written(package, {f: c for f, c in imported.files.items() if f == SCRIPT}):
        message = f"the spec would contain a secret: {secrets[0].message}"
        raise NotImportable(NOT_IMPORTABLE.at(Place(Text(job.source.path, "")), message, help="write REDACTED there"))
    is_file = job.suffix is not None and imported.files.keys() == {MAIN} and len(imported.files[MAIN]) <= MAX_FILE
    name = f"{job.name}{job.suffix}" if is_file else job.folder
    contents = {name if is_file else f"{name}/{file}": content for file, content in imported.files.items()}
    files = tuple(sorted(contents))
    contents[base_name(job.name if is_file else job.folder)] = base_bytes(package)
    checked = examine(imported.reading, options.checks, is_spec=True)
    done = Done(
        job.source,
        folder / name,
        files,
        imported.operations,
        imported.lines,
        imported.lines_before,
        tuple(imported.plain),
        Counter(diagnostic.severity for diagnostic in checked.diagnostics),
    )
    return done, contents, imported.findings
