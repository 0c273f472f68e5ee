"""The quick checks before the slow ones leave out nothing that the slow ones find."""

import re
from random import Random

import pytest

from connector_builder.secrets import texts
from connector_builder.secrets.names import (
    LIKELY,
    LIKELY_ALONE,
    NAME_BEFORE,
    SURE,
    SURE_ALONE,
    Use,
    is_likely,
    is_sure,
    may_end_name,
    may_name_secret,
)
from connector_builder.secrets.shapes import SHAPES
from connector_builder.secrets.texts import SHORTEST, secrets_by_text, secrets_in

NAMES = [*SURE, *SURE_ALONE, *LIKELY, *(name for names in LIKELY_ALONE.values() for name in sorted(names)), "sig"]
WORDS = [
    *NAMES,
    "type",
    "description",
    "Id",
    "\\u0073ecret",
    "pass%77ord",
    "x-",
    "_",
    " ",
    "\\",
    "%",
    "'",
    '"',
    "]",
    "\n",
]
TEXTS = [
    "a text",
    "?sig=abc123DEF456ghi",
    "Bearer abcdef1234567890",
    "xbearer abcdef1234567890",
    "//user:pa55word@host.example",
    "user:pa55word@host.example",
    '"password": "hunter22x"',
    "sk_live_abcdefgh12345",
    "X-Api-Key: abcdef1234567890",
    "<password>hunter22x</password>",
    "curl -u user:pa55word https://host.example",
    "",
]


def test_a_colon_is_left_out_only_where_no_name_of_a_secret_ends() -> None:
    colon = re.compile(rf"[:=]{NAME_BEFORE}")
    random, left_out = Random(1), 0
    for _ in range(5000):
        before = "".join(random.choices(WORDS, k=random.randint(1, 5))) + '"'
        if colon.search(f"{before}:") is None:
            left_out += 1
            assert not may_end_name(before[-12:]), before
    assert left_out > 80


def test_the_commonest_key_costs_one_step() -> None:
    """`description` ends as `authorization` does, and was four of five colons that were looked at closely."""
    assert not may_end_name('"description"')
    assert may_end_name('"authorization"')
    assert re.search(rf"[:=]{NAME_BEFORE}", '  "description": "x"') is None
    assert not any(
        is_sure(f"{name}description") or is_likely(f"{name}description", use) for name in NAMES for use in Use
    )


def test_a_name_of_a_secret_in_any_use_may_name_one() -> None:
    for name in [*NAMES, *(f"my-{name}" for name in NAMES), *(name.upper() for name in NAMES), "type", "description"]:
        used = any(is_sure(name, use) or is_likely(name, use) for use in Use)
        assert may_name_secret(name) == used, name


def test_many_texts_are_searched_as_each_of_them() -> None:
    expected = {text: secrets_in(text) for text in TEXTS if secrets_in(text)}
    assert len(expected) == 9
    assert secrets_by_text(TEXTS) == expected
    assert secrets_by_text([]) == {}


def test_the_different_parts_of_a_text_show_all_that_is_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    random, found = Random(1), 0
    for _ in range(300):
        text = "".join(
            word + random.choice(('"', '": "', '",\n"', '\\"', "=", "\n"))
            for word in random.choices([*TEXTS, *WORDS], k=12)
        )
        monkeypatch.setattr(texts, "SHORT", 0)
        secrets = secrets_in(text)
        monkeypatch.setattr(texts, "SHORT", len(text) + 1)
        assert secrets == secrets_in(text), text
        found += len(secrets)
    assert found > 300
    assert not any('"' in mark for shape in SHAPES for mark in shape.marks)


def test_the_shortest_word_that_a_service_issues_is_looked_at() -> None:
    token = f"eyJ{'a' * (SHORTEST - 3)} .abcd"
    assert [one.start for one in secrets_in(f"a text with {token}, and more")] == [12]
    assert secrets_by_text([f"with {token}", "eyJ"]).keys() == {f"with {token}"}


def test_a_quote_that_closes_a_value_opens_no_other() -> None:
    assert secrets_in('[{"prefix":"password:"},3000,{"suffix":";"}]') == []
    assert [one.start for one in secrets_in("""{"prefix":"password:'hunter22x'"}""")] == [21]
