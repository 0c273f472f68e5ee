"""Measures the specs and packages that multiply what they say: `python -m benchmarks.hostile [--packages] [CASE...]`. Run by hand.

For each case of tests/support/hostile/multiplied.py, or with `--packages` of multiplied_packages.py beside it, and each command it prints the
exit status, the seconds of processor time of the run and its workers, and the peak memory. The contract: 10 s and 500 MB for any
input under 5 MB.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tests.support.hostile import multiplied_packages as packages
from tests.support.hostile.multiplied import CASES, Files

Commands = Mapping[str, tuple[str, ...]]
COMMANDS: Commands = {
    "validate": ("validate", "spec", "-q"),
    "validate JSON": ("validate", "spec", "-q", "--format", "json"),
    "build": ("build", "spec", "-o", "out", "-q"),
    "build JSON": ("build", "spec", "-o", "out", "-q", "--format", "json"),
}
OF_PACKAGES: Commands = {
    "validate": ("validate", "package", "-q"),
    "validate SARIF": ("validate", "package", "--format", "sarif"),
    "import": ("import", "package", "-o", "imported", "-q"),
    "view": ("view", "package", "--format", "json"),
    "docs": ("docs", "package", "-o", "docs", "-q"),
    "diff": ("diff", "package", "changed", "--fail-on", "never"),
    "diff --suggest": ("diff", "package", "changed", "--fail-on", "never", "--suggest"),
    "preview --html": ("preview", "package", "--html", "preview.html"),
    "pack": ("pack", "package", "--as", "solution", "-o", "solution.zip", "--fail-on", "never", "-q"),
    "explain": ("explain", "AADSTS650052", "--spec", "package"),
}
_MEASURE = """
import resource, subprocess, sys
try:
    status = subprocess.run(sys.argv[2:], timeout=float(sys.argv[1]), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
except subprocess.TimeoutExpired:
    status = "stopped"
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(status, used.ru_utime + used.ru_stime, used.ru_maxrss)
"""


def measure(command: Sequence[str], folder: Path, patience: float) -> tuple[str, float, float]:
    """The exit status of one run, its processor seconds, and its peak memory in MB. It is stopped after `patience` seconds."""
    tool = [sys.executable, "-P", "-m", "connector_builder", *command]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    run = [sys.executable, "-c", _MEASURE, str(patience), *tool]
    said = subprocess.run(
        run, cwd=folder, env=environment, check=True, capture_output=True, text=True, encoding="utf-8"
    )
    status, seconds, size = said.stdout.split()
    return status, float(seconds), int(size) / (1e6 if sys.platform == "darwin" else 1e3)


def write(folder: Path, files: Files) -> int:
    """Writes the files of a spec; gives their bytes."""
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8", newline="\n")
    return sum(map(len, files.values()))


def write_packages(folder: Path, make: packages.Make, kilobytes: float) -> int:
    """Writes a package of about so many kilobytes, and one that differs from it; gives the bytes of the first."""
    size = 16
    while sum(map(len, packages.contents(make(size)).values())) < 1000 * kilobytes:
        size = size * 5 // 4
    for name, changed in (("package", False), ("changed", True)):
        (folder / name).mkdir()
        for file, content in packages.contents(make(size), changed=changed).items():
            (folder / name / file).write_bytes(content)
    return sum(map(len, packages.contents(make(size)).values()))


def table(cases: Sequence[str], commands: Commands, put: Callable[[str, Path], int], patience: float) -> None:
    """Prints a row for each case and command. `put` writes the files of a case into a folder, and gives their bytes."""
    print(f"{'case':36} {'KB':>6} {'command':14} {'status':>8} {'seconds':>8} {'MB':>6}")
    for name in cases:
        with tempfile.TemporaryDirectory() as there:
            folder = Path(there)
            size = put(name, folder)
            for command, words in commands.items():
                status, seconds, memory = measure(words, folder, patience)
                row = f"{name:36} {size / 1000:6.0f} {command:14} {status:>8} {seconds:8.1f} {memory:6.0f}"
                print(row, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", metavar="CASE", help="which cases; all of them, by default")
    parser.add_argument("--packages", action="store_true", help="measure packages instead of specs")
    parser.add_argument("--size", type=float, default=1000, metavar="KB", help="about how large the packages are")
    commands = {*COMMANDS, *OF_PACKAGES}
    parser.add_argument("--command", action="append", choices=sorted(commands), help="which commands; all, by default")
    parser.add_argument("--patience", type=float, default=60, help="seconds after which a run is stopped")
    chosen = parser.parse_args()
    known = OF_PACKAGES if chosen.packages else COMMANDS
    wanted = {name: words for name, words in known.items() if name in (chosen.command or known)}
    if chosen.packages:
        table(
            chosen.cases or list(packages.CASES),
            wanted,
            lambda name, folder: write_packages(folder, packages.CASES[name], chosen.size),
            chosen.patience,
        )
    else:
        table(
            chosen.cases or list(CASES),
            wanted,
            lambda name, folder: write(folder / "spec", CASES[name].make(CASES[name].full)),
            chosen.patience,
        )


if __name__ == "__main__":
    main()
