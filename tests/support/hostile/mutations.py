"""Damages files a little, like an editor, a merge, a bad disk or a stranger. The same seed gives the same damage."""

import re
from random import Random

MAX_EDITS = 4
LONGEST = 2000
"""The most bytes of a line that are searched for tokens."""

_TOKEN = re.compile(rb'"(?:[^"\\\n]|\\.)*"|[^\s{}\[\],:"]+|[{}\[\],:]')
_SCALAR = re.compile(rb'"(?:[^"\\\n]|\\.)*"|[^\s{}\[\],:"]+')
# Values that readers, compilers and rules have failed at: valid in JSON, and so in YAML, or breaking one or both.
_JSON = (
    b"null", b"true", b"0", b"-1", b"1.5", b"1e999", b"1e308", b"9" * 30, b"[]", b"{}", b'""', b"[[]]", b'[""]', b"[null]", b'{"a": 1}',
    b'{"": null}', b'{"$ref": "#"}', b'{"$ref": "#/definitions/None"}', b'{"$ref": ""}', b'{"type": "array"}', b'"#/definitions"', b'"#/paths/~1a/get"',
    b'"#/"', b'"file:///etc/hosts"', b'"http://example.com/x.json#/a"', b'"\\ud800"', b'"\\u0000"', b'"\\u001b[31m"', b'"\xc3\xa9"', b'"\xf0\x9f\x9a\x80"',
    b'"${NAME}"', b'"a b"', b'"/"', b'"{"', b'"(a+)+$"', b'"["', b'"type"', b'"$ref"', b'"enum"', b'"default"', b'"items"', b'"allOf"', b'"properties"',
    b'"required"', b'"additionalProperties"', b'"pattern"', b'"minLength"', b'"maximum"', b'"array"', b'"object"', b'"string"', b'"integer"', b'"file"',
    b'"path"', b'"body"', b'"header"', b'"formData"', b'"internal"', b'"parameters"', b'"responses"', b'"schema"', b'"in"', b'"name"', b'"200"',
    b'"default"', b'"get"', b'"security"', b'"x-ms-visibility"', b'"x-ms-dynamic-values"', b'"x-ms-trigger"', b'"x-ms-notification-content"',
)  # fmt: skip
_WORDS = (
    b"", b"NaN", b".inf", b"0x" + b"f" * 40, b"{a: 1}", b"&a", b"*a", b"<<", b"!!str", b"|", b">-", b"? ", b"- ", b": ", b"#", b"'", b'"', b"%", b"@", b"`",
    b"${A:-b}", b"$${", b"##vso[", b"::error", b"]]>", b"\x1b", b"\xe2\x80\xa8", b"\xc2\x85", b"\xef\xbb\xbf", b"\xff", b"\x00", b"\t", b"\r",
)  # fmt: skip


def mutate(content: bytes, random: Random) -> bytes:
    """Returns the content with one to four edits. It may be empty, or unchanged."""
    edits = _SYNTAX if random.random() < 1 / 3 else _MEANING
    for _ in range(random.randint(1, MAX_EDITS)):
        content = random.choice(edits)(content, random)
    return content


def _flip_bit(content: bytes, random: Random) -> bytes:
    at = _somewhere(content, random)
    return content[:at] + bytes(byte ^ (1 << random.randrange(8)) for byte in content[at : at + 1]) + content[at + 1 :]


def _delete(content: bytes, random: Random) -> bytes:
    start, end = _range(content, random)
    return content[:start] + content[end:]


def _insert(content: bytes, random: Random) -> bytes:
    at = _somewhere(content, random)
    return (
        content[:at]
        + random.choice((random.choice(_WORDS + _JSON), random.randbytes(random.randint(1, 4))))
        + content[at:]
    )


def _duplicate(content: bytes, random: Random) -> bytes:
    start, end = _range(content, random)
    at = _somewhere(content, random)
    return content[:at] + content[start:end] + content[at:]


def _repeat(content: bytes, random: Random) -> bytes:
    at = _somewhere(content, random)
    return content[:at] + content[at : at + random.randint(1, 3)] * random.choice((2, 10, 300)) + content[at:]


def _truncate(content: bytes, random: Random) -> bytes:
    at = _somewhere(content, random)
    return content[:at] if random.random() < 0.5 else content[at:]


def _swap_lines(content: bytes, random: Random) -> bytes:
    lines = content.split(b"\n")
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def _indent(content: bytes, random: Random) -> bytes:
    lines = content.split(b"\n")
    at = random.randrange(len(lines))
    lines[at] = lines[at][2:] if random.random() < 0.5 else random.choice((b" ", b"  ", b"\t")) + lines[at]
    return b"\n".join(lines)


def _replace_token(content: bytes, random: Random) -> bytes:
    """Replaces a token, which sometimes breaks the syntax."""
    token, other = _match(_TOKEN, content, random), _match(_TOKEN, content, random)
    if token is None or other is None:
        return content
    new = other.group() if random.random() < 0.5 else random.choice(_WORDS)
    return content[: token.start()] + new + content[token.end() :]


def _replace_scalar(content: bytes, random: Random) -> bytes:
    """Replaces a key or scalar with another of the file, or one of those above. The result is mostly well-formed."""
    scalar, other = _match(_SCALAR, content, random), _match(_SCALAR, content, random)
    if scalar is None or other is None:
        return content
    new = other.group() if random.random() < 0.4 else random.choice(_JSON)
    return content[: scalar.start()] + new + content[scalar.end() :]


def _swap_scalars(content: bytes, random: Random) -> bytes:
    one, other = _match(_SCALAR, content, random), _match(_SCALAR, content, random)
    if one is None or other is None or one.start() >= other.start():
        return content
    between = content[one.end() : other.start()]
    return content[: one.start()] + other.group() + between + one.group() + content[other.end() :]


def _replace_value(content: bytes, random: Random) -> bytes:
    """Replaces a whole bracketed part."""
    start = content.find(random.choice((b"{", b"[")), _somewhere(content, random))
    depth = 0
    for token in _TOKEN.finditer(content, start) if start >= 0 else ():
        depth += {b"{": 1, b"[": 1, b"}": -1, b"]": -1}.get(token.group(), 0)
        if depth == 0:
            return content[:start] + random.choice(_JSON) + content[token.end() :]
    return content


# One in three changes breaks the syntax: what can't be read doesn't get far.
_SYNTAX = (_flip_bit, _delete, _insert, _duplicate, _repeat, _truncate, _swap_lines, _indent, _replace_token)
_MEANING = (_replace_scalar, _replace_scalar, _replace_scalar, _swap_scalars, _replace_value)


def _somewhere(content: bytes, random: Random) -> int:
    return random.randint(0, len(content))


def _range(content: bytes, random: Random) -> tuple[int, int]:
    start = _somewhere(content, random)
    return start, start + random.choice((1, 2, 8, 40, 400))


def _match(pattern: re.Pattern[bytes], content: bytes, random: Random) -> re.Match[bytes] | None:
    """Returns a match in a random line.

    It searches from the line's beginning: inside a text it would take words for tokens.
    """
    start = content.rfind(b"\n", 0, _somewhere(content, random)) + 1
    end = content.find(b"\n", start)
    found = list(pattern.finditer(content, start, min(end if end >= 0 else len(content), start + LONGEST)))
    return random.choice(found) if found else None
