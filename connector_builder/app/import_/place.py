"""Decides where specs go, and what they are called."""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from connector_builder.app.shared.misuse import Misuse
from connector_builder.app.shared.targets import absolute, is_spec_folder
from connector_builder.language.load import SUFFIXES
from connector_builder.numbering import Numbers
from connector_builder.output import safe_slug
from connector_builder.source.names import is_visible
from connector_builder.sources.choosing import Wishes
from connector_builder.sources.source import Source

_GENERIC = frozenset({"apidefinition", "definition", "swagger", "openapi", "api"})
"""Names of documents that mean nothing by themselves: the folder's name means more."""
_MAX_WORDS = 10
_SPELLED = re.compile(r"(?:-[0-9a-fA-F]{2})+|^5[Ff]")
"""The characters that a connector's name in a solution spells: `acme_parcel-20tracker`, `cat_5Fdevops`."""


@dataclass(frozen=True, slots=True)
class Job:
    """A source, and the name of its spec. `suffix` is that of a single file, None where the spec is to be a folder.

    `beside` says that the folder of that name is or holds the source: it stays as it is, and a spec that becomes a folder gets the name `folder`.
    `wishes` are those of this job, if it isn't all of the source.
    """

    source: Source
    name: str
    suffix: str | None
    beside: bool = False
    wishes: Wishes | None = None

    @property
    def folder(self) -> str:
        """The name of the spec where it is a folder."""
        return f"{self.name}-spec" if self.beside else self.name

    def __str__(self) -> str:
        return str(self.source)


def place(sources: Sequence[Source], output: Path, *, several: bool) -> tuple[Path, list[Job]]:
    """Returns the folder that all specs go to, and the name of each in it.

    A single spec has the name `output`, as a file or a folder. Several are named after their sources, in the folder
    `output`. Raises Misuse if a spec can't have its name, and if `output` is a file where several specs need a folder.
    """
    suffix = output.suffix if output.suffix.lower() in SUFFIXES else None
    if several:
        if suffix is not None:
            message = f"'{output}' is one spec, and there may be several"
            raise Misuse(message, f"name a folder for them: -o {output.with_suffix('').as_posix()}")
        named = zip(sources, _names(sources), strict=True)
        return output, [Job(source, name, SUFFIXES[0], _is_beside(source, output / name)) for source, name in named]
    shown = Path(os.path.normpath(output))
    shown = shown if shown.name not in ("", "..") else absolute(output)
    name = shown.name.removesuffix(suffix or "")
    if not name or not is_visible(name):
        raise Misuse(
            f"'{output}' can't be the name of a spec",
            "use a name such as specs/orders.yaml: the tool doesn't find hidden files",
        )
    beside = suffix is not None and _is_beside(sources[0], shown.parent / name)
    return shown.parent, [Job(sources[0], name, suffix, beside)]


def _is_beside(source: Source, folder: Path) -> bool:
    """Whether a folder is or holds a source, as after a download to `orders` for the spec `orders.yaml`; a spec's folder never is."""
    if source.content is not None:
        return False
    return absolute(source.path).is_relative_to(absolute(folder)) and not is_spec_folder(folder)


def _names(sources: Sequence[Source]) -> list[str]:
    """Returns a name for each source: its own.

    If two are alike, the folders above them extend the names, and then a number.
    """
    words = [[safe_slug(word) for word in _words(source)] for source in sources]
    used = [1] * len(sources)
    while True:
        alike: dict[str, list[int]] = {}
        for index, some in enumerate(words):
            alike.setdefault(_slug(some, used[index]), []).append(index)
        longer = {
            index: count for group in alike.values() if (count := _telling(words, group, used)) for index in group
        }
        if not longer:
            return _numbered([_slug(some, count) for some, count in zip(words, used, strict=True)])
        for index, count in longer.items():
            used[index] = count


def _slug(words: Sequence[str], count: int) -> str:
    return safe_slug("-".join(reversed(words[:count])))


def _telling(words: Sequence[Sequence[str]], group: Sequence[int], used: Sequence[int]) -> int | None:
    """Returns how many words tell some of a group apart; None if no number does, or the group has one member."""
    if len(group) < 2:
        return None
    most = max(used[index] for index in group)
    return next(
        (count for count in range(most + 1, _MAX_WORDS) if len({_slug(words[index], count) for index in group}) > 1),
        None,
    )


def _words(source: Source) -> list[str]:
    """Returns the words that may name a spec: the source's name, then those of the folders above, nearest first."""
    if not source.kind.reader.suffixes:
        path = source.path.resolve()
        return [name for name in (path.name, *(parent.name for parent in path.parents)) if name]
    path = absolute(source.path)
    if source.part:
        return [_SPELLED.sub(_said, source.part.partition("_")[2] or source.part), path.stem]
    own = re.sub(r"(?i)\.swagger$", "", path.stem)
    above = [parent.name for parent in path.parents if parent.name]
    return above if own.lower() in _GENERIC and above else [own, *above]


def _said(match: re.Match[str]) -> str:
    """Returns the characters that a name of a row spells by their bytes: `-20` is a blank, `-c3-bc` is ü."""
    return bytes.fromhex(match[0].replace("-", "")).decode("utf-8", "replace")


def _numbered(slugs: Sequence[str]) -> list[str]:
    numbers, named = Numbers("-"), dict[str, None]()
    for slug in slugs:
        named[numbers.free(slug, named)] = None
    return list(named)
