from pathlib import Path

import pytest

from connector_builder.app.shared.misuse import Misuse
from connector_builder.app.shared.variables import read_variables, refuse_unused


def file(tmp_path: Path, content: str) -> Path:
    path = tmp_path / "vars.yaml"
    path.write_bytes(content.encode())
    return path


def test_where_values_come_from(tmp_path: Path) -> None:
    path = file(tmp_path, "HOST: file\nVERSION: 1.10\nEMPTY:\nQUOTED: '010'\nFLAG: yes\n")
    environment = {"CONNECTOR_HOST": "environment", "CONNECTOR_ONLY": "here", "HOME": "/home", "connector_x": "y"}
    variables = read_variables(["HOST=given=x", "BLANK="], path, environment, windows=False)
    names = ("HOST", "BLANK", "VERSION", "EMPTY", "QUOTED", "FLAG", "ONLY", "HOME")
    assert [variables.get(name) for name in names] == ["given=x", "", "1.10", "", "010", "yes", "here", None]
    assert read_variables([], path, environment, windows=False).get("HOST") == "file"
    assert read_variables([], None, environment, windows=False).get("HOST") == "environment"


def test_only_our_part_of_the_environment_is_kept() -> None:
    variables = read_variables([], None, {"SECRET": "x", "CONNECTOR_A": "a"}, windows=False)
    assert variables.environment == {"CONNECTOR_A": "a"}


def test_names_in_the_environment_of_windows_have_no_case() -> None:
    environment = {"CONNECTOR_CLIENTID": "x"}  # as `os.environ` shows it there, however it was set
    assert read_variables([], None, environment, windows=True).get("clientId") == "x"
    assert read_variables([], None, environment, windows=True).get("other") is None
    assert read_variables([], None, environment, windows=False).get("clientId") is None


@pytest.mark.parametrize("given", ["hunter2", "=hunter2", "1A=hunter2", "A-B=hunter2", " A=hunter2", ""])
def test_a_bad_name_is_misuse_and_no_value_is_shown(given: str) -> None:
    with pytest.raises(Misuse) as caught:
        read_variables([given], None, {})
    assert caught.value.message == "'--var' expects NAME=VALUE; a name consists of letters, digits and '_'"
    assert caught.value.help == "write --var NAME=VALUE, such as --var HOST=api.contoso.example"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("- hunter2\n", "'{}' must be a mapping: 'NAME: value' lines"),
        ("hunter2\n", "'{}' must be a mapping: 'NAME: value' lines"),
        ("A: {b: hunter2}\n", "{}:1:1: 'A' must be the name of a variable, with a text as its value"),
        ("A: x\nB: [hunter2]\n", "{}:2:1: 'B' must be the name of a variable, with a text as its value"),
        ("a-b: hunter2\n", "{}:1:1: 'a-b' must be the name of a variable, with a text as its value"),
        ("A: *hunter2\n", "{}:1:4: the variables can't be read: the YAML or JSON can't be read"),
        ("A: x\nA: hunter2\n", "{}:2:1: the variables can't be read: a mapping has the same key twice"),
    ],
)
def test_a_file_that_cannot_be(tmp_path: Path, content: str, message: str) -> None:
    path = file(tmp_path, content)
    with pytest.raises(Misuse) as caught:
        read_variables([], path, {})
    assert caught.value.message == message.format(path)
    assert "hunter2" not in str(caught.value.help or "")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "vars.yaml"
    with pytest.raises(Misuse) as caught:
        read_variables([], path, {})
    assert caught.value.message == f"the variables in '{path}' can't be read: there is no file 'vars.yaml'"


def test_an_empty_file_sets_nothing(tmp_path: Path) -> None:
    assert read_variables([], file(tmp_path, "# nothing\n"), {}).file == {}


def test_a_variable_that_no_spec_uses_is_misuse() -> None:
    variables = read_variables(["HOTS=hunter2"], None, {})
    with pytest.raises(Misuse) as caught:
        refuse_unused(variables, [frozenset({"PORT"}), frozenset({"HOST", "TENANT"})], all_specs=False)
    assert caught.value.message == "no spec of this run uses the variable 'HOTS'"
    assert caught.value.help == "did you mean 'HOST'?"


@pytest.mark.parametrize(
    ("used", "help_"),
    [
        ((), "the specs have no variables: write ${HOST} where its value belongs, or leave it out"),
        (("X", "Y"), "the variables of the specs are 'X', 'Y'"),
        ("ABCDEFGIJKL", "the variables of the specs are 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'I', 'J', 'K' …"),
    ],
)
def test_what_to_do_about_a_variable_that_is_like_no_other(used: tuple[str, ...], help_: str) -> None:
    with pytest.raises(Misuse) as caught:
        refuse_unused(read_variables(["HOST=x"], None, {}), [frozenset(used)], all_specs=False)
    assert caught.value.help == help_


def test_a_variable_may_be_in_a_spec_that_cannot_be_read() -> None:
    refuse_unused(read_variables(["HOTS=x"], None, {}), [frozenset({"HOST"}), None], all_specs=True)


def test_a_file_may_have_more_names_than_some_specs_use(tmp_path: Path) -> None:
    path = file(tmp_path, "HOST: x\nTENANT: y\n")
    used = [frozenset({"HOST"})]
    refuse_unused(read_variables([], path, {}), used, all_specs=False)
    with pytest.raises(Misuse) as caught:
        refuse_unused(read_variables([], path, {}), used, all_specs=True)
    assert caught.value.message == f"{path}:2:1: no spec of this run uses the variable 'TENANT'"
    assert caught.value.help == "the variables of the specs are 'HOST'"


def test_a_typo_in_a_file_is_found_in_every_run(tmp_path: Path) -> None:
    path = file(tmp_path, "# test\nTENANT: x\nHOTS: y\n")
    used = [frozenset({"HOST"})]
    with pytest.raises(Misuse) as caught:
        refuse_unused(read_variables([], path, {}), used, all_specs=False)
    assert caught.value.message == f"{path}:3:1: no spec of this run uses the variable 'HOTS'"
    assert caught.value.help == "did you mean 'HOST'?"
    refuse_unused(read_variables(["HOST=y"], path, {}), used, all_specs=False)  # it is no typo: HOST is set
