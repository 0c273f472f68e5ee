"""Writes the pages of `docs/` that are generated: `python docs/make.py`. A test holds that they are fresh."""

from pathlib import Path

from connector_builder.spec.language.reference import reference_page

PAGES = {"reference.md": reference_page}


def main() -> None:
    """Writes every page whose text has changed."""
    for name, page in PAGES.items():
        path = Path(__file__).parent / name
        text = page()
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
