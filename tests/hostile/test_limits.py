"""The page of the limits says what the code says."""

import importlib
import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs/hostile-input.md"
ROW = re.compile(r"\| [^|]+ \| ([0-9,]+) \| `([\w.]+)\.(\w+)` \|")


def test_the_page_names_the_limits_of_the_code() -> None:
    rows = ROW.findall(PAGE.read_text(encoding="utf-8"))
    assert len(rows) > 20
    for limit, module, name in rows:
        value = getattr(importlib.import_module(f"connector_builder.{module}"), name)
        assert f"{value:,}" == limit, f"{module}.{name}"


def test_the_page_names_every_file_of_tests() -> None:
    files = {path.name for path in Path(__file__).parent.glob("test_*.py")} - {Path(__file__).name}
    assert files == set(re.findall(r"^\| `(test_\w+\.py)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
