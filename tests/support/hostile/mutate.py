# ruff: noqa: T201 - it is a command too
"""Damages real specs and packages, and runs the command on each: whatever comes of it, there is no exit status 3.

By hand: python -m tests.support.hostile.mutate --count 20000 --seed 1 [--corpus FOLDER]

A quarter of the cases are specs, which are built: those of `specs/`, and the golden cases of the language. A quarter are
packages, which are validated: those of the corpus (a folder of packages), else those of `output/`. A quarter are packages
and random ones, which are imported, and a quarter documents of other formats, which are too. Everything runs in this process. The same seed gives the same cases. `--only N`
runs one of them again, and leaves it in the current folder as `case/`.
"""

import argparse
import json
import math
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random

from connector_builder.package import DEFINITION, PROPERTIES
from connector_builder.source.yaml_writer import write_yaml
from tests.support.corpus import SOURCES
from tests.support.hostile.foreign_documents import documents
from tests.support.hostile.hostile_cli import Outcome, build, import_, problems, validate
from tests.support.hostile.mutations import mutate
from tests.support.hostile.random_packages import Packages
from tests.support.imports.submissions import solution
from tests.support.language_cases import read_cases

ROOT = Path(__file__).parents[3]
KINDS = ("spec", "package", "import", "foreign")
UNDAMAGED = (".png", ".csx")
PARTS = {".json", ".yaml", ".yml", ".png", ".csx"}
SHOWN = 20
"""The most failures that are printed in full."""


@dataclass(frozen=True, slots=True)
class Source:
    """A real spec or package to damage: its files by name.

    The command gets `main`, or the whole folder if it is empty.
    """

    name: str
    files: dict[str, bytes]
    main: str = ""

    @property
    def size(self) -> int:
        """The bytes of the files that are damaged."""
        return sum(len(content) for name, content in self.files.items() if not name.endswith(UNDAMAGED))


@dataclass(slots=True)
class Tally:
    """The results of many cases."""

    statuses: Counter[int] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        statuses = ", ".join(f"{count} exit status {status}" for status, count in sorted(self.statuses.items()))
        return f"{sum(self.statuses.values())} cases ({statuses}), {len(self.failures)} failures"


def spec_sources() -> list[Source]:
    """Returns the repository's specs and the golden cases. Specs are repeated: one case in four is a whole spec."""
    cases = [
        Source(case.id, case.files, case.main if case.main != "connector.yaml" else "")
        for path in sorted((ROOT / "tests/language/cases").glob("*.md"))
        for case in read_cases(path)
    ]
    whole = [
        Source(
            path.name,
            {path.name: path.read_bytes()} if path.is_file() else _files(path),
            path.name if path.is_file() else "",
        )
        for path in sorted((ROOT / "specs").iterdir())
    ]
    return cases + whole * (len(cases) // (3 * len(whole)) + 1)


def package_sources(corpus: Path | None) -> list[Source]:
    """Returns the packages of a folder of packages."""
    folders = sorted((corpus or ROOT / "output").iterdir())
    return [Source(folder.name, _files(folder)) for folder in folders if folder.is_dir() and folder.name[0] != "."]


def import_sources(corpus: Path | None) -> list[Source]:
    """Returns the packages of a folder, and as many random ones, in JSON and as Swagger in YAML."""
    real = package_sources(corpus)
    made = []
    for number in range(max(30, len(real))):
        definition, properties = Packages(Random(number)).package()
        if number % 3 == 0:
            made.append(Source(f"random {number}", {"swagger.yaml": write_yaml(definition).encode()}, "swagger.yaml"))
            continue
        documents = {DEFINITION: definition} | ({PROPERTIES: properties} if properties is not None else {})
        files = {name: json.dumps(data, indent=2).encode() for name, data in documents.items()}
        made.append(Source(f"random {number}", files))
    return [*real, *made]


def foreign_sources() -> list[Source]:
    """Returns documents of other formats, an unpacked solution, and what is in the folder that CONNECTOR_SOURCES names."""
    found = [Source(name, {name: content}, name) for name, content in documents().items()]
    found.append(Source("a solution", solution("connector")))
    more = sorted(Path(SOURCES).glob("*/*")) if SOURCES else []
    return found + [Source(path.name, {path.name: path.read_bytes()}, path.name) for path in more if path.is_file()]


@cache
def sources_of(kind: str, corpus: Path | None, largest: float = math.inf) -> list[Source]:
    """Returns the sources of a kind that have at most `largest` bytes. By hand, all are taken."""
    if kind == "spec":
        found = spec_sources()
    elif kind == "foreign":
        found = foreign_sources()
    else:
        found = package_sources(corpus) if kind == "package" else import_sources(corpus)
    return [source for source in found if source.size <= largest]


def _files(folder: Path) -> dict[str, bytes]:
    paths = (path for path in sorted(folder.rglob("*")) if path.suffix in PARTS)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def run_case(kind: str, sources: Sequence[Source], seed: int, number: int, folder: Path, tally: Tally) -> Iterator[str]:
    """Makes one case below `folder` and runs it. Yields what is wrong."""
    random = Random(f"{seed}:{kind}:{number}")
    source = random.choice(sources)
    damaged = random.choice(sorted(name for name in source.files if not name.endswith(UNDAMAGED)))
    for name in ("case", "output"):
        shutil.rmtree(folder / name, ignore_errors=True)
    for name, content in source.files.items():
        path = folder / "case" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(mutate(content, random) if name == damaged else content)
    outcome = _run(kind, folder / "case" / source.main, folder / "output", random)
    tally.statuses[outcome.status] += 1
    for problem in problems(outcome, folder):
        yield f"{kind} {number} ({source.name}, {damaged}): {problem}"
    if kind != "package" and (outcome.status == 0) != (folder / "output").exists():
        yield f"{kind} {number} ({source.name}, {damaged}): exit status {outcome.status}, but the output says otherwise"


def _run(kind: str, case: Path, output: Path, random: Random) -> Outcome:
    form = random.choice(("text", "json"))
    if kind == "package":
        return validate(case, "--format", form)
    if kind == "spec":
        return build(case, output, "--format", form)
    return import_(case, output, "--format", form, *random.choice(((), ("--repair",))))


def run_cases(kind: str, sources: Sequence[Source], seed: int, numbers: Sequence[int], folder: Path) -> Tally:
    """Runs many cases of one kind in `folder`, which is the current folder meanwhile."""
    tally = Tally()
    (folder / ".git").mkdir(exist_ok=True)  # configurations above it don't count
    before = Path.cwd()
    os.chdir(folder)
    try:
        for number in numbers:
            tally.failures += run_case(kind, sources, seed, number, folder, tally)
    finally:
        os.chdir(before)
    return tally


def peak_memory() -> str:
    """Returns the most memory that this process has used; unknown on Windows."""
    try:
        import resource
    except ImportError:
        return "unknown"
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit} MB"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=20_000, help="how many cases, of all kinds together")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpus", type=Path, help="a folder of packages; those of output/ by default")
    parser.add_argument(
        "--only", metavar="KIND:NUMBER", help="run one case again, such as spec:17, and keep it as case/"
    )
    chosen = parser.parse_args()
    corpus = chosen.corpus.resolve() if chosen.corpus else None
    failures = 0
    for kind in KINDS:
        numbers: Sequence[int] = range(chosen.count // len(KINDS))
        if chosen.only:
            if not chosen.only.startswith(f"{kind}:"):
                continue
            numbers = [int(chosen.only.partition(":")[2])]
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary).resolve()
            tally = run_cases(kind, sources_of(kind, corpus), chosen.seed, numbers, folder)
            if chosen.only:
                shutil.copytree(folder / "case", "case")
        print(f"{kind}s: {tally}")
        for failure in tally.failures[:SHOWN]:
            print(f"\n{failure}\n  again: --seed {chosen.seed} --only {kind}:{failure.split()[1]}")
        failures += len(tally.failures)
    print(f"peak memory: {peak_memory()}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
