"""Writes the generated pages of `docs/`: `python docs/make.py`; with `--check` it only says which aren't fresh."""

import re
import sys
import textwrap
from collections.abc import Callable
from itertools import takewhile
from pathlib import Path

from connector_builder.checks.catalogue import CATALOGUE
from docs.pages.commands import commands_page
from docs.pages.errors import errors_page
from docs.pages.reference import reference_page
from docs.pages.rules import rules_page

DOCS = Path(__file__).parent
_BLOCK = re.compile(r"(<!-- (\S+?)(?:: (.+?))? -->\n\n```\w+\n).*?(```\n)", re.DOTALL)


def filled(name: str) -> str:
    """A page with its code blocks as the files that they show, which a comment before each block names.

    `<!-- folder/file.json -->` is a whole file, `<!-- folder/file.json: "get": { -->` what begins with the first such line, to where the
    indentation is the same again. Raises ValueError for a line that the file doesn't have.
    """

    def block(match: re.Match[str]) -> str:
        before, file, first, after = match.groups()
        text = (DOCS / file).read_text(encoding="utf-8")
        return f"{before}{_part(text, first) if first else text}{after}"

    return _BLOCK.sub(block, (DOCS / name).read_text(encoding="utf-8"))


def _part(text: str, first: str) -> str:
    lines = text.splitlines()
    start = [line.strip() for line in lines].index(first)
    indent = _indent(lines[start])
    below = list(takewhile(lambda line: not line or _indent(line) > indent, lines[start + 1 :]))
    end = lines[start + 1 + len(below) :][:1] if first.endswith(("{", "[")) else []
    return textwrap.dedent("\n".join([lines[start], *below, *end])).rstrip(",\n") + "\n"


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


PAGES: dict[str, Callable[[], str]] = {
    "reference.md": reference_page,
    "rules.md": lambda: rules_page(CATALOGUE.values()),
    "commands.md": commands_page,
    "errors.md": errors_page,
    "import-examples.md": lambda: filled("import-examples.md"),
    "ci.md": lambda: filled("ci.md"),
}


def stale() -> list[tuple[Path, str]]:
    """The pages whose text on disk isn't what the code says, with the text that they should have."""
    pages = [(DOCS / name, page()) for name, page in PAGES.items()]
    return [(path, text) for path, text in pages if not path.exists() or path.read_text(encoding="utf-8") != text]


def main() -> int:
    """Writes what is stale, or with `--check` names it; the exit status is 1 where something was stale then."""
    found = stale()
    for path, text in found:
        if "--check" in sys.argv[1:]:
            sys.stdout.write(f"docs/{path.name} isn't fresh: run 'python docs/make.py'\n")
        else:
            path.write_text(text, encoding="utf-8", newline="\n")
    return 1 if found and "--check" in sys.argv[1:] else 0


if __name__ == "__main__":
    sys.exit(main())
