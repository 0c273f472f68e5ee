"""Reads files of a revision of the repository, by calling git. No hook, filter, pager or network is involved.

What git is called with is a fixed list. A revision is turned into the id of a commit first, so that it can't be read as an option.
"""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from connector_builder.app.shared.misuse import Misuse
from connector_builder.findings import Finding, Place, Text
from connector_builder.source.files import MAX_DOCUMENT, no_file, read_bytes, relative, too_large

MAX_LISTED = 200_000
"""The most files of one folder of a revision."""
_SECONDS = 60
_OPTIONS = (
    "--no-pager",
    "--no-replace-objects",
    "--literal-pathspecs",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
)
_ENVIRONMENT = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "LC_ALL": "C",
}


class Blob(NamedTuple):
    """A file of a revision: its id, and its size in bytes."""

    id: str
    size: int


class Revision:
    """A commit of the repository around a folder, by default the current one."""

    def __init__(self, name: str, here: Path | None = None) -> None:
        """Finds the commit. Raises Misuse if there is no git, no repository, or no such revision."""
        self.name = name
        self.here = (here or Path.cwd()).absolute()
        if not name or name.startswith("-") or "\0" in name:
            raise Misuse(f"'{name}' isn't a revision of the repository")
        self.top = _top(self.here)
        commit = _git(self.here, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        if commit is None:
            raise Misuse(f"there is no revision '{name}' in this repository", "'git log' and 'git branch -a' list them")
        self.commit = commit.decode("ascii").strip()

    def path_of(self, path: Path) -> str:
        """Returns a path as the repository names it. Raises Misuse for one that isn't in it."""
        whole = Path(os.path.normpath(self.here / path))
        for top in (self.top, self.top.resolve()):
            for one in (whole, whole.parent.resolve() / whole.name):
                if one.is_relative_to(top):
                    found = one.relative_to(top).as_posix()
                    return "" if found == "." else found
        raise Misuse(f"'{path}' isn't in the repository", None)

    def files(self, path: str) -> dict[str, Blob]:
        """Returns the files of the revision at a path or below it, by their paths in the repository."""
        where = ("--", path) if path else ()
        listed = _git(self.here, "ls-tree", "-r", "-z", "-l", "--full-tree", self.commit, *where)
        found: dict[str, Blob] = {}
        for line in (listed or b"").split(b"\0")[:MAX_LISTED]:
            facts, tab, name = line.partition(b"\t")
            parts = facts.split()
            if tab and len(parts) == 4 and parts[1] == b"blob" and parts[0] != b"120000":  # a link isn't followed
                found[name.decode("utf-8", "replace")] = Blob(parts[2].decode("ascii"), int(parts[3]))
        return found

    def content(self, blob: Blob) -> bytes:
        """Returns the content of a file, as it was committed."""
        content = _git(self.here, "cat-file", "blob", blob.id)
        if content is None:
            raise Misuse(f"a file of '{self.name}' can't be read", "fetch the whole history of the repository")
        return content

    def changed(self, path: str) -> set[str]:
        """Returns the files at a path or below it that differ from those on disk, those of only one side too.

        It compares contents by their ids, so that git runs no filter and no monitor. Line ends don't count.
        """
        known = self.files(path)
        there = set(islice(self._on_disk(path), MAX_LISTED))
        differing = {name for name, blob in known.items() if name not in there or not self._is_same(name, blob)}
        return differing | (there - known.keys())

    def _on_disk(self, path: str) -> Iterator[str]:
        start = self.top / path
        if os.path.isfile(start):  # noqa: PTH113
            yield path
        for folder, folders, names in os.walk(start):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in names:
                yield Path(folder, name).relative_to(self.top).as_posix()

    def _is_same(self, name: str, blob: Blob) -> bool:
        content = read_bytes(self.top / name, max(2 * blob.size, MAX_DOCUMENT))
        if isinstance(content, Finding):
            return False
        return blob.id in (_id(content, blob.id), _id(content.replace(b"\r\n", b"\n"), blob.id))


def _id(content: bytes, like: str) -> str:
    """Returns the id that git gives to a content, by the hash that the repository uses."""
    kind = hashlib.sha1 if len(like) == hashlib.sha1(usedforsecurity=False).digest_size * 2 else hashlib.sha256
    return kind(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


class AtRevision:
    """A folder of a revision, as `source.folder.Folder`: it reads each file when it is asked for."""

    def __init__(self, revision: Revision, folder: str) -> None:
        self.path = Path(f"{revision.name}:{folder}" if folder else f"{revision.name}:.")
        self._revision = revision
        self._start = f"{folder}/" if folder else ""
        found = revision.files(folder)
        self.files: Mapping[str, Blob] = {
            name.removeprefix(self._start): blob for name, blob in found.items() if name.startswith(self._start)
        }

    def read(self, name: str, limit: int, at: Place | None = None) -> bytes | Finding:
        """Reads a file of at most `limit` bytes."""
        place = at or Place(Text(self.path / name.replace("\\", "/"), ""))
        parts = relative(name, place)
        if isinstance(parts, Finding):
            return parts
        blob = self.files.get("/".join(parts))
        if blob is None:
            return no_file(self.path.joinpath(*parts), place, None if at is None else name)
        return too_large(name, limit, place) if blob.size > limit else self._revision.content(blob)

    def names(self, section: str) -> list[str] | Finding:
        """Lists the names in a subfolder, or in the folder itself for ''."""
        beginning = f"{section}/" if section else ""
        below = (name.removeprefix(beginning) for name in self.files if name.startswith(beginning))
        return sorted({PurePosixPath(name).parts[0] for name in below})


def split_revision(text: str) -> tuple[str, str] | None:
    """Returns revision and path of `main:specs/orders.yaml`; None for a path on disk, such as `C:\\specs`."""
    revision, colon, path = text.partition(":")
    if not colon or os.path.lexists(text):
        return None
    is_drive = len(revision) == 1 and os.name == "nt"
    return None if is_drive or not revision else (revision, path)


@cache
def _program() -> str:
    """Returns the path of git. A program in the current folder is never it: the folder may be a stranger's."""
    here = os.path.normcase(os.path.abspath("."))  # noqa: PTH100
    folders = [one for one in os.get_exec_path() if os.path.isabs(one) and os.path.normcase(one) != here]  # noqa: PTH117
    found = shutil.which("git", path=os.pathsep.join(folders))
    if found is None or os.path.normcase(os.path.dirname(os.path.abspath(found))) == here:  # noqa: PTH100, PTH120
        raise Misuse("git isn't installed", "install it, or name two files or folders")
    return found


def _top(folder: Path) -> Path:
    """Returns the folder of the repository around a folder. Raises Misuse if there is none, or git doesn't trust it."""
    done = _run(folder, "rev-parse", "--show-toplevel")
    if done.returncode == 0:
        return Path(os.fsdecode(done.stdout.rstrip(b"\n")))
    cure = next((line.strip() for line in done.stderr.splitlines() if b"safe.directory" in line), None)
    if cure is not None:
        help_ = f"if you trust it: {cure.decode('utf-8', 'replace')}"
        raise Misuse(f"the repository around '{folder}' belongs to another user, so git doesn't read it", help_)
    raise Misuse(f"'{folder}' isn't in a git repository", "name two files or folders instead")


def _git(folder: Path, *arguments: str) -> bytes | None:
    """Returns what git prints; None if it fails. Raises Misuse if it can't be started."""
    done = _run(folder, *arguments)
    return done.stdout if done.returncode == 0 else None


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Runs git. Raises Misuse if it can't be started."""
    command: Sequence[str] = (_program(), *_OPTIONS, *arguments)
    try:
        return subprocess.run(  # noqa: S603
            command,
            cwd=folder,
            env={**os.environ, **_ENVIRONMENT},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Misuse(f"git can't be run: {type(error).__name__}") from error
