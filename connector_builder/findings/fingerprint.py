"""Recognises a diagnostic again when lines were added or removed above it: by rule, file, and place in the built file."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from connector_builder.findings.diagnostic import Diagnostic

Identity = tuple[str, str, str, str]
"""Rule, file, document, and in it the pointer without indices; without a pointer, the line of the author's text."""

_MAPPINGS = frozenset({"responses", "properties", "definitions", "paths", "headers", "parameters"})
"""Keys of mappings, in which a number is a name: `/responses/200`. A parameter of an operation has an index, too."""
_LENGTH = 16


def identity(diagnostic: Diagnostic) -> Identity:
    """Returns what stays the same about a diagnostic while its author works elsewhere in the file.

    The message isn't part of it, because other versions of the tool may word it differently.
    """
    if diagnostic.pointer is not None:
        place = without_indices(diagnostic.pointer)
    else:
        place = diagnostic.location.source.strip()
    return diagnostic.rule, diagnostic.location.file, diagnostic.document or "", place


def without_indices(pointer: str) -> str:
    """Returns a pointer with `*` for each index of a list: a new parameter before others changes their indices."""
    steps = pointer.split("/")
    operation = "paths" in steps[1:2]
    for index in range(2, len(steps)):
        named = steps[index - 1] in _MAPPINGS and not (operation and steps[index - 1] == "parameters")
        if steps[index].isdecimal() and not named:
            steps[index] = "*"
    return "/".join(steps)


def fingerprints(diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
    """Yields a text for each diagnostic, such as `3f2a81c05d7be649:1`; the last number counts those of one identity."""
    import hashlib  # `--help` imports this module, but makes no fingerprints

    seen: Counter[Identity] = Counter()
    for diagnostic in diagnostics:
        known = identity(diagnostic)
        seen[known] += 1
        content = json.dumps(known).encode()
        yield f"{hashlib.sha256(content).hexdigest()[:_LENGTH]}:{seen[known]}"
