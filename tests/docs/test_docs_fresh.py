"""The generated pages of docs/ are what the code says."""

from docs.make import PAGES, stale


def test_every_generated_page_is_fresh() -> None:
    assert sorted(PAGES) == ["ci.md", "commands.md", "errors.md", "import-examples.md", "reference.md", "rules.md"]
    assert [path.name for path, _ in stale()] == []
