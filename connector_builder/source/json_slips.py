"""Says what a person sees where a parser of JSON gives up: a missing comma, a merge conflict, quotes of another language."""

import json
import re
import unicodedata

from connector_builder.findings import Finding, Place, Related, Text
from connector_builder.findings.wording import MAX_SHOWN, quoted
from connector_builder.patterns import regex
from connector_builder.source.json_brackets import Brackets
from connector_builder.source.json_slip import CURLY, STRAIGHT, TYPOGRAPHIC, Slip
from connector_builder.source.json_text_slips import in_text
from connector_builder.source.rules import SYNTAX_NOT_VALID

_BLANKS = " \t\r\n"
_BLANK = regex(r"[ \t\r\n]*+")
_CONFLICT = regex(r"^(?:<{7}|={7}|>{7})(?=[ \r\n]|\Z)", re.MULTILINE)
_HTML = regex(r"\s*<(!doctype html|html|head|body|!--)", re.IGNORECASE)
_YAML = regex(r"""(?:---|%YAML|- |#|(["']?)[\w $./-]{1,60}\1:(?=\s|\Z))""")
_OUTER = regex(r'"[^"\r\n]{1,60}"\s*+:[^\r\n]*,[ \t]*$', re.MULTILINE)
_WORD = regex(r"[^\W\d][\w$.-]*")
_NUMBER = regex(r"[+.]?[0-9][0-9a-zA-Z.+_-]*")
_WORDS = {
    **dict.fromkeys(("True", "TRUE"), "true"),
    **dict.fromkeys(("False", "FALSE"), "false"),
    **dict.fromkeys(("None", "Null", "NULL", "undefined", "nil"), "null"),
    **dict.fromkeys(("nan", "NAN", "inf"), "null"),
}


def refused(text: Text, error: json.JSONDecodeError) -> Finding:
    """Returns the finding for a text that `json` refuses. It is the same in every Python, and takes linear time."""
    content, start = text.content, error.pos
    inside = error.msg.startswith(("Invalid", "Unterminated"))
    if not inside:
        blanks = _BLANK.match(content, start)
        start = blanks.end() if blanks else start
    slip = Slip(text, start, len(content[:start].rstrip(_BLANKS)), error.msg)
    if inside:
        return _conflict(slip) or in_text(slip)
    found = (look(slip) for look in (_empty, _conflict, _markup, _yaml, _comment, _quotes, _unseen, _cut, _nothing))
    return next((finding for finding in found if finding is not None), None) or _token(slip)


def _token(slip: Slip) -> Finding:
    """Returns the finding for a token that isn't one of the usual slips."""
    if slip.said == "Expecting value":
        return _value(slip)
    if slip.said == "Expecting property name enclosed in double quotes":
        return _key(slip)
    if slip.said == "Expecting ',' delimiter":
        return _comma(slip)
    if slip.said == "Extra data":
        return _behind(slip)
    if slip.said == "Expecting ':' delimiter":
        return slip.here("a colon is missing after the key")
    return slip.here(f"this isn't JSON: {slip.said[:1].lower()}{slip.said[1:]}")


def _empty(slip: Slip) -> Finding | None:
    if slip.content.strip(_BLANKS):
        return None
    return SYNTAX_NOT_VALID.at(Place.whole(slip.text), "the file is empty", help="put the JSON that is meant there")


def _conflict(slip: Slip) -> Finding | None:
    column = slip.text.position(slip.start)[1]
    marker = _CONFLICT.match(slip.content, slip.start - column + 1)
    if marker is None:
        return None
    words = {"=": "the other version begins here", ">": "it ends here"}
    related: list[Related[Place]] = []
    for other in _CONFLICT.finditer(slip.content, marker.end()):
        sign = other.group()[0]
        if sign in words:
            related.append(Related(Place(slip.text, *other.span()), words.pop(sign)))
        if ">" not in words or sign == "<":
            break
    cure = "keep one of the two versions, and remove the lines with the markers"
    return slip.at(*marker.span(), "a merge conflict isn't resolved", cure, tuple(related))


def _markup(slip: Slip) -> Finding | None:
    if slip.content.lstrip(_BLANKS)[:1] != "<":
        return None
    what = "HTML" if _HTML.match(slip.content) else "XML or HTML"
    return slip.here(f"this is {what}, not JSON", "put the JSON that is meant there")


def _yaml(slip: Slip) -> Finding | None:
    """Recognises a document that has no bracket around it."""
    first = len(slip.content) - len(slip.content.lstrip(_BLANKS))
    if slip.content[first : first + 2] in ("//", "/*") or not _YAML.match(slip.content, first):
        return None
    line = slip.text.line(slip.text.position(first)[0])
    if _OUTER.match(line.strip()):
        return slip.at(first, first + 1, "the '{' before the first key is missing", "add '{' here, and '}' at the end")
    return slip.at(first, first + 1, "this is YAML, not JSON", "write it as JSON, or name the file .yaml")


def _comment(slip: Slip) -> Finding | None:
    length = 1 if slip.sign == "#" else 2
    if slip.sign != "#" and slip.content[slip.start : slip.start + 2] not in ("//", "/*"):
        return None
    return slip.here("JSON has no comments", "remove it", length)


def _quotes(slip: Slip) -> Finding | None:
    if slip.sign and slip.sign in CURLY:
        return slip.here(TYPOGRAPHIC, STRAIGHT)
    if slip.sign and slip.sign in "'`":
        return slip.here("JSON has double quotes, not single ones", 'write "…"')
    return None


def _unseen(slip: Slip) -> Finding | None:
    """Recognises a character outside a text that looks like a blank, or like nothing."""
    sign = slip.sign
    if not sign or unicodedata.category(sign) not in ("Zs", "Cf", "Cc", "Zl", "Zp"):
        return None
    name = unicodedata.name(sign, "a control character").lower()
    message = f"{name} (U+{ord(sign):04X}) is no blank of JSON"
    return slip.here(message, "remove it" if unicodedata.category(sign)[0] == "C" else "write a space instead")


def _cut(slip: Slip) -> Finding | None:
    """Recognises a text that ends before all brackets are closed."""
    if slip.sign:
        return None
    found = slip.brackets()
    if not found.open:
        return None
    message = f"{_several(found.closing)} missing at the end"
    opened = found.uneven[0] if found.uneven is not None else found.open[-1]
    sign = slip.content[opened]
    why = (
        f"this '{sign}' isn't closed: what follows is indented as if it was"
        if found.uneven
        else f"this '{sign}' is open"
    )
    return slip.at(slip.before - 1, slip.before, message, "add it where the part ends", slip.related(opened, why))


def _several(signs: str) -> str:
    """Returns `a '}' is`, `2 '}' are`, or `']}' is`."""
    if len(signs) == 1:
        return f"a '{signs}' is"
    return f"{len(signs)} '{signs[0]}' are" if len(set(signs)) == 1 else f"'{signs[:20]}' is"


def _nothing(slip: Slip) -> Finding | None:
    """Recognises a comma that nothing follows, or that nothing is before."""
    start = slip.before - 1 if slip.sign in ("}", "]") else slip.start
    follows = slip.content[start + 1 :].lstrip(_BLANKS)[:1] if slip.content[start : start + 1] == "," else ""
    return (
        slip.at(start, start + 1, "nothing follows this comma", "remove it")
        if follows in ("}", "]") and follows
        else None
    )


def _value(slip: Slip) -> Finding:
    word = _WORD.match(slip.content, slip.start)
    number = _NUMBER.match(slip.content, slip.start)
    if word and word.group() in _WORDS:
        message = f"'{word.group()}' isn't a word of JSON"
        return slip.here(message, f"write {_WORDS[word.group()]}", len(word.group()))
    if word:
        return slip.here(f"{quoted(word.group())} has no quotes", _quoted(word), len(word.group()))
    if number:
        return slip.here("JSON doesn't write numbers so", "begin it with a digit, such as 0.5", len(number.group()))
    if slip.content.startswith("...", slip.start):
        return slip.here("'...' isn't JSON", "write what it stands for, or remove it", 3)
    return slip.here("a value is missing here")


def _quoted(word: re.Match[str]) -> str:
    """Returns the cure for a word without quotes."""
    return f'write "{word.group()}"' if len(word.group()) <= MAX_SHOWN else "write it in double quotes"


def _key(slip: Slip) -> Finding:
    word = _WORD.match(slip.content, slip.start)
    if word:
        return slip.here("a key in double quotes is expected", _quoted(word), len(word.group()))
    if slip.sign == ",":
        return slip.here("a comma too many", "remove it")
    if slip.sign == "{":
        opened = slip.brackets().open[-1]
        message = "a key is expected here, or a '}' is missing before it"
        related = slip.related(opened, f"this '{slip.content[opened]}' is open")
        return slip.at(slip.start, slip.start + 1, message, "add the '}', or a key", related)
    return slip.here("a key in double quotes is expected")


def _comma(slip: Slip) -> Finding:
    content, sign = slip.content, slip.sign
    last = content[slip.before - 1]
    if sign in "}]":
        found = slip.brackets()
        opened = found.open[-1]
        wanted = found.closing[0]
        related = (*slip.related(opened, f"this '{content[opened]}' is open"), *_perhaps(slip, found))
        cure = f"write '{wanted}', or add the '{wanted}' that is missing before it"
        return slip.at(slip.start, slip.start + 1, f"'{sign}' closes no '{content[opened]}'", cure, related)
    if sign == ":" and last == '"':
        return _inner_key(slip)
    if sign in ";:=":
        return slip.here(f"a comma is expected here, not '{sign}'")
    touches = slip.before == slip.start
    if touches and last == '"' and sign not in '"{[':
        return slip.at(
            slip.before - 1, slip.before, "the text ends at this quote", 'write \\" for a quote inside a text'
        )
    if touches and last.isdigit() and _WORD.match(sign) is None and sign.isdigit():
        return slip.at(
            slip.before - 1, slip.before, "a number of JSON doesn't begin with 0", "remove the 0, or quote it"
        )
    return slip.at(slip.before - 1, slip.before, "a comma is missing after this", "add ','")


def _inner_key(slip: Slip) -> Finding:
    """Says what is wrong where a key is in the place of a value: `"get": "summary": "…"`, or in a list."""
    found = slip.brackets()
    opened, text = found.open[-1], found.text or 0
    if slip.content[opened] == "[":
        related = slip.related(opened, "this '[' is open")
        cure = "add the ']' that is missing before it, or '{'"
        return slip.at(text, slip.before, "a list has no keys", cure, related)
    end = len(slip.content[:text].rstrip(_BLANKS))
    return slip.at(end - 1, end, "a '{' is missing after this", "add '{', and '}' where the part ends")


def _behind(slip: Slip) -> Finding:
    """Says what follows the end of the document."""
    content, sign = slip.content, slip.sign
    rest = content[slip.start :].strip(_BLANKS)
    if sign in "{[" and content[slip.before - 1] in "}]":
        if rest == content[: slip.before].lstrip(_BLANKS):
            return slip.here("the same document is here a second time", "remove it")
        return slip.here("a second document begins here", "keep one of the two: a file has one")
    if sign not in "}]," or (sign == "," and content[slip.before - 1] not in "}]"):
        return slip.here("the JSON ends before this")
    only = rest if not rest.strip("}] \t\r\n") else ""
    signs = "".join(only.split())
    related = _perhaps(slip, slip.brackets())
    if signs:
        message = f"{_several(signs)} too many"
        return slip.at(slip.start, slip.start + 1, message, "remove what closes nothing", related)
    closed = content[slip.before - 1]
    message = f"the document has ended before this: a '{closed}' is too many"
    return slip.at(slip.start, slip.start + 1, message, f"remove the '{closed}' that closes too early", related)


def _perhaps(slip: Slip, found: Brackets) -> tuple[Related[Place], ...]:
    """Returns the closing bracket that the indentation shows to be wrong, if it shows one."""
    if found.uneven is None:
        return ()
    return slip.related(found.uneven[1], "perhaps this one: its indentation isn't that of what it closes")
