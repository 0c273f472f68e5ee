"""Proves a rename: the spec builds the same package before and after, but for the name. Else it says why not."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from connector_builder.app.shared.read import read
from connector_builder.app.shared.targets import Target
from connector_builder.checks.engine import Checks, examine
from connector_builder.findings import Pointer, Severity
from connector_builder.findings.wording import clipped
from connector_builder.language.derived import LabelCase, label, unsubscribe_id
from connector_builder.language.reuse import Reuse
from connector_builder.lsp.checking import Setup
from connector_builder.lsp.names import Use
from connector_builder.source.pointers import format_pointer

_CASES: tuple[LabelCase, ...] = ("title", "sentence", "name")
_OWN_NAMES = frozenset({"query", "header", "formData"})
"""The places of parameters whose names belong to the API; a name in a path is only ours."""


def edited(target: Target, uses: Sequence[Use], new: str) -> Target:
    """Returns a target in which the files hold another name at these places."""
    held = dict(target.held)
    for path in dict.fromkeys(use.file for use in uses):
        content = held[path] if path in held else path.read_bytes()
        text = content.decode("utf-8-sig", "surrogatepass")
        for use in sorted((use for use in uses if use.file == path), key=lambda use: use.start, reverse=True):
            text = text[: use.start] + new + text[use.end :]
        held[path] = text.encode("utf-8", "surrogatepass")
    return target._replace(held=tuple(sorted(held.items())))


def unproven(target: Target, uses: Sequence[Use], new: str, setup: Setup, reuse: Reuse) -> str | None:
    """Returns why a rename isn't offered; None if the renamed spec builds the same package but for the name.

    What was found before may be found again, under the new name. Nothing else may.
    """
    after_target = edited(target, uses, new)
    before, after = _Built.of(target, setup, reuse), _Built.of(after_target, setup, reuse)
    if before.documents is None or after.documents is None:
        first = next((one for one in before.errors), "it has no package")
        return f"the spec can't be built, so the rename can't be proven: {clipped(first, 200)}"
    fresh = after.findings - before.findings
    if fresh:
        return f"the renamed spec would have a new finding: {next(iter(fresh))}"
    names = _Names(uses[0].name, new)
    for document, data in before.documents.items():
        for pointer, why in names.differences(data, after.documents.get(document), ()):
            return why or f"the package would differ in more than the name, at {format_pointer(pointer)} of {document}"
    return None


class _Built(NamedTuple):
    """What a spec builds, and how often each rule finds something."""

    documents: Mapping[str, Any] | None
    findings: Counter[str]
    errors: list[str]

    @classmethod
    def of(cls, target: Target, setup: Setup, reuse: Reuse) -> "_Built":
        reading = read(target, setup.variables, reuse=reuse)
        found = examine(reading, Checks(), is_spec=True).diagnostics
        counted = Counter({one.rule: 0 for one in found})
        for one in found:
            counted[one.rule] += one.count
        errors = [one.message for one in found if one.severity is Severity.ERROR]
        return cls(None if reading.package is None else reading.package.documents, counted, errors)


class _Names:
    """The two names of a part, as packages contain them: a whole word, or what is derived of it."""

    def __init__(self, old: str, new: str) -> None:
        self._old, self._new = old, new
        self._word = re.compile(rf"(?<![\w.-]){re.escape(old)}(?![\w-])")
        self._derived = set(_derived(old, new))

    def differences(self, before: Any, after: Any, at: Pointer) -> Iterator[tuple[Pointer, str]]:
        """Yields where two documents differ in more than the name, each with a reason that is known, or ''."""
        if isinstance(before, dict) and isinstance(after, dict):
            yield from self._in_mappings(before, after, at)
        elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
            for index, (one, other) in enumerate(zip(before, after, strict=True)):
                yield from self.differences(one, other, (*at, index))
        elif type(before) is not type(after) or (before != after and not self._is_renamed(before, after)):
            yield at, ""

    def _in_mappings(self, before: dict[str, Any], after: dict[str, Any], at: Pointer) -> Iterator[tuple[Pointer, str]]:
        place = before.get("in")
        if place in _OWN_NAMES and before.get("name") != after.get("name"):
            yield at, f"'{self._old}' is what the API calls a parameter in its {place}: the request would change"
        if len(before) != len(after):
            yield at, ""
        for key, value in before.items():
            other = key if key in after else self._word.sub(lambda _: self._new, key)
            if other in after:
                yield from self.differences(value, after[other], (*at, key))
            else:
                yield (*at, key), ""

    def _is_renamed(self, before: Any, after: Any) -> bool:
        if not isinstance(before, str) or not isinstance(after, str):
            return False
        if (before, after) in self._derived:
            return True
        parts = map(re.escape, self._word.split(before))
        either = f"(?:{re.escape(self._old)}|{re.escape(self._new)})"
        return re.fullmatch(either.join(parts), after) is not None


def _derived(old: str, new: str) -> Iterator[tuple[str | None, str | None]]:
    """Yields what is derived from two names: their labels, and the operation that ends the subscription of a trigger."""
    for one, other in ((old, new), (unsubscribe_id(old), unsubscribe_id(new))):
        yield one, other
        yield from ((label(one, case), label(other, case)) for case in _CASES)
