"""The project's templates: where they are, and what renders them. Whatever a template prints is escaped for the format."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from connector_builder.render.escape import link, markdown, name
from connector_builder.render.web import address, preformatted, shown

if TYPE_CHECKING:
    from jinja2 import Environment

_PACKAGE = Path(__file__).resolve().parents[1]


def template_folder() -> Path:
    """Returns the folder of the templates. In a wheel it is `connector_builder/templates`; there is no second copy."""
    installed = _PACKAGE / "templates"
    return installed if installed.is_dir() else _PACKAGE.parent / "templates"


@cache
def markdown_templates(folder: str) -> "Environment":
    """Returns what renders the Markdown templates of a folder. `markdown` escapes all that they print, so that no text from input becomes structure."""
    made = _environment(folder, markdown, escape=False)
    made.filters |= {"link": link, "name": name}
    return made


@cache
def html_templates(folder: str) -> "Environment":
    """Returns what renders the HTML templates of a folder. Autoescape is on, and `shown` replaces what can't be seen."""
    made = _environment(folder, shown, escape=True)
    made.filters |= {"address": address, "preformatted": preformatted}
    return made


def _environment(folder: str, finalize: Callable[[Any], Any], *, escape: bool) -> "Environment":
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(template_folder() / folder, encoding="utf-8"),
        undefined=jinja2.StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=escape,  # noqa: S701 - off for Markdown alone, where `finalize` escapes
    )
