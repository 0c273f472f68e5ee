"""The lines and the JSON in which an update of a spec reports what it did."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from connector_builder.cli.import_report import counts
from connector_builder.findings import Severity
from connector_builder.findings.diagnostic import Locator
from connector_builder.findings.wording import counted
from connector_builder.report import Outcome
from connector_builder.report.escape import log_line, terminal
from connector_builder.source.shown import difference

if TYPE_CHECKING:
    from connector_builder.app.import_.update import Refreshed


def update_outcome(done: "Refreshed", *, written: bool) -> Outcome:
    """Returns the result of an update, for programs."""
    name = Locator(Path.cwd()).name
    entry: dict[str, Any] = {"source": name(done.source.path), "spec": name(done.spec)}
    if done.updated:
        entry |= {
            "files": [name(done.spec.parent / file) for file in done.files],
            "written": written and bool(done.files),
            "operations": done.operations,
            "changes": done.notes,
            "conflicts": done.conflicts,
            "findings": {
                "errors": done.found[Severity.ERROR],
                "warnings": done.found[Severity.WARNING],
                "notes": done.found[Severity.NOTE],
            },
        }
    if done.defect is not None:
        entry["defect"] = done.defect[0]
    return Outcome(name(done.source.path), done.source.kind, entry)


def update_lines(done: "Refreshed", *, written: bool) -> list[str]:
    """Returns lines for a terminal: what became of the spec."""
    return [terminal(line) for line in _lines(done, written=written)]


def diff_lines(done: "Refreshed") -> list[str]:
    """Returns the changes of an update as a unified diff, for a terminal."""
    return diff_of(done.spec.parent, done.files)


def diff_of(folder: Path, files: Mapping[str, tuple[bytes | None, bytes | None]]) -> list[str]:
    """Returns the changes of files in a folder, each with its content before and after, as a unified diff for a terminal."""
    name = Locator(Path.cwd()).name
    lines: list[str] = []
    for file, (before, after) in files.items():
        shown = name(folder / file)
        old, new = ((one or b"").decode("utf-8", "replace") for one in (before, after))
        there = shown if before is not None else "/dev/null"
        then = f"{shown} (updated)" if after is not None else "/dev/null"
        lines += [line.rstrip("\n") for line in difference(file, old, new, there, then)]
    return [log_line(line) for line in lines]


def _lines(done: "Refreshed", *, written: bool) -> Iterator[str]:
    name = Locator(Path.cwd()).name
    spec, source = name(done.spec), name(done.source.path)
    if not done.updated:
        yield f"not updated: {spec}"
        return
    if not done.files and not done.conflicts:
        yield f"{spec} stays as it is: nothing changed in {source} since the last import"
        return
    conflicts = f", {counted(done.conflicts, 'conflict')}" if done.conflicts else ""
    what = f"{counted(done.notes, 'change')} in {counted(len(done.files), 'file')}{conflicts}"
    yield f"{'updated' if written else 'would update'} {spec} from {source}: {what}"
    if done.found:
        yield f"  validate: {counts(done.found)}"
    if written:
        yield "next: review the changes in version control, and commit the record in .connector-builder with them"
