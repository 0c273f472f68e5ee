"""Texts of others in a spec that this tool writes itself."""

from typing import Any


def escaped(value: Any) -> Any:
    """Returns plain data whose texts contain no variable of a spec: `${` is written `$${`, in keys too."""
    if isinstance(value, str):
        return value.replace("${", "$${")
    if isinstance(value, dict):
        return {escaped(key): escaped(part) for key, part in value.items()}
    return [escaped(part) for part in value] if isinstance(value, list) else value
