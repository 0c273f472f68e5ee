"""Specs and packages from strangers, in a current directory of their own."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.support.hostile.hostile_cli import Outcome, build, problems, validate

Content = str | bytes


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current directory that no configuration lies above."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def write(here: Path) -> Callable[[Mapping[str, Content]], None]:
    """Writes files below `here`."""

    def write_all(files: Mapping[str, Content]) -> None:
        for name, content in files.items():
            path = here / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())

    return write_all


def told(outcome: Outcome, here: Path) -> list[str]:
    """The findings of a run of which all must hold that ever does."""
    assert list(problems(outcome, here)) == []
    return outcome.findings


@pytest.fixture
def refused(here: Path, write: Callable[[Mapping[str, Content]], None]) -> Callable[..., list[str]]:
    """What a build says of a spec that it refuses, writing nothing: `file:line:column Rule message`, one for each finding."""

    def build_it(spec: Content, others: Mapping[str, Content] | None = None, *, name: str = "spec.yaml") -> list[str]:
        write({name: spec, **(others or {})})
        outcome = build(here / name, here / "output", "--format", "json")
        findings = told(outcome, here)
        assert outcome.status == 1
        assert not (here / "output").exists()
        return findings

    return build_it


@pytest.fixture
def built(here: Path, write: Callable[[Mapping[str, Content]], None]) -> Callable[..., list[str]]:
    """What a build says of a spec that it builds all the same, into `output/spec`."""

    def build_it(spec: Content, others: Mapping[str, Content] | None = None) -> list[str]:
        write({"spec.yaml": spec, **(others or {})})
        outcome = build(here / "spec.yaml", here / "output", "--format", "json")
        findings = told(outcome, here)
        assert outcome.status == 0
        assert (here / "output/spec/apiDefinition.swagger.json").is_file()
        return findings

    return build_it


@pytest.fixture
def checked(here: Path, write: Callable[[Mapping[str, Content]], None]) -> Callable[..., list[str]]:
    """What `validate` says of a package."""

    def check_it(files: Mapping[str, Content], status: int = 1) -> list[str]:
        write({f"package/{name}": content for name, content in files.items()})
        outcome = validate(here / "package", "--format", "json")
        findings = told(outcome, here)
        assert outcome.status == status
        return findings

    return check_it
