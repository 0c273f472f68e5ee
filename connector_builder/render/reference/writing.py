"""Writes a reference page, and the index of several, as Markdown and as HTML."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from connector_builder.render.escape import Markdown, visible
from connector_builder.render.reference.page import Page
from connector_builder.render.templates import html_templates, markdown_templates, template_folder
from connector_builder.render.web import policy

MARKDOWN, HTML = "README.md", "index.html"
"""The names of the pages, which code hosts and web servers show for a folder."""
FORMATS: Mapping[str, str] = {"markdown": MARKDOWN, "html": HTML}
_FOLDER = "reference"
_BLANKS = re.compile(r"\n{3,}")
_LINES = re.compile(r"\n{2,}")
_TICKS = re.compile("`+")


class Entry(NamedTuple):
    """A row of the index: a connector, and the folder of its page."""

    folder: str
    title: str
    description: str
    version: str
    actions: int
    triggers: int


def written(page: Page, formats: Sequence[str]) -> dict[str, bytes]:
    """Returns the files of a connector's page by name."""
    files: dict[str, bytes] = {}
    if "markdown" in formats:
        files[MARKDOWN] = _markdown("page.md.jinja", page=page)
    if "html" in formats:
        files[HTML] = _html("page.html.jinja", page=page)
    return files


def index(entries: Sequence[Entry], formats: Sequence[str]) -> dict[str, bytes]:
    """Returns the files of the page that lists several connectors, by name."""
    files: dict[str, bytes] = {}
    ordered = sorted(entries, key=lambda one: (one.title.casefold(), one.folder))
    if "markdown" in formats:
        files[MARKDOWN] = _markdown("index.md.jinja", entries=ordered, markdown=MARKDOWN)
    if "html" in formats:
        files[HTML] = _html("index.html.jinja", entries=ordered, html=HTML)
    return files


def _html(template: str, **given: object) -> bytes:
    style = _style()
    page = html_templates(_FOLDER).get_template(template).render(style=style, policy=policy(style), **given)
    return _LINES.sub("\n", page).encode("utf-8")


def _markdown(template: str, **given: object) -> bytes:
    templates = markdown_templates(_FOLDER)
    templates.filters |= {"made": Markdown, "anchor": _anchor, "fenced": _fenced}
    page = templates.get_template(template).render(**given)
    return (_BLANKS.sub("\n\n", page).strip("\n") + "\n").encode("utf-8")


@cache
def _style() -> str:
    return (template_folder() / _FOLDER / "style.css").read_text(encoding="utf-8")


def _anchor(anchor: str) -> Markdown:
    """Returns an anchor for the target of a link: what isn't a letter, a digit, `-` or `_` is encoded."""
    from urllib.parse import quote

    return Markdown(quote(anchor.encode("utf-8", "replace"), safe="-_"))


def _fenced(lines: Sequence[str]) -> Markdown:
    """Returns lines as a block of code, with a fence that is longer than any in it."""
    longest = max((len(found) for line in lines for found in _TICKS.findall(line)), default=0)
    fence = "`" * max(3, longest + 1)
    return Markdown("\n".join([f"{fence}json", *map(visible, lines), fence]))
