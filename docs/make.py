"""Writes the generated pages of `docs/`: `python docs/make.py`; with `--check` it only says which aren't fresh."""

import sys
from collections.abc import Callable
from pathlib import Path

from connector_builder.cli.page import commands_page
from connector_builder.rules.page import rules_page
from connector_builder.spec.language.reference import reference_page
from connector_builder.validate.catalogue import CATALOGUE

PAGES: dict[str, Callable[[], str]] = {
    "reference.md": reference_page,
    "rules.md": lambda: rules_page(CATALOGUE.values()),
    "commands.md": commands_page,
}


def stale() -> list[tuple[Path, str]]:
    """The pages whose text on disk isn't what the code says, with the text that they should have."""
    pages = [(Path(__file__).parent / name, page()) for name, page in PAGES.items()]
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
