"""Builds the distributions of this project as a release does, and environments that contain only one of them."""

import fnmatch
import os
import subprocess
import sys
import tomllib
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[3]
NAME = "connector-builder"


class NotReachableError(Exception):
    """The tools that build distributions can't be installed here; the message says why."""


@dataclass(frozen=True, slots=True)
class Distributions:
    """The files of a release. Both wheels should be the same: one is made from the tree, one from the sdist."""

    sdist: Path
    wheel: Path
    wheel_of_sdist: Path


@dataclass(frozen=True, slots=True)
class Environment:
    """A virtual environment. Its scripts run so that they see nothing of the checkout."""

    home: Path

    @property
    def python(self) -> Path:
        return self.script("python")

    def script(self, name: str) -> Path:
        return self.home / (f"Scripts/{name}.exe" if os.name == "nt" else f"bin/{name}")

    def run(self, script: str, *arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
        """Runs a script of the environment in a folder, without variables that change Python or the tool itself."""
        own = ("PYTHON", "CONNECTOR_")
        env = {name: value for name, value in os.environ.items() if not name.upper().startswith(own)}
        return subprocess.run(
            [self.script(script), *arguments],
            cwd=folder,
            env=env | {"PYTHONUTF8": "1"},  # its output is read as UTF-8
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )


def build_tools(home: Path) -> Environment:
    """Returns an environment with the requirements of a build in `pyproject.toml`, and the front end that runs it.

    Raises NotReachableError. This is the first step that needs the network, so later steps fail for other reasons.
    """
    tools = Environment(home)
    requires = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"]
    try:
        venv.create(home, with_pip=True, symlinks=os.name != "nt")
        _succeed(tools.run("python", "-m", "pip", "install", "--quiet", "build", *requires, folder=home))
    except (OSError, subprocess.SubprocessError) as error:
        raise NotReachableError(f"no build front end can be installed: {error}") from error
    return tools


def build(tools: Environment, folder: Path) -> Distributions:
    """Builds the sdist of the tree, the wheel from that sdist, and the wheel from the tree."""
    command = (
        "python",
        "-m",
        "build",
        "--no-isolation",
        "--outdir",
    )  # it is isolated anyway: `tools` contains nothing else
    _succeed(tools.run(*command, folder / "sdist", ROOT, folder=folder))
    _succeed(tools.run(*command, folder / "tree", "--wheel", ROOT, folder=folder))
    [sdist], [wheel_of_sdist] = (list((folder / "sdist").glob(pattern)) for pattern in ("*.tar.gz", "*.whl"))
    [wheel] = (folder / "tree").iterdir()
    return Distributions(sdist, wheel, wheel_of_sdist)


def build_sdist(tools: Environment, folder: Path) -> Path:
    """Builds the sdist of the tree once more."""
    _succeed(tools.run("python", "-m", "build", "--no-isolation", "--sdist", "--outdir", folder, ROOT, folder=folder))
    [sdist] = folder.glob("*.tar.gz")
    return sdist


def install(tools: Environment, home: Path, distribution: Path) -> Environment:
    """Returns a new environment with a distribution and its requirements, without pip."""
    venv.create(home, with_pip=False, symlinks=os.name != "nt")
    environment = Environment(home)
    pip = ("python", "-m", "pip", "--python", environment.python, "install", "--quiet")
    _succeed(tools.run(*pip, distribution, folder=home))
    return environment


def tree(*tops: str) -> set[str]:
    """Returns the files of the project at or below these names, relative to the root, with `/`.

    It leaves out files that git ignores.
    """
    ignored = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()]
    paths = [path for top in tops for path in (ROOT / top, *(ROOT / top).rglob("*")) if path.is_file()]
    names = [path.relative_to(ROOT) for path in paths]
    return {
        name.as_posix()
        for name in names
        if not any(fnmatch.fnmatchcase(part, pattern) for part in name.parts for pattern in ignored)
    }


def _succeed(done: subprocess.CompletedProcess[str]) -> None:
    if done.returncode:
        raise subprocess.SubprocessError(f"{_shown(done.args)} gave {done.returncode}:\n{done.stdout}{done.stderr}")


def _shown(command: Sequence[object]) -> str:
    return " ".join(map(str, command)) + f" (Python {sys.version.split()[0]})"
