"""Makes file names from input, the same on every system."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from connector_builder.patterns import regex

MAX_NAME = 80
"""The most characters of a name before its mark. With mark and suffix it stays far below the 255 of file systems."""
MAX_SLUG = 64
_SHORT, _WHOLE = 8, 64

# https://learn.microsoft.com/windows/win32/fileio/naming-a-file: also reserved with any extension and in any case.
RESERVED = r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?"
_RESERVED = regex(RESERVED, re.IGNORECASE)
_PORTABLE = regex(r"[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?")
_VISIBLE = regex(r"[^.\\/:\x00-\x1f][^\\/:\x00-\x1f]*")
_SLUG = regex(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def safe_names(names: Iterable[str]) -> dict[str, str]:
    """Returns file names (without a suffix such as `.json`) for names from input, such as operation ids.

    File names contain only ASCII letters, digits, `.`, `_` and `-`; they aren't reserved on any system, and have at
    most MAX_NAME characters and a mark. A name that already is such a file name stays as it is. Every other name gets a
    mark made from itself, and so do names that differ only in case. The order of the names doesn't matter.
    """
    plain = {name: _plain(name) for name in names}
    digits = {name: 0 if text and text == name else _SHORT for name, text in plain.items()}
    while True:
        safe = {name: _marked(name, text, digits[name]) for name, text in plain.items()}
        uses = Counter(text.lower() for text in safe.values())
        clashing = [name for name, text in safe.items() if uses[text.lower()] > 1]
        if not clashing:
            return safe
        for name in clashing:
            digits[name] = _WHOLE if digits[name] else _SHORT


def safe_slug(stem: str) -> str:
    """Returns the name of a package's folder, in `[a-z0-9-]`, for the stem of a spec's file or the name of its folder.

    Names that differ only in Unicode's normal form get the same: people see one name, and macOS changes the form.
    """
    stem = unicodedata.normalize("NFC", stem)
    letters = unicodedata.normalize("NFKD", stem.casefold())
    ascii_only = "".join(letter for letter in letters if not unicodedata.combining(letter))
    slug = re.sub("[^a-z0-9]+", "-", ascii_only).strip("-")
    if not slug:
        return f"connector-{_digest(stem, _SHORT)}"
    if len(slug) > MAX_SLUG:
        return f"{slug[:MAX_SLUG].rstrip('-')}-{_digest(stem, _SHORT)}"
    return f"{slug}-connector" if _RESERVED.fullmatch(slug) else slug


def is_slug(text: str) -> bool:
    """Checks whether a package's folder may have this name."""
    return _SLUG.fullmatch(text) is not None and _RESERVED.fullmatch(text) is None


def is_portable(name: str) -> bool:
    """Checks whether every system accepts this name for a file; it is relative, with `/`."""
    parts = name.split("/")
    return all(_PORTABLE.fullmatch(part) and not _RESERVED.fullmatch(part) and len(part) < 200 for part in parts)


def is_visible(name: str) -> bool:
    """Checks whether a relative name with `/` is below a folder and not hidden, on every system."""
    return all(map(_VISIBLE.fullmatch, name.split("/")))


def _plain(name: str) -> str:
    text = re.sub("[^A-Za-z0-9._-]+", "-", name).lstrip(".-")[:MAX_NAME].rstrip(".")
    return f"_{text}" if _RESERVED.fullmatch(text) else text


def _marked(name: str, plain: str, digits: int) -> str:
    if not digits:
        return plain
    mark = _digest(name, digits)
    return f"{plain.rstrip('-')}-{mark}".lstrip("-")


def _digest(text: str, digits: int) -> str:
    import hashlib  # loads OpenSSL, and most runs name no file

    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:digits]
