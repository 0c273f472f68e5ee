import os
import pkgutil
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from connector_builder import __version__
from connector_builder.app import validate as validate_run
from connector_builder.app.shared.processes import WORTH
from connector_builder.cli import COMMANDS, commands, program
from connector_builder.live.errors import (
    LiveError,
    NotInstalled,
    ServiceRefused,
    SignInRefused,
    Unreachable,
    WronglyAsked,
)
from connector_builder.secrets.known import forget, hide
from tests.support.cli_specs import SPEC

Run = Callable[..., Result]
COMMAND = [sys.executable, "-m", "connector_builder"]
SLOW_TO_IMPORT = (
    "jinja2",
    "jsonschema",
    "openapi_spec_validator",
    "PIL",
    "yaml",
    "difflib",
    "multiprocessing",
    "requests",
    "msal",
)


def command(*arguments: str, **options: object) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run([*COMMAND, *arguments], capture_output=True, timeout=60, **options)  # type: ignore[call-overload,no-any-return]


def test_version(run: Run) -> None:
    assert run("--version").stdout == f"connector-builder, version {__version__}\n"
    assert command("--version").stdout.decode().strip() == f"connector-builder, version {__version__}"


LIVE = frozenset({"login", "logout", "whoami", "token", "environments", "deploy", "pull"})
"""The commands that use the network."""
SUBMITTED = """connector:
  contact: {name: Contoso, url: https://contoso.example, email: help@contoso.example}
  website: https://contoso.example
  privacyPolicy: https://contoso.example/privacy
  categories: [Data]
"""
"""What a submission requires besides a starter."""
REFUSED = '{"error": {"code": "EnvironmentAccessDenied"}}'
"""An answer to pipe into `explain`."""


@pytest.mark.parametrize("name", [None, *program.commands])
def test_every_help_has_an_example_that_runs(run: Run, here: Path, name: str | None) -> None:
    arguments = [name] if name else []
    text = run(*arguments, "--help").stdout
    examples = re.findall(r"^ +(?:\$ )?connector-builder ([^\n]*)$", text, re.MULTILINE)
    assert examples
    (here / "specs").mkdir()
    run("init", "specs/my-connector", *(["--template", "aad"] if name == "register" else []))
    starter = here / "specs/my-connector/connector.yaml"
    starter.write_text(starter.read_text(encoding="utf-8").replace("connector:\n", SUBMITTED, 1), encoding="utf-8")
    run("build")
    # The first ask Microsoft, and the last two serve until somebody ends it: tests/live, tests/mock and tests/lsp have them; here, that their options exist.
    if name in (*LIVE, "mock", "lsp"):
        assert {run(*example.split(), "--help").exit_code for example in examples} == {0}
        return
    for example in examples:
        if "--apply" in example:  # asks Microsoft: tests/live has it
            continue
        if name == "preview" and "--html" not in example:  # serves until Ctrl-C: test_preview.py has it
            continue
        words, _, piped = example.split(" > ")[0].partition(" < ")
        result = run(*shlex.split(words), stdin=REFUSED if piped else None)
        submitted = ("--certification", "--as certification", "--as github")
        status = 1 if any(word in example for word in submitted) else 0  # the starter lacks what only its author knows
        assert (example, result.exit_code, result.stderr) == (example, status, "")


def test_no_command_shows_help(run: Run) -> None:
    result = run()
    assert (result.exit_code, result.output.startswith("Usage: connector-builder [OPTIONS] COMMAND")) == (2, True)


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["validate", "--help"], ["import", "--help"]])
def test_help_imports_nothing_slow(arguments: list[str]) -> None:
    script = (
        "import sys\nfrom connector_builder.cli import program\n"
        f"try: program({arguments!r})\nexcept SystemExit: pass\n"
        f"print(sorted(set({SLOW_TO_IMPORT!r}) & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=60)
    assert done.stderr.decode().strip() == "[]"


BESIDE_RULES = ("checks", "language", "report", "source", "sources", "output", "render")
"""The packages of which `validate` requires little for a package of the platform. All rules run, with what they know."""
LITTLE = """
checks.accepted checks.catalogue checks.engine checks.ignores checks.masking checks.nearness checks.package_secrets checks.rules
language.load language.reuse language.rules language.secrets language.variables report.escape report.run report.snippet report.style report.summary report.text_format
source.document source.files source.folder source.json_reader source.names source.node source.pointers source.rules source.suggest
source.yaml_reader sources.solution_places
"""


def test_validate_of_a_package_starts_with_little(run: Run, spec: Path) -> None:
    """PyYAML alone would take a sixth of the time; see docs/performance.md."""
    run("build", "-q")
    script = (
        "import sys\nfrom connector_builder.cli import program\n"
        "try: program(['validate', 'output/orders'])\nexcept SystemExit: pass\n"
        f"print(*sorted(set({SLOW_TO_IMPORT!r}) & set(sys.modules)))\n"
        "names = [name.split('.') for name in sys.modules if name.startswith('connector_builder.')]\n"
        f"print(*sorted({{'.'.join(name[1:3]) for name in names if name[1] in {BESIDE_RULES!r} and len(name) > 2}}))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=60)
    assert (done.stdout.decode().splitlines()[-2:], done.returncode) == (["", " ".join(LITTLE.split())], 0)


def test_an_import_asks_nobody_else(run: Run, spec: Path) -> None:
    run("build", "-q")
    script = (
        "import sys\nfrom connector_builder.cli import program\n"
        "try: program(['import', 'output/orders', '-o', 'again.yaml', '-q'])\nexcept SystemExit as done: print(done.code)\n"
        f"print(sorted(set({SLOW_TO_IMPORT!r}) & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=60)
    assert (done.stdout.decode().splitlines(), done.stderr) == (["0", "['difflib', 'yaml']"], b"")


def defect(*_: object, **__: object) -> None:
    raise KeyError("hunter2")


def test_a_defect_of_ours_is_one_line_and_says_what_to_do(
    run: Run, spec: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(validate_run, "check", defect)
    result = run("validate", "specs")
    assert (result.exit_code, result.stdout) == (3, "")
    assert re.fullmatch(
        r"error: internal error at 'specs/orders.yaml': KeyError in app/shared/processes.py:\d+\n"
        r"help: this is a defect of connector-builder: please open an issue with the output of the same command with --verbose\n",
        result.stderr,
    )
    result = run("validate", "specs", "--verbose")
    assert result.exit_code == 3
    assert "Traceback (most recent call last):" in result.stderr
    assert "KeyError: 'hunter2'" in result.stderr


@pytest.mark.parametrize(
    ("error", "status"),
    [(NotInstalled, 2), (WronglyAsked, 2), (SignInRefused, 4), (ServiceRefused, 5), (Unreachable, 5)],
)
def test_what_goes_wrong_live_has_a_status_and_no_secret(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: type[LiveError], status: int
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise error(f"it answered {hide('planted-1')}", "try again")

    monkeypatch.setattr("connector_builder.language.json_schema", refused)
    result = run("schema")
    forget()
    assert (result.exit_code, result.stdout) == (status, "")
    assert result.stderr == "error: it answered REDACTED\nhelp: try again\n"


def test_a_traceback_shows_no_known_secret(run: Run, spec: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validate_run, "check", defect)
    hide("hunter2")
    result = run("validate", "specs", "--verbose")
    forget()
    assert "KeyError: 'REDACTED'" in result.stderr


def test_ctrl_c(run: Run, spec: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(validate_run, "check", interrupted)
    result = run("validate", "specs")
    assert (result.exit_code, result.output) == (130, "")


def test_out_of_memory(run: Run, spec: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(validate_run, "check", exhausted)
    result = run("validate", "specs")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "error: out of memory\nhelp: give the process more, or name fewer files, and fewer processes with --jobs 1\n"
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["build", "--help"]], ids=" ".join)
def test_help_on_a_full_disk(arguments: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*COMMAND, *arguments], stdout=full, stderr=subprocess.PIPE, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stderr.decode() == "error: can't write to '<stdout>': No space left on device\n"


SAYS_WHEN_IT_IS_BUSY = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # where the tests run in the background, it is ignored
from connector_builder.cli import (console, main)
step = console.Progress.step
def first(self, item):
    console.Progress.step = step
    print("busy", flush=True)
console.Progress.step = first
main()
"""


@pytest.mark.skipif(os.name == "nt", reason="a console sends Ctrl-C there")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_while_many_are_checked(here: Path, jobs: str) -> None:
    (here / "specs").mkdir()
    for number in range(500):
        (here / f"specs/orders{number}.yaml").write_text(SPEC, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-c", SAYS_WHEN_IT_IS_BUSY, "validate", "specs", "--jobs", jobs],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"busy\n"
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (130, b"")


@pytest.mark.skipif(os.name == "nt", reason="needs a shell's pipe")
def test_a_closed_pipe_is_silent_and_changes_no_status(here: Path, spec: Path) -> None:
    for arguments, status in ((["rules"], 0), (["schema"], 0), (["validate", "specs"], 1)):
        spec.write_text(SPEC.replace("request:", "reqest:"), encoding="utf-8")
        reader, writer = os.pipe()
        os.close(reader)
        done = subprocess.run([*COMMAND, *arguments], stdout=writer, stderr=subprocess.PIPE, timeout=60)
        os.close(writer)
        assert (arguments, done.returncode, done.stderr) == (arguments, status, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_output_that_cannot_be_written_is_misuse() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*COMMAND, "rules"], stdout=full, stderr=subprocess.PIPE, timeout=60)
        assert done.returncode == 2
        assert done.stderr == b"error: can't write to '<stdout>': No space left on device\n"
        assert subprocess.run([*COMMAND, "rules", "Zzz"], stdout=full, stderr=full, timeout=60).returncode == 2


def test_the_terminals_encoding_stops_nothing(here: Path, spec: Path) -> None:
    spec.write_text(SPEC.replace("description: Lists the orders.", "descripción: 日本 😀"), encoding="utf-8")
    for encoding in ("ascii", "cp1252"):
        done = command("validate", "specs", env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"})
        assert (done.returncode, done.stderr) == (1, b"")
        assert rb"\u65e5\u672c \U0001f600" in done.stdout
        assert rb"descripci\xf3n:" in done.stdout or "descripción:".encode(encoding) in done.stdout
    assert b"\r" not in command("validate", "specs").stdout


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_jobs_change_nothing(run: Run, here: Path) -> None:
    (here / "specs").mkdir()
    for number in range(WORTH):
        content = SPEC.replace("request:", "reqest:") if number % 7 == 0 else SPEC
        (here / f"specs/orders{number}.yaml").write_text(content, encoding="utf-8")
    validate, build = ["validate", "specs", "--format", "json", "--jobs"], ["build", "--fail-on", "never", "--jobs"]
    one, two = run(*validate, "1"), command(*validate, "2")
    assert one.exit_code == two.returncode == 1
    assert one.stdout == two.stdout.decode()
    assert run(*build, "1", "-o", "output1").exit_code == command(*build, "2", "-o", "output2").returncode == 0
    first, second = (contents(here / f"output{jobs}") for jobs in "12")
    assert first == second
    assert len(first) > 40


def test_every_module_of_a_command_is_listed() -> None:
    modules = {module.name for module in pkgutil.iter_modules(commands.__path__)}
    assert modules == {*COMMANDS.values()}


def test_commands_and_their_functions_agree() -> None:
    for name, part in program.commands.items():
        assert isinstance(part, click.Command)
        assert part.name == name
        assert CliRunner().invoke(program, [name, "--help"]).exit_code == 0
