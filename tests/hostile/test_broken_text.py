"""Files that can't be read: other encodings, binary data, broken YAML and JSON, too much of anything."""

from collections.abc import Callable
from pathlib import Path

import pytest

from connector_builder.findings import Text
from connector_builder.source.yaml_reader import read_yaml
from tests.support.hostile.hostile_cli import CONNECTOR

pytestmark = pytest.mark.no_cover  # tracing doubles the time of what is large; other tests reach the same

Refused = Callable[..., list[str]]
SPEC = "actions: {A: GET /a}\n" + CONNECTOR
SAMPLE = "actions: {A: {request: GET /a, response: {sample: s.json}}}\n" + CONNECTOR


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
def test_other_unicode_encodings_are_named(encoding: str, refused: Refused) -> None:
    found = ["spec.yaml:1:1 EncodingNotValid this is UTF-16 or UTF-32 text, not UTF-8"]
    assert refused(SPEC.encode(encoding)) == found
    assert refused(f"# Käse\n{SPEC}".encode(encoding)) == found


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\xe6",
        b"PK\x03\x04\x14\x00\x08\x08\x08\x00connector:",
        b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x03\x00>\x00\x01\x00\x00\x00" + bytes(40),
        SPEC.encode() + b"\0",
        bytes(range(256)) * 16,
    ],
    ids=["png", "zip", "elf", "zero at the end", "all bytes"],
)
def test_binary_data_is_no_text(content: bytes, refused: Refused) -> None:
    assert refused(content) == ["spec.yaml:1:1 EncodingNotValid this is binary data, not text"]


def test_a_byte_that_is_no_utf_8_has_its_place(refused: Refused) -> None:
    assert refused(SPEC.encode() + b"# caf\xe9\n") == ["spec.yaml:3:6 EncodingNotValid byte 0xe9 isn't UTF-8 text"]
    assert refused(b"\xef\xbb\xbfx-a: \xed\xa0\x80") == ["spec.yaml:1:6 EncodingNotValid byte 0xed isn't UTF-8 text"]


# Each kind of place where YAML can break: after the snippet the standard connector follows, in a line of its own.
BROKEN = {
    "text in double quotes": ('x-a: "b', "1:6 this quote is never closed"),
    "text in single quotes": ("x-a: 'b", "1:6 this quote is never closed"),
    "after a closing quote": ("x-a: 'b' c", "1:10 the text goes on after its closing quote"),
    "colon in a text": ("x-a: b: c", "1:7 a colon isn't expected here"),
    "name without colon": ("actions:\n  A\n    request: GET /a\n  B: GET /b", "2:3 'A' has no colon"),
    "first name isn't indented": ("actions:\nA:\n    request: GET /a\n  B:\n    request: GET /b", "2:1 'A' isn't indented below 'actions'"),
    "typographic quotes around a colon": ("actions:\n  A: {request: GET /a, description: \u201cOne: two\u201d}", "2:37 these are typographic quotes, which YAML doesn't read as quotes"),
    "key without colon": ("actions:\n  A: GET /a\n  B\n  C: GET /c", "3:3 'B' has no colon"),
    "colon without space": ("actions:\n  A:GET /a\n  B: GET /b", "2:3 'A:GET /a' has no space after its colon"),
    "mapping, further left": ("actions:\n    A: GET /a\n  B: GET /b", "3:3 'B' isn't indented as 'A' is"),
    "mapping, further right": ("actions:\n  A: GET /a\n    B: GET /b", "3:5 'B' is indented below 'A', which has a value on its own line"),
    "list, further left": ("order:\n  - a\n - b", "3:2 this line doesn't fit the mapping around it"),
    "key in a list": ("order:\n  - a\n  b: c", "3:3 this line doesn't fit the list around it"),
    "list behind a key": ("order: - a", "1:8 a list can't begin here"),
    "open brace": ("actions: {A: GET /a", "1:19 a comma or a closing bracket is missing"),
    "open bracket": ("order: [a, b\nx-a: 1", "1:12 a comma or a closing bracket is missing"),
    "closing brace": ("actions: {A: GET /a}}", "1:21 a closing bracket without an opening one"),
    "closing bracket": ("order: [a]]", "1:11 a closing bracket without an opening one"),
    "two commas": ("order: [a,, b]", "1:11 a value is missing here"),
    "tab for an indent": ("actions:\n\tA: GET /a", "2:1 YAML allows only spaces here, not a tab"),
    "unknown escape": ('x-a: "\\q"', "1:7 an escape that YAML doesn't know"),
    "cut escape": ('x-a: "\\xg1"', "1:9 an escape that isn't complete"),
    "escape of half a pair": ('x-a: "\\ud800"', "1:9 an escape for half of a surrogate pair"),
    "at sign": ("x-a: @b", "1:6 a text can't begin with '@'"),
    "backtick": ("x-a: `b`", "1:6 a text can't begin with '`'"),
    "directive": ("%b\nactions: {}", "1:3 a line can't begin with '%' here"),
    "anchor without name": ("x-a: &\nx-b: c", "1:7 an anchor '&' without a name"),
    "alias without name": ("x-a: *\nx-b: c", "1:7 an alias '*' without a name"),
    "alias without anchor": ("x-a: *b", "1:6 '*b' has no anchor '&b' before it"),
    "alias in its anchor": ("x-a: &a [*a]", "1:10 '*a' contains itself"),
    "tag": ("x-a: !b c", "1:6 YAML tags (!) aren't supported"),
    "tag of Python": ("x-a: !!python/object/apply:os.system [x]", "1:6 YAML tags (!) aren't supported"),
    "tag that isn't closed": ("x-a: !<b c", "1:9 YAML tags (!) aren't supported"),
    "tag without its directive": ("x-a: !e!b c", "1:6 YAML tags (!) aren't supported"),
    "block text": ("x-a: |b\n  c", "1:7 nothing may follow here"),
    "indent of a block text": ("x-a: |\n  a\n b", "3:2 this line doesn't fit the mapping around it"),
    "second document": ("x-a: b\n---\nx-c: d", "2:1 a second document begins here"),
    "behind the document": ("x-a: b\n...\nx-c: d", "3:1 the document ends before this"),
    "list as a key": ("[a, b]: c", "1:1 a key must be text"),
    "mapping as a key": ("? {a: b}\n: c", "1:3 a key must be text"),
    "merge key": ("x-a: {<<: {b: c}}", "1:7 the merge key '<<' isn't supported"),
    "control character": ("x-a: \x01b", "1:6 the character U+0001 isn't allowed in YAML"),
    "escape character": ("x-a: b\n# \x1b[31m", "2:3 the character U+001B isn't allowed in YAML"),
    "noncharacter": ("x-a: \uffff", "1:6 the character U+FFFF isn't allowed in YAML"),
    "line end of its own": ("x-a: b\u2028c", "2:1 a key without its colon"),
    "lone quote": ('"', "1:1 this quote is never closed"),
    "lone bracket": ("[", "2:131 a comma or a closing bracket is missing"),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_broken_yaml_is_told_at_its_place(case: str, refused: Refused) -> None:
    written, expected = BROKEN[case]
    place, message = expected.split(" ", 1)
    assert refused(f"{written}\n{CONNECTOR}") == [f"spec.yaml:{place} SyntaxNotValid {message}"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", "KeyMissing the file is empty"),
        ("# nothing\n", "KeyMissing the file is empty"),
        ("null\n", "KeyMissing the file is empty"),
        ("- a\n", "ValueTypeNotValid the file must contain a mapping"),
        ("connector:\n", "KeyMissing 'connector' is missing"),
    ],
)
def test_what_is_no_spec_is_refused(content: str, expected: str, refused: Refused) -> None:
    assert f"spec.yaml:1:1 {expected}" in refused(content)


@pytest.mark.parametrize(
    ("content", "column"),
    [("[", 101), ("{a: ", 401), ("- ", 201), ("? ", 201), ("[{a: ", 251), ("a: {b: [", 0)],
)
def test_open_brackets_in_yaml_stop_at_a_hundred(content: str, column: int, refused: Refused) -> None:
    found = refused(content * 20_000)
    if column:
        assert found == [f"spec.yaml:1:{column} SyntaxNotValid more than 100 levels of nesting"]
    else:
        assert [finding.split(" ", 2)[1] for finding in found] == ["SyntaxNotValid"]


@pytest.mark.parametrize(("content", "column"), [("[", 201), ('{"a":', 1001), ('[{"a":', 601)])
def test_open_brackets_in_json_stop_at_two_hundred(
    content: str, column: int, refused: Refused, checked: Refused
) -> None:
    found = f"1:{column} SyntaxNotValid more than 200 levels of nesting"
    assert refused(SAMPLE, {"s.json": content * 20_000}) == [f"s.json:{found}"]
    definition = "apiDefinition.swagger.json"
    assert checked({definition: content * 20_000}) == [f"package/{definition}:{found}"]


def test_brackets_in_texts_are_no_nesting(checked: Refused) -> None:
    definition = f'{{"swagger": "2.0", "x-a": "{"[" * 1000}"}}'
    assert all("levels" not in finding for finding in checked({"apiDefinition.swagger.json": definition}))


BOMB = "x-a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n" + "".join(
    f"x-{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"
    for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)


def test_aliases_stop_at_a_million_parts(refused: Refused) -> None:
    assert refused(BOMB + CONNECTOR) == ["spec.yaml:6:38 SyntaxNotValid aliases repeat more than 1,000,000 parts"]


def test_aliases_of_mappings_stop_too() -> None:
    bomb = "x-a: &a {b: 1, c: 1, d: 1}\n" + "".join(
        f"x-{n}: &{n} {{b: *{b}, c: *{b}, d: *{b}}}\n"
        for b, n in zip("abcdefghijklmnopq", "bcdefghijklmnopqr", strict=True)
    )
    (found,) = read_yaml(Text(Path("spec.yaml"), bomb + CONNECTOR), parts=50_000).findings
    assert found.message == "aliases repeat more than 1,000,000 parts"


def test_the_files_of_a_spec_share_their_million_parts(refused: Refused) -> None:
    # Each of the files is right by itself: 600,000 parts.
    big = "\n".join(BOMB.split("\n")[:4]) + "\nx-z: [" + ", ".join(["*d"] * 60) + "]\n"
    others = {"actions/a.yaml": big, "actions/b.yaml": big}
    found = refused(CONNECTOR, others, name="connector.yaml")
    assert found[-1].startswith("actions/b.yaml:5:")
    assert found[-1].endswith("SyntaxNotValid aliases repeat more than 1,000,000 parts")


@pytest.mark.parametrize("name", ["spec.yaml", "s.json"])
def test_more_than_sixteen_megabytes_are_not_read(name: str, refused: Refused) -> None:
    files = {"spec.yaml": SAMPLE, "s.json": "{}"} | {name: SAMPLE.encode() + b"#" * 17_000_000}
    place = "1:1" if name == "spec.yaml" else "1:51"
    found = refused(files["spec.yaml"], {"s.json": files["s.json"]})
    assert found == [f"spec.yaml:{place} FileTooLarge '{name}' is larger than 16 MB"]


def test_more_than_sixteen_megabytes_of_a_package_are_not_read(checked: Refused) -> None:
    names = ("apiDefinition.swagger.json", "apiProperties.json")
    found = checked(dict.fromkeys(names, b" " * 17_000_000) | {"icon.png": bytes(2_000_000)})
    assert found == [
        "package/apiDefinition.swagger.json:1:1 FileTooLarge 'apiDefinition.swagger.json' is larger than 16 MB",
        "package/apiProperties.json:1:1 FileTooLarge 'apiProperties.json' is larger than 16 MB",
        "package/icon.png:1:1 FileTooLarge 'icon.png' is larger than 1 MB",
    ]


def test_infinities_and_other_numbers_that_json_lacks_are_refused(refused: Refused) -> None:
    spec = "x-a: [.inf, -.INF, .nan, 1e999,\n  0x" + "f" * 4000 + ", " + "9" * 5000 + "]\n" + CONNECTOR
    no_infinity, many = "JSON has neither infinity nor not-a-number", "a number of so many digits can't be read"
    assert refused(spec) == [
        f"spec.yaml:1:7 NumberNotValid {no_infinity}",
        f"spec.yaml:1:13 NumberNotValid {no_infinity}",
        f"spec.yaml:1:20 NumberNotValid {no_infinity}",
        "spec.yaml:1:26 NumberNotValid this number is too large: JSON has no infinity",
        f"spec.yaml:2:3 NumberNotValid {many}",
        f"spec.yaml:2:4007 NumberNotValid {many}",
    ]


def test_infinities_in_json_are_refused(refused: Refused, checked: Refused) -> None:
    content = '{"x-a": [NaN, -Infinity, 1e999,\n ' + "9" * 5000 + "]}"
    places = ("1:10", "1:15", "1:26", "2:2")
    wrong = [f"{place} NumberNotValid JSON can't hold this number" for place in places]
    found = refused(SAMPLE, {"s.json": content})
    assert [finding for finding in found if "NumberNotValid" in finding] == [f"s.json:{one}" for one in wrong]
    found = checked({"apiDefinition.swagger.json": content})
    assert [finding for finding in found if "NumberNotValid" in finding] == [
        f"package/apiDefinition.swagger.json:{one}" for one in wrong
    ]


def test_halves_of_surrogate_pairs_in_json_are_refused(refused: Refused, checked: Refused) -> None:
    content = '{"x-a": "\\ud800", "\\udc00":\n {"x-b": "\\ud83d\\ude00"}}'
    half = "TextNotValid a text with half of a surrogate pair"
    assert refused(SAMPLE, {"s.json": content}) == [f"s.json:1:9 {half}", f"s.json:1:19 {half}"]
    found = [finding for finding in checked({"apiProperties.json": content}) if "TextNotValid" in finding]
    assert found == [f"package/apiProperties.json:1:9 {half}", f"package/apiProperties.json:1:19 {half}"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", "spec.yaml:1:51 SampleNotValid 's.json' is empty"),
        ("{} x", "s.json:1:4 SyntaxNotValid the JSON ends before this"),
        ('{"a": 1,}', "s.json:1:8 SyntaxNotValid nothing follows this comma"),
        ('{"a" 1}', "s.json:1:6 SyntaxNotValid a colon is missing after the key"),
        ('{"a": "b', "s.json:1:7 SyntaxNotValid this text isn't closed"),
        ('{"a": "b\x00"}', "s.json:1:1 EncodingNotValid this is binary data, not text"),
        ('{"a": "b\x1b"}', "s.json:1:9 SyntaxNotValid the control character U+001B inside a text"),
        ("<html>", "s.json:1:1 SyntaxNotValid this is HTML, not JSON"),
        ("\n<error/>", "s.json:2:1 SyntaxNotValid this is XML or HTML, not JSON"),
        ('{"a": 1}'.encode("utf-16"), "s.json:1:1 EncodingNotValid this is UTF-16 or UTF-32 text, not UTF-8"),
    ],
)  # fmt: skip
def test_a_sample_that_is_no_json_is_refused(content: str | bytes, expected: str, refused: Refused) -> None:
    assert refused(SAMPLE, {"s.json": content}) == [expected]


def test_a_text_of_escaped_quotes_that_isnt_closed_takes_no_time(refused: Refused) -> None:
    # Every quote could begin a text: looking for the end of each would take minutes.
    content = "[" + "[]," * 300 + '"' + '\\"' * 500_000
    assert refused(SAMPLE, {"s.json": content}) == ["s.json:1:902 SyntaxNotValid this text isn't closed"]


def test_variables_that_arent_closed_take_no_time(here: Path, refused: Refused) -> None:
    text = "${A:-" * 200_000
    assert refused(f"x-a: '{text}'\nzzz: 1\n{CONNECTOR}") == [
        "spec.yaml:2:1 KeyUnknown unknown key 'zzz' at the top level"
    ]


def test_thousands_of_tag_directives_take_no_time(refused: Refused) -> None:
    directives = "".join(f"%TAG !a{number}! b\n" for number in range(100_000))
    assert refused(f"{directives}---\n{CONNECTOR}") == ["spec.yaml:1:1 SyntaxNotValid YAML tags (!) aren't supported"]


def test_of_more_findings_a_thousand_are_told(refused: Refused) -> None:
    found = refused("".join(f"key{number}: 1\n" for number in range(2_000)) + CONNECTOR)
    assert len(found) == 1000
    assert found[-1] == "spec.yaml:1000:1 KeyUnknown unknown key 'key999' at the top level"
