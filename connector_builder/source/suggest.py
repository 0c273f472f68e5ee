"""Did you mean …?"""

from collections.abc import Iterable
from difflib import SequenceMatcher

LEAST = 0.6


def suggest(word: str, known: Iterable[str]) -> str | None:
    """`did you mean 'summary'?` for a word that is close to a known one, else None.

    Of equally close names the one that begins alike counts, then the one that is named first.
    """
    lower = word.lower()[:100]
    best, best_score = None, (LEAST, 0)
    matcher = SequenceMatcher(b=lower)
    for name in known:
        matcher.set_seq1(name.lower()[:100])
        if matcher.real_quick_ratio() < best_score[0] or matcher.quick_ratio() < best_score[0]:
            continue
        score = (matcher.ratio(), _alike(lower, name.lower()))
        if score > best_score:
            best, best_score = name, score
    return f"did you mean '{best}'?" if best is not None else None


def _alike(one: str, other: str) -> int:
    """How many characters two words have in common at their beginning."""
    return next(
        (index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
