from pathlib import Path

import pytest

from connector_builder.checks.ignores import read_ignores, without_ignored
from connector_builder.findings import Finding, Place, Rule, Scope, Severity, Text, TextEdit

FREE = Rule("SummaryMissing", Severity.WARNING, Scope.PRACTICE, "A summary is missing.")
OTHER = Rule("TitleTooLong", Severity.WARNING, Scope.PRACTICE, "A title is too long.")
FIXED = Rule("KeyUnknown", Severity.ERROR, Scope.LANGUAGE, "A key is unknown.", fixed=True)
KNOWN = {rule.name: rule for rule in (FREE, OTHER, FIXED)}


def at(text: Text, word: str, rule: Rule = FREE) -> Finding:
    start = text.content.index(word)
    return rule.at(Place(text, start, start + len(word)), f"about {word}")


def kept(content: str, *words: str, rule: Rule = FREE, name: str = "x.yaml") -> list[tuple[str, str, tuple[int, int]]]:
    text = Text(Path(name), content)
    findings = without_ignored([at(text, word, rule) for word in words], [text], KNOWN)
    return [(found.rule.name, found.message, text.position(found.place.start)) for found in findings]


@pytest.mark.parametrize(
    "content",
    [
        "a: wrong # connector-builder: ignore[SummaryMissing]\n",
        "a: wrong # connector-builder: ignore[SummaryMissing] it is known\n",
        "a: wrong #connector-builder:ignore[ SummaryMissing ]\n",
        "# connector-builder: ignore[SummaryMissing] it is known\na: wrong\n",
        "# connector-builder: ignore[SummaryMissing]\r\na: wrong\r\n",
        "b:\n    # connector-builder: ignore[SummaryMissing]\n    # and another comment\n    a: wrong\n",
        "wrong: | # connector-builder: ignore[SummaryMissing]\n  text\n",
        "[wrong] # connector-builder: ignore[SummaryMissing]",
    ],
)
def test_a_comment_hides_what_is_found_on_its_line(content: str) -> None:
    assert kept(content, "wrong") == []


def test_a_comment_hides_one_rule_on_one_line() -> None:
    content = "a: wrong # connector-builder: ignore[TitleTooLong]\n"
    assert kept(content, "wrong") == [
        ("SummaryMissing", "about wrong", (1, 4)),
        ("IgnoreUnused", "the comment hides nothing: 'TitleTooLong' finds nothing here", (1, 38)),
    ]
    content = "# connector-builder: ignore[SummaryMissing]\na: right\nb: wrong\n"
    assert [(rule, where) for rule, _, where in kept(content, "wrong")] == [
        ("SummaryMissing", (3, 4)),
        ("IgnoreUnused", (1, 29)),
    ]


def test_several_rules_in_one_comment_are_each_used_or_not() -> None:
    content = "a: wrong # connector-builder: ignore[SummaryMissing, TitleTooLong]\n"
    unused = "the comment hides nothing: 'TitleTooLong' finds nothing here"
    assert kept(content, "wrong") == [("IgnoreUnused", unused, (1, 54))]


def test_a_comment_behind_code_says_nothing_of_the_next_line() -> None:
    content = "a: right # connector-builder: ignore[SummaryMissing]\nb: wrong\n"
    assert [rule for rule, _, _ in kept(content, "wrong")] == ["SummaryMissing", "IgnoreUnused"]


@pytest.mark.parametrize(
    "content",
    [
        "a: 'wrong # connector-builder: ignore[SummaryMissing]'\n",
        'a: "wrong # connector-builder: ignore[SummaryMissing]"\n',
        "a: |\n  wrong # connector-builder: ignore[SummaryMissing]\n",
        "a: >-\n  wrong\n\n  # connector-builder: ignore[SummaryMissing]\n",
        "a: 'wrong\n  # connector-builder: ignore[SummaryMissing]'\n",
        '"wrong # connector-builder: ignore[SummaryMissing]": a\n',
        "- x: [a, 'wrong # connector-builder: ignore[SummaryMissing]']\n",
        "a: wrong#connector-builder: ignore[SummaryMissing]\n",
    ],
)
def test_a_text_is_no_comment(content: str) -> None:
    assert [rule for rule, _, _ in kept(content, "wrong")] == ["SummaryMissing"]


def test_a_comment_behind_a_block_is_one_again() -> None:
    content = "a: |\n  text\n# connector-builder: ignore[SummaryMissing]\nb: wrong\n"
    assert kept(content, "wrong") == []


@pytest.mark.parametrize(
    ("comment", "message", "help_"),
    [
        ("ignore[SumaryMissing]", "there is no rule 'SumaryMissing'", "did you mean 'SummaryMissing'?"),
        ("ignore[Zzz]", "there is no rule 'Zzz'", "'connector-builder rules' lists them"),
        ("ignore[summarymissing]", "there is no rule 'summarymissing'", "did you mean 'SummaryMissing'?"),
        ("ignore[KeyUnknown]", "'KeyUnknown' can't be ignored", "correct what it finds"),
        (
            "ignore SummaryMissing",
            "an ignore comment without a rule in brackets",
            "write '# connector-builder: ignore[RuleName] reason'",
        ),
        (
            "ignore",
            "an ignore comment without a rule in brackets",
            "write '# connector-builder: ignore[RuleName] reason'",
        ),
        (
            "disable[SummaryMissing]",
            "unknown word 'disable' in a comment for connector-builder",
            "write '# connector-builder: ignore[RuleName] reason'",
        ),
        (
            "Ignore [SummaryMissing]",
            "unknown word 'Ignore' in a comment for connector-builder",
            "write '# connector-builder: ignore[RuleName] reason'",
        ),
        ("ignore[]", "an ignore comment that names no rule", "write '# connector-builder: ignore[RuleName] reason'"),
        ("ignore[ , ]", "an ignore comment that names no rule", "write '# connector-builder: ignore[RuleName] reason'"),
    ],
)
def test_a_comment_that_cannot_be_followed(comment: str, message: str, help_: str) -> None:
    comments = read_ignores(Text(Path("x.yml"), f"a: b # connector-builder: {comment}\n"), KNOWN)
    assert [(found.rule.name, found.message, found.help) for found in comments.findings] == [
        ("IgnoreNotValid", message, help_)
    ]
    assert comments.ignores == []


def test_what_is_fixed_is_never_hidden() -> None:
    content = "a: wrong # connector-builder: ignore[KeyUnknown]\n"
    assert [rule for rule, _, _ in kept(content, "wrong", rule=FIXED)] == ["KeyUnknown", "IgnoreNotValid"]


@pytest.mark.parametrize("content", ["a: [wrong # connector-builder: ignore[SummaryMissing]\n", "\x01: wrong"])
def test_where_nothing_can_be_read_no_comment_counts(content: str) -> None:
    assert [rule for rule, _, _ in kept(content, "wrong")] == ["SummaryMissing"]


def test_json_has_no_comments() -> None:
    content = '{"a": "wrong"} # connector-builder: ignore[SummaryMissing]'
    assert [rule for rule, _, _ in kept(content, "wrong", name="x.json")] == ["SummaryMissing"]


def test_other_comments_of_this_name_are_nothing() -> None:
    assert kept("a: b # connector-builder: see the manual\n# connector-builder makes this\n") == []


def test_it_is_not_said_of_a_rule_that_did_not_run() -> None:
    text = Text(Path("x.yaml"), "a: b # connector-builder: ignore[SummaryMissing]\n")
    assert without_ignored([], [text], KNOWN, not_run={"SummaryMissing"}.__contains__) == []
    assert len(without_ignored([], [text], KNOWN)) == 1


def test_many_comments_in_a_row_take_no_time() -> None:
    one = "# connector-builder: ignore[SummaryMissing]\n"
    content = one * 20_000 + "# a comment\n" * 50_000 + "a: wrong\n"
    text = Text(Path("x.yaml"), content)
    found = read_ignores(text, KNOWN).ignores
    assert (len(found), {ignore.line for ignore in found}) == (10_000, {70_001})


def test_a_comment_counts_in_its_own_file_only() -> None:
    first = Text(Path("a.yaml"), "a: b # connector-builder: ignore[SummaryMissing]\n")
    second = Text(Path("b.yaml"), "a: wrong\n")
    findings = without_ignored([at(second, "wrong")], [first, second], KNOWN)
    assert [(found.rule.name, found.place.text.path.name) for found in findings] == [
        ("SummaryMissing", "b.yaml"),
        ("IgnoreUnused", "a.yaml"),
    ]


def test_a_comment_at_one_place_hides_what_is_told_once_at_all_of_them() -> None:
    once = Rule("SummaryMissing", Severity.WARNING, Scope.PRACTICE, "A summary is missing.", told_once=True)
    text = Text(Path("x.yaml"), "a: wrong # connector-builder: ignore[SummaryMissing]\nb: bad\n")
    again = [at(text, "wrong", once).saying("same"), at(text, "bad", once).saying("same"), at(text, "b:", once)]
    assert [one.message for one in without_ignored(again, [text], KNOWN)] == ["about b:"]


def test_a_comment_may_use_an_alias() -> None:
    text = Text(Path("x.yaml"), "a: wrong # connector-builder: ignore[NoSummary]\n")
    assert without_ignored([at(text, "wrong")], [text], {**KNOWN, "NoSummary": FREE}) == []


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_comment_that_hides_nothing_is_removed_with_its_reason(ends: str) -> None:
    """On a line of its own the line goes; a comment that names two rules stays for people to read."""
    lines = [
        "a: 1  # connector-builder: ignore[SummaryMissing] for later",
        "# connector-builder: ignore[SummaryMissing]",
        "b: 2",
        "c: 3  # connector-builder: ignore[SummaryMissing, TitleTooLong]",
        "  # connector-builder: ignore[SummaryMissing] because",
    ]
    text = Text(Path("x.yaml"), ends.join(lines))
    found = without_ignored([], [text], KNOWN, lambda _: False)
    edits = [edit for one in found if one.defect.fix for edit in one.defect.fix.edits]
    assert [one.defect.fix is not None for one in found] == [True, True, False, False, True]
    content = text.content
    for edit in reversed(edits):
        assert isinstance(edit, TextEdit)
        content = content[: edit.place.start] + edit.new + content[edit.place.end :]
    assert content == ends.join(["a: 1", "b: 2", lines[3], ""])
