"""Markdown and HTML become the text of one line that people see."""

import pytest

from connector_builder.sources.texts import first_paragraph, label, plain_text, size_of


@pytest.mark.parametrize(
    ("markdown", "said"),
    [
        ("**Lists** `orders`, see [here](https://contoso.example).", "Lists orders, see here."),
        ("# Orders\n\nLists orders.", "Lists orders."),
        ("Orders\n======\nLists orders.", "Lists orders."),
        ("# Orders", "Orders"),
        ("```\ncurl x\n```\nLists orders.", "Lists orders."),
        ("```\nno other text\n```", "no other text"),
        ("Lists orders. For example:\n```\ncurl x\n```\nAll of them.", "Lists orders. All of them."),
        ("| a | b |\n|---|---|\n\nLists orders.", "Lists orders."),
        ("This can be because:\n- no id\n- no name", "This can be because: no id; no name"),
        ("1. First.\n2. Second", "First. Second"),
        ("- one\n  goes on\n- two", "one goes on; two"),
        ("Set to -1 - or 5. Then", "Set to -1 - or 5. Then"),
        ("> **Old**. Do one of:\n>- new\n> - newer", "Old. Do one of: new; newer"),
        ("<p>Lists</p><ul><li>a</li><li>b</li></ul>", "Lists; a; b"),
        ("Rock &amp; roll<br>again", "Rock & roll again"),
        ("one\n\ntwo", "one two"),
        ("* a\n\nAfter that", "a. After that"),
        ("", ""),
        (None, ""),
    ],
)
def test_plain_text(markdown: str | None, said: str) -> None:
    assert plain_text(markdown) == said
    assert size_of(markdown) == len(said)


@pytest.mark.parametrize(
    ("markdown", "said"),
    [
        ("Lists orders.\n\nAnd more.", "Lists orders."),
        ("One of:\n\n- a\n\n- b\n\nAnd more.", "One of: a; b"),
        ("## Orders\n\nLists orders.", "Lists orders."),
        ("Word. " * 100, ("Word. " * 83).strip()),
    ],
)
def test_first_paragraph(markdown: str, said: str) -> None:
    assert first_paragraph(markdown) == said


@pytest.mark.parametrize(
    ("text", "most", "said"),
    [
        ("Drug Approval & Interaction Lists", 20, "Drug Approval"),
        ("Prices of all of the shops", 20, "Prices of all"),
        ("Orders, and customers of them", 16, "Orders"),
        ("List orders (of a shop)", 20, "List orders"),
    ],
)
def test_a_label_that_is_cut_ends_in_a_word_of_its_own(text: str, most: int, said: str) -> None:
    assert label(text, most) == said


def test_a_long_text_ends_after_a_paragraph_or_a_sentence() -> None:
    assert plain_text("Short one.\n\n" + "Long. " * 100) == "Short one."
    assert plain_text("x" * 30 + " " + "y" * 600, most=40) == "x" * 30 + "…"
    assert size_of("a" * 30_000) == 30_000


def test_many_paragraphs_take_linear_work() -> None:
    assert len(plain_text("a\n\n" * 5_000)) == 499
