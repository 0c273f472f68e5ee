from pathlib import Path

import pytest

from connector_builder.app.shared.config import Excuse, Settings, read_settings
from connector_builder.app.shared.misuse import Misuse
from connector_builder.report import FORMATS


def put(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode())


ALL = Settings(
    format="json",
    select=("A",),
    ignore=("B", Excuse("C", "as agreed", "specs/*.yaml", "/paths/**")),
    baseline=Path("known.json"),
    fail_on="warning",
    certification=True,
    vars_file=Path("vars.yaml"),
    jobs=2,
    output=Path("built"),
    target="certification",
    minify=False,
)


def below(settings: Settings, folder: Path) -> Settings:
    assert settings.vars_file is not None
    assert settings.output is not None
    assert settings.baseline is not None
    assert settings.file is not None
    return settings._replace(
        vars_file=settings.vars_file.relative_to(folder),
        output=settings.output.relative_to(folder),
        baseline=settings.baseline.relative_to(folder),
        file=None,
    )


def test_every_setting_in_yaml(tmp_path: Path) -> None:
    put(
        tmp_path / "connector-builder.yaml",
        "format: json\nselect: [A]\nbaseline: known.json\nignore:\n  - B\n"
        "  - {rule: C, reason: as agreed, file: specs/*.yaml, pointer: /paths/**}\nfail-on: warning\ncertification: true\nvars-file: vars.yaml\n"
        "jobs: 2\noutput: built\ntarget: certification\nminify: false\n",
    )
    assert below(read_settings(tmp_path, FORMATS), tmp_path) == ALL


def test_every_setting_in_toml(tmp_path: Path) -> None:
    put(
        tmp_path / "pyproject.toml",
        '[tool.connector-builder]\nformat = "json"\nselect = ["A"]\nbaseline = "known.json"\n'
        'ignore = ["B", {rule = "C", reason = "as agreed", file = "specs/*.yaml", pointer = "/paths/**"}]\nfail-on = "warning"\n'
        'certification = true\nvars-file = "vars.yaml"\njobs = 2\noutput = "built"\ntarget = "certification"\nminify = false\n',
    )
    assert below(read_settings(tmp_path, FORMATS), tmp_path) == ALL


def test_the_nearest_wins_and_a_project_without_our_table_is_passed(tmp_path: Path) -> None:
    put(tmp_path / "connector-builder.yaml", "jobs: 1\n")
    put(tmp_path / "a/pyproject.toml", "[tool.connector-builder]\njobs = 2\n")
    put(tmp_path / "a/b/pyproject.toml", '[project]\nname = "connector-builder"\n')
    put(tmp_path / "a/b/c/pyproject.toml", "this [is no TOML")
    (tmp_path / "a/b/c/d").mkdir()
    assert [read_settings(tmp_path / name, FORMATS).jobs for name in ("a/b/c/d", "a/b", "a", ".")] == [2, 2, 2, 1]


def test_the_search_ends_at_the_root_of_the_repository(tmp_path: Path) -> None:
    put(tmp_path / "connector-builder.yaml", "jobs: 1\n")
    put(tmp_path / "repository/.git", "gitdir: elsewhere\n")
    (tmp_path / "repository/specs").mkdir()
    assert read_settings(tmp_path / "repository/specs", FORMATS) == Settings()
    put(tmp_path / "repository/connector-builder.yaml", "")
    assert read_settings(tmp_path / "repository/specs", FORMATS) == Settings(
        file=tmp_path / "repository/connector-builder.yaml"
    )


@pytest.mark.parametrize(
    ("content", "message", "help_"),
    [
        ("fail_on: error\n", "unknown key 'fail_on'", "did you mean 'fail-on'?"),
        (
            "zzz: 1\n",
            "unknown key 'zzz'",
            "expected one of format, select, ignore, baseline, fail-on, certification, vars-file, jobs, output, target, minify",
        ),
        ("format: xml\n", f"'format' must be one of {', '.join(FORMATS)}", None),
        ("format: [text]\n", f"'format' must be one of {', '.join(FORMATS)}", None),
        ("fail-on: never!\n", "'fail-on' must be one of error, warning, never", None),
        ("target: both\n", "'target' must be one of upload, certification", None),
        ("select: OperationIdMissing\n", "'select' must be a list of rule names", None),
        (
            "ignore: [1]\n",
            "'ignore' must be a list of rule names, and of mappings with rule and reason, and maybe file and pointer",
            None,
        ),
        ("certification: 1\n", "'certification' must be true or false", None),
        ("minify: 'true'\n", "'minify' must be true or false", None),
        ("jobs: 0\n", "'jobs' must be a whole number from 1", None),
        ("jobs: true\n", "'jobs' must be a whole number from 1", None),
        ("jobs: 2.0\n", "'jobs' must be a whole number from 1", None),
        ("output: 3\n", "'output' must be a path, as text", None),
        ("output: ../elsewhere\n", "'output' must be a path inside the folder of the configuration", None),
        ("vars-file: /etc/passwd\n", "'vars-file' must be a path inside the folder of the configuration", None),
        ("vars-file: C:\\secrets.yaml\n", "'vars-file' must be a path inside the folder of the configuration", None),
    ],
)
def test_what_cannot_be(tmp_path: Path, content: str, message: str, help_: str | None) -> None:
    path = tmp_path / "connector-builder.yaml"
    put(path, content)
    with pytest.raises(Misuse) as caught:
        read_settings(tmp_path, FORMATS)
    assert (caught.value.message, caught.value.help) == (f"'{path}': {message}", help_)


def test_two_configurations_in_one_folder(tmp_path: Path) -> None:
    put(tmp_path / "connector-builder.yaml", "jobs: 1\n")
    put(tmp_path / "pyproject.toml", "[tool.connector-builder]\njobs = 2\n")
    with pytest.raises(Misuse) as caught:
        read_settings(tmp_path, FORMATS)
    assert caught.value.message == f"'connector-builder.yaml' and 'pyproject.toml' in '{tmp_path}' both configure"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("connector-builder.yaml", "jobs: [1\n", "connector-builder.yaml:1:8: a comma or a closing bracket is missing"),
        ("connector-builder.yaml", "- jobs\n", "connector-builder.yaml' must be a mapping: 'key: value' lines"),
        ("connector-builder.yaml", "jobs: 1\njobs: 2\n", "connector-builder.yaml:2:1: the key 'jobs' is given twice"),
        ("connector-builder.yaml", "\0\0\0\0", "connector-builder.yaml': this is binary data, not text"),
        (
            "pyproject.toml",
            "[tool.connector-builder\n",
            "pyproject.toml' can't be read: ",
        ),
        ("pyproject.toml", "tool = 1 # connector-builder\n", "pyproject.toml' can't be read: "),
        (
            "pyproject.toml",
            "[tool]\nconnector-builder = 1\n",
            "pyproject.toml': 'tool.connector-builder' must be a table",
        ),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, name: str, content: str, message: str) -> None:
    put(tmp_path / name, content)
    with pytest.raises(Misuse) as caught:
        read_settings(tmp_path, FORMATS)
    assert message in caught.value.message


@pytest.mark.parametrize("beside", [True, False])
def test_a_configuration_of_nearly_the_right_name_is_told(tmp_path: Path, beside: bool) -> None:
    put(tmp_path / "connector-builder.yml", "jobs: 2\n")
    if beside:
        put(tmp_path / "connector-builder.yaml", "jobs: 3\n")
    with pytest.raises(Misuse) as caught:
        read_settings(tmp_path, FORMATS)
    name = tmp_path / "connector-builder.yml"
    assert caught.value.message == f"'{name}' isn't read: the configuration is called 'connector-builder.yaml'"
    assert caught.value.help == "rename it to 'connector-builder.yaml'"


def test_a_spec_may_have_that_name(tmp_path: Path) -> None:
    put(tmp_path / "connector-builder.yml", "connector: {title: Builder}\n")
    put(tmp_path / "connector-builder.yaml", "jobs: 3\n")
    assert read_settings(tmp_path, FORMATS).jobs == 3
