"""The folder of a user in which signing in is remembered: who signed in and how, and the cache of tokens."""

import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from connector_builder.live.errors import WronglyAsked

HOME = "CB_HOME"
"""The variable that names another folder."""
_RECORD = "sign-in.json"
_NAME = "connector-builder"


@dataclass(frozen=True, slots=True)
class Record:
    """How somebody signed in: no part of it is a secret. `storage` says where the tokens are: encrypted, file or memory."""

    cloud: str
    method: str
    tenant: str = ""
    client_id: str = ""
    storage: str = "memory"


def home(environment: Mapping[str, str], *, system: str = sys.platform) -> Path:
    """Returns the folder, which may not exist."""
    if environment.get(HOME):
        return Path(environment[HOME])
    if system == "win32" and environment.get("LOCALAPPDATA"):
        return Path(environment["LOCALAPPDATA"]) / _NAME
    if system == "darwin":
        return Path.home() / "Library" / "Application Support" / _NAME
    base = environment.get("XDG_CONFIG_HOME")
    return (Path(base) if base else Path.home() / ".config") / _NAME


def read_record(folder: Path) -> Record | None:
    """Returns how the user of a folder signed in; None if nobody did. A record that can't be read counts as none."""
    try:
        data = json.loads((folder / _RECORD).read_text(encoding="utf-8"))
        if isinstance(data, dict) and all(isinstance(value, str) for value in data.values()):
            return Record(**{field.name: data[field.name] for field in fields(Record) if field.name in data})
    except (OSError, ValueError, TypeError, RecursionError):
        pass
    return None


def write_record(folder: Path, record: Record) -> None:
    """Remembers how the user signed in. Raises WronglyAsked if the folder can't be written."""
    try:
        make_private(folder)
        (folder / _RECORD).write_bytes((json.dumps(asdict(record), indent=2) + "\n").encode())
    except OSError as error:
        raise cant_write(folder, error) from error


def remove_record(folder: Path) -> bool:
    """Forgets how the user signed in, and returns whether anything was remembered."""
    try:
        (folder / _RECORD).unlink()
    except OSError:
        return False
    return True


def make_private(folder: Path) -> None:
    """Makes a folder that only its user can read. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(OSError):  # a file system without modes
        os.chmod(folder, 0o700)  # noqa: PTH101


def cant_write(folder: Path, error: OSError) -> WronglyAsked:
    """Returns the error for a folder that can't be written."""
    return WronglyAsked(f"'{folder}' can't be written: {error.strerror}", f"name another folder in the variable {HOME}")
