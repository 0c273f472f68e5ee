"""The gate for what is shown: no finding quotes a secret, whatever rule made it.

`Text.shown` hides them in source lines.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from connector_builder.findings import Finding, Text
from connector_builder.package.model import Package
from connector_builder.secrets import REDACTED, find, mask

LEAST, CERTAIN = 3, 8
"""The least length of a secret that is hidden as a word of its own, and of one that is hidden anywhere."""
MANY = 1000
"""If the texts of one run contain more secrets, everything that messages quote is hidden."""
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")


def hide_in_texts(package: Package) -> None:
    """Hides secrets in a package's own files that only its data shows, such as one behind a key with escapes."""
    for name, document in package.documents.items():
        found = find(document)
        places = package.locate(name, [one.pointer for one in found]) if found else {}
        for one in found:
            place = places[one.pointer]
            place.text.hide(place.start, place.end)
            place.text.known.update(one.values)


def masked(findings: Iterable[Finding], texts: Iterable[Text]) -> Iterator[Finding]:
    """Yields the findings without secrets: those that the texts contain, and what looks like one by itself."""
    findings = list(findings)
    hide = _Mask([*texts, *(finding.place.text for finding in findings)]) if findings else None
    for finding in findings:
        assert hide is not None
        pointer = finding.pointer and tuple(hide(step) if isinstance(step, str) else step for step in finding.pointer)
        yield replace(finding.reworded(hide), pointer=pointer)


class _Mask:
    def __init__(self, texts: Iterable[Text]) -> None:
        values = {value for text in {id(text): text for text in texts}.values() for value in text.secrets}
        values |= {value.replace("\\", "\\\\") for value in values if "\\" in value}
        self._many = len(values) > MANY
        self._values = [] if self._many else sorted((one for one in values if len(one) >= LEAST), key=len, reverse=True)

    def __call__(self, text: str) -> str:
        text = mask(text)  # first, while what it looks for is still whole
        if self._many:
            text = _QUOTED.sub(f"'{REDACTED}'", text)
        for value in self._values:
            if value in text:
                if len(value) >= CERTAIN:
                    text = text.replace(value, REDACTED)
                else:
                    text = re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", REDACTED, text)
        return text
