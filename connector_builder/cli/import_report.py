"""The lines and the JSON in which an import reports what it did."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from connector_builder.app.shared.misuse import Misuse
from connector_builder.app.shared.targets import absolute
from connector_builder.cli.options import further_reports
from connector_builder.findings import Severity
from connector_builder.findings.diagnostic import Locator
from connector_builder.findings.wording import counted
from connector_builder.report import FORMATS, Outcome
from connector_builder.report.escape import terminal
from connector_builder.report.summary import Summary

if TYPE_CHECKING:
    from connector_builder.app.import_ import Done
    from connector_builder.app.import_.fetch import Fetched

NAMED = 3
"""The most parts kept as plain Swagger that are named; more are counted, except with --verbose."""


def outcome(done: "Done") -> Outcome:
    """Returns the result for one source, for programs."""
    name = Locator(Path.cwd()).name
    return Outcome(name(done.source.path), done.source.kind, _as_json(done, name))


def import_lines(all_done: Sequence["Done"], *, verbose: bool) -> list[str]:
    """Returns lines for a terminal: what all sources were imported to."""
    return [terminal(line) for line in _lines(all_done, Locator(Path.cwd()).name, verbose=verbose)]


def fetched_lines(fetched: Sequence["Fetched"]) -> list[str]:
    """Returns lines for a terminal: what was read from the network."""
    return [terminal(f"fetched {one.address}: {len(one.content):,} bytes") for one in fetched]


def fetched_json(fetched: Sequence["Fetched"]) -> dict[str, Any]:
    """Returns what was read from the network, for programs."""
    each = [{"address": one.address, "bytes": len(one.content)} for one in fetched]
    return {"fetched": each} if each else {}


_SUFFIXES = {".md": "markdown", ".json": "json", ".sarif": "sarif", ".xml": "junit", ".txt": "text"}
"""The formats of report files by their suffixes."""


def report_files(given: Sequence[str], output: Path) -> tuple[tuple[str, Path], ...]:
    """Returns the files of `--report` with their formats. Raises Misuse for one that can't be, before anything is done."""
    named = []
    for text in given:
        kind, equals, name = text.partition("=")
        if not equals or kind not in FORMATS:
            name = text
            kind = _SUFFIXES.get(Path(text).suffix.lower(), "")
            if not kind:
                formats = ", ".join(FORMATS)
                cure = f"name it like IMPORT.md, or write --report markdown=FILE; the formats are {formats}"
                raise Misuse(f"the format of the report '{text}' isn't clear", cure)
        named.append(f"{kind}={name}")
        folder, spec = absolute(Path(name)).parent, absolute(output)
        if not folder.is_dir() and folder not in (spec, spec.parent):
            raise Misuse(f"there is no folder '{Path(name).parent.as_posix()}' for the report", "make it first")
    return further_reports(tuple(named), None)


def with_folder(files: Sequence[tuple[str, Path]]) -> tuple[list[tuple[str, Path]], list[str]]:
    """Returns the report files whose folder exists after an import, and lines about the others."""
    there = [(kind, path) for kind, path in files if path.parent.is_dir()]
    return there, [terminal(f"not written: {path.as_posix()}") for kind, path in files if (kind, path) not in there]


Name = Callable[[Path], str]


def _as_json(done: "Done", name: Name) -> dict[str, Any]:
    entry: dict[str, Any] = {"source": name(done.source.path), "spec": None}
    if done.spec is not None:
        folder = done.spec.parent
        entry |= {
            "spec": name(done.spec),
            "files": [name(folder / file) for file in done.files],
            "operations": done.operations,
            "lines": done.lines,
            "lines_before": done.lines_before,
            "plain": list(done.plain),
            "findings": {
                "errors": done.found[Severity.ERROR],
                "warnings": done.found[Severity.WARNING],
                "notes": done.found[Severity.NOTE],
            },
        }
    if done.defect is not None:
        entry["defect"] = done.defect[0]
    return entry


def _lines(all_done: Sequence["Done"], name: Name, *, verbose: bool) -> Iterator[str]:
    for done in all_done:
        yield from _one(done, name, verbose=verbose)
    specs = [done for done in all_done if done.spec is not None]
    if len(all_done) > 1:
        made = f"imported {len(specs)} of {len(all_done)}"
        sizes = _sizes(*(sum(numbers) for numbers in zip(*map(_numbers, specs), strict=True))) if specs else ""
        yield f"{made}: {sizes}" if sizes else made
    if specs:
        place = name(specs[0].spec.parent if len(all_done) > 1 and specs[0].spec else specs[0].spec or Path())
        named = f'"{place}"' if " " in place else place
        if any(done.found for done in specs):
            yield f"to see what validate finds: connector-builder validate {named}"
        if any(done.found[Severity.ERROR] for done in specs):
            yield f"next: correct the errors, then build; to build anyway: connector-builder build {named} --fail-on never"
        else:
            yield f"next: connector-builder build {named}"


def _one(done: "Done", name: Name, *, verbose: bool) -> Iterator[str]:
    source = name(done.source.path)
    if done.spec is None:
        yield f"not imported: {source}"
        return
    files = f", {counted(len(done.files), 'file')}" if len(done.files) > 1 else ""
    further = len(done.source.further)
    source = f"{source} and {further} more" if further else source
    yield f"imported {source} to {name(done.spec)}: {_sizes(*_numbers(done))}{files}"
    if done.plain:
        yield f"  plain Swagger: {_named(done.plain, all_=verbose)}"
    if done.kept:
        kept = [name(done.spec.parent / file) for file in done.kept]
        yield f"  still there from before: {_named(kept, all_=verbose)}"
    if done.found:
        yield f"  validate: {counts(done.found)}"


def _numbers(done: "Done") -> tuple[int, int, int]:
    return done.operations, done.lines_before, done.lines


def _sizes(operations: int, before: int, after: int) -> str:
    """Returns a text such as `12 operations, 1,204 lines of JSON became 301 (25 %)`."""
    share = f" ({round(100 * after / before)} %)" if before else ""
    return f"{operations:,} operation{'' if operations == 1 else 's'}, {before:,} lines of JSON became {after:,}{share}"


def counts(found: Counter[Severity]) -> str:
    """Returns a text such as `1 error and 2 warnings`."""
    summary = Summary(1, found[Severity.ERROR], found[Severity.WARNING], found[Severity.NOTE])
    return str(summary).removesuffix(" in 1 file")


def _named(parts: Sequence[str], *, all_: bool) -> str:
    shown = parts if all_ or len(parts) <= NAMED + 1 else parts[:NAMED]
    rest = len(parts) - len(shown)
    return ", ".join(shown) + (f" and {rest} more" if rest else "")
