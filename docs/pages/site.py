"""Hooks of MkDocs: the pages above `docs/`, and a page for each file of the repository that a page links to.

https://www.mkdocs.org/dev-guide/plugins/#events
"""

import posixpath
import re
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File, Files

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page

ROOT = Path(__file__).parents[2]
ABOVE = {"README.md": "index.md", "ARCHITECTURE.md": "", "CONTRIBUTING.md": "", "CHANGELOG.md": ""}
"""The pages of the repository's root, with their names on the site where they differ."""
SHOWN = {
    ".yaml": "yaml",
    ".yml": "yaml",
    ".json": "json",
    ".csx": "csharp",
    ".py": "python",
    ".txt": "text",
    "": "text",
}
"""The languages of the files that become pages."""
_LINK = re.compile(r"(?<!!)\[((?:[^\]\\]|\\.)*)\]\(([^)\s:#]+)(#[^)\s]*)?\)")
_FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)


def page_of(path: str) -> str:
    """Returns the page for a path of the repository: a page of `docs/`, one above it, or the page that shows a file or folder."""
    name = ABOVE.get(path)
    if name is not None:
        return name or path
    if path.startswith("docs/"):
        inside = path.removeprefix("docs/").rstrip("/")
        if (ROOT / path / "README.md").is_file():
            return f"{inside}/README.md"
        if inside.endswith(".md"):
            return inside
    return f"source/{path.rstrip('/')}.md"


def links_of(text: str, at: str) -> list[str]:
    """Returns the paths in the repository that a page at `at` links to."""
    found = (posixpath.normpath(posixpath.join(posixpath.dirname(at), one[2])) for one in _links(text))
    return list(dict.fromkeys(found))


def rewritten(text: str, at: str) -> str:
    """Returns a page with its links as the site has them; `at` is its path in the repository."""
    here = posixpath.dirname(page_of(at))

    def link(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(at), match[2]))
        return f"[{match[1]}]({posixpath.relpath(page_of(target), here or '.')}{match[3] or ''})"

    parts, start = [], 0
    for fence in _FENCE.finditer(text):
        parts += [_LINK.sub(link, text[start : fence.start()]), fence[0]]
        start = fence.end()
    return "".join([*parts, _LINK.sub(link, text[start:])])


def source_page(path: str) -> str:
    """Returns the page that shows a file, or lists the files of a folder. Raises FileNotFoundError if there is neither."""
    file = ROOT / path
    if file.is_dir():
        names = sorted(one.relative_to(file).as_posix() for one in file.rglob("*") if one.is_file())
        return f"# {path}\n\n" + "".join(f"- `{name}`\n" for name in names if "__pycache__" not in name)
    text = file.read_text(encoding="utf-8")
    return f"# {path}\n\n````{SHOWN[file.suffix]}\n{text.rstrip()}\n````\n"


def _links(text: str) -> list[re.Match[str]]:
    return list(_LINK.finditer(_FENCE.sub("", text)))


def on_files(files: Files, config: "MkDocsConfig") -> Files:
    """Adds the pages above `docs/`, and those of the files that pages link to."""
    pages = [*ABOVE, *(f"docs/{one.src_uri}" for one in files.documentation_pages())]
    linked = {target for page in pages for target in links_of((ROOT / page).read_text(encoding="utf-8"), page)}
    known = {page_of(page) for page in pages}
    for page in ABOVE:
        text = (ROOT / page).read_text(encoding="utf-8")
        # The start page shows a spec beside its package, which takes the room of the contents.
        hidden = "---\nhide: [toc]\n---\n\n" if page_of(page) == "index.md" else ""
        files.append(File.generated(config, page_of(page), content=hidden + text))
    for target in sorted(linked):
        if page_of(target) not in known:
            files.append(File.generated(config, page_of(target), content=source_page(target)))
    return files


def on_page_markdown(markdown: str, *, page: "Page", config: "MkDocsConfig", files: Files) -> str:
    """Rewrites the links of a page; those of the pages that show files are none."""
    name = page.file.src_uri
    if name.startswith("source/"):
        return markdown
    above = {page_of(one): one for one in ABOVE}
    return rewritten(markdown, above.get(name, f"docs/{name}"))
