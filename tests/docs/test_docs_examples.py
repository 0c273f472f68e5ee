"""The examples of README and docs: each whole spec builds, and says nothing."""

import json
import re
from pathlib import Path

import pytest

from connector_builder.app.shared.read import check
from connector_builder.app.shared.targets import Kind, Target
from connector_builder.checks.engine import Checks
from connector_builder.language import Variables
from connector_builder.render.icon.draw import draw_icon

ROOT = Path(__file__).parents[2]
COOKBOOK = ROOT / "docs" / "cookbook.md"
PAGES = [ROOT / "README.md", ROOT / "docs" / "language.md", ROOT / "docs" / "tutorial.md", COOKBOOK]
SAMPLES = {
    "list-flows.json": {
        "value": [{"name": "f", "properties": {"displayName": "x"}}],
        "nextLink": "https://contoso.example",
    },
    "list-flow-runs.json": {
        "value": [{"name": "r", "properties": {"startTime": "2026-01-31T12:00:00Z", "status": "Failed"}}]
    },
    "order.json": {"id": 17, "number": "A-17", "placedAt": "2026-01-31T12:00:00Z"},
    "order-refunded.json": {"id": 18, "number": "A-18", "refundedAt": "2026-01-31T12:00:00Z"},
}
SCRIPT = "public class Script : ScriptBase\n{\n    public override Task<HttpResponseMessage> ExecuteAsync() => Context.SendAsync(Context.Request, CancellationToken);\n}\n"


def examples() -> list[object]:
    found: list[object] = []
    for page in PAGES:
        blocks = re.findall(r"```yaml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
        whole = [block for block in blocks if block.startswith("connector:")]
        found += [pytest.param(block, id=f"{page.stem}-{number}") for number, block in enumerate(whole)]
    return found


@pytest.mark.parametrize("block", examples())
def test_an_example_builds_without_a_finding(block: str, tmp_path: Path) -> None:
    (tmp_path / "samples").mkdir()
    for name, sample in SAMPLES.items():
        (tmp_path / "samples" / name).write_text(json.dumps(sample), encoding="utf-8")
    (tmp_path / "script.csx").write_text(SCRIPT, encoding="utf-8", newline="\n")
    (tmp_path / "icon.png").write_bytes(draw_icon("Flow Run Manager", "#0B556A"))
    path = tmp_path / "example.yaml"
    path.write_text(block, encoding="utf-8", newline="\n")
    checked = check(Target(path, Kind.SPEC), Variables(), Checks())
    assert [f"{found.rule}: {found.message}" for found in checked.diagnostics] == []


def test_every_question_of_the_cookbook_has_one_whole_spec() -> None:
    entries = COOKBOOK.read_text(encoding="utf-8").split("\n### ")[1:]
    assert len(entries) >= 25
    for entry in entries:
        question = entry.splitlines()[0]
        assert re.fullmatch(r"How do I .+\?", question)
        assert entry.count("```yaml\nconnector:\n") == entry.count("```yaml") == 1, question
