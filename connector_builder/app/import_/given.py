"""What the words of a command line stand for: files and folders, addresses, commands of curl and PowerShell, standard input."""

import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from connector_builder.app.import_.find import find_sources, held_source
from connector_builder.app.shared.misuse import Misuse, Unreachable
from connector_builder.checks.engine import Checks, examine
from connector_builder.findings import Place, Text
from connector_builder.findings.diagnostic import Diagnostic
from connector_builder.language.decompile.rules import NOT_IMPORTABLE
from connector_builder.package import Reading
from connector_builder.sources.captures.shell_words import POWERSHELL
from connector_builder.sources.kinds import RECORDINGS, Kind
from connector_builder.sources.source import Source, parts, together

if TYPE_CHECKING:
    from connector_builder.app.import_.fetch import Fetched

STDIN = "-"
"""The word for standard input."""
_COMMAND = re.compile(rf"\s*(?:\$\s+)?curl(?:\.exe)?\s|[\s\S]*?(?<![\w-]){POWERSHELL}\s", re.IGNORECASE)


class Given(NamedTuple):
    """The sources that a command line names, whether several specs may result, and what was fetched for them."""

    sources: list[Source]
    several: bool
    fetched: "list[Fetched]"


def sources_of(words: Sequence[str], curl: Sequence[str], kind: Kind | None, read_stdin: Callable[[], bytes]) -> Given:
    """Returns the sources that words stand for, and behind them that of the commands in `curl`.

    A word is the path of a file or a folder, an address, a command of curl or PowerShell, or `-` for standard input, which `read_stdin`
    returns. All commands together are one source, and so are recordings that are named one by one. Raises Misuse, and Unreachable for an address.
    """
    commands = [*filter(is_command, words), *curl]
    if words.count(STDIN) > 1:
        raise Misuse("standard input is named twice", "name it once")
    if commands and kind not in (None, Kind.CURL):
        raise Misuse(f"a command isn't {Kind(kind).reader.described}", f"leave out --from {kind}")
    paths = [Path(word) for word in words if word != STDIN and not is_command(word) and not is_address(word)]
    sources, several = find_sources(paths, kind) if paths else ([], False)
    if STDIN in words:
        sources += parts(held_source(Path("stdin"), read_stdin(), kind))
    fetched = [_fetched(word) for word in dict.fromkeys(words) if is_address(word)]
    for one in fetched:
        sources += parts(held_source(one.name, one.content, kind, one.address))
    if commands:
        sources.append(
            Source(Path("curl"), Kind.CURL, "\n\n".join(map(as_command, commands)).encode("utf-8", "replace"))
        )
    if not sources:
        raise Misuse("there is no source", "name a file, a folder or an address, '-' for standard input, or --curl")
    if len(sources) > 1 and not any(map(os.path.isdir, paths)) and all(one.kind in RECORDINGS for one in sources):
        return Given([together(sources)], False, fetched)
    return Given(sources, several or len(sources) > 1, fetched)


def not_fetched(reason: Unreachable) -> list[Diagnostic]:
    """Returns the finding for an address that can't be fetched."""
    found = NOT_IMPORTABLE.at(Place(Text(reason.name, "")), reason.message, help=reason.help)
    return examine(Reading(None, [found]), Checks(), is_spec=True).diagnostics


def _fetched(address: str) -> "Fetched":
    from connector_builder.app.import_.fetch import fetch  # which imports ssl: other sources need it not

    return fetch(address)


def is_address(word: str) -> bool:
    """Checks whether a word is an address."""
    return word[:8].lower().startswith(("https://", "http://"))


def is_command(word: str) -> bool:
    """Checks whether a word is a command of curl or PowerShell, and not the name of a file."""
    return _COMMAND.match(word) is not None and not os.path.lexists(word)


def as_command(text: str) -> str:
    """Returns a command, which may lack the word `curl`."""
    return text if _COMMAND.match(text) else f"curl {text}"
