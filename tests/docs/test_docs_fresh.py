"""The generated pages of docs/ are what the code says."""

import importlib.util
from pathlib import Path

MAKE = Path(__file__).parents[2] / "docs" / "make.py"


def test_every_generated_page_is_fresh() -> None:
    spec = importlib.util.spec_from_file_location("docs_make", MAKE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert sorted(module.PAGES) == ["commands.md", "import-examples.md", "reference.md", "rules.md"]
    assert [path.name for path, _ in module.stale()] == []
