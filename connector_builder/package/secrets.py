"""Finds client secrets, which no spec contains: an import leaves them out and reports them."""

from collections.abc import Iterator
from typing import Any

from connector_builder.findings import Pointer
from connector_builder.platform.solutions.environment_variables import is_expression
from connector_builder.secrets import plain_name


def secrets_left_out(properties: Any) -> list[Pointer]:
    """Returns where apiProperties contain a client secret.

    A null, which paconn downloads, isn't a secret; nor is a parameter with that name, or the name of an environment variable.
    """
    return list(_secrets(properties, ()))


def without_secrets(value: Any) -> Any:
    """Returns the same JSON without client secrets."""
    if isinstance(value, dict):
        return {key: without_secrets(part) for key, part in value.items() if not _is_secret(key, part)}
    return [without_secrets(part) for part in value] if isinstance(value, list) else value


def _is_secret(key: str | int, part: Any) -> bool:
    return (
        isinstance(key, str)
        and plain_name(key) == "clientsecret"
        and part is not None
        and not isinstance(part, dict | list)
        and not is_expression(part)
    )


def _secrets(value: Any, pointer: Pointer) -> Iterator[Pointer]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        if _is_secret(key, part):
            yield (*pointer, key)
        yield from _secrets(part, (*pointer, key))
