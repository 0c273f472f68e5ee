"""Published documents of other formats: each becomes a spec that builds, or is refused for a reason that says what to do."""

import re
from pathlib import Path

import pytest
from hypothesis import settings

from connector_builder.sources.kinds import Kind
from tests.support.corpus import SOURCES, needs_sources
from tests.support.hostile.hostile_cli import build, import_, run

pytestmark = [needs_sources, pytest.mark.no_cover]
KINDS = {"openapi3": Kind.OPENAPI3, "postman": Kind.POSTMAN, "har": Kind.HAR, "curl": Kind.CURL}
ONE_IN = 1 if settings().max_examples >= 1000 else 3
"""All of them with `--hypothesis-profile thorough`: they take minutes."""
DOCUMENTS = [f"{kind}/{path.name}" for kind in KINDS for path in sorted(Path(SOURCES or "").glob(f"{kind}/*"))] if SOURCES else ["none"]  # fmt: skip
DOCUMENTS = DOCUMENTS[::ONE_IN]
REASONS = re.compile(
    r"there is no call of an API|there is no request in this file|there is no operation to import|no operation is left"
)
LARGEST = re.compile(r"--include '([^']+)' \((\d+)\)")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_published_document_builds(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    source, kind = Path(SOURCES or "") / name, KINDS[name.partition("/")[0]]
    done = import_(source, tmp_path / "spec", "--from", str(kind))
    if "are more than the 256 that a connector may have" in done.out:
        ways = [(int(count), pattern) for pattern, count in LARGEST.findall(done.out) if int(count) <= 256]
        done = import_(source, tmp_path / "spec", "--from", str(kind), "--include", max(ways)[1])
    if done.status == 1:
        assert REASONS.search(done.out), done.out
        return
    assert done.status == 0, done.err
    built = build(tmp_path / "spec", tmp_path / "output")
    assert built.status == 0, built.out
    assert run("validate", tmp_path / "output").status == 0
