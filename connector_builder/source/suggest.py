"""Suggests names: did you mean …?"""

from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from difflib import SequenceMatcher  # slow to import, and few runs find a misspelt name

LEAST = 0.6
LEAST_NEAR = 4
"""Characters of a word that can be a typo of another: any two short words are alike."""
LONGEST = 40
"""The most characters of a name that are compared: the cost grows with their square."""
NEAREST = 20
"""The number of names, those with the most similar letters, that are compared letter by letter."""
MAX_KNOWN = 1000
"""The most known names that are searched."""
MAX_SUGGESTIONS = 200
"""The most suggestions of one run: each takes half a millisecond or more, and hostile input has a million names."""
MAX_COMPARED = 50_000
"""The most names that one run compares in all: a word among a thousand names takes ten milliseconds."""


class DidYouMean(str):
    """`did you mean 'summary'?`, with the word, and the name that it is certainly meant to be; None if others are as near."""

    __slots__ = ("name", "word")
    word: str
    name: str | None

    @classmethod
    def of(cls, word: str, best: str, names: Iterable[str]) -> "DidYouMean":
        said = cls(f"did you mean '{best}'?")
        said.word, said.name = word, best if is_certain(word, best, names) else None
        return said


def suggest(word: str, known: Iterable[str]) -> str | None:
    """`did you mean 'summary'?` for a word that is a slip of the pen from a known one, else None."""
    names = list(islice(known, MAX_KNOWN))
    best = nearest(word, names)
    return DidYouMean.of(word, best, names) if best is not None else None


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known name that a word is a slip of the pen from, else None.

    Of equally similar names, it prefers the one with the longest common beginning, then the first.
    """
    from difflib import SequenceMatcher

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


def is_near(word: str, other: str) -> bool:
    """Whether a word is a typo of another: one character more, less, another or two swapped, or only case and `_` differ.

    Words that differ in a digit are no typos of each other: they are numbered.
    """
    if min(len(word), len(other)) < LEAST_NEAR:
        return word.lower() == other.lower()
    one, two = (name.lower().replace("_", "") for name in (word[:LONGEST], other[:LONGEST]))
    if [c for c in one if c.isdigit()] != [c for c in two if c.isdigit()]:
        return False
    short, long = sorted((one, two), key=len)
    same = _alike(short, long)
    after, rest = short[same:], long[same:]
    if len(short) == len(long):
        return after[1:] == rest[1:] or (after[:2] == rest[1::-1] and after[2:] == rest[2:])
    return len(long) - len(short) == 1 and after == rest[1:]


def is_certain(word: str, best: str, names: Iterable[str]) -> bool:
    """Whether few letters of a word are wrong, and every other name has more that are."""
    from difflib import SequenceMatcher

    lower = word.lower()[:LONGEST]
    least = _slips(lower, best.lower()[:LONGEST])
    if min(len(word), len(best)) < LEAST_NEAR or least > max(1, len(best) // 4):
        return word.lower() == best.lower()
    near = _near(SequenceMatcher(b=lower), (name for name in names if name != best))
    return all(_slips(lower, name.lower()[:LONGEST]) > least for name in near)


class Suggestions:
    """Makes suggestions as `suggest` does, but no more than anybody reads."""

    def __init__(self) -> None:
        self._left = MAX_SUGGESTIONS
        self._names_left = MAX_COMPARED
        self.certain: dict[str, str] = {}
        """By suggested name: the word that is certainly meant to be this name, because no other name is as near."""

    def of(self, word: str, known: Iterable[str]) -> str | None:
        """As `suggest`; None too when it was asked often enough."""
        names = list(islice(known, MAX_KNOWN))
        best = self.nearest(word, names)
        return DidYouMean.of(word, best, names) if best is not None else None

    def nearest(self, word: str, known: Iterable[str]) -> str | None:
        """As the function; None too when it was asked often enough."""
        self._left -= 1
        if self._left < 0 or self._names_left <= 0:
            return None
        names = list(islice(known, MAX_KNOWN))
        self._names_left -= len(names)
        best = nearest(word, names)
        if best is not None and is_certain(word, best, names):
            self.certain[best] = word
        return best


def _near(matcher: "SequenceMatcher[str]", known: Iterable[str]) -> list[str]:
    """Returns the names with the most letters in common with the matcher's word, in any order; of equals the first."""
    near: list[tuple[float, int, str]] = []
    for index, name in enumerate(islice(known, MAX_KNOWN)):
        matcher.set_seq1(name.lower()[:LONGEST])
        if matcher.real_quick_ratio() >= LEAST and (letters := matcher.quick_ratio()) >= LEAST:
            near.append((letters, -index, name))
    from heapq import nlargest

    return [name for _, _, name in sorted(nlargest(NEAREST, near), key=lambda one: -one[1])]


def _alike(one: str, other: str) -> int:
    """Returns how many characters two words have in common at their beginning."""
    return next(
        (index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
