"""Mends what is between the texts of JSON: commas, comments, brackets, quotes. One pass over the tokens."""

import re
from enum import Enum, auto

from connector_builder.findings import Finding, Place, Related, Text
from connector_builder.source.rules import SYNTAX_NOT_VALID
from connector_builder.sources.repair.brackets import Brackets
from connector_builder.sources.repair.edits import MAX_EDITS, CantMend, Edit, Mended
from connector_builder.sources.repair.texts import double_quoted, mend_text

_TOKEN = re.compile(
    r"""
    (?P<blank>[ \t\r\n]++)
    |(?P<text>"(?:[^"\\]++|\\.?)*+(?:"|\Z))
    |(?P<single>'(?:[^'\\\r\n]++|\\[^\r\n])*+')
    |(?P<comment>//[^\r\n]*+|/\*.*?\*/)
    |(?P<sign>[{}\[\],:])
    |(?P<stray>[\s\x00-\x1f\x7f\ufeff\u200b-\u200f\u2060]++)
    |(?P<word>[^\s\x00-\x1f\x7f{}\[\],:"'/\ufeff\u200b-\u200f\u2060]++|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_COLON = re.compile(r"[ \t\r\n]*+:")
_VALUE = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|true|false|null|NaN|-?Infinity")
_NAME = re.compile(r"[A-Za-z_$][\w$.-]*")
_WORDS = {
    **dict.fromkeys(("True", "TRUE"), "true"),
    **dict.fromkeys(("False", "FALSE"), "false"),
    **dict.fromkeys(("None", "Null", "NULL"), "null"),
}


class _Expect(Enum):
    """What may come next."""

    KEY = auto()  # of an object that begins
    NEXT_KEY = auto()  # after a comma
    COLON = auto()
    VALUE = auto()
    ITEM = auto()  # of an array that begins
    NEXT_ITEM = auto()  # after a comma
    COMMA = auto()  # or the end of the open part
    END = auto()  # the value is complete


_BEGUN = (_Expect.KEY, _Expect.ITEM)
_BEHIND_COMMA = (_Expect.NEXT_KEY, _Expect.NEXT_ITEM)


def mend_json(text: Text) -> Mended | Finding:
    """Mends a JSON text in linear time where there is one sensible reading; else returns a finding with the reason.

    `json` may still refuse the mended text: numbers such as `01` stay.
    """
    mender = _Mender(text.content)
    try:
        return Mended(text, mender.run())
    except CantMend as reason:
        place = Place(text, reason.start, reason.start + 1)
        related: tuple[Related[Place], ...] = ()
        if reason.related is not None:
            other, message = reason.related
            related = (Related(Place(text, other, other + 1), message),)
        return SYNTAX_NOT_VALID.at(
            place, reason.message, help="--repair can't mend this: correct it by hand", related=related
        )


class _Mender:
    def __init__(self, content: str) -> None:
        self.content = content
        self.edits: list[Edit] = []
        self.brackets = Brackets()
        self.expect = _Expect.VALUE
        self.comma = 0  # the place of the last comma
        self.end = 0  # the end of the last part that isn't a blank or comment
        self.new_line = False  # whether a line has ended since
        self.open_text: int | None = None  # the beginning of the last part, if it is a text with a line break in it

    def run(self) -> list[Edit]:
        for match in _TOKEN.finditer(self.content):
            kind = match.lastgroup or "word"
            if kind == "blank":
                self._blank(match.group())
            elif kind == "stray":
                self.edit(
                    match.start(),
                    match.end(),
                    "",
                    f"the character U+{ord(match.group()[0]):04X} outside of texts was removed",
                )
            elif kind == "comment":
                self.edit(match.start(), match.end(), " ", "a comment was removed")
            else:
                self._token(kind, match.group(), match.start())
        self._finish()
        return self.edits

    def edit(self, start: int, end: int, text: str, message: str) -> None:
        """Notes an edit, in the order of places: after a wrong comma, a comment may have been removed already."""
        if len(self.edits) == MAX_EDITS:
            raise CantMend(start, f"more than {MAX_EDITS:,} defects: this isn't JSON")
        at = len(self.edits)
        while at and self.edits[at - 1].start >= end:
            at -= 1
        self.edits.insert(at, Edit(start, end, text, message))

    def _blank(self, blank: str) -> None:
        if "\n" in blank or "\r" in blank:
            self.new_line = True
            self.brackets.indentation(blank[max(blank.rfind("\n"), blank.rfind("\r")) + 1 :])

    def _token(self, kind: str, part: str, start: int) -> None:
        try:
            if kind == "sign" and part == ":":
                self._colon(start)
            elif kind == "sign" and part == ",":
                self._comma(start)
            elif kind == "sign" and part in "}]":
                self._close(part, start)
            else:
                self._part(kind, part, start)
        except CantMend as reason:
            if self.open_text is not None and reason.start >= self.end:
                raise CantMend(self.open_text, "this text isn't closed") from None
            raise
        self.open_text = start if kind == "text" and ("\n" in part or "\r" in part) else None
        self.end, self.new_line = start + len(part), False
        self.brackets.first = False

    def _colon(self, start: int) -> None:
        if self.expect is not _Expect.COLON:
            raise CantMend(start, "a colon isn't expected here")
        self.expect = _Expect.VALUE

    def _comma(self, start: int) -> None:
        if self.expect is _Expect.COMMA:
            self.comma = start
            self.expect = _Expect.NEXT_KEY if self.brackets.inner == "{" else _Expect.NEXT_ITEM
        elif self.expect in (*_BEGUN, *_BEHIND_COMMA, _Expect.END):
            self.edit(start, start + 1, "", "a comma too many was removed")
        else:
            raise CantMend(start, "a value is missing here")

    def _close(self, part: str, start: int) -> None:
        if self.expect in (_Expect.COLON, _Expect.VALUE):
            raise CantMend(start, "a value is missing here")
        if self.expect in _BEHIND_COMMA:
            self.edit(self.comma, self.comma + 1, "", "a comma that nothing follows was removed")
        for edit in self.brackets.close(part, start, self.end):
            self.edit(edit.start, edit.end, edit.text, edit.message)
        self.expect = _Expect.COMMA if self.brackets.inner else _Expect.END

    def _part(self, kind: str, part: str, start: int) -> None:
        """Handles a text, word or opening bracket: a key, or a value or its beginning."""
        if self.expect is _Expect.COMMA:
            self._missing_comma(kind, part, start)
        if self.expect is _Expect.END:
            raise CantMend(start, "the JSON ends before this")
        if self.expect is _Expect.COLON:
            raise CantMend(start, "a colon is missing after the key")
        if self.expect in (_Expect.KEY, _Expect.NEXT_KEY):
            self._key(kind, part, start)
            self.expect = _Expect.COLON
        elif kind == "sign":
            self.brackets.open(part, start)
            self.expect = _Expect.KEY if part == "{" else _Expect.ITEM
        else:
            self._scalar(kind, part, start)
            self.expect = _Expect.COMMA if self.brackets.inner else _Expect.END

    def _missing_comma(self, kind: str, part: str, start: int) -> None:
        """Adds a missing comma before a part on a new line, or after a bracket.

        In an object, the part must be a key.
        """
        behind_bracket = self.content[self.end - 1] in "}]"
        in_object = self.brackets.inner == "{"
        is_key = kind != "sign" and _COLON.match(self.content, start + len(part)) is not None
        if not (self.new_line or behind_bracket) or in_object != is_key:
            raise CantMend(start, "a comma or a closing bracket is missing")
        self.edit(self.end, self.end, ",", "a missing comma was added")
        self.expect = _Expect.NEXT_KEY if in_object else _Expect.NEXT_ITEM

    def _key(self, kind: str, part: str, start: int) -> None:
        if kind == "word" and _NAME.fullmatch(part):
            self.edit(start, start + len(part), f'"{part}"', "the quotes of a key were added")
        elif kind in ("text", "single"):
            self._scalar(kind, part, start)
        else:
            raise CantMend(start, "a key in double quotes is expected")

    def _scalar(self, kind: str, part: str, start: int) -> None:
        if kind == "text":
            self._text(part, start)
        elif kind == "single":
            self.edit(start, start + len(part), double_quoted(part), "single quotes were made double")
        elif part in _WORDS:
            self.edit(start, start + len(part), _WORDS[part], f"'{part}' was written as JSON has it: {_WORDS[part]}")
        elif not _VALUE.fullmatch(part):
            raise CantMend(start, "this is no value: a text needs double quotes")

    def _text(self, part: str, start: int) -> None:
        if len(part) < 2 or not part.endswith('"') or _ends_escaped(part):
            raise CantMend(start, "this text isn't closed")
        for edit in mend_text(self.content, start, start + len(part)):
            self.edit(edit.start, edit.end, edit.text, edit.message)

    def _finish(self) -> None:
        if self.brackets.inner:
            if self.expect is not _Expect.COMMA:
                raise CantMend(max(self.end - 1, 0), "the file ends within a part: the rest of it is missing")
            edit = self.brackets.missing(self.content, self.end)
            self.edit(edit.start, edit.end, edit.text, edit.message)
        elif self.expect is not _Expect.END:
            raise CantMend(0, "the file is empty")
        elif self.brackets.extra is not None and self.brackets.uneven is not None:
            raise self.brackets.doubtful(self.brackets.extra, "a closing bracket too many")


def _ends_escaped(part: str) -> bool:
    """Checks whether the last quote of a text is escaped: then the text extends to the end of the file."""
    body = part[1:-1]
    return (len(body) - len(body.rstrip("\\"))) % 2 == 1
