"""Mends brackets that are missing, too many or of the wrong kind, if the indentation shows which."""

from collections.abc import Iterator
from dataclasses import dataclass

from connector_builder.sources.repair.edits import CantMend, Edit

_CLOSING = {"{": "}", "[": "]"}


@dataclass(frozen=True, slots=True)
class _Opened:
    sign: str
    start: int
    indentation: str
    line: int


class Brackets:
    """The open brackets. `first` says that a line has begun and contains nothing yet.

    `uneven` is the first pair whose closing bracket begins a line with another indentation than the line of its opening
    bracket. After it, a bracket may be missing or too many without any other sign.
    """

    def __init__(self) -> None:
        self.first = True
        self.uneven: tuple[int, int] | None = None
        self.extra: int | None = None
        self._open: list[_Opened] = []
        self._indentation = ""
        self._line = 0
        self._even: tuple[int, int] | None = None  # the lines of the last pair

    @property
    def inner(self) -> str:
        """Returns the innermost open bracket; an empty text if none is open."""
        return self._open[-1].sign if self._open else ""

    def indentation(self, blank: str) -> None:
        """Notes that a line begins with these blanks."""
        self._indentation, self._line, self.first = blank, self._line + 1, True

    def open(self, sign: str, start: int) -> None:
        """Notes an opening bracket."""
        self._open.append(_Opened(sign, start, self._indentation, self._line))

    def close(self, sign: str, start: int, before: int) -> Iterator[Edit]:
        """Notes a closing bracket, and yields the edits that it needs; `before` is the end of the part before it.

        Raises CantMend if it is of the wrong kind, and the indentation doesn't show the intention.
        """
        if not self._open:
            self.extra = start
            yield Edit(start, start + 1, "", f"a closing '{sign}' too many was removed")
            return
        if _CLOSING[self.inner] != sign:
            yield self._wrong_kind(sign, start, before)
        opened = self._open.pop()
        lines = (opened.line, self._line)
        # `}]` closes what `[{` opened.
        even = (
            opened.line == self._line or self._even == lines or (self.first and opened.indentation == self._indentation)
        )
        self._even = lines if even else None
        if not even and self.uneven is None:
            self.uneven = opened.start, start

    def _wrong_kind(self, sign: str, start: int, before: int) -> Edit:
        inner = self._open[-1]
        outer = self._open[-2] if len(self._open) > 1 else None
        wanted = _CLOSING[inner.sign]
        fits_inner = self.first and inner.indentation == self._indentation and inner.line != self._line
        fits_outer = self.first and outer is not None and outer.indentation == self._indentation
        if fits_inner and not fits_outer:
            return Edit(start, start + 1, wanted, f"'{sign}' was replaced by the '{wanted}' that closes what is open")
        if fits_outer and not fits_inner and outer is not None and _CLOSING[outer.sign] == sign:
            self._open.pop()
            return Edit(before, before, wanted, f"a missing '{wanted}' was added")
        message = f"'{sign}' closes nothing here, and it can't be told whether it is wrong or '{wanted}' is missing"
        raise CantMend(start, message, (inner.start, f"this '{inner.sign}' is open"))

    def missing(self, content: str, end: int) -> Edit:
        """Returns the edit that closes the single bracket that is open at the end.

        Raises CantMend if that isn't certain: the rest of the file may be missing, or an earlier bracket.
        """
        last = self._open[-1]
        if len(self._open) > 1 or content[end - 1] not in "}]":
            message = "the file ends within a part: the rest of it may be missing"
            raise CantMend(end - 1, message, (last.start, f"this '{last.sign}' is open"))
        if self.uneven is not None or last.line == self._line:
            raise self.doubtful(end - 1, "a closing bracket is missing")
        wanted = _CLOSING[last.sign]
        return Edit(end, end, f"\n{last.indentation}{wanted}", f"a missing '{wanted}' was added at the end")

    def doubtful(self, start: int, message: str) -> CantMend:
        """Returns why nobody can tell where a bracket is missing or too many."""
        if self.uneven is None:
            return CantMend(start, f"{message}, and it can't be told where")
        opened, closed = self.uneven
        return CantMend(
            closed,
            f"{message}, perhaps before this one, which is indented otherwise than the one that it closes",
            (opened, "it closes this"),
        )
