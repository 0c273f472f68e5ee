"""The files of the workspace as the editor shows them: what is open counts instead of what is on disk."""

from pathlib import Path

from connector_builder.app.shared.held import find_held
from connector_builder.app.shared.misuse import Misuse
from connector_builder.app.shared.targets import Kind, Target, absolute, says_swagger
from connector_builder.language.load import SUFFIXES, is_spec_text
from connector_builder.source.files import MAX_DOCUMENT

PACKAGE_SUFFIXES = (".json", ".csx")
"""The files of a package that have findings, beside definitions in YAML."""


class Buffers:
    """The open files, by absolute path."""

    def __init__(self) -> None:
        self.texts: dict[Path, str] = {}
        self._below: dict[Path, set[Path]] = {}
        self._beside: dict[Path, set[Path]] = {}

    def put(self, path: Path, text: str) -> None:
        """Opens a file, or replaces its text."""
        path = absolute(path)
        if path not in self.texts:
            for index in self._indexes(path):
                for folder in path.parents:
                    index.setdefault(folder, set()).add(path)
        self.texts[path] = text

    def drop(self, path: Path) -> None:
        """Closes a file: from now on, the file on disk counts."""
        path = absolute(path)
        if self.texts.pop(path, None) is not None:
            for index in self._indexes(path):
                for folder in path.parents:
                    index[folder].discard(path)

    def target(self, path: Path) -> Target | None:
        """Returns the spec or package that an open file is part of, with the contents of all its open files.

        Returns None for a file that is neither: any YAML or JSON of somebody else.
        """
        path = absolute(path)
        text = self.texts.get(path)
        if text is None or path.suffix.lower() not in (*SUFFIXES, *PACKAGE_SUFFIXES):
            return None
        content = text.encode("utf-8", "surrogatepass")
        try:
            found = find_held(path, content)
        except (Misuse, OSError):
            return None
        whole = found._replace(path=absolute(found.path), held=())
        if whole.path == path and not _stands_alone(path, content, found.kind):
            return None
        return whole._replace(held=self._held(whole))

    def text(self, path: Path) -> str | None:
        """Returns the text of a file, open or on disk; None if it can't be read."""
        path = absolute(path)
        if path in self.texts:
            return self.texts[path]
        try:
            with path.open("rb") as file:
                return file.read(MAX_DOCUMENT).decode("utf-8-sig", "replace")
        except (OSError, ValueError):
            return None

    def _held(self, whole: Target) -> tuple[tuple[Path, bytes], ...]:
        if whole.kind is Kind.DEFINITION:
            below: set[Path] = set()
        elif whole.path.suffix.lower() in SUFFIXES and not whole.path.is_dir():
            below = self._beside.get(whole.path.parent, set())
        else:
            below = self._below.get(whole.path, set())
        ours = sorted(below | ({whole.path} & self.texts.keys()))
        return tuple((path, self.texts[path].encode("utf-8", "surrogatepass")) for path in ours)

    def _indexes(self, path: Path) -> tuple[dict[Path, set[Path]], ...]:
        """Returns the indexes that a file is in: beside a spec of one file are its samples and code, and YAML of others."""
        return (self._below,) if path.suffix.lower() in SUFFIXES else (self._below, self._beside)


def _stands_alone(path: Path, content: bytes, kind: Kind) -> bool:
    """Checks whether a file by itself is a spec or a definition."""
    if path.suffix.lower() in SUFFIXES and kind is Kind.SPEC:
        return is_spec_text(content)
    return kind is Kind.DEFINITION and says_swagger(path, content)
