"""A release: versions that agree, distributions that are the same twice, and the tools that people install them with."""

import json
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from connector_builder import __version__
from tests.support.ci import not_installed
from tests.support.ci_systems.ci_tools import NotInstalledError, Tools
from tests.support.ci_systems.pipelines import Job
from tests.support.programs.distributions import NAME, ROOT, Distributions, Environment, build_sdist

WORKFLOW: dict[Any, Any] = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8"))
LARGEST = 2_000_000
"""The bytes of a wheel that nobody minds to install in a pipeline."""


def named_versions() -> Iterator[tuple[str, str]]:
    files = [ROOT / "pipelines/azure/connector-builder.yml", ROOT / ".github/workflows/deploy-connectors.yml"]
    example = ROOT / "docs/ci-example"
    files += [path for path in example.rglob("*") if path.suffix in (".yml", ".yaml") and path.parent.name != "specs"]
    for path in files:
        text = path.read_text(encoding="utf-8")
        for found in re.findall(
            r"(?:connector-builder(?:\[\w+\])?(?:[\w./-]*)(?:==|@v)|refs/tags/v|rev: v)(\d[\w.]*)", text
        ):
            yield path.relative_to(ROOT).as_posix(), found


def test_every_file_that_names_a_version_names_this_one() -> None:
    named = list(named_versions())
    assert len(named) == 9, named
    assert {version for _, version in named} == {__version__}


def test_the_changelog_begins_with_what_is_unreleased_or_this_version() -> None:
    headings = re.findall(r"^## (\S+)(?: - (\S+))?$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    released = [version for version, date in headings if date]
    assert released[0] == __version__
    assert [version for version, date in headings if not date] in ([], ["Unreleased"])
    assert headings[0][0] in ("Unreleased", __version__)


def steps(job: str, *names: str) -> list[dict[str, Any]]:
    return [step for step in WORKFLOW["jobs"][job]["steps"] if step.get("name") in names]


@pytest.mark.parametrize(("tag", "status"), [(f"v{__version__}", 0), ("v9.9.9", 1)])
@pytest.mark.skipif(sys.platform == "win32", reason="the step is a script of bash, with GNU sed")
def test_a_tag_that_is_not_the_version_stops_the_release(tag: str, status: int, tmp_path: Path) -> None:
    work = tmp_path / "work"
    (work / "connector_builder").mkdir(parents=True)
    for name in ("CHANGELOG.md", "connector_builder/__init__.py"):
        (work / name).write_bytes((ROOT / name).read_bytes())
    job = Job(work, tmp_path / "home", {}, {"GITHUB_REF_NAME": tag})
    [done] = job.run(steps("build", "Compare the tag with the version and the changelog")).values()
    assert done.status == status, done.output
    if not status:
        notes = (work / "notes/notes.md").read_text(encoding="utf-8")
        assert notes.lstrip().startswith("### ")
        assert not re.search("^## ", notes, re.MULTILINE)


def test_other_actions_are_pinned_each_to_one_commit_of_one_version() -> None:
    files = [ROOT / "action.yml", *(ROOT / ".github/workflows").glob("*.yml")]
    used = [line.partition("uses:")[2].strip() for file in files for line in _lines(file) if "uses:" in line]
    assert len(used) == 20
    assert [one for one in used if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one)] == []
    assert len(set(used)) == len({one.partition("@")[0] for one in used})


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines()


@pytest.mark.installs
def test_a_second_build_gives_the_same_bytes(tools: Environment, distributions: Distributions, tmp_path: Path) -> None:
    assert build_sdist(tools, tmp_path).read_bytes() == distributions.sdist.read_bytes()
    assert distributions.wheel.read_bytes() == distributions.wheel_of_sdist.read_bytes()
    assert distributions.wheel.stat().st_size <= LARGEST


@pytest.fixture(scope="module")
def release_tools(tmp_path_factory: pytest.TempPathFactory) -> Tools:
    """What the workflow installs, at its versions, and what people install programs with."""
    [step] = steps("build", "Install the tools")
    pinned = [word for word in shlex.split(step["run"]) if "==" in word]
    assert len(pinned) == 3
    try:
        return Tools(tmp_path_factory.mktemp("release"), (*pinned, "pipx", "uv"))
    except NotInstalledError as error:
        not_installed(error)


@pytest.mark.installs
def test_the_index_would_take_the_distributions(release_tools: Tools, distributions: Distributions) -> None:
    done = release_tools.run("twine", "check", "--strict", distributions.wheel, distributions.sdist)
    assert (done.returncode, done.stdout.count("PASSED")) == (0, 2), done.stdout + done.stderr


@pytest.mark.installs
@pytest.mark.parametrize("installed", ["wheel"], indirect=True)
def test_the_bill_of_materials_lists_what_is_installed(
    release_tools: Tools, installed: Environment, tmp_path: Path
) -> None:
    file = tmp_path / "bill.json"
    done = release_tools.run(
        "cyclonedx-py", "environment", "--output-reproducible", "--output-file", file, installed.home
    )
    assert done.returncode == 0, done.stdout + done.stderr
    bill = json.loads(file.read_text(encoding="utf-8"))
    names = {one["name"].lower() for one in bill["components"]}
    assert {NAME, "click", "jinja2", "jsonschema", "openapi-spec-validator", "pyyaml", "referencing"} <= names


@pytest.mark.installs
@pytest.mark.parametrize("runner", ["uv tool run --from", "pipx run --spec"])
def test_the_wheel_runs_without_an_installation(
    release_tools: Tools, distributions: Distributions, tmp_path: Path, runner: str
) -> None:
    program, *arguments = shlex.split(runner)
    done = release_tools.run(program, *arguments, distributions.wheel, NAME, "--version", folder=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1] == f"connector-builder, version {__version__}"
