"""Did you mean …?"""

from collections.abc import Iterable
from difflib import SequenceMatcher
from heapq import nlargest
from itertools import islice

LEAST = 0.6
LONGEST = 40
"""Characters of a name that are compared: the cost grows with their square."""
NEAREST = 20
"""How many names, the nearest by their letters alone, are compared letter by letter."""
MAX_KNOWN = 1000
"""Among how many names one is looked for."""
MAX_SUGGESTIONS = 200
"""How often one run looks: it takes half a millisecond and more, and hostile input has a million unknown names."""
MAX_COMPARED = 50_000
"""With how many names one run compares in all: a word among a thousand names takes ten milliseconds."""


def suggest(word: str, known: Iterable[str]) -> str | None:
    """`did you mean 'summary'?` for a word that is a slip of the pen from a known one, else None."""
    best = nearest(word, known)
    return f"did you mean '{best}'?" if best is not None else None


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known name that a word is a slip of the pen from, else None.

    Of equally close names the one that begins alike counts, then the one that is named first.
    """
    lower = word.lower()[:LONGEST]
    best, best_score = None, (LEAST, 0)
    matcher = SequenceMatcher(b=lower)
    for name in _near(matcher, known):
        matcher.set_seq1(name.lower()[:LONGEST])
        score = (matcher.ratio(), _alike(lower, name.lower()))
        if score > best_score and _is_slip(lower, name.lower()[:LONGEST]):
            best, best_score = name, score
    return best


def _is_slip(word: str, name: str) -> bool:
    """Whether of three letters two are right, or the words differ in how they end: `policy` and `policies`, `body/id` and `body`."""
    if min(len(word), len(name)) >= 4 and (word.startswith(name) or name.startswith(word)):
        return True
    return 5 * _alike(word, name) >= 3 * max(len(word), len(name)) or _slips(word, name) <= max(1, len(word) // 3)


def _slips(one: str, other: str) -> int:
    """How many letters are wrong, too many or too few, or change places: 1 for `nmae` and `name`."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        above, before = before, row
        row = [i]
        for j, wanted in enumerate(other, 1):
            least = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                least = min(least, above[j - 2] + 1)
            row.append(least)
    return row[-1]


class Suggestions:
    """`suggest`, but not more often than anybody reads."""

    def __init__(self) -> None:
        self._left = MAX_SUGGESTIONS
        self._names_left = MAX_COMPARED

    def of(self, word: str, known: Iterable[str]) -> str | None:
        """As `suggest`; None too when it was asked often enough."""
        best = self.nearest(word, known)
        return f"did you mean '{best}'?" if best is not None else None

    def nearest(self, word: str, known: Iterable[str]) -> str | None:
        """As the function; None too when it was asked often enough."""
        self._left -= 1
        if self._left < 0 or self._names_left <= 0:
            return None
        names = list(islice(known, MAX_KNOWN))
        self._names_left -= len(names)
        return nearest(word, names)


def _near(matcher: SequenceMatcher[str], known: Iterable[str]) -> list[str]:
    """The names that have most letters in common with the matcher's word, whatever their order; of as many the first."""
    near: list[tuple[float, int, str]] = []
    for index, name in enumerate(islice(known, MAX_KNOWN)):
        matcher.set_seq1(name.lower()[:LONGEST])
        if matcher.real_quick_ratio() >= LEAST and (letters := matcher.quick_ratio()) >= LEAST:
            near.append((letters, -index, name))
    return [name for _, _, name in sorted(nlargest(NEAREST, near), key=lambda one: -one[1])]


def _alike(one: str, other: str) -> int:
    """How many characters two words have in common at their beginning."""
    return next(
        (index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
