"""The cache of tokens: encrypted where the system can, else in memory, or in a file if the user asks for it.

Windows encrypts with DPAPI, macOS with its keychain, Linux with libsecret, which requires a desktop.
Source: https://github.com/AzureAD/microsoft-authentication-extensions-for-python
"""

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from connector_builder.live.extra import extra
from connector_builder.live.sign_in.home import cant_write, make_private

ENCRYPTED, FILE, MEMORY = "encrypted", "file", "memory"
STORAGES = (ENCRYPTED, FILE, MEMORY)
_CACHE, _PLAIN = "tokens.bin", "tokens.json"
_SERVICE = "connector-builder"


def open_cache(folder: Path, storage: str | None) -> tuple[Any, str]:
    """Returns a cache of msal, and where it really is.

    Without `storage`, the cache is encrypted if the system can do that, else in memory. Raises WronglyAsked if the folder
    can't be written, and NotInstalled.
    """
    if storage == MEMORY:
        return extra("msal").TokenCache(), MEMORY
    try:
        make_private(folder)
        if storage == FILE:
            return extra("msal_extensions").PersistedTokenCache(_plain(folder)), FILE
        persistence = _encrypted(folder)
    except OSError as error:
        raise cant_write(folder, error) from error
    if persistence is None:
        return extra("msal").TokenCache(), MEMORY
    return extra("msal_extensions").PersistedTokenCache(persistence), ENCRYPTED


def remove_cache(folder: Path) -> None:
    """Removes all tokens, wherever they are."""
    extensions = extra("msal_extensions")
    with suppress(Exception):  # a keychain that is locked, or none
        persistence = _encrypted(folder) if (folder / _CACHE).exists() else None
        if persistence is not None:
            extensions.PersistedTokenCache(persistence)
            persistence.save("{}")
    for name in (_CACHE, _PLAIN):
        for file in (folder / name, folder / f"{name}.lockfile"):
            with suppress(OSError):
                file.unlink()


def _plain(folder: Path) -> Any:
    """Returns a file that only its user can read, from its first byte on."""
    path = folder / _PLAIN
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    with suppress(OSError):
        os.chmod(path, 0o600)  # noqa: PTH101
    return extra("msal_extensions").FilePersistence(str(path))


def _encrypted(folder: Path) -> Any:
    """Returns an encrypted store that works; None if the system has none."""
    extensions = extra("msal_extensions")
    path = str(folder / _CACHE)
    system: str = sys.platform  # as a value: mypy checks all three branches on every system
    try:
        if system == "win32":
            return extensions.FilePersistenceWithDataProtection(path)
        if system == "darwin":
            return extensions.KeychainPersistence(path, _SERVICE, "tokens")
        # Building it also tries it: libsecret needs PyGObject, and a keyring that is unlocked.
        return extensions.LibsecretPersistence(path, _SERVICE, {"client": _SERVICE})
    except Exception:  # each system has errors of its own
        return None
