"""Measures the specs that multiply what they say: `python -m benchmarks.hostile [CASE...]`. Run by hand.

For each case of tests/support/hostile/multiplied.py and each command it prints the exit status, the seconds of processor time of the
run and its workers, and the peak memory. The contract: 10 s and 500 MB for any input under 5 MB.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.support.hostile.multiplied import CASES, Files

COMMANDS = {
    "validate": ("validate", "spec", "-q"),
    "validate JSON": ("validate", "spec", "-q", "--format", "json"),
    "build": ("build", "spec", "-o", "out", "-q"),
    "build JSON": ("build", "spec", "-o", "out", "-q", "--format", "json"),
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", metavar="CASE", help="which cases; all of them, by default")
    parser.add_argument("--command", action="append", choices=COMMANDS, help="which commands; all of them, by default")
    parser.add_argument("--patience", type=float, default=60, help="seconds after which a run is stopped")
    chosen = parser.parse_args()
    print(f"{'case':36} {'KB':>6} {'command':14} {'status':>8} {'seconds':>8} {'MB':>6}")
    for name in chosen.cases or CASES:
        with tempfile.TemporaryDirectory() as there:
            folder = Path(there)
            size = write(folder / "spec", CASES[name].make(CASES[name].full))
            for command in chosen.command or COMMANDS:
                status, seconds, memory = measure(COMMANDS[command], folder, chosen.patience)
                row = f"{name:36} {size / 1000:6.0f} {command:14} {status:>8} {seconds:8.1f} {memory:6.0f}"
                print(row, flush=True)


if __name__ == "__main__":
    main()
