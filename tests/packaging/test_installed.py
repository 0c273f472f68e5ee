"""Every command of an installed wheel, and of an installed sdist, in a folder that isn't the checkout.

Each environment is fresh and gets what the distribution declares that it needs, from the same index as any user's. So what runs here is
nothing that the checkout, this test's own environment or a cache of it could have lent; the first test looks at that again.
"""

import json
import re
import shutil
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from connector_builder import __version__
from connector_builder.checks.catalogue import CATALOGUE
from connector_builder.cli import program
from connector_builder.cli.commands.init import TEMPLATES
from connector_builder.language import json_schema
from tests.support.programs.distributions import NAME, ROOT, Distributions, Environment

pytestmark = pytest.mark.installs

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(installed: Environment, elsewhere: Path) -> Run:
    """Runs the installed command elsewhere; what it said can be read whatever its exit status, which has to be the one expected."""

    def command(*arguments: str, status: int = 0, folder: Path = elsewhere) -> subprocess.CompletedProcess[str]:
        done = installed.run(NAME, *arguments, folder=folder)
        assert (arguments, done.returncode, done.stdout + done.stderr) == (arguments, status, done.stdout + done.stderr)
        assert (done.stderr == "") == (status != 2)
        return done

    return command


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_it_is_what_was_installed(installed: Environment, elsewhere: Path) -> None:
    code = "import connector_builder, sys; print(connector_builder.__file__, *sys.path, sep='\\n')"
    place, *path = installed.run("python", "-c", code, folder=elsewhere).stdout.splitlines()
    assert Path(place).resolve().is_relative_to(installed.home.resolve())
    assert Path(place).parts[-3:] == ("site-packages", "connector_builder", "__init__.py")
    assert not [entry for entry in path if Path(entry).is_relative_to(ROOT)]


def test_version_and_help(run: Run, installed: Environment, elsewhere: Path) -> None:
    assert run("--version").stdout == f"connector-builder, version {__version__}\n"
    module = installed.run("python", "-m", "connector_builder", "--version", folder=elsewhere)
    assert (module.returncode, module.stdout) == (0, f"connector-builder, version {__version__}\n")
    listed = run("--help").stdout.partition("\nCommands:\n")[2].splitlines()
    assert [line.split()[0] for line in listed] == sorted(program.commands)


HELP_OF_EACH = """
import json
from click.testing import CliRunner
from connector_builder.cli import program
helps = {name: CliRunner().invoke(program, [name, "--help"], prog_name="connector-builder") for name in program.commands}
print(json.dumps({name: result.output for name, result in helps.items()}))
"""


def test_help_of_each_command(run: Run, installed: Environment, elsewhere: Path) -> None:
    helps = json.loads(installed.run("python", "-c", HELP_OF_EACH, folder=elsewhere).stdout)
    assert sorted(helps) == sorted(program.commands)
    assert run("build", "--help").stdout.split() == helps["build"].split()
    for command, text in helps.items():
        said = " ".join(text.split())
        assert said.startswith(f"Usage: connector-builder {command} ")
        assert f" {program.commands[command].get_short_help_str(limit=1000)} " in said


def test_init_build_and_validate(
    run: Run, elsewhere: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    for template in TEMPLATES:
        said = run("init", f"specs/{template}", "--template", template).stdout
        assert contents(elsewhere / "specs" / template) == contents(ROOT / "templates/init" / template)
        assert said.splitlines()[-1] == f"next: connector-builder build specs/{template}"
    assert run("init", "specs/minimal", status=2).stderr.startswith("error: ")

    assert re.fullmatch(
        r"\d+ warnings in \d+ files", run("build").stdout.splitlines()[-1]
    )  # the placeholders, see below
    built = contents(elsewhere / "output")
    for template in TEMPLATES:
        kinds = ("apiDefinition.swagger.json", "apiProperties.json", "README.md", "icon.png", "settings.json")
        assert {f"{template.lower()}/{name}" for name in kinds} < built.keys()
    assert built == by_the_checkout(elsewhere / "specs", tmp_path_factory.mktemp("checkout"), monkeypatch)
    assert "output is what would be built" in run("build", "--check").stdout.splitlines()

    for path in ("specs", "output"):
        findings = json.loads(run("validate", path, "--format", "json").stdout)["findings"]
        assert {finding["rule"] for finding in findings} == {"PlaceholderLeft"}


def by_the_checkout(specs: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """The files that this test's own code builds from the same specs."""
    shutil.copytree(specs, folder / "specs")
    monkeypatch.chdir(folder)
    program(["build", "--quiet"], standalone_mode=False)
    return contents(folder / "output")


def test_a_mistake_is_found(run: Run, elsewhere: Path) -> None:
    run("init", "mine")
    path = elsewhere / "mine/connector.yaml"
    path.write_text(f"{path.read_text(encoding='utf-8')}acitons: {{}}\n", encoding="utf-8", newline="\n")
    said = run("validate", "mine", status=1).stdout
    assert ": error: unknown key 'acitons' " in said
    assert "help: did you mean 'actions'?" in said
    assert "nothing was written" in run("build", "mine", status=1).stdout.splitlines()
    assert not (elsewhere / "output").exists()


def test_schema(run: Run) -> None:
    assert json.loads(run("schema").stdout) == json_schema()


def test_rules(run: Run) -> None:
    listed = [line.split()[0] for line in run("rules").stdout.splitlines()]
    assert set(CATALOGUE) <= set(listed)
    assert run("rules", "OperationIdNotUnique").stdout.startswith("OperationIdNotUnique (error, platform)\n")
    assert "help: did you mean 'OperationIdNotUnique'?" in run("rules", "OperationIdNotUniqe", status=2).stderr


def test_what_the_sdist_brings_is_what_it_builds(run: Run, distributions: Distributions, tmp_path: Path) -> None:
    with tarfile.open(distributions.sdist) as sdist:
        sdist.extractall(tmp_path, filter="data")
    [sources] = tmp_path.glob("connector_builder-*")
    said = run("build", "--check", "specs", folder=sources).stdout
    assert re.fullmatch(r"output is what would be built\nno problems in \d+ files\n", said)
