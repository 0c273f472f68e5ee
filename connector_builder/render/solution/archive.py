"""Writes zip archives whose bytes depend on their contents alone: no time, no system, no version of a compressor shows in them."""

import io
import zipfile
from collections.abc import Mapping

_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can contain."""


def zip_bytes(entries: Mapping[str, bytes]) -> bytes:
    """Returns a zip with these entries, in their order.

    Nothing is compressed, because versions of zlib compress differently.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in entries.items():
            info = zipfile.ZipInfo(name, _TIME)
            info.create_system = 0
            info.external_attr = 0
            archive.writestr(info, content)
    return out.getvalue()
