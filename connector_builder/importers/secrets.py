"""Client secrets, which no spec carries: they are left out of what is imported, and told."""

from collections.abc import Iterator
from typing import Any

from connector_builder.findings import Pointer

_SETTINGS, _SECRET = "oAuthSettings", "clientSecret"


def secrets_left_out(properties: Any) -> list[Pointer]:
    """Where apiProperties have a client secret. Null, as paconn downloads it, is none."""
    return list(_secrets(properties, ()))


def without_secrets(value: Any) -> Any:
    """The same JSON without the client secrets."""
    if isinstance(value, dict):
        out = {key: without_secrets(part) for key, part in value.items()}
        settings = out.get(_SETTINGS)
        if isinstance(settings, dict) and settings.get(_SECRET) is not None:
            del settings[_SECRET]
        return out
    return [without_secrets(part) for part in value] if isinstance(value, list) else value


def _secrets(value: Any, pointer: Pointer) -> Iterator[Pointer]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        if key == _SETTINGS and isinstance(part, dict) and part.get(_SECRET) is not None:
            yield (*pointer, key, _SECRET)
        yield from _secrets(part, (*pointer, key))
