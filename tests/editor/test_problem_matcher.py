"""The problem matcher of `docs/editor.md` reads what `validate` prints."""

import json
import re
import subprocess
import sys
from pathlib import Path

from tests.support.pages.editor_page import SPEC, blocks


def test_the_problem_matcher_of_the_page_reads_findings(tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").write_text(SPEC + "    visibilty: important\n", encoding="utf-8", newline="\n")
    program = [sys.executable, "-m", "connector_builder", "validate", "spec.yaml"]
    printed = subprocess.run(program, cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=60, check=False)
    pattern = json.loads(blocks("json")[2])["tasks"][0]["problemMatcher"]["pattern"]
    read = [match for line in printed.stdout.splitlines() if (match := re.search(pattern["regexp"], line))]
    keys = ("file", "line", "column", "severity", "code")
    assert [[match[pattern[key]] for key in keys] for match in read] == [
        ["spec.yaml", "10", "5", "error", "KeyUnknown"]
    ]
