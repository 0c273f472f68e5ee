"""Runs the command line in this process, and checks what must be true of it for any input."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from connector_builder.cli import program

CONNECTOR = """\
connector: {title: Test, description: A connector for the tests of hostile input., version: 1.0.0, server: https://api.example.com}
"""
"""What every spec needs, in one line for its end, so that other lines keep their numbers."""
NOT_PRINTABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a command."""

    status: int
    out: str
    err: str

    @property
    def findings(self) -> list[str]:
        """Returns each finding of `--format json` as `file:line:column Rule message`."""
        return [
            "{file}:{line}:{column} {rule} {message}".format_map(finding)
            for finding in json.loads(self.out)["findings"]
        ]


def run(*arguments: str | Path) -> Outcome:
    """Runs the command in the current folder."""
    result = CliRunner().invoke(program, [str(one) for one in arguments], prog_name="connector-builder")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Outcome(result.exit_code, result.stdout, result.stderr)


def build(spec: Path, output: Path, *options: str) -> Outcome:
    """Builds one spec, with the second opinion."""
    return run("build", spec, "-o", output, "--jobs", "1", "--verbose", *options)


def validate(path: Path, *options: str) -> Outcome:
    """Checks one spec or package."""
    return run("validate", path, "--jobs", "1", "--verbose", *options)


def import_(path: Path, output: Path, *options: str) -> Outcome:
    """Imports one package or Swagger document."""
    return run("import", path, "-o", output, "--jobs", "1", "--verbose", *options)


def place(text: str, part: str) -> str:
    """Returns where a part of a text begins, as `line:column`."""
    before = text[: text.index(part)]
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def problems(outcome: Outcome, root: Path) -> Iterator[str]:
    """Yields the defects of the tool that a run shows. The files that the run names are in `root`."""
    if outcome.status not in (0, 1):
        yield f"exit status {outcome.status}: {outcome.err[-3000:]}"
        return
    if NOT_PRINTABLE.search(outcome.out) or NOT_PRINTABLE.search(outcome.err):
        yield "what it prints holds control characters"
    if outcome.out.startswith("{"):
        yield from _misplaced(outcome, root)


def _misplaced(outcome: Outcome, root: Path) -> Iterator[str]:
    report = json.loads(outcome.out)
    errors = report["summary"]["errors"]
    texts: dict[str, list[str]] = {}
    if (outcome.status == 1) != (errors > 0):
        yield f"exit status {outcome.status} with {errors} errors"
    for finding in report["findings"]:
        path = root / finding["file"]
        if finding["file"] not in texts:
            texts[finding["file"]] = _lines(path) if path.is_file() else [""]
        lines = texts[finding["file"]]
        line, column = finding["line"], finding["column"]
        if not (1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1):
            yield f"a place outside of the file: {finding}"
        if not finding["message"] or (finding["end_line"], finding["end_column"]) < (line, column):
            yield f"an odd finding: {finding}"


def _lines(path: Path) -> list[str]:
    return re.split("\r\n|\n|\r", path.read_bytes().decode("utf-8-sig", "replace"))
