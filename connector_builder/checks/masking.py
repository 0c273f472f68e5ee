"""The gate for what is shown: no finding quotes a secret, whatever rule made it.

`Text.shown` hides them in source lines.
"""

import bisect
import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from connector_builder.findings import Finding, Text
from connector_builder.patterns import regex
from connector_builder.secrets import REDACTED, mask

LEAST, CERTAIN = 3, 8
"""The least length of a secret that is hidden as a word of its own, and of one that is hidden anywhere."""
LEAST_OF_CUT = 5
"""The least length of the beginning of a secret that is hidden where a message is cut off."""
MANY = 1000
"""If the texts of one run contain more secrets, everything that messages quote is hidden, and the rest is looked up by length."""
_QUOTED = regex(r"(?<!\w)(['\"]).*['\"](?!\w)", re.DOTALL)
"""All from the first quote of a message to the last: what is quoted may have quotes in it."""
_CUT = regex(r"[^'\"…]{1,400}…")


def masked(findings: Iterable[Finding], texts: Iterable[Text]) -> Iterator[Finding]:
    """Yields the findings without secrets: those that the texts contain, and what looks like one by itself."""
    findings = list(findings)
    hide = _Mask([*texts, *(finding.place.text for finding in findings)]) if findings else None
    for finding in findings:
        assert hide is not None
        yield finding.reworded(hide)


class _Mask:
    def __init__(self, texts: Iterable[Text]) -> None:
        values = {value for text in {id(text): text for text in texts}.values() for value in text.secrets}
        values |= {value.replace("\\", "\\\\") for value in values if "\\" in value}
        self._many = len(values) > MANY
        known = sorted((one for one in values if len(one) >= LEAST), key=len, reverse=True)
        self._values = [] if self._many else known
        self._in_order = sorted(known)
        self._by_length = {length: set(some) for length, some in groupby(known, len)}
        self._heads = {one[:LEAST] for one in known}

    def __call__(self, text: str) -> str:
        text = mask(text)  # first, while what it looks for is still whole
        if self._many:
            text = self._without_whole(_QUOTED.sub(f"'{REDACTED}'", text))
        if "…" in text:
            text = _CUT.sub(self._without_beginning, text)
        for value in self._values:
            if value in text:
                if len(value) >= CERTAIN:
                    text = text.replace(value, REDACTED)
                else:
                    text = re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", REDACTED, text)
        return text

    def _without_whole(self, text: str) -> str:
        """Returns a text without the secrets in it, in a time that doesn't depend on how many there are: some cures repeat a value unquoted."""
        if self._heads.isdisjoint(text[start : start + LEAST] for start in range(len(text))):
            return text
        for length, values in self._by_length.items():
            for start in range(len(text) - length, -1, -1):
                if text[start : start + length] in values:
                    text = f"{text[:start]}{REDACTED}{text[start + length :]}"
        return text

    def _without_beginning(self, match: re.Match[str]) -> str:
        """Returns a text that is cut off, without the beginning of a secret at its end."""
        cut = match.group()[:-1]
        for start in range(len(cut) - LEAST_OF_CUT + 1):
            near = bisect.bisect_left(self._in_order, cut[start:])
            if near < len(self._in_order) and self._in_order[near].startswith(cut[start:]):
                return f"{cut[:start]}{REDACTED}…"
        return match.group()
