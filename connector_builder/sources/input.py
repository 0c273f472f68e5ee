"""What a reader reads: a file or a folder, or content in its place, and what its user asked for."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from connector_builder.sources.choosing import ALL, Wishes

if TYPE_CHECKING:
    from connector_builder.sources.documents import Parsed


@dataclass(frozen=True, slots=True)
class Input:
    """One source as its reader gets it.

    If there is `content`, it is the source, and `path` only its name. With `repair`, broken text is mended. `wishes` are
    the operations to take, and how. `parsed` is what `Reader.parse` returned for it, if it was called before.
    """

    path: Path
    content: bytes | None = field(default=None, repr=False)
    repair: bool = False
    wishes: Wishes = ALL
    parsed: "Parsed | None" = field(default=None, compare=False, repr=False)
