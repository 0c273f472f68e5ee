"""What is in the distributions, to the file: nothing is forgotten, and nothing that lay about comes along."""

import tarfile
import zipfile
from email import message_from_bytes
from importlib.metadata import EntryPoint

import pytest

from connector_builder import __version__
from tests.support.programs.distributions import ROOT, Distributions, tree

pytestmark = pytest.mark.installs

INFO = f"connector_builder-{__version__}.dist-info"
SOURCES = f"connector_builder-{__version__}"


def wheel_file(distributions: Distributions, name: str) -> bytes:
    with zipfile.ZipFile(distributions.wheel) as wheel:
        return wheel.read(name)


def test_the_wheel_holds_the_package_and_the_templates(distributions: Distributions) -> None:
    with zipfile.ZipFile(distributions.wheel) as wheel:
        names = wheel.namelist()
    assert sorted({name.split("/")[0] for name in names}) == ["connector_builder", INFO]
    about = {f"{INFO}/{name}" for name in ("METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE")}
    templates = {f"connector_builder/{name}" for name in tree("templates")}
    assert len(templates) >= 10
    assert sorted(names) == sorted(tree("connector_builder") | templates | about)
    assert "connector_builder/py.typed" in names


def test_the_wheel_from_the_sdist_is_the_wheel(distributions: Distributions) -> None:
    assert distributions.wheel_of_sdist.name == distributions.wheel.name
    assert distributions.wheel_of_sdist.read_bytes() == distributions.wheel.read_bytes()


def test_the_sdist_holds_what_its_tests_need(distributions: Distributions) -> None:
    with tarfile.open(distributions.sdist) as sdist:
        names = {member.name for member in sdist if member.isfile()}
    folders = (".github", "connector_builder", "docs", "output", "pipelines", "specs", "templates", "tests")
    files = (
        ".dockerignore",
        ".gitignore",
        ".pre-commit-hooks.yaml",
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "LICENSE",
        "README.md",
        "action.yml",
        "constraints.txt",
        "mkdocs.yml",
        "pyproject.toml",
    )
    assert sorted(names) == sorted(f"{SOURCES}/{name}" for name in {*tree(*folders, *files), "PKG-INFO"})


def test_what_the_wheel_says_of_itself(distributions: Distributions) -> None:
    about = message_from_bytes(wheel_file(distributions, f"{INFO}/METADATA"))
    told = {key: about[key] for key in ("Name", "Version", "License-Expression", "License-File", "Requires-Python")}
    assert told == {
        "Name": "connector-builder",
        "Version": __version__,
        "License-Expression": "MIT",
        "License-File": "LICENSE",
        "Requires-Python": ">=3.11",
    }
    assert about.get_payload(decode=True) == (ROOT / "README.md").read_bytes()
    assert wheel_file(distributions, f"{INFO}/licenses/LICENSE") == (ROOT / "LICENSE").read_bytes()
    script = EntryPoint("connector-builder", "connector_builder.cli:main", "console_scripts")
    entry_points = wheel_file(distributions, f"{INFO}/entry_points.txt").decode("utf-8")
    assert entry_points == f"[{script.group}]\n{script.name} = {script.value}\n"
