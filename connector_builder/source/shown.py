"""Shows files to people: no line of a difference contains a secret."""

import difflib
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from connector_builder.findings import Text
from connector_builder.secrets import find
from connector_builder.source.yaml_reader import read_yaml

MANY = 500
"""The most secrets that are looked for one by one."""


def shown(name: str, content: str) -> str:
    """Returns the text of a file with asterisks in place of each secret, also of those that only its data shows."""
    text = Text(Path(name), content)
    part = text.shown(0, len(content))
    values = _values(name, text)
    if len(values) > MANY:
        return "this file has too many secrets to be shown\n"
    for value in sorted(values, key=len, reverse=True):
        for form in {value, json.dumps(value)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1]}:
            if form in part:
                part = re.sub(rf"(?<!\w){re.escape(form)}(?!\w)", "*" * len(form), part)
    return part


def difference(name: str, before: str, after: str, there: str, then: str) -> Iterator[str]:
    """Yields the lines of a unified diff between two versions of a file; `there` and `then` are its headings."""
    yield from difflib.unified_diff(_lines(shown(name, before)), _lines(shown(name, after)), there, then)


def _values(name: str, text: Text) -> set[str]:
    """Returns the secrets in the data of a JSON or YAML file; none if it can't be read."""
    data: Any = None
    if name.endswith(".json"):
        with suppress(ValueError, RecursionError):
            data = json.loads(text.content)
    elif name.endswith((".yaml", ".yml")):
        root = read_yaml(text).root
        data = root.value if root is not None else None
    return {value for one in find(data) for value in one.values if value.strip()}


def _lines(text: str) -> list[str]:
    """Returns the lines with their ends.

    Only `\\n` ends one: `splitlines` has ten more line ends, which a diff must not show.
    """
    return re.findall(r"[^\n]*\n|[^\n]+", text)
