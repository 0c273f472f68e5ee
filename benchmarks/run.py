"""Measures whole processes and prints ratios: `python benchmarks/run.py`. Run by hand; no test depends on it.

Two commands are run in turn, A B A B, so that a machine that drifts slows both; the median of the ratios is what counts.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.make_specs import spec_text
from benchmarks.preview import preview

ROOT = Path(__file__).parents[1]
SHOWCASE = ROOT / "specs" / "power-automate-management"
TOOL = [sys.executable, "-m", "connector_builder"]
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""Else every run would compile a checkout's modules anew, while those of libraries were compiled when they were installed."""


def seconds(command: Sequence[str], folder: Path) -> float:
    """Wall seconds of one run, which must succeed."""
    begun = time.perf_counter()
    subprocess.run(command, cwd=folder, env=ENVIRONMENT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def used(command: Sequence[str], folder: Path, *, may_find: bool = False) -> tuple[float, float]:
    """Wall seconds of one run, and seconds of processors, those of its own processes too; 0 where the system doesn't tell.

    With `may_find` exit status 1 is good too: there are connectors that can't be read.
    """
    before, begun = os.times(), time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=ENVIRONMENT, check=False, capture_output=True)
    took, after = time.perf_counter() - begun, os.times()
    if done.returncode > may_find:
        raise SystemExit(done.stderr.decode())
    return took, after.children_user - before.children_user + after.children_system - before.children_system


def peak(command: Sequence[str], folder: Path) -> float:
    """Peak memory in MiB of the largest process of one run; 0 where the system doesn't tell."""
    code = (
        "import resource,subprocess,sys\n"
        "subprocess.run(sys.argv[1:],check=True,stdout=subprocess.DEVNULL)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    if os.name == "nt":
        return 0
    measured = [sys.executable, "-c", code, *command]
    out = subprocess.run(measured, cwd=folder, env=ENVIRONMENT, check=True, capture_output=True, text=True)
    return int(out.stdout.split()[-1]) / (1024 * (1024 if sys.platform == "darwin" else 1))


def ratio(name: str, command: Sequence[str], against: Sequence[str], folder: Path, runs: int) -> None:
    """Prints the median of command over against, pair by pair."""
    seconds(command, folder), seconds(against, folder)
    pairs = [(seconds(command, folder), seconds(against, folder)) for _ in range(runs)]
    ratios = [one / other for one, other in pairs]
    median = statistics.median(ratios)
    shown = f"{statistics.median(a for a, _ in pairs):.2f} s / {statistics.median(b for _, b in pairs):.2f} s"
    print(f"{name}: {median:.2f} ({min(ratios):.2f} to {max(ratios):.2f}; {shown})")


def showcase(folder: Path, runs: int) -> None:
    """The build of the first connector, second opinion and all, against its imports."""
    build = [*TOOL, "build", str(SHOWCASE), "-o", str(folder / "out"), "--quiet"]
    imports = [sys.executable, "-c", "import click, yaml, jinja2, openapi_spec_validator"]
    ratio("build of the Power Automate spec / imports (bar 2.2)", build, imports, folder, runs)


def large(folder: Path, runs: int) -> None:
    """Builds of growing specs: seconds, and seconds per schema node."""
    for operations, nodes in ((64, 1250), (128, 2500), (256, 5000)):
        path = folder / f"large-{nodes}.yaml"
        path.write_text(spec_text(operations, nodes), encoding="utf-8", newline="\n")
        build = [*TOOL, "build", str(path), "-o", str(folder / "out"), "--quiet"]
        times = sorted(seconds(build, folder) for _ in range(runs))
        size = (folder / "out" / path.stem / "apiDefinition.swagger.json").stat().st_size
        median = times[len(times) // 2]
        print(
            f"{operations} operations, {nodes} nodes, {size / 1e6:.2f} MB of JSON: {median:.2f} s (bar 3 s for the last)"
        )


def many(folder: Path, count: int) -> None:
    """A thousand specs of the median published connector's size: how many a second, and the memory against a tenth of them."""
    for number in (count // 10, count):
        specs = folder / f"many-{number}"
        specs.mkdir()
        for index in range(number):
            text = spec_text(7, 60, f"Service {index}")  # 7 operations, about 32 KB of JSON
            (specs / f"service-{index}.yaml").write_text(text, encoding="utf-8", newline="\n")
    memory = {}
    for number in (count // 10, count):
        build = [*TOOL, "build", *[str(path) for path in sorted((folder / f"many-{number}").iterdir())]]
        build += ["-o", str(folder / f"out-{number}"), "--quiet"]
        begun = time.perf_counter()
        memory[number] = peak(build, folder)
        took = time.perf_counter() - begun
        print(f"{number} specs: {number / took:.1f} a second (bar 30), peak {memory[number]:.0f} MiB")
    print(f"memory of {count} / of {count // 10}: {memory[count] / memory[count // 10]:.2f} (bar 1.3)")


def import_(folder: Path, runs: int) -> None:
    """Imports of what specs of growing size build: against imports of libraries, and how the time grows."""
    for factor in (1, 2, 4, 8):
        path = folder / f"import-{factor}.yaml"
        path.write_text(spec_text(32 * factor, 625 * factor), encoding="utf-8", newline="\n")
        seconds([*TOOL, "build", str(path), "-o", str(folder / "packages"), "--quiet"], folder)
        package = folder / "packages" / path.stem
        command = [*TOOL, "import", str(package), "-o", str(folder / "imported" / path.stem), "--force", "--quiet"]
        times = [used(command, folder) for _ in range(runs)]
        size = (package / "apiDefinition.swagger.json").stat().st_size
        print(f"import of {size / 1e6:.2f} MB of JSON: {medians(times)}")
    one = folder / "median.yaml"
    one.write_text(spec_text(7, 60), encoding="utf-8", newline="\n")  # about the size of the median connector
    seconds([*TOOL, "build", str(one), "-o", str(folder / "packages"), "--quiet"], folder)
    command = [
        *TOOL,
        "import",
        str(folder / "packages/median"),
        "-o",
        str(folder / "imported/median"),
        "--force",
        "--quiet",
    ]
    libraries = [sys.executable, "-c", "import click, yaml"]
    ratio("import of a package of median size / import click, yaml", command, libraries, folder, runs)


def corpus(folder: Path, runs: int) -> None:
    """Import and build of the real connectors in the folder that CONNECTOR_CORPUS names; see docs/performance.md."""
    place = Path(os.environ["CONNECTOR_CORPUS"]).resolve()
    packages = sorted((sum(file.stat().st_size for file in one.glob("api*.json")), one) for one in place.iterdir())
    for name, (size, package) in (("median", packages[len(packages) // 2]), ("largest", packages[-1])):
        command = [*TOOL, "import", str(package), "-o", str(folder / f"{name}"), "--force", "--quiet"]
        times = [used(command, folder) for _ in range(runs)]
        print(f"import of the {name}, {package.name} ({size / 1e6:.2f} MB): {medians(times)} (bar 0.6 s, largest 6 s)")
    specs = folder / "specs-of-all"
    for jobs in (2, 1):
        command = [*TOOL, "import", str(place), "-o", str(specs), "--force", "--quiet", "--jobs", str(jobs)]
        times = [used(command, folder, may_find=True) for _ in range(min(runs, 3))]
        print(f"import of {len(packages)}, each proven, --jobs {jobs}: {medians(times)} (bar 60 s with the build)")
    command = [*TOOL, "build", *map(str, sorted(specs.iterdir())), "-o", str(folder / "again"), "--jobs", "2"]
    command += ["--target", "certification", "--fail-on", "never", "--quiet"]
    print(f"build of their specs, --jobs 2: {medians([used(command, folder)])}")


OF_THE_VALIDATOR = """
import sys, pathlib
from openapi_spec_validator import OpenAPIV2SpecValidator
from openapi_spec_validator.readers import read_from_filename
for path in sorted(pathlib.Path(sys.argv[1]).glob("*/*.swagger.json")):
    try:
        content, _ = read_from_filename(str(path))
        list(OpenAPIV2SpecValidator(content).iter_errors())
    except Exception as error:
        print(path, type(error).__name__)
"""
"""The errors of every definition by openapi-spec-validator, as its own command finds them one by one; in one process."""


def rules(folder: Path, runs: int) -> None:
    """`validate` of the real connectors, and of the median one, against openapi-spec-validator and the imports of libraries."""
    place = Path(os.environ["CONNECTOR_CORPUS"]).resolve()
    packages = sorted((sum(file.stat().st_size for file in one.glob("api*.json")), one) for one in place.iterdir())
    median = packages[len(packages) // 2][1]
    validate = [*TOOL, "validate", "--fail-on", "never", "--quiet"]
    libraries = [sys.executable, "-c", "import click, yaml"]
    ratio(
        "validate of the median connector / import click, yaml (bar 2.5)",
        [*validate, str(median)],
        libraries,
        folder,
        runs,
    )
    commands = {
        "": [*validate, str(place)],
        " --jobs 1": [*validate, str(place), "--jobs", "1"],
        "openapi-spec-validator": [sys.executable, "-c", OF_THE_VALIDATOR, str(place)],
    }
    rounds = [{name: used(command, folder) for name, command in commands.items()} for _ in range(min(runs, 3))]
    for name in list(commands)[:-1]:
        times = [one[name] for one in rounds]
        theirs = [one["openapi-spec-validator"] for one in rounds]
        faster = [other[0] / own[0] for own, other in zip(times, theirs, strict=True)]
        print(
            f"validate of {len(packages)}{name}: {medians(times)}; openapi-spec-validator: {medians(theirs)}; "
            f"{statistics.median(faster):.1f} times as fast ({min(faster):.1f} to {max(faster):.1f}; bar 8, with one job 5)"
        )
    print(f"memory of the largest process: {peak([*validate, str(place)], folder):.0f} MiB (bar 200)")


def medians(times: Sequence[tuple[float, float]]) -> str:
    """What runs took, in words."""
    wall, processors = (statistics.median(column) for column in zip(*times, strict=True))
    return f"{wall:.2f} s, of processors {processors:.2f} s"


def start(folder: Path, runs: int) -> None:
    """`--help` against the import of click."""
    ratio("--help / import click (bar 4)", [*TOOL, "--help"], [sys.executable, "-c", "import click"], folder, runs)


def main() -> None:
    """Runs what is named, by default everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="*", default=["start", "showcase", "large", "many", "import"])
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--count", type=int, default=1000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for name in options.what:
            if name == "many":
                many(folder, options.count)
            elif name == "preview":
                preview(folder, options.runs, TOOL, SHOWCASE, ENVIRONMENT)
            else:
                parts = {
                    "start": start,
                    "showcase": showcase,
                    "large": large,
                    "import": import_,
                    "corpus": corpus,
                    "rules": rules,
                }
                parts[name](folder, options.runs)


if __name__ == "__main__":
    main()
