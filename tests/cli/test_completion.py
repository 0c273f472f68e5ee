"""The completion of the command in shells."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from connector_builder.cli import program
from connector_builder.cli.commands.completion import NAMES
from connector_builder.cli.program import COMPLETING
from connector_builder.cli.shells import SHELLS

Run = Callable[..., Result]
SCRIPT = Path(sys.executable).with_name("connector-builder")


def asked(monkeypatch: pytest.MonkeyPatch, words: str, word: str) -> list[list[str]]:
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_WORD", word)
    shell = SHELLS["powershell"](program, {}, "connector-builder", COMPLETING)
    return [line.split("\t") for line in shell.complete().splitlines()]


def test_each_shell_has_a_script(run: Run) -> None:
    assert tuple(SHELLS) == NAMES
    for name in NAMES:
        done = run("completion", name)
        assert done.exit_code == 0
        assert f"{COMPLETING}=" in done.stdout or f"{COMPLETING} =" in done.stdout


def test_another_shell_is_refused(run: Run) -> None:
    done = run("completion", "cmd")
    assert done.exit_code == 2
    assert "'cmd' is not one of 'bash', 'zsh', 'fish', 'powershell'" in done.stderr


def test_powershell_gets_commands_options_values_and_files(monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked(monkeypatch, "connector-builder val", "val") == [["plain", "validate", "Check specs and packages."]]
    assert asked(monkeypatch, "connector-builder validate --base", "--base") == [
        ["plain", "--baseline", "Don't report the findings that are in this file."]
    ]
    assert ["plain", "sarif", "sarif"] in asked(monkeypatch, "connector-builder validate --format ", "")
    assert asked(monkeypatch, "connector-builder validate ", "") == [["file", "", ""]]


def test_the_names_of_rules_are_completed_in_any_case(monkeypatch: pytest.MonkeyPatch) -> None:
    found = asked(monkeypatch, "connector-builder rules operationidnot", "operationidnot")
    assert [name for _, name, _ in found] == ["OperationIdNotUnique", "OperationIdNotFound"]


@pytest.mark.skipif(shutil.which("bash") is None or not SCRIPT.exists(), reason="needs bash and the installed command")
def test_bash_completes_with_the_script(tmp_path: Path) -> None:
    """The whole way: the script is read, and bash's function is called as for a Tab."""
    asking = (
        f'PATH="{SCRIPT.parent}:$PATH"; eval "$(connector-builder completion bash)"; '
        "COMP_WORDS=(connector-builder val); COMP_CWORD=1; _connector_builder_completion connector-builder val; "
        'printf "%s\\n" "${COMPREPLY[@]}"; complete -p connector-builder'
    )
    done = subprocess.run(["bash", "-c", asking], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines() == [
        "validate",
        "complete -o nosort -F _connector_builder_completion connector-builder",
    ]
