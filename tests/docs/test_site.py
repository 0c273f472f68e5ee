"""The links of the pages, as the site of the documentation has them."""

from pathlib import Path

import pytest
import yaml

from docs.pages.site import ROOT, links_of, page_of, rewritten, source_page

PAGE = "See [the page](docs/import.md#update), [its file](specs/a.yaml), [out](https://example.com).\n\n```\n[x](y.md)\n```\n"


def test_links_lead_to_pages_of_the_site() -> None:
    assert rewritten(PAGE, "README.md") == PAGE.replace("docs/import.md#", "import.md#").replace(
        "specs/a.yaml", "source/specs/a.yaml.md"
    )
    assert rewritten("[up](../README.md#in-ci)", "docs/ci.md") == "[up](index.md#in-ci)"
    assert rewritten("[up](../ci.md)", "docs/ci-example/README.md") == "[up](../ci.md)"
    assert links_of(PAGE, "README.md") == ["docs/import.md", "specs/a.yaml"]


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("CHANGELOG.md", "CHANGELOG.md"),
        ("docs/ci.md", "ci.md"),
        ("docs/ci-example", "ci-example/README.md"),
        ("specs/github-issues/connector.yaml", "source/specs/github-issues/connector.yaml.md"),
    ],
)
def test_the_page_of_a_path(path: str, page: str) -> None:
    assert page_of(path) == page


def test_a_file_is_shown_and_a_folder_listed() -> None:
    assert source_page("LICENSE").startswith("# LICENSE\n\n````text\nMIT License")
    assert "- `azure/connector-builder.yml`\n" in source_page("pipelines")
    with pytest.raises(FileNotFoundError):
        source_page("docs/none.yaml")


def test_every_page_of_docs_is_in_the_navigation() -> None:
    site = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    listed = {page for part in site["nav"] for name in part.values() for page in _pages(name)}
    pages = {path.relative_to(ROOT / "docs").as_posix() for path in Path(ROOT / "docs").glob("*.md")}
    assert pages <= listed


def _pages(part: object) -> list[str]:
    if isinstance(part, str):
        return [part]
    assert isinstance(part, list)
    return [page for entry in part for page in entry.values()]
